/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "lift-json.h"
#include "lift-registry.h"

static LiftExit
print_rows (LiftCli *self, GPtrArray *rows)
{
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; i < rows->len; i++)
    {
      if (!self->json)
        {
          lift_cli_print_line (rows->pdata[i]);
          continue;
        }
      g_string_append (out, i > 0 ? ",\n" : "");
      lift_cli_append_row (rows->pdata[i], out);
    }
  if (self->json)
    g_print ("%s]\n", out->str);
  return LIFT_EXIT_DONE;
}

/* Reads the value as the field would, so that a bad one is an error and not an empty list. */
static gboolean
add_condition (LiftQuery *query, const char *assignment, GError **error)
{
  const LiftEntityInfo *info = lift_query_get_info (query);
  g_autoptr (LiftEntity) probe = g_object_new (info->gtype, NULL);
  g_autofree char *key = g_strndup (assignment, strcspn (assignment, "="));
  g_autofree char *value = NULL;
  LiftField *field = lift_entity_info_find (info, key);
  LiftFaultCode code = LIFT_FAULT_BAD_FORMAT;

  if (field == NULL)
    {
      lift_cli_unknown_field (info, key, error);
      return FALSE;
    }
  if (strchr (assignment, '=') != NULL)
    code = lift_field_scan (field, probe, strchr (assignment, '=') + 1);
  if (code != LIFT_FAULT_NONE)
    {
      g_set_error (error, LIFT_MODEL_ERROR, code,
                   _ ("%s: %s has no such value; write --where %s=VALUE"), info->name, key, key);
      return FALSE;
    }
  value = lift_field_print (field, probe);
  lift_query_where (query, key, *value == '\0' ? LIFT_QUERY_IS_NULL : LIFT_QUERY_EQUAL, value);
  return TRUE;
}

static LiftQuery *
make_query (const char *type, char **conditions, gboolean deleted, GError **error)
{
  const LiftEntityInfo *info = lift_cli_find_type (type, error);
  g_autoptr (LiftQuery) query = NULL;

  if (info == NULL)
    return NULL;
  query = lift_query_new (info->gtype);
  if (deleted)
    lift_query_with_deleted (query);
  for (; conditions != NULL && *conditions != NULL; conditions++)
    if (!add_condition (query, *conditions, error))
      return NULL;
  lift_query_order_by (query, "id", FALSE);
  return g_steal_pointer (&query);
}

/**
 * lift_cli_list:
 *
 * `list TYPE [--where FIELD=VALUE]… [--deleted] [--json]`
 */
LiftExit
lift_cli_list (LiftCli *self, int argc, char **argv)
{
  g_auto (GStrv) conditions = NULL;
  gboolean deleted = FALSE;
  g_autoptr (LiftQuery) query = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &conditions, N_ ("Only rows with this value"),
      "FIELD=VALUE" },
    { "deleted", 0, 0, G_OPTION_ARG_NONE, &deleted, N_ ("Deleted rows too"), NULL },
    { NULL },
  };

  if (!lift_cli_parse (self, lift_cli_find_command ("list"), entries, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 2)
    return lift_cli_usage ("list", "%s", _ ("One type is needed"));
  query = make_query (argv[1], conditions, deleted, &error);
  if (query == NULL || !lift_cli_open_store_to_read (self, &error))
    return lift_cli_fail (error);
  rows = lift_store_query_sync (self->store, query, &error);
  return rows != NULL ? print_rows (self, rows) : lift_cli_fail (error);
}

/* Opens the row that `TYPE ID` names, with the store opened by @open_store. */
static LiftEntity *
open_row (LiftCli *self, gboolean (*open_store) (LiftCli *, GError **), char **argv, GError **error)
{
  const LiftEntityInfo *info = lift_cli_find_type (argv[1], error);
  g_autofree char *id = info != NULL ? lift_cli_parse_id (argv[2], error) : NULL;
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (GError) local_error = NULL;

  if (id == NULL || !open_store (self, error))
    return NULL;
  row = lift_store_get_sync (self->store, info, id, &local_error);
  if (row == NULL && local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (row == NULL)
    g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
                 _ ("id: there is no %s with the id %s"), info->name, id);
  return g_steal_pointer (&row);
}

