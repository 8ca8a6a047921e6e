/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-quick-entry.h"

#include <glib/gi18n-lib.h>

/**
 * lift_quick_entry_new:
 *
 * Returns: (transfer full): an empty cell, to be filled with [method@QuickEntry.append]
 */
LiftQuickEntry *
lift_quick_entry_new (void)
{
  LiftQuickEntry *self = g_new0 (LiftQuickEntry, 1);

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_prescription_free);
  return self;
}

/**
 * lift_quick_entry_free:
 * @self: (transfer full): a cell
 */
void
lift_quick_entry_free (LiftQuickEntry *self)
{
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/**
 * lift_quick_entry_append:
 * @prescription: what one set, or several alike, ask for; copied
 *
 * Adds planned sets in their order; sets that ask for the same as the group before join it.
 */
void
lift_quick_entry_append (LiftQuickEntry *self, const LiftPrescription *prescription)
{
  LiftPrescription *last = NULL;

  g_return_if_fail (prescription->sets > 0);

  self->kind = LIFT_QUICK_ENTRY_SETS;
  if (self->groups->len > 0)
    last = g_ptr_array_index (self->groups, self->groups->len - 1);
  if (last != NULL && lift_prescription_equal (last, prescription) &&
      last->sets + prescription->sets <= LIFT_PRESCRIPTION_MAX_SETS)
    last->sets += prescription->sets;
  else
    g_ptr_array_add (self->groups, lift_prescription_copy (prescription));
}

static void
append_group (GString *out, char *group)
{
  if (out->len > 0)
    g_string_append (out, ", ");
  g_string_append (out, group);
  g_free (group);
}

/**
 * lift_quick_entry_print:
 * @default_unit: (nullable): the unit that needs no mention; %NULL is kg
 *
 * Returns: (transfer full): the canonical text of the cell; read with the same unit it gives
 *   the same entry again, in every locale
 */
char *
lift_quick_entry_print (const LiftQuickEntry *self, const char *default_unit)
{
  GString *out;

  if (self->kind == LIFT_QUICK_ENTRY_SKIP)
    return g_strdup ("x");
  if (self->kind == LIFT_QUICK_ENTRY_STEP)
    return lift_step_print (&self->step);
  out = g_string_sized_new (64);
  for (guint i = 0; i < self->groups->len; i++)
    append_group (out, lift_prescription_print (g_ptr_array_index (self->groups, i), default_unit));
  return g_string_free (out, FALSE);
}

/**
 * lift_quick_entry_describe:
 *
 * Returns: (transfer full): the cell in the user's words: "2 warm-up sets of 5 · 60 kg, 3 sets
 *   of 5 · 100 kg · RPE 8"
 */
char *
lift_quick_entry_describe (const LiftQuickEntry *self)
{
  GString *out;

  if (self->kind == LIFT_QUICK_ENTRY_SKIP)
    return g_strdup (_ ("skipped"));
  if (self->kind == LIFT_QUICK_ENTRY_STEP)
    return lift_step_describe (&self->step);
  out = g_string_sized_new (128);
  for (guint i = 0; i < self->groups->len; i++)
    append_group (out, lift_prescription_describe (g_ptr_array_index (self->groups, i)));
  return g_string_free (out, FALSE);
}
