/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-prescription.h"

#include "lift-number.h"
#include "lift-set-kind.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SEPARATOR " · "

/**
 * lift_prescription_new:
 *
 * Returns: (transfer full): one working set that asks for nothing yet
 */
LiftPrescription *
lift_prescription_new (void)
{
  LiftPrescription *self = g_new0 (LiftPrescription, 1);

  self->sets = 1;
  self->kind = "working";
  self->reps = self->reps_max = self->rest = self->duration = LIFT_NO_INT;
  self->weight = self->percent = self->rpe = self->rir = self->distance = NAN;
  return self;
}

/**
 * lift_prescription_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
LiftPrescription *
lift_prescription_copy (const LiftPrescription *self)
{
  LiftPrescription *copy = g_memdup2 (self, sizeof *self);

  copy->tempo = g_strdup (self->tempo);
  return copy;
}

/**
 * lift_prescription_free:
 * @self: (transfer full): a prescription
 */
void
lift_prescription_free (LiftPrescription *self)
{
  g_free (self->tempo);
  g_free (self);
}

static gboolean
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/**
 * lift_prescription_equal:
 *
 * Returns: whether each set of @a asks for the same as each set of @b; their counts may differ
 */
gboolean
lift_prescription_equal (const LiftPrescription *a, const LiftPrescription *b)
{
  return g_strcmp0 (a->kind, b->kind) == 0 && a->reps == b->reps && a->reps_max == b->reps_max &&
         same_number (a->weight, b->weight) && g_strcmp0 (a->unit, b->unit) == 0 &&
         same_number (a->percent, b->percent) && same_number (a->rpe, b->rpe) &&
         same_number (a->rir, b->rir) && g_strcmp0 (a->tempo, b->tempo) == 0 &&
         a->rest == b->rest && a->duration == b->duration &&
         same_number (a->distance, b->distance) && g_strcmp0 (a->side, b->side) == 0 &&
         a->is_optional == b->is_optional;
}

static void
apply_effort (LiftPrescription *self, const LiftPrescription *change)
{
  if (!isnan (change->rpe))
    {
      self->rpe = change->rpe;
      self->rir = NAN;
    }
  if (!isnan (change->rir))
    {
      self->rir = change->rir;
      self->rpe = NAN;
    }
}

/**
 * lift_prescription_apply:
 * @change: a prescription without sets, as typed into a cell that is filled already
 *
 * Gives @self what @change names and leaves the rest. A load displaces a percentage and the other
 * way round, RPE displaces RIR and the other way round.
 */
void
lift_prescription_apply (LiftPrescription *self, const LiftPrescription *change)
{
  if (!isnan (change->weight) || !isnan (change->percent))
    {
      self->weight = change->weight;
      self->unit = change->unit;
      self->percent = change->percent;
    }
  apply_effort (self, change);
  if (change->tempo != NULL)
    {
      g_free (self->tempo);
      self->tempo = g_strdup (change->tempo);
    }
  self->rest = change->rest != LIFT_NO_INT ? change->rest : self->rest;
  self->duration = change->duration != LIFT_NO_INT ? change->duration : self->duration;
  self->distance = !isnan (change->distance) ? change->distance : self->distance;
  self->side = change->side != NULL ? change->side : self->side;
  self->is_optional = self->is_optional || change->is_optional;
}

static gboolean
has_reps (const LiftPrescription *self)
{
  return self->reps != LIFT_NO_INT || self->reps_max != LIFT_NO_INT;
}

static void
print_reps (const LiftPrescription *self, GString *out)
{
  if (self->reps != LIFT_NO_INT)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, self->reps);
  else
    g_string_append_c (out, '?');
  if (self->reps_max != LIFT_NO_INT)
    g_string_append_printf (out, "-%" G_GINT64_FORMAT, self->reps_max);
}

static void
append_number (GString *out, const char *before, double value, const char *after)
{
  g_autofree char *number = lift_number_format_exact (value);

  g_string_append_printf (out, "%s%s%s", before, number, after);
}

