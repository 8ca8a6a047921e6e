/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "lift-quick-entry.h"

/* What is typed, and what is printed back. */
static const struct
{
  const char *typed;
  const char *printed;
} GOOD[] = {
  { "5x5 100", "5x5 100" },
  { "3x8-12 @8", "3x8-12 @8" },
  { "4x3 85%", "4x3 85%" },
  { "1x5+ 90%", "1x5+ 90%" },
  { "3x8 r2 t31X0 120s", "3x8 r2 t31X0 120s" },
  { "w 2x5 60", "w 2x5 60" },
  { "w 2x5 60, 3x5 100 @8", "w 2x5 60, 3x5 100 @8" },
  { "w 2x5 60 3x5 100 @8", "w 2x5 60, 3x5 100 @8" },
  { "w2x5 60;3x5 100@8", "w 2x5 60, 3x5 100 @8" },
  { "w 2x5 60\n3x5 100", "w 2x5 60, 3x5 100" },
  { "100 lb", "100lb" },
  { "3 x 5 225lbs", "3x5 225lb" },
  { "3X5 100 kg", "3x5 100" },
  { "3×5 102,5", "3x5 102.5" },
  { "3x5 102,5, 3x3 110", "3x5 102.5, 3x3 110" },
  { "3x5 100,3x3 110", "3x5 100, 3x3 110" },
  { "3x8–12", "3x8-12" },
  { "top 1x3 140 @9", "top 1x3 140 @9" },
  { "bo 2x6 80%", "bo 2x6 80%" },
  { "back-off 2x6", "bo 2x6" },
  { "drop 2x10 60", "drop 2x10 60" },
  { "cl 4x2 120 20s", "cl 4x2 120 20s" },
  { "myo 1x15 40", "myo 1x15 40" },
  { "fail 1x8 r0", "fail 1x8 r0" },
  { "amrap 1x5", "1x5+" },
  { "1xAMRAP 60", "1x+ 60" },
  { "1x+", "1x+" },
  { "2x8-12+", "2x8-12+" },
  { "amrap 1x60s", "amrap 1x60s" },
  { "3x?", "3x?" },
  { "3x?-12", "3x?-12" },
  { "working 3x5", "3x5" },
  { "3x30s", "3x30s" },
  { "3x2min", "3x120s" },
  { "3x1:30 60s", "3x90s 60s" },
  { "3x400m 2m", "3x400m 120s" },
  { "1x1.5km", "1x1500m" },
  { "3x400m for 90s", "3x400m for90s" },
  { "3x5 for 3s over 10m", "3x5 for3s over10m" },
  { "3x5 rest 90", "3x5 90s" },
  { "3x5 2:30", "3x5 150s" },
  { "3x5 1.5m", "3x5 90s" },
  { "3x5 rpe 8.5", "3x5 @8.5" },
  { "3x5 @ 8,5", "3x5 @8.5" },
  { "3x5 rir 2", "3x5 r2" },
  { "3x5 2 RIR", "3x5 r2" },
  { "3x5 T3-1-X-0", "3x5 t3-1-X-0" },
  { "3x5 t10-0-1-0", "3x5 t10-0-1-0" },
  { "3x8 -20", "3x8 -20" },
  { "3x8 \xe2\x88\x92"
    "20",
    "3x8 -20" },
  { "3x8 left opt", "3x8 left opt" },
  { "  3x5   100  ", "3x5 100" },
  { "3x5,", "3x5" },
  { "99x999 2000 @10", "99x999 2000 @10" },
  { "1x0 -500 @1", "1x0 -500 @1" },
  { "3x5 100 85%", "3x5 100 85%" },
  { "102.5", "102.5" },
  { "@8", "@8" },
  { "85 %", "85%" },
  { "100 @8 120s", "100 @8 120s" },
  { "for 60s", "for60s" },
  { "x", "x" },
  { " X ", "x" },
  { "×", "x" },
  { "", "" },
  { " \t ", "" },
  { "+2.5", "+2.5" },
  { "-2,5 kg", "-2.5kg" },
  { "+2%", "+2%" },
  { "x0.9", "x0.9" },
  { "-1 rir", "-1 RIR" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (GOOD[i].typed, "kg", NULL, &error);
      g_autoptr (LiftQuickEntry) again = NULL;
      g_autofree char *printed = NULL;
      g_autofree char *twice = NULL;

      g_assert_no_error (error);
      printed = lift_quick_entry_print (entry, "kg");
      g_assert_cmpstr (printed, ==, GOOD[i].printed);
      again = lift_quick_entry_parse (printed, "kg", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->kind, ==, entry->kind);
      twice = lift_quick_entry_print (again, "kg");
      g_assert_cmpstr (twice, ==, printed);
    }
}

