/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-entities.h"
#include "lift-server-private.h"

/* One row of a push on its way into the database. */
typedef struct
{
  LiftServerMerge *merge;
  LiftServerItem *item;
  LiftServerRow *before; /* the row as it is, NULL for a new one */
  LiftServerRow *row;    /* as it is going to be */
  LiftEntity *incoming;  /* what the client sent */
  LiftServerRow *parent;
  LiftFieldSet named;   /* what the client says that it changes */
  LiftFieldSet fields;  /* what is written of it */
  gboolean is_explicit; /* there were changedFields */
} Change;

static void
clear_change (Change *change)
{
  lift_server_row_free (change->before);
  lift_server_row_free (change->row);
  lift_server_row_free (change->parent);
  g_clear_object (&change->incoming);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, clear_change)

static gboolean
is_fine (Change *change)
{
  return change->item->faults->len == 0;
}

static void
add_fault (Change *change, const char *key, LiftFaultCode code)
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

static LiftFieldSet
bit (Change *change, const char *key)
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
keep_faults (Change *change, GPtrArray *faults, LiftFieldSet writable)
{
  for (guint i = 0; i < faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (faults, i);

      if (change->named & writable & bit (change, fault->field))
        g_ptr_array_add (change->item->faults,
                         lift_fault_new (fault->code, fault->field, "%s", fault->message));
    }
}

static LiftFieldSet
read_names (Change *change, JsonArray *names)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      JsonNode *node = json_array_get_element (names, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        set |= bit (change, json_node_get_string (node));
    }
  return set;
}

/* What the server owns is left out; to name it as changed is refused, unless it is no change. */
static void
leave_owned (Change *change)
{
  LiftServerRights *rights = change->merge->rights;
  const LiftEntityInfo *info = change->item->info;
  LiftFieldSet owned = lift_server_rights_get_owned (rights, info, change->before == NULL);
  LiftFieldSet refused = LIFT_FIELD_SET_NONE;

  if (change->is_explicit && change->before != NULL)
    refused = change->fields & owned &
              (lift_entity_diff (change->before->entity, change->incoming) |
               lift_server_rights_get_secret (rights, info)) &
              ~bit (change, "createdAt");
  for (guint i = 0; i < info->n_fields; i++)
    if (refused >> i & 1)
      add_fault (change, info->fields[i]->key, LIFT_FAULT_FORBIDDEN);
  change->fields &= ~owned;
}

static void
read_row (Change *change)
{
  LiftServerItem *item = change->item;
  LiftFieldSet editable = lift_entity_info_get_editable (item->info);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  JsonArray *names = lift_json_get_array (item->object, "changedFields");
  LiftFieldSet seen;

  change->incoming = change->before != NULL ? lift_entity_copy (change->before->entity)
                                            : g_object_new (item->info->gtype, NULL);
  seen = lift_entity_read_json (change->incoming, item->object, faults);
  change->is_explicit = names != NULL && change->before != NULL;
  change->named = change->is_explicit ? read_names (change, names) : LIFT_FIELD_SET_ALL;
  change->fields = change->named & seen & editable;
  leave_owned (change);
  keep_faults (change, faults,
               editable & ~lift_server_rights_get_owned (change->merge->rights, item->info,
                                                         change->before == NULL));
}

static void
make_row (Change *change)
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
check_owner (Change *change)
{
  for (guint i = 0; i < change->item->info->n_fields; i++)
    {
      LiftField *field = change->item->info->fields[i];

      if (!(change->fields >> i & 1) || !(field->flags & (LIFT_FIELD_ATHLETE | LIFT_FIELD_COACH)))
        continue;
      if (!lift_field_equal (field, change->before->entity, change->incoming))
        add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
    }
}

