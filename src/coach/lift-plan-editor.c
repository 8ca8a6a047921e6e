/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-editor.h"

#include <glib/gi18n-lib.h>

#include "lift-exercise-picker.h"
#include "lift-format.h"
#include "lift-line-editor.h"
#include "lift-plan-details.h"
#include "lift-plan-document.h"
#include "lift-plan-review.h"
#include "lift-session-card.h"
#include "lift-toast.h"

struct _LiftPlanEditor
{
  AdwBin parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *publish_button;
  GtkWidget *narrow_publish_button;
  GtkScrolledWindow *scroller;
  LiftPlanDetails *details;
  LiftSessionCard *session_card;
  GtkBox *lines_box;
  GtkWidget *empty_label;
  GtkWidget *add_button;

  LiftDesk *desk;
  LiftPlanDocument *document;
  LiftPlanReview *review;
  char *athlete_name;
  char *focus_line_id; /* an exercise that was just added */
  gboolean is_new;
  gboolean was_shown;
  gboolean narrow;
  gboolean folded;
};

static guint closed_signal;

G_DEFINE_FINAL_TYPE (LiftPlanEditor, lift_plan_editor, ADW_TYPE_BIN)

static LiftTrainingPlan *
get_plan (LiftPlanEditor *self)
{
  return self->document != NULL ? lift_plan_document_get_plan (self->document) : NULL;
}

static void
set_status (LiftPlanEditor *self, const char *status, const char *label, const char *done)
{
  if (get_plan (self) != NULL)
    lift_desk_take_batch (
      self->desk, lift_plan_document_edit (self->document, label, "status", status, NULL), done);
}

static void
publish_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftPlanEditor *self = LIFT_PLAN_EDITOR (widget);

  if (g_list_model_get_n_items (lift_plan_document_get_lines (self->document)) == 0)
    lift_toast (widget, "%s", _ ("Add an exercise, then publish"));
  else
    set_status (self, "published", _ ("Publish Plan"), _ ("Plan published"));
}

static void
unpublish_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_status (LIFT_PLAN_EDITOR (widget), "draft", _ ("Back to Draft"),
              _ ("The plan is a draft again"));
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, closed_signal, 0);
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftPlanEditor *self = LIFT_PLAN_EDITOR (widget);

  if (get_plan (self) == NULL)
    return;
  lift_desk_take_batch (self->desk, lift_plan_document_delete (self->document), _ ("Plan deleted"));
  g_signal_emit (self, closed_signal, 0);
}

static void
exercise_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftPlanEditor) self = user_data;
  g_autoptr (LiftExerciseChoice) choice = lift_exercise_picker_choose_finish (result, NULL);

  if (choice == NULL || get_plan (self) == NULL)
    return;
  g_clear_pointer (&self->focus_line_id, g_free);
  lift_desk_take_batch (self->desk,
                        lift_plan_document_add_line (self->document, choice->exercise,
                                                     choice->variants, &self->focus_line_id),
                        NULL);
}

static void
add_exercise_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftPlanEditor *self = LIFT_PLAN_EDITOR (widget);

  if (get_plan (self) != NULL)
    lift_exercise_picker_choose_async (widget, lift_desk_get_store (self->desk),
                                       lift_desk_get_coach_id (self->desk), NULL, NULL,
                                       exercise_chosen_cb, g_object_ref (self));
}

static void
next_cb (LiftPlanEditor *self)
{
  gtk_widget_grab_focus (self->add_button);
}

static LiftLineEditor *
find_editor (LiftPlanEditor *self, LiftPlanLine *line)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->lines_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (lift_line_editor_get_line (LIFT_LINE_EDITOR (child)) == line)
      return LIFT_LINE_EDITOR (child);
  return NULL;
}

static GtkWidget *
add_editor (LiftPlanEditor *self, LiftPlanLine *line)
{
  GtkWidget *editor = lift_line_editor_new (self->desk, self->document, self->review, line);

  lift_line_editor_set_narrow (LIFT_LINE_EDITOR (editor), self->narrow);
  g_signal_connect_swapped (editor, "next", G_CALLBACK (next_cb), self);
  gtk_box_append (self->lines_box, editor);
  return editor;
}

