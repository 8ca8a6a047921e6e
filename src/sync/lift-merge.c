/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-merge.h"

#include "lift-ablation.h"
#include "lift-json.h"
#include "lift-edits.h"
#include "lift-held.h"

/* The common field that says whether a row is a tombstone. */
static LiftFieldSet
get_deleted_bit (const LiftEntityInfo *info)
{
  return (LiftFieldSet) 1 << lift_entity_info_find (info, "deletedAt")->index;
}

/*
 * lift_wire_row_read:
 * @object: a row from the wire
 * @faults: (element-type LiftFault): where to add what cannot be read
 *
 * Returns: (transfer full) (nullable): the row; %NULL if a part of it cannot be read, since a row
 *   taken in part would never be asked for again
 */
LiftWireRow *
lift_wire_row_read (const LiftEntityInfo *info, JsonObject *object, GPtrArray *faults)
{
  g_autoptr (LiftWireRow) self = g_new0 (LiftWireRow, 1);

  self->entity = g_object_new (info->gtype, NULL);
  self->seen = lift_entity_read_json (self->entity, object, faults);
  if (self->entity->id == NULL && faults->len == 0)
    g_ptr_array_add (faults, lift_field_fault (info->fields[0], LIFT_FAULT_REQUIRED));
  return faults->len == 0 ? g_steal_pointer (&self) : NULL;
}

void
lift_wire_row_free (LiftWireRow *self)
{
  g_clear_object (&self->entity);
  g_free (self);
}

/* Reads what this program itself had written; what is not there stays at its fallback. */
static LiftEntity *
read_own (const LiftEntityInfo *info, const char *text, LiftFieldSet *seen)
{
  g_autoptr (JsonObject) object = lift_edits_parse (text);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftEntity *entity = g_object_new (info->gtype, NULL);

  *seen = lift_entity_read_json (entity, object, faults);
  return entity;
}

/*
 * lift_sent_row_read:
 * @sent: the generations that were sent, as JSON
 * @body: the row as it was sent, as JSON
 *
 * Returns: (transfer full): the row that is under way
 */
LiftSentRow *
lift_sent_row_read (const LiftEntityInfo *info, const char *sent, const char *body)
{
  LiftSentRow *self = g_new0 (LiftSentRow, 1);
  LiftFieldSet seen;

  self->sent = lift_edits_parse (sent);
  self->entity = read_own (info, body, &seen);
  return self;
}

void
lift_sent_row_free (LiftSentRow *self)
{
  json_object_unref (self->sent);
  g_clear_object (&self->entity);
  g_free (self);
}

static void
lift_loss_free (gpointer data)
{
  LiftLoss *self = data;

  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->by);
  g_free (self);
}

/*
 * lift_loss_list_new:
 *
 * Returns: (transfer full) (element-type LiftLoss): an empty list that owns its elements
 */
GPtrArray *
lift_loss_list_new (void)
{
  return g_ptr_array_new_with_free_func (lift_loss_free);
}

static void
add_loss (GPtrArray *losses, const LiftField *field, LiftEntity *stands, LiftEntity *hidden)
{
  LiftLoss *loss = g_new0 (LiftLoss, 1);

  loss->field = field;
  loss->mine = lift_field_dup_json (field, stands);
  loss->theirs = lift_field_dup_json (field, hidden);
  loss->by = g_strdup (hidden->updated_by);
  loss->version = hidden->version;
  g_ptr_array_add (losses, loss);
}

/*
 * lift_loss_list_add_yielded:
 * @fields: those in which the server's value stands although what is here was not known there
 *
 * What is hidden so can be taken back from the journal.
 */
void
lift_loss_list_add_yielded (GPtrArray *losses,
                            LiftEntity *local,
                            LiftEntity *server,
                            LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);

  fields &= lift_entity_diff (local, server) & lift_entity_info_get_editable (info);
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      add_loss (losses, info->fields[i], server, local);
}

