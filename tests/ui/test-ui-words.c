/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-entities.h"
#include "lift-exercise-search.h"
#include "lift-format.h"
#include "lift-load.h"
#include "lift-sync-words.h"
#include "lift-text.h"

/* Words and figures; no display is needed. */

#define NOW G_GINT64_CONSTANT (1772366400000000)
#define MINUTE G_TIME_SPAN_MINUTE

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_sets (void)
{
  assert_text (lift_format_set (5, LIFT_INT_NULL, 100, "kg", 8), "5 × 100 kg @8");
  assert_text (lift_format_set (8, 12, 60, NULL, NAN), "8–12 × 60 kg");
  assert_text (lift_format_set (5, 5, 102.5, "kg", 8.5), "5 × 102.5 kg @8.5");
  assert_text (lift_format_set (5, LIFT_INT_NULL, 225 * LIFT_KG_PER_LB, "lb", NAN), "5 × 225 lb");
  assert_text (lift_format_set (8, LIFT_INT_NULL, NAN, "kg", NAN), "8 reps");
  assert_text (lift_format_set (1, LIFT_INT_NULL, NAN, "kg", 9), "1 rep @9");
  assert_text (lift_format_set (LIFT_INT_NULL, LIFT_INT_NULL, 100, "kg", NAN), "100 kg");
  assert_text (lift_format_set (LIFT_INT_NULL, LIFT_INT_NULL, NAN, "kg", 8), "@8");
  assert_text (lift_format_set (LIFT_INT_NULL, LIFT_INT_NULL, NAN, "kg", NAN), "");
  assert_text (lift_format_load (NAN, "kg"), "");
  assert_text (lift_format_load_number (-20, "kg"), "-20");
}

static void
test_rows (void)
{
  g_autoptr (LiftSetSession) set = g_object_new (LIFT_TYPE_SET_SESSION, NULL);
  g_autoptr (LiftSetPlan) plan = g_object_new (LIFT_TYPE_SET_PLAN, NULL);

  lift_entity_set (LIFT_ENTITY (set), "target-reps", (gint64) 5, "target-weight", 100.0,
                   "actual-reps", (gint64) 4, "actual-weight", 100 * LIFT_KG_PER_LB,
                   "actual-weight-unit", "lb", NULL);
  assert_text (lift_format_target (set, "kg"), "5 × 100 kg");
  assert_text (lift_format_done (set, "kg"), "4 × 100 lb");
  lift_entity_set (LIFT_ENTITY (set), "actual-reps", LIFT_INT_NULL, "actual-weight", NAN,
                   "duration-seconds", (gint64) 90, "distance", 400.0, NULL);
  assert_text (lift_format_done (set, "kg"), "1:30 · 400 m");

  lift_entity_set (LIFT_ENTITY (plan), "target-reps", (gint64) 3, "target-percent", 85.0, NULL);
  assert_text (lift_format_planned (plan, "kg"), "3 reps · 85 %");
  lift_entity_set (LIFT_ENTITY (plan), "target-weight", 225 * LIFT_KG_PER_LB, "target-weight-unit",
                   "lb", NULL);
  assert_text (lift_format_planned (plan, "kg"), "3 × 225 lb");
}

static void
test_times (void)
{
  assert_text (lift_format_relative_time (NOW, NOW), "just now");
  assert_text (lift_format_relative_time (NOW - 59 * G_USEC_PER_SEC, NOW), "just now");
  assert_text (lift_format_relative_time (NOW - 2 * MINUTE, NOW), "2 min ago");
  assert_text (lift_format_relative_time (NOW - 3 * 60 * MINUTE, NOW), "3 h ago");
  assert_text (lift_format_relative_time (NOW - 24 * 60 * MINUTE, NOW), "1 day ago");
  assert_text (lift_format_relative_time (NOW - 5 * 24 * 60 * MINUTE, NOW), "5 days ago");
  /* A clock that was set back. */
  assert_text (lift_format_relative_time (NOW + 60 * MINUTE, NOW), "just now");
  assert_text (lift_format_duration (0), "0:00");
  assert_text (lift_format_duration (102), "1:42");
  assert_text (lift_format_duration (3723), "1:02:03");
}

