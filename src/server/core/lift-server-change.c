/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-entities.h"
#include "lift-server-change-private.h"

/**
 * lift_server_change_clear: (skip)
 */
void
lift_server_change_clear (LiftServerChange *change)
{
  lift_server_row_free (change->before);
  lift_server_row_free (change->row);
  lift_server_row_free (change->parent);
  g_clear_object (&change->incoming);
}

/**
 * lift_server_change_is_fine: (skip)
 *
 * Returns: whether nothing is wrong with the row so far
 */
gboolean
lift_server_change_is_fine (LiftServerChange *change)
{
  return change->item->faults->len == 0;
}

/**
 * lift_server_change_add_fault: (skip)
 * @key: (nullable): the field that is at fault
 */
void
lift_server_change_add_fault (LiftServerChange *change, const char *key, LiftFaultCode code)
{
  LiftField *field = key != NULL ? lift_entity_info_find (change->item->info, key) : NULL;

  if (field != NULL)
    g_ptr_array_add (change->item->faults, lift_field_fault (field, code));
  else if (code == LIFT_FAULT_LOCKED)
    g_ptr_array_add (change->item->faults,
                     lift_fault_new (code, NULL, _ ("The coach has locked this plan")));
  else
    g_ptr_array_add (change->item->faults,
                     lift_fault_new (code, NULL, _ ("This row is not yours to write")));
}

/**
 * lift_server_change_bit: (skip)
 *
 * Returns: the set of one field, none for a key that is not known
 */
LiftFieldSet
lift_server_change_bit (LiftServerChange *change, const char *key)
{
  LiftField *field = lift_entity_info_find (change->item->info, key);

  return field != NULL ? (LiftFieldSet) 1 << field->index : LIFT_FIELD_SET_NONE;
}

static LiftField *
find_flagged (const LiftEntityInfo *info, LiftFieldFlags flag)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & flag)
      return info->fields[i];
  return NULL;
}
/* A value that cannot be read matters only where it would be written. */
static void
keep_faults (LiftServerChange *change, GPtrArray *faults, LiftFieldSet writable)
{
  for (guint i = 0; i < faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (faults, i);

      if (change->named & writable & lift_server_change_bit (change, fault->field))
        g_ptr_array_add (change->item->faults,
                         lift_fault_new (fault->code, fault->field, "%s", fault->message));
    }
}

/* Names that cannot be read must not pass for none, which would write the whole row. */
static gboolean
check_names (LiftServerChange *change)
{
  JsonNode *node = json_object_get_member (change->item->object, "changedFields");
  JsonArray *names = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  gboolean good = node == NULL || JSON_NODE_HOLDS_NULL (node) || names != NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    good = good && json_node_get_value_type (json_array_get_element (names, i)) == G_TYPE_STRING;
  if (!good)
    g_ptr_array_add (change->item->faults, lift_fault_new (LIFT_FAULT_BAD_FORMAT, "changedFields",
                                                           _ ("must be a list of field names")));
  return good;
}

static LiftFieldSet
read_names (LiftServerChange *change, JsonArray *names)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < json_array_get_length (names); i++)
    set |= lift_server_change_bit (change, json_array_get_string_element (names, i));
  return set;
}

/* What the server owns is left out; to name it as changed is refused, unless it is no change. */
static void
leave_owned (LiftServerChange *change)
{
  LiftServerRights *rights = change->merge->rights;
  const LiftEntityInfo *info = change->item->info;
  LiftFieldSet owned = lift_server_rights_get_owned (rights, info, change->before == NULL);
  LiftFieldSet refused = LIFT_FIELD_SET_NONE;

  if (change->is_explicit && change->before != NULL)
    refused = change->fields & owned &
              (lift_entity_diff (change->before->entity, change->incoming) |
               lift_server_rights_get_secret (rights, info)) &
              ~lift_server_change_bit (change, "createdAt");
  for (guint i = 0; i < info->n_fields; i++)
    if (refused >> i & 1)
      lift_server_change_add_fault (change, info->fields[i]->key, LIFT_FAULT_FORBIDDEN);
  change->fields &= ~owned;
}

static gboolean
is_bad_choice (const LiftField *field, JsonNode *node)
{
  return field->kind == LIFT_FIELD_CHOICE && node != NULL &&
         json_node_get_value_type (node) == G_TYPE_STRING &&
         !g_strv_contains (field->choices, json_node_get_string (node));
}

/* Choices are interned, that is kept for ever, when they are read: made up ones would fill the
 * server's memory. They are taken out first. */
static JsonObject *
without_bad_choices (LiftServerChange *change, GPtrArray *faults)
{
  const LiftEntityInfo *info = change->item->info;
  g_autoptr (JsonObject) object = json_object_ref (change->item->object);
  JsonObject *copy;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  for (guint i = 0; i < info->n_fields; i++)
    if (is_bad_choice (info->fields[i], json_object_get_member (object, info->fields[i]->key)))
      g_ptr_array_add (faults, lift_field_fault (info->fields[i], LIFT_FAULT_BAD_FORMAT));
  if (faults->len == 0)
    return g_steal_pointer (&object);
  copy = json_object_new ();
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    {
      LiftField *field = lift_entity_info_find (info, key);

      if (field == NULL || !is_bad_choice (field, node))
        json_object_set_member (copy, key, json_node_copy (node));
    }
  return copy;
}

/**
 * lift_server_change_read: (skip)
 *
 * Reads what the client sent, and works out what of it is to be written.
 */
