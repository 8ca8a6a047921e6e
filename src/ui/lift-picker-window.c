/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-exercise-picker.h"
#include "lift-variant-picker.h"

/* A modal window around the pickers. It lives as long as the choice, which owns it. */
typedef struct
{
  GtkWindow *window;
  AdwWindowTitle *title;
  AdwBin *bin;
  LiftStore *store;
  LiftExercise *exercise;
  char *coach_id;
  gboolean is_done;
} Choice;

static void
choice_free (Choice *choice)
{
  gtk_window_destroy (choice->window);
  g_object_unref (choice->store);
  g_clear_object (&choice->exercise);
  g_free (choice->coach_id);
  g_free (choice);
}

/**
 * lift_exercise_choice_free:
 *
 * Frees a choice.
 */
void
lift_exercise_choice_free (LiftExerciseChoice *self)
{
  g_object_unref (self->exercise);
  g_ptr_array_unref (self->variants);
  g_free (self);
}

/* The window goes when the task does, not in the middle of a signal from inside it. */
static void
end (GTask *task)
{
  Choice *choice = g_task_get_task_data (task);

  choice->is_done = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (choice->window), FALSE);
  g_object_unref (task);
}

static void
cancel (GTask *task)
{
  Choice *choice = g_task_get_task_data (task);

  if (choice->is_done)
    return;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  end (task);
}

static gboolean
close_request_cb (GTask *task)
{
  cancel (task);
  return GDK_EVENT_STOP;
}

static GtkWindow *
new_window (GtkWidget *parent, Choice *choice)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  choice->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  choice->bin = ADW_BIN (adw_bin_new ());
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (choice->title));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice->bin));
  gtk_widget_set_vexpand (GTK_WIDGET (choice->bin), TRUE);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 560);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (parent)));
  return GTK_WINDOW (window);
}

static GTask *
new_task (GtkWidget *parent,
          LiftStore *store,
          const char *coach_id,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  Choice *choice = g_new0 (Choice, 1);

  choice->store = g_object_ref (store);
  choice->coach_id = g_strdup (coach_id);
  choice->window = new_window (parent, choice);
  g_task_set_task_data (task, choice, (GDestroyNotify) choice_free);
  g_signal_connect_swapped (choice->window, "close-request", G_CALLBACK (close_request_cb), task);
  return task;
}

static void
show (Choice *choice, GtkWidget *picker, const char *title, const char *subtitle)
{
  adw_window_title_set_title (choice->title, title);
  adw_window_title_set_subtitle (choice->title, subtitle);
  gtk_window_set_title (choice->window, title);
  adw_bin_set_child (choice->bin, picker);
  gtk_window_present (choice->window);
  gtk_widget_grab_focus (picker);
}

static void
show_variants (GTask *task, GCallback picked, const char *const *chosen_ids)
{
  Choice *choice = g_task_get_task_data (task);
  GtkWidget *picker = lift_variant_picker_new (choice->store, choice->exercise, choice->coach_id);

  lift_variant_picker_set_chosen (LIFT_VARIANT_PICKER (picker), chosen_ids);
  g_signal_connect_swapped (picker, "picked", picked, task);
  g_signal_connect_swapped (picker, "cancelled", G_CALLBACK (cancel), task);
  show (choice, picker, _ ("Variants"), choice->exercise->name);
}

static void
return_choice (GTask *task, GPtrArray *variants)
{
  Choice *choice = g_task_get_task_data (task);
  LiftExerciseChoice *answer = g_new0 (LiftExerciseChoice, 1);

  answer->exercise = g_object_ref (choice->exercise);
  answer->variants = g_ptr_array_ref (variants);
  g_task_return_pointer (task, answer, (GDestroyNotify) lift_exercise_choice_free);
  end (task);
}

/* Who can make no variants is not held up by a question about them. */
static void
exercise_picked_cb (GTask *task, LiftExercise *exercise)
{
  Choice *choice = g_task_get_task_data (task);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_set_object (&choice->exercise, exercise);
  if (choice->coach_id != NULL)
    show_variants (task, G_CALLBACK (return_choice), NULL);
  else
    return_choice (task, none);
}

/**
 * lift_exercise_picker_choose_async:
 * @parent: a widget inside the window that the choice is for
 * @coach_id: (nullable): the coach who owns what is made new
 * @athlete_id: (nullable): the athlete who owns a new exercise where there is no coach
 *
 * Asks for an exercise and then, where a coach is given, for its variants, in a modal window.
 */
void
lift_exercise_picker_choose_async (GtkWidget *parent,
                                   LiftStore *store,
                                   const char *coach_id,
                                   const char *athlete_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = new_task (parent, store, coach_id, cancellable, callback, user_data);
  GtkWidget *picker = lift_exercise_picker_new (store);

  g_task_set_source_tag (task, lift_exercise_picker_choose_async);
  lift_exercise_picker_set_owner (LIFT_EXERCISE_PICKER (picker), coach_id, athlete_id);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (exercise_picked_cb), task);
  g_signal_connect_swapped (picker, "cancelled", G_CALLBACK (cancel), task);
  show (g_task_get_task_data (task), picker, _ ("Add Exercise"), "");
}

/**
 * lift_exercise_picker_choose_finish:
 *
 * Returns: (transfer full) (nullable): the choice, or %NULL with %G_IO_ERROR_CANCELLED
 */
LiftExerciseChoice *
lift_exercise_picker_choose_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
return_variants (GTask *task, GPtrArray *variants)
{
  g_task_return_pointer (task, g_ptr_array_ref (variants), (GDestroyNotify) g_ptr_array_unref);
  end (task);
}

/**
 * lift_variant_picker_choose_async:
 * @chosen_ids: (nullable): the variants that are ticked at first
 *
 * Asks for the variants of an exercise, in a modal window.
 */
void
lift_variant_picker_choose_async (GtkWidget *parent,
                                  LiftStore *store,
                                  LiftExercise *exercise,
                                  const char *const *chosen_ids,
                                  const char *coach_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = new_task (parent, store, coach_id, cancellable, callback, user_data);
  Choice *choice = g_task_get_task_data (task);

  g_task_set_source_tag (task, lift_variant_picker_choose_async);
  choice->exercise = g_object_ref (exercise);
  show_variants (task, G_CALLBACK (return_variants), chosen_ids);
}

/**
 * lift_variant_picker_choose_finish:
 *
 * Returns: (transfer full) (element-type LiftVariant) (nullable): the variants that were ticked,
 *   or %NULL with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
lift_variant_picker_choose_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