/**
 * lift_cli_get:
 *
 * `get TYPE ID [--json]`
 */
LiftExit
lift_cli_get (LiftCli *self, int argc, char **argv)
{
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("get"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 3)
    return lift_cli_usage ("get", "%s", _ ("A type and an id are needed"));
  row = open_row (self, lift_cli_open_store_to_read, argv, &error);
  if (row == NULL)
    return lift_cli_fail (error);
  if (!self->json)
    lift_cli_print_row (row);
  else
    {
      lift_cli_append_row (row, out);
      g_print ("%s\n", out->str);
    }
  return LIFT_EXIT_DONE;
}

static LiftExit
commit (LiftCli *self, LiftBatch *batch)
{
  GError *error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (self->store, batch, &error);

  return inverse != NULL ? LIFT_EXIT_DONE : lift_cli_fail (error);
}

static void
fill_from_parent (LiftCli *self, LiftEntity *row, LiftField *athlete)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (LiftEntity) parent = NULL;

  if (info->parent == NULL || lift_entity_get_parent_id (row) == NULL)
    return;
  parent = lift_store_get_sync (self->store, lift_registry_find (info->parent->target),
                                lift_entity_get_parent_id (row), NULL);
  if (parent != NULL)
    lift_field_set_text (athlete, row, lift_entity_get_athlete_id (parent));
}

/* Whose row it is follows from its parent, else from who is signed in. */
static void
fill_owner (LiftCli *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  gboolean is_coach = lift_account_is_coach (self->account);
  const char *own = is_coach ? lift_account_get_coach_id (self->account)
                             : lift_account_get_athlete_id (self->account);

  for (guint i = 0; i < info->n_fields; i++)
    {
      LiftField *field = info->fields[i];
      LiftFieldFlags owner = is_coach ? LIFT_FIELD_COACH : LIFT_FIELD_ATHLETE;

      if ((field->flags & LIFT_FIELD_ATHLETE) && lift_field_is_null (field, row))
        fill_from_parent (self, row, field);
      if ((field->flags & owner) && lift_field_is_null (field, row))
        lift_field_set_text (field, row, own);
    }
}

static char *
read_input (const char *path, gsize *length, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  char *contents;
  gsize n;

  if (!g_str_equal (path, "-"))
    return g_file_get_contents (path, &contents, length, error) ? contents : NULL;
  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, n);
  *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static LiftEntity *
row_from_json (const LiftEntityInfo *info, JsonNode *node, GError **error)
{
  g_autoptr (LiftEntity) row = lift_entity_new (info->gtype, lift_clock_get_system ());
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  if (!JSON_NODE_HOLDS_OBJECT (node))
    g_ptr_array_add (
      faults, lift_fault_new (LIFT_FAULT_BAD_FORMAT, NULL, _ ("each row must be a JSON object")));
  else
    lift_entity_read_json (row, json_node_get_object (node), faults);
  if (faults->len == 0 && row->extra != NULL)
    g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_UNKNOWN_FIELD, NULL,
                                             _ ("there are no such fields: %s"), row->extra));
  if (faults->len == 0)
    return g_steal_pointer (&row);
  lift_fault_list_to_error (faults, info->name, error);
  return NULL;
}

