/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"
#include "lift-sync-journal.h"

/* What people see of the sync: what waits and why, what lost, and what to do about either. */

/**
 * lift_cli_dup_time:
 *
 * Returns: (transfer full): an instant for people, in their time zone, to the minute
 */
char *
lift_cli_dup_time (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup (_ ("unknown"));
}

/**
 * lift_cli_is_due:
 * @next_retry_at: when a refused row is tried again
 *
 * Returns: whether the next sync sends it, whenever that is
 */
gboolean
lift_cli_is_due (LiftCli *self, gint64 next_retry_at)
{
  return next_retry_at <= lift_clock_get_time (lift_store_get_clock (self->store));
}

/* What was done, or that there is nothing: for people. On standard error where rows would be on
 * standard output; programs get neither. */
static void
tell (LiftCli *self, const char *text)
{
  if (!self->json)
    g_print ("%s\n", text);
}

static void
tell_none (LiftCli *self, const char *text)
{
  if (!self->json)
    g_printerr ("%s\n", text);
}

static void
append_title (GString *out, const char *title)
{
  lift_json_append_key (out, "title");
  lift_json_append_string (out, *title != '\0' ? title : NULL);
  g_string_append_c (out, '}');
}

/* The first line of an item: its type, what it is called, and its id for other commands. */
static void
print_row (const LiftEntityInfo *info, const char *id, const char *title)
{
  g_print ("%s %s", info->name, id);
  g_print (*title != '\0' ? "  %s\n" : "%s\n", title);
}

static void
print_change (const LiftWaitingRow *row)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i < row->info->n_fields; i++)
    if (row->fields >> i & 1)
      g_string_append_printf (fields, "%s%s", fields->len > 0 ? ", " : "",
                              row->info->fields[i]->key);
  if (row->change == LIFT_WAITING_ADDED)
    g_print ("  %s", _ ("added"));
  else if (row->change == LIFT_WAITING_DELETED)
    g_print ("  %s", _ ("deleted"));
  else
    /* Translators: names of fields follow. */
    g_print (_ ("  changed: %s"), fields->str);
}

/* What was refused and is due goes like anything else, whenever it was that it became due. */
static void
print_retry (LiftCli *self, gint64 next_retry_at)
{
  g_autofree char *next = lift_cli_dup_time (next_retry_at);

  if (lift_cli_is_due (self, next_retry_at))
    g_print ("%s\n", _ ("refused, tried again with the next sync"));
  else
    g_print (_ ("refused, tried again from %s\n"), next);
}

static void
print_state (LiftCli *self, const LiftWaitingRow *row)
{
  g_print ("; ");
  switch (row->state)
    {
    case LIFT_WAITING_UNDER_WAY:
      g_print ("%s\n", _ ("sent, and not answered yet"));
      break;
    case LIFT_WAITING_RETRY:
      print_retry (self, row->next_retry_at);
      break;
    case LIFT_WAITING_HELD:
      g_print ("%s\n", _ ("goes once the row that it is a part of is taken"));
      break;
    case LIFT_WAITING_NEEDS_ATTENTION:
      g_print ("%s\n", _ ("refused; change, retry or discard it"));
      break;
    case LIFT_WAITING_WAITS:
    default:
      g_print ("%s\n", _ ("goes with the next sync"));
    }
}

static void
print_faults (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      const LiftFault *fault = g_ptr_array_index (faults, i);

      g_print ("  %s%s%s\n", fault->field != NULL ? fault->field : "",
               fault->field != NULL ? ": " : "", fault->message);
    }
}

static void
append_waiting (GString *out, const LiftWaitingRow *row, const char *title)
{
  g_string_append (out, out->len > 1 ? ",\n{" : "{");
  lift_waiting_row_append_json (row, out);
  append_title (out, title);
}

static LiftExit
print_waiting (LiftCli *self, GPtrArray *rows)
{
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; i < rows->len; i++)
    {
      const LiftWaitingRow *row = g_ptr_array_index (rows, i);
      g_autofree char *title = lift_sync_dup_title (self->store, row->info, row->id, NULL, NULL);

      if (self->json)
        {
          append_waiting (out, row, title);
          continue;
        }
      print_row (row->info, row->id, title);
      print_change (row);
      print_state (self, row);
      print_faults (row->faults);
    }
  if (self->json)
    g_print ("%s]\n", out->str);
  if (rows->len == 0)
    tell_none (self, _ ("Everything is on the server."));
  return LIFT_EXIT_DONE;
}

