/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-summary-page.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

struct _LiftSummaryPage
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *button;
  GtkLabel *facts;
  GtkLabel *notes;
  GtkBox *groups;

  AdwPreferencesGroup *group;

  LiftStore *store;
  char *id;
  GSettings *settings;
  const LiftSummaryKind *kind;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LiftSummaryPage, lift_summary_page, ADW_TYPE_BIN)

static void
store_changed_cb (LiftSummaryPage *self, LiftChanges *changes)
{
  if (self->kind->is_touched_by (changes))
    self->kind->load (self);
}

static void
unit_changed_cb (LiftSummaryPage *self)
{
  self->kind->load (self);
}

static void
lift_summary_page_dispose (GObject *object)
{
  LiftSummaryPage *self = LIFT_SUMMARY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lift_summary_page_parent_class)->dispose (object);
}

static void
lift_summary_page_finalize (GObject *object)
{
  LiftSummaryPage *self = LIFT_SUMMARY_PAGE (object);

  g_clear_object (&self->store);
  g_object_unref (self->cancellable);
  g_free (self->id);
  G_OBJECT_CLASS (lift_summary_page_parent_class)->finalize (object);
}

static void
lift_summary_page_class_init (LiftSummaryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_summary_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_summary_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-summary-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, title);
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, button);
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, facts);
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, notes);
  gtk_widget_class_bind_template_child (widget_class, LiftSummaryPage, groups);
}

static void
lift_summary_page_init (LiftSummaryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * lift_summary_page_new:
 * @store: what it reads
 * @id: the row that it shows
 * @settings: (nullable): where the unit is kept
 * @kind: (transfer none): how it reads; has to outlive the page
 *
 * Returns: (transfer none): a page that is being filled
 */
GtkWidget *
lift_summary_page_new (LiftStore *store,
                       const char *id,
                       GSettings *settings,
                       const LiftSummaryKind *kind)
{
  LiftSummaryPage *self = g_object_new (LIFT_TYPE_SUMMARY_PAGE, NULL);

  self->store = g_object_ref (store);
  self->id = g_strdup (id);
  self->kind = kind;
  if (g_set_object (&self->settings, settings))
    g_signal_connect_object (settings, "changed::unit", G_CALLBACK (unit_changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kind->load (self);
  return GTK_WIDGET (self);
}

/**
 * lift_summary_page_get_store:
 *
 * Returns: (transfer none): what it reads
 */
LiftStore *
lift_summary_page_get_store (LiftSummaryPage *self)
{
  return self->store;
}

/**
 * lift_summary_page_get_id:
 *
 * Returns: (transfer none): the row that it shows
 */
const char *
lift_summary_page_get_id (LiftSummaryPage *self)
{
  return self->id;
}

/**
 * lift_summary_page_get_unit:
 *
 * Returns: in what loads without a unit of their own are shown
 */
const char *
lift_summary_page_get_unit (LiftSummaryPage *self)
{
  return lift_unit_from_settings (self->settings);
}

/**
 * lift_summary_page_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the page goes
 */
GCancellable *
lift_summary_page_get_cancellable (LiftSummaryPage *self)
{
  return self->cancellable;
}

/**
 * lift_summary_page_set_back_visible:
 *
 * Says whether there is a page to go back to.
 */
void
lift_summary_page_set_back_visible (LiftSummaryPage *self, gboolean visible)
{
  gtk_widget_set_visible (self->back_button, visible);
}

/**
 * lift_summary_page_set_title:
 *
 * Sets what stands in the header bar.
 */
void
lift_summary_page_set_title (LiftSummaryPage *self, const char *title, const char *subtitle)
{
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/**
 * lift_summary_page_set_facts:
 * @facts: (nullable): one line about the whole
 * @notes: (nullable): what somebody wrote about it
 *
 * Sets what stands above the exercises.
 */
void
lift_summary_page_set_facts (LiftSummaryPage *self, const char *facts, const char *notes)
{
  show_text (self->facts, facts);
  show_text (self->notes, notes);
}

/**
 * lift_summary_page_set_button:
 * @label: (nullable): what the button says; %NULL for none
 * @action: what it does
 * @id: with which row
 * @is_first_choice: whether it has the accent
 *
 * Sets the button in the header bar.
 */
void
lift_summary_page_set_button (LiftSummaryPage *self,
                              const char *label,
                              const char *action,
                              const char *id,
                              gboolean is_first_choice)
{
  gtk_widget_set_visible (self->button, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  if (is_first_choice)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/**
 * lift_summary_page_clear:
 *
 * Takes all exercises away.
 */
void
lift_summary_page_clear (LiftSummaryPage *self)
{
  GtkWidget *child;

  self->group = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

/**
 * lift_summary_page_add_exercise:
 * @variants: empty for none
 * @notes: (nullable): cue or notes
 *
 * Adds an exercise, to which the next sets belong.
 */
void
lift_summary_page_add_exercise (LiftSummaryPage *self,
                                const char *name,
                                const char *variants,
                                const char *notes)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *words = *variants != '\0' ? g_strdup_printf ("%s · %s", name, variants)
                                             : g_strdup (name);
  g_autofree char *title = g_markup_escape_text (words, -1);
  g_autofree char *description = notes != NULL ? g_markup_escape_text (notes, -1) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->groups, group);
  self->group = ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * lift_summary_page_add_set:
 * @number: its number, or what stands for it
 * @planned: what was asked for; empty for nothing
 * @done: (nullable): what was done; empty: nothing was; %NULL: nothing can have been yet
 *
 * Adds a set to the exercise that was added last.
 */
void
lift_summary_page_add_set (LiftSummaryPage *self,
                           const char *number,
                           const char *planned,
                           const char *done)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = new_label (number, "dim-label");
  g_autofree char *ticked = NULL;

  g_return_if_fail (self->group != NULL);
  gtk_widget_set_size_request (label, 18, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), planned);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  if (done != NULL && *done != '\0')
    ticked = g_strdup_printf ("✓ %s", done);
  if (done != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), ticked != NULL
                                                       ? new_label (ticked, "success")
                                                       : new_label (_ ("not done"), "dim-label"));
  adw_preferences_group_add (self->group, row);
}
