/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-server-private.h"
#include "lift-store-writer.h"
#include "sim-world.h"

/* What must hold when all faults have healed and nothing moves any more. */

/* All that can be looked at, in the end. */
typedef struct
{
  SimWorld *world;
  GHashTable *server;  /* `Type/id` → LiftServerRow */
  GHashTable *waiting; /* values of rows that wait for their user */
  GHashTable *history; /* values that were replaced, on the server or in a journal */
  GString *aside;      /* whole rows that were set aside */
} End;

/* Without what only this device keeps. */
static char *
print_row (LiftEntity *row)
{
  g_autoptr (LiftEntity) copy = lift_entity_copy (row);
  GString *out = g_string_new (NULL);

  g_clear_pointer (&copy->extra, g_free);
  lift_entity_write_json (copy, out, LIFT_FIELD_SET_ALL);
  return g_string_free (out, FALSE);
}

static void
read_server (End *self)
{
  LiftServer *server = self->world->server;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerConnection)
    connection = lift_server_database_begin (server->database, LIFT_SERVER_READ, &error);
  g_autoptr (LiftServerResult) result = NULL;

  g_assert_no_error (error);
  for (guint i = 0; sim_types[i] != NULL; i++)
    {
      const LiftEntityInfo *info = lift_entity_info_for_gtype (sim_types[i]());
      LiftServerTable *table = lift_server_get_table (server, info);
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", table->names, info->table);
      g_autoptr (GPtrArray)
        rows = lift_server_rows_query (server, connection, info, &error, sql, "");

      g_assert_no_error (error);
      for (guint j = 0; j < rows->len; j++)
        {
          LiftServerRow *row = rows->pdata[j];

          g_hash_table_insert (self->server, sim_row_key (row->entity), lift_server_row_copy (row));
        }
    }
  result = lift_server_query (connection, &error, "SELECT old_value FROM history", "");
  while (lift_server_result_next (result, &error))
    g_hash_table_add (self->history, g_strdup (lift_server_result_get_text (result, 0)));
  g_assert_no_error (error);
}

static gboolean
read_journal (LiftDatabase *database, gpointer user_data, GError **error)
{
  End *self = user_data;
  LiftStatement *statement = lift_database_query (database, error,
                                                  "SELECT field, mine, theirs FROM conflict", "");

  while (statement != NULL && lift_statement_next (statement, error))
    {
      const char *mine = lift_statement_get_text (statement, 1);
      const char *theirs = lift_statement_get_text (statement, 2);

      if (g_str_equal (lift_statement_get_text (statement, 0), "*") && mine != NULL)
        g_string_append (self->aside, mine);
      else if (mine != NULL)
        g_hash_table_add (self->history, g_strdup (mine));
      if (theirs != NULL)
        g_hash_table_add (self->history, g_strdup (theirs));
    }
  return statement != NULL;
}

/* All rows of a device, by key. */
static GHashTable *
read_device (SimDevice *device)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; sim_types[i] != NULL; i++)
    {
      g_autoptr (LiftQuery) query = lift_query_new (sim_types[i]());
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      lift_query_with_deleted (query);
      found = lift_store_query_sync (device->seats[0].store, query, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < found->len; j++)
        g_hash_table_insert (rows, sim_row_key (found->pdata[j]), g_object_ref (found->pdata[j]));
    }
  return rows;
}

static void
note_waiting (End *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < 2; i++)
    g_hash_table_add (self->waiting, sim_field_value (row, lift_entity_info_find (
                                                             info, sim_watched_fields (info)[i])));
  g_hash_table_add (self->waiting, sim_row_key (row));
}

static gboolean
may_be_refused (SimWorld *world)
{
  return world->weak || (world->plan.faults &
                         (SIM_LOCK | SIM_ACCESS | SIM_PUBLISH | SIM_RESTORE | SIM_OLD_COPY)) != 0;
}

static gboolean
count_retried (LiftDatabase *database, gpointer user_data, GError **error)
{
  return lift_database_get_int (database, user_data, error,
                                "SELECT count(*) FROM failure WHERE next_retry_at IS NOT NULL AND "
                                "faults NOT LIKE '%PARENT_MISSING%'",
                                "");
}

guint
sim_count_retried (SimDevice *device)
{
  gint64 count = 0;
  g_autoptr (GError) error = NULL;

  lift_store_read_sync (device->seats[0].store, count_retried, &count, &error);
  g_assert_no_error (error);
  return count;
}

