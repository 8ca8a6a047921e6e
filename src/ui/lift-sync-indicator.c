/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-indicator.h"

#include "lift-sync-words.h"

/* "2 min ago" grows old by itself. */
#define REFRESH_SECONDS 20

struct _LiftSyncIndicator
{
  AdwBin parent_instance;

  GtkWidget *words_button;
  GtkLabel *words;
  GtkWidget *sign_in_button;
  GtkButton *attention_button;
  GtkStack *sync_stack;
  GtkSpinner *spinner;

  LiftStore *store;
  LiftSyncManager *manager;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (LiftSyncIndicator, lift_sync_indicator, ADW_TYPE_BIN)

static LiftSyncFigures
get_figures (LiftSyncIndicator *self)
{
  LiftSyncFigures figures = { 0 };

  g_object_get (self->manager, "state", &figures.state, "pending", &figures.pending,
                "needs-attention", &figures.needs_attention, "last-synced", &figures.last_synced,
                NULL);
  return figures;
}

static gint64
get_now (LiftSyncIndicator *self)
{
  return lift_clock_get_time (lift_store_get_clock (self->store));
}

static void
update_attention (LiftSyncIndicator *self, guint n)
{
  g_autofree char *label = lift_sync_words_for_attention (n);

  gtk_widget_set_visible (GTK_WIDGET (self->attention_button), n > 0);
  if (n > 0)
    gtk_button_set_label (self->attention_button, label);
}

static void
update (LiftSyncIndicator *self)
{
  LiftSyncFigures figures = get_figures (self);
  g_autofree char *words = lift_sync_words_for_state (&figures, get_now (self));
  gboolean busy = figures.state == LIFT_SYNC_PULLING || figures.state == LIFT_SYNC_PUSHING;

  gtk_label_set_label (self->words, words);
  gtk_widget_set_tooltip_text (self->words_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->sign_in_button, figures.state == LIFT_SYNC_SIGNED_OUT);
  update_attention (self, figures.needs_attention);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_stack_set_visible_child_name (self->sync_stack, busy ? "busy" : "idle");
}

static gboolean
refresh_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lift_sync_indicator_dispose (GObject *object)
{
  LiftSyncIndicator *self = LIFT_SYNC_INDICATOR (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->manager);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_sync_indicator_parent_class)->dispose (object);
}

static void
lift_sync_indicator_class_init (LiftSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sync_indicator_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, words_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, words);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, attention_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, sync_stack);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, spinner);
}

static void
lift_sync_indicator_init (LiftSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lift_sync_indicator_new:
 * @store: the store of the open account
 * @manager: its sync manager
 *
 * Returns: (transfer none): the bottom line
 */
GtkWidget *
lift_sync_indicator_new (LiftStore *store, LiftSyncManager *manager)
{
  LiftSyncIndicator *self = g_object_new (LIFT_TYPE_SYNC_INDICATOR, NULL);

  self->store = g_object_ref (store);
  self->manager = g_object_ref (manager);
  g_signal_connect_swapped (manager, "notify", G_CALLBACK (update), self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
  update (self);
  return GTK_WIDGET (self);
}
