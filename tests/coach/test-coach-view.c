/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "coach-fixture.h"
#include "lift-coach-view.h"
#include "lift-day-column.h"
#include "lift-line-editor.h"
#include "lift-plan-card.h"
#include "lift-plan-details.h"
#include "lift-plan-editor.h"
#include "lift-plan-sets.h"
#include "lift-set-plan-row.h"
#include "lift-sets-entry.h"
#include "lift-week-view.h"

/* The first widget of a type that is shown, from above. */
static GtkWidget *
find_widget (GtkWidget *from, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (from), type) && gtk_widget_get_mapped (from))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
need_widget (GtkWidget *from, GType type)
{
  GtkWidget *found = find_widget (from, type);

  g_assert_nonnull (found);
  return found;
}

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
} Window;

static void
show_view (CoachFixture *self, Window *window, int width, int height)
{
  window->view = lift_coach_view_new (self->desk, NULL);
  window->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window->window), width, height);
  gtk_window_set_child (GTK_WINDOW (window->window), window->view);
  lift_coach_view_set_width (LIFT_COACH_VIEW (window->view), width);
  gtk_window_present (GTK_WINDOW (window->window));
  coach_fixture_settle (self);
}

static gboolean
is_plan_shown (gpointer data)
{
  GtkWidget *editor = find_widget (data, LIFT_TYPE_PLAN_EDITOR);

  return editor != NULL && find_widget (editor, LIFT_TYPE_PLAN_DETAILS) != NULL;
}

static gboolean
has_sets_entry (gpointer data)
{
  return find_widget (data, LIFT_TYPE_SETS_ENTRY) != NULL;
}

static gboolean
has_week (gpointer data)
{
  GtkWidget *week = find_widget (data, LIFT_TYPE_WEEK_VIEW);

  return week != NULL && find_widget (week, LIFT_TYPE_DAY_COLUMN) != NULL;
}

static gboolean
has_no_week (gpointer data)
{
  return !has_week (data);
}

static gboolean
has_status_page (gpointer data)
{
  return find_widget (data, ADW_TYPE_STATUS_PAGE) != NULL;
}

static void
close_view (Window *window)
{
  gtk_window_destroy (GTK_WINDOW (window->window));
}

/* A plan with one exercise, opened from the week. */
static LiftPlanLine *
open_plan (CoachFixture *self, Window *window, LiftPlanDocument **document)
{
  g_autoptr (LiftTrainingPlan) plan = coach_fixture_add_plan (self, "Lower A", "2026-11-16");
  LiftPlanLine *line;

  *document = coach_fixture_open (self, plan);
  line = coach_fixture_add_line (self, *document, "Back Squat");
  show_view (self, window, 1280, 800);
  coach_fixture_wait (has_week, window->view);
  g_signal_emit_by_name (find_widget (window->view, LIFT_TYPE_WEEK_VIEW), "open-plan",
                         LIFT_ENTITY (plan)->id);
  coach_fixture_wait (has_sets_entry, window->view);
  return line;
}

static void
test_empty (CoachFixture *self, gconstpointer data)
{
  Window window;
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  lift_batch_delete (batch, lift_entity_info_for_gtype (LIFT_TYPE_ATHLETE), self->athlete_id);
  lift_desk_take_batch (self->desk, lift_batch_ref (batch), NULL);
  show_view (self, &window, 1280, 800);
  coach_fixture_wait (has_status_page, window.view);
  g_assert_null (find_widget (window.view, LIFT_TYPE_DAY_COLUMN));
  close_view (&window);
}

/* Who is shown goes while they are shown. */
static void
test_athlete_goes (CoachFixture *self, gconstpointer data)
{
  Window window;
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  show_view (self, &window, 1280, 800);
  coach_fixture_wait (has_week, window.view);
  lift_batch_delete (batch, lift_entity_info_for_gtype (LIFT_TYPE_ATHLETE), self->athlete_id);
  coach_fixture_take (self, lift_batch_ref (batch));
  coach_fixture_wait (has_no_week, window.view);
  coach_fixture_wait (has_status_page, window.view);
  coach_fixture_undo (self);
  coach_fixture_wait (has_week, window.view);
  close_view (&window);
}

static gboolean
is_in_list (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX) != NULL;
}