static void
check_status (End *self, SimDevice *device)
{
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;
  guint parked = sim_has (self->world, SIM_NEWER_SERVER) && device->has_pulled ? 2 : 0;

  lift_store_get_status_sync (device->seats[0].store, &status, &error);
  g_assert_no_error (error);
  if (status.pending != status.needs_attention + status.retrying || sim_count_retried (device) > 0)
    sim_fail (self->world, "device %u: %u rows wait for ever, %u of them for their user",
              device->number, status.pending, status.needs_attention);
  if (status.pending > 0 && !may_be_refused (self->world))
    sim_fail (self->world, "device %u: %u rows are refused, and nothing was wrong with them",
              device->number, status.needs_attention);
  if (status.parked != parked)
    sim_fail (self->world, "device %u: %u rows are parked, not %u", device->number, status.parked,
              parked);
}

static gboolean
is_shown (SimDevice *device, LiftServerRow *row)
{
  return device->is_coach || row->hidden == LIFT_SERVER_SHOWN;
}

static void
compare_row (End *self, SimDevice *device, const char *key, LiftServerRow *row, LiftEntity *local)
{
  g_autofree char *theirs = print_row (row->entity);
  g_autofree char *ours = local != NULL ? print_row (local) : NULL;

  if (local != NULL && lift_entity_is_dirty (local))
    return;
  if (!is_shown (device, row))
    {
      if (local != NULL && !lift_entity_is_deleted (local))
        sim_fail (self->world, "device %u shows %s, which is not for it", device->number, key);
    }
  else if (g_strcmp0 (ours, theirs) != 0)
    sim_fail (self->world, "device %u differs in %s: %s, not %s", device->number, key,
              ours != NULL ? ours : "nothing", theirs);
}

static GHashTable *
list_scopes (SimDevice *device)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LiftServerUser) user = NULL;
  g_auto (GStrv) scopes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = lift_api_dup_token (device->seats[0].api);

  user = lift_server_authenticate (device->world->server, token, NULL);
  if (user == NULL)
    {
      sim_device_sign_in (device);
      user = lift_server_authenticate (device->world->server, device->token, &error);
      g_assert_no_error (error);
    }
  scopes = lift_server_dup_scopes (device->world->server, user, NULL);
  for (guint i = 0; scopes[i] != NULL; i++)
    g_hash_table_add (names, g_strdup (scopes[i]));
  return names;
}

static void
check_own_rows (End *self, SimDevice *device, GHashTable *rows, GHashTable *scopes)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LiftServerRow *there = g_hash_table_lookup (self->server, key);
      const LiftField *parent = lift_entity_get_info (value)->parent;
      g_autofree char *above = NULL;
      LiftEntity *parent_row;

      if (lift_entity_is_dirty (value))
        {
          note_waiting (self, value);
          continue;
        }
      /* What an earlier coach had named stays: the athlete's own history speaks of it. */
      if (there == NULL || (!g_hash_table_contains (scopes, there->scope) &&
                            (device->is_coach || !LIFT_IS_VARIANT (value))))
        sim_fail (self->world, "device %u has %s, which is not its own", device->number,
                  (char *) key);
      if (sim_has (self->world, SIM_NEWER_SERVER) && !self->world->weak &&
          LIFT_IS_EXERCISE_PLAN (value) && ((LiftEntity *) value)->extra == NULL)
        sim_fail (self->world, "device %u lost what it does not know of %s", device->number,
                  (char *) key);
      if (parent == NULL || lift_entity_is_deleted (value) ||
          lift_entity_get_parent_id (value) == NULL)
        continue;
      above = g_strconcat (parent->target, "/", lift_entity_get_parent_id (value), NULL);
      parent_row = g_hash_table_lookup (rows, above);
      /* The delete of the parent was refused, and waits for its user. */
      if (parent_row != NULL && lift_entity_is_dirty (parent_row))
        continue;
      if (parent_row == NULL || lift_entity_is_deleted (parent_row))
        sim_fail (self->world, "device %u shows %s without %s", device->number, (char *) key,
                  above);
    }
}

static void
check_device (End *self, SimDevice *device)
{
  g_autoptr (GHashTable) rows = read_device (device);
  g_autoptr (GHashTable) scopes = list_scopes (device);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer key, value;

  check_status (self, device);
  check_own_rows (self, device, rows, scopes);
  g_hash_table_iter_init (&iter, self->server);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_hash_table_contains (scopes, ((LiftServerRow *) value)->scope))
      compare_row (self, device, key, value, g_hash_table_lookup (rows, key));
  lift_store_read_sync (device->seats[0].store, read_journal, self, &error);
  g_assert_no_error (error);
}