/* One merge of a row that has local edits, or values that only this computer has. */
typedef struct
{
  const LiftEntityInfo *info;
  LiftEntity *local;
  const LiftWireRow *server;
  const LiftSentRow *sent;
  JsonObject *pending;
  JsonObject *held;
  LiftFieldSet learnt; /* held until the server showed them now */
  LiftEntity *base;
  LiftFieldSet base_seen;
  GPtrArray *losses;
} Merge;

/*
 * The row was made here and is under way, and the server has it: most likely as it was sent, and the
 * answer was lost. The repeat will say so; until then, what the server has otherwise stays as it was
 * sent. Somebody may have edited it since, but it may also have come from another copy of this store.
 */
static void
settle_sent (Merge *merge)
{
  LiftFieldSet missing = lift_entity_diff (merge->sent->entity, merge->server->entity) &
                         merge->server->seen & lift_entity_info_get_editable (merge->info);
  gint64 edit = lift_json_get_int (merge->sent->sent, LIFT_EDITS_NEW, 0);

  lift_edits_acknowledge (merge->pending, merge->sent->sent, merge->local, merge->sent->entity);
  lift_edits_add (merge->pending, merge->info, missing, edit);
}

/*
 * The row was new here, and now the server has it. If nothing was sent, or a server had the row
 * before, the same row came another way (a restored store or server, access given back): our values
 * win as edits, and those that they hide go into the journal. What is given back to a server stands
 * aside for what somebody else gave back before, which may be newer.
 */
static void
settle_new (Merge *merge)
{
  LiftFieldSet differ;
  gint64 edit;

  if (lift_edits_is_again (merge->pending))
    {
      lift_edits_take_as_known (merge->pending);
      lift_loss_list_add_yielded (merge->losses, merge->local, merge->server->entity,
                                  merge->server->seen &
                                    ~lift_edits_get_fields (merge->pending, merge->info));
      return;
    }
  if (merge->sent != NULL && merge->local->version == LIFT_INT_NULL)
    {
      settle_sent (merge);
      return;
    }
  edit = lift_json_get_int (merge->pending, LIFT_EDITS_NEW, 0);
  json_object_remove_member (merge->pending, LIFT_EDITS_NEW);
  /* Also of what the server left out: it has no such value yet. */
  differ = lift_entity_diff (merge->local, merge->server->entity) &
           lift_entity_info_get_editable (merge->info);
  lift_edits_add (merge->pending, merge->info, differ, edit);
}

/* Whether the row is a tombstone there. */
static gboolean
is_deleted_there (Merge *merge)
{
  LiftEntity *told = merge->server->seen & get_deleted_bit (merge->info) ? merge->server->entity
                                                                         : merge->local;

  return lift_entity_is_deleted (told);
}

/* The server shows a field that it had left aside: ours is an edit again. No edit of the user has
 * the number 0, so it does not stand for a newer one. */
static void
take_learnt (Merge *merge, const LiftField *field)
{
  gboolean left_aside = json_object_get_boolean_member (merge->held, field->key);

  json_object_remove_member (merge->held, field->key);
  if (!left_aside)
    return;
  merge->learnt |= (LiftFieldSet) 1 << field->index;
  if (!json_object_has_member (merge->pending, field->key))
    json_object_set_int_member (merge->pending, field->key, 0);
}

/* Returns the fields that stay as they are here though nothing of them is pending: in a tombstone,
 * since an edit would bring the row back. */
static LiftFieldSet
settle_held (Merge *merge)
{
  LiftFieldSet held = lift_edits_get_fields (merge->held, merge->info);
  gboolean whole = (merge->server->seen & lift_held_get_own (merge->info)) != LIFT_FIELD_SET_NONE;
  gboolean deleted = is_deleted_there (merge);

  for (guint i = 0; i < merge->info->n_fields; i++)
    if ((held >> i & 1) && !(merge->server->seen >> i & 1))
      {
        if (whole)
          json_object_set_boolean_member (merge->held, merge->info->fields[i]->key, TRUE);
      }
    else if ((held >> i & 1) && !deleted)
      take_learnt (merge, merge->info->fields[i]);
  return deleted ? held : LIFT_FIELD_SET_NONE;
}