/* What is typed, the bytes the error is about, and a part of the reason. */
static const struct
{
  const char *typed;
  LiftTextSpan span;
  LiftTrainingError code;
  const char *reason;
} BAD[] = {
  { "3x5 @11", { 4, 7 }, LIFT_TRAINING_ERROR_RANGE, "RPE must lie between 1 and 10" },
  { "3x5 @8.3", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "RPE must lie between 1 and 10" },
  { "3x5 @0", { 4, 6 }, LIFT_TRAINING_ERROR_RANGE, "RPE must lie between 1 and 10" },
  { "3x5 @", { 4, 5 }, LIFT_TRAINING_ERROR_SYNTAX, "@8" },
  { "3x5 r21", { 4, 7 }, LIFT_TRAINING_ERROR_RANGE, "between 0 and 20" },
  { "3x5 @8 r2", { 7, 9 }, LIFT_TRAINING_ERROR_CONFLICT, "RPE or one RIR" },
  { "3x5 100 110", { 8, 11 }, LIFT_TRAINING_ERROR_CONFLICT, "load is given twice" },
  { "3x5 80% 85%", { 8, 11 }, LIFT_TRAINING_ERROR_CONFLICT, "percentage is given twice" },
  { "3x5 60s 90s", { 8, 11 }, LIFT_TRAINING_ERROR_CONFLICT, "rest is given twice" },
  { "3x5 t31X0 t31X0", { 10, 15 }, LIFT_TRAINING_ERROR_CONFLICT, "tempo is given twice" },
  { "3x5 left right", { 9, 14 }, LIFT_TRAINING_ERROR_CONFLICT, "side is given twice" },
  { "3x30s for10s", { 6, 12 }, LIFT_TRAINING_ERROR_CONFLICT, "duration is given twice" },
  { "3x5 201%", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "between 0 and 200" },
  { "3x5 2001", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "between −500 and 2000 kg" },
  { "3x5 -501", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "between −500 and 2000 kg" },
  { "3x5 3601s", { 4, 9 }, LIFT_TRAINING_ERROR_RANGE, "at most 60 minutes" },
  { "3x5 0.5s", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "whole seconds" },
  { "3x1000", { 0, 6 }, LIFT_TRAINING_ERROR_RANGE, "between 0 and 999" },
  { "100x5", { 0, 5 }, LIFT_TRAINING_ERROR_RANGE, "1 to 99 sets" },
  { "0x5", { 0, 3 }, LIFT_TRAINING_ERROR_RANGE, "1 to 99 sets" },
  { "99999999999999999999999x5", { 0, 25 }, LIFT_TRAINING_ERROR_RANGE, "1 to 99 sets" },
  { "3x12-8", { 0, 6 }, LIFT_TRAINING_ERROR_RANGE, "smaller to the larger" },
  { "3x8-", { 0, 4 }, LIFT_TRAINING_ERROR_SYNTAX, "after the ×" },
  { "3x", { 0, 2 }, LIFT_TRAINING_ERROR_SYNTAX, "after the ×" },
  { "x5 100", { 0, 6 }, LIFT_TRAINING_ERROR_SYNTAX, "not a step" },
  { "top 1x5+", { 4, 8 }, LIFT_TRAINING_ERROR_CONFLICT, "open set" },
  { "w 60", { 2, 4 }, LIFT_TRAINING_ERROR_SYNTAX, "after the kind" },
  { "w", { 0, 1 }, LIFT_TRAINING_ERROR_SYNTAX, "after the kind" },
  { "3x5 w", { 4, 5 }, LIFT_TRAINING_ERROR_SYNTAX, "after the kind" },
  { "w 5 3x5", { 2, 3 }, LIFT_TRAINING_ERROR_SYNTAX, "after the kind" },
  { "100 3x5", { 4, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "sets first" },
  { "3x5, 100", { 5, 8 }, LIFT_TRAINING_ERROR_SYNTAX, "After a comma" },
  { "3x5 +2.5", { 4, 8 }, LIFT_TRAINING_ERROR_SYNTAX, "stands alone" },
  { "@8 -20", { 3, 6 }, LIFT_TRAINING_ERROR_SYNTAX, "assistance" },
  { "3x5 t31X", { 4, 8 }, LIFT_TRAINING_ERROR_SYNTAX, "four parts" },
  { "3x5 foo", { 4, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "“foo” is not understood" },
  { "3x5 ödön", { 4, 10 }, LIFT_TRAINING_ERROR_SYNTAX, "“ödön” is not understood" },
  { "3x5kg", { 0, 5 }, LIFT_TRAINING_ERROR_SYNTAX, "not understood" },
  { "3x5 100x", { 4, 8 }, LIFT_TRAINING_ERROR_RANGE, "1 to 99 sets" },
  { "3x5 x", { 4, 5 }, LIFT_TRAINING_ERROR_SYNTAX, "before the ×" },
  { "3x5 1e3", { 4, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "not understood" },
  { "3x5 nan", { 4, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "not understood" },
  { "3x5 over400", { 4, 11 }, LIFT_TRAINING_ERROR_SYNTAX, "with its unit" },
  { "3x5 rest", { 4, 8 }, LIFT_TRAINING_ERROR_SYNTAX, "120s" },
  { "3x5 for", { 4, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "for30s" },
  { "3x1001km", { 0, 8 }, LIFT_TRAINING_ERROR_RANGE, "1000 km" },
  { "3x86401s", { 0, 8 }, LIFT_TRAINING_ERROR_RANGE, "24 hours" },
  { "+9999", { 0, 5 }, LIFT_TRAINING_ERROR_RANGE, "at most 500" },
  { "-2.5 @8", { 0, 7 }, LIFT_TRAINING_ERROR_SYNTAX, "not a step" },
  { "\xff\xfe", { 0, 1 }, LIFT_TRAINING_ERROR_SYNTAX, "not text" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;
      LiftTextSpan span = { 999, 999 };

      g_test_message ("%s", BAD[i].reason);
      g_assert_null (lift_quick_entry_parse (BAD[i].typed, "kg", &span, &error));
      g_assert_error (error, LIFT_TRAINING_ERROR, (int) BAD[i].code);
      if (strstr (error->message, BAD[i].reason) == NULL)
        g_error ("“%s” gives “%s”", BAD[i].typed, error->message);
      if (i + 1 == G_N_ELEMENTS (BAD))
        continue; /* where in bytes that are no text matters to nobody */
      g_assert_cmpuint (span.start, ==, BAD[i].span.start);
      g_assert_cmpuint (span.end, ==, BAD[i].span.end);
    }
}

static LiftPrescription *
parse_one (const char *text, const char *unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (text, unit, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entry->groups->len, ==, 1);
  return lift_prescription_copy (g_ptr_array_index (entry->groups, 0));
}

static void
test_values (void)
{
  g_autoptr (LiftPrescription)
    group = parse_one ("w 3x8-12 225lb 85% @8.5 t31X0 120s for30s over400m right opt", "kg");

  g_assert_cmpuint (group->sets, ==, 3);
  g_assert_cmpstr (group->kind, ==, "warmup");
  g_assert_cmpint (group->reps, ==, 8);
  g_assert_cmpint (group->reps_max, ==, 12);
  g_assert_cmpfloat (group->weight, ==, 225 * LIFT_KG_PER_LB);
  g_assert_cmpstr (group->unit, ==, "lb");
  g_assert_cmpfloat (group->percent, ==, 85);
  g_assert_cmpfloat (group->rpe, ==, 8.5);
  g_assert_true (isnan (group->rir));
  g_assert_cmpstr (group->tempo, ==, "31X0");
  g_assert_cmpint (group->rest, ==, 120);
  g_assert_cmpint (group->duration, ==, 30);
  g_assert_cmpfloat (group->distance, ==, 400);
  g_assert_cmpstr (group->side, ==, "right");
  g_assert_true (group->is_optional);
}

static void
test_nothing_said (void)
{
  g_autoptr (LiftPrescription) group = parse_one ("3x?", "kg");

  g_assert_cmpstr (group->kind, ==, "working");
  g_assert_cmpint (group->reps, ==, LIFT_NO_INT);
  g_assert_cmpint (group->reps_max, ==, LIFT_NO_INT);
  g_assert_true (isnan (group->weight));
  g_assert_null (group->unit);
  g_assert_true (isnan (group->percent) && isnan (group->rpe) && isnan (group->rir));
  g_assert_null (group->tempo);
  g_assert_cmpint (group->rest, ==, LIFT_NO_INT);
  g_assert_cmpint (group->duration, ==, LIFT_NO_INT);
  g_assert_true (isnan (group->distance));
  g_assert_null (group->side);
  g_assert_false (group->is_optional);
}

static void
test_unit_of_athlete (void)
{
  g_autoptr (LiftPrescription) group = parse_one ("3x5 225", "lb");
  g_autofree char *own = lift_prescription_print (group, "lb");
  g_autofree char *other = lift_prescription_print (group, "kg");

  g_assert_cmpfloat (group->weight, ==, 225 * LIFT_KG_PER_LB);
  g_assert_cmpstr (own, ==, "3x5 225");
  g_assert_cmpstr (other, ==, "3x5 225lb");
}

static void
assert_words (const char *text, const char *words)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (text, "kg", NULL, NULL);
  g_autofree char *description = NULL;

  g_assert_nonnull (entry);
  description = lift_quick_entry_describe (entry);
  g_assert_cmpstr (description, ==, words);
}

static void
test_describe (void)
{
  assert_words ("w 2x5 60, 3x5 100 @8",
                "2 warm-up sets of 5 · 60 kg, 3 sets of 5 · 100 kg · RPE 8");
  assert_words ("1x5+ 90%", "1 set of 5 or more · 90 %");
  assert_words ("1x+", "1 set of as many as possible");
  assert_words ("3x8-12 r2 t31X0 120s",
                "3 sets of 8–12 · 2 reps in reserve · tempo 31X0 · rest 2 min");
  assert_words ("3x?-12", "3 sets of up to 12");
  assert_words ("3x?", "3 sets");
  assert_words ("3x30s 90s left", "3 sets of 30 s · rest 90 s · left side");
  assert_words ("2x400m for2:30", "2 sets of 400 m · 2 min 30 s");
  assert_words ("fail 1x8 225lb opt", "1 set to failure of 8 · 225 lb · optional");
  assert_words ("3x5 for3s", "3 sets of 5 · 3 s");
  assert_words ("100 @8", "100 kg · RPE 8");
  assert_words ("x", "skipped");
  assert_words ("+2.5", "load +2.5");
  assert_words ("", "");
}

static void
test_apply (void)
{
  g_autoptr (LiftPrescription) group = parse_one ("3x5 100 r2 120s", "kg");
  g_autoptr (LiftPrescription) change = parse_one ("85% @8 t31X0", "kg");
  g_autoptr (LiftPrescription) load = parse_one ("225lb", "kg");
  g_autofree char *changed = NULL;
  g_autofree char *loaded = NULL;

  lift_prescription_apply (group, change);
  changed = lift_prescription_print (group, "kg");
  g_assert_cmpstr (changed, ==, "3x5 85% @8 t31X0 120s");
  lift_prescription_apply (group, load);
  loaded = lift_prescription_print (group, "kg");
  g_assert_cmpstr (loaded, ==, "3x5 225lb @8 t31X0 120s");
}

static void
test_append_joins (void)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_new ();
  g_autoptr (LiftPrescription) set = parse_one ("1x5 100", "kg");
  g_autoptr (LiftPrescription) heavier = parse_one ("1x5 105", "kg");
  g_autofree char *text = NULL;

  lift_quick_entry_append (entry, set);
  lift_quick_entry_append (entry, set);
  lift_quick_entry_append (entry, heavier);
  lift_quick_entry_append (entry, set);
  text = lift_quick_entry_print (entry, "kg");
  g_assert_cmpstr (text, ==, "2x5 100, 1x5 105, 1x5 100");
}

static void
test_append_fills_a_group (void)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_new ();
  g_autoptr (LiftPrescription) set = parse_one ("1x5", "kg");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100; i++)
    lift_quick_entry_append (entry, set);
  text = lift_quick_entry_print (entry, "kg");
  g_assert_cmpstr (text, ==, "99x5, 1x5");
}

static void
test_too_many_groups (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "3x5 ");
  g_assert_null (lift_quick_entry_parse (text->str, "kg", NULL, &error));
  g_assert_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/quick-entry/good", test_good);
  g_test_add_func ("/training/quick-entry/bad", test_bad);
  g_test_add_func ("/training/quick-entry/values", test_values);
  g_test_add_func ("/training/quick-entry/nothing-said", test_nothing_said);
  g_test_add_func ("/training/quick-entry/unit-of-athlete", test_unit_of_athlete);
  g_test_add_func ("/training/quick-entry/describe", test_describe);
  g_test_add_func ("/training/quick-entry/apply", test_apply);
  g_test_add_func ("/training/quick-entry/append-joins", test_append_joins);
  g_test_add_func ("/training/quick-entry/append-fills-a-group", test_append_fills_a_group);
  g_test_add_func ("/training/quick-entry/too-many-groups", test_too_many_groups);
  return g_test_run ();
}