/* An athlete that a coach makes is in that coach's care. */
static void
place_athlete (Change *change)
{
  LiftServerUser *user = change->merge->rights->user;
  LiftAthlete *athlete = LIFT_ATHLETE (change->row->entity);

  if (!user->is_coach || user->coach_id == NULL ||
      (athlete->coach_id != NULL && !g_str_equal (athlete->coach_id, user->coach_id)))
    {
      add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
      return;
    }
  lift_entity_set (change->row->entity, "coach-id", user->coach_id, NULL);
  change->row->scope = g_strconcat ("athlete:", change->item->id, NULL);
  g_hash_table_add (change->merge->rights->scopes, g_strdup (change->row->scope));
}

/* A row that names no owner belongs to the one who makes it. One that says "no owner" would
 * belong to the catalogue. */
static void
fill_owner (Change *change, LiftField *athlete, LiftField *coach)
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
place_new (Change *change)
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
      add_fault (change, athlete->key, LIFT_FAULT_REQUIRED);
      return;
    }
  if (athlete_id != NULL)
    change->row->scope = g_strconcat ("athlete:", athlete_id, NULL);
  else
    change->row->scope = coach_id != NULL ? g_strconcat ("coach:", coach_id, NULL)
                                          : g_strdup (LIFT_SERVER_CATALOGUE);
  failed = g_strconcat ("Athlete/", athlete_id, NULL);
  if (g_hash_table_contains (change->merge->failed, failed))
    add_fault (change, athlete->key, LIFT_FAULT_PARENT_MISSING);
  else if (!lift_server_rights_may_write (change->merge->rights, info, change->row->scope))
    add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
}

static void
place_row (Change *change)
{
  const LiftEntityInfo *info = change->item->info;

  if (change->before != NULL)
    check_owner (change);
  else if (info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH)
    add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
  else if (info->gtype == LIFT_TYPE_ATHLETE)
    place_athlete (change);
  else
    place_new (change);
}

/* People are erased with their accounts, not by a push. */
static void
check_delete (Change *change)
{
  const LiftEntityInfo *info = change->item->info;
  gboolean person = info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH ||
                    (info->gtype == LIFT_TYPE_ATHLETE && !change->merge->rights->user->is_coach);

  if (person && lift_server_row_is_deleted (change->row))
    add_fault (change, "deletedAt", LIFT_FAULT_FORBIDDEN);
}

/* An edit beats a delete: fields that change bring a deleted row back, unless the push deletes
 * too. When it went is the server's to say. */
static void
settle_delete (Change *change)
{
  LiftFieldSet deleted = bit (change, "deletedAt");
  gboolean was = change->before != NULL && lift_server_row_is_deleted (change->before);

  if (was && (change->fields & deleted) && lift_server_row_is_deleted (change->row))
    {
      change->row->entity->deleted_at = change->before->entity->deleted_at;
      change->fields &= ~deleted;
    }
  else if (was && change->fields != LIFT_FIELD_SET_NONE)
    {
      change->row->entity->deleted_at = LIFT_INT_NULL;
      change->fields |= deleted;
    }
}

static gboolean
is_locked (Change *change, LiftServerRow *row, gboolean *locked, GError **error)
{
  g_autoptr (LiftServerRow) plan = NULL;

  if (!lift_server_tree_find_plan (change->merge->work, row, &plan, error))
    return FALSE;
  *locked = plan != NULL && LIFT_TRAINING_PLAN (plan->entity)->is_locked == 1;
  return TRUE;
}

static gboolean
check_lock (Change *change, GError **error)
{
  gboolean before = FALSE, after = FALSE;

  if (change->merge->rights->user->is_coach)
    return TRUE;
  if (change->before != NULL && !is_locked (change, change->before, &before, error))
    return FALSE;
  if (!is_locked (change, change->row, &after, error))
    return FALSE;
  if (before || after)
    add_fault (change, NULL, LIFT_FAULT_LOCKED);
  return TRUE;
}

static LiftFieldSet
get_changed (Change *change)
{
  if (change->before == NULL)
    return lift_entity_info_get_editable (change->item->info);
  return lift_entity_diff (change->before->entity, change->row->entity) & change->fields;
}