static gboolean
is_under_way (Merge *merge, const char *key)
{
  return merge->sent != NULL &&
         (lift_edits_is_new (merge->sent->sent) || json_object_has_member (merge->sent->sent, key));
}

/*
 * Both sides came to the same value: nothing is left to send. Not while the field is under way,
 * for the server may yet apply the number that was sent, and its answer has to find the field as
 * it was.
 */
static void
settle_equal (Merge *merge)
{
  LiftFieldSet mine = lift_edits_get_fields (merge->pending, merge->info) & merge->server->seen;

  for (guint i = 0; i < merge->info->n_fields; i++)
    {
      const LiftField *field = merge->info->fields[i];

      if ((mine >> i & 1) && !is_under_way (merge, field->key) &&
          lift_field_equal (field, merge->local, merge->server->entity))
        json_object_remove_member (merge->pending, field->key);
    }
}

/* An edit beats a delete: a row with local edits stays, and the push of them brings it back. */
static LiftFieldSet
get_kept_alive (Merge *merge)
{
  LiftFieldSet bit = get_deleted_bit (merge->info);
  gboolean kept = (merge->server->seen & bit) && !lift_entity_is_deleted (merge->local) &&
                  lift_entity_is_deleted (merge->server->entity);

  return kept ? bit : LIFT_FIELD_SET_NONE;
}

/* Whether somebody changed the row while it was deleted here. */
static gboolean
is_changed_under_delete (Merge *merge)
{
  LiftFieldSet watched = merge->server->seen & lift_entity_info_get_editable (merge->info) &
                         ~lift_edits_get_fields (merge->pending, merge->info) &
                         ~get_deleted_bit (merge->info);

  return lift_entity_is_deleted (merge->local) && !lift_entity_is_deleted (merge->server->entity) &&
         merge->server->entity->version > merge->local->version &&
         (lift_entity_diff (merge->local, merge->server->entity) & watched) != LIFT_FIELD_SET_NONE;
}

/* Whether the server's value is one that this device has not known: neither the one that was
 * edited here, nor the one that was sent from here. */
static gboolean
is_foreign (Merge *merge, const LiftField *field)
{
  LiftEntity *theirs = merge->server->entity;

  if (lift_field_equal (field, theirs, merge->local))
    return FALSE;
  /* Deleted on both sides, at two instants. It is sent all the same: the server is to know that the
   * row did not only go along with another. */
  if (g_str_equal (field->key, "deletedAt") && lift_entity_is_deleted (merge->local) &&
      lift_entity_is_deleted (theirs))
    return FALSE;
  /* The delete stands, but whoever deleted has not seen what is in the row. */
  if (g_str_equal (field->key, "deletedAt") && is_changed_under_delete (merge))
    return TRUE;
  if ((merge->base_seen >> field->index & 1) && lift_field_equal (field, theirs, merge->base))
    return FALSE;
  if ((merge->learnt >> field->index & 1) && lift_field_is_null (field, theirs))
    return FALSE;
  return merge->sent == NULL || !lift_field_equal (field, theirs, merge->sent->entity);
}

static void
record_losses (Merge *merge, LiftFieldSet watched)
{
  for (guint i = 0; i < merge->info->n_fields; i++)
    if ((watched & merge->server->seen) >> i & 1 && is_foreign (merge, merge->info->fields[i]))
      add_loss (merge->losses, merge->info->fields[i], merge->local, merge->server->entity);
}