/* Tab goes past the athletes, and whose week it is stays as it was. */
static void
test_tab_passes (CoachFixture *self, gconstpointer data)
{
  Window window;
  g_autoptr (LiftEntity)
    other = coach_fixture_add (self, LIFT_TYPE_ATHLETE, "display-name", "Zoe", "coach-id",
                               lift_desk_get_coach_id (self->desk), NULL);
  GtkWidget *list, *row;

  show_view (self, &window, 1280, 800);
  coach_fixture_wait (has_week, window.view);
  list = find_widget (window.view, GTK_TYPE_LIST_BOX);
  row = GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)));
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (is_in_list (window.window));
  gtk_widget_child_focus (window.window, GTK_DIR_TAB_FORWARD);
  g_assert_false (is_in_list (window.window));
  gtk_widget_child_focus (window.window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (is_in_list (window.window));
  gtk_widget_child_focus (window.window, GTK_DIR_TAB_BACKWARD);
  g_assert_false (is_in_list (window.window));
  g_assert_true (GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list))) == row);
  close_view (&window);
}

static void
test_sizes (CoachFixture *self, gconstpointer data)
{
  static const int widths[] = { 360, 699, 700, 1000, 1280, 1920 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Window window;
      int least;

      show_view (self, &window, widths[i], 720);
      gtk_widget_measure (window.view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, widths[i]);
      close_view (&window);
    }
}

static void
test_new_plan (CoachFixture *self, gconstpointer data)
{
  Window window;
  g_autofree char *plans = NULL;

  show_view (self, &window, 1280, 800);
  coach_fixture_wait (has_week, window.view);
  gtk_widget_activate_action (window.view, "coach.new-plan", NULL);
  coach_fixture_settle (self);
  coach_fixture_wait (is_plan_shown, window.view);
  plans = coach_fixture_dump (self, LIFT_TYPE_TRAINING_PLAN);
  g_assert_nonnull (strstr (plans, "\"date\":\"2026-11-19\""));
  g_assert_nonnull (strstr (plans, "\"status\":\"draft\""));
  coach_fixture_settle (self);
  /* Nobody is sent an empty day. */
  gtk_widget_activate_action (window.view, "coach.publish", NULL);
  coach_fixture_settle (self);
  g_free (plans);
  plans = coach_fixture_dump (self, LIFT_TYPE_TRAINING_PLAN);
  g_assert_null (strstr (plans, "\"status\":\"published\""));
  coach_fixture_undo (self);
  coach_fixture_wait (has_week, window.view);
  close_view (&window);
}

