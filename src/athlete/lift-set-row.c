/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-set-row-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-format.h"
#include "lift-workout-label.h"

enum
{
  LOGGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftSetRow, lift_set_row, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* What the fields say needs no line above them; beside them it costs no room. */
static void
fit_info (LiftSetRow *self)
{
  gboolean has_target = *gtk_label_get_label (self->target) != '\0';
  gboolean has_note = *gtk_label_get_label (self->note) != '\0';

  if (self->is_narrow && lift_set_row_is_as_planned (self))
    has_target = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->target), has_target);
  gtk_widget_set_visible (GTK_WIDGET (self->note), has_note);
  gtk_widget_set_visible (GTK_WIDGET (self->info), !self->is_narrow || has_target || has_note);
}

static void
show_state (LiftSetRow *self)
{
  gboolean is_done = lift_set_row_is_done (self);
  g_autofree char *values = lift_format_done (
    is_done || self->last == NULL ? self->set : self->last, self->unit);
  g_autofree char *note = NULL;
  g_autofree char *done = NULL;

  if (is_done)
    /* Translators: what was done in this set, "Done: 5 × 97.5 kg @8". */
    done = g_strdup_printf (_ ("Done: %s"), values);
  else if (self->last != NULL)
    /* Translators: what was done in this set last time, "last 5 × 97.5 kg @8". */
    note = g_strdup_printf (_ ("last %s"), values);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), note);
  gtk_widget_set_tooltip_text (self->button, is_done ? done : _ ("Log Set (Enter)"));
  if (is_done)
    gtk_widget_add_css_class (GTK_WIDGET (self), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "done");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "set.unlog", is_done);
}

static void
take_set (LiftSetRow *self, LiftSetSession *set)
{
  g_clear_object (&self->set);
  self->set = set;
  show_state (self);
  fit_info (self);
}