/* One object, or an array of them. */
static GPtrArray *
rows_from_file (const LiftEntityInfo *info, const char *path, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gsize length = 0;
  g_autofree char *text = read_input (path, &length, error);
  g_autoptr (JsonNode) root = text != NULL ? lift_json_parse (text, length, error) : NULL;
  gboolean is_array = root != NULL && JSON_NODE_HOLDS_ARRAY (root);
  guint n = is_array ? json_array_get_length (json_node_get_array (root)) : 1;

  if (root == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = is_array ? json_array_get_element (json_node_get_array (root), i) : root;
      LiftEntity *row = row_from_json (info, node, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

static GPtrArray *
rows_from_arguments (const LiftEntityInfo *info, char **assignments, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  LiftEntity *row = lift_entity_new (info->gtype, lift_clock_get_system ());

  g_ptr_array_add (rows, row);
  if (lift_cli_assign (row, assignments, error) == LIFT_FIELD_SET_NONE)
    return NULL;
  return g_steal_pointer (&rows);
}

static LiftExit
insert_rows (LiftCli *self, GPtrArray *rows)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Create"));
  LiftExit code;

  for (guint i = 0; i < rows->len; i++)
    {
      fill_owner (self, rows->pdata[i]);
      lift_batch_insert (batch, rows->pdata[i]);
    }
  code = commit (self, batch);
  for (guint i = 0; code == LIFT_EXIT_DONE && i < rows->len; i++)
    g_print ("%s\n", LIFT_ENTITY (rows->pdata[i])->id);
  return code;
}

/**
 * lift_cli_create:
 *
 * `create TYPE FIELD=VALUE…`, or `create TYPE --json FILE` with an object or an array of them
 */
LiftExit
lift_cli_create (LiftCli *self, int argc, char **argv)
{
  const LiftEntityInfo *info;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *file = NULL;
  GError *error = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("Read the row, or an array of rows"),
      "FILE|-" },
    { NULL },
  };

  if (!lift_cli_parse (self, lift_cli_find_command ("create"), entries, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc < 2 || (argc == 2) != (file != NULL))
    return lift_cli_usage ("create", "%s", _ ("A type and its values are needed"));
  info = lift_cli_find_type (argv[1], &error);
  if (info == NULL)
    return lift_cli_fail (error);
  rows = file != NULL ? rows_from_file (info, file, &error)
                      : rows_from_arguments (info, argv + 2, &error);
  if (rows == NULL || !lift_cli_open_store (self, &error))
    return lift_cli_fail (error);
  return insert_rows (self, rows);
}

/**
 * lift_cli_update:
 *
 * `update TYPE ID FIELD=VALUE…`
 */
LiftExit
lift_cli_update (LiftCli *self, int argc, char **argv)
{
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Update"));
  GError *error = NULL;
  LiftFieldSet fields;

  if (!lift_cli_parse (self, lift_cli_find_command ("update"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc < 4)
    return lift_cli_usage ("update", "%s", _ ("A type, an id and values are needed"));
  row = open_row (self, lift_cli_open_store, argv, &error);
  if (row == NULL)
    return lift_cli_fail (error);
  fields = lift_cli_assign (row, argv + 3, &error);
  if (fields == LIFT_FIELD_SET_NONE)
    return lift_cli_fail (error);
  lift_batch_update (batch, row, fields);
  return commit (self, batch);
}

static LiftExit
delete_or_restore (LiftCli *self,
                   const char *name,
                   void (*add) (LiftBatch *, const LiftEntityInfo *, const char *),
                   int argc,
                   char **argv)
{
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (LiftBatch) batch = lift_batch_new (name);
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command (name), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 3)
    return lift_cli_usage (name, "%s", _ ("A type and an id are needed"));
  row = open_row (self, lift_cli_open_store, argv, &error);
  if (row == NULL)
    return lift_cli_fail (error);
  add (batch, lift_entity_get_info (row), row->id);
  return commit (self, batch);
}

/**
 * lift_cli_delete:
 *
 * `delete TYPE ID`
 */
LiftExit
lift_cli_delete (LiftCli *self, int argc, char **argv)
{
  return delete_or_restore (self, "delete", lift_batch_delete, argc, argv);
}

/**
 * lift_cli_restore:
 *
 * `restore TYPE ID`
 */
LiftExit
lift_cli_restore (LiftCli *self, int argc, char **argv)
{
  return delete_or_restore (self, "restore", lift_batch_restore, argc, argv);
}
