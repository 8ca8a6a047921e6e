/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-end.h"

#include "lift-edits.h"
#include "lift-store-writer.h"

static void
read_rows (SimEnd *self, LiftServerConnection *connection, const LiftEntityInfo *info)
{
  LiftServer *server = self->world->server;
  LiftServerTable *table = lift_server_get_table (server, info);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", table->names, info->table);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lift_server_rows_query (server, connection, info, &error, sql, "");

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      LiftServerRow *row = rows->pdata[i];

      g_hash_table_insert (self->server, sim_row_key (row->entity), lift_server_row_copy (row));
    }
}

static void
read_server (SimEnd *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerConnection) connection = lift_server_database_begin (
    self->world->server->database, LIFT_SERVER_READ, &error);
  g_autoptr (LiftServerResult) result = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < lift_registry_get_size (); i++)
    read_rows (self, connection, lift_registry_get (i));
  result = lift_server_query (connection, &error, "SELECT old_value FROM history", "");
  while (lift_server_result_next (result, &error))
    g_hash_table_add (self->history, g_strdup (lift_server_result_get_text (result, 0)));
  g_assert_no_error (error);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

SimEnd *
sim_end_new (SimWorld *world)
{
  SimEnd *self = g_new0 (SimEnd, 1);

  self->world = world;
  self->server = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) lift_server_row_free);
  self->waiting = new_set ();
  self->history = new_set ();
  self->aside = new_set ();
  read_server (self);
  return self;
}

void
sim_end_free (SimEnd *self)
{
  g_hash_table_unref (self->server);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->history);
  g_hash_table_unref (self->aside);
  g_free (self);
}

void
sim_end_read_type (SimDevice *device, GType type, GHashTable *rows)
{
  g_autoptr (LiftQuery) query = lift_query_new (type);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  lift_query_with_deleted (query);
  found = lift_store_query_sync (device->seats[0].store, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_hash_table_insert (rows, sim_row_key (found->pdata[i]), g_object_ref (found->pdata[i]));
}

GHashTable *
sim_end_read_device (SimDevice *device)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    sim_end_read_type (device, lift_registry_get (i)->gtype, rows);
  return rows;
}

/* Of the watched fields of a row, the values of those in @fields, and the row itself. */
static void
add_values (GHashTable *set, LiftEntity *row, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  const char *const *names = sim_watched_fields (info);

  for (guint i = 0; names[i] != NULL; i++)
    {
      LiftField *field = lift_entity_info_find (info, names[i]);

      if (field != NULL && (fields >> field->index & 1))
        g_hash_table_add (set, sim_field_value (row, field));
    }
  g_hash_table_add (set, sim_row_key (row));
}

/* The other fields of the row are as the server has them: they wait for nobody. */
void
sim_end_add_waiting (SimEnd *self, LiftEntity *row)
{
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);

  add_values (self->waiting, row,
              lift_edits_is_new (pending) || lift_edits_is_empty (pending)
                ? LIFT_FIELD_SET_ALL
                : lift_edits_get_fields (pending, lift_entity_get_info (row)));
}

/* Restored into a row that is there, only what had been edited comes back. */
static void
add_aside (
  SimEnd *self, const LiftEntityInfo *info, const char *mine, const char *theirs, gboolean present)
{
  g_autoptr (JsonObject) object = lift_edits_parse (mine);
  g_autoptr (JsonObject) base = lift_edits_parse (theirs);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftEntity) row = g_object_new (info->gtype, NULL);

  lift_entity_read_json (row, object, faults);
  if (faults->len > 0)
    sim_fail (self->world, "a journal holds a row that cannot be read: %s", mine);
  else
    add_values (self->aside, row,
                present && theirs != NULL ? lift_edits_get_fields (base, info)
                                          : LIFT_FIELD_SET_ALL);
}

typedef struct
{
  SimEnd *end;
  GHashTable *rows;
} Journal;

/* Of a value that lost, only the other one can be brought back, and only into a row that is there:
 * the one that stands is looked for in the row. */
static gboolean
read_journal (LiftDatabase *database, gpointer user_data, GError **error)
{
  Journal *self = user_data;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT type, id, field, mine, theirs FROM conflict WHERE kind NOT IN ('revived', "
    "'pulledAnew')",
    "");

  while (statement != NULL && lift_statement_next (statement, error))
    {
      const char *type = lift_statement_get_text (statement, 0);
      const char *theirs = lift_statement_get_text (statement, 4);
      g_autofree char *key = g_strconcat (type, "/", lift_statement_get_text (statement, 1), NULL);
      gboolean present = g_hash_table_contains (self->rows, key);

      if (g_str_equal (lift_statement_get_text (statement, 2), LIFT_EDITS_NEW))
        add_aside (self->end, lift_registry_find (type), lift_statement_get_text (statement, 3),
                   theirs, present);
      else if (theirs != NULL && present)
        g_hash_table_add (self->end->history, g_strdup (theirs));
    }
  return statement != NULL;
}

void
sim_end_add_journal (SimEnd *self, SimDevice *device, GHashTable *rows)
{
  Journal journal = { self, rows };
  g_autoptr (GError) error = NULL;

  lift_store_read_sync (device->seats[0].store, read_journal, &journal, &error);
  g_assert_no_error (error);
}

static void
hold_rows (GHashTable *rows, gboolean clean, GHashTable *held)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!lift_entity_is_deleted (row) && (clean || lift_entity_is_dirty (row)))
      add_values (held, row, LIFT_FIELD_SET_ALL);
}

/* One whose access may end may lose what it holds, and one that is closed is not looked at. */
static gboolean
is_holder (SimDevice *device)
{
  return sim_device_is_open (device) && (!device->is_coach || !sim_has (device->world, SIM_ACCESS));
}

static void
hold_server (SimEnd *end, GHashTable *held)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, end->server);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    add_values (held, ((LiftServerRow *) row)->entity, LIFT_FIELD_SET_ALL);
  g_hash_table_iter_init (&iter, end->history);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    g_hash_table_add (held, g_strdup (row));
}

/* Something went back to an older copy of itself. What others hold must not get lost by that, the
 * rest is gone. Of what only went out of the server's history, that is what others have not sent. */
void
sim_note_held (SimWorld *world, SimDevice *without, gboolean clean)
{
  g_autoptr (SimEnd) end = sim_end_new (world);
  g_autoptr (GHashTable) held = new_set ();

  hold_server (end, held);
  for (guint i = 0; i < world->n_devices; i++)
    if (&world->devices[i] != without && is_holder (&world->devices[i]))
      {
        g_autoptr (GHashTable) rows = sim_end_read_device (&world->devices[i]);

        hold_rows (rows, clean, held);
      }
  sim_model_forget (world->model, held);
}
