/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-history.h"

#include "lift-entities.h"
#include "lift-instant.h"
#include "lift-json.h"

static void
clear_gap (gpointer data)
{
  g_free (((LiftGap *) data)->epoch);
}

static void
add_gap (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  GArray *gaps = user_data;
  LiftGap gap;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *after = object != NULL ? lift_json_get_string (object, "after") : NULL;
  const char *until = object != NULL ? lift_json_get_string (object, "until") : NULL;

  if (after == NULL || until == NULL || !lift_instant_parse (after, &gap.after) ||
      !lift_instant_parse (until, &gap.until))
    return;
  gap.epoch = g_strdup (lift_json_get_string (object, "epoch"));
  g_array_append_val (gaps, gap);
}

static int
find_first (GArray *gaps, const char *known)
{
  for (guint i = 0; known != NULL && i < gaps->len; i++)
    if (g_strcmp0 (g_array_index (gaps, LiftGap, i).epoch, known) == 0)
      return i + 1;
  return -1;
}

/*
 * lift_history_read:
 * @first: the first page of a pull of everything
 * @known: (nullable): the epoch of the rows that are here
 *
 * Takes over what the server says of its past. It counts only where the rows here are of another
 * history: within one, nothing is forgotten.
 */
void
lift_history_read (LiftHistory *self, const LiftPullPage *first, const char *known)
{
  lift_history_clear (self);
  self->is_named = first->epoch != NULL;
  self->told = first->epoch != NULL && first->forgotten != NULL && first->scopes != NULL &&
               g_strcmp0 (first->epoch, known) != 0;
  self->was_named = known != NULL;
  self->gaps = g_array_new (FALSE, FALSE, sizeof (LiftGap));
  g_array_set_clear_func (self->gaps, clear_gap);
  if (self->told)
    json_array_foreach_element (first->forgotten, add_gap, self->gaps);
  self->first = find_first (self->gaps, known);
  self->scopes = first->scopes != NULL ? json_object_ref (first->scopes) : NULL;
}

void
lift_history_clear (LiftHistory *self)
{
  g_clear_pointer (&self->gaps, g_array_unref);
  g_clear_pointer (&self->scopes, json_object_unref);
  self->is_named = FALSE;
  self->told = self->was_named = FALSE;
}

/* Whether the row is of what was lost when that history began; when the first of all began, nothing. */
static gboolean
is_lost (const LiftHistory *self, LiftEntity *row, guint index)
{
  const LiftGap *gap = &g_array_index (self->gaps, LiftGap, index);
  gboolean open = self->was_named || index == self->gaps->len - 1;

  return gap->until > 0 && row->updated_at > gap->after && (row->updated_at <= gap->until || open);
}

/*
 * lift_history_find_gap:
 * @row: as the server sent it last
 *
 * What is here came before the first history began that it does not know of, so whatever is later
 * than the copy that this began with is lost, also where the server's clock was put back since. Where
 * the server does not know the history of the rows here, any of its histories may be that one: the
 * newest that can be. Rows that name no history are held against the ends of all.
 *
 * Returns: (nullable): the lost history that the row is of
 */
const LiftGap *
lift_history_find_gap (const LiftHistory *self, LiftEntity *row)
{
  guint n_gaps = self->gaps != NULL ? self->gaps->len : 0;

  for (guint i = 0; i < n_gaps; i++)
    {
      guint index = self->first < 0 && self->was_named ? n_gaps - 1 - i : i;

      if ((int) index >= self->first && is_lost (self, row, index))
        return &g_array_index (self->gaps, LiftGap, index);
    }
  return NULL;
}

static const char *
get_relation (const LiftHistory *self, const char *kind, const char *id)
{
  g_autofree char *scope = g_strconcat (kind, id, NULL);

  return id != NULL ? lift_json_get_string (self->scopes, scope) : NULL;
}

/*
 * lift_history_names_athlete:
 *
 * Returns: whether the user may see the athlete's rows; also if the server does not say
 */
gboolean
lift_history_names_athlete (const LiftHistory *self, const char *athlete_id)
{
  return self->scopes == NULL || get_relation (self, "athlete:", athlete_id) != NULL;
}

static const char *
get_coach_id (LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & LIFT_FIELD_COACH)
      return lift_field_get_text (info->fields[i], row);
  return NULL;
}

static LiftFieldSet
set_of (const LiftEntityInfo *info, const char *key)
{
  return (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index;
}

/*
 * lift_history_get_writable:
 * @row: a row that the server has
 *
 * Returns: the fields of it that this user can set, as the server's scopes say
 */
LiftFieldSet
lift_history_get_writable (const LiftHistory *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  LiftFieldSet set = lift_entity_info_get_editable (info);

  if (LIFT_IS_ATHLETE (row))
    return set & ~set_of (info, "userId") & ~set_of (info, "coachId");
  if (lift_history_get_owner (self, row) != LIFT_OWNER_WRITES)
    return LIFT_FIELD_SET_NONE;
  if (LIFT_IS_TRAINING_PLAN (row) &&
      g_strcmp0 (get_relation (self, "athlete:", lift_entity_get_athlete_id (row)), "own") == 0)
    set &= ~set_of (info, "isLocked") & ~set_of (info, "status");
  return set;
}

/* An athlete who was known before cannot be missing but for having been erased or taken over. */
static LiftOwner
get_owner_of_athlete (const LiftHistory *self, LiftEntity *athlete)
{
  const LiftGap *gap = lift_history_find_gap (self, athlete);
  const char *relation = get_relation (self, "coach:", LIFT_ATHLETE (athlete)->coach_id);
  gboolean made_since = gap != NULL && (athlete->version == 1 || athlete->created_at > gap->after);

  return made_since && g_strcmp0 (relation, "own") == 0 ? LIFT_OWNER_WRITES : LIFT_OWNER_GONE;
}

/*
 * lift_history_get_owner:
 * @row: a row that the server does not have
 *
 * Returns: whose it is to this user, as the server's scopes say; rows of an athlete who is missing
 *   too are left to the caller
 */
LiftOwner
lift_history_get_owner (const LiftHistory *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  const char *athlete = lift_entity_get_athlete_id (row);
  const char *relation;

  if (LIFT_IS_ATHLETE (row))
    return get_owner_of_athlete (self, row);
  if (info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH)
    return LIFT_OWNER_OTHER;
  if (athlete != NULL)
    relation = get_relation (self, "athlete:", athlete);
  else
    relation = get_relation (self, "coach:", get_coach_id (row));
  if (relation == NULL)
    return LIFT_OWNER_GONE;
  if (g_str_equal (relation, "own") ||
      (g_str_equal (relation, "care") && lift_entity_info_is_of_athlete (info)))
    return LIFT_OWNER_WRITES;
  return LIFT_OWNER_OTHER;
}
