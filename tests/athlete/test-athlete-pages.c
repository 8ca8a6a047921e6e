/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "gym-fixture.h"
#include "lift-athlete-view.h"
#include "lift-database.h"
#include "lift-exercise-card.h"
#include "lift-session-page.h"
#include "lift-summary-pages.h"

/* The pages in a window of their own. */

typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
} Shown;

static Shown
show (GtkWidget *page)
{
  Shown shown = { gtk_window_new (), page };

  gtk_window_set_default_size (GTK_WINDOW (shown.window), 360, 720);
  gtk_window_set_child (GTK_WINDOW (shown.window), page);
  gtk_window_present (GTK_WINDOW (shown.window));
  return shown;
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

static GtkWidget *
walk (GtkWidget *widget, GType gtype, const char *text, guint *skip)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, gtype) &&
      (text == NULL ||
       (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text)) ||
       (GTK_IS_BUTTON (widget) &&
        g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)) &&
      (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = walk (child, gtype, text, skip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (GtkWidget *widget, GType gtype, const char *text, guint skip)
{
  return walk (widget, gtype, text, &skip);
}

typedef struct
{
  GtkWidget *top;
  GType gtype;
  const char *text;
} Wanted;

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;

  return find (wanted->top, wanted->gtype, wanted->text, 0) != NULL;
}

static GtkWidget *
wait_for (GtkWidget *top, GType gtype, const char *text)
{
  Wanted wanted = { top, gtype, text };

  gym_wait_until (is_there, &wanted);
  return find (top, gtype, text, 0);
}

static GtkEditable *
get_field (GtkWidget *row, const char *name)
{
  return GTK_EDITABLE (gtk_widget_get_template_child (row, LIFT_TYPE_SET_ROW, name));
}

static const char *
get_text (GtkWidget *row, const char *name)
{
  GtkLabel *label = GTK_LABEL (gtk_widget_get_template_child (row, LIFT_TYPE_SET_ROW, name));

  return gtk_widget_is_visible (GTK_WIDGET (label)) ? gtk_label_get_label (label) : "";
}

/* What the button says of the set: what was done. */
static const char *
get_done (GtkWidget *row)
{
  return gtk_widget_get_tooltip_text (
    GTK_WIDGET (gtk_widget_get_template_child (row, LIFT_TYPE_SET_ROW, "button")));
}

static void
press_enter (GtkEditable *field)
{
  g_signal_emit_by_name (field, "activate");
}

static Shown
open_session (GymFixture *self, LiftTrainingSession *session)
{
  Shown shown = show (lift_session_page_new (self->store.store, self->undo, self->store.athlete,
                                             LIFT_ENTITY (session)->id, "kg"));

  wait_for (shown.page, LIFT_TYPE_SET_ROW, NULL);
  return shown;
}

static GtkWidget *
get_row (Shown *shown, guint index)
{
  return find (shown->page, LIFT_TYPE_SET_ROW, NULL, index);
}

static gboolean
has_focus (Shown *shown, GtkWidget *row)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (shown->window));

  return focus != NULL && row != NULL && gtk_widget_is_ancestor (focus, row);
}

