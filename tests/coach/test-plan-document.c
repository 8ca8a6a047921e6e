/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "coach-fixture.h"
#include "lift-plan-sets.h"
#include "lift-set-target.h"

static LiftPlanDocument *
open_plan (CoachFixture *self)
{
  g_autoptr (LiftTrainingPlan) plan = coach_fixture_add_plan (self, "Lower A", "2026-11-16");

  return coach_fixture_open (self, plan);
}

static void
assert_sets (LiftPlanLine *line, const char *expected)
{
  g_autofree char *text = lift_plan_sets_print (lift_plan_line_get_sets (line), "kg");

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_order (LiftPlanDocument *document, const char *expected)
{
  GListModel *lines = lift_plan_document_get_lines (document);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LiftPlanLine) line = g_list_model_get_item (lines, i);
      g_autofree char *title = NULL;

      g_object_get (line, "title", &title, NULL);
      g_assert_cmpint (lift_plan_line_get_plan (line)->order_index, ==, i);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", title);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_quick_entry (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  LiftPlanLine *line = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftSetPlan) first = NULL;
  g_autoptr (LiftSetPlan) last = NULL;

  coach_fixture_type_sets (self, document, line, "w 2x5 60, 3x5 100 @8");
  g_assert_cmpuint (g_list_model_get_n_items (lift_plan_line_get_sets (line)), ==, 5);
  first = g_list_model_get_item (lift_plan_line_get_sets (line), 0);
  last = g_list_model_get_item (lift_plan_line_get_sets (line), 4);
  g_assert_cmpstr (first->kind, ==, "warmup");
  g_assert_cmpint (first->set_number, ==, 1);
  g_assert_cmpfloat (first->target_weight, ==, 60);
  g_assert_true (isnan (first->target_rpe));
  g_assert_cmpstr (last->kind, ==, "working");
  g_assert_cmpint (last->set_number, ==, 5);
  g_assert_cmpint (last->target_reps, ==, 5);
  g_assert_cmpfloat (last->target_rpe, ==, 8);
  g_assert_cmpstr (last->athlete_id, ==, self->athlete_id);
  assert_sets (line, "w 2x5 60, 3x5 100 @8");
  g_object_unref (line);
  g_assert_finalize_object (document);
}

static void
test_undo (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autofree char *none = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_autofree char *some = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpstr (none, ==, "");
  coach_fixture_type_sets (self, document, line, "w 2x5 60, 3x5 100 @8");
  some = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  coach_fixture_type_sets (self, document, line, "5x3 110 lb t31X0 120s");
  assert_sets (line, "5x3 110lb t31X0 120s");
  coach_fixture_undo (self);
  after = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_assert_cmpstr (after, ==, some);
  assert_sets (line, "w 2x5 60, 3x5 100 @8");
  coach_fixture_undo (self);
  again = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_assert_cmpstr (again, ==, none);
  assert_sets (line, "");
  coach_fixture_redo (self);
  assert_sets (line, "w 2x5 60, 3x5 100 @8");
  g_assert_finalize_object (document);
}

static void
test_change (CoachFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *becomes;
  } cases[] = {
    { "102.5", "w 2x5 60, 3x5 102.5 @8" },
    { "+2.5", "w 2x5 60, 3x5 105 @8" },
    { "@9", "w 2x5 60, 3x5 105 @9" },
    { "+1 set", "w 2x5 60, 4x5 105 @9" },
    { "w 2x5 60, 2x5 105", "w 2x5 60, 2x5 105" },
    { "", "" },
  };
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");

  coach_fixture_type_sets (self, document, line, "w 2x5 60, 3x5 100 @8");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      coach_fixture_type_sets (self, document, line, cases[i].typed);
      assert_sets (line, cases[i].becomes);
    }
  g_assert_finalize_object (document);
}

static void
test_refused (CoachFixture *self, gconstpointer data)
{
  static const char *const typed[] = { "102.5", "+2.5", "x" };
  g_autoptr (GListStore) none = g_list_store_new (LIFT_TYPE_ENTITY);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (typed[i], "kg", NULL, NULL);

      g_assert_nonnull (entry);
      g_assert_null (lift_plan_sets_resolve (G_LIST_MODEL (none), entry, &error));
      g_assert_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_CONFLICT);
    }
}

