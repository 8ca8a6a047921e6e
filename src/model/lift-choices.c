/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-choices.h"

#include <string.h>

#include "lift-json.h"

const char *const lift_user_roles[] = { "COACH", "ATHLETE", NULL };
const char *const lift_units[] = { "kg", "lb", NULL };
const char *const lift_formulas[] = { "epley",  "brzycki", "lombardi", "oconner",
                                      "mayhew", "wathan",  "lander",   NULL };
const char *const lift_sexes[] = { "female", "male", "unspecified", NULL };
const char *const lift_athlete_statuses[] = { "active", "paused", "archived", NULL };
const char *const lift_muscles[] = {
  "chest",     "lats",    "upper_back", "traps",    "front_delts", "side_delts", "rear_delts",
  "biceps",    "triceps", "forearms",   "quads",    "hamstrings",  "glutes",     "adductors",
  "abductors", "calves",  "abs",        "obliques", "lower_back",  "neck",       NULL,
};
const char *const lift_equipment[] = {
  "barbell", "dumbbell", "kettlebell", "machine",       "cable",  "bodyweight", "band", "trap_bar",
  "ez_bar",  "smith",    "sled",       "medicine_ball", "cardio", "other",      NULL,
};
const char *const lift_trackings[] = {
  "weight_reps", "bodyweight_reps",   "assisted_reps",   "reps", "duration", "weight_duration",
  "distance",    "distance_duration", "weight_distance", NULL,
};
const char *const lift_variant_kinds[] = { "grip",      "stance", "bar",   "tempo",
                                           "pause",     "range",  "angle", "bands",
                                           "equipment", "other",  NULL };
const char *const lift_plan_statuses[] = { "draft", "published", "cancelled", NULL };
const char *const lift_plan_kinds[] = { "strength", "technique",   "test",  "deload",
                                        "recovery", "competition", "other", NULL };
const char *const lift_set_kinds[] = { "warmup", "working", "top",     "backoff", "drop",
                                       "amrap",  "failure", "cluster", "myo",     NULL };
const char *const lift_sides[] = { "left", "right", "both", NULL };
const char *const lift_session_statuses[] = { "in_progress", "completed", "abandoned", "skipped",
                                              NULL };
const char *const lift_exercise_session_statuses[] = { "done", "partly", "skipped", NULL };

static gboolean
is_tempo_step (char c)
{
  return g_ascii_isdigit (c) || c == 'X' || c == 'x';
}

/**
 * lift_check_tempo:
 *
 * Returns: whether @text is a tempo: `31X0`, or `3-1-X-0` with up to two digits a step
 */
gboolean
lift_check_tempo (const char *text)
{
  g_auto (GStrv) steps = g_strsplit (text, "-", -1);
  guint n = g_strv_length (steps);

  if (n == 1)
    return strlen (text) == 4 && is_tempo_step (text[0]) && is_tempo_step (text[1]) &&
           is_tempo_step (text[2]) && is_tempo_step (text[3]);
  for (guint i = 0; i < n; i++)
    if (!is_tempo_step (steps[i][0]) || strlen (steps[i]) > 2 ||
        (steps[i][1] != '\0' && !(g_ascii_isdigit (steps[i][0]) && g_ascii_isdigit (steps[i][1]))))
      return FALSE;
  return n == 4;
}

/**
 * lift_check_https:
 *
 * Returns: whether @text is an address that begins with `https://` and names a host
 */
gboolean
lift_check_https (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

/* json-glib's own getters complain loudly about an object where they want a number. */
static double
get_weight (JsonObject *plate)
{
  JsonNode *node = json_object_get_member (plate, "weight");
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;
}

static gboolean
is_plate (JsonNode *node)
{
  JsonObject *plate;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  plate = json_node_get_object (node);
  return get_weight (plate) > 0 && get_weight (plate) <= 100 &&
         lift_json_get_int (plate, "pairs", 0) > 0 && lift_json_get_int (plate, "pairs", 0) <= 50;
}

/**
 * lift_check_plates:
 *
 * Returns: whether @text is a JSON array of `{"weight": kg, "pairs": count}`
 */
gboolean
lift_check_plates (const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!is_plate (json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

/* GLib looks for the name as a path below the folder of time zones, and opens what it finds. */
static gboolean
is_zone_name (const char *text)
{
  return *text != '\0' && *text != '/' && strstr (text, "..") == NULL &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/_+-") == strlen (text);
}

/**
 * lift_check_time_zone:
 *
 * Returns: whether @text names a time zone that this computer knows
 */
gboolean
lift_check_time_zone (const char *text)
{
  g_autoptr (GTimeZone) zone = is_zone_name (text) ? g_time_zone_new_identifier (text) : NULL;

  return zone != NULL;
}
