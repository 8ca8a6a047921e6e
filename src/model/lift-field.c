/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-field.h"

#include <math.h>
#include <string.h>

/**
 * lift_field_set_text:
 * @text: (nullable): copied (interned for a choice)
 */
void
lift_field_set_text (const LiftField *field, gpointer instance, const char *text)
{
  char **slot = LIFT_FIELD_POINTER (instance, field);

  if (field->kind == LIFT_FIELD_CHOICE)
    {
      /* Most rows have the usual choice, and looking that up takes a lock. */
      if (g_strcmp0 (*slot, text) != 0)
        *slot = (char *) g_intern_string (text);
    }
  else if (*slot != text)
    {
      char *old = *slot;

      *slot = g_strdup (text);
      g_free (old);
    }
}

/**
 * lift_field_set_null:
 *
 * Leaves the field of @instance without a value.
 */
void
lift_field_set_null (const LiftField *field, gpointer instance)
{
  if (lift_field_is_text (field))
    lift_field_set_text (field, instance, NULL);
  else if (lift_field_is_double (field))
    lift_field_set_double (field, instance, LIFT_NUMBER_NULL);
  else
    lift_field_set_int (field, instance, LIFT_INT_NULL);
}

/**
 * lift_field_is_null:
 *
 * Returns: whether the field of @instance has no value
 */
gboolean
lift_field_is_null (const LiftField *field, gconstpointer instance)
{
  if (lift_field_is_text (field))
    return lift_field_get_text (field, instance) == NULL;
  if (lift_field_is_double (field))
    return isnan (lift_field_get_double (field, instance));
  return lift_field_get_int (field, instance) == LIFT_INT_NULL;
}

/**
 * lift_field_equal:
 *
 * Returns: whether @a and @b hold the same value, two nulls being the same
 */
gboolean
lift_field_equal (const LiftField *field, gconstpointer a, gconstpointer b)
{
  if (lift_field_is_text (field))
    return g_strcmp0 (lift_field_get_text (field, a), lift_field_get_text (field, b)) == 0;
  if (!lift_field_is_double (field))
    return lift_field_get_int (field, a) == lift_field_get_int (field, b);
  return (lift_field_is_null (field, a) && lift_field_is_null (field, b)) ||
         lift_field_get_double (field, a) == lift_field_get_double (field, b);
}

/**
 * lift_field_copy:
 *
 * Gives the field of @to the value that it has in @from.
 */
void
lift_field_copy (const LiftField *field, gpointer to, gconstpointer from)
{
  if (lift_field_is_text (field))
    lift_field_set_text (field, to, lift_field_get_text (field, from));
  else if (lift_field_is_double (field))
    lift_field_set_double (field, to, lift_field_get_double (field, from));
  else
    lift_field_set_int (field, to, lift_field_get_int (field, from));
}
