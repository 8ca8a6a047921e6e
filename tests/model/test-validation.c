/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "lift-entities.h"
#include "lift-registry.h"

typedef struct
{
  const char *type;
  const char *key;
  const char *text;
  LiftFaultCode code;
} Case;

static const Case cases[] = {
  { "SetPlan", "targetReps", "999", LIFT_FAULT_NONE },
  { "SetPlan", "targetReps", "1000", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "targetReps", "-1", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "targetWeight", "-500", LIFT_FAULT_NONE },
  { "SetPlan", "targetWeight", "2000.01", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "targetRpe", "8.5", LIFT_FAULT_NONE },
  { "SetPlan", "targetRpe", "8.4", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "targetRpe", "0.5", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "targetRpe", "10.5", LIFT_FAULT_OUT_OF_RANGE },
  { "SetPlan", "kind", "myo", LIFT_FAULT_NONE },
  { "SetPlan", "kind", "warm-up", LIFT_FAULT_BAD_FORMAT },
  { "SetPlan", "tempo", "31X0", LIFT_FAULT_NONE },
  { "SetPlan", "tempo", "3-1-X-0", LIFT_FAULT_NONE },
  { "SetPlan", "tempo", "10-0-X-0", LIFT_FAULT_NONE },
  { "SetPlan", "tempo", "31X", LIFT_FAULT_BAD_FORMAT },
  { "SetPlan", "tempo", "3-1-X", LIFT_FAULT_BAD_FORMAT },
  { "SetPlan", "tempo", "3--X-0", LIFT_FAULT_BAD_FORMAT },
  { "SetPlan", "targetPercent", "200.5", LIFT_FAULT_OUT_OF_RANGE },
  { "Athlete", "heightCm", "49", LIFT_FAULT_OUT_OF_RANGE },
  { "Athlete", "barWeight", "61", LIFT_FAULT_OUT_OF_RANGE },
  { "Athlete", "rounding", "0.2", LIFT_FAULT_OUT_OF_RANGE },
  { "Athlete", "plates", "[{\"weight\":20,\"pairs\":4}]", LIFT_FAULT_NONE },
  { "Athlete", "plates", "[{\"weight\":20}]", LIFT_FAULT_BAD_FORMAT },
  { "Athlete", "plates", "{}", LIFT_FAULT_BAD_FORMAT },
  { "Athlete", "plates", "[{\"weight\":{},\"pairs\":4}]", LIFT_FAULT_BAD_FORMAT },
  { "Athlete", "plates", "[{\"weight\":\"20\",\"pairs\":4}]", LIFT_FAULT_BAD_FORMAT },
  { "Athlete", "plates", "[20, null]", LIFT_FAULT_BAD_FORMAT },
  { "Athlete", "sex", "other", LIFT_FAULT_BAD_FORMAT },
  { "Exercise", "videoUrl", "https://example.org/v", LIFT_FAULT_NONE },
  { "Exercise", "videoUrl", "http://example.org/v", LIFT_FAULT_BAD_FORMAT },
  { "Exercise", "videoUrl", "https://", LIFT_FAULT_BAD_FORMAT },
  { "Exercise", "primaryMuscles", "[\"quads\",\"upper_back\"]", LIFT_FAULT_NONE },
  { "Exercise", "primaryMuscles", "[\"brain\"]", LIFT_FAULT_BAD_FORMAT },
  { "Exercise", "bodyWeightFactor", "1.1", LIFT_FAULT_OUT_OF_RANGE },
  { "Variant", "loadFactor", "0.05", LIFT_FAULT_OUT_OF_RANGE },
  { "User", "timeZone", "Europe/Berlin", LIFT_FAULT_NONE },
  { "User", "timeZone", "Etc/GMT+5", LIFT_FAULT_NONE },
  { "User", "timeZone", "Mars/Olympus", LIFT_FAULT_BAD_FORMAT },
  { "User", "timeZone", "../zoneinfo/Europe/Berlin", LIFT_FAULT_BAD_FORMAT },
  { "User", "timeZone", "/usr/share/zoneinfo/Europe/Berlin", LIFT_FAULT_BAD_FORMAT },
  { "User", "role", "ADMIN", LIFT_FAULT_BAD_FORMAT },
  { "User", "firstDayOfWeek", "0", LIFT_FAULT_OUT_OF_RANGE },
  { "BodyWeightEntry", "weight", "19.9", LIFT_FAULT_OUT_OF_RANGE },
  { "BodyWeightEntry", "bodyFatPercent", "76", LIFT_FAULT_OUT_OF_RANGE },
  { "TrainingSession", "sessionRpe", "11", LIFT_FAULT_OUT_OF_RANGE },
  { "TrainingPlan", "name", "", LIFT_FAULT_REQUIRED },
  { "TrainingPlan", "date", "", LIFT_FAULT_REQUIRED },
  { "TrainingPlan", "status", "public", LIFT_FAULT_BAD_FORMAT },
  { "Coach", "defaultRestSeconds", "3601", LIFT_FAULT_OUT_OF_RANGE },
};

