/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"
#include "lift-sync-journal.h"

/* What people see of what is not on the server, and what they do about it. */

static const char *
describe_change (const LiftWaitingRow *row)
{
  LiftFieldSet tombstone = (LiftFieldSet) 1
                           << lift_entity_info_find (row->info, "deletedAt")->index;

  switch (row->change)
    {
    case LIFT_WAITING_ADDED:
      return _ ("added");
    case LIFT_WAITING_DELETED:
      return _ ("deleted");
    case LIFT_WAITING_EDITED:
    default:
      return row->fields & tombstone ? _ ("brought back") : _ ("changed");
    }
}

static const char *
describe_value (const char *json)
{
  return json == NULL || g_str_equal (json, "null") ? _ ("no value") : json;
}

/* A delete is in the line above, and what a new row is a part of in its title. */
static gboolean
says_nothing (const LiftWaitingRow *row, const LiftWaitingValue *value)
{
  static const char *const keys[] = { "createdAt", "deletedAt", NULL };

  return g_strv_contains (keys, value->field->key) ||
         (row->change == LIFT_WAITING_ADDED && value->field->target != NULL);
}

static void
print_values (LiftCli *self, const LiftWaitingRow *row)
{
  g_autoptr (GPtrArray) values = lift_sync_list_values (self->store, row->info, row->id, NULL);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const LiftWaitingValue *value = g_ptr_array_index (values, i);

      if (says_nothing (row, value))
        continue;
      g_print ("  %s: ", value->field->key);
      if (value->before != NULL)
        g_print ("%s → ", describe_value (value->before));
      g_print ("%s\n", describe_value (value->now));
    }
}

static void
append_values (LiftCli *self, const LiftWaitingRow *row, GString *out)
{
  g_autoptr (GPtrArray) values = lift_sync_list_values (self->store, row->info, row->id, NULL);

  lift_json_append_key (out, "values");
  g_string_append_c (out, '[');
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const LiftWaitingValue *value = g_ptr_array_index (values, i);

      g_string_append_printf (out, "%s{\"field\":\"%s\",\"serverHas\":%s,\"here\":%s}",
                              i > 0 ? "," : "", value->field->key,
                              value->before != NULL ? value->before : "null", value->now);
    }
  g_string_append_c (out, ']');
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
append_waiting (LiftCli *self, GString *out, const LiftWaitingRow *row, const char *title)
{
  g_string_append (out, out->len > 1 ? ",\n{" : "{");
  lift_waiting_row_append_json (row, out);
  append_values (self, row, out);
  lift_cli_append_title (out, title);
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
          append_waiting (self, out, row, title);
          continue;
        }
      lift_cli_print_title (row->info, row->id, title);
      g_print ("  %s; ", describe_change (row));
      print_state (self, row);
      print_values (self, row);
      print_faults (row->faults);
    }
  if (self->json)
    g_print ("%s]\n", out->str);
  if (rows->len == 0)
    lift_cli_tell_none (self, _ ("Everything is on the server."));
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
  lift_cli_tell (self, _ ("The next sync tries it again."));
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

static void
tell_file (LiftCli *self, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = g_strdup_printf (_ ("Written to %s, which only you can read."), name);

  lift_cli_tell (self, text);
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