static void
test_times_ahead (void)
{
  assert_text (lift_format_time_ahead (NOW - 1, NOW), "now");
  assert_text (lift_format_time_ahead (NOW + 30 * G_USEC_PER_SEC, NOW), "in less than a minute");
  assert_text (lift_format_time_ahead (NOW + 90 * G_USEC_PER_SEC, NOW), "in 2 min");
  assert_text (lift_format_time_ahead (NOW + 8 * MINUTE, NOW), "in 8 min");
}

static void
test_days (void)
{
  LiftDay today = lift_day_from_date (2026, 11, 16);

  assert_text (lift_format_day (today, today), "Today");
  assert_text (lift_format_day (today - 1, today), "Yesterday");
  assert_text (lift_format_day (today + 1, today), "Tomorrow");
  assert_text (lift_format_day (today - 7, today), "Mon 9 Nov");
  assert_text (lift_format_day (lift_day_from_date (2025, 12, 31), today), "31 Dec 2025");
  assert_text (lift_format_day_full (today), "Monday, 16 November 2026");
}

static void
test_words (void)
{
  g_assert_cmpstr (lift_format_muscle ("upper_back"), ==, "upper back");
  g_assert_cmpstr (lift_format_equipment ("trap_bar"), ==, "trap bar");
  g_assert_cmpstr (lift_format_set_kind ("warmup"), ==, "warm-up");
  g_assert_cmpstr (lift_format_tracking ("duration"), ==, "time");
  g_assert_cmpstr (lift_format_entity ("SetSession"), ==, "Logged set");
  g_assert_cmpstr (lift_format_muscle ("new_one"), ==, "new_one");
  g_assert_cmpstr (lift_format_muscle (NULL), ==, "");
}

static void
assert_state (LiftSyncState state, guint pending, gint64 last_synced, const char *expected)
{
  const LiftSyncFigures figures = { state, pending, 0, last_synced };

  assert_text (lift_sync_words_for_state (&figures, NOW), expected);
}

static void
test_sync_state (void)
{
  gint64 before = NOW - 2 * MINUTE;

  assert_state (LIFT_SYNC_IDLE, 0, before, "Synced 2 min ago");
  assert_state (LIFT_SYNC_IDLE, 3, before, "Saved on this computer · 3 changes waiting");
  assert_state (LIFT_SYNC_IDLE, 1, before, "Saved on this computer · 1 change waiting");
  assert_state (LIFT_SYNC_OFFLINE, 3, before, "Saved on this computer · 3 changes waiting");
  assert_state (LIFT_SYNC_OFFLINE, 0, before, "Saved on this computer · offline, synced 2 min ago");
  assert_state (LIFT_SYNC_PULLING, 3, before, "Syncing…");
  assert_state (LIFT_SYNC_PUSHING, 0, before, "Syncing…");
  assert_state (LIFT_SYNC_SIGNED_OUT, 0, before, "Sign in again · saved on this computer");
  assert_state (LIFT_SYNC_SIGNED_OUT, 2, before,
                "Sign in again · saved on this computer · 2 changes waiting");
  assert_state (LIFT_SYNC_IDLE, 0, LIFT_INT_NULL, "Saved on this computer · not synced yet");
}

static void
assert_now (LiftSyncState state, guint pending, gint64 last_synced, const char *expected)
{
  const LiftSyncFigures figures = { state, pending, 0, last_synced };

  assert_text (lift_sync_words_for_now (&figures), expected);
}

