/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-exercise-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lift-autosave.h"
#include "lift-exercise-session-variant.h"

struct _LiftExerciseCard
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkLabel *title;
  GtkLabel *variants;
  GtkWidget *menu_button;
  GtkLabel *cue;
  GtkWidget *headings;
  GtkLabel *load_heading;
  GtkLabel *amount_heading;
  GtkBox *rows;
  GtkWidget *add_button;
  GtkEditable *notes;

  LiftSessionEditor *editor;
  LiftAutosave *autosave;
  const char *unit;
  LiftExerciseSession *session;
  LiftExercise *exercise;
  GPtrArray *joins;
  GPtrArray *sets;
  GPtrArray *set_rows;
  gboolean is_narrow;
  gboolean is_filling;
};

enum
{
  LOGGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftExerciseCard, lift_exercise_card, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static void
save_notes (gpointer user_data)
{
  LiftExerciseCard *self = user_data;

  lift_session_editor_set_text (self->editor, LIFT_ENTITY (self->session),
                                gtk_editable_get_text (self->notes));
}

static void
notes_changed_cb (LiftExerciseCard *self)
{
  if (!self->is_filling)
    lift_autosave_touch (self->autosave);
}

static void
notes_left_cb (LiftExerciseCard *self)
{
  lift_autosave_flush (self->autosave);
}

static void
row_logged_cb (LiftExerciseCard *self, LiftSetRow *row)
{
  g_signal_emit (self, signals[LOGGED], 0, row);
}

static void
add_set_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftExerciseCard *self = LIFT_EXERCISE_CARD (widget);

  gtk_widget_activate_action (widget, "session.focus-new", NULL);
  lift_session_editor_add_set (self->editor, self->session, self->sets);
}

static void
variants_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftExerciseCard *self = LIFT_EXERCISE_CARD (source);
  g_autoptr (GPtrArray) variants = lift_variant_picker_choose_finish (result, NULL);

  if (variants != NULL && self->session != NULL)
    lift_session_editor_set_variants (self->editor, self->session, self->joins, variants);
}

static void
variants_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftExerciseCard *self = LIFT_EXERCISE_CARD (widget);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < self->joins->len; i++)
    g_ptr_array_add (ids, ((LiftExerciseSessionVariant *) self->joins->pdata[i])->variant_id);
  g_ptr_array_add (ids, NULL);
  lift_variant_picker_choose_async (widget, lift_session_editor_get_store (self->editor),
                                    self->exercise, (const char *const *) ids->pdata, NULL, NULL,
                                    variants_chosen_cb, NULL);
}

static void
delete_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftExerciseCard *self = LIFT_EXERCISE_CARD (widget);

  lift_session_editor_delete_exercise (self->editor, self->session);
}

static void
lift_exercise_card_dispose (GObject *object)
{
  LiftExerciseCard *self = LIFT_EXERCISE_CARD (object);
  GtkWidget *child;

  if (self->autosave != NULL && self->notes != NULL)
    lift_autosave_flush (self->autosave);
  g_clear_pointer (&self->autosave, lift_autosave_free);
  g_clear_pointer (&self->set_rows, g_ptr_array_unref);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_clear_pointer (&self->joins, g_ptr_array_unref);
  g_clear_object (&self->exercise);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->editor);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lift_exercise_card_parent_class)->dispose (object);
}

static void
lift_exercise_card_class_init (LiftExerciseCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_exercise_card_dispose;
  signals[LOGGED] = g_signal_new ("logged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, LIFT_TYPE_SET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-exercise-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, label);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, title);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, variants);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, cue);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, headings);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, load_heading);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, amount_heading);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, rows);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, add_button);
  gtk_widget_class_bind_template_child (widget_class, LiftExerciseCard, notes);
  gtk_widget_class_bind_template_callback (widget_class, notes_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, notes_left_cb);
  gtk_widget_class_install_action (widget_class, "exercise.add-set", NULL, add_set_cb);
  gtk_widget_class_install_action (widget_class, "exercise.variants", NULL, variants_cb);
  gtk_widget_class_install_action (widget_class, "exercise.delete", NULL, delete_cb);
}

static void
lift_exercise_card_init (LiftExerciseCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->autosave = lift_autosave_new (save_notes, self);
  self->set_rows = g_ptr_array_new ();
}

/**
 * lift_exercise_card_new:
 * @unit: in what the person types loads
 *
 * Returns: (transfer none): a card, to be filled with lift_exercise_card_update()
 */
GtkWidget *
lift_exercise_card_new (LiftSessionEditor *editor, const char *unit)
{
  LiftExerciseCard *self = g_object_new (LIFT_TYPE_EXERCISE_CARD, NULL);

  self->editor = g_object_ref (editor);
  self->unit = unit;
  return GTK_WIDGET (self);
}

/* @name: (transfer full): what assistive technology calls it */
static void
name_widget (gpointer widget, char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (name);
}

static void
show_texts (LiftExerciseCard *self, LiftWorkoutExercise *exercise, const char *label)
{
  const char *const amounts[] = { _ ("Reps"), _ ("Time"), _ ("Metres") };
  const char *name = lift_workout_exercise_get_name (exercise);
  const char *cue = exercise->plan != NULL ? exercise->plan->notes : NULL;
  g_autofree char *quoted = cue != NULL ? g_strdup_printf (_ ("“%s”"), cue) : NULL;
  g_autofree char *variants = *exercise->variants != '\0'
                                ? g_strdup_printf ("· %s", exercise->variants)
                                : NULL;

  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->title, name);
  gtk_label_set_label (self->variants, variants != NULL ? variants : "");
  gtk_label_set_label (self->cue, quoted != NULL ? quoted : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cue), quoted != NULL);
  gtk_label_set_label (self->load_heading, self->unit);
  gtk_label_set_label (self->amount_heading, amounts[exercise->measure]);
  name_widget (self->menu_button, g_strdup_printf (_ ("Menu of %s"), name));
  name_widget (self->add_button, g_strdup_printf (_ ("Add set to %s"), name));
  name_widget (self->notes, g_strdup_printf (_ ("Note on %s"), name));
}