/* `3x5`, `1x5+`, `3x30s`, `2x400m`: what stands behind the × is the first thing that is set. */
static void
print_sets (const LiftPrescription *self, GString *out)
{
  gboolean is_timed = self->duration != LIFT_NO_INT, is_far = !isnan (self->distance);
  gboolean is_open = g_strcmp0 (self->kind, "amrap") == 0 &&
                     (has_reps (self) || (!is_timed && !is_far));

  if (!is_open && *lift_set_kind_get_prefix (self->kind) != '\0')
    g_string_append_printf (out, "%s ", lift_set_kind_get_prefix (self->kind));
  g_string_append_printf (out, "%ux", self->sets);
  if (has_reps (self) || (!is_timed && !is_far && !is_open))
    print_reps (self, out);
  else if (is_far)
    append_number (out, "", self->distance, "m");
  else if (is_timed)
    g_string_append_printf (out, "%" G_GINT64_FORMAT "s", self->duration);
  if (is_open)
    g_string_append_c (out, '+');
}

static void
print_load (const LiftPrescription *self, const char *default_unit, GString *out)
{
  const char *unit = self->unit != NULL ? self->unit : "kg";
  g_autofree char *number = lift_load_format_exact (self->weight, unit);

  if (default_unit == NULL)
    default_unit = "kg";
  g_string_append_printf (out, " %s%s", number, g_str_equal (unit, default_unit) ? "" : unit);
}

static void
print_work (const LiftPrescription *self, GString *out)
{
  gboolean is_bare = self->sets == 0 || has_reps (self);

  if (self->duration != LIFT_NO_INT && (is_bare || !isnan (self->distance)))
    g_string_append_printf (out, " for%" G_GINT64_FORMAT "s", self->duration);
  if (!isnan (self->distance) && is_bare)
    append_number (out, " over", self->distance, "m");
}

static void
print_targets (const LiftPrescription *self, const char *default_unit, GString *out)
{
  if (!isnan (self->weight))
    print_load (self, default_unit, out);
  if (!isnan (self->percent))
    append_number (out, " ", self->percent, "%");
  if (!isnan (self->rpe))
    append_number (out, " @", self->rpe, "");
  if (!isnan (self->rir))
    append_number (out, " r", self->rir, "");
  if (self->tempo != NULL)
    g_string_append_printf (out, " t%s", self->tempo);
  if (self->rest != LIFT_NO_INT)
    g_string_append_printf (out, " %" G_GINT64_FORMAT "s", self->rest);
  print_work (self, out);
  if (self->side != NULL)
    g_string_append_printf (out, " %s", self->side);
  if (self->is_optional)
    g_string_append (out, " opt");
}

/**
 * lift_prescription_print:
 * @default_unit: (nullable): the unit that needs no mention; %NULL is kg
 *
 * Returns: (transfer full): @self in the canonical quick-entry form, the same in every locale
 */
char *
lift_prescription_print (const LiftPrescription *self, const char *default_unit)
{
  GString *out = g_string_sized_new (32);

  if (self->sets > 0)
    print_sets (self, out);
  print_targets (self, default_unit, out);
  return g_strchug (g_string_free (out, FALSE));
}

