/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-athlete-view.h"

#include <glib/gi18n-lib.h>

#include "lift-agenda.h"
#include "lift-format.h"
#include "lift-session-page.h"
#include "lift-session-start.h"
#include "lift-summary-pages.h"
#include "lift-toast.h"
#include "lift-today-page.h"

/* Below this the target of a set stands above its fields. */
#define NARROW 460
#define SIDEBAR 340

struct _LiftAthleteView
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  AdwBin *today_bin;
  AdwBin *page_bin;

  LiftStore *store;
  LiftUndo *undo;
  GSettings *settings;
  char *athlete_id;
  GCancellable *cancellable;
  int width;
  gboolean is_starting;
};

G_DEFINE_FINAL_TYPE (LiftAthleteView, lift_athlete_view, ADW_TYPE_BIN)

static const char *
get_unit (LiftAthleteView *self)
{
  return lift_unit_from_settings (self->settings);
}

static void
adapt_page (LiftAthleteView *self)
{
  GtkWidget *page = adw_bin_get_child (self->page_bin);
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  int room = folded ? self->width : self->width - SIDEBAR;

  gtk_widget_set_hexpand (GTK_WIDGET (self->today_bin), folded);
  lift_today_page_set_alone (LIFT_TODAY_PAGE (adw_bin_get_child (self->today_bin)), folded);
  if (LIFT_IS_SESSION_PAGE (page))
    {
      lift_session_page_set_back_visible (LIFT_SESSION_PAGE (page), folded);
      lift_session_page_set_narrow (LIFT_SESSION_PAGE (page), room < NARROW);
    }
  else if (LIFT_IS_SUMMARY_PAGE (page))
    lift_summary_page_set_back_visible (LIFT_SUMMARY_PAGE (page), folded);
}

static void
folded_cb (LiftAthleteView *self)
{
  if (self->store != NULL)
    adapt_page (self);
}

static void
show_page (LiftAthleteView *self, GtkWidget *page)
{
  adw_bin_set_child (self->page_bin, page);
  adapt_page (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
}

static void
show_empty (LiftAthleteView *self)
{
  g_autoptr (GtkBuilder)
    builder = gtk_builder_new_from_resource ("/org/liftlogger/athlete/lift-empty-page.ui");

  adw_bin_set_child (self->page_bin, GTK_WIDGET (gtk_builder_get_object (builder, "empty_page")));
  adw_leaflet_set_visible_child_name (self->leaflet, "today");
}

static void
open_session (LiftAthleteView *self, const char *id)
{
  GtkWidget *page = adw_bin_get_child (self->page_bin);

  if (LIFT_IS_SESSION_PAGE (page) &&
      g_str_equal (lift_session_page_get_session_id (LIFT_SESSION_PAGE (page)), id))
    {
      adw_leaflet_set_visible_child_name (self->leaflet, "page");
      return;
    }
  page = lift_session_page_new (self->store, self->undo, self->athlete_id, id, get_unit (self));
  g_signal_connect_object (page, "closed", G_CALLBACK (show_empty), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftAthleteView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftTrainingSession) session = lift_session_start_finish (result, &error);

  self->is_starting = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (session != NULL)
    open_session (self, LIFT_ENTITY (session)->id);
  else
    lift_toast_error (GTK_WIDGET (self), error);
}

static void
start (LiftAthleteView *self, LiftTrainingPlan *plan)
{
  /* Two quick presses are one start. */
  if (self->is_starting)
    return;
  self->is_starting = TRUE;
  lift_session_start_async (self->store, self->undo, self->athlete_id, plan, self->cancellable,
                            started_cb, g_object_ref (self));
}

static void
plan_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftAthleteView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);
  GPtrArray *plans = answers != NULL ? g_ptr_array_index (answers, 0) : NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (plans == NULL)
    lift_toast_error (GTK_WIDGET (self), error);
  else if (plans->len == 0)
    lift_toast (GTK_WIDGET (self), "%s", _ ("The coach has taken this plan back."));
  else
    start (self, g_ptr_array_index (plans, 0));
}

static void
start_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (widget);
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  lift_query_where (query, "id", LIFT_QUERY_EQUAL, g_variant_get_string (parameter, NULL));
  lift_store_query_async (self->store, &query, 1, self->cancellable, plan_read_cb,
                          g_object_ref (self));
}

static void
start_unplanned_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  start (LIFT_ATHLETE_VIEW (widget), NULL);
}

static void
open_session_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_session (LIFT_ATHLETE_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_session_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (widget);

  show_page (self, lift_history_page_new (self->store, g_variant_get_string (parameter, NULL),
                                          self->settings));
}

static void
show_plan_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (widget);

  show_page (
    self, lift_plan_page_new (self->store, g_variant_get_string (parameter, NULL), self->settings));
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_leaflet_set_visible_child_name (LIFT_ATHLETE_VIEW (widget)->leaflet, "today");
}