static void
name_field (LiftSetRow *self, gpointer widget, const char *what)
{
  /* Translators: the name of a field for assistive technology, "Load set 3 Back Squat". */
  g_autofree char *name = g_strdup_printf (_ ("%s set %d %s"), what, (int) self->set->set_number,
                                           self->exercise_name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_fields (LiftSetRow *self)
{
  const char *const amounts[] = { _ ("Reps"), _ ("Seconds"), _ ("Metres") };

  name_field (self, self->load, _ ("Load"));
  name_field (self, self->amount, amounts[self->measure]);
  name_field (self, self->rpe, _ ("RPE"));
  name_field (self, self->button, _ ("Log"));
}

static void
show_plan (LiftSetRow *self, LiftSetPlan *plan)
{
  g_autofree char *text = NULL;

  if (plan != NULL && plan->target_weight == self->set->target_weight)
    text = lift_format_planned (plan, self->unit);
  else
    text = lift_format_target (self->set, self->unit);
  gtk_label_set_label (self->target, text);
  fit_info (self);
}

static void
show_number (LiftSetRow *self, int ordinal)
{
  g_autofree char *number = lift_set_label (ordinal);

  gtk_label_set_label (self->number, number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), lift_format_set_kind (self->set->kind));
}

/* Values of what is typed that are not stored yet, or FALSE if there are none or they are wrong. */
static gboolean
get_unsaved (LiftSetRow *self, LiftSetValues *values)
{
  LiftSetPart wrong;

  return lift_set_row_read (self, values, &wrong, NULL) &&
         !lift_set_values_equal (values, &self->shown);
}

static void
save (gpointer user_data)
{
  LiftSetRow *self = user_data;
  LiftSetValues values;

  if (self->set == NULL || !get_unsaved (self, &values))
    return;
  self->keeps_text = FALSE;
  if (lift_set_row_is_done (self))
    take_set (self, lift_session_editor_log_set (self->editor, self->set, &values, self->measure));
  else
    take_set (self,
              lift_session_editor_save_draft (self->editor, self->set, &values, self->measure));
  self->shown = values;
  g_free (self->shown_load);
  self->shown_load = g_strdup (gtk_editable_get_text (self->load));
}

static void
changed_cb (LiftSetRow *self)
{
  if (self->is_filling)
    return;
  lift_set_row_show_error (self, NULL, NULL);
  lift_autosave_touch (self->autosave);
}

static void
focus_left_cb (LiftSetRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  lift_autosave_flush (self->autosave);
  /* When it is the window that lost the focus, whoever comes back types over what is selected. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  for (int i = 0; i < LIFT_N_SET_PARTS; i++)
    gtk_editable_select_region (lift_set_row_get_field (self, i), 0, 0);
}

static gboolean
check_complete (LiftSetRow *self, LiftSetValues *values, LiftSetPart *wrong, GError **error)
{
  if (!lift_set_row_read (self, values, wrong, error))
    return FALSE;
  if (!isnan (values->amount))
    return TRUE;
  *wrong = LIFT_SET_PART_AMOUNT;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       self->measure == LIFT_MEASURE_REPS ? _ ("Type how many repetitions you did.")
                       : self->measure == LIFT_MEASURE_SECONDS ? _ ("Type how long it was.")
                                                               : _ ("Type how far it was."));
  return FALSE;
}

static void
log_cb (LiftSetRow *self)
{
  g_autoptr (GError) error = NULL;
  LiftSetPart wrong;
  LiftSetValues values;
  gboolean was_done = lift_set_row_is_done (self);

  lift_set_row_spread (self);
  if (!check_complete (self, &values, &wrong, &error))
    {
      lift_set_row_show_error (self, lift_set_row_get_field (self, wrong), error);
      gtk_widget_grab_focus (GTK_WIDGET (lift_set_row_get_field (self, wrong)));
      return;
    }
  lift_autosave_forget (self->autosave);
  self->keeps_text = FALSE;
  lift_set_row_show_error (self, NULL, NULL);
  take_set (self, lift_session_editor_log_set (self->editor, self->set, &values, self->measure));
  lift_set_row_fill (self, &values);
  if (!was_done)
    g_signal_emit (self, signals[LOGGED], 0);
}

static void
unlog_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSetRow *self = LIFT_SET_ROW (widget);

  take_set (self, lift_session_editor_unlog_set (self->editor, self->set));
}

static void
delete_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSetRow *self = LIFT_SET_ROW (widget);

  lift_autosave_forget (self->autosave);
  lift_session_editor_delete_set (self->editor, self->set);
}

/* On a set that is done the button takes the tick away, unless there is a correction to log. */
static void
clicked_cb (LiftSetRow *self)
{
  LiftSetValues values;

  if (lift_set_row_is_done (self) && !get_unsaved (self, &values))
    gtk_widget_activate_action (GTK_WIDGET (self), "set.unlog", NULL);
  else
    log_cb (self);
}

static void
show_menu (LiftSetRow *self, double x, double y)
{
  gtk_popover_set_pointing_to (self->popover, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->popover);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LiftSetRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, LiftSetRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_menu (LIFT_SET_ROW (widget), 24, 24);
}

static gboolean
lift_set_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIFT_SET_ROW (widget)->load));
}

static void
lift_set_row_dispose (GObject *object)
{
  LiftSetRow *self = LIFT_SET_ROW (object);
  GtkWidget *child;

  /* What stands in the fields goes to the store before they do. */
  if (self->autosave != NULL && self->load != NULL)
    lift_autosave_flush (self->autosave);
  g_clear_pointer (&self->autosave, lift_autosave_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->editor);
  g_clear_object (&self->set);
  g_clear_object (&self->last);
  G_OBJECT_CLASS (lift_set_row_parent_class)->dispose (object);
}

static void
lift_set_row_finalize (GObject *object)
{
  LiftSetRow *self = LIFT_SET_ROW (object);

  g_free (self->exercise_name);
  g_free (self->shown_load);
  G_OBJECT_CLASS (lift_set_row_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, number);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, middle);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, info);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, target);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, note);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, load);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, amount);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, rpe);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, button);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, error);
  gtk_widget_class_bind_template_child (widget_class, LiftSetRow, popover);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
}