static void
show_notes (LiftExerciseCard *self, const char *notes)
{
  GtkStateFlags state = gtk_widget_get_state_flags (GTK_WIDGET (self->notes));

  /* The store has no blank at the end, but the next word is still to be typed. */
  if (lift_autosave_is_waiting (self->autosave) || (state & GTK_STATE_FLAG_FOCUS_WITHIN) != 0 ||
      g_strcmp0 (gtk_editable_get_text (self->notes), notes != NULL ? notes : "") == 0)
    return;
  self->is_filling = TRUE;
  gtk_editable_set_text (self->notes, notes != NULL ? notes : "");
  self->is_filling = FALSE;
}

static GtkWidget *
add_row (LiftExerciseCard *self, LiftWorkoutExercise *exercise)
{
  GtkWidget *row = lift_set_row_new (self->editor, lift_workout_exercise_get_name (exercise),
                                     exercise->measure, self->unit);

  lift_set_row_set_narrow (LIFT_SET_ROW (row), self->is_narrow);
  g_signal_connect_object (row, "logged", G_CALLBACK (row_logged_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, row);
  return row;
}

static GtkWidget *
take_row (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (lift_set_row_get_id (rows->pdata[i]), id))
      return g_ptr_array_steal_index (rows, i);
  return NULL;
}

/* Rows of sets that stay are kept, and with them focus and what is being typed. */
static void
show_sets (LiftExerciseCard *self, LiftWorkoutExercise *exercise)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->set_rows);
  GtkWidget *previous = NULL;

  self->set_rows = g_ptr_array_new ();
  for (guint i = 0; i < exercise->sets->len; i++)
    {
      LiftWorkoutSet *item = g_ptr_array_index (exercise->sets, i);
      GtkWidget *row = take_row (before, LIFT_ENTITY (item->set)->id);

      if (row == NULL)
        row = add_row (self, exercise);
      lift_set_row_update (LIFT_SET_ROW (row), item);
      gtk_box_reorder_child_after (self->rows, row, previous);
      g_ptr_array_add (self->set_rows, row);
      previous = row;
    }
  for (guint i = 0; i < before->len; i++)
    gtk_box_remove (self->rows, before->pdata[i]);
}

/**
 * lift_exercise_card_update:
 * @exercise: the exercise as the store has it
 * @label: its place in the session: "A", or "B1" in a superset
 *
 * Shows the exercise. What is being typed is left alone.
 */
void
lift_exercise_card_update (LiftExerciseCard *self, LiftWorkoutExercise *exercise, const char *label)
{
  g_return_if_fail (LIFT_IS_EXERCISE_CARD (self));
  g_set_object (&self->session, exercise->session);
  g_set_object (&self->exercise, exercise->exercise);
  g_clear_pointer (&self->joins, g_ptr_array_unref);
  self->joins = g_ptr_array_ref (exercise->joins);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  self->sets = g_ptr_array_ref (exercise->sets);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exercise.variants",
                                 exercise->exercise != NULL);
  show_texts (self, exercise, label);
  show_notes (self, exercise->session->notes);
  show_sets (self, exercise);
}

/* The headings stand over the fields, which take the room of the target where it is above them. */
static void
fit_headings (LiftExerciseCard *self)
{
  GtkWidget *spacer = gtk_widget_get_first_child (self->headings);
  GtkWidget *last = gtk_widget_get_last_child (self->headings);

  gtk_widget_set_hexpand (spacer, !self->is_narrow);
  for (GtkWidget *heading = gtk_widget_get_next_sibling (spacer); heading != last;
       heading = gtk_widget_get_next_sibling (heading))
    gtk_widget_set_hexpand (heading, self->is_narrow);
}

/**
 * lift_exercise_card_set_narrow:
 *
 * See lift_set_row_set_narrow().
 */
void
lift_exercise_card_set_narrow (LiftExerciseCard *self, gboolean narrow)
{
  self->is_narrow = narrow;
  fit_headings (self);
  for (guint i = 0; i < self->set_rows->len; i++)
    lift_set_row_set_narrow (self->set_rows->pdata[i], narrow);
}

/**
 * lift_exercise_card_get_id:
 *
 * Returns: the id of the exercise session
 */
const char *
lift_exercise_card_get_id (LiftExerciseCard *self)
{
  return LIFT_ENTITY (self->session)->id;
}

/**
 * lift_exercise_card_get_group:
 *
 * Returns: (nullable): what exercises of one superset have in common
 */
const char *
lift_exercise_card_get_group (LiftExerciseCard *self)
{
  return self->session->group_key;
}

/**
 * lift_exercise_card_get_rows:
 *
 * Returns: (transfer none) (element-type LiftSetRow): the rows, by number
 */
GPtrArray *
lift_exercise_card_get_rows (LiftExerciseCard *self)
{
  return self->set_rows;
}
