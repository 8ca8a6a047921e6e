/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-server-private.h"

typedef struct
{
  int version;
  const char *sql;
} Step;

/* What is not an entity. Numbered and immutable once released; the tables of entities follow the
 * field tables by themselves. */
static const Step steps[] = {
  { 1, "CREATE TABLE scope (name TEXT PRIMARY KEY, seq INTEGER NOT NULL,"
       "  purged INTEGER NOT NULL DEFAULT 0, all_rows INTEGER NOT NULL, all_hash INTEGER NOT NULL,"
       "  shown_rows INTEGER NOT NULL, shown_hash INTEGER NOT NULL);"
       "CREATE TABLE change (scope TEXT NOT NULL, seq INTEGER NOT NULL,"
       "  type TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (scope, seq));"
       "CREATE UNIQUE INDEX change_row ON change (type, id);"
       "CREATE TABLE history (type TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL,"
       "  version INTEGER NOT NULL, old_value TEXT NOT NULL, user_id TEXT, device TEXT,"
       "  scope TEXT NOT NULL, stamp INTEGER NOT NULL, PRIMARY KEY (type, id, field, version));"
       "CREATE INDEX history_scope ON history (scope);"
       "CREATE TABLE account (user_id TEXT PRIMARY KEY, username TEXT NOT NULL,"
       "  fold TEXT NOT NULL, password TEXT NOT NULL, disabled INTEGER NOT NULL,"
       "  created INTEGER NOT NULL);"
       "CREATE UNIQUE INDEX account_fold ON account (fold);"
       "CREATE TABLE session (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, device TEXT,"
       "  created INTEGER NOT NULL);"
       "CREATE INDEX session_user ON session (user_id);"
       "CREATE TABLE token (hash TEXT PRIMARY KEY, session TEXT NOT NULL, kind TEXT NOT NULL,"
       "  expires INTEGER NOT NULL, used INTEGER NOT NULL);"
       "CREATE INDEX token_session ON token (session);"
       "CREATE TABLE invite (hash TEXT PRIMARY KEY, coach_id TEXT NOT NULL, athlete_id TEXT,"
       "  expires INTEGER NOT NULL);"
       "CREATE TABLE device (user_id TEXT NOT NULL, id TEXT NOT NULL, mutation INTEGER NOT NULL,"
       "  PRIMARY KEY (user_id, id));"
       "CREATE TABLE failure (user_id TEXT NOT NULL, device TEXT NOT NULL,"
       "  mutation INTEGER NOT NULL, answer TEXT NOT NULL,"
       "  PRIMARY KEY (user_id, device, mutation));" },
  /* What was purged: up to which time, and how many positions its rows had taken. */
  { 2, "ALTER TABLE scope ADD COLUMN purged_stamp INTEGER NOT NULL DEFAULT 0;"
       "ALTER TABLE scope ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;"
       "CREATE INDEX history_stamp ON history (stamp);" },
  { 3, "CREATE TABLE deletion (user_id TEXT NOT NULL, device TEXT NOT NULL,"
       "  said INTEGER NOT NULL, delete_group INTEGER NOT NULL,"
       "  PRIMARY KEY (user_id, device, said));" },
  /* Which row each number was, and what was in it: 16 digits for each, from one number on. */
  { 4, "CREATE TABLE mark (user_id TEXT NOT NULL, device TEXT NOT NULL,"
       "  mutation INTEGER NOT NULL, marks TEXT NOT NULL,"
       "  PRIMARY KEY (user_id, device, mutation));" },
  /* Each epoch, and the stamps of what was forgotten when it began: after one, until another. */
  { 5, "CREATE TABLE forgotten (number INTEGER PRIMARY KEY, epoch TEXT NOT NULL,"
       "  after INTEGER NOT NULL, until INTEGER NOT NULL);" },
};

static const char *
column_type (const LiftField *field)
{
  if (lift_field_is_text (field))
    return "TEXT";
  return lift_field_is_double (field) ? "REAL" : "INTEGER";
}