static void
lift_set_row_class_init (LiftSetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_set_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_set_row_finalize;
  widget_class->grab_focus = lift_set_row_grab_focus;
  signals[LOGGED] = g_signal_new ("logged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-set-row.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "set.unlog", NULL, unlog_cb);
  gtk_widget_class_install_action (widget_class, "set.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "set.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_CONTROL_MASK, "set.delete",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "set.menu", NULL);
}

static void
lift_set_row_init (LiftSetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->autosave = lift_autosave_new (save, self);
}

/**
 * lift_set_row_new:
 * @exercise_name: for the names of the fields
 * @unit: in what the person types loads
 *
 * Returns: (transfer none): a row, to be filled with lift_set_row_update()
 */
GtkWidget *
lift_set_row_new (LiftSessionEditor *editor,
                  const char *exercise_name,
                  LiftMeasure measure,
                  const char *unit)
{
  LiftSetRow *self = g_object_new (LIFT_TYPE_SET_ROW, NULL);

  self->editor = g_object_ref (editor);
  self->exercise_name = g_strdup (exercise_name);
  self->measure = measure;
  self->unit = unit;
  return GTK_WIDGET (self);
}

static gboolean
has_focus (LiftSetRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* A field that was emptied to type something else, "102,50" and half a number must not be taken
 * from under the fingers; what is stored otherwise, by an undo, must be shown. */
static gboolean
is_being_typed (LiftSetRow *self)
{
  LiftSetValues typed, stored;
  LiftSetPart wrong;

  if (lift_autosave_is_waiting (self->autosave))
    return TRUE;
  if (!has_focus (self))
    return FALSE;
  lift_set_values_from_set (&stored, self->set, self->measure, self->unit);
  return !lift_set_row_read (self, &typed, &wrong, NULL) || lift_set_values_equal (&typed, &stored);
}

/* What stands in the fields was to be stored and was not: it stays, and is tried again with the next
 * Enter or key. */
static gboolean
is_unsaved (LiftSetRow *self)
{
  g_autoptr (GError) error = NULL;
  LiftSetValues stored, typed;
  LiftSetPart wrong;

  if (!self->keeps_text)
    return FALSE;
  lift_set_row_get_values (self, &stored);
  if (lift_set_row_read (self, &typed, &wrong, NULL) && lift_set_values_equal (&typed, &stored))
    {
      self->keeps_text = FALSE;
      return FALSE;
    }
  self->shown = stored;
  g_clear_pointer (&self->shown_load, g_free);
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("Not saved. Press Enter to try again."));
  lift_set_row_show_error (self, self->load, error);
  return TRUE;
}

/**
 * lift_set_row_keep_text:
 *
 * A write of the session failed: from now on the fields keep what the store does not have, until it
 * was stored.
 */
void
lift_set_row_keep_text (LiftSetRow *self)
{
  g_return_if_fail (LIFT_IS_SET_ROW (self));
  self->keeps_text = TRUE;
}

/**
 * lift_set_row_update:
 * @item: the set as the store has it
 *
 * Shows the set. What is being typed is left alone.
 */
void
lift_set_row_update (LiftSetRow *self, LiftWorkoutSet *item)
{
  LiftSetValues values;

  g_return_if_fail (LIFT_IS_SET_ROW (self));
  g_set_object (&self->last, item->last);
  take_set (self, g_object_ref (item->set));
  show_plan (self, item->plan);
  show_number (self, item->ordinal);
  name_fields (self);
  if (is_being_typed (self) || is_unsaved (self))
    return;
  lift_set_row_get_values (self, &values);
  lift_set_row_fill (self, &values);
}

/**
 * lift_set_row_set_is_next:
 *
 * Says whether this is the set to be done now.
 */
void
lift_set_row_set_is_next (LiftSetRow *self, gboolean is_next)
{
  if (is_next)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/**
 * lift_set_row_set_narrow:
 * @narrow: whether there is room for the target only above the fields
 */
void
lift_set_row_set_narrow (LiftSetRow *self, gboolean narrow)
{
  self->is_narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (self->set != NULL)
    fit_info (self);
  for (int i = 0; i < LIFT_N_SET_PARTS; i++)
    gtk_widget_set_hexpand (GTK_WIDGET (lift_set_row_get_field (self, i)), narrow);
}

/**
 * lift_set_row_get_id:
 *
 * Returns: the id of the set
 */
const char *
lift_set_row_get_id (LiftSetRow *self)
{
  return LIFT_ENTITY (self->set)->id;
}

/**
 * lift_set_row_get_number:
 *
 * Returns: the number of the set in its exercise
 */
gint64
lift_set_row_get_number (LiftSetRow *self)
{
  return self->set->set_number;
}

/**
 * lift_set_row_is_done:
 *
 * Returns: whether the set was logged
 */
gboolean
lift_set_row_is_done (LiftSetRow *self)
{
  return self->set->completed_at != LIFT_INT_NULL;
}
