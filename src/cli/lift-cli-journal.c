/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"
#include "lift-sync-journal.h"

/* What people see of values that lost, and what they do about them. */

/* A [base] server may name people by the ids of their profiles. */
static gboolean
is_own (LiftCli *self, const char *id)
{
  return id != NULL && (g_strcmp0 (id, lift_account_get_user_id (self->account)) == 0 ||
                        g_strcmp0 (id, lift_account_get_coach_id (self->account)) == 0 ||
                        g_strcmp0 (id, lift_account_get_athlete_id (self->account)) == 0);
}

static const char *
name_person (LiftCli *self, const LiftConflict *entry)
{
  if (is_own (self, entry->by))
    return _ ("you on another device");
  if (entry->by_name != NULL)
    return entry->by_name;
  return entry->by != NULL ? entry->by : _ ("somebody");
}

static gboolean
is_null (const char *json)
{
  return json == NULL || g_str_equal (json, "null");
}

static void
print_value_entry (LiftCli *self, const LiftConflict *entry)
{
  const char *mine = is_null (entry->mine) ? _ ("no value") : entry->mine;
  const char *theirs = is_null (entry->theirs) ? _ ("no value") : entry->theirs;

  if (entry->kind == LIFT_JOURNAL_DISCARDED)
    g_print (_ ("  %s: discarded %s, kept %s\n"), entry->field, theirs, mine);
  else
    g_print (_ ("  %s: kept %s, lost %s (by %s)\n"), entry->field, mine, theirs,
             name_person (self, entry));
}

/* A delete is a value too, but nobody calls it one. */
static void
print_delete_entry (LiftCli *self, const LiftConflict *entry)
{
  gboolean was_delete = !is_null (entry->theirs);

  if (entry->kind == LIFT_JOURNAL_DISCARDED)
    g_print ("  %s\n", was_delete ? _ ("you took its delete back; restore deletes it again")
                                  : _ ("you took its return back; restore brings it back"));
  else if (was_delete)
    g_print (_ ("  was deleted by %s, and is kept since you changed it; restore deletes it\n"),
             name_person (self, entry));
  else
    g_print (_ ("  was brought back by %s, and stays deleted by you; restore brings it back\n"),
             name_person (self, entry));
}

static void
print_what (LiftCli *self, const LiftConflict *entry)
{
  gboolean whole = g_str_equal (entry->field, "*");

  if (entry->kind == LIFT_JOURNAL_REVIVED)
    g_print (_ ("  had been deleted, and is back since %s changed it or a part of it\n"),
             name_person (self, entry));
  else if (entry->kind == LIFT_JOURNAL_PULLED_ANEW)
    g_print ("  %s\n", _ ("differed from the server, so that everything was fetched again"));
  else if (entry->kind == LIFT_JOURNAL_SET_ASIDE)
    g_print ("  %s\n", _ ("your access to it ended before this was sent"));
  else if (whole)
    g_print ("  %s\n", _ ("discarded before it was ever sent"));
  else if (g_str_equal (entry->field, "deletedAt"))
    print_delete_entry (self, entry);
  else
    print_value_entry (self, entry);
}

static void
print_entry (LiftCli *self, const LiftConflict *entry, gint64 together)
{
  g_autofree char *time = lift_cli_dup_time (entry->at);
  g_autofree char *title = lift_sync_dup_title (self->store, entry->info, entry->id, entry->mine,
                                                NULL);

  g_print ("%" G_GINT64_FORMAT "  %s  ", entry->number, time);
  lift_cli_print_title (entry->info, entry->id, title);
  print_what (self, entry);
  if (together > 0)
    g_print (_ ("  restored and dismissed together with %" G_GINT64_FORMAT "\n"), together);
}

static void
append_entry (LiftCli *self, GString *out, const LiftConflict *entry)
{
  g_autofree char *title = lift_sync_dup_title (self->store, entry->info, entry->id, entry->mine,
                                                NULL);

  g_string_append (out, out->len > 1 ? ",\n{" : "{");
  lift_conflict_append_json (entry, out);
  lift_cli_append_title (out, title);
}

static LiftExit
print_conflicts (LiftCli *self, GPtrArray *entries)
{
  g_autoptr (GString) out = g_string_new ("[");
  const LiftConflict *first = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const LiftConflict *entry = g_ptr_array_index (entries, i);
      gboolean together = first != NULL && entry->deed > 0 && first->deed == entry->deed;

      if (!together)
        first = entry;
      if (self->json)
        append_entry (self, out, entry);
      else
        print_entry (self, entry, together ? first->number : 0);
    }
  if (self->json)
    g_print ("%s]\n", out->str);
  if (entries->len == 0)
    lift_cli_tell_none (self, _ ("The journal has no open entries."));
  return LIFT_EXIT_DONE;
}

static LiftExit
list_conflicts (LiftCli *self)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = lift_sync_list_conflicts (self->store, &error);

  return entries != NULL ? print_conflicts (self, entries) : lift_cli_fail (error);
}

static LiftExit
restore_conflict (LiftCli *self, gint64 number)
{
  GError *error = NULL;

  if (!lift_sync_restore_conflict (self->store, number, &error))
    return lift_cli_fail (error);
  lift_cli_tell (self, _ ("Restored. The next sync sends it."));
  return LIFT_EXIT_DONE;
}

static LiftExit
dismiss_conflict (LiftCli *self, gint64 number)
{
  g_autofree char *text = g_strdup_printf (
    _ ("Off the list. \"liftlogger conflicts restore %" G_GINT64_FORMAT
       "\" still brings back what it holds."),
    number);
  GError *error = NULL;

  if (!lift_sync_dismiss_conflict (self->store, number, &error))
    return lift_cli_fail (error);
  lift_cli_tell (self, text);
  return LIFT_EXIT_DONE;
}

static LiftExit
settle_conflict (LiftCli *self, const char *deed, const char *text)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &number, NULL))
    return lift_cli_usage ("conflicts", _ ("\"%s\" is not the number of a conflict"), text);
  return g_str_equal (deed, "restore") ? restore_conflict (self, number)
                                       : dismiss_conflict (self, number);
}

/**
 * lift_cli_conflicts:
 *
 * `conflicts [--json]`, `conflicts restore N`, `conflicts dismiss N`
 */
LiftExit
lift_cli_conflicts (LiftCli *self, int argc, char **argv)
{
  static const char *const deeds[] = { "restore", "dismiss", NULL };
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("conflicts"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1 && !(argc == 3 && g_strv_contains (deeds, argv[1])))
    return lift_cli_usage ("conflicts", "%s",
                           _ ("What can be done with one is \"restore N\" and \"dismiss N\""));
  if (argc == 1 ? !lift_cli_open_store_to_read (self, &error) : !lift_cli_open_store (self, &error))
    return lift_cli_fail (error);
  return argc == 3 ? settle_conflict (self, argv[1], argv[2]) : list_conflicts (self);
}
