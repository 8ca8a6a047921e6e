/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-today-page.h"

#include <glib/gi18n-lib.h>

#include "lift-agenda.h"
#include "lift-day.h"
#include "lift-entity-list.h"
#include "lift-format.h"
#include "lift-today-card.h"
#include "lift-toast.h"

#define HISTORY_STEP 40
/* How often it is looked whether a new day has begun. */
#define DAY_SECONDS 30

/* Width of what it shows: alone in a window, and at the side of another page. */
#define WIDE 560
#define NARROW 340

struct _LiftTodayPage
{
  AdwBin parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  AdwClamp *clamp;
  GtkMenuButton *menu_button;
  GtkBox *today_box;
  GtkWidget *empty;
  GtkWidget *upcoming_group;
  GtkListBox *upcoming_list;
  GtkWidget *history_group;
  GtkListBox *history_list;
  GtkWidget *more_button;

  LiftStore *store;
  char *athlete_id;
  GCancellable *cancellable;
  LiftEntityList *history;
  guint n_history;
  LiftDay today;
  guint day_id;
  LiftAgenda *agenda;
  gboolean is_alone;
  gboolean is_loading;
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (LiftTodayPage, lift_today_page, ADW_TYPE_BIN)

static void load (LiftTodayPage *self);

static char *
format_day (LiftTodayPage *self, const char *text)
{
  LiftDay day;

  return lift_day_parse (text, &day) ? lift_format_day (day, self->today) : g_strdup (text);
}

static GtkWidget *
new_row (const char *title, const char *subtitle, const char *action, const char *id)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (arrow, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  return row;
}

static GtkWidget *
new_upcoming_row (LiftTodayPage *self, LiftAgendaItem *item)
{
  g_autofree char *day = format_day (self, item->plan->date);
  g_autofree char *subtitle = *item->summary != '\0'
                                ? g_strdup_printf ("%s · %s", day, item->summary)
                                : g_strdup (day);

  return new_row (item->plan->name, subtitle, "athlete.show-plan", LIFT_ENTITY (item->plan)->id);
}

static const char *
describe_status (LiftTrainingSession *session)
{
  if (g_strcmp0 (session->status, "skipped") == 0)
    return _ ("skipped");
  if (g_strcmp0 (session->status, "abandoned") == 0)
    return _ ("not finished");
  return NULL;
}

static GtkWidget *
new_history_row (gpointer item, gpointer user_data)
{
  LiftTodayPage *self = user_data;
  LiftTrainingSession *session = item;
  g_autofree char *day = format_day (self, session->session_date);
  const char *status = describe_status (session);
  g_autofree char *subtitle = status != NULL ? g_strdup_printf ("%s · %s", day, status)
                                             : g_strdup (day);

  return new_row (session->name != NULL ? session->name : _ ("Session"), subtitle,
                  "athlete.show-session", LIFT_ENTITY (session)->id);
}

static void
show_history (LiftTodayPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  gtk_widget_set_visible (self->history_group, n > 0);
  gtk_widget_set_visible (self->more_button, n >= self->n_history);
}

static LiftQuery *
query_history (LiftTodayPage *self)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_TRAINING_SESSION);

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, self->athlete_id);
  lift_query_where (query, "status", LIFT_QUERY_NOT_EQUAL, "in_progress");
  lift_query_order_by (query, "sessionDate", TRUE);
  lift_query_order_by (query, "startedAt", TRUE);
  lift_query_limit (query, self->n_history, 0);
  return query;
}

static void
more_cb (LiftTodayPage *self)
{
  g_autoptr (LiftQuery) query = NULL;

  self->n_history += HISTORY_STEP;
  query = query_history (self);
  lift_entity_list_set_query (self->history, query);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static gboolean
is_of (LiftAgenda *agenda, const char *plan_id)
{
  return agenda->open != NULL && g_strcmp0 (agenda->open->training_plan_id, plan_id) == 0;
}

/* Beside the page of a session the accent is there. */
static GtkWidget *
new_card (LiftTodayPage *self, LiftAgendaItem *item)
{
  return lift_today_card_new (item, self->is_alone || self->agenda->open == NULL);
}

/* The session in hand first, where it is not one of the plans of today. */
static void
show_today (LiftTodayPage *self)
{
  LiftAgenda *agenda = self->agenda;
  gboolean is_listed = agenda->open == NULL;

  clear_box (self->today_box);
  for (guint i = 0; i < agenda->today->len; i++)
    is_listed |= is_of (agenda,
                        LIFT_ENTITY (((LiftAgendaItem *) agenda->today->pdata[i])->plan)->id);
  if (!is_listed)
    gtk_box_append (self->today_box,
                    lift_today_card_new_for_session (agenda->open, self->is_alone));
  for (guint i = 0; i < agenda->today->len; i++)
    gtk_box_append (self->today_box, new_card (self, agenda->today->pdata[i]));
  gtk_widget_set_visible (self->empty, agenda->today->len == 0 && agenda->open == NULL);
}

static void
show_upcoming (LiftTodayPage *self)
{
  LiftAgenda *agenda = self->agenda;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->upcoming_list, 0)) != NULL)
    gtk_list_box_remove (self->upcoming_list, GTK_WIDGET (row));
  for (guint i = 0; i < agenda->upcoming->len; i++)
    gtk_list_box_append (self->upcoming_list, new_upcoming_row (self, agenda->upcoming->pdata[i]));
  gtk_widget_set_visible (self->upcoming_group, agenda->upcoming->len > 0);
}