static void
close_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_empty (LIFT_ATHLETE_VIEW (widget));
}

static void
lift_athlete_view_dispose (GObject *object)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->store);
  g_clear_object (&self->undo);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lift_athlete_view_parent_class)->dispose (object);
}

static void
lift_athlete_view_finalize (GObject *object)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (object);

  g_object_unref (self->cancellable);
  g_free (self->athlete_id);
  G_OBJECT_CLASS (lift_athlete_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "athlete.start", "s", start_cb);
  gtk_widget_class_install_action (widget_class, "athlete.start-unplanned", NULL,
                                   start_unplanned_cb);
  gtk_widget_class_install_action (widget_class, "athlete.open-session", "s", open_session_cb);
  gtk_widget_class_install_action (widget_class, "athlete.show-session", "s", show_session_cb);
  gtk_widget_class_install_action (widget_class, "athlete.show-plan", "s", show_plan_cb);
  gtk_widget_class_install_action (widget_class, "athlete.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "athlete.close", NULL, close_cb);
}

static void
lift_athlete_view_class_init (LiftAthleteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_athlete_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_athlete_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-athlete-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteView, today_bin);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteView, page_bin);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  install_actions (widget_class);
}

/* What is on the screen is what a key acts on, wherever the focus is. */
static gboolean
shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  LiftAthleteView *self = LIFT_ATHLETE_VIEW (widget);
  const char *action = user_data;
  GtkWidget *page = adw_bin_get_child (self->page_bin);

  if (g_str_has_prefix (action, "session."))
    widget = page;
  return widget != NULL && gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, action, NULL);
}

static void
add_shortcuts (LiftAthleteView *self)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_n, GDK_CONTROL_MASK, "athlete.start-unplanned" },
    { GDK_KEY_Left, GDK_ALT_MASK, "athlete.back" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "session.add-exercise" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "session.finish" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                        gtk_callback_action_new (shortcut_cb, (gpointer) keys[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
lift_athlete_view_init (LiftAthleteView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (self);
  self->cancellable = g_cancellable_new ();
}

static void
agenda_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftAthleteView) self = user_data;
  g_autoptr (LiftAgenda) agenda = lift_agenda_load_finish (LIFT_STORE (source), result, NULL);

  if (agenda != NULL && agenda->open != NULL && !g_cancellable_is_cancelled (self->cancellable))
    open_session (self, LIFT_ENTITY (agenda->open)->id);
}

/* Fields that are open hold on to the unit that they were made with. */
static void
unit_changed_cb (LiftAthleteView *self)
{
  GtkWidget *page = adw_bin_get_child (self->page_bin);
  g_autofree char *id = NULL;

  if (!LIFT_IS_SESSION_PAGE (page))
    return;
  id = g_strdup (lift_session_page_get_session_id (LIFT_SESSION_PAGE (page)));
  show_empty (self);
  open_session (self, id);
}

/**
 * lift_athlete_view_new:
 * @athlete_id: who trains
 * @menu: (nullable): the primary menu
 * @settings: (nullable): where the unit is kept
 *
 * Returns: (transfer none): the view
 */
GtkWidget *
lift_athlete_view_new (
  LiftStore *store, LiftUndo *undo, const char *athlete_id, GMenuModel *menu, GSettings *settings)
{
  LiftAthleteView *self = g_object_new (LIFT_TYPE_ATHLETE_VIEW, NULL);

  self->store = g_object_ref (store);
  self->undo = g_object_ref (undo);
  self->athlete_id = g_strdup (athlete_id);
  if (g_set_object (&self->settings, settings))
    g_signal_connect_object (settings, "changed::unit", G_CALLBACK (unit_changed_cb), self,
                             G_CONNECT_SWAPPED);
  adw_bin_set_child (self->today_bin, lift_today_page_new (store, athlete_id, menu));
  show_empty (self);
  lift_agenda_load_async (store, athlete_id, self->cancellable, agenda_read_cb,
                          g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * lift_athlete_view_set_width:
 * @width: the room that there is, in pixels
 *
 * Fits the pages to the window.
 */
void
lift_athlete_view_set_width (LiftAthleteView *self, int width)
{
  g_return_if_fail (LIFT_IS_ATHLETE_VIEW (self));
  self->width = width;
  adapt_page (self);
}

/**
 * lift_athlete_view_show_place:
 * @place: a session, and a row in it
 *
 * Opens the session with the focus on the row.
 */
void
lift_athlete_view_show_place (LiftAthleteView *self, const LiftPlace *place)
{
  g_return_if_fail (LIFT_IS_ATHLETE_VIEW (self));
  open_session (self, place->id);
  lift_session_page_show_row (LIFT_SESSION_PAGE (adw_bin_get_child (self->page_bin)),
                              place->part_id, place->row_id);
}