/* The rows of sets stay who they are when others are typed, so that what was done keeps its plan. */
static void
test_same_rows (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftEntity) before = NULL;
  g_autoptr (LiftEntity) after = NULL;

  coach_fixture_type_sets (self, document, line, "3x5 100");
  before = g_list_model_get_item (lift_plan_line_get_sets (line), 1);
  coach_fixture_type_sets (self, document, line, "2x8 80");
  after = g_list_model_get_item (lift_plan_line_get_sets (line), 1);
  g_assert_true (before == after);
  g_assert_cmpint (LIFT_SET_PLAN (after)->target_reps, ==, 8);
  g_assert_cmpuint (g_list_model_get_n_items (lift_plan_line_get_sets (line)), ==, 2);
  g_assert_finalize_object (document);
}

static void
test_reorder (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) squat = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftPlanLine) bench = coach_fixture_add_line (self, document, "Bench Press");
  g_autoptr (LiftPlanLine) curl = coach_fixture_add_line (self, document, "Leg Curl");

  assert_order (document, "Back Squat, Bench Press, Leg Curl");
  coach_fixture_take (self, lift_plan_document_move_line (document, curl, 0));
  assert_order (document, "Leg Curl, Back Squat, Bench Press");
  coach_fixture_take (self, lift_plan_document_move_line (document, squat, 99));
  assert_order (document, "Leg Curl, Bench Press, Back Squat");
  coach_fixture_undo (self);
  assert_order (document, "Leg Curl, Back Squat, Bench Press");
  coach_fixture_undo (self);
  assert_order (document, "Back Squat, Bench Press, Leg Curl");
  g_assert_finalize_object (document);
}

static void
test_variants (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftVariant)
    pause = coach_fixture_add (self, LIFT_TYPE_VARIANT, "name", "pause", NULL);
  g_autoptr (LiftVariant) wide = coach_fixture_add (self, LIFT_TYPE_VARIANT, "name", "wide", NULL);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;
  g_autofree char *undone = NULL;

  g_ptr_array_add (chosen, pause);
  g_ptr_array_add (chosen, wide);
  coach_fixture_take (self, lift_plan_document_set_variants (document, line, chosen));
  g_object_get (line, "variants-text", &both, NULL);
  g_assert_true (g_str_equal (both, "pause, wide") || g_str_equal (both, "wide, pause"));
  g_ptr_array_remove (chosen, wide);
  coach_fixture_take (self, lift_plan_document_set_variants (document, line, chosen));
  g_object_get (line, "variants-text", &one, NULL);
  g_assert_cmpstr (one, ==, "pause");
  coach_fixture_undo (self);
  g_object_get (line, "variants-text", &undone, NULL);
  g_assert_cmpstr (undone, ==, both);
  g_assert_finalize_object (document);
}

static void
test_publish (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);

  coach_fixture_take (self, lift_plan_document_edit (document, "Draft", "status", "draft", NULL));
  g_assert_cmpstr (lift_plan_document_get_plan (document)->status, ==, "draft");
  coach_fixture_take (self,
                      lift_plan_document_edit (document, "Publish", "status", "published", NULL));
  g_assert_cmpstr (lift_plan_document_get_plan (document)->status, ==, "published");
  coach_fixture_undo (self);
  g_assert_cmpstr (lift_plan_document_get_plan (document)->status, ==, "draft");
  g_assert_finalize_object (document);
}

static void
test_no_change (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftBatch)
    batch = lift_plan_document_edit (document, "Rename", "name", "Lower A", NULL);

  g_assert_true (lift_batch_is_empty (batch));
  g_assert_finalize_object (document);
}

static void
test_sets_by_row (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftSetPlan) first = NULL;

  coach_fixture_take (self, lift_plan_document_add_set (document, line));
  coach_fixture_type_sets (self, document, line, "1x5 100, 1x3 110");
  coach_fixture_take (self, lift_plan_document_add_set (document, line));
  assert_sets (line, "1x5 100, 2x3 110");
  first = g_list_model_get_item (lift_plan_line_get_sets (line), 0);
  coach_fixture_take (self, lift_plan_document_remove_set (document, line, first));
  assert_sets (line, "2x3 110");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LiftSetPlan) set = g_list_model_get_item (lift_plan_line_get_sets (line), i);

      g_assert_cmpint (set->set_number, ==, i + 1);
    }
  coach_fixture_undo (self);
  assert_sets (line, "1x5 100, 2x3 110");
  g_assert_finalize_object (document);
}

