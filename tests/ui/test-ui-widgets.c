/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise-picker.h"
#include "lift-picker-row.h"
#include "lift-sign-in-page.h"
#include "lift-toast.h"
#include "lift-variant-picker.h"
#include "lift-window.h"
#include "lift-wrap-layout.h"
#include "ui-fixture.h"

/* The pickers, the window, and that every template loads. */

typedef struct
{
  LiftEntity *picked;
  GPtrArray *variants;
  guint n_cancelled;
} Answer;

static void
picked_cb (Answer *answer, LiftEntity *entity)
{
  g_set_object (&answer->picked, entity);
}

static void
variants_cb (Answer *answer, GPtrArray *variants)
{
  g_clear_pointer (&answer->variants, g_ptr_array_unref);
  answer->variants = g_ptr_array_ref (variants);
}

static void
cancelled_cb (Answer *answer)
{
  answer->n_cancelled++;
}

static void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->picked);
  g_clear_pointer (&answer->variants, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static GtkWidget *
open_picker (StoreFixture *self, Answer *answer)
{
  GtkWidget *picker = lift_exercise_picker_new (self->store);

  g_signal_connect_swapped (picker, "picked", G_CALLBACK (picked_cb), answer);
  g_signal_connect_swapped (picker, "cancelled", G_CALLBACK (cancelled_cb), answer);
  return picker;
}

static GtkEditable *
get_entry (GtkWidget *picker)
{
  return GTK_EDITABLE (ui_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL));
}

static void
type (GtkWidget *picker, const char *text)
{
  gtk_editable_set_text (get_entry (picker), text);
  store_fixture_settle ();
}

static gboolean
has_picked (gpointer data)
{
  return ((Answer *) data)->picked != NULL;
}

static gboolean
has_variants (gpointer data)
{
  return ((Answer *) data)->variants != NULL;
}

static void
close_window (StoreFixture *self, GtkWindow *window)
{
  gtk_window_destroy (window);
  while (g_atomic_int_get (&((GObject *) self->store)->ref_count) > 1)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_pick (StoreFixture *self, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  GtkWidget *picker = open_picker (self, &answer);
  GtkWindow *window = ui_show (picker);

  ui_wait_for (picker, LIFT_TYPE_PICKER_ROW, NULL);
  type (picker, "romanian dead");
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_true (has_picked (&answer));
  g_assert_cmpstr (LIFT_EXERCISE (answer.picked)->name, ==, "Romanian Deadlift");
  close_window (self, window);
}

static void
test_nothing_fits (StoreFixture *self, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  GtkWidget *picker = open_picker (self, &answer);
  GtkWindow *window = ui_show (picker);

  ui_wait_for (picker, LIFT_TYPE_PICKER_ROW, NULL);
  type (picker, "zzz");
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_false (has_picked (&answer));
  g_signal_emit_by_name (get_entry (picker), "stop-search");
  g_assert_cmpuint (answer.n_cancelled, ==, 1);
  close_window (self, window);
}

static void
test_new_exercise (StoreFixture *self, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  GtkWidget *picker = open_picker (self, &answer);
  GtkWindow *window = ui_show (picker);
  g_autoptr (LiftEntity) stored = NULL;

  lift_exercise_picker_set_owner (LIFT_EXERCISE_PICKER (picker), NULL, self->athlete);
  ui_wait_for (picker, LIFT_TYPE_PICKER_ROW, NULL);
  type (picker, "Sandbag Carry Uphill");
  g_signal_emit_by_name (get_entry (picker), "activate");
  ui_wait_until (has_picked, &answer);
  stored = lift_store_get_sync (self->store, lift_entity_get_info (answer.picked),
                                answer.picked->id, NULL);
  g_assert_cmpstr (LIFT_EXERCISE (stored)->name, ==, "Sandbag Carry Uphill");
  g_assert_cmpstr (LIFT_EXERCISE (stored)->athlete_id, ==, self->athlete);
  g_assert_null (LIFT_EXERCISE (stored)->coach_id);
  close_window (self, window);
}

static void
test_variants (StoreFixture *self, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (LiftEntity) pause = store_fixture_new (self, LIFT_TYPE_VARIANT);
  g_autoptr (LiftEntity) other = store_fixture_new (self, LIFT_TYPE_VARIANT);
  g_autoptr (LiftExercise) exercise = LIFT_EXERCISE (
    lift_store_get_sync (self->store, lift_entity_info_for_gtype (LIFT_TYPE_EXERCISE),
                         store_fixture_get_exercise (self), NULL));
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) exercises = lift_store_query_sync (self->store, query, NULL);
  GtkWidget *picker;
  GtkWindow *window;

  lift_entity_set (pause, "name", "pause", "coach-id", self->athlete, NULL);
  lift_entity_set (other, "name", "deficit", "coach-id", self->athlete, "exercise-id",
                   LIFT_ENTITY (exercises->pdata[1])->id, NULL);
  store_fixture_insert (self, pause);
  store_fixture_insert (self, other);
  picker = lift_variant_picker_new (self->store, exercise, self->athlete);
  window = ui_show (picker);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (variants_cb), &answer);
  ui_wait_for (picker, GTK_TYPE_LABEL, "pause");
  g_assert_null (ui_find (picker, GTK_TYPE_LABEL, "deficit"));

  /* Enter ticks what is searched for, makes what is not there, and is done when nothing is. */
  type (picker, "pau");
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (picker)), ==, "");
  type (picker, "close stance");
  g_signal_emit_by_name (get_entry (picker), "activate");
  /* Before the store has answered. */
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_true (has_variants (&answer));
  g_assert_cmpuint (answer.variants->len, ==, 2);
  ui_wait_for (picker, GTK_TYPE_LABEL, "close stance");
  close_window (self, window);
}

