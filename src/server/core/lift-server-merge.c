/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-ablation.h"
#include "lift-entities.h"
#include "lift-server-change-private.h"

/* People are erased with their accounts, not by a push. */
static void
check_delete (LiftServerChange *change)
{
  const LiftEntityInfo *info = change->item->info;
  gboolean person = info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH ||
                    (info->gtype == LIFT_TYPE_ATHLETE && !change->merge->rights->user->is_coach);

  if (person && lift_server_row_is_deleted (change->row))
    lift_server_change_add_fault (change, "deletedAt", LIFT_FAULT_FORBIDDEN);
}

/* Whether this push itself deleted @row. */
static gboolean
goes_now (LiftServerChange *change, LiftServerRow *row)
{
  return row != NULL && lift_server_row_is_deleted (row) && row->delete_group != LIFT_INT_NULL &&
         row->delete_group > change->merge->work->begun;
}

/* Whether the row is going to be a part of what this push deletes. Whoever sent both knew of the
 * delete, so it covers the row, unless that is named as coming back. */
static gboolean
goes_along (LiftServerChange *change)
{
  if (change->is_explicit && (change->named & lift_server_change_bit (change, "deletedAt")) != 0)
    return FALSE;
  return goes_now (change, change->parent);
}

/* An edit beats a delete: fields that change bring a deleted row back, unless the push deletes
 * too. When it went is the server's to say. */
static void
settle_delete (LiftServerChange *change)
{
  LiftFieldSet deleted = lift_server_change_bit (change, "deletedAt");
  gboolean was = change->before != NULL && lift_server_row_is_deleted (change->before);

  if (was && (change->fields & deleted) && lift_server_row_is_deleted (change->row))
    {
      change->row->entity->deleted_at = change->before->entity->deleted_at;
      change->fields &= ~deleted;
    }
  else if (was && change->fields != LIFT_FIELD_SET_NONE && !lift_without (EDIT_BEATS_DELETE))
    {
      change->row->entity->deleted_at = LIFT_INT_NULL;
      change->fields |= deleted;
    }
}

/* The rest of a delete that an edit has beaten deletes nothing. */
static gboolean
leave_beaten (LiftServerChange *change, GError **error)
{
  gboolean beaten;

  if (!lift_server_change_is_beaten (change, &beaten, error))
    return FALSE;
  if (!beaten)
    return TRUE;
  change->row->entity->deleted_at = LIFT_INT_NULL;
  change->fields &= ~lift_server_change_bit (change, "deletedAt");
  return TRUE;
}

/* A plan that the user may not know of is not told to be locked either: to name it as a parent is
 * refused as if it were not there. */
static gboolean
is_locked (LiftServerChange *change, LiftServerRow *row, gboolean *locked, GError **error)
{
  g_autoptr (LiftServerRow) plan = NULL;

  if (!lift_server_tree_find_plan (change->merge->work, row, &plan, error))
    return FALSE;
  *locked = plan != NULL && g_str_equal (plan->scope, row->scope) &&
            plan->hidden == LIFT_SERVER_SHOWN && LIFT_TRAINING_PLAN (plan->entity)->is_locked == 1;
  return TRUE;
}

static LiftFieldSet
get_changed (LiftServerChange *change)
{
  if (change->before == NULL)
    return lift_entity_info_get_editable (change->item->info);
  return lift_entity_diff (change->before->entity, change->row->entity) & change->fields;
}

static gboolean
check_lock (LiftServerChange *change, GError **error)
{
  gboolean before = FALSE, after = FALSE;

  /* To delete what is gone already changes nothing. */
  if (change->merge->rights->user->is_coach || get_changed (change) == LIFT_FIELD_SET_NONE)
    return TRUE;
  if (change->before != NULL && !is_locked (change, change->before, &before, error))
    return FALSE;
  if (!is_locked (change, change->row, &after, error))
    return FALSE;
  if (before || after)
    lift_server_change_add_fault (change, NULL, LIFT_FAULT_LOCKED);
  return TRUE;
}

