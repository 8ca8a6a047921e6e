/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-field.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "lift-day.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-text.h"
#include "lift-uuid.h"

#define MAX_CHOICE_LENGTH 64
#define MAX_UNKNOWN_CHOICES 1000

/**
 * lift_field_print:
 *
 * Returns: (transfer full): the value as text for people and scripts, independent of the
 *   locale; empty for none. [method@Field.scan] reads it back.
 */
char *
lift_field_print (const LiftField *field, gconstpointer instance)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (lift_field_is_null (field, instance))
    return g_strdup ("");
  if (lift_field_is_text (field))
    return g_strdup (lift_field_get_text (field, instance));
  if (field->kind == LIFT_FIELD_INSTANT)
    return lift_instant_format (lift_field_get_int (field, instance));
  lift_field_write_json (field, instance, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Takes a text that was made for this; frees it whatever happens. */
static LiftFaultCode
take_text (const LiftField *field, gpointer instance, char *text)
{
  g_autofree char *owned = text;

  if (owned == NULL)
    return LIFT_FAULT_BAD_FORMAT;
  lift_field_set_text (field, instance, owned);
  return LIFT_FAULT_NONE;
}

/* Blanks alone are as empty as nothing at all. */
static LiftFaultCode
scan_text (const LiftField *field, gpointer instance, const char *text)
{
  g_autofree char *clean = lift_text_clean (text);

  lift_field_set_text (field, instance, clean[0] != '\0' ? clean : NULL);
  return LIFT_FAULT_NONE;
}

/* Choices are interned, which is for ever. Those that a newer version has are few and short: whoever
 * sends more of them is after the memory. */
static gboolean
has_room_for (const LiftField *field, const char *text)
{
  static GMutex mutex;
  static guint n_unknown;
  gboolean room;

  if (g_strv_contains (field->choices, text))
    return TRUE;
  if (strlen (text) > MAX_CHOICE_LENGTH)
    return FALSE;
  g_mutex_lock (&mutex);
  room = g_quark_try_string (text) != 0 || n_unknown < MAX_UNKNOWN_CHOICES;
  if (room && g_quark_try_string (text) == 0)
    n_unknown++;
  g_mutex_unlock (&mutex);
  return room;
}

static LiftFaultCode
scan_choice (const LiftField *field, gpointer instance, const char *text)
{
  if (!has_room_for (field, text))
    return LIFT_FAULT_BAD_FORMAT;
  lift_field_set_text (field, instance, text);
  return LIFT_FAULT_NONE;
}

static LiftFaultCode
scan_day (const LiftField *field, gpointer instance, const char *text)
{
  LiftDay day;

  if (!lift_day_parse (text, &day))
    return LIFT_FAULT_BAD_FORMAT;
  return take_text (field, instance, lift_day_format (day));
}

static LiftFaultCode
scan_json (const LiftField *field, gpointer instance, const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);

  return node != NULL ? lift_field_read_json (field, instance, node) : LIFT_FAULT_BAD_FORMAT;
}

static LiftFaultCode
scan_int (const LiftField *field, gpointer instance, const char *text)
{
  gint64 value;

  if (field->kind == LIFT_FIELD_INSTANT)
    {
      if (!lift_instant_parse (text, &value))
        return LIFT_FAULT_BAD_FORMAT;
    }
  else if (field->kind == LIFT_FIELD_BOOLEAN)
    {
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        return LIFT_FAULT_BAD_FORMAT;
      value = text[0] == 't';
    }
  else if (!g_ascii_string_to_signed (text, 10, -G_MAXINT64, G_MAXINT64, &value, NULL))
    return LIFT_FAULT_BAD_FORMAT;
  lift_field_set_int (field, instance, value);
  return LIFT_FAULT_NONE;
}

static LiftFaultCode
scan_double (const LiftField *field, gpointer instance, const char *text)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (value) || strpbrk (text, "xX \t") != NULL)
    return LIFT_FAULT_BAD_FORMAT;
  lift_field_set_double (field, instance, value);
  return LIFT_FAULT_NONE;
}

/**
 * lift_field_scan:
 * @text: a value as text, independent of the locale; empty means no value
 *
 * Reads what was given on a command line. Limits are looked at by [method@Field.validate].
 *
 * Returns: %LIFT_FAULT_NONE, or why @text is no value of the field, which then stays as it was
 */
