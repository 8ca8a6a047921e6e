/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-json.h"

typedef struct
{
  const char *key;
  const char *words;
} FieldWord;

/* What the windows call the fields. A key that several entities have means the same in all. */
static const FieldWord field_words[] = {
  { "name", N_ ("Name") },
  { "displayName", N_ ("Name") },
  { "notes", N_ ("Notes") },
  { "description", N_ ("Description") },
  { "category", N_ ("Category") },
  { "date", N_ ("Date") },
  { "sessionDate", N_ ("Date") },
  { "measurementDate", N_ ("Date") },
  { "status", N_ ("Status") },
  { "kind", N_ ("Kind") },
  { "side", N_ ("Side") },
  { "isLocked", N_ ("Locked") },
  { "isOptional", N_ ("Optional") },
  { "orderInDay", N_ ("Order in the day") },
  { "orderIndex", N_ ("Order") },
  { "groupKey", N_ ("Superset") },
  { "exerciseId", N_ ("Exercise") },
  { "exerciseNameSnapshot", N_ ("Exercise") },
  { "variantId", N_ ("Variant") },
  { "skipReason", N_ ("Reason for skipping") },
  { "setNumber", N_ ("Set number") },
  { "actualReps", N_ ("Reps") },
  { "actualWeight", N_ ("Load") },
  { "actualWeightUnit", N_ ("Unit") },
  { "actualRpe", N_ ("RPE") },
  { "actualRir", N_ ("RIR") },
  { "targetReps", N_ ("Target reps") },
  { "targetRepsMax", N_ ("Most target reps") },
  { "targetWeight", N_ ("Target load") },
  { "targetWeightUnit", N_ ("Unit") },
  { "targetRpe", N_ ("Target RPE") },
  { "targetRir", N_ ("Target RIR") },
  { "targetPercent", N_ ("Target percent") },
  { "targetDurationSeconds", N_ ("Target time") },
  { "targetDistance", N_ ("Target distance") },
  { "tempo", N_ ("Tempo") },
  { "durationSeconds", N_ ("Time") },
  { "distance", N_ ("Distance") },
  { "restSeconds", N_ ("Rest") },
  { "restTakenSeconds", N_ ("Rest taken") },
  { "defaultRestSeconds", N_ ("Usual rest") },
  { "completedAt", N_ ("Done at") },
  { "startedAt", N_ ("Start") },
  { "endedAt", N_ ("End") },
  { "measuredAt", N_ ("Measured at") },
  { "bodyWeight", N_ ("Body weight") },
  { "weight", N_ ("Body weight") },
  { "weightUnit", N_ ("Unit") },
  { "unit", N_ ("Unit") },
  { "bodyFatPercent", N_ ("Body fat") },
  { "bodyWeightGoal", N_ ("Body weight goal") },
  { "sessionRpe", N_ ("Session RPE") },
  { "barWeight", N_ ("Bar") },
  { "plates", N_ ("Plates") },
  { "rounding", N_ ("Smallest step") },
  { "sex", N_ ("Sex") },
  { "birthDate", N_ ("Date of birth") },
  { "heightCm", N_ ("Height") },
  { "coachNote", N_ ("Coach's note") },
  { "aliases", N_ ("Other names") },
  { "primaryMuscles", N_ ("Muscles") },
  { "secondaryMuscles", N_ ("Other muscles") },
  { "equipment", N_ ("Equipment") },
  { "tracking", N_ ("What is written down") },
  { "isUnilateral", N_ ("One side at a time") },
  { "loadFactor", N_ ("Load factor") },
  { "organisation", N_ ("Organisation") },
  { "deletedAt", N_ ("Deletion") },
};

/* Loads, whatever they are called, are in kilograms and shown in the person's unit. */
static const char *const load_keys[] = { "actualWeight", "targetWeight", "bodyWeight",     "weight",
                                         "barWeight",    "rounding",     "bodyWeightGoal", NULL };
static const char *const second_keys[] = { "durationSeconds",    "targetDurationSeconds",
                                           "restSeconds",        "restTakenSeconds",
                                           "defaultRestSeconds", NULL };

/**
 * lift_format_field:
 * @key: a field as it is on the wire, `targetWeight`
 *
 * Returns: what the windows call it, "Target load"; what is not known stays as it is
 */
const char *
lift_format_field (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_words); i++)
    if (g_str_equal (field_words[i].key, key))
      return g_dgettext (GETTEXT_PACKAGE, field_words[i].words);
  return g_intern_string (key);
}

static char *
format_double (const LiftField *field, double value, const char *unit)
{
  g_autofree char *number = NULL;

  if (g_strv_contains (load_keys, field->key))
    return lift_format_load (value, unit);
  number = lift_format_number (value);
  if (g_str_has_suffix (field->key, "Percent"))
    return g_strdup_printf ("%s %%", number);
  if (g_str_has_suffix (field->key, "istance"))
    return g_strdup_printf ("%s m", number);
  if (g_str_has_suffix (field->key, "Cm"))
    return g_strdup_printf ("%s cm", number);
  return g_steal_pointer (&number);
}

static char *
format_int (const LiftField *field, gint64 value)
{
  if (g_str_equal (field->key, "deletedAt"))
    return g_strdup (_ ("deleted"));
  if (field->kind == LIFT_FIELD_INSTANT)
    return lift_format_instant (value);
  if (field->kind == LIFT_FIELD_BOOLEAN)
    return g_strdup (value != 0 ? _ ("yes") : _ ("no"));
  if (g_strv_contains (second_keys, field->key))
    return lift_format_duration (value);
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
join_list (const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);
      const char *word = json_node_get_value_type (entry) == G_TYPE_STRING
                           ? json_node_get_string (entry)
                           : "";

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", lift_format_muscle (word));
    }
  return g_string_free (out, FALSE);
}

static char *
format_text (const LiftField *field, const char *text)
{
  LiftDay day;

  if (field->kind == LIFT_FIELD_DAY && lift_day_parse (text, &day))
    return lift_format_day_full (day);
  if (field->kind == LIFT_FIELD_CHOICE)
    return g_strdup (lift_format_choice (text));
  if (field->kind == LIFT_FIELD_LIST)
    return join_list (text);
  /* What was written by a person is told from what the program says of it. */
  return g_strdup_printf (_ ("“%s”"), text);
}

/**
 * lift_format_value:
 * @field: a field of the row's class
 * @row: where its value is
 * @unit: in what loads are shown
 *
 * Returns: (transfer full): the value as the windows show it: `105 kg`, `1:30`, `“easy”`; "nothing"
 *   where there is none
 */
char *
lift_format_value (const LiftField *field, LiftEntity *row, const char *unit)
{
  if (lift_field_is_null (field, row) && g_str_equal (field->key, "deletedAt"))
    return g_strdup (_ ("not deleted"));
  if (lift_field_is_null (field, row))
    return g_strdup (_ ("nothing"));
  if (lift_field_is_double (field))
    return format_double (field, lift_field_get_double (field, row), unit);
  if (lift_field_is_text (field))
    return format_text (field, lift_field_get_text (field, row));
  return format_int (field, lift_field_get_int (field, row));
}