static void
test_prefilled (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *row = get_row (&shown, 1);

  g_assert_cmpstr (gtk_editable_get_text (get_field (row, "load")), ==, "100");
  g_assert_cmpstr (gtk_editable_get_text (get_field (row, "amount")), ==, "5");
  g_assert_cmpstr (gtk_editable_get_text (get_field (row, "rpe")), ==, "8");
  g_assert_nonnull (find (shown.page, GTK_TYPE_LABEL, "“chest up”", 0));
  g_assert_nonnull (find (shown.page, GTK_TYPE_LABEL, "· pause", 0));
  gtk_test_accessible_assert_property (get_field (row, "load"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Load set 2 Back Squat");
  gtk_test_accessible_assert_property (get_field (row, "amount"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Reps set 2 Back Squat");
  gtk_test_accessible_assert_property (get_field (row, "rpe"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "RPE set 2 Back Squat");
  g_assert_true (has_focus (&shown, get_row (&shown, 0)));
  hide (&shown);
}

static gboolean
all_are_done (gpointer data)
{
  GymFixture *self = data;
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_SET_SESSION);

  lift_query_where (query, "completedAt", LIFT_QUERY_IS_NULL, NULL);
  return lift_store_count_sync (self->store.store, query, NULL) == 0;
}

/* As planned is one Enter a set; supersets are walked in turn. */
static void
test_enter_logs_all (GymFixture *self, gconstpointer data)
{
  static const guint order[] = { 0, 1, 2, 3, 5, 4, 6 };
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) workout = NULL;
  Shown shown = open_session (self, session);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *row = get_row (&shown, order[i]);

      g_assert_true (has_focus (&shown, row));
      press_enter (get_field (row, "load"));
      g_assert_true (lift_set_row_is_done (LIFT_SET_ROW (row)));
    }
  g_assert_cmpstr (get_done (get_row (&shown, 6)), ==, "Done: 12 × 35 kg");
  gym_wait_until (all_are_done, self);
  hide (&shown);
  workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  g_assert_cmpfloat (gym_get_set (workout, 0, 1)->set->actual_weight, ==, 100);
  g_assert_cmpint (gym_get_set (workout, 2, 1)->set->actual_reps, ==, 12);
}

static void
test_other_values (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *row = get_row (&shown, 1);

  gtk_editable_set_text (get_field (row, "load"), "102.5 4 9");
  press_enter (get_field (row, "load"));
  g_assert_cmpstr (get_done (row), ==, "Done: 4 × 102.5 kg @9");
  row = get_row (&shown, 2);
  gtk_editable_set_text (get_field (row, "load"), "225 lb");
  press_enter (get_field (row, "load"));
  g_assert_cmpstr (get_done (row), ==, "Done: 5 × 225 lb @8");
  g_assert_cmpstr (gtk_editable_get_text (get_field (row, "load")), ==, "225 lb");
  hide (&shown);
}

/* Warm-ups are not counted; fields are named by the place of the set, whatever its kind. */
static void
test_numbers (GymFixture *self, gconstpointer data)
{
  static const char *const numbers[] = { "w", "1", "2", "1", "2" };
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpstr (get_text (get_row (&shown, i), "number"), ==, numbers[i]);
  hide (&shown);
}

/* On a phone the target goes once the fields say it, and stays where something else was done. */
static void
test_target_line (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *one = get_row (&shown, 1), *two = get_row (&shown, 2);

  lift_session_page_set_narrow (LIFT_SESSION_PAGE (shown.page), TRUE);
  g_assert_cmpstr (get_text (one, "target"), ==, "5 × 100 kg @8");
  press_enter (get_field (one, "load"));
  g_assert_cmpstr (get_text (one, "target"), ==, "");
  gtk_editable_set_text (get_field (two, "load"), "95 5 8");
  press_enter (get_field (two, "load"));
  g_assert_cmpstr (get_text (two, "target"), ==, "5 × 100 kg @8");
  lift_session_page_set_narrow (LIFT_SESSION_PAGE (shown.page), FALSE);
  g_assert_cmpstr (get_text (one, "target"), ==, "5 × 100 kg @8");
  hide (&shown);
}

static void
test_bad_value (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *row = get_row (&shown, 0);
  GtkWidget *error = GTK_WIDGET (gtk_widget_get_template_child (row, LIFT_TYPE_SET_ROW, "error"));

  gtk_editable_set_text (get_field (row, "amount"), "many");
  press_enter (get_field (row, "amount"));
  g_assert_false (lift_set_row_is_done (LIFT_SET_ROW (row)));
  g_assert_true (gtk_widget_get_visible (error));
  gtk_editable_set_text (get_field (row, "amount"), "");
  press_enter (get_field (row, "amount"));
  g_assert_false (lift_set_row_is_done (LIFT_SET_ROW (row)));
  gtk_editable_set_text (get_field (row, "amount"), "6");
  g_assert_false (gtk_widget_get_visible (error));
  press_enter (get_field (row, "amount"));
  g_assert_true (lift_set_row_is_done (LIFT_SET_ROW (row)));
  hide (&shown);
}

static gboolean
draft_is_stored (gpointer data)
{
  GymFixture *self = data;
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_SET_SESSION);

  lift_query_where (query, "actualWeight", LIFT_QUERY_EQUAL, "111");
  return lift_store_count_sync (self->store.store, query, NULL) == 1;
}

/* What was typed and not confirmed is there when the page is opened again. */
static void
test_draft_survives (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);

  gtk_editable_set_text (get_field (get_row (&shown, 1), "load"), "111");
  hide (&shown);
  gym_wait_until (draft_is_stored, self);
  shown = open_session (self, session);
  g_assert_cmpstr (gtk_editable_get_text (get_field (get_row (&shown, 1), "load")), ==, "111");
  g_assert_false (lift_set_row_is_done (LIFT_SET_ROW (get_row (&shown, 1))));
  hide (&shown);
}