static void
type_sets (Window *window, const char *text)
{
  GtkWidget *sets = need_widget (window->view, LIFT_TYPE_SETS_ENTRY);
  GtkWidget *entry = need_widget (sets, GTK_TYPE_ENTRY);

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_quick_entry (CoachFixture *self, gconstpointer data)
{
  Window window;
  LiftPlanDocument *document;
  g_autoptr (LiftPlanLine) line = open_plan (self, &window, &document);
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;

  type_sets (&window, "w 2x5 60, 3x5 100 @8");
  coach_fixture_settle (self);
  text = lift_plan_sets_print (lift_plan_line_get_sets (line), "kg");
  g_assert_cmpstr (text, ==, "w 2x5 60, 3x5 100 @8");
  g_assert_nonnull (find_widget (window.view, LIFT_TYPE_SET_PLAN_ROW));
  type_sets (&window, "3x5 100 @");
  coach_fixture_settle (self);
  g_free (text);
  text = lift_plan_sets_print (lift_plan_line_get_sets (line), "kg");
  g_assert_cmpstr (text, ==, "w 2x5 60, 3x5 100 @8");
  coach_fixture_undo (self);
  none = coach_fixture_dump (self, LIFT_TYPE_SET_PLAN);
  g_assert_cmpstr (none, ==, "");
  close_view (&window);
  g_assert_finalize_object (document);
}

/* What was typed and not yet entered is written when the page goes. */
static void
test_left (CoachFixture *self, gconstpointer data)
{
  Window window;
  LiftPlanDocument *document;
  g_autoptr (LiftPlanLine) line = open_plan (self, &window, &document);
  GtkWidget *sets = need_widget (window.view, LIFT_TYPE_SETS_ENTRY);
  g_autofree char *text = NULL;

  gtk_editable_set_text (GTK_EDITABLE (need_widget (sets, GTK_TYPE_ENTRY)), "3x8 70");
  gtk_widget_activate_action (need_widget (window.view, LIFT_TYPE_PLAN_EDITOR), "plan.close", NULL);
  coach_fixture_settle (self);
  text = lift_plan_sets_print (lift_plan_line_get_sets (line), "kg");
  g_assert_cmpstr (text, ==, "3x8 70");
  close_view (&window);
  g_assert_finalize_object (document);
}

static void
test_deleted_elsewhere (CoachFixture *self, gconstpointer data)
{
  Window window;
  LiftPlanDocument *document;
  g_autoptr (LiftPlanLine) line = open_plan (self, &window, &document);

  coach_fixture_take (self, lift_plan_document_delete (document));
  coach_fixture_wait (has_week, window.view);
  close_view (&window);
  g_assert_finalize_object (document);
}

static void
test_line_actions (CoachFixture *self, gconstpointer data)
{
  Window window;
  LiftPlanDocument *document;
  g_autoptr (LiftPlanLine) squat = open_plan (self, &window, &document);
  g_autoptr (LiftPlanLine) bench = coach_fixture_add_line (self, document, "Bench Press");
  GtkWidget *editor = need_widget (window.view, LIFT_TYPE_LINE_EDITOR);

  g_assert_cmpstr (lift_plan_line_get_id (lift_line_editor_get_line (LIFT_LINE_EDITOR (editor))),
                   ==, lift_plan_line_get_id (squat));
  gtk_widget_activate_action (editor, "line.down", NULL);
  coach_fixture_settle (self);
  g_assert_cmpint (lift_plan_line_get_plan (squat)->order_index, ==, 1);
  g_assert_cmpint (lift_plan_line_get_plan (bench)->order_index, ==, 0);
  gtk_widget_activate_action (editor, "line.add-set", NULL);
  coach_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (lift_plan_line_get_sets (squat)), ==, 1);
  gtk_widget_activate_action (editor, "line.remove", NULL);
  coach_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (lift_plan_document_get_lines (document)), ==, 1);
  close_view (&window);
  g_assert_finalize_object (document);
}

/* While a load is typed, the set above goes on another computer: the load stays with its set. */
static void
test_typed_follows_its_set (CoachFixture *self, gconstpointer data)
{
  Window window;
  LiftPlanDocument *document;
  g_autoptr (LiftPlanLine) line = open_plan (self, &window, &document);
  GtkWidget *row;
  GtkWidget *load;
  g_autoptr (LiftSetPlan) first = NULL;
  g_autofree char *text = NULL;

  coach_fixture_type_sets (self, document, line, "1x5 100, 1x4 100, 1x3 100");
  coach_fixture_settle (self);
  row = gtk_widget_get_next_sibling (need_widget (window.view, LIFT_TYPE_SET_PLAN_ROW));
  load = GTK_WIDGET (gtk_widget_get_template_child (row, LIFT_TYPE_SET_PLAN_ROW, "load_entry"));
  gtk_widget_grab_focus (load);
  gtk_editable_set_text (GTK_EDITABLE (load), "110");
  first = g_list_model_get_item (lift_plan_line_get_sets (line), 0);
  coach_fixture_take (self, lift_plan_document_remove_set (document, line, first));
  coach_fixture_settle (self);
  text = lift_plan_sets_print (lift_plan_line_get_sets (line), "kg");
  g_assert_cmpstr (text, ==, "1x4 110, 1x3 100");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (load)), ==, "100");
  close_view (&window);
  g_assert_finalize_object (document);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  COACH_TEST ("/coach/view/empty", test_empty);
  COACH_TEST ("/coach/view/athlete-goes", test_athlete_goes);
  COACH_TEST ("/coach/view/tab-passes", test_tab_passes);
  COACH_TEST ("/coach/view/sizes", test_sizes);
  COACH_TEST ("/coach/view/new-plan", test_new_plan);
  COACH_TEST ("/coach/view/quick-entry", test_quick_entry);
  COACH_TEST ("/coach/view/left", test_left);
  COACH_TEST ("/coach/view/deleted-elsewhere", test_deleted_elsewhere);
  COACH_TEST ("/coach/view/typed-follows-its-set", test_typed_follows_its_set);
  COACH_TEST ("/coach/view/line-actions", test_line_actions);
  return g_test_run ();
}
