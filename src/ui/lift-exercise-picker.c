/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-exercise-picker.h"

#include <glib/gi18n-lib.h>

#include "lift-entity-list.h"
#include "lift-exercise-search.h"
#include "lift-picker-row.h"
#include "lift-text.h"
#include "lift-toast.h"

struct _LiftExercisePicker
{
  AdwBin parent_instance;

  GtkEditable *entry;
  GtkListView *list;
  GtkWidget *new_button;

  LiftStore *store;
  char *coach_id;
  char *athlete_id;
  char *folded;
  GtkFilter *filter;
  GtkSorter *sorter;
  GtkSingleSelection *selection;
};

enum
{
  PICKED,
  CANCELLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftExercisePicker, lift_exercise_picker, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
fits_search (gpointer item, gpointer user_data)
{
  LiftExercisePicker *self = user_data;

  return lift_exercise_search_rank (item, self->folded) > 0;
}

static int
compare_fit (gconstpointer a, gconstpointer b, gpointer user_data)
{
  LiftExercisePicker *self = user_data;
  guint rank_a = lift_exercise_search_rank ((LiftExercise *) a, self->folded);
  guint rank_b = lift_exercise_search_rank ((LiftExercise *) b, self->folded);

  if (rank_a != rank_b)
    return rank_a > rank_b ? -1 : 1;
  return g_utf8_collate (((LiftExercise *) a)->name, ((LiftExercise *) b)->name);
}

static void
emit_picked (LiftExercisePicker *self, LiftExercise *exercise)
{
  g_signal_emit (self, signals[PICKED], 0, exercise);
}

static gboolean
is_exact (LiftExercisePicker *self)
{
  LiftExercise *first = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *name = first != NULL ? lift_text_fold (first->name) : NULL;

  return g_strcmp0 (name, self->folded) == 0;
}

static void
update_new_button (LiftExercisePicker *self)
{
  g_autofree char *label = g_strdup_printf (_ ("New exercise “%s”"),
                                            gtk_editable_get_text (self->entry));
  gboolean has_owner = self->coach_id != NULL || self->athlete_id != NULL;

  gtk_button_set_label (GTK_BUTTON (self->new_button), label);
  gtk_widget_set_visible (self->new_button, has_owner && *self->folded != '\0' && !is_exact (self));
}

static void
scroll_to_selected (LiftExercisePicker *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                              gtk_single_selection_get_selected (self->selection));
}

static void
search_changed_cb (LiftExercisePicker *self)
{
  g_autofree char *clean = lift_text_clean (gtk_editable_get_text (self->entry));

  g_free (self->folded);
  self->folded = lift_text_fold (clean);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  update_new_button (self);
  scroll_to_selected (self);
}

typedef struct
{
  LiftExercisePicker *picker;
  LiftExercise *exercise;
} NewExercise;

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NewExercise *created = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_finish (LIFT_STORE (source), result, &error);

  if (inverse == NULL)
    lift_toast_error (GTK_WIDGET (created->picker), error);
  else
    emit_picked (created->picker, created->exercise);
  g_object_unref (created->picker);
  g_object_unref (created->exercise);
  g_free (created);
}

static void
new_cb (LiftExercisePicker *self)
{
  g_autofree char *name = lift_text_clean (gtk_editable_get_text (self->entry));
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("New Exercise"));
  NewExercise *created = g_new0 (NewExercise, 1);

  created->picker = g_object_ref (self);
  created->exercise = lift_entity_new (LIFT_TYPE_EXERCISE, lift_store_get_clock (self->store));
  lift_entity_set (LIFT_ENTITY (created->exercise), "name", name, "coach-id", self->coach_id,
                   "athlete-id", self->coach_id == NULL ? self->athlete_id : NULL, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (created->exercise));
  lift_store_commit_async (self->store, batch, NULL, created_cb, created);
}

static void
activate_cb (LiftExercisePicker *self)
{
  LiftExercise *exercise = gtk_single_selection_get_selected_item (self->selection);

  if (exercise != NULL)
    emit_picked (self, exercise);
  else if (gtk_widget_get_visible (self->new_button))
    new_cb (self);
}

