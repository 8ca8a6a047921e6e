/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-day.h"
#include "lift-format.h"
#include "lift-session-page-private.h"
#include "lift-toast.h"
#include "lift-workout-label.h"

enum
{
  CLOSED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftSessionPage, lift_session_page, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static void load (LiftSessionPage *self);

static void
row_logged_cb (LiftSessionPage *self, LiftSetRow *row)
{
  LiftSetRow *next = lift_session_page_find_next (self, row);

  /* One Enter too many after the last set ends nothing. */
  gtk_widget_grab_focus (next != NULL ? GTK_WIDGET (next) : GTK_WIDGET (self->rpe_row));
  lift_session_page_mark_next (self);
}

static GtkWidget *
new_card (LiftSessionPage *self)
{
  GtkWidget *card = lift_exercise_card_new (self->editor, self->unit);

  lift_exercise_card_set_narrow (LIFT_EXERCISE_CARD (card), self->is_narrow);
  g_signal_connect_object (card, "logged", G_CALLBACK (row_logged_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->cards, card);
  return card;
}

static GtkWidget *
take_card (GPtrArray *cards, const char *id)
{
  for (guint i = 0; i < cards->len; i++)
    if (g_str_equal (lift_exercise_card_get_id (cards->pdata[i]), id))
      return g_ptr_array_steal_index (cards, i);
  return NULL;
}

static void
show_cards (LiftSessionPage *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->card_list);
  GtkWidget *previous = NULL;

  self->card_list = g_ptr_array_new ();
  for (guint i = 0; i < self->workout->exercises->len; i++)
    {
      LiftWorkoutExercise *exercise = g_ptr_array_index (self->workout->exercises, i);
      GtkWidget *card = take_card (before, LIFT_ENTITY (exercise->session)->id);
      g_autofree char *label = lift_workout_label (self->workout, i);

      if (card == NULL)
        card = new_card (self);
      lift_exercise_card_update (LIFT_EXERCISE_CARD (card), exercise, label);
      gtk_box_reorder_child_after (self->cards, card, previous);
      g_ptr_array_add (self->card_list, card);
      previous = card;
    }
  for (guint i = 0; i < before->len; i++)
    gtk_box_remove (self->cards, before->pdata[i]);
  gtk_widget_set_visible (self->empty, self->card_list->len == 0);
}

static gboolean
is_open (LiftWorkout *workout)
{
  return workout != NULL && g_strcmp0 (workout->session->status, "in_progress") == 0;
}

static void
show_title (LiftSessionPage *self)
{
  LiftTrainingSession *session = self->workout->session;
  LiftDay today = lift_day_today (lift_store_get_clock (self->store));
  LiftDay day = today;
  g_autofree char *when = NULL;

  if (lift_day_parse (session->session_date, &day))
    when = lift_format_day (day, today);
  adw_window_title_set_title (self->title, session->name != NULL ? session->name : _ ("Session"));
  adw_window_title_set_subtitle (self->title, when != NULL ? when : "");
  gtk_widget_set_visible (self->finish_button, is_open (self->workout));
}

static void
show_workout (LiftSessionPage *self)
{
  show_title (self);
  lift_session_page_details_show (self);
  show_cards (self);
}

static void
move_focus (LiftSessionPage *self, LiftWorkout *before)
{
  if (self->wants_focus == LIFT_SESSION_FOCUS_FIRST)
    lift_session_page_focus_first (self);
  else if (self->wants_focus == LIFT_SESSION_FOCUS_NEW)
    lift_session_page_focus_new (self, before);
  else if (self->wants_focus == LIFT_SESSION_FOCUS_ROW)
    lift_session_page_focus_wanted (self);
  self->wants_focus = LIFT_SESSION_FOCUS_STAYS;
  lift_session_page_mark_next (self);
}

static void
take_workout (LiftSessionPage *self, LiftWorkout *workout)
{
  LiftWorkout *before = self->workout;
  gboolean was_open = is_open (before);

  self->workout = workout;
  show_workout (self);
  move_focus (self, before);
  g_clear_pointer (&before, lift_workout_free);
  if (was_open && !is_open (workout))
    g_signal_emit (self, signals[CLOSED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSessionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftWorkout) workout = lift_workout_load_finish (LIFT_STORE (source), result, &error);

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_signal_emit (self, signals[CLOSED], 0);
      return;
    }
  /* While something is being written this may be older than what the page shows. */
  if (self->is_stale || lift_session_editor_is_writing (self->editor))
    {
      self->is_stale = TRUE;
      if (!lift_session_editor_is_writing (self->editor))
        load (self);
      return;
    }
  if (workout == NULL)
    {
      lift_toast_error (GTK_WIDGET (self), error);
      return;
    }
  take_workout (self, g_steal_pointer (&workout));
}

static void
load (LiftSessionPage *self)
{
  if (self->is_loading)
    {
      self->is_stale = TRUE;
      return;
    }
  self->is_stale = FALSE;
  self->is_loading = TRUE;
  lift_workout_load_async (self->store, self->session_id, self->cancellable, loaded_cb,
                           g_object_ref (self));
}

static void
store_changed_cb (LiftSessionPage *self, LiftChanges *changes)
{
  if (lift_workout_is_touched_by (changes))
    load (self);
}

static void
settled_cb (LiftSessionPage *self)
{
  if (self->is_stale)
    load (self);
}

static void
keep_text (gpointer row, gpointer user_data)
{
  lift_set_row_keep_text (row);
}

static void
failed_cb (LiftSessionPage *self, GError *error)
{
  for (guint i = 0; i < self->card_list->len; i++)
    {
      GPtrArray *rows = lift_exercise_card_get_rows (self->card_list->pdata[i]);

      g_ptr_array_foreach (rows, keep_text, NULL);
    }
  lift_toast_error (GTK_WIDGET (self), error);
  load (self);
}

static void
done_cb (LiftSessionPage *self, const char *title)
{
  lift_toast_undo (GTK_WIDGET (self), title);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (source);
  g_autoptr (LiftExerciseChoice) choice = lift_exercise_picker_choose_finish (result, NULL);

  if (choice == NULL || self->workout == NULL)
    return;
  self->wants_focus = LIFT_SESSION_FOCUS_NEW;
  lift_session_editor_add_exercise (self->editor, self->workout, choice);
}

static void
add_exercise_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (widget);

