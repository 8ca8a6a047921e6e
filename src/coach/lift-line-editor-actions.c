/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-line-editor-private.h"

#include <glib/gi18n-lib.h>

#include "lift-exercise-picker.h"
#include "lift-toast.h"
#include "lift-variant.h"

static void
move_to (LiftLineEditor *self, LiftPlanLine *line, guint position)
{
  lift_desk_take_batch (self->desk, lift_plan_document_move_line (self->document, line, position),
                        NULL);
}

/* Where the exercise stands among those of the plan, from 0. */
guint
lift_line_editor_get_position (LiftLineEditor *self)
{
  guint position = 0;

  g_list_store_find (G_LIST_STORE (lift_plan_document_get_lines (self->document)), self->line,
                     &position);
  return position;
}

static void
up_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);
  guint position = lift_line_editor_get_position (self);

  if (position > 0)
    move_to (self, self->line, position - 1);
}

static void
down_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);

  move_to (self, self->line, lift_line_editor_get_position (self) + 1);
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);
  g_autofree char *title = NULL;
  g_autofree char *done = NULL;

  g_object_get (self->line, "title", &title, NULL);
  done = g_strdup_printf (_ ("%s removed"), title != NULL ? title : _ ("Exercise"));
  lift_desk_take_batch (self->desk, lift_plan_document_remove_line (self->document, self->line),
                        done);
}

static void
add_set_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);

  lift_desk_take_batch (self->desk, lift_plan_document_add_set (self->document, self->line), NULL);
}

static void
exercise_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftLineEditor) self = user_data;
  g_autoptr (LiftExerciseChoice) choice = lift_exercise_picker_choose_finish (result, NULL);

  if (choice == NULL)
    return;
  lift_desk_take_batch (self->desk,
                        lift_plan_document_change_exercise (self->document, self->line,
                                                            choice->exercise, choice->variants),
                        NULL);
}

static void
change_exercise_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);

  lift_exercise_picker_choose_async (widget, lift_desk_get_store (self->desk),
                                     lift_desk_get_coach_id (self->desk), NULL, NULL,
                                     exercise_chosen_cb, g_object_ref (self));
}

static void
variants_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftLineEditor) self = user_data;
  g_autoptr (GPtrArray) variants = lift_variant_picker_choose_finish (result, NULL);

  if (variants != NULL)
    lift_desk_take_batch (
      self->desk, lift_plan_document_set_variants (self->document, self->line, variants), NULL);
}

static char **
dup_variant_ids (LiftPlanLine *line)
{
  GListModel *variants = lift_plan_line_get_variants (line);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (LiftEntity) variant = g_list_model_get_item (variants, i);

      g_strv_builder_add (ids, variant->id);
    }
  return g_strv_builder_end (ids);
}

static void
variants_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (widget);
  LiftExercise *exercise = lift_plan_line_get_exercise (self->line);
  g_auto (GStrv) ids = dup_variant_ids (self->line);

  if (exercise == NULL)
    lift_toast (widget, "%s", _ ("This exercise has not arrived on this computer yet"));
  else
    lift_variant_picker_choose_async (
      widget, lift_desk_get_store (self->desk), exercise, (const char *const *) ids,
      lift_desk_get_coach_id (self->desk), NULL, variants_chosen_cb, g_object_ref (self));
}

/* Actions of the class, for its menu, its buttons and its keys. */
void
lift_line_editor_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "line.up", NULL, up_cb);
  gtk_widget_class_install_action (klass, "line.down", NULL, down_cb);
  gtk_widget_class_install_action (klass, "line.remove", NULL, remove_cb);
  gtk_widget_class_install_action (klass, "line.add-set", NULL, add_set_cb);
  gtk_widget_class_install_action (klass, "line.change-exercise", NULL, change_exercise_cb);
  gtk_widget_class_install_action (klass, "line.variants", NULL, variants_cb);
}

/* What can be done depends on where the exercise stands. */
void
lift_line_editor_update_actions (LiftLineEditor *self)
{
  guint n = g_list_model_get_n_items (lift_plan_document_get_lines (self->document));
  guint position = lift_line_editor_get_position (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.down", position + 1 < n);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, LiftLineEditor *self)
{
  return gdk_content_provider_new_typed (LIFT_TYPE_PLAN_LINE, self->line);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, LiftLineEditor *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (self->title_box);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LiftLineEditor *self)
{
  LiftPlanLine *line = g_value_get_object (value);

  if (line == self->line)
    return FALSE;
  move_to (self, line, lift_line_editor_get_position (self));
  return TRUE;
}

/* An exercise is dragged by its title and takes the place of the one that it is dropped on. */
void
lift_line_editor_add_dnd (LiftLineEditor *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (LIFT_TYPE_PLAN_LINE, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