static void
add_table (const LiftEntityInfo *info, GString *sql)
{
  g_string_append_printf (sql,
                          "CREATE TABLE \"%s\" (\"id\" TEXT PRIMARY KEY, scope TEXT NOT NULL,"
                          " hidden INTEGER NOT NULL, delete_group INTEGER, unique_key TEXT",
                          info->table);
  for (guint i = 1; i < info->n_fields; i++)
    if (!(info->fields[i]->flags & LIFT_FIELD_LOCAL))
      g_string_append_printf (sql, ", \"%s\" %s", info->fields[i]->name,
                              column_type (info->fields[i]));
  g_string_append_printf (sql,
                          ");"
                          "CREATE INDEX \"%s_since\" ON \"%s\" (scope, updated_at, hidden);"
                          "CREATE INDEX \"%s_group\" ON \"%s\" (delete_group)"
                          " WHERE delete_group IS NOT NULL;"
                          "CREATE INDEX \"%s_unique\" ON \"%s\" (unique_key)"
                          " WHERE unique_key IS NOT NULL;",
                          info->table, info->table, info->table, info->table, info->table,
                          info->table);
  if (info->parent != NULL)
    g_string_append_printf (sql, "CREATE INDEX \"%s_parent\" ON \"%s\" (\"%s\");", info->table,
                            info->table, info->parent->name);
}

/* A field that a newer version of the program knows becomes a column without values. */
static void
add_columns (const LiftEntityInfo *info, char **present, GString *sql)
{
  for (guint i = 0; i < info->n_fields; i++)
    {
      LiftField *field = info->fields[i];

      if (!(field->flags & LIFT_FIELD_LOCAL) &&
          !g_strv_contains ((const char *const *) present, field->name))
        g_string_append_printf (sql, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s;", info->table,
                                field->name, column_type (field));
    }
}

static gboolean
update_entity (LiftServerConnection *connection, const LiftEntityInfo *info, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_auto (GStrv) present = lift_server_connection_list_columns (connection, info->table, error);

  if (present == NULL)
    return FALSE;
  if (present[0] == NULL)
    add_table (info, sql);
  else
    add_columns (info, present, sql);
  if (g_str_equal (info->name, "Athlete") && present[0] == NULL)
    g_string_append (sql, "CREATE INDEX athlete_coach ON athlete (coach_id);"
                          "CREATE INDEX athlete_user ON athlete (user_id);");
  if (g_str_equal (info->name, "Coach") && present[0] == NULL)
    g_string_append (sql, "CREATE INDEX coach_user ON coach (user_id);");
  return sql->len == 0 || lift_server_connection_run_schema (connection, sql->str, error);
}

static gboolean
get_version (LiftServerConnection *connection, gint64 *version, GError **error)
{
  g_auto (GStrv) present = lift_server_connection_list_columns (connection, "server", error);

  *version = 0;
  if (present == NULL)
    return FALSE;
  if (present[0] == NULL)
    return lift_server_connection_run_schema (
      connection,
      "CREATE TABLE server (one INTEGER PRIMARY KEY, schema INTEGER NOT NULL, epoch TEXT,"
      "  stamp INTEGER NOT NULL);"
      "INSERT INTO server (one, schema, stamp) VALUES (1, 0, 0);",
      error);
  return lift_server_get_int (connection, version, error, "SELECT schema FROM server", "");
}

/**
 * lift_server_schema_update: (skip)
 *
 * Makes the tables that are not there yet.
 */
gboolean
lift_server_schema_update (LiftServerConnection *connection, GError **error)
{
  gint64 version;

  if (!get_version (connection, &version, error))
    return FALSE;
  if (version > steps[G_N_ELEMENTS (steps) - 1].version)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INTERNAL, NULL,
                             _ ("The database was made by a newer version of LiftLogger. Update "
                                "this program"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (version < steps[i].version &&
        (!lift_server_connection_run_schema (connection, steps[i].sql, error) ||
         !lift_server_run (connection, error, "UPDATE server SET schema = ?", "i",
                           (gint64) steps[i].version)))
      return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!update_entity (connection, lift_registry_get (i), error))
      return FALSE;
  return TRUE;
}