static gboolean
is_stored (GymFixture *self, const char *key, const char *value)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_SET_SESSION);

  lift_query_where (query, key, LIFT_QUERY_EQUAL, value);
  return lift_store_count_sync (self->store.store, query, NULL) == 1;
}

static gboolean
reps_are_stored (gpointer data)
{
  return is_stored (data, "actualReps", "5");
}

static gboolean
load_is_stored (gpointer data)
{
  return is_stored (data, "actualWeight", "102.5");
}

static gboolean
note_is_stored (gpointer data)
{
  GymFixture *self = data;
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE_SESSION);

  lift_query_where (query, "notes", LIFT_QUERY_EQUAL, "felt");
  return lift_store_count_sync (self->store.store, query, NULL) == 1;
}

static gboolean
is_told (gpointer row)
{
  return *get_text (row, "error") != '\0';
}

/* While another program holds the file no set can be written: it is not shown as done, and what was
 * typed stays until it can. */
static void
test_failed_write_keeps_text (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  g_autoptr (LiftDatabase) other = lift_database_open (self->store.path, LIFT_DATABASE_WRITE, NULL);
  GtkWidget *row = get_row (&shown, 1);

  g_assert_true (lift_database_begin (other, NULL));
  gtk_editable_set_text (get_field (row, "load"), "102.5");
  press_enter (get_field (row, "load"));
  gym_wait_until (is_told, row);
  g_assert_false (lift_set_row_is_done (LIFT_SET_ROW (row)));
  g_assert_cmpstr (gtk_editable_get_text (get_field (row, "load")), ==, "102.5");
  lift_database_rollback (other);
  press_enter (get_field (row, "load"));
  gym_wait_until (load_is_stored, self);
  g_assert_true (lift_set_row_is_done (LIFT_SET_ROW (row)));
  g_assert_false (is_told (row));
  hide (&shown);
}

/* A note is stored without the blank at its end, and that is still there for the next word. */
static void
test_note_is_left_alone (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *card = find (shown.page, LIFT_TYPE_EXERCISE_CARD, NULL, 0);
  GtkEditable *notes = GTK_EDITABLE (
    gtk_widget_get_template_child (card, LIFT_TYPE_EXERCISE_CARD, "notes"));

  gtk_widget_grab_focus (GTK_WIDGET (notes));
  gtk_editable_set_text (notes, "felt ");
  gym_wait_until (note_is_stored, self);
  gtk_editable_set_text (get_field (get_row (&shown, 1), "load"), "102.5");
  gym_wait_until (load_is_stored, self);
  gym_fixture_settle (self);
  g_assert_cmpstr (gtk_editable_get_text (notes), ==, "felt ");
  hide (&shown);
}

/* Whoever stops to think finds the field as they left it, and an undo is seen all the same. */
static void
test_typing_is_left_alone (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkEditable *load = get_field (get_row (&shown, 1), "load");

  gtk_widget_grab_focus (GTK_WIDGET (load));
  gtk_editable_set_text (load, "");
  gym_wait_until (reps_are_stored, self);
  gym_fixture_settle (self);
  g_assert_cmpstr (gtk_editable_get_text (load), ==, "");
  gtk_editable_set_text (load, "102,50");
  gym_wait_until (load_is_stored, self);
  gym_fixture_settle (self);
  g_assert_cmpstr (gtk_editable_get_text (load), ==, "102,50");
  press_enter (load);
  g_assert_cmpstr (gtk_editable_get_text (load), ==, "102.5");
  hide (&shown);
}

static gboolean
has_eight_rows (gpointer data)
{
  return find (data, LIFT_TYPE_SET_ROW, NULL, 7) != NULL;
}