/* A row that went because something above it was deleted comes back with that. */
static void
check_tree (End *self, SimRow *row, LiftServerRow *there)
{
  SimWorld *world = self->world;
  const LiftField *parent = row->info->parent;
  const char *parent_id = lift_entity_get_parent_id (there->entity);
  gboolean dead = lift_server_row_is_deleted (there);
  g_autofree char *above = NULL;
  g_autofree char *why = NULL;
  LiftServerRow *parent_row;

  if (g_hash_table_contains (world->model->exempt_trees, row->root))
    return;
  if (parent != NULL && parent_id != NULL)
    {
      above = g_strconcat (parent->target, "/", parent_id, NULL);
      parent_row = g_hash_table_lookup (self->server, above);
      if (parent_row == NULL || (!dead && lift_server_row_is_deleted (parent_row)))
        sim_fail (world, "the server has %s without %s", row->key, above);
      else if (dead && !row->deleted_itself && !lift_server_row_is_deleted (parent_row))
        sim_fail (world, "%s went with %s and did not come back with it", row->key, above);
    }
  /* A delete that was set aside with its row is one that nobody made. */
  if (world->weak || strstr (self->aside->str, row->id) != NULL)
    return;
  why = dead ? sim_model_explain_dead (world->model, row->root)
             : sim_model_explain_alive (world->model, row->key);
  if (why != NULL)
    sim_fail (world, "%s", why);
}

/* A server that was restored may forget a delete with its row, and what only a device had that was
 * put back too. */
static gboolean
may_be_gone (End *self, SimRow *row)
{
  return g_hash_table_contains (self->world->model->exempt_trees, row->root) ||
         (self->world->weak && (sim_has (self->world, SIM_OLD_COPY) ||
                                sim_model_is_deleted (self->world->model, row->root)));
}

static void
check_rows (End *self)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->world->model->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimRow *row = value;
      LiftServerRow *there = g_hash_table_lookup (self->server, key);

      if (there != NULL)
        check_tree (self, row, there);
      else if (!may_be_gone (self, row) && !g_hash_table_contains (self->waiting, key) &&
               strstr (self->aside->str, row->id) == NULL)
        sim_fail (self->world, "%s was saved and is nowhere", row->key);
    }
}

/* Whether somebody who saw @value wrote another one that still waits, or was set aside. */
static gboolean
waits_above (End *self, SimField *field, const char *value)
{
  GHashTableIter iter;
  gpointer key, write;

  g_hash_table_iter_init (&iter, field->writes);
  while (g_hash_table_iter_next (&iter, &key, &write))
    if ((g_hash_table_contains (self->waiting, key) || strstr (self->aside->str, key) != NULL) &&
        sim_field_knows (field, key, value))
      return TRUE;
  return FALSE;
}

static void
check_leaf (End *self, SimField *field, SimWrite *write, const char *final)
{
  if (write->replaced || write->forgotten || g_str_equal (write->value, final) ||
      g_hash_table_contains (self->history, write->value) ||
      g_hash_table_contains (self->waiting, write->value) ||
      strstr (self->aside->str, write->value) != NULL)
    return;
  sim_fail (self->world, "%s = %s was saved on device %u and is nowhere; the server has %s",
            field->key, write->value, write->device, final);
}

static void
check_field (End *self, SimField *field, LiftServerRow *there)
{
  const char *name = strrchr (field->key, '/') + 1;
  LiftField *of = lift_entity_info_find (lift_entity_get_info (there->entity), name);
  g_autofree char *final = sim_field_value (there->entity, of);
  SimWrite *last = g_hash_table_lookup (field->writes, final);
  GHashTableIter iter;
  gpointer write;

  if (last == NULL)
    sim_fail (self->world, "%s = %s, which nobody wrote", field->key, final);
  else if (last->replaced && !self->world->weak && !waits_above (self, field, final))
    sim_fail (self->world, "%s = %s, which somebody who knew it had replaced", field->key, final);
  g_hash_table_iter_init (&iter, field->writes);
  while (g_hash_table_iter_next (&iter, NULL, &write))
    check_leaf (self, field, write, final);
}

static void
check_fields (End *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->world->model->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimField *field = value;
      LiftServerRow *there = g_hash_table_lookup (self->server, field->row);

      if (there != NULL && !field->exempt)
        check_field (self, field, there);
    }
}