void
lift_server_change_read (LiftServerChange *change)
{
  LiftServerItem *item = change->item;
  LiftFieldSet editable = lift_entity_info_get_editable (item->info);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (JsonObject) object = NULL;
  JsonArray *names = NULL;
  LiftFieldSet seen;

  change->incoming = change->before != NULL ? lift_entity_copy (change->before->entity)
                                            : g_object_new (item->info->gtype, NULL);
  object = without_bad_choices (change, faults);
  seen = lift_entity_read_json (change->incoming, object, faults);
  if (check_names (change))
    names = lift_json_get_array (item->object, "changedFields");
  change->is_explicit = names != NULL && change->before != NULL;
  change->named = change->is_explicit ? read_names (change, names) : LIFT_FIELD_SET_ALL;
  change->fields = change->named & seen & editable;
  leave_owned (change);
  keep_faults (change, faults,
               editable & ~lift_server_rights_get_owned (change->merge->rights, item->info,
                                                         change->before == NULL));
}

/**
 * lift_server_change_make_row: (skip)
 *
 * Makes the row as it is going to be.
 */
void
lift_server_change_make_row (LiftServerChange *change)
{
  if (change->before != NULL)
    change->row = lift_server_row_copy (change->before);
  else
    {
      change->row = g_new0 (LiftServerRow, 1);
      change->row->entity = g_object_new (change->item->info->gtype, "id", change->item->id, NULL);
      change->row->delete_group = LIFT_INT_NULL;
    }
  lift_entity_assign (change->row->entity, change->incoming, change->fields);
}

/* A row never changes its athlete or its coach. */
static void
check_owner (LiftServerChange *change)
{
  for (guint i = 0; i < change->item->info->n_fields; i++)
    {
      LiftField *field = change->item->info->fields[i];

      if (!(change->fields >> i & 1) || !(field->flags & (LIFT_FIELD_ATHLETE | LIFT_FIELD_COACH)))
        continue;
      if (!lift_field_equal (field, change->before->entity, change->incoming))
        lift_server_change_add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
    }
}

/* An athlete that a coach makes is in that coach's care. */
static void
place_athlete (LiftServerChange *change)
{
  LiftServerUser *user = change->merge->rights->user;
  LiftAthlete *athlete = LIFT_ATHLETE (change->row->entity);

  if (!user->is_coach || user->coach_id == NULL ||
      (athlete->coach_id != NULL && !g_str_equal (athlete->coach_id, user->coach_id)))
    {
      lift_server_change_add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
      return;
    }
  lift_entity_set (change->row->entity, "coach-id", user->coach_id, NULL);
  change->row->scope = g_strconcat ("athlete:", change->item->id, NULL);
  g_hash_table_add (change->merge->rights->scopes, g_strdup (change->row->scope));
}

/* A row that names no owner belongs to the one who makes it. One that says "no owner" would
 * belong to the catalogue. */
static void
fill_owner (LiftServerChange *change, LiftField *athlete, LiftField *coach)
{
  LiftServerUser *user = change->merge->rights->user;
  JsonObject *object = change->item->object;

  if (user->is_coach && coach != NULL && !json_object_has_member (object, coach->key))
    lift_field_set_text (coach, change->row->entity, user->coach_id);
  else if (!user->is_coach && athlete != NULL && !json_object_has_member (object, athlete->key) &&
           !(athlete->flags & LIFT_FIELD_REQUIRED))
    lift_field_set_text (athlete, change->row->entity, user->athlete_id);
}

static void
place_new (LiftServerChange *change)
{
  const LiftEntityInfo *info = change->item->info;
  LiftField *athlete = find_flagged (info, LIFT_FIELD_ATHLETE);
  LiftField *coach = find_flagged (info, LIFT_FIELD_COACH);
  const char *athlete_id, *coach_id;
  g_autofree char *failed = NULL;

  athlete_id = athlete != NULL ? lift_field_get_text (athlete, change->row->entity) : NULL;
  coach_id = coach != NULL ? lift_field_get_text (coach, change->row->entity) : NULL;
  if (athlete_id == NULL && coach_id == NULL)
    {
      fill_owner (change, athlete, coach);
      athlete_id = athlete != NULL ? lift_field_get_text (athlete, change->row->entity) : NULL;
      coach_id = coach != NULL ? lift_field_get_text (coach, change->row->entity) : NULL;
    }
  if (athlete_id == NULL && athlete != NULL && (athlete->flags & LIFT_FIELD_REQUIRED))
    {
      lift_server_change_add_fault (change, athlete->key, LIFT_FAULT_REQUIRED);
      return;
    }
  if (athlete_id != NULL)
    change->row->scope = g_strconcat ("athlete:", athlete_id, NULL);
  else
    change->row->scope = coach_id != NULL ? g_strconcat ("coach:", coach_id, NULL)
                                          : g_strdup (LIFT_SERVER_CATALOGUE);
  failed = g_strconcat ("Athlete/", athlete_id, NULL);
  /* The scope is one owner's; another's name on the row would be a claim that nobody checked. */
  if (athlete_id != NULL && coach_id != NULL)
    lift_server_change_add_fault (change, coach->key, LIFT_FAULT_FORBIDDEN);
  else if (g_hash_table_contains (change->merge->failed, failed))
    lift_server_change_add_fault (change, athlete->key, LIFT_FAULT_PARENT_MISSING);
  else if (!lift_server_rights_may_write (change->merge->rights, info, change->row->scope))
    lift_server_change_add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
}

/**
 * lift_server_change_place: (skip)
 *
 * Finds the scope of a new row, and sees to it that an old one stays in its own.
 */
void
lift_server_change_place (LiftServerChange *change)
{
  const LiftEntityInfo *info = change->item->info;

  if (change->before != NULL)
    check_owner (change);
  else if (info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH)
    lift_server_change_add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
  else if (info->gtype == LIFT_TYPE_ATHLETE)
    place_athlete (change);
  else
    place_new (change);
}