/* Two devices that made the same pair offline: the smaller id stays. */
static gboolean
settle_pair (LiftServerChange *change, const char *other, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autoptr (LiftServerRow) loser = NULL;
  g_autoptr (LiftServerRow) before = NULL;

  if (g_strcmp0 (other, change->item->id) < 0)
    {
      change->row->entity->deleted_at = lift_server_work_next_stamp (work);
      change->fields |= lift_server_change_bit (change, "deletedAt");
      return TRUE;
    }
  if (!lift_server_row_load (work->server, work->connection, change->item->info, other, &loser,
                             error))
    return FALSE;
  before = lift_server_row_copy (loser);
  loser->entity->updated_at = loser->entity->deleted_at = lift_server_work_next_stamp (work);
  loser->entity->version++;
  lift_entity_set (loser->entity, "updated-by", work->user_id, NULL);
  return lift_server_history_add (work, before, lift_server_change_bit (change, "deletedAt"),
                                  error) &&
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

/* Another live row that has what only one may have. */
static gboolean
find_other (LiftServerChange *change, char **other, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autofree char *key = lift_server_unique_key (change->row->entity);
  LiftServerTable *table = lift_server_get_table (work->server, change->item->info);
  gboolean everywhere = change->item->info->gtype == LIFT_TYPE_USER;

  *other = NULL;
  return key == NULL || lift_server_row_is_deleted (change->row) ||
         lift_server_dup_text (work->connection, other, error, table->find_unique, "ssis", key,
                               change->row->scope, (gint64) everywhere, change->item->id);
}

static gboolean
check_unique (LiftServerChange *change, GError **error)
{
  const char *field = get_unique_field (change->item->info);
  g_autofree char *other = NULL;

  if (field == NULL)
    return TRUE;
  if (!find_other (change, &other, error))
    return FALSE;
  if (other != NULL)
    lift_server_change_add_fault (change, field, LIFT_FAULT_DUPLICATE);
  return TRUE;
}

/* Looks when all is back that comes back with the row: the same pair may be among it. */
static gboolean
check_pair (LiftServerChange *change, GError **error)
{
  g_autofree char *other = NULL;

  if (get_unique_field (change->item->info) != NULL || lift_without (PAIRS))
    return TRUE;
  if (!find_other (change, &other, error))
    return FALSE;
  return other == NULL || settle_pair (change, other, error);
}

static LiftServerVisibility
get_visibility (LiftServerChange *change)
{
  LiftServerVisibility before = change->before != NULL ? change->before->hidden : LIFT_SERVER_DRAFT;
  gboolean shown = change->parent == NULL || change->parent->hidden == LIFT_SERVER_SHOWN;

  if (LIFT_IS_TRAINING_PLAN (change->row->entity))
    {
      const char *status = LIFT_TRAINING_PLAN (change->row->entity)->status;

      shown = status == NULL || g_str_equal (status, "published");
    }
  else if (change->parent == NULL && change->before != NULL)
    return before; /* a delete looks at no parent */
  if (shown)
    return LIFT_SERVER_SHOWN;
  return before == LIFT_SERVER_SHOWN ? LIFT_SERVER_WITHDRAWN : before;
}

static void
stamp (LiftServerChange *change)
{
  LiftServerWork *work = change->merge->work;
  LiftEntity *entity = change->row->entity;
  gint64 now = lift_server_work_next_stamp (work);

  if (change->before == NULL)
    {
      /* By when an athlete was made clients tell after a restore whether they were lost or erased. */
      if (entity->created_at == LIFT_INT_NULL || LIFT_IS_ATHLETE (entity))
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
follow_up (LiftServerChange *change, GError **error)
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

/* A row that goes belongs to the delete of what it is a part of, or to one of its own. */
static gboolean
join_delete (LiftServerChange *change, GError **error)
{
  LiftServerRow *row = change->row;
  gboolean along = goes_along (change);

  change->merge->work->said = LIFT_INT_NULL;
  if (!along && !lift_server_change_continues_deletion (change, change->parent, &along, error))
    return FALSE;
  row->entity->deleted_at = along ? change->parent->entity->deleted_at : row->entity->updated_at;
  row->delete_group = along ? change->parent->delete_group : row->entity->updated_at;
  return along || lift_server_change_note_deletion (change, error);
}

static gboolean
store (LiftServerChange *change, LiftFieldSet changed, GError **error)
{
  LiftServerWork *work = change->merge->work;
  gboolean was = change->before != NULL && lift_server_row_is_deleted (change->before);

  stamp (change);
  if (!was && lift_server_row_is_deleted (change->row) && !join_delete (change, error))
    return FALSE;
  if (!lift_server_row_is_deleted (change->row))
    change->row->delete_group = LIFT_INT_NULL;
  if (change->before != NULL && !lift_server_history_add (work, change->before, changed, error))
    return FALSE;
  return lift_server_row_store (work, change->row, change->before, error) &&
         follow_up (change, error);
}

/* Brings back what the row needs to live, which may be the row itself. */
static gboolean
revive (LiftServerChange *change, GError **error)
{
  LiftServerWork *work = change->merge->work;

  if (lift_server_row_is_deleted (change->row) ||
      (change->before != NULL && !lift_server_row_is_deleted (change->before) &&
       (change->parent == NULL || !lift_server_row_is_deleted (change->parent))))
    return TRUE;
  if (!lift_server_tree_revive (work, change->row, error))
    return FALSE;
  if (change->before == NULL)
    return TRUE;
  g_clear_pointer (&change->before, lift_server_row_free);
  return lift_server_row_load (work->server, work->connection, change->item->info, change->item->id,
                               &change->before, error);
}

static gboolean
check_values (LiftServerChange *change, LiftFieldSet changed, GError **error)
{
  /* A delete asks nothing of the row that goes. */
  if (changed == lift_server_change_bit (change, "deletedAt") &&
      lift_server_row_is_deleted (change->row))
    return TRUE;
  lift_entity_validate (change->row->entity, changed, change->item->faults);
  return lift_server_check_references (change->merge, change->item, change->row, changed,
                                       &change->parent, error);
}

/* A row that is made in, or moved into, what this push deletes. */
static void
follow_parent (LiftServerChange *change)
{
  if (!goes_now (change, change->parent) || !goes_along (change) ||
      lift_server_row_is_deleted (change->row))
    return;
  change->row->entity->deleted_at = change->parent->entity->deleted_at;
  change->fields |= lift_server_change_bit (change, "deletedAt");
}

static gboolean
write_change (LiftServerChange *change, GError **error)
{
  LiftFieldSet changed = get_changed (change);

  /* A part that went with the whole in this push is gone already, and hides what was in it. */
  if (changed == LIFT_FIELD_SET_NONE)
    return !lift_server_row_is_deleted (change->row) ||
           lift_server_history_repeat_conflicts (change->merge->work, change->item, error);
  if (!check_values (change, changed, error))
    return FALSE;
  follow_parent (change);
  changed = get_changed (change);
  if (!lift_server_change_is_fine (change) || !check_unique (change, error) ||
      !lift_server_change_is_fine (change))
    return lift_server_change_is_fine (change) ? FALSE : TRUE;
  if (change->before != NULL &&
      !lift_server_history_conflicts (change->merge->work, change->before, changed,
                                      lift_json_get_int (change->item->object, "version", 0),
                                      change->item->conflicts, error))
    return FALSE;
  if (!revive (change, error) || !check_pair (change, error))
    return FALSE;
  /* What came back with a group needs no second write. */
  changed = get_changed (change);
  return changed == LIFT_FIELD_SET_NONE || store (change, changed, error);
}

/* What is not this user's gets one answer, whether it is there or not. */
static gboolean
may_write_before (LiftServerChange *change)
{
  LiftServerRights *rights = change->merge->rights;

  return change->before == NULL ||
         (lift_server_rights_may_write (rights, change->item->info, change->before->scope) &&
          (rights->user->is_coach || change->before->hidden == LIFT_SERVER_SHOWN));
}

static gboolean
is_refused (LiftServerChange *change)
{
  GPtrArray *faults = change->item->faults;

  for (guint i = 0; i < faults->len; i++)
    if (((LiftFault *) g_ptr_array_index (faults, i))->code == LIFT_FAULT_FORBIDDEN)
      return TRUE;
  return FALSE;
}

/* A new row that would be somebody else's gets the same one answer, whatever more is wrong with
 * it. */
static void
place (LiftServerChange *change)
{
  gboolean was_fine = lift_server_change_is_fine (change);

  if (!was_fine && change->before != NULL)
    return;
  lift_server_change_place (change);
  if (was_fine || !is_refused (change))
    return;
  g_ptr_array_set_size (change->item->faults, 0);
  lift_server_change_add_fault (change, NULL, LIFT_FAULT_FORBIDDEN);
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
  g_auto (LiftServerChange) change = { .merge = merge, .item = item };
  LiftServerWork *work = merge->work;

  if (!lift_server_row_load (work->server, work->connection, item->info, item->id, &change.before,
                             error))
    return FALSE;
  if (!may_write_before (&change))
    {
      lift_server_change_add_fault (&change, NULL, LIFT_FAULT_FORBIDDEN);
      return TRUE;
    }
  lift_server_change_read (&change);
  lift_server_change_make_row (&change);
  place (&change);
  if (!lift_server_change_is_fine (&change))
    return TRUE;
  settle_delete (&change);
  if (!leave_beaten (&change, error))
    return FALSE;
  check_delete (&change);
  if (!check_lock (&change, error))
    return FALSE;
  if (!lift_server_change_is_fine (&change))
    return TRUE;
  return lift_server_change_delete_again (&change, error) && write_change (&change, error);
}