/* Two devices that made the same pair offline: the smaller id stays. */
static gboolean
settle_pair (Change *change, const char *other, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autoptr (LiftServerRow) loser = NULL;
  g_autoptr (LiftServerRow) before = NULL;

  if (g_strcmp0 (other, change->item->id) < 0)
    {
      change->row->entity->deleted_at = lift_server_work_next_stamp (work);
      return TRUE;
    }
  if (!lift_server_row_load (work->server, work->connection, change->item->info, other, &loser,
                             error))
    return FALSE;
  before = lift_server_row_copy (loser);
  loser->entity->updated_at = loser->entity->deleted_at = lift_server_work_next_stamp (work);
  loser->entity->version++;
  lift_entity_set (loser->entity, "updated-by", work->user_id, NULL);
  return lift_server_history_add (work, before, bit (change, "deletedAt"), error) &&
         lift_server_row_store (work, loser, before, error);
}

static const char *
get_unique_field (const LiftEntityInfo *info)
{
  if (info->gtype == LIFT_TYPE_EXERCISE)
    return "name";
  if (info->gtype == LIFT_TYPE_USER)
    return "email";
  return info->gtype == LIFT_TYPE_TRAINING_SESSION ? "sourceKey" : NULL;
}

static gboolean
check_unique (Change *change, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autofree char *key = lift_server_unique_key (change->row->entity);
  LiftServerTable *table = lift_server_get_table (work->server, change->item->info);
  g_autofree char *other = NULL;
  gboolean everywhere = change->item->info->gtype == LIFT_TYPE_USER;

  if (key == NULL || lift_server_row_is_deleted (change->row))
    return TRUE;
  if (!lift_server_dup_text (work->connection, &other, error, table->find_unique, "ssis", key,
                             change->row->scope, (gint64) everywhere, change->item->id))
    return FALSE;
  if (other == NULL)
    return TRUE;
  if (get_unique_field (change->item->info) == NULL)
    return settle_pair (change, other, error);
  add_fault (change, get_unique_field (change->item->info), LIFT_FAULT_DUPLICATE);
  return TRUE;
}

static LiftServerVisibility
get_visibility (Change *change)
{
  LiftServerVisibility before = change->before != NULL ? change->before->hidden : LIFT_SERVER_DRAFT;
  gboolean shown = change->parent == NULL || change->parent->hidden == LIFT_SERVER_SHOWN;

  if (LIFT_IS_TRAINING_PLAN (change->row->entity))
    {
      const char *status = LIFT_TRAINING_PLAN (change->row->entity)->status;

      shown = status == NULL || g_str_equal (status, "published");
    }
  if (shown)
    return LIFT_SERVER_SHOWN;
  return before == LIFT_SERVER_SHOWN ? LIFT_SERVER_WITHDRAWN : before;
}

static void
stamp (Change *change)
{
  LiftServerWork *work = change->merge->work;
  LiftEntity *entity = change->row->entity;
  gint64 now = lift_server_work_next_stamp (work);

  if (change->before == NULL)
    {
      if (entity->created_at == LIFT_INT_NULL)
        entity->created_at = now;
      lift_entity_set (entity, "created-by", work->user_id, NULL);
    }
  entity->version = change->before != NULL ? change->before->entity->version + 1 : 1;
  entity->updated_at = now;
  lift_entity_set (entity, "updated-by", work->user_id, NULL);
  change->row->hidden = get_visibility (change);
}

/* Rows above and below that change with this one. */
static gboolean
follow_up (Change *change, GError **error)
{
  LiftServerWork *work = change->merge->work;
  gboolean was_hidden = change->before != NULL && change->before->hidden != LIFT_SERVER_SHOWN;
  gboolean is_hidden = change->row->hidden != LIFT_SERVER_SHOWN;
  gboolean was = change->before != NULL && lift_server_row_is_deleted (change->before);

  if (!was && lift_server_row_is_deleted (change->row) && change->before != NULL &&
      !lift_server_tree_delete (work, change->row, error))
    return FALSE;
  return was_hidden == is_hidden || change->before == NULL ||
         lift_server_tree_set_hidden (work, change->row, error);
}