/* What comes after the lines of the document is of exercises that are gone. */
static void
remove_after (LiftPlanEditor *self, GtkWidget *last)
{
  GtkWidget *child = last != NULL ? gtk_widget_get_next_sibling (last)
                                  : gtk_widget_get_first_child (GTK_WIDGET (self->lines_box));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->lines_box, child);
      child = next;
    }
}

static void
show_lines (LiftPlanEditor *self)
{
  GListModel *lines = lift_plan_document_get_lines (self->document);
  GtkWidget *last = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LiftPlanLine) line = g_list_model_get_item (lines, i);
      LiftLineEditor *known = find_editor (self, line);
      GtkWidget *editor = known != NULL ? GTK_WIDGET (known) : add_editor (self, line);

      if (gtk_widget_get_prev_sibling (editor) != last)
        gtk_box_reorder_child_after (self->lines_box, editor, last);
      lift_line_editor_refresh (LIFT_LINE_EDITOR (editor));
      if (g_strcmp0 (lift_plan_line_get_id (line), self->focus_line_id) == 0)
        {
          gtk_widget_grab_focus (editor);
          g_clear_pointer (&self->focus_line_id, g_free);
        }
      last = editor;
    }
  remove_after (self, last);
  gtk_widget_set_visible (self->empty_label, last == NULL);
}

static const char *
get_status_words (LiftTrainingPlan *plan)
{
  if (g_strcmp0 (plan->status, "draft") == 0)
    return _ ("Draft, only you see it");
  if (g_strcmp0 (plan->status, "cancelled") == 0)
    return _ ("Cancelled");
  return _ ("Published");
}

static void
show_header (LiftPlanEditor *self, LiftTrainingPlan *plan)
{
  gboolean published = g_strcmp0 (plan->status, "published") == 0;
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", self->athlete_name,
                                               get_status_words (plan));

  adw_window_title_set_title (self->title, plan->name);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_visible (self->publish_button, !published && !self->folded);
  gtk_widget_set_visible (self->narrow_publish_button, !published && self->folded);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.publish", !published);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.unpublish", published);
}

static void
show_first_time (LiftPlanEditor *self)
{
  if (self->was_shown)
    return;
  self->was_shown = TRUE;
  if (self->is_new)
    lift_plan_details_focus_name (self->details);
  else if (gtk_widget_get_focus_child (GTK_WIDGET (self->lines_box)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->lines_box), GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (LiftPlanEditor *self)
{
  LiftTrainingPlan *plan = get_plan (self);

  if (plan == NULL)
    {
      /* Deleted, here or elsewhere; a new one has not been written yet. */
      if (self->was_shown)
        g_signal_emit (self, closed_signal, 0);
      return;
    }
  show_header (self, plan);
  lift_plan_details_show (self->details, self->desk, self->document);
  show_lines (self);
  gtk_widget_set_visible (self->add_button, TRUE);
  show_first_time (self);
}

static void
reviewed_cb (LiftPlanEditor *self)
{
  lift_session_card_show (self->session_card, self->desk, self->review);
  if (get_plan (self) != NULL)
    show_lines (self);
}

static void
lift_plan_editor_dispose (GObject *object)
{
  LiftPlanEditor *self = LIFT_PLAN_EDITOR (object);

  lift_plan_editor_close (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lift_plan_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, header);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, title);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, publish_button);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, narrow_publish_button);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, details);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, session_card);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, lines_box);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, empty_label);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanEditor, add_button);
}