static void
test_add_set (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  GtkWidget *card = find (shown.page, LIFT_TYPE_EXERCISE_CARD, NULL, 0);

  gtk_widget_activate_action (card, "exercise.add-set", NULL);
  gym_wait_until (has_eight_rows, shown.page);
  g_assert_true (has_focus (&shown, get_row (&shown, 3)));
  g_assert_cmpint (lift_set_row_get_number (LIFT_SET_ROW (get_row (&shown, 3))), ==, 4);
  hide (&shown);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static gboolean
is_counted (gpointer data)
{
  return *(guint *) data > 0;
}

static void
test_finish (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_session (self, session);
  guint n_closed = 0;

  g_signal_connect_swapped (shown.page, "closed", G_CALLBACK (count_cb), &n_closed);
  gtk_widget_activate_action (shown.page, "session.finish", NULL);
  gym_wait_until (is_counted, &n_closed);
  hide (&shown);
}

/* The keys of finish work where its button is not shown. */
static void
test_finished_stays (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) before = NULL;
  g_autoptr (LiftWorkout) after = NULL;
  Shown shown;

  lift_session_editor_finish (self->editor, session, 0);
  gym_fixture_settle (self);
  before = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  lift_virtual_clock_advance (self->store.clock, G_TIME_SPAN_DAY);
  shown = open_session (self, session);
  gtk_widget_activate_action (shown.page, "session.finish", NULL);
  gtk_editable_set_text (get_field (get_row (&shown, 1), "load"), "111");
  hide (&shown);
  gym_wait_until (draft_is_stored, self);
  after = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  g_assert_cmpint (after->session->ended_at, ==, before->session->ended_at);
}

static Shown
open_view (GymFixture *self)
{
  return show (
    lift_athlete_view_new (self->store.store, self->undo, self->store.athlete, NULL, NULL));
}

static void
test_view_starts (GymFixture *self, gconstpointer data)
{
  Shown shown = open_view (self);
  GtkWidget *button;

  lift_athlete_view_set_width (LIFT_ATHLETE_VIEW (shown.page), 360);
  button = wait_for (shown.page, GTK_TYPE_BUTTON, "Start Session");
  g_assert_null (find (shown.page, GTK_TYPE_LABEL, "Not yet", 0));
  g_signal_emit_by_name (button, "clicked");
  wait_for (shown.page, LIFT_TYPE_SET_ROW, NULL);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_TRAINING_SESSION), ==, 1);
  hide (&shown);
}

static void
test_view_reopens (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  Shown shown = open_view (self);

  wait_for (shown.page, LIFT_TYPE_SET_ROW, NULL);
  hide (&shown);
}

static void
test_view_empty (GymFixture *self, gconstpointer data)
{
  Shown shown;

  lift_virtual_clock_advance (self->store.clock, 3 * G_TIME_SPAN_DAY);
  shown = open_view (self);
  wait_for (shown.page, GTK_TYPE_LABEL,
            "No plan for today. Start an unplanned session or ask your coach.");
  gtk_widget_activate_action (shown.page, "athlete.start-unplanned", NULL);
  wait_for (shown.page, GTK_TYPE_LABEL, "No Exercises Yet");
  hide (&shown);
}

static void
test_history (GymFixture *self, gconstpointer data)
{
  const LiftSetValues done = { 102.5, "kg", 5, 8.5 };
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  g_autoptr (LiftSetSession) set = lift_session_editor_log_set (
    self->editor, gym_get_set (workout, 0, 1)->set, &done, LIFT_MEASURE_REPS);
  Shown shown;

  lift_session_editor_finish (self->editor, workout->session, 0);
  gym_fixture_settle (self);
  shown = open_view (self);
  gtk_widget_activate_action (shown.page, "athlete.show-session", "s", LIFT_ENTITY (session)->id);
  wait_for (shown.page, GTK_TYPE_LABEL, "✓ 5 × 102.5 kg @8.5");
  g_assert_nonnull (find (shown.page, GTK_TYPE_LABEL, "5 × 100 kg @8", 0));
  g_assert_nonnull (find (shown.page, GTK_TYPE_LABEL, "not done", 0));
  hide (&shown);
}

static void
test_plan (GymFixture *self, gconstpointer data)
{
  Shown shown = show (lift_plan_page_new (self->store.store, LIFT_ENTITY (self->plan)->id, NULL));

  wait_for (shown.page, GTK_TYPE_LABEL, "8 × 80 kg");
  g_assert_nonnull (find (shown.page, GTK_TYPE_BUTTON, "Start Session", 0));
  hide (&shown);
}

/* Loads that were typed in no unit of their own are shown in the one that is chosen now. */
static void
test_unit_follows (GymFixture *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.liftlogger.Athlete");
  Shown shown;

  g_settings_set_string (settings, "unit", "kg");
  shown = show (lift_plan_page_new (self->store.store, LIFT_ENTITY (self->plan)->id, settings));
  wait_for (shown.page, GTK_TYPE_LABEL, "8 × 80 kg");
  g_settings_set_string (settings, "unit", "lb");
  wait_for (shown.page, GTK_TYPE_LABEL, "8 × 176.37 lb");
  g_settings_reset (settings, "unit");
  hide (&shown);
}