static LiftFaultCode
validate_text (const Case *c)
{
  const LiftEntityInfo *info = lift_registry_find (c->type);
  LiftField *field = lift_entity_info_find (info, c->key);
  g_autoptr (LiftEntity) entity = g_object_new (info->gtype, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftFault *fault;

  g_assert_cmpint (lift_field_scan (field, entity, c->text), ==, LIFT_FAULT_NONE);
  lift_entity_validate (entity, (LiftFieldSet) 1 << field->index, faults);
  if (faults->len == 0)
    return LIFT_FAULT_NONE;
  fault = faults->pdata[0];
  g_assert_cmpstr (fault->field, ==, c->key);
  g_assert_cmpstr (fault->message, !=, "");
  return fault->code;
}

static void
test_limits_of_the_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s.%s = %s", cases[i].type, cases[i].key, cases[i].text);
      g_assert_cmpint (validate_text (&cases[i]), ==, cases[i].code);
    }
}

static void
test_length_is_counted_in_characters (void)
{
  g_autoptr (LiftTrainingPlan) plan = g_object_new (LIFT_TYPE_TRAINING_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftField *name = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (plan)), "name");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 255; i++)
    g_string_append (text, "ä");
  g_object_set (plan, "name", text->str, NULL);
  g_assert_null (lift_field_validate (name, plan));
  g_string_append (text, "ä");
  g_object_set (plan, "name", text->str, NULL);
  lift_entity_validate (LIFT_ENTITY (plan), (LiftFieldSet) 1 << name->index, faults);
  g_assert_cmpint (((LiftFault *) faults->pdata[0])->code, ==, LIFT_FAULT_TOO_LONG);
}

static gboolean
is_valid (LiftSetPlan *set, const char *key, const char *at_fault)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (set)), key);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  if (lift_entity_validate (LIFT_ENTITY (set), (LiftFieldSet) 1 << field->index, faults))
    return TRUE;
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((LiftFault *) faults->pdata[0])->field, ==, at_fault);
  return FALSE;
}

static void
test_rpe_and_rir_exclude_each_other (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "target-rpe", 8.0, NULL);

  g_assert_true (is_valid (set, "targetRpe", NULL));
  g_object_set (set, "target-rir", 2.0, NULL);
  g_assert_false (is_valid (set, "targetRpe", "targetRir"));
  g_assert_false (is_valid (set, "targetRir", "targetRir"));
  /* Two devices may have set one each; that is no reason to refuse a note. */
  g_assert_true (is_valid (set, "notes", NULL));
}

static void
test_a_rep_range_is_not_upside_down (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "target-reps", (gint64) 8,
                                              "target-reps-max", (gint64) 12, NULL);

  g_assert_true (is_valid (set, "targetReps", NULL));
  g_object_set (set, "target-reps-max", (gint64) 7, NULL);
  g_assert_false (is_valid (set, "targetReps", "targetRepsMax"));
  g_assert_false (is_valid (set, "targetRepsMax", "targetRepsMax"));
  g_assert_true (is_valid (set, "notes", NULL));
}

/* What is set as a property has not gone through the reader. */
static void
test_values_that_were_not_read (void)
{
  g_autoptr (LiftTrainingPlan)
    plan = g_object_new (LIFT_TYPE_TRAINING_PLAN, "date", "2026-02-03T10:00:00Z", NULL);
  g_autoptr (LiftExercise) exercise = g_object_new (LIFT_TYPE_EXERCISE, "aliases", "[\"a\", 1]",
                                                    "primary-muscles", "[1]", NULL);
  LiftField *date = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (plan)), "date");
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (exercise));
  g_autoptr (LiftFault) day = lift_field_validate (date, plan);
  g_autoptr (LiftFault)
    free_list = lift_field_validate (lift_entity_info_find (info, "aliases"), exercise);
  g_autoptr (LiftFault)
    list = lift_field_validate (lift_entity_info_find (info, "primaryMuscles"), exercise);

  g_assert_cmpint (day->code, ==, LIFT_FAULT_BAD_FORMAT);
  g_assert_cmpint (free_list->code, ==, LIFT_FAULT_BAD_FORMAT);
  g_assert_cmpint (list->code, ==, LIFT_FAULT_BAD_FORMAT);
}

static void
test_an_error_names_every_fault (void)
{
  g_autoptr (LiftTrainingPlan) plan = g_object_new (LIFT_TYPE_TRAINING_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (GError) error = NULL;

  lift_entity_validate (LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL, faults);
  lift_fault_list_to_error (faults, "TrainingPlan", &error);
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_REQUIRED);
  g_assert_nonnull (strstr (error->message, "athleteId"));
  g_assert_nonnull (strstr (error->message, "name"));
  g_assert_nonnull (strstr (error->message, "date"));
}

static void
test_codes_read_back (void)
{
  for (guint code = LIFT_FAULT_NONE; code <= LIFT_FAULT_UNKNOWN_FIELD; code++)
    g_assert_cmpint (lift_fault_code_from_string (lift_fault_code_to_string (code)), ==, code);
  g_assert_cmpint (lift_fault_code_from_string ("SOMETHING_NEW"), ==, LIFT_FAULT_INTERNAL);
  g_assert_cmpint (lift_fault_code_from_string (NULL), ==, LIFT_FAULT_INTERNAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validation/limits", test_limits_of_the_tables);
  g_test_add_func ("/validation/characters", test_length_is_counted_in_characters);
  g_test_add_func ("/validation/rpe-and-rir", test_rpe_and_rir_exclude_each_other);
  g_test_add_func ("/validation/rep-range", test_a_rep_range_is_not_upside_down);
  g_test_add_func ("/validation/not-read", test_values_that_were_not_read);
  g_test_add_func ("/validation/error-names-all", test_an_error_names_every_fault);
  g_test_add_func ("/validation/codes", test_codes_read_back);
  return g_test_run ();
}
