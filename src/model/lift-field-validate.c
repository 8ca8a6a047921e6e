/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-field.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lift-day.h"
#include "lift-json.h"

static char *
join_choices (const LiftField *field)
{
  return g_strjoinv (", ", (char **) field->choices);
}

static LiftFault *
fault_for_range (const LiftField *field)
{
  char min[G_ASCII_DTOSTR_BUF_SIZE], max[G_ASCII_DTOSTR_BUF_SIZE], step[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (min, sizeof min, "%.15g", field->min);
  g_ascii_formatd (max, sizeof max, "%.15g", field->max);
  g_ascii_formatd (step, sizeof step, "%.15g", field->step);
  if (field->step > 0)
    return lift_fault_new (LIFT_FAULT_OUT_OF_RANGE, field->key,
                           _ ("must lie between %s and %s, in steps of %s"), min, max, step);
  return lift_fault_new (LIFT_FAULT_OUT_OF_RANGE, field->key, _ ("must lie between %s and %s"), min,
                         max);
}

static LiftFault *
fault_for_format (const LiftField *field)
{
  g_autofree char *choices = NULL;

  switch (field->kind)
    {
    case LIFT_FIELD_UUID:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be the id of a row"));
    case LIFT_FIELD_DAY:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key,
                             _ ("must be a day that exists, written YYYY-MM-DD"));
    case LIFT_FIELD_INSTANT:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key,
                             _ ("must be a time such as 2026-02-06T15:30:00Z"));
    case LIFT_FIELD_BOOLEAN:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be true or false"));
    case LIFT_FIELD_INTEGER:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be a whole number"));
    case LIFT_FIELD_NUMBER:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be a number"));
    case LIFT_FIELD_CHOICE:
      choices = join_choices (field);
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be one of: %s"), choices);
    case LIFT_FIELD_LIST:
      choices = field->choices != NULL ? join_choices (field) : g_strdup (_ ("any text"));
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("must be a list of: %s"),
                             choices);
    case LIFT_FIELD_TEXT:
    case LIFT_FIELD_JSON:
    default:
      return lift_fault_new (LIFT_FAULT_BAD_FORMAT, field->key, _ ("is not well formed"));
    }
}

/**
 * lift_field_fault:
 *
 * Returns: (transfer full): @code in words, for this field
 */
LiftFault *
lift_field_fault (const LiftField *field, LiftFaultCode code)
{
  switch (code)
    {
    case LIFT_FAULT_REQUIRED:
      return lift_fault_new (code, field->key, _ ("is needed"));
    case LIFT_FAULT_TOO_LONG:
      return lift_fault_new (code, field->key, _ ("may have at most %d characters"),
                             (int) field->max);
    case LIFT_FAULT_OUT_OF_RANGE:
      return fault_for_range (field);
    case LIFT_FAULT_BAD_REFERENCE:
      return lift_fault_new (code, field->key, _ ("names no %s that there is"),
                             field->target != NULL ? field->target : "row");
    case LIFT_FAULT_PARENT_MISSING:
      return lift_fault_new (code, field->key, _ ("the %s that it belongs to is not there"),
                             field->target != NULL ? field->target : "row");
    case LIFT_FAULT_DUPLICATE:
      return lift_fault_new (code, field->key, _ ("is taken already"));
    case LIFT_FAULT_FORBIDDEN:
      return lift_fault_new (code, field->key, _ ("is not yours to change"));
    case LIFT_FAULT_BAD_FORMAT:
      return fault_for_format (field);
    default:
      return lift_fault_new (code, field->key, _ ("cannot be taken"));
    }
}

static LiftFaultCode
check_number (const LiftField *field, double value)
{
  if (field->min == field->max)
    return LIFT_FAULT_NONE;
  if (value < field->min || value > field->max)
    return LIFT_FAULT_OUT_OF_RANGE;
  if (field->step > 0 && fabs (value / field->step - round (value / field->step)) > 1e-9)
    return LIFT_FAULT_OUT_OF_RANGE;
  return LIFT_FAULT_NONE;
}

static LiftFaultCode
check_list (const LiftField *field, const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return LIFT_FAULT_BAD_FORMAT;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);

      if (json_node_get_value_type (entry) != G_TYPE_STRING ||
          (field->choices != NULL &&
           !g_strv_contains (field->choices, json_node_get_string (entry))))
        return LIFT_FAULT_BAD_FORMAT;
    }
  return LIFT_FAULT_NONE;
}

static LiftFaultCode
check_text (const LiftField *field, const char *text)
{
  glong length;

  if (field->kind == LIFT_FIELD_CHOICE)
    return g_strv_contains (field->choices, text) ? LIFT_FAULT_NONE : LIFT_FAULT_BAD_FORMAT;
  if (field->kind == LIFT_FIELD_UUID)
    return g_uuid_string_is_valid (text) ? LIFT_FAULT_NONE : LIFT_FAULT_BAD_FORMAT;
  if (field->kind == LIFT_FIELD_DAY)
    /* An instant would be read as its day; stored as it is, it would neither sort nor compare. */
    return lift_day_parse (text, NULL) && strlen (text) == 10 ? LIFT_FAULT_NONE
                                                              : LIFT_FAULT_BAD_FORMAT;
  length = g_utf8_strlen (text, -1);
  if (field->max > 0 && length > field->max)
    return LIFT_FAULT_TOO_LONG;
  if (length < field->min || (length == 0 && (field->flags & LIFT_FIELD_REQUIRED)))
    return LIFT_FAULT_REQUIRED;
  if (field->kind == LIFT_FIELD_LIST)
    return check_list (field, text);
  if (field->check != NULL && !field->check (text))
    return LIFT_FAULT_BAD_FORMAT;
  return LIFT_FAULT_NONE;
}

/**
 * lift_field_validate:
 *
 * Looks at the value of one field by what its table says.
 *
 * Returns: (transfer full) (nullable): what is wrong, or %NULL
 */
LiftFault *
lift_field_validate (const LiftField *field, gconstpointer instance)
{
  LiftFaultCode code = LIFT_FAULT_NONE;

  if (lift_field_is_null (field, instance))
    code = field->flags & LIFT_FIELD_REQUIRED ? LIFT_FAULT_REQUIRED : LIFT_FAULT_NONE;
  else if (lift_field_is_text (field))
    code = check_text (field, lift_field_get_text (field, instance));
  else if (lift_field_is_double (field))
    code = check_number (field, lift_field_get_double (field, instance));
  else if (field->kind == LIFT_FIELD_INTEGER)
    code = check_number (field, (double) lift_field_get_int (field, instance));
  return code != LIFT_FAULT_NONE ? lift_field_fault (field, code) : NULL;
}