typedef struct
{
  Shown *shown;
  const char *id;
} Focused;

static gboolean
is_focused_row (gpointer data)
{
  Focused *wanted = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (wanted->shown->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, LIFT_TYPE_SET_ROW) : NULL;

  return row != NULL && g_strcmp0 (lift_set_row_get_id (LIFT_SET_ROW (row)), wanted->id) == 0;
}

typedef struct
{
  GtkWidget *top;
  const char *load;
} LoadShown;

static gboolean
shows_load (gpointer data)
{
  LoadShown *wanted = data;
  GtkWidget *row = find (wanted->top, LIFT_TYPE_SET_ROW, NULL, 0);

  return row != NULL && g_str_equal (gtk_editable_get_text (get_field (row, "load")), wanted->load);
}

/* A session that is open goes on in the other unit, too. */
static void
test_session_unit_follows (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (GSettings) settings = g_settings_new ("org.liftlogger.Athlete");
  Shown shown = show (
    lift_athlete_view_new (self->store.store, self->undo, self->store.athlete, NULL, settings));
  LoadShown kilograms = { shown.page, "60" };
  LoadShown pounds = { shown.page, "132.28" };

  gym_wait_until (shows_load, &kilograms);
  g_settings_set_string (settings, "unit", "lb");
  gym_wait_until (shows_load, &pounds);
  g_settings_reset (settings, "unit");
  gym_wait_until (shows_load, &kilograms);
  hide (&shown);
}

/* The row that was asked for has the focus once the session is there, and an exercise stands for
 * its first set. */
static void
test_place (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  LiftWorkoutExercise *exercise = workout->exercises->pdata[1];
  LiftPlace place = { .id = LIFT_ENTITY (session)->id,
                      .part_id = LIFT_ENTITY (exercise->session)->id,
                      .row_id = LIFT_ENTITY (gym_get_set (workout, 1, 1)->set)->id };
  Shown shown = open_view (self);
  Focused wanted = { &shown, place.row_id };

  wait_for (shown.page, LIFT_TYPE_SET_ROW, NULL);
  lift_athlete_view_show_place (LIFT_ATHLETE_VIEW (shown.page), &place);
  gym_wait_until (is_focused_row, &wanted);
  place.row_id = place.part_id;
  wanted.id = LIFT_ENTITY (gym_get_set (workout, 1, 0)->set)->id;
  lift_athlete_view_show_place (LIFT_ATHLETE_VIEW (shown.page), &place);
  gym_wait_until (is_focused_row, &wanted);
  hide (&shown);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  GYM_TEST ("/athlete/session/prefilled", test_prefilled);
  GYM_TEST ("/athlete/session/enter-logs-all", test_enter_logs_all);
  GYM_TEST ("/athlete/session/other-values", test_other_values);
  GYM_TEST ("/athlete/session/numbers", test_numbers);
  GYM_TEST ("/athlete/session/target-line", test_target_line);
  GYM_TEST ("/athlete/session/bad-value", test_bad_value);
  GYM_TEST ("/athlete/session/draft-survives", test_draft_survives);
  GYM_TEST ("/athlete/session/failed-write-keeps-text", test_failed_write_keeps_text);
  GYM_TEST ("/athlete/session/typing-is-left-alone", test_typing_is_left_alone);
  GYM_TEST ("/athlete/session/note-is-left-alone", test_note_is_left_alone);
  GYM_TEST ("/athlete/session/finished-stays", test_finished_stays);
  GYM_TEST ("/athlete/session/add-set", test_add_set);
  GYM_TEST ("/athlete/session/finish", test_finish);
  GYM_TEST ("/athlete/view/starts", test_view_starts);
  GYM_TEST ("/athlete/view/reopens", test_view_reopens);
  GYM_TEST ("/athlete/view/empty", test_view_empty);
  GYM_TEST ("/athlete/view/history", test_history);
  GYM_TEST ("/athlete/view/plan", test_plan);
  GYM_TEST ("/athlete/view/unit-follows", test_unit_follows);
  GYM_TEST ("/athlete/view/session-unit-follows", test_session_unit_follows);
  GYM_TEST ("/athlete/view/place", test_place);
  return g_test_run ();
}