static void
test_sync_now (void)
{
  const LiftSyncFigures never = { LIFT_SYNC_IDLE, 0, 0, LIFT_INT_NULL };

  assert_now (LIFT_SYNC_IDLE, 0, NOW, "Everything is on the server");
  assert_now (LIFT_SYNC_IDLE, 0, LIFT_INT_NULL, "Nothing waits");
  assert_now (LIFT_SYNC_IDLE, 1, NOW, "Saved on this computer · 1 change waiting");
  assert_now (LIFT_SYNC_OFFLINE, 0, NOW, "Offline");
  assert_now (LIFT_SYNC_OFFLINE, 2, NOW, "Offline · saved on this computer · 2 changes waiting");
  assert_now (LIFT_SYNC_SIGNED_OUT, 2, NOW, "Sign in again to sync");
  assert_now (LIFT_SYNC_PULLING, 2, NOW, "Fetching what is new…");
  assert_now (LIFT_SYNC_PUSHING, 2, NOW, "Sending what changed…");
  assert_text (lift_sync_words_for_last_sync (&never, NOW), "Not synced yet");
}

/* A row that waits for a person is not counted among those that wait for a sync too. */
static void
test_sync_attention (void)
{
  const LiftSyncFigures all = { LIFT_SYNC_IDLE, 2, 2, NOW };
  const LiftSyncFigures some = { LIFT_SYNC_OFFLINE, 3, 2, NOW };

  assert_text (lift_sync_words_for_state (&all, NOW), "Saved on this computer");
  assert_text (lift_sync_words_for_now (&all), "Saved on this computer · 2 need attention");
  assert_text (lift_sync_words_for_state (&some, NOW), "Saved on this computer · 1 change waiting");
  assert_text (lift_sync_words_for_now (&some),
               "Offline · saved on this computer · 1 change waiting · 2 need attention");
}

static void
test_sync_faults (void)
{
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftWaitingRow row = { .state = LIFT_WAITING_NEEDS_ATTENTION, .faults = faults };

  assert_text (lift_sync_words_for_faults (&row), "The server did not say why.");
  g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_LOCKED, NULL, "The plan is locked."));
  g_ptr_array_add (
    faults, lift_fault_new (LIFT_FAULT_OUT_OF_RANGE, "targetRpe", "must lie between 1 and 10"));
  g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_REQUIRED, "shoeSize", "is needed"));
  g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_BAD_FORMAT, "name", "No such name"));
  assert_text (lift_sync_words_for_faults (&row),
               "The plan is locked.\nTarget RPE must lie between 1 and 10\nshoeSize is needed\n"
               "No such name");
  row.state = LIFT_WAITING_HELD;
  assert_text (lift_sync_words_for_faults (&row),
               "Goes once what it is a part of is on the server.");
}

static void
test_sync_change (void)
{
  LiftWaitingRow row = { .info = lift_entity_info_for_gtype (LIFT_TYPE_SET_PLAN) };

  row.change = LIFT_WAITING_ADDED;
  assert_text (lift_sync_words_for_change (&row), "Planned set · new");
  row.change = LIFT_WAITING_DELETED;
  assert_text (lift_sync_words_for_change (&row), "Planned set · deleted");
  row.change = LIFT_WAITING_EDITED;
  assert_text (lift_sync_words_for_change (&row), "Planned set · changed");
  g_assert_null (lift_sync_words_for_progress (&row));
  row.under_way = TRUE;
  g_assert_cmpstr (lift_sync_words_for_progress (&row), ==,
                   "Sent; the server has not answered yet.");
}

static void
assert_value (GType gtype, const char *key, const char *text, const char *expected)
{
  g_autoptr (LiftEntity) row = g_object_new (gtype, NULL);
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  if (text == NULL)
    lift_field_set_null (field, row);
  else
    g_assert_cmpint (lift_field_scan (field, row, text), ==, LIFT_FAULT_NONE);
  assert_text (lift_format_value (field, row, "kg"), expected);
}

