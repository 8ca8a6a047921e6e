/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-quick-entry-private.h"

#include "lift-scan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_GROUPS 99

/* Always FALSE, so that a reader can end with it. */
static gboolean
fail (LiftEntryParser *self, LiftTrainingError code, const char *reason)
{
  const char *end = self->item + lift_scan_item_length (self->item);

  g_set_error_literal (self->error, LIFT_TRAINING_ERROR, code, reason);
  if (self->span != NULL)
    {
      self->span->start = self->item - self->text;
      self->span->end = MAX (end, self->p) - self->text;
    }
  return FALSE;
}

gboolean
lift_entry_parser_fail_syntax (LiftEntryParser *self, const char *reason)
{
  return fail (self, LIFT_TRAINING_ERROR_SYNTAX, reason);
}

gboolean
lift_entry_parser_fail_range (LiftEntryParser *self, const char *reason)
{
  return fail (self, LIFT_TRAINING_ERROR_RANGE, reason);
}

gboolean
lift_entry_parser_fail_conflict (LiftEntryParser *self, const char *reason)
{
  return fail (self, LIFT_TRAINING_ERROR_CONFLICT, reason);
}

gboolean
lift_entry_parser_fail_unknown (LiftEntryParser *self)
{
  g_autofree char *item = g_strndup (self->item, lift_scan_item_length (self->item));
  g_autofree char *reason = g_strdup_printf (
    _ ("“%s” is not understood; write for example 3x5 100 @8"), item);

  return lift_entry_parser_fail_syntax (self, reason);
}

gboolean
lift_entry_parser_begin_group (LiftEntryParser *self)
{
  if (self->group != NULL && self->group->sets == 0)
    return lift_entry_parser_fail_syntax (self, self->has_kind
                                                  ? _ ("Write the sets after the kind: w 2x5 60")
                                                  : _ ("Write the sets first: 3x5 100"));
  if (self->entry->groups->len == MAX_GROUPS)
    return lift_entry_parser_fail_range (self, _ ("A cell holds at most 99 groups of sets"));
  self->group = lift_prescription_new ();
  self->group->sets = 0;
  self->group->kind = NULL;
  self->has_kind = FALSE;
  self->is_parted = FALSE;
  g_ptr_array_add (self->entry->groups, self->group);
  return TRUE;
}

/* A target needs sets before it, or a cell that holds nothing but targets. */
gboolean
lift_entry_parser_need_group (LiftEntryParser *self)
{
  if (self->group != NULL && self->group->sets == 0 && self->has_kind)
    return lift_entry_parser_fail_syntax (self, _ ("Write the sets after the kind: w 2x5 60"));
  if (self->group != NULL && self->is_parted)
    return lift_entry_parser_fail_syntax (
      self, _ ("After a comma a new group begins: write its sets, such as 3x5"));
  return self->group != NULL || lift_entry_parser_begin_group (self);
}

gboolean
lift_entry_parser_set_duration (LiftEntryParser *self, double seconds)
{
  if (self->group->duration != LIFT_NO_INT)
    return lift_entry_parser_fail_conflict (self, _ ("The duration is given twice"));
  if (seconds != floor (seconds) || seconds > LIFT_DURATION_MAX)
    return lift_entry_parser_fail_range (self,
                                         _ ("A duration must be whole seconds, at most 24 hours"));
  self->group->duration = seconds;
  return TRUE;
}

gboolean
lift_entry_parser_set_distance (LiftEntryParser *self, double metres)
{
  if (!isnan (self->group->distance))
    return lift_entry_parser_fail_conflict (self, _ ("The distance is given twice"));
  if (metres > LIFT_DISTANCE_MAX)
    return lift_entry_parser_fail_range (self, _ ("A distance must be at most 1000 km"));
  self->group->distance = metres;
  return TRUE;
}

gboolean
lift_entry_parser_set_load (LiftEntryParser *self, double value, const char *unit)
{
  g_autoptr (GError) error = NULL;

  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (!isnan (self->group->weight))
    return lift_entry_parser_fail_conflict (
      self, _ ("The load is given twice; part groups with a comma"));
  if (value < 0 && self->group->sets == 0)
    return lift_entry_parser_fail_syntax (
      self, _ ("Write assistance with its sets (3x8 -20), a step alone (-2.5)"));
  if (!lift_load_check (lift_load_to_kg (value, unit), &error))
    return lift_entry_parser_fail_range (self, error->message);
  self->group->unit = unit;
  self->group->weight = lift_load_to_kg (value, unit);
  return TRUE;
}

gboolean
lift_entry_parser_set_percent (LiftEntryParser *self, double value)
{
  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (!isnan (self->group->percent))
    return lift_entry_parser_fail_conflict (
      self, _ ("The percentage is given twice; part groups with a comma"));
  if (value < 0 || value > 200)
    return lift_entry_parser_fail_range (self, _ ("A percentage must lie between 0 and 200"));
  self->group->percent = value;
  return TRUE;
}

gboolean
lift_entry_parser_set_effort (LiftEntryParser *self, double value, gboolean is_rpe)
{
  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (!isnan (self->group->rpe) || !isnan (self->group->rir))
    return lift_entry_parser_fail_conflict (self, _ ("Give one RPE or one RIR, not two"));
  if (is_rpe && !lift_scan_is_half_step (value, 1, 10))
    return lift_entry_parser_fail_range (self, _ ("RPE must lie between 1 and 10, by halves"));
  if (!is_rpe && !lift_scan_is_half_step (value, 0, 20))
    return lift_entry_parser_fail_range (
      self, _ ("Repetitions in reserve must lie between 0 and 20, by halves"));
  *(is_rpe ? &self->group->rpe : &self->group->rir) = value;
  return TRUE;
}

gboolean
lift_entry_parser_set_rest (LiftEntryParser *self, double seconds)
{
  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (self->group->rest != LIFT_NO_INT)
    return lift_entry_parser_fail_conflict (
      self, _ ("The rest is given twice; part groups with a comma"));
  if (seconds != floor (seconds) || seconds > LIFT_REST_MAX)
    return lift_entry_parser_fail_range (self,
                                         _ ("A rest must be whole seconds, at most 60 minutes"));
  self->group->rest = seconds;
  return TRUE;
}

gboolean
lift_entry_parser_set_tempo (LiftEntryParser *self, char *tempo)
{
  g_autofree char *owned = tempo;

  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (self->group->tempo != NULL)
    return lift_entry_parser_fail_conflict (
      self, _ ("The tempo is given twice; part groups with a comma"));
  self->group->tempo = g_steal_pointer (&owned);
  return TRUE;
}

gboolean
lift_entry_parser_set_side (LiftEntryParser *self, const char *side)
{
  if (!lift_entry_parser_need_group (self))
    return FALSE;
  if (self->group->side != NULL)
    return lift_entry_parser_fail_conflict (
      self, _ ("The side is given twice; part groups with a comma"));
  self->group->side = side;
  return TRUE;
}

gboolean
lift_entry_parser_set_optional (LiftEntryParser *self)
{
  if (!lift_entry_parser_need_group (self))
    return FALSE;
  self->group->is_optional = TRUE;
  return TRUE;
}