static void
row_activate_cb (LiftExercisePicker *self, guint position)
{
  g_autoptr (LiftExercise)
    exercise = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (exercise != NULL)
    emit_picked (self, exercise);
}

static void
cancel_cb (LiftExercisePicker *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* The arrows walk in the list while the search keeps the focus. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LiftExercisePicker *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    selected = MIN (selected + 1, n - 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    selected = selected > 0 ? selected - 1 : 0;
  else
    return GDK_EVENT_PROPAGATE;
  gtk_single_selection_set_selected (self->selection, selected);
  scroll_to_selected (self);
  return GDK_EVENT_STOP;
}

static void
bind_row_cb (GtkListItem *item, LiftPickerRow *row, gpointer user_data)
{
  LiftExercise *exercise = gtk_list_item_get_item (item);
  g_autofree char *words = lift_exercise_describe (exercise);

  lift_picker_row_set_texts (row, exercise->name, words);
}

static gboolean
lift_exercise_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIFT_EXERCISE_PICKER (widget)->entry));
}

static void
lift_exercise_picker_dispose (GObject *object)
{
  LiftExercisePicker *self = LIFT_EXERCISE_PICKER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_exercise_picker_parent_class)->dispose (object);
}

static void
lift_exercise_picker_finalize (GObject *object)
{
  LiftExercisePicker *self = LIFT_EXERCISE_PICKER (object);

  g_free (self->coach_id);
  g_free (self->athlete_id);
  g_free (self->folded);
  G_OBJECT_CLASS (lift_exercise_picker_parent_class)->finalize (object);
}

static void
lift_exercise_picker_class_init (LiftExercisePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lift_exercise_picker_dispose;
  object_class->finalize = lift_exercise_picker_finalize;
  widget_class->grab_focus = lift_exercise_picker_grab_focus;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, LIFT_TYPE_ENTITY);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-exercise-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftExercisePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, LiftExercisePicker, list);
  gtk_widget_class_bind_template_child (widget_class, LiftExercisePicker, new_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
lift_exercise_picker_init (LiftExercisePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->folded = g_strdup ("");
}

static GListModel *
new_model (LiftExercisePicker *self)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_EXERCISE);
  GListModel *exercises;

  lift_query_where (query, "archivedAt", LIFT_QUERY_IS_NULL, NULL);
  lift_query_order_by (query, "name", FALSE);
  exercises = G_LIST_MODEL (lift_entity_list_new (self->store, query));
  lift_query_unref (query);
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits_search, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_fit, self, NULL));
  return G_LIST_MODEL (gtk_sort_list_model_new (
    G_LIST_MODEL (gtk_filter_list_model_new (exercises, self->filter)), self->sorter));
}

/**
 * lift_exercise_picker_new:
 * @store: where exercises are
 *
 * Returns: (transfer none): a picker
 */
GtkWidget *
lift_exercise_picker_new (LiftStore *store)
{
  LiftExercisePicker *self = g_object_new (LIFT_TYPE_EXERCISE_PICKER, NULL);
  g_autoptr (GtkListItemFactory) factory = lift_picker_row_factory_new (bind_row_cb, NULL);

  self->store = g_object_ref (store);
  self->selection = gtk_single_selection_new (new_model (self));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  return GTK_WIDGET (self);
}

/**
 * lift_exercise_picker_set_search:
 * @text: what stands in the search entry
 */
void
lift_exercise_picker_set_search (LiftExercisePicker *self, const char *text)
{
  g_return_if_fail (LIFT_IS_EXERCISE_PICKER (self));
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

/**
 * lift_exercise_picker_set_owner:
 * @coach_id: (nullable): the coach who owns a new exercise
 * @athlete_id: (nullable): the athlete who does, where there is no coach here
 *
 * Lets the person make an exercise where the name typed is not in the list.
 */
void
lift_exercise_picker_set_owner (LiftExercisePicker *self,
                                const char *coach_id,
                                const char *athlete_id)
{
  g_return_if_fail (LIFT_IS_EXERCISE_PICKER (self));
  g_free (self->coach_id);
  g_free (self->athlete_id);
  self->coach_id = g_strdup (coach_id);
  self->athlete_id = g_strdup (athlete_id);
}
