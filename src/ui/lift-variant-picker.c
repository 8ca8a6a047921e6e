/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-variant-picker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-entity-list.h"
#include "lift-picker-row.h"
#include "lift-text.h"
#include "lift-toast.h"
#include "lift-variant.h"

struct _LiftVariantPicker
{
  AdwBin parent_instance;

  GtkEditable *entry;
  GtkListView *list;
  GtkWidget *hint;
  GtkWidget *scroller;
  GtkWidget *new_button;

  LiftStore *store;
  LiftExercise *exercise;
  char *coach_id;
  char *folded;
  GHashTable *chosen;
  GPtrArray *made;
  GListModel *variants;
  GtkFilter *filter;
  GtkSingleSelection *selection;
};

enum
{
  PICKED,
  CANCELLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftVariantPicker, lift_variant_picker, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
fits (gpointer item, gpointer user_data)
{
  LiftVariantPicker *self = user_data;
  LiftVariant *variant = item;
  g_autofree char *name = NULL;

  if (variant->exercise_id != NULL &&
      !g_str_equal (variant->exercise_id, LIFT_ENTITY (self->exercise)->id))
    return FALSE;
  name = lift_text_fold (variant->name);
  return strstr (name, self->folded) != NULL;
}

static void
bind_row_cb (GtkListItem *item, LiftPickerRow *row, gpointer user_data)
{
  LiftVariantPicker *self = user_data;
  LiftVariant *variant = gtk_list_item_get_item (item);

  lift_picker_row_set_texts (row, variant->name,
                             variant->description != NULL ? variant->description : "");
  lift_picker_row_set_ticked (row, g_hash_table_contains (self->chosen, LIFT_ENTITY (variant)->id));
}

/* Rows are filled again by taking the rows' maker away and giving it back. */
static void
refresh_rows (LiftVariantPicker *self)
{
  g_autoptr (GtkListItemFactory) factory = lift_picker_row_factory_new (bind_row_cb, self);

  gtk_list_view_set_factory (self->list, factory);
}

static gboolean
has_exact (LiftVariantPicker *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (LiftVariant) variant = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autofree char *name = lift_text_fold (variant->name);

      if (g_str_equal (name, self->folded))
        return TRUE;
    }
  return FALSE;
}

/* A blank page would not say that typing makes a variant. */
static void
show_hint (LiftVariantPicker *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean is_loading;

  g_object_get (self->variants, "loading", &is_loading, NULL);
  gtk_widget_set_visible (self->hint,
                          n == 0 && !is_loading && self->coach_id != NULL && *self->folded == '\0');
  gtk_widget_set_visible (self->scroller, !gtk_widget_get_visible (self->hint));
}

static void
search_changed_cb (LiftVariantPicker *self)
{
  g_autofree char *clean = lift_text_clean (gtk_editable_get_text (self->entry));
  g_autofree char *label = g_strdup_printf (_ ("New variant “%s”"), clean);

  g_free (self->folded);
  self->folded = lift_text_fold (clean);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  show_hint (self);
  gtk_button_set_label (GTK_BUTTON (self->new_button), label);
  gtk_widget_set_visible (self->new_button,
                          self->coach_id != NULL && *clean != '\0' && !has_exact (self));
}

static void
toggle (LiftVariantPicker *self, LiftVariant *variant)
{
  const char *id = LIFT_ENTITY (variant)->id;

  if (!g_hash_table_remove (self->chosen, id))
    g_hash_table_add (self->chosen, g_strdup (id));
  gtk_editable_set_text (self->entry, "");
  refresh_rows (self);
}

static void
row_activate_cb (LiftVariantPicker *self, guint position)
{
  g_autoptr (LiftVariant)
    variant = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (variant != NULL)
    toggle (self, variant);
}

typedef struct
{
  LiftVariantPicker *picker;
  LiftVariant *variant;
} NewVariant;

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NewVariant *created = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_finish (LIFT_STORE (source), result, &error);

  if (inverse == NULL)
    {
      g_hash_table_remove (created->picker->chosen, LIFT_ENTITY (created->variant)->id);
      g_ptr_array_remove (created->picker->made, created->variant);
      lift_toast_error (GTK_WIDGET (created->picker), error);
    }
  g_object_unref (created->picker);
  g_object_unref (created->variant);
  g_free (created);
}

static void
new_cb (LiftVariantPicker *self)
{
  g_autofree char *name = lift_text_clean (gtk_editable_get_text (self->entry));
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("New Variant"));
  NewVariant *created = g_new0 (NewVariant, 1);

  created->picker = g_object_ref (self);
  created->variant = lift_entity_new (LIFT_TYPE_VARIANT, lift_store_get_clock (self->store));
  lift_entity_set (LIFT_ENTITY (created->variant), "name", name, "coach-id", self->coach_id, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (created->variant));
  lift_store_commit_async (self->store, batch, NULL, created_cb, created);
  /* Chosen at once: the next Enter may come before the store has answered. Who uses the variant
   * writes after it. */
  g_ptr_array_add (self->made, g_object_ref (created->variant));
  toggle (self, created->variant);
}