/* Whether somebody saw the value that stands, and deleted the row all the same. */
static gboolean
was_deleted_knowing (End *self, LiftServerRow *row, const LiftField *field)
{
  g_autofree char *key = sim_field_key (row->entity, field);
  g_autofree char *value = sim_field_value (row->entity, field);
  SimField *known = sim_model_find_field (self->world->model, key);

  return known == NULL || known->exempt || sim_model_delete_knew (self->world->model, known, value);
}

/* An edit that came behind a delete brings the row back: no field of a dead row changed later. */
static void
check_dead_rows (End *self)
{
  LiftServer *server = self->world->server;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerConnection)
    connection = lift_server_database_begin (server->database, LIFT_SERVER_READ, &error);
  g_autoptr (LiftServerResult) result = lift_server_query (
    connection, &error,
    "SELECT type, id, field, version FROM history h WHERE field <> 'deletedAt' AND version > "
    "(SELECT max (version) FROM history d WHERE d.type = h.type AND d.id = h.id AND "
    "d.field = 'deletedAt')",
    "");

  while (lift_server_result_next (result, &error))
    {
      g_autofree char *key = g_strconcat (lift_server_result_get_text (result, 0), "/",
                                          lift_server_result_get_text (result, 1), NULL);
      LiftServerRow *row = g_hash_table_lookup (self->server, key);

      if (row != NULL && lift_server_row_is_deleted (row) &&
          !was_deleted_knowing (self, row,
                                lift_entity_info_find (lift_entity_get_info (row->entity),
                                                       lift_server_result_get_text (result, 2))))
        sim_fail (self->world, "%s of %s was edited after the delete, and is gone",
                  lift_server_result_get_text (result, 2), key);
    }
  g_assert_no_error (error);
}

static gpointer
find_watched (LiftEntity *row, guint index)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  return lift_entity_info_find (info, sim_watched_fields (info)[index]);
}

static void
note_value (SimDevice *device, LiftEntity *row, const LiftField *field)
{
  SimWorld *world = device->world;
  g_autofree char *key = sim_field_key (row, field);
  g_autofree char *value = sim_field_value (row, field);
  const char *before = g_hash_table_lookup (device->shown, key);
  SimField *known = sim_model_find_field (world->model, key);

  if (g_strcmp0 (before, value) == 0 || known == NULL)
    return;
  if (before != NULL && !known->exempt && !world->weak && sim_field_knows (known, before, value))
    sim_fail (world, "device %u showed %s = %s, and then %s again", device->number, key, before,
              value);
  g_hash_table_replace (device->shown, g_steal_pointer (&key), g_steal_pointer (&value));
}

/* What went with the access to it is another thing when that comes back. */
static gboolean
is_gone (gpointer key, gpointer value, gpointer rows)
{
  g_autofree char *row = g_strndup (key, strrchr (key, '/') - (char *) key);

  return !g_hash_table_contains (rows, row);
}

/* A user never sees a value go back to one that it had replaced. */
void
sim_note_shown (SimDevice *device)
{
  g_autoptr (GHashTable) rows = NULL;
  GHashTableIter iter;
  gpointer row;

  if (!sim_device_is_open (device))
    return;
  rows = read_device (device);
  g_hash_table_foreach_remove (device->shown, is_gone, rows);
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    for (guint i = 0; i < 2; i++)
      note_value (device, row, find_watched (row, i));
}

static void
open_only (SimDevice *device)
{
  if (device->rival != NULL)
    sim_device_close (device->rival);
  if (!sim_device_open (device))
    sim_fail (device->world, "device %u cannot open its store", device->number);
}

void
sim_check (SimWorld *world)
{
  End self = { .world = world };
  g_autoptr (GHashTable) server = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) lift_server_row_free);
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) history = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) aside = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  self = (End){ world, server, waiting, history, aside };
  read_server (&self);
  for (guint i = 0; i < world->n_devices; i++)
    {
      open_only (&world->devices[i]);
      if (world->violation != NULL)
        return;
      check_device (&self, &world->devices[i]);
    }
  check_rows (&self);
  check_fields (&self);
  if (!world->weak)
    {
      check_dead_rows (&self);
      if (world->alarms > 0)
        sim_fail (world, "a digest found a difference");
    }
  if (world->plan.seed % 8 == 0 && !lift_server_check (world->server, &error))
    sim_fail (world, "the server's database is not whole: %s", error->message);
}