/**
 * lift_cli_waiting:
 *
 * `waiting [--json]`
 */
LiftExit
lift_cli_waiting (LiftCli *self, int argc, char **argv)
{
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("waiting"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1)
    return lift_cli_usage ("waiting", "%s", _ ("It takes no arguments"));
  if (!lift_cli_open_store_to_read (self, &error))
    return lift_cli_fail (error);
  rows = lift_sync_list_waiting (self->store, &error);
  return rows != NULL ? print_waiting (self, rows) : lift_cli_fail (error);
}

/* Reads `TYPE ID`. */
static const LiftEntityInfo *
parse_row (char **argv, char **id, GError **error)
{
  const LiftEntityInfo *info = lift_cli_find_type (argv[1], error);

  *id = info != NULL ? lift_cli_parse_id (argv[2], error) : NULL;
  return *id != NULL ? info : NULL;
}

/**
 * lift_cli_retry:
 *
 * `retry [TYPE ID]`
 */
LiftExit
lift_cli_retry (LiftCli *self, int argc, char **argv)
{
  const LiftEntityInfo *info = NULL;
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("retry"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1 && argc != 3)
    return lift_cli_usage ("retry", "%s", _ ("Give a type and an id, or neither"));
  if (argc == 3)
    info = parse_row (argv, &id, &error);
  if (error != NULL || !lift_cli_open_store (self, &error) ||
      !lift_sync_retry_now (self->store, info, id, &error))
    return lift_cli_fail (error);
  tell (self, _ ("The next sync tries it again."));
  return LIFT_EXIT_DONE;
}

static void
report_discard (LiftCli *self, gint64 entry)
{
  if (self->json && entry > 0)
    g_print ("{\"entry\":%" G_GINT64_FORMAT "}\n", entry);
  else if (self->json)
    g_print ("{\"entry\":null}\n");
  else if (entry > 0)
    g_print (
      _ ("Discarded. \"liftlogger conflicts restore %" G_GINT64_FORMAT "\" brings it back.\n"),
      entry);
  else
    g_print ("%s\n", _ ("Discarded. Nothing of it differed from the server."));
}

/**
 * lift_cli_discard:
 *
 * `discard TYPE ID`
 */
LiftExit
lift_cli_discard (LiftCli *self, int argc, char **argv)
{
  const LiftEntityInfo *info;
  g_autofree char *id = NULL;
  GError *error = NULL;
  gint64 entry;

  if (!lift_cli_parse (self, lift_cli_find_command ("discard"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 3)
    return lift_cli_usage ("discard", "%s", _ ("A type and an id are needed"));
  info = parse_row (argv, &id, &error);
  if (info == NULL || !lift_cli_open_store (self, &error) ||
      !lift_sync_discard (self->store, info, id, &entry, &error))
    return lift_cli_fail (error);
  report_discard (self, entry);
  return LIFT_EXIT_DONE;
}

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
  print_row (entry->info, entry->id, title);
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
  append_title (out, title);
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
    tell_none (self, _ ("The journal has no open entries."));
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
  tell (self, _ ("Restored. The next sync sends it."));
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
  tell (self, text);
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

static void
tell_file (LiftCli *self, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = g_strdup_printf (_ ("Written to %s, which only you can read."), name);

  tell (self, text);
}

static LiftExit
print_export (LiftCli *self)
{
  GError *error = NULL;
  g_autofree char *text = lift_sync_export_unsynced (self->store, &error);

  if (text == NULL)
    return lift_cli_fail (error);
  g_print ("%s", text);
  return LIFT_EXIT_DONE;
}

/**
 * lift_cli_export:
 *
 * `export unsynced [FILE|-]`
 */
LiftExit
lift_cli_export (LiftCli *self, int argc, char **argv)
{
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("export"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc < 2 || argc > 3 || !g_str_equal (argv[1], "unsynced"))
    return lift_cli_usage ("export", "%s",
                           _ ("Say what to export: \"unsynced\", and to which file"));
  if (!lift_cli_open_store_to_read (self, &error))
    return lift_cli_fail (error);
  if (argc == 2 || g_str_equal (argv[2], "-"))
    return print_export (self);
  if (!lift_sync_export_unsynced_to_file (self->store, argv[2], &error))
    return lift_cli_fail (error);
  tell_file (self, argv[2]);
  return LIFT_EXIT_DONE;
}