static gboolean
store (Change *change, LiftFieldSet changed, GError **error)
{
  LiftServerWork *work = change->merge->work;
  gboolean was = change->before != NULL && lift_server_row_is_deleted (change->before);

  stamp (change);
  if (!was && lift_server_row_is_deleted (change->row))
    change->row->entity->deleted_at = change->row->delete_group = change->row->entity->updated_at;
  else if (!lift_server_row_is_deleted (change->row))
    change->row->delete_group = LIFT_INT_NULL;
  if (change->before != NULL && !lift_server_history_add (work, change->before, changed, error))
    return FALSE;
  return lift_server_row_store (work, change->row, change->before, error) &&
         follow_up (change, error);
}

/* Brings back what the row needs to live, which may be the row itself. */
static gboolean
revive (Change *change, GError **error)
{
  LiftServerWork *work = change->merge->work;

  if (lift_server_row_is_deleted (change->row) ||
      (change->before != NULL && !lift_server_row_is_deleted (change->before) &&
       (change->parent == NULL || !lift_server_row_is_deleted (change->parent))))
    return TRUE;
  if (!lift_server_tree_revive (work, change->before != NULL ? change->before : change->row, error))
    return FALSE;
  if (change->before == NULL)
    return TRUE;
  g_clear_pointer (&change->before, lift_server_row_free);
  return lift_server_row_load (work->server, work->connection, change->item->info, change->item->id,
                               &change->before, error);
}

static gboolean
check_values (Change *change, LiftFieldSet changed, GError **error)
{
  /* A delete asks nothing of the row that goes. */
  if (changed == bit (change, "deletedAt") && lift_server_row_is_deleted (change->row))
    return TRUE;
  lift_entity_validate (change->row->entity, changed, change->item->faults);
  return lift_server_check_references (change->merge, change->item, change->row, changed,
                                       &change->parent, error);
}

static gboolean
write_change (Change *change, GError **error)
{
  LiftFieldSet changed = get_changed (change);

  if (changed == LIFT_FIELD_SET_NONE)
    return TRUE;
  if (!check_values (change, changed, error))
    return FALSE;
  if (!is_fine (change) || !check_unique (change, error) || !is_fine (change))
    return is_fine (change) ? FALSE : TRUE;
  if (change->before != NULL &&
      !lift_server_history_conflicts (change->merge->work, change->before, changed,
                                      lift_json_get_int (change->item->object, "version", 0),
                                      change->item->conflicts, error))
    return FALSE;
  if (!revive (change, error))
    return FALSE;
  /* What came back with a group needs no second write. */
  changed = get_changed (change);
  return changed == LIFT_FIELD_SET_NONE || store (change, changed, error);
}

/* What is not this user's gets one answer, whether it is there or not. */
static gboolean
may_write_before (Change *change)
{
  LiftServerRights *rights = change->merge->rights;

  return change->before == NULL ||
         (lift_server_rights_may_write (rights, change->item->info, change->before->scope) &&
          (rights->user->is_coach || change->before->hidden == LIFT_SERVER_SHOWN));
}

/**
 * lift_server_merge: (skip)
 * @item: a row of a push; its faults and conflicts are filled in
 *
 * Merges one row into the database, field by field. Nothing has been written where a fault is
 * found.
 *
 * Returns: %FALSE with @error if the database fails
 */
gboolean
lift_server_merge (LiftServerMerge *merge, LiftServerItem *item, GError **error)
{
  g_auto (Change) change = { .merge = merge, .item = item };
  LiftServerWork *work = merge->work;

  if (!lift_server_row_load (work->server, work->connection, item->info, item->id, &change.before,
                             error))
    return FALSE;
  if (!may_write_before (&change))
    {
      add_fault (&change, NULL, LIFT_FAULT_FORBIDDEN);
      return TRUE;
    }
  read_row (&change);
  make_row (&change);
  if (is_fine (&change))
    place_row (&change);
  if (!is_fine (&change))
    return TRUE;
  settle_delete (&change);
  check_delete (&change);
  if (!check_lock (&change, error))
    return FALSE;
  return !is_fine (&change) || write_change (&change, error);
}
