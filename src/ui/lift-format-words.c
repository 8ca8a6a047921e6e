/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

typedef struct
{
  const char *wire;
  const char *words;
} Word;

static const Word muscles[] = {
  { "chest", N_ ("chest") },
  { "lats", N_ ("lats") },
  { "upper_back", N_ ("upper back") },
  { "traps", N_ ("traps") },
  { "front_delts", N_ ("front delts") },
  { "side_delts", N_ ("side delts") },
  { "rear_delts", N_ ("rear delts") },
  { "biceps", N_ ("biceps") },
  { "triceps", N_ ("triceps") },
  { "forearms", N_ ("forearms") },
  { "quads", N_ ("quads") },
  { "hamstrings", N_ ("hamstrings") },
  { "glutes", N_ ("glutes") },
  { "adductors", N_ ("adductors") },
  { "abductors", N_ ("abductors") },
  { "calves", N_ ("calves") },
  { "abs", N_ ("abs") },
  { "obliques", N_ ("obliques") },
  { "lower_back", N_ ("lower back") },
  { "neck", N_ ("neck") },
};

static const Word equipment_words[] = {
  { "barbell", N_ ("barbell") },
  { "dumbbell", N_ ("dumbbell") },
  { "kettlebell", N_ ("kettlebell") },
  { "machine", N_ ("machine") },
  { "cable", N_ ("cable") },
  { "bodyweight", N_ ("body weight") },
  { "band", N_ ("band") },
  { "trap_bar", N_ ("trap bar") },
  { "ez_bar", N_ ("EZ bar") },
  { "smith", N_ ("Smith machine") },
  { "sled", N_ ("sled") },
  { "medicine_ball", N_ ("medicine ball") },
  { "cardio", N_ ("cardio machine") },
  { "other", N_ ("other") },
};

static const Word trackings[] = {
  { "weight_reps", N_ ("load and repetitions") },
  { "bodyweight_reps", N_ ("body weight and repetitions") },
  { "assisted_reps", N_ ("assisted repetitions") },
  { "reps", N_ ("repetitions") },
  { "duration", N_ ("time") },
  { "weight_duration", N_ ("load and time") },
  { "distance", N_ ("distance") },
  { "distance_duration", N_ ("distance and time") },
  { "weight_distance", N_ ("load and distance") },
};

static const Word set_kinds[] = {
  { "warmup", N_ ("warm-up") },     { "working", N_ ("working set") },
  { "top", N_ ("top set") },        { "backoff", N_ ("back-off set") },
  { "drop", N_ ("drop set") },      { "amrap", N_ ("as many as possible") },
  { "failure", N_ ("to failure") }, { "cluster", N_ ("cluster") },
  { "myo", N_ ("myo-reps") },
};

static const Word choices[] = {
  { "draft", N_ ("draft") },         { "published", N_ ("published") },
  { "cancelled", N_ ("cancelled") }, { "in_progress", N_ ("in progress") },
  { "completed", N_ ("finished") },  { "abandoned", N_ ("broken off") },
  { "skipped", N_ ("skipped") },     { "done", N_ ("done") },
  { "partly", N_ ("partly done") },  { "active", N_ ("active") },
  { "paused", N_ ("paused") },       { "archived", N_ ("archived") },
  { "left", N_ ("left") },           { "right", N_ ("right") },
  { "both", N_ ("both") },           { "female", N_ ("female") },
  { "male", N_ ("male") },           { "unspecified", N_ ("not said") },
  { "strength", N_ ("strength") },   { "technique", N_ ("technique") },
  { "test", N_ ("test") },           { "deload", N_ ("deload") },
  { "recovery", N_ ("recovery") },   { "competition", N_ ("competition") },
};

static const Word entities[] = {
  { "User", N_ ("User") },
  { "Coach", N_ ("Coach") },
  { "Athlete", N_ ("Athlete") },
  { "Exercise", N_ ("Exercise") },
  { "Variant", N_ ("Variant") },
  { "TrainingPlan", N_ ("Plan") },
  { "ExercisePlan", N_ ("Planned exercise") },
  { "SetPlan", N_ ("Planned set") },
  { "ExercisePlanVariant", N_ ("Variant of a planned exercise") },
  { "TrainingSession", N_ ("Session") },
  { "ExerciseSession", N_ ("Exercise of a session") },
  { "SetSession", N_ ("Logged set") },
  { "ExerciseSessionVariant", N_ ("Variant of an exercise done") },
  { "BodyWeightEntry", N_ ("Body weight") },
};

static const char *
look_up (const Word *words, gsize n_words, const char *wire)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i].wire, wire) == 0)
      return g_dgettext (GETTEXT_PACKAGE, words[i].words);
  return wire != NULL ? g_intern_string (wire) : "";
}

/**
 * lift_format_muscle:
 * @muscle: (nullable): as it is on the wire
 *
 * Returns: the muscle in words; what is not known stays as it is
 */
const char *
lift_format_muscle (const char *muscle)
{
  return look_up (muscles, G_N_ELEMENTS (muscles), muscle);
}

/**
 * lift_format_equipment:
 * @equipment: (nullable): as it is on the wire
 *
 * Returns: the equipment in words
 */
const char *
lift_format_equipment (const char *equipment)
{
  return look_up (equipment_words, G_N_ELEMENTS (equipment_words), equipment);
}

/**
 * lift_format_tracking:
 * @tracking: (nullable): as it is on the wire
 *
 * Returns: what is written down for each set, in words
 */
const char *
lift_format_tracking (const char *tracking)
{
  return look_up (trackings, G_N_ELEMENTS (trackings), tracking);
}

/**
 * lift_format_set_kind:
 * @kind: (nullable): as it is on the wire
 *
 * Returns: the kind of a set in words
 */
const char *
lift_format_set_kind (const char *kind)
{
  return look_up (set_kinds, G_N_ELEMENTS (set_kinds), kind);
}

/**
 * lift_format_choice:
 * @choice: (nullable): a value of any field with given values, as it is on the wire
 *
 * Returns: the value in words; what is not known stays as it is
 */
const char *
lift_format_choice (const char *choice)
{
  static const struct
  {
    const Word *words;
    gsize n_words;
  } tables[] = {
    { choices, G_N_ELEMENTS (choices) },
    { set_kinds, G_N_ELEMENTS (set_kinds) },
    { equipment_words, G_N_ELEMENTS (equipment_words) },
    { trackings, G_N_ELEMENTS (trackings) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const char *words = look_up (tables[i].words, tables[i].n_words, choice);

      if (g_strcmp0 (words, choice) != 0)
        return words;
    }
  return choice != NULL ? g_intern_string (choice) : "";
}

/**
 * lift_format_entity:
 * @wire_name: `SetSession`
 *
 * Returns: what people call it, "Logged set"
 */
const char *
lift_format_entity (const char *wire_name)
{
  return look_up (entities, G_N_ELEMENTS (entities), wire_name);
}
