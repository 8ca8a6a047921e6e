/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim-end.h"

/* Of two that are the same one stays, until it goes too. */
static gboolean
has_twin (SimEnd *self, LiftServerRow *row, gboolean alive)
{
  g_autofree char *key = lift_server_unique_key (row->entity);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->server);
  while (key != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiftServerRow *other = value;
      g_autofree char *same = lift_server_unique_key (other->entity);

      if (other != row && !(alive && lift_server_row_is_deleted (other)) &&
          g_strcmp0 (key, same) == 0 && g_str_equal (row->scope, other->scope))
        return TRUE;
    }
  return FALSE;
}

/* A delete of which a part passed alone is two where others came between; and of two of a pair, one
 * goes for good. */
static gboolean
comes_in_parts (SimWorld *world)
{
  return sim_has (world, SIM_PROXY) || sim_has (world, SIM_SLOW) ||
         sim_has (world, SIM_OVERSIZED) || sim_has (world, SIM_TWINS);
}

/* A row that went because something above it was deleted comes back with that. */
static void
check_tree (SimEnd *self, SimRow *row, LiftServerRow *there)
{
  SimWorld *world = self->world;
  const LiftField *parent = row->info->parent;
  const char *parent_id = lift_entity_get_parent_id (there->entity);
  gboolean dead = lift_server_row_is_deleted (there);
  g_autofree char *above = NULL;
  g_autofree char *why = NULL;
  LiftServerRow *parent_row;

  if (!dead && has_twin (self, there, TRUE))
    sim_fail (world, "%s is there twice", row->key);
  if (g_hash_table_contains (world->model->exempt_trees, row->root) ||
      (dead && has_twin (self, there, FALSE)))
    return;
  if (parent != NULL && parent_id != NULL)
    {
      above = g_strconcat (parent->target, "/", parent_id, NULL);
      parent_row = g_hash_table_lookup (self->server, above);
      if (parent_row == NULL || (!dead && lift_server_row_is_deleted (parent_row)))
        sim_fail (world, "the server has %s without %s", row->key, above);
      else if (dead && !row->deleted_itself && !comes_in_parts (world) &&
               !lift_server_row_is_deleted (parent_row))
        sim_fail (world, "%s went with %s and did not come back with it", row->key, above);
    }
  if (sim_is_vague (world) || (dead && comes_in_parts (world)))
    {
      if (dead && !sim_model_is_deleted (world->model, row->root))
        sim_fail (world, "nobody ever deleted %s, and it is gone", row->key);
      return;
    }
  /* A delete that was set aside with its row is one that nobody made. */
  if (g_hash_table_contains (self->aside, row->key))
    return;
  why = dead ? sim_model_explain_dead (world->model, row->root)
             : sim_model_explain_alive (world->model, row->key);
  if (why != NULL)
    sim_fail (world, "%s is %s: %s", row->key, dead ? "gone" : "there", why);
}

/* A server that was restored may forget a delete with its row, and what nobody held any more. */
static gboolean
may_be_gone (SimEnd *self, SimRow *row)
{
  return g_hash_table_contains (self->world->model->exempt_trees, row->root) || row->forgotten ||
         ((self->world->weak || sim_has (self->world, SIM_PURGE)) &&
          sim_model_is_deleted (self->world->model, row->root));
}

static void
check_rows (SimEnd *self)
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
               !g_hash_table_contains (self->aside, key))
        sim_fail (self->world, "%s was saved and is nowhere", row->key);
    }
}

/* Whether somebody who saw @value wrote another one that still waits, or was set aside. */
static gboolean
waits_above (SimEnd *self, SimField *field, const char *value)
{
  GHashTableIter iter;
  gpointer key, write;

  g_hash_table_iter_init (&iter, field->writes);
  while (g_hash_table_iter_next (&iter, &key, &write))
    if ((g_hash_table_contains (self->waiting, key) || g_hash_table_contains (self->aside, key)) &&
        sim_field_knows (field, key, value))
      return TRUE;
  return FALSE;
}

static void
check_leaf (SimEnd *self, SimField *field, SimWrite *write, const char *final)
{
  if (write->replaced || write->forgotten || g_str_equal (write->value, final) ||
      g_hash_table_contains (self->history, write->value) ||
      g_hash_table_contains (self->waiting, write->value) ||
      g_hash_table_contains (self->aside, write->value))
    return;
  sim_fail (self->world, "%s = %s was saved on device %u and is nowhere; the server has %s",
            field->key, write->value, write->device, final);
}

static void
check_field (SimEnd *self, SimField *field, LiftServerRow *there)
{
  const char *name = strrchr (field->key, '/') + 1;
  LiftField *of = lift_entity_info_find (lift_entity_get_info (there->entity), name);
  g_autofree char *final = sim_field_value (there->entity, of);
  SimWrite *last = g_hash_table_lookup (field->writes, final);
  GHashTableIter iter;
  gpointer write;

  if (last == NULL)
    sim_fail (self->world, "%s = %s, which nobody wrote", field->key, final);
  else if (last->replaced && !sim_is_vague (self->world) && !waits_above (self, field, final))
    sim_fail (self->world, "%s = %s, which somebody who knew it had replaced", field->key, final);
  g_hash_table_iter_init (&iter, field->writes);
  while (g_hash_table_iter_next (&iter, NULL, &write))
    check_leaf (self, field, write, final);
}

/* The row may be one that was made again by somebody who had it from before the delete. */
static gboolean
was_purged (SimEnd *self, SimField *field)
{
  SimRow *row = sim_model_find_row (self->world->model, field->row);

  return sim_has (self->world, SIM_PURGE) && row != NULL &&
         sim_model_is_deleted (self->world->model, row->root);
}

static void
check_fields (SimEnd *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->world->model->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimField *field = value;
      LiftServerRow *there = g_hash_table_lookup (self->server, field->row);

      if (there != NULL && !field->exempt && !was_purged (self, field))
        check_field (self, field, there);
    }
}

/* Whether somebody saw the value that stands, and deleted the row all the same. */
static gboolean
was_deleted_knowing (SimEnd *self, LiftServerRow *row, const LiftField *field)
{
  g_autofree char *key = sim_field_key (row->entity, field);
  g_autofree char *value = sim_field_value (row->entity, field);
  SimField *known = sim_model_find_field (self->world->model, key);

  return known == NULL || known->exempt || sim_model_delete_knew (self->world->model, known, value);
}

/* An edit that came behind a delete brings the row back: no field of a dead row changed later. */
static void
check_dead_rows (SimEnd *self)
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

void
sim_check_values (SimEnd *self)
{
  check_rows (self);
  check_fields (self);
  if (!sim_is_vague (self->world))
    check_dead_rows (self);
}