LiftFaultCode
lift_field_scan (const LiftField *field, gpointer instance, const char *text)
{
  if (text[0] == '\0')
    {
      lift_field_set_null (field, instance);
      return LIFT_FAULT_NONE;
    }
  switch (field->kind)
    {
    case LIFT_FIELD_UUID:
      return take_text (field, instance, lift_uuid_normalize (text));
    case LIFT_FIELD_TEXT:
      return scan_text (field, instance, text);
    case LIFT_FIELD_CHOICE:
      return scan_choice (field, instance, text);
    case LIFT_FIELD_DAY:
      return scan_day (field, instance, text);
    case LIFT_FIELD_LIST:
    case LIFT_FIELD_JSON:
      return scan_json (field, instance, text);
    case LIFT_FIELD_NUMBER:
      return scan_double (field, instance, text);
    case LIFT_FIELD_INTEGER:
    case LIFT_FIELD_INSTANT:
    case LIFT_FIELD_BOOLEAN:
    default:
      return scan_int (field, instance, text);
    }
}

static gboolean
is_text_list (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING)
      return FALSE;
  return TRUE;
}

/* A number that is too great for a double is written as null, so it is none. */
static LiftFaultCode
take_json (const LiftField *field, gpointer instance, JsonNode *node)
{
  g_autofree char *text = lift_json_node_to_text (node);

  lift_field_set_text (field, instance, g_str_equal (text, "null") ? NULL : text);
  return LIFT_FAULT_NONE;
}

static LiftFaultCode
read_json_number (const LiftField *field, gpointer instance, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  double value;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return LIFT_FAULT_BAD_FORMAT;
  value = json_node_get_double (node);
  if (!isfinite (value))
    return LIFT_FAULT_BAD_FORMAT;
  if (lift_field_is_double (field))
    lift_field_set_double (field, instance, value);
  else if (type == G_TYPE_INT64 && json_node_get_int (node) != LIFT_INT_NULL)
    lift_field_set_int (field, instance, json_node_get_int (node));
  else if (value == floor (value) && fabs (value) < 1e15)
    lift_field_set_int (field, instance, (gint64) value);
  else
    return LIFT_FAULT_BAD_FORMAT;
  return LIFT_FAULT_NONE;
}

/**
 * lift_field_read_json:
 * @node: a value from the wire or a file
 *
 * Reads a value in the one form that is stored: ids in lower case, days without a time, text
 * cleaned. Limits are looked at by [method@Field.validate].
 *
 * Returns: %LIFT_FAULT_NONE, or why @node is no value of the field, which then stays as it was
 */
LiftFaultCode
lift_field_read_json (const LiftField *field, gpointer instance, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    {
      lift_field_set_null (field, instance);
      return LIFT_FAULT_NONE;
    }
  if (field->kind == LIFT_FIELD_JSON || (field->kind == LIFT_FIELD_LIST && is_text_list (node)))
    return take_json (field, instance, node);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return LIFT_FAULT_BAD_FORMAT;
  if (field->kind == LIFT_FIELD_NUMBER || field->kind == LIFT_FIELD_INTEGER)
    return read_json_number (field, instance, node);
  if (field->kind == LIFT_FIELD_BOOLEAN)
    {
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return LIFT_FAULT_BAD_FORMAT;
      lift_field_set_int (field, instance, json_node_get_boolean (node));
      return LIFT_FAULT_NONE;
    }
  if (json_node_get_value_type (node) != G_TYPE_STRING || field->kind == LIFT_FIELD_LIST)
    return LIFT_FAULT_BAD_FORMAT;
  if (field->kind == LIFT_FIELD_TEXT)
    return take_text (field, instance, lift_text_clean (json_node_get_string (node)));
  if (*json_node_get_string (node) == '\0')
    return LIFT_FAULT_BAD_FORMAT;
  return lift_field_scan (field, instance, json_node_get_string (node));
}

/**
 * lift_field_write_json:
 *
 * Appends the value to @out as JSON, `null` for none.
 */
void
lift_field_write_json (const LiftField *field, gconstpointer instance, GString *out)
{
  if (lift_field_is_null (field, instance))
    g_string_append (out, "null");
  else if (field->kind == LIFT_FIELD_LIST || field->kind == LIFT_FIELD_JSON)
    g_string_append (out, lift_field_get_text (field, instance));
  else if (lift_field_is_text (field))
    lift_json_append_string (out, lift_field_get_text (field, instance));
  else if (lift_field_is_double (field))
    lift_json_append_double (out, lift_field_get_double (field, instance));
  else if (field->kind == LIFT_FIELD_BOOLEAN)
    g_string_append (out, lift_field_get_int (field, instance) != 0 ? "true" : "false");
  else if (field->kind == LIFT_FIELD_INSTANT)
    {
      g_autofree char *text = lift_instant_format (lift_field_get_int (field, instance));

      lift_json_append_string (out, text);
    }
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, lift_field_get_int (field, instance));
}

/**
 * lift_field_dup_json:
 *
 * Returns: (transfer full): the value as JSON, `null` for none
 */
char *
lift_field_dup_json (const LiftField *field, gconstpointer instance)
{
  GString *out = g_string_new (NULL);

  lift_field_write_json (field, instance, out);
  return g_string_free (out, FALSE);
}