static void
test_remove_line (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autofree char *sets = NULL;
  g_autofree char *none = NULL;
  g_autofree char *after = NULL;

  coach_fixture_type_sets (self, document, line, "3x5 100");
  sets = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  coach_fixture_take (self, lift_plan_document_remove_line (document, line));
  none = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_assert_cmpstr (none, ==, "");
  assert_order (document, "");
  coach_fixture_undo (self);
  after = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_assert_cmpstr (after, ==, sets);
  assert_order (document, "Back Squat");
  g_assert_finalize_object (document);
}

static void
test_change_exercise (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);
  g_autoptr (LiftPlanLine) line = coach_fixture_add_line (self, document, "Back Squat");
  g_autoptr (LiftExercise) bench = coach_fixture_find_exercise (self, "Bench Press");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  coach_fixture_type_sets (self, document, line, "3x5 100");
  coach_fixture_take (self, lift_plan_document_change_exercise (document, line, bench, none));
  assert_order (document, "Bench Press");
  assert_sets (line, "3x5 100");
  g_assert_finalize_object (document);
}

static void
test_delete (CoachFixture *self, gconstpointer data)
{
  LiftPlanDocument *document = open_plan (self);

  coach_fixture_take (self, lift_plan_document_delete (document));
  g_assert_null (lift_plan_document_get_plan (document));
  coach_fixture_undo (self);
  g_assert_nonnull (lift_plan_document_get_plan (document));
  g_assert_finalize_object (document);
}

static void
test_targets (void)
{
  static const struct
  {
    LiftSetTarget target;
    const char *typed;
    const char *unit;
    const char *printed; /* NULL: refused */
  } cases[] = {
    { LIFT_SET_TARGET_REPS, "5", "kg", "5" },
    { LIFT_SET_TARGET_REPS, " 8-12 ", "kg", "8-12" },
    { LIFT_SET_TARGET_REPS, "30s", "kg", "30s" },
    { LIFT_SET_TARGET_REPS, "", "kg", "" },
    { LIFT_SET_TARGET_REPS, "five", "kg", NULL },
    { LIFT_SET_TARGET_REPS, "5, 3x5", "kg", NULL },
    { LIFT_SET_TARGET_LOAD, "102.5", "kg", "102.5" },
    { LIFT_SET_TARGET_LOAD, "225 lb", "kg", "225 lb" },
    { LIFT_SET_TARGET_LOAD, "225", "lb", "225" },
    { LIFT_SET_TARGET_LOAD, "85%", "kg", "85%" },
    { LIFT_SET_TARGET_LOAD, "", "kg", "" },
    { LIFT_SET_TARGET_LOAD, "9000", "kg", NULL },
    { LIFT_SET_TARGET_LOAD, "heavy", "kg", NULL },
    { LIFT_SET_TARGET_EFFORT, "8.5", "kg", "8.5" },
    { LIFT_SET_TARGET_EFFORT, "r2", "kg", "r2" },
    { LIFT_SET_TARGET_EFFORT, "", "kg", "" },
    { LIFT_SET_TARGET_EFFORT, "11", "kg", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiftSetPlan) set = lift_entity_new (LIFT_TYPE_SET_PLAN, lift_clock_get_system ());
      g_autoptr (GError) error = NULL;
      gboolean good = lift_set_target_edit (set, cases[i].target, cases[i].typed, cases[i].unit,
                                            &error);
      g_autofree char *text = lift_set_target_print (set, cases[i].target, cases[i].unit);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpint (good, ==, cases[i].printed != NULL);
      g_assert_cmpint (error == NULL, ==, good);
      g_assert_cmpstr (text, ==, good ? cases[i].printed : "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  COACH_TEST ("/coach/plan-document/quick-entry", test_quick_entry);
  COACH_TEST ("/coach/plan-document/undo", test_undo);
  COACH_TEST ("/coach/plan-document/change", test_change);
  COACH_TEST ("/coach/plan-document/refused", test_refused);
  COACH_TEST ("/coach/plan-document/same-rows", test_same_rows);
  COACH_TEST ("/coach/plan-document/reorder", test_reorder);
  COACH_TEST ("/coach/plan-document/variants", test_variants);
  COACH_TEST ("/coach/plan-document/publish", test_publish);
  COACH_TEST ("/coach/plan-document/no-change", test_no_change);
  COACH_TEST ("/coach/plan-document/sets-by-row", test_sets_by_row);
  COACH_TEST ("/coach/plan-document/remove-line", test_remove_line);
  COACH_TEST ("/coach/plan-document/change-exercise", test_change_exercise);
  COACH_TEST ("/coach/plan-document/delete", test_delete);
  g_test_add_func ("/coach/plan-document/targets", test_targets);
  return g_test_run ();
}
