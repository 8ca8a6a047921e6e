/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-private.h"

/* What the server keeps beside the fields; lift-server-rows.c reads and writes them in this
 * order. */
#define OWN_COLUMNS "scope, hidden, delete_group"

static void
add_store (LiftServerTable *self)
{
  g_autoptr (GString) marks = g_string_new ("?, ?, ?, ?");
  g_autoptr (GString) updates = g_string_new (
    "scope = excluded.scope, hidden = excluded.hidden,"
    " delete_group = excluded.delete_group, unique_key = excluded.unique_key");

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *name = self->columns[i]->name;

      g_string_append (marks, ", ?");
      if (i > 0)
        g_string_append_printf (updates, ", \"%s\" = excluded.\"%s\"", name, name);
    }
  self->store = g_strdup_printf ("INSERT INTO \"%s\" (%s, unique_key) VALUES (%s)"
                                 " ON CONFLICT (id) DO UPDATE SET %s",
                                 self->info->table, self->names, marks->str, updates->str);
}

static char *
select_where (LiftServerTable *self, const char *condition)
{
  return g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s", self->names, self->info->table,
                          condition);
}

static void
add_statements (LiftServerTable *self)
{
  const char *table = self->info->table;

  self->load = select_where (self, "id = ?");
  self->load_group = select_where (self, "delete_group = ? AND scope = ?");
  self->load_since = select_where (
    self, "scope = ? AND updated_at > ? AND updated_at <= ? ORDER BY updated_at");
  if (self->info->parent != NULL)
    {
      g_autofree char *condition = g_strdup_printf ("\"%s\" = ?", self->info->parent->name);

      self->load_children = select_where (self, condition);
    }
  self->stamps_since = g_strdup_printf ("SELECT updated_at FROM \"%s\" WHERE scope = ? AND"
                                        " updated_at > ? ORDER BY updated_at LIMIT ?",
                                        table);
  self->stamps_since_shown = g_strdup_printf (
    "SELECT updated_at FROM \"%s\" WHERE scope = ? AND updated_at > ? AND hidden <> 1"
    " ORDER BY updated_at LIMIT ?",
    table);
  self->find_unique = g_strdup_printf (
    "SELECT id FROM \"%s\" WHERE unique_key = ? AND (scope = ? OR ? = 1) AND id <> ?"
    " AND deleted_at IS NULL",
    table);
}

static LiftServerTable *
make_table (const LiftEntityInfo *info)
{
  LiftServerTable *self = g_new0 (LiftServerTable, 1);
  g_autoptr (GString) names = g_string_new (NULL);

  self->info = info;
  self->children = g_ptr_array_new ();
  self->columns = g_new (LiftField *, info->n_fields);
  for (guint i = 0; i < info->n_fields; i++)
    if (!(info->fields[i]->flags & LIFT_FIELD_LOCAL))
      {
        self->columns[self->n_columns++] = info->fields[i];
        g_string_append_printf (names, "\"%s\", ", info->fields[i]->name);
      }
  g_string_append (names, OWN_COLUMNS);
  self->names = g_string_free (g_steal_pointer (&names), FALSE);
  add_store (self);
  add_statements (self);
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *other = lift_registry_get (i);

      if (other->parent != NULL && g_strcmp0 (other->parent->target, info->name) == 0)
        g_ptr_array_add (self->children, (gpointer) other);
    }
  return self;
}

static void
free_table (LiftServerTable *self)
{
  g_ptr_array_unref (self->children);
  g_free (self->columns);
  g_free (self->names);
  g_free (self->load);
  g_free (self->store);
  g_free (self->load_children);
  g_free (self->load_group);
  g_free (self->load_since);
  g_free (self->stamps_since);
  g_free (self->stamps_since_shown);
  g_free (self->find_unique);
  g_free (self);
}

/**
 * lift_server_tables_new: (skip)
 *
 * Returns: (transfer full): the statements of each entity type, by rank
 */
GPtrArray *
lift_server_tables_new (void)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) free_table);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_ptr_array_add (tables, make_table (lift_registry_get (i)));
  return tables;
}

/**
 * lift_server_get_table: (skip)
 *
 * Returns: (transfer none): the statements of an entity type
 */
LiftServerTable *
lift_server_get_table (LiftServer *self, const LiftEntityInfo *info)
{
  return g_ptr_array_index (self->tables, lift_registry_get_rank (info));
}