static void
done_cb (LiftVariantPicker *self)
{
  g_autoptr (GPtrArray) chosen = lift_variant_picker_dup_chosen (self);

  g_signal_emit (self, signals[PICKED], 0, chosen);
}

/* Enter ticks what was searched for; with nothing searched for it is done. */
static void
activate_cb (LiftVariantPicker *self)
{
  LiftVariant *variant = gtk_single_selection_get_selected_item (self->selection);

  if (*self->folded == '\0')
    done_cb (self);
  else if (variant != NULL)
    toggle (self, variant);
  else if (gtk_widget_get_visible (self->new_button))
    new_cb (self);
}

static void
cancel_cb (LiftVariantPicker *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LiftVariantPicker *self)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static gboolean
lift_variant_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIFT_VARIANT_PICKER (widget)->entry));
}

static void
lift_variant_picker_dispose (GObject *object)
{
  LiftVariantPicker *self = LIFT_VARIANT_PICKER (object);

  if (self->list != NULL)
    {
      gtk_list_view_set_model (self->list, NULL);
      gtk_list_view_set_factory (self->list, NULL);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->variants);
  g_clear_object (&self->store);
  g_clear_object (&self->exercise);
  G_OBJECT_CLASS (lift_variant_picker_parent_class)->dispose (object);
}

static void
lift_variant_picker_finalize (GObject *object)
{
  LiftVariantPicker *self = LIFT_VARIANT_PICKER (object);

  g_free (self->coach_id);
  g_free (self->folded);
  g_hash_table_unref (self->chosen);
  g_ptr_array_unref (self->made);
  G_OBJECT_CLASS (lift_variant_picker_parent_class)->finalize (object);
}

static void
lift_variant_picker_class_init (LiftVariantPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lift_variant_picker_dispose;
  object_class->finalize = lift_variant_picker_finalize;
  widget_class->grab_focus = lift_variant_picker_grab_focus;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-variant-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftVariantPicker, entry);
  gtk_widget_class_bind_template_child (widget_class, LiftVariantPicker, list);
  gtk_widget_class_bind_template_child (widget_class, LiftVariantPicker, hint);
  gtk_widget_class_bind_template_child (widget_class, LiftVariantPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, LiftVariantPicker, new_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
lift_variant_picker_init (LiftVariantPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->folded = g_strdup ("");
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * lift_variant_picker_new:
 * @exercise: what the variants are for
 * @coach_id: (nullable): who owns a new variant; without one none can be made
 *
 * Returns: (transfer none): a picker
 */
GtkWidget *
lift_variant_picker_new (LiftStore *store, LiftExercise *exercise, const char *coach_id)
{
  LiftVariantPicker *self = g_object_new (LIFT_TYPE_VARIANT_PICKER, NULL);
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_VARIANT);

  self->store = g_object_ref (store);
  self->exercise = g_object_ref (exercise);
  self->coach_id = g_strdup (coach_id);
  lift_query_order_by (query, "name", FALSE);
  self->variants = G_LIST_MODEL (lift_entity_list_new (store, query));
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits, self, NULL));
  self->selection = gtk_single_selection_new (
    G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (self->variants), self->filter)));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_hint), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->variants, "notify::loading", G_CALLBACK (show_hint), self,
                           G_CONNECT_SWAPPED);
  refresh_rows (self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  return GTK_WIDGET (self);
}

/**
 * lift_variant_picker_set_chosen:
 * @ids: (nullable): which variants are ticked
 */
void
lift_variant_picker_set_chosen (LiftVariantPicker *self, const char *const *ids)
{
  g_return_if_fail (LIFT_IS_VARIANT_PICKER (self));
  g_hash_table_remove_all (self->chosen);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->chosen, g_strdup (ids[i]));
  refresh_rows (self);
}

static void
take_chosen (LiftVariantPicker *self, GHashTable *taken, LiftEntity *variant, GPtrArray *chosen)
{
  if (g_hash_table_contains (self->chosen, variant->id) && g_hash_table_add (taken, variant->id))
    g_ptr_array_add (chosen, g_object_ref (variant));
}

/**
 * lift_variant_picker_dup_chosen:
 *
 * Returns: (transfer full) (element-type LiftVariant): the variants that are ticked
 */
GPtrArray *
lift_variant_picker_dup_chosen (LiftVariantPicker *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  /* What was made just now may not have come to the list yet. */
  for (guint i = 0; i < self->made->len; i++)
    take_chosen (self, taken, g_ptr_array_index (self->made, i), chosen);
  for (guint i = 0; i < g_list_model_get_n_items (self->variants); i++)
    {
      g_autoptr (LiftEntity) variant = g_list_model_get_item (self->variants, i);
      take_chosen (self, taken, variant, chosen);
    }
  return chosen;
}