static void
test_variants_of_athlete (StoreFixture *self, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (LiftExercise) exercise = LIFT_EXERCISE (
    lift_store_get_sync (self->store, lift_entity_info_for_gtype (LIFT_TYPE_EXERCISE),
                         store_fixture_get_exercise (self), NULL));
  GtkWidget *picker = lift_variant_picker_new (self->store, exercise, NULL);
  GtkWindow *window = ui_show (picker);

  g_signal_connect_swapped (picker, "picked", G_CALLBACK (variants_cb), &answer);
  type (picker, "mine");
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_false (has_variants (&answer));
  type (picker, "");
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_cmpuint (answer.variants->len, ==, 0);
  close_window (self, window);
}

static void
test_window (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GtkApplication)
    application = gtk_application_new ("org.liftlogger.TestWindow", G_APPLICATION_NON_UNIQUE);
  GtkWidget *content = gtk_label_new ("Content");
  LiftWindow *window;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = lift_window_new (application, NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_null (lift_window_get_content (window));
  lift_window_show_content (window, content);
  g_assert_true (lift_window_get_content (window) == content);
  lift_window_show_sign_in (window, gtk_label_new ("Sign in"));
  g_assert_true (lift_window_get_content (window) == content);
  lift_window_show_content (window, NULL);
  g_assert_true (lift_window_get_content (window) == content);
  lift_toast (content, "%d < 4 & more", 3);
  ui_wait_for (GTK_WIDGET (window), GTK_TYPE_LABEL, "3 &lt; 4 &amp; more");
  lift_window_show_opening (window);
  g_assert_null (lift_window_get_content (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

/* Buttons that do not fit beside each other stand below each other, and none is made wider. */
static void
test_wrap_layout (StoreFixture *self, gconstpointer data)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  int width, height;

  gtk_widget_set_layout_manager (box, lift_wrap_layout_new (6));
  for (int i = 0; i < 3; i++)
    {
      GtkWidget *child = gtk_label_new (NULL);

      gtk_widget_set_size_request (child, 100, 30);
      gtk_box_append (GTK_BOX (box), child);
    }
  g_assert_cmpint (measure (box, GTK_ORIENTATION_HORIZONTAL, -1), ==, 312);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 100);
  g_assert_cmpint (measure (box, GTK_ORIENTATION_VERTICAL, 312), ==, 30);
  g_assert_cmpint (measure (box, GTK_ORIENTATION_VERTICAL, 311), ==, 66);
  g_assert_cmpint (measure (box, GTK_ORIENTATION_VERTICAL, 100), ==, 102);
  gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE);
  height = measure (box, GTK_ORIENTATION_VERTICAL, 206);
  g_assert_cmpint (height, ==, 30);
  g_assert_finalize_object (box);
}

/* A page stands over the content, which is there again with its focus when the page goes. */
static void
test_window_page (StoreFixture *self, gconstpointer data)
{
  LiftWindow *window = lift_window_new (NULL, NULL);
  GtkWidget *content = gtk_entry_new ();
  GtkWidget *page = gtk_button_new_with_label ("Page");

  lift_window_show_content (window, content);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (content);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  lift_window_show_page (window, page);
  g_assert_true (lift_window_get_page (window) == page);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == page);
  /* Signing in again in between leads back to the page. */
  lift_window_show_sign_in (window, gtk_label_new ("Sign in"));
  lift_window_show_content (window, NULL);
  g_assert_true (lift_window_get_page (window) == page);
  lift_window_close_page (window);
  g_assert_null (page);
  g_assert_null (lift_window_get_page (window));
  g_assert_true (lift_window_get_content (window) == content);
  g_assert_true (gtk_widget_get_focus_child (gtk_widget_get_parent (content)) == content);
  lift_window_close_page (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  STORE_TEST ("/ui/picker/pick", test_pick);
  STORE_TEST ("/ui/picker/nothing-fits", test_nothing_fits);
  STORE_TEST ("/ui/picker/new-exercise", test_new_exercise);
  STORE_TEST ("/ui/picker/variants", test_variants);
  STORE_TEST ("/ui/picker/variants-of-athlete", test_variants_of_athlete);
  STORE_TEST ("/ui/window", test_window);
  STORE_TEST ("/ui/window/page", test_window_page);
  STORE_TEST ("/ui/wrap-layout", test_wrap_layout);
  return g_test_run ();
}
