/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-entities.h"
#include "lift-registry.h"

static LiftField *
find (const char *type, const char *key)
{
  return lift_entity_info_find (lift_registry_find (type), key);
}

typedef struct
{
  const char *type;
  const char *key;
  const char *text;
  LiftFaultCode code;
  const char *printed;
} Case;

static const Case cases[] = {
  { "SetPlan", "targetReps", "5", LIFT_FAULT_NONE, "5" },
  { "SetPlan", "targetReps", "0", LIFT_FAULT_NONE, "0" },
  { "SetPlan", "targetReps", "", LIFT_FAULT_NONE, "" },
  { "SetPlan", "targetReps", "five", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetReps", "5.5", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetReps", "99999999999999999999", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetWeight", "102.5", LIFT_FAULT_NONE, "102.5" },
  { "SetPlan", "targetWeight", "-20", LIFT_FAULT_NONE, "-20" },
  { "SetPlan", "targetWeight", "0.1", LIFT_FAULT_NONE, "0.1" },
  { "SetPlan", "targetWeight", "nan", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetWeight", "inf", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetWeight", "0x10", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetWeight", "1e999", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "targetWeight", "100 kg", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "isOptional", "true", LIFT_FAULT_NONE, "true" },
  { "SetPlan", "isOptional", "yes", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "athleteId", "11F70000-0000-8000-8000-00000000000A", LIFT_FAULT_NONE,
    "11f70000-0000-8000-8000-00000000000a" },
  { "SetPlan", "athleteId", "11f7", LIFT_FAULT_BAD_FORMAT, "" },
  { "SetPlan", "notes", "  elbows in\a ", LIFT_FAULT_NONE, "elbows in" },
  { "SetPlan", "kind", "of-a-newer-version", LIFT_FAULT_NONE, "of-a-newer-version" },
  { "TrainingPlan", "date", "2026-02-28", LIFT_FAULT_NONE, "2026-02-28" },
  { "TrainingPlan", "date", "2026-02-28T23:30:00-11:00", LIFT_FAULT_NONE, "2026-02-28" },
  { "TrainingPlan", "date", "2026-02-29", LIFT_FAULT_BAD_FORMAT, "" },
  { "TrainingPlan", "date", "tomorrow", LIFT_FAULT_BAD_FORMAT, "" },
  { "TrainingSession", "startedAt", "2026-02-06T15:30:00Z", LIFT_FAULT_NONE,
    "2026-02-06T15:30:00.000000Z" },
  { "TrainingSession", "startedAt", "2026-02-06 15:30", LIFT_FAULT_BAD_FORMAT, "" },
  { "Exercise", "aliases", "[\"RDL\",\"stiff\"]", LIFT_FAULT_NONE, "[\"RDL\",\"stiff\"]" },
  { "Exercise", "aliases", "RDL", LIFT_FAULT_BAD_FORMAT, "" },
  { "Exercise", "aliases", "[1]", LIFT_FAULT_BAD_FORMAT, "" },
};

static void
run_case (const Case *c)
{
  LiftField *field = find (c->type, c->key);
  g_autoptr (LiftEntity) entity = g_object_new (lift_registry_find (c->type)->gtype, NULL);
  g_autofree char *printed = NULL;

  lift_field_set_null (field, entity);
  g_assert_cmpint (lift_field_scan (field, entity, c->text), ==, c->code);
  printed = lift_field_print (field, entity);
  g_assert_cmpstr (printed, ==, c->printed);
}

static void
test_text_is_read_and_printed_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (&cases[i]);
}

static void
test_a_bad_text_leaves_the_old_value (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "target-reps", (gint64) 5, NULL);

  g_assert_cmpint (lift_field_scan (find ("SetPlan", "targetReps"), set, "x"), ==,
                   LIFT_FAULT_BAD_FORMAT);
  g_assert_cmpint (set->target_reps, ==, 5);
}

static void
test_choices_are_interned (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "kind", "warmup", NULL);
  g_autofree char *copy = g_strdup ("warmup");

  g_assert_true (set->kind == g_intern_string (copy));
}

static void
test_setting_a_text_to_itself_keeps_it (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "notes", "own", NULL);

  lift_field_set_text (find ("SetPlan", "notes"), set, set->notes);
  g_assert_cmpstr (set->notes, ==, "own");
}

static void
test_blanks_are_no_text (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, "notes", "own", NULL);

  g_assert_cmpint (lift_field_scan (find ("SetPlan", "notes"), set, " \t"), ==, LIFT_FAULT_NONE);
  g_assert_null (set->notes);
}

/* They are kept for ever, so the bytes of a server must not make any number of them. */
static void
test_made_up_choices_come_to_an_end (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  LiftField *kind = find ("SetPlan", "kind");
  g_autofree char *endless = g_strnfill (10000, 'k');
  guint taken = 0;

  g_assert_cmpint (lift_field_scan (kind, set, endless), ==, LIFT_FAULT_BAD_FORMAT);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("made-up-%u", i);

      taken += lift_field_scan (kind, set, text) == LIFT_FAULT_NONE;
    }
  g_assert_cmpuint (taken, >, 100);
  g_assert_cmpuint (taken, <, 2000);
  g_assert_cmpint (lift_field_scan (kind, set, "made-up-1"), ==, LIFT_FAULT_NONE);
  g_assert_cmpint (lift_field_scan (kind, set, "warmup"), ==, LIFT_FAULT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/scan-and-print", test_text_is_read_and_printed_back);
  g_test_add_func ("/field/bad-text-leaves-the-old", test_a_bad_text_leaves_the_old_value);
  g_test_add_func ("/field/choices-are-interned", test_choices_are_interned);
  g_test_add_func ("/field/text-to-itself", test_setting_a_text_to_itself_keeps_it);
  g_test_add_func ("/field/blanks-are-no-text", test_blanks_are_no_text);
  g_test_add_func ("/field/made-up-choices", test_made_up_choices_come_to_an_end);
  return g_test_run ();
}