static void
test_values (void)
{
  assert_value (LIFT_TYPE_SET_SESSION, "actualWeight", "102.5", "102.5 kg");
  assert_value (LIFT_TYPE_SET_SESSION, "actualWeight", NULL, "nothing");
  assert_value (LIFT_TYPE_SET_SESSION, "actualReps", "5", "5");
  assert_value (LIFT_TYPE_SET_SESSION, "actualRpe", "8.5", "8.5");
  assert_value (LIFT_TYPE_SET_SESSION, "durationSeconds", "90", "1:30");
  assert_value (LIFT_TYPE_SET_SESSION, "distance", "400", "400 m");
  assert_value (LIFT_TYPE_SET_SESSION, "kind", "warmup", "warm-up");
  assert_value (LIFT_TYPE_SET_SESSION, "notes", "easy", "“easy”");
  assert_value (LIFT_TYPE_SET_SESSION, "deletedAt", NULL, "not deleted");
  assert_value (LIFT_TYPE_SET_SESSION, "deletedAt", "2026-03-02T10:00:00Z", "deleted");
  assert_value (LIFT_TYPE_SET_PLAN, "targetPercent", "85", "85 %");
  assert_value (LIFT_TYPE_SET_PLAN, "isOptional", "true", "yes");
  assert_value (LIFT_TYPE_TRAINING_PLAN, "date", "2026-03-02", "Monday, 2 March 2026");
  assert_value (LIFT_TYPE_TRAINING_PLAN, "status", "draft", "draft");
  assert_value (LIFT_TYPE_EXERCISE, "primaryMuscles", "[\"upper_back\",\"traps\"]",
                "upper back, traps");
  assert_value (LIFT_TYPE_EXERCISE, "equipment", "trap_bar", "trap bar");
}

static guint
rank (LiftExercise *exercise, const char *typed)
{
  g_autofree char *folded = lift_text_fold (typed);

  return lift_exercise_search_rank (exercise, folded);
}

static void
test_search (void)
{
  g_autoptr (LiftExercise) squat = g_object_new (LIFT_TYPE_EXERCISE, NULL);
  g_autofree char *words = NULL;

  lift_entity_set (LIFT_ENTITY (squat), "name", "Back Squat", "aliases",
                   "[\"High Bar Squat\",\"Kniebeuge\"]", "primary-muscles",
                   "[\"quads\",\"glutes\"]", "equipment", "barbell", NULL);
  g_assert_cmpuint (rank (squat, ""), >, 0);
  g_assert_cmpuint (rank (squat, "BACK SQUAT"), >, rank (squat, "back s"));
  g_assert_cmpuint (rank (squat, "back s"), >, rank (squat, "squat back"));
  g_assert_cmpuint (rank (squat, "squat back"), >, rank (squat, "high bar"));
  g_assert_cmpuint (rank (squat, "high bar"), >, rank (squat, "quat"));
  g_assert_cmpuint (rank (squat, "kniebeuge"), ==, rank (squat, "back squat"));
  g_assert_cmpuint (rank (squat, "  squat "), >, 0);
  g_assert_cmpuint (rank (squat, "bench"), ==, 0);
  g_assert_cmpuint (rank (squat, "back bench"), ==, 0);

  words = lift_exercise_describe (squat);
  g_assert_cmpstr (words, ==, "quads, glutes · barbell");
  lift_entity_set (LIFT_ENTITY (squat), "aliases", "not JSON", NULL);
  g_assert_cmpuint (rank (squat, "kniebeuge"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/words/sets", test_sets);
  g_test_add_func ("/ui/words/rows", test_rows);
  g_test_add_func ("/ui/words/times", test_times);
  g_test_add_func ("/ui/words/times-ahead", test_times_ahead);
  g_test_add_func ("/ui/words/days", test_days);
  g_test_add_func ("/ui/words/wire", test_words);
  g_test_add_func ("/ui/words/sync-state", test_sync_state);
  g_test_add_func ("/ui/words/sync-now", test_sync_now);
  g_test_add_func ("/ui/words/sync-attention", test_sync_attention);
  g_test_add_func ("/ui/words/sync-faults", test_sync_faults);
  g_test_add_func ("/ui/words/sync-change", test_sync_change);
  g_test_add_func ("/ui/words/values", test_values);
  g_test_add_func ("/ui/words/search", test_search);
  return g_test_run ();
}