/* Whoever has just come in finds the cursor on what is to be done first. */
static void
take_focus (LiftTodayPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || (focus != NULL && gtk_widget_get_mapped (focus)))
    return;
  if (!gtk_widget_child_focus (GTK_WIDGET (self->today_box), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (self->empty, GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAgenda) agenda = lift_agenda_load_finish (LIFT_STORE (source), result, &error);

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->is_stale)
    load (self);
  else if (agenda == NULL)
    lift_toast_error (GTK_WIDGET (self), error);
  else
    {
      g_clear_pointer (&self->agenda, lift_agenda_free);
      self->agenda = g_steal_pointer (&agenda);
      show_today (self);
      show_upcoming (self);
      take_focus (self);
    }
}

static void
load (LiftTodayPage *self)
{
  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  lift_agenda_load_async (self->store, self->athlete_id, self->cancellable, loaded_cb,
                          g_object_ref (self));
}

static void
show_day (LiftTodayPage *self)
{
  g_autofree char *words = lift_format_day_short (self->today);

  adw_window_title_set_subtitle (self->title, words);
}

static gboolean
day_cb (gpointer user_data)
{
  LiftTodayPage *self = user_data;
  LiftDay today = lift_day_today (lift_store_get_clock (self->store));

  if (today != self->today)
    {
      self->today = today;
      show_day (self);
      load (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
store_changed_cb (LiftTodayPage *self, LiftChanges *changes)
{
  if (lift_agenda_is_touched_by (changes))
    load (self);
}

static void
lift_today_page_dispose (GObject *object)
{
  LiftTodayPage *self = LIFT_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->day_id, g_source_remove);
  if (self->history_list != NULL)
    gtk_list_box_bind_model (self->history_list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->history);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_today_page_parent_class)->dispose (object);
}

static void
lift_today_page_finalize (GObject *object)
{
  LiftTodayPage *self = LIFT_TODAY_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->agenda, lift_agenda_free);
  g_free (self->athlete_id);
  G_OBJECT_CLASS (lift_today_page_parent_class)->finalize (object);
}

static void
lift_today_page_class_init (LiftTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_today_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_today_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/athlete/lift-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, header);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, title);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, today_box);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, upcoming_group);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, upcoming_list);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, history_group);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, history_list);
  gtk_widget_class_bind_template_child (widget_class, LiftTodayPage, more_button);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
lift_today_page_init (LiftTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->n_history = HISTORY_STEP;
  self->is_alone = TRUE;
}

static void
open_history (LiftTodayPage *self)
{
  g_autoptr (LiftQuery) query = query_history (self);

  self->history = lift_entity_list_new (self->store, query);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (show_history), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->history_list, G_LIST_MODEL (self->history), new_history_row, self,
                           NULL);
}

/**
 * lift_today_page_new:
 * @athlete_id: who trains
 * @menu: (nullable): the primary menu
 *
 * Returns: (transfer none): a page that is being filled
 */
GtkWidget *
lift_today_page_new (LiftStore *store, const char *athlete_id, GMenuModel *menu)
{
  LiftTodayPage *self = g_object_new (LIFT_TYPE_TODAY_PAGE, NULL);

  self->store = g_object_ref (store);
  self->athlete_id = g_strdup (athlete_id);
  self->today = lift_day_today (lift_store_get_clock (store));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  show_day (self);
  open_history (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->day_id = g_timeout_add_seconds (DAY_SECONDS, day_cb, self);
  load (self);
  return GTK_WIDGET (self);
}

/**
 * lift_today_page_set_alone:
 * @alone: whether no other page stands beside it
 *
 * Shows the buttons of the window, or leaves them and the accent to the page beside.
 */
void
lift_today_page_set_alone (LiftTodayPage *self, gboolean alone)
{
  if (self->is_alone == alone)
    return;
  self->is_alone = alone;
  adw_header_bar_set_show_end_title_buttons (self->header, alone);
  adw_clamp_set_maximum_size (self->clamp, alone ? WIDE : NARROW);
  if (self->agenda != NULL)
    show_today (self);
}