  lift_exercise_picker_choose_async (widget, self->store, NULL, self->athlete_id, self->cancellable,
                                     chosen_cb, NULL);
}

static guint
count_open_sets (LiftSessionPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->card_list->len; i++)
    {
      GPtrArray *rows = lift_exercise_card_get_rows (self->card_list->pdata[i]);

      for (guint j = 0; j < rows->len; j++)
        n += !lift_set_row_is_done (rows->pdata[j]);
    }
  return n;
}

static void
finish_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (widget);

  /* The key works without the button: correcting last week's session must not end it now. */
  if (!is_open (self->workout))
    return;
  /* Moves what is in a field to the store first, so that undo takes back the finish alone. */
  gtk_widget_grab_focus (self->finish_button);
  lift_session_page_details_flush (self);
  lift_session_editor_finish (self->editor, self->workout->session, count_open_sets (self));
}

static void
delete_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (widget);

  if (self->workout != NULL)
    lift_session_editor_delete (self->editor, self->workout->session);
}

static void
focus_new_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LIFT_SESSION_PAGE (widget)->wants_focus = LIFT_SESSION_FOCUS_NEW;
}

static void
lift_session_page_dispose (GObject *object)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (object);

  if (self->store != NULL)
    {
      lift_session_page_details_flush (self);
      g_signal_handlers_disconnect_by_data (self->store, self);
    }
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_cancellable_cancel (self->cancellable);
  lift_session_page_details_clear (self);
  g_clear_pointer (&self->card_list, g_ptr_array_unref);
  g_clear_pointer (&self->workout, lift_workout_free);
  g_clear_object (&self->editor);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_session_page_parent_class)->dispose (object);
}

static void
lift_session_page_finalize (GObject *object)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->athlete_id);
  g_free (self->session_id);
  g_free (self->focus_row_id);
  g_free (self->focus_part_id);
  G_OBJECT_CLASS (lift_session_page_parent_class)->finalize (object);
}

static void
lift_session_page_class_init (LiftSessionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_session_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_session_page_finalize;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-session-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, title);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, finish_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, cards);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, empty);
  lift_session_page_details_bind (widget_class);
  gtk_widget_class_install_action (widget_class, "session.add-exercise", NULL, add_exercise_cb);
  gtk_widget_class_install_action (widget_class, "session.finish", NULL, finish_cb);
  gtk_widget_class_install_action (widget_class, "session.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "session.focus-new", NULL, focus_new_cb);
}

static void
lift_session_page_init (LiftSessionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->card_list = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->wants_focus = LIFT_SESSION_FOCUS_FIRST;
  lift_session_page_details_init (self);
}

/**
 * lift_session_page_new:
 * @athlete_id: who trains
 * @session_id: the session
 * @unit: in what the person types loads
 *
 * Returns: (transfer none): a page that is being filled
 */
GtkWidget *
lift_session_page_new (LiftStore *store,
                       LiftUndo *undo,
                       const char *athlete_id,
                       const char *session_id,
                       const char *unit)
{
  LiftSessionPage *self = g_object_new (LIFT_TYPE_SESSION_PAGE, NULL);

  self->store = g_object_ref (store);
  self->editor = lift_session_editor_new (store, undo, athlete_id);
  self->athlete_id = g_strdup (athlete_id);
  self->session_id = g_strdup (session_id);
  self->unit = unit;
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "settled", G_CALLBACK (settled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

/**
 * lift_session_page_set_narrow:
 *
 * See lift_set_row_set_narrow().
 */
void
lift_session_page_set_narrow (LiftSessionPage *self, gboolean narrow)
{
  if (self->is_narrow == narrow)
    return;
  self->is_narrow = narrow;
  for (guint i = 0; i < self->card_list->len; i++)
    lift_exercise_card_set_narrow (self->card_list->pdata[i], narrow);
}

/**
 * lift_session_page_set_back_visible:
 *
 * Says whether there is a page to go back to.
 */
void
lift_session_page_set_back_visible (LiftSessionPage *self, gboolean visible)
{
  gtk_widget_set_visible (self->back_button, visible);
}

/**
 * lift_session_page_get_session_id:
 *
 * Returns: the id of the session
 */
const char *
lift_session_page_get_session_id (LiftSessionPage *self)
{
  return self->session_id;
}

/**
 * lift_session_page_show_row:
 * @part_id: (nullable): an exercise of the session, or the body weight of its day
 * @row_id: the row that is meant: the session, an exercise, a set, …
 *
 * Puts the focus there, as soon as the session was read.
 */
void
lift_session_page_show_row (LiftSessionPage *self, const char *part_id, const char *row_id)
{
  g_free (self->focus_row_id);
  g_free (self->focus_part_id);
  self->focus_row_id = g_strdup (row_id);
  self->focus_part_id = g_strdup (part_id);
  self->wants_focus = LIFT_SESSION_FOCUS_ROW;
  load (self);
}