static void
lift_plan_editor_class_init (LiftPlanEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_plan_editor_dispose;
  closed_signal = g_signal_new ("closed", LIFT_TYPE_PLAN_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIFT_TYPE_PLAN_DETAILS);
  g_type_ensure (LIFT_TYPE_SESSION_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-plan-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "plan.add-exercise", NULL, add_exercise_cb);
  gtk_widget_class_install_action (widget_class, "plan.publish", NULL, publish_cb);
  gtk_widget_class_install_action (widget_class, "plan.unpublish", NULL, unpublish_cb);
  gtk_widget_class_install_action (widget_class, "plan.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "plan.close", NULL, close_cb);
}

static void
lift_plan_editor_init (LiftPlanEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lift_plan_editor_new:
 *
 * Returns: (transfer none): an editor of no plan
 */
GtkWidget *
lift_plan_editor_new (void)
{
  return g_object_new (LIFT_TYPE_PLAN_EDITOR, NULL);
}

/**
 * lift_plan_editor_set_desk:
 *
 * Says what it works with, before a plan is opened.
 */
void
lift_plan_editor_set_desk (LiftPlanEditor *self, LiftDesk *desk)
{
  g_set_object (&self->desk, desk);
}

/**
 * lift_plan_editor_open:
 * @athlete_name: for the title
 *
 * Shows a plan, as soon as it was read.
 */
void
lift_plan_editor_open (LiftPlanEditor *self, const char *plan_id, const char *athlete_name)
{
  LiftStore *store = lift_desk_get_store (self->desk);

  lift_plan_editor_close (self);
  self->athlete_name = g_strdup (athlete_name);
  self->document = lift_plan_document_new (store, plan_id);
  self->review = lift_plan_review_new (store, plan_id);
  self->was_shown = self->is_new = FALSE;
  adw_window_title_set_title (self->title, "");
  adw_window_title_set_subtitle (self->title, athlete_name);
  gtk_widget_set_visible (GTK_WIDGET (self->session_card), FALSE);
  gtk_widget_set_visible (self->add_button, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  g_signal_connect_swapped (self->document, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (self->review, "loaded", G_CALLBACK (reviewed_cb), self);
}

/**
 * lift_plan_editor_open_new:
 *
 * As [method@PlanEditor.open], for a plan that was just made and wants a name.
 */
void
lift_plan_editor_open_new (LiftPlanEditor *self, const char *plan_id, const char *athlete_name)
{
  lift_plan_editor_open (self, plan_id, athlete_name);
  self->is_new = TRUE;
}

/**
 * lift_plan_editor_open_at:
 * @line_id: (nullable): an exercise of the plan, which gets the focus; %NULL for its name
 *
 * As [method@PlanEditor.open].
 */
void
lift_plan_editor_open_at (LiftPlanEditor *self,
                          const char *plan_id,
                          const char *athlete_name,
                          const char *line_id)
{
  lift_plan_editor_open (self, plan_id, athlete_name);
  self->is_new = line_id == NULL;
  self->focus_line_id = g_strdup (line_id);
}

/**
 * lift_plan_editor_get_plan_id:
 *
 * Returns: (nullable): the plan that is open
 */
const char *
lift_plan_editor_get_plan_id (LiftPlanEditor *self)
{
  return self->document != NULL ? lift_plan_document_get_id (self->document) : NULL;
}

/**
 * lift_plan_editor_close:
 *
 * Lets go of the plan. What was typed in full is written.
 */
void
lift_plan_editor_close (LiftPlanEditor *self)
{
  if (self->document == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (self->review, self);
  if (self->lines_box != NULL)
    {
      lift_plan_details_leave (self->details);
      remove_after (self, NULL);
    }
  g_clear_object (&self->document);
  g_clear_object (&self->review);
  g_clear_pointer (&self->athlete_name, g_free);
  g_clear_pointer (&self->focus_line_id, g_free);
}

/**
 * lift_plan_editor_set_narrow:
 *
 * Says whether there is little room beside.
 */
void
lift_plan_editor_set_narrow (LiftPlanEditor *self, gboolean narrow)
{
  self->narrow = narrow;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->lines_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lift_line_editor_set_narrow (LIFT_LINE_EDITOR (child), narrow);
}

/**
 * lift_plan_editor_set_folded:
 *
 * Says whether it has the window to itself, whose buttons its header bar then shows on both sides.
 */
void
lift_plan_editor_set_folded (LiftPlanEditor *self, gboolean folded)
{
  self->folded = folded;
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
  if (get_plan (self) != NULL)
    show_header (self, get_plan (self));
}