static char *
describe_duration (gint64 seconds)
{
  if (seconds < 120)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds % 60 == 0)
    return g_strdup_printf (_ ("%d min"), (int) (seconds / 60));
  return g_strdup_printf (_ ("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
}

static char *
describe_number (double value, guint decimals)
{
  g_autofree char *plain = lift_number_format (value, decimals);

  return lift_number_localize (plain != NULL ? plain : "");
}

static char *
describe_reps (const LiftPrescription *self)
{
  g_autofree char *distance = !isnan (self->distance) ? describe_number (self->distance, 1) : NULL;

  if (self->reps == LIFT_NO_INT && self->reps_max != LIFT_NO_INT)
    return g_strdup_printf (_ ("up to %d"), (int) self->reps_max);
  if (self->reps_max != LIFT_NO_INT)
    return g_strdup_printf (_ ("%d–%d"), (int) self->reps, (int) self->reps_max);
  if (self->reps != LIFT_NO_INT && g_strcmp0 (self->kind, "amrap") == 0)
    return g_strdup_printf (_ ("%d or more"), (int) self->reps);
  if (self->reps != LIFT_NO_INT)
    return g_strdup_printf ("%d", (int) self->reps);
  if (distance != NULL)
    return g_strdup_printf (_ ("%s m"), distance);
  if (self->duration != LIFT_NO_INT)
    return describe_duration (self->duration);
  if (g_strcmp0 (self->kind, "amrap") == 0)
    return g_strdup (_ ("as many as possible"));
  return NULL;
}

static void
add (GString *out, const char *part)
{
  if (out->len > 0)
    g_string_append (out, SEPARATOR);
  g_string_append (out, part);
}

static void
describe_sets (const LiftPrescription *self, GString *out)
{
  g_autofree char *sets = lift_set_kind_describe (self->kind, self->sets);
  g_autofree char *reps = describe_reps (self);

  if (reps == NULL)
    g_string_append (out, sets);
  else
    /* Translators: "3 warm-up sets" of "5", "30 s" or "8–12" */
    g_string_append_printf (out, _ ("%s of %s"), sets, reps);
}

static void
describe_intensity (const LiftPrescription *self, GString *out)
{
  if (!isnan (self->weight))
    {
      g_autofree char *load = lift_load_format_display (self->weight, self->unit);

      add (out, load);
    }
  if (!isnan (self->percent))
    {
      g_autofree char *number = describe_number (self->percent, 2);
      g_autofree char *percent = g_strdup_printf (_ ("%s %%"), number);

      add (out, percent);
    }
  if (!isnan (self->rpe) || !isnan (self->rir))
    {
      g_autofree char *number = describe_number (!isnan (self->rpe) ? self->rpe : self->rir, 1);
      g_autofree char *effort = !isnan (self->rpe)
                                  ? g_strdup_printf (_ ("RPE %s"), number)
                                  : g_strdup_printf (_ ("%s reps in reserve"), number);

      add (out, effort);
    }
}

static void
describe_manner (const LiftPrescription *self, GString *out)
{
  gboolean is_said = self->sets > 0 && !has_reps (self);
  g_autofree char *rest = self->rest != LIFT_NO_INT ? describe_duration (self->rest) : NULL;
  g_autofree char *tempo = g_strdup_printf (_ ("tempo %s"), self->tempo ? self->tempo : "");
  g_autofree char *pause = g_strdup_printf (_ ("rest %s"), rest ? rest : "");

  if (self->duration != LIFT_NO_INT && !(is_said && isnan (self->distance)))
    {
      g_autofree char *duration = describe_duration (self->duration);

      add (out, duration);
    }
  if (!isnan (self->distance) && !is_said)
    {
      g_autofree char *number = describe_number (self->distance, 1);
      g_autofree char *distance = g_strdup_printf (_ ("%s m"), number);

      add (out, distance);
    }
  if (self->tempo != NULL)
    add (out, tempo);
  if (rest != NULL)
    add (out, pause);
}

static const char *
describe_side (const char *side)
{
  if (g_str_equal (side, "left"))
    return _ ("left side");
  if (g_str_equal (side, "right"))
    return _ ("right side");
  return _ ("both sides");
}

/**
 * lift_prescription_describe:
 *
 * Returns: (transfer full): @self in the user's words: "3 sets of 5 · 100 kg · RPE 8"
 */
char *
lift_prescription_describe (const LiftPrescription *self)
{
  GString *out = g_string_sized_new (64);

  if (self->sets > 0)
    describe_sets (self, out);
  describe_intensity (self, out);
  describe_manner (self, out);
  if (self->side != NULL)
    add (out, describe_side (self->side));
  if (self->is_optional)
    add (out, _ ("optional"));
  return g_string_free (out, FALSE);
}