/* The server's values of what is pending, renewed by those that came. */
static char *
print_base (Merge *merge, LiftFieldSet watched)
{
  LiftFieldSet known = (merge->base_seen | merge->server->seen) & watched;
  GString *out;

  if (known == LIFT_FIELD_SET_NONE)
    return NULL;
  lift_entity_assign (merge->base, merge->server->entity, merge->server->seen & watched);
  out = g_string_new (NULL);
  lift_entity_write_json (merge->base, out, known);
  return g_string_free (out, FALSE);
}

static void
merge_extra (LiftEntity *merged, LiftEntity *server)
{
  g_autoptr (JsonObject) all = NULL;
  g_autoptr (JsonObject) new = NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (server->extra == NULL || lift_without (EXTRA))
    return;
  all = lift_edits_parse (merged->extra);
  new = lift_edits_parse (server->extra);
  json_object_iter_init (&iter, new);
  while (json_object_iter_next (&iter, &key, &node))
    json_object_set_member (all, key, json_node_copy (node));
  g_free (merged->extra);
  merged->extra = lift_edits_print (all);
}

/* Returns the fields that stay as they are here. */
static LiftFieldSet
settle (Merge *merge)
{
  LiftFieldSet mine;

  if (lift_edits_is_new (merge->pending))
    settle_new (merge);
  settle_equal (merge);
  mine = lift_edits_get_fields (merge->pending, merge->info);
  return mine != LIFT_FIELD_SET_NONE ? mine | get_kept_alive (merge) : mine;
}

static LiftFieldSet
merge_dirty (LiftEntity *merged,
             LiftEntity *local,
             const LiftWireRow *server,
             const LiftSentRow *sent,
             GPtrArray *losses)
{
  g_autoptr (JsonObject) pending = lift_edits_parse (local->pending);
  g_autoptr (JsonObject) held = lift_edits_parse (local->held);
  g_autoptr (LiftEntity) base = NULL;
  Merge merge = { lift_entity_get_info (local), local, server, sent, pending, held };
  LiftFieldSet mine, kept;

  base = read_own (merge.info, local->base, &merge.base_seen);
  merge.base = base;
  merge.losses = losses;
  kept = settle_held (&merge);
  mine = settle (&merge);
  record_losses (&merge, mine);
  g_free (merged->base);
  merged->base = print_base (&merge, mine);
  g_free (merged->pending);
  merged->pending = lift_edits_print (pending);
  g_free (merged->held);
  merged->held = lift_edits_print (held);
  return mine | kept;
}

/*
 * lift_merge:
 * @local: (nullable): the row as it is here
 * @server: the row as the server has it, or a part of it
 * @sent: (nullable): the row as it is under way
 * @now: the wall time, to be shown
 * @losses: (element-type LiftLoss): where to add the server's values that stay hidden
 *
 * A clean row takes what the server sent. In a row with local edits these keep their value and
 * everything else takes the server's. What the server did not send stays as it is; where it had
 * left a field aside that it sends now, the local value becomes an edit.
 *
 * Returns: (transfer full): the row as it is to be stored
 */
LiftEntity *
lift_merge (LiftEntity *local,
            const LiftWireRow *server,
            const LiftSentRow *sent,
            gint64 now,
            GPtrArray *losses)
{
  LiftEntity *merged = lift_entity_copy (local != NULL ? local : server->entity);
  LiftFieldSet mine = LIFT_FIELD_SET_NONE;

  if (local != NULL && (lift_entity_is_dirty (local) || local->held != NULL) &&
      !lift_without (DIRTY_WINS))
    mine = merge_dirty (merged, local, server, sent, losses);
  if (local != NULL)
    {
      lift_entity_assign (merged, server->entity, server->seen & ~mine);
      merge_extra (merged, server->entity);
    }
  if (lift_without (EXTRA))
    g_clear_pointer (&merged->extra, g_free);
  merged->last_synced_at = now;
  return merged;
}
