/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-week-view.h"

#include <glib/gi18n-lib.h>

#include "lift-day-column.h"
#include "lift-week.h"

#define N_DAYS 7

enum
{
  OPEN_PLAN,
  NEW_PLAN,
  N_SIGNALS
};

struct _LiftWeekView
{
  AdwBin parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *today_button;
  GtkWidget *new_button;
  GtkWidget *scroller;
  GtkBox *days_box;

  LiftDayColumn *days[N_DAYS];
  LiftDesk *desk;
  LiftWeek *week;
  LiftAthlete *athlete;
  LiftDay chosen;
  gboolean narrow;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftWeekView, lift_week_view, ADW_TYPE_BIN)

static LiftDay
get_week_of (LiftWeekView *self, LiftDay day)
{
  return lift_day_get_week_start (day, lift_desk_get_first_weekday (self->desk));
}

static void
show_title (LiftWeekView *self)
{
  LiftDay start = lift_week_get_start (self->week);
  g_autofree char *subtitle = lift_week_dup_title (start);
  LiftDay today = lift_desk_get_today (self->desk);

  adw_window_title_set_title (self->title,
                              self->athlete != NULL ? self->athlete->display_name : "");
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_visible (self->today_button, !self->narrow && start != get_week_of (self, today));
}

static void
show_days (LiftWeekView *self)
{
  LiftDay start = lift_week_get_start (self->week);

  show_title (self);
  for (int i = 0; i < N_DAYS; i++)
    lift_day_column_show (self->days[i], self->week, start + i, lift_desk_get_today (self->desk));
}

static void
go_to (LiftWeekView *self, LiftDay day)
{
  self->chosen = day;
  lift_week_show (self->week, self->athlete != NULL ? LIFT_ENTITY (self->athlete)->id : NULL,
                  get_week_of (self, day));
  show_title (self);
}

static void
previous_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftWeekView *self = LIFT_WEEK_VIEW (widget);

  go_to (self, self->chosen - N_DAYS);
}

static void
next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftWeekView *self = LIFT_WEEK_VIEW (widget);

  go_to (self, self->chosen + N_DAYS);
}

static void
today_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftWeekView *self = LIFT_WEEK_VIEW (widget);

  go_to (self, lift_desk_get_today (self->desk));
}

static void
add_plan (LiftWeekView *self, LiftDay day)
{
  g_autofree char *id = NULL;

  if (self->athlete == NULL)
    return;
  lift_desk_take_batch (self->desk, lift_week_add_plan (self->week, day, _ ("New plan"), &id),
                        NULL);
  g_signal_emit (self, signals[NEW_PLAN], 0, id);
}

static void
new_plan_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftWeekView *self = LIFT_WEEK_VIEW (widget);

  add_plan (self, self->chosen);
}

static void
add_cb (LiftWeekView *self, LiftDayColumn *column)
{
  add_plan (self, lift_day_column_get_day (column));
}

static void
chosen_cb (LiftWeekView *self, LiftDayColumn *column)
{
  self->chosen = lift_day_column_get_day (column);
}

static void
open_cb (LiftWeekView *self, const char *id)
{
  g_signal_emit (self, signals[OPEN_PLAN], 0, id);
}

static LiftTrainingPlan *
find_plan (LiftWeekView *self, const char *id)
{
  for (int i = 0; i < N_DAYS; i++)
    {
      g_autoptr (GPtrArray)
        items = lift_week_select_day (self->week, lift_week_get_start (self->week) + i);

      for (guint j = 0; j < items->len; j++)
        {
          LiftWeekItem *item = items->pdata[j];

          if (item->plan != NULL && g_str_equal (lift_week_item_get_id (item), id))
            return item->plan;
        }
    }
  return NULL;
}

static void
delete_cb (LiftWeekView *self, const char *id)
{
  LiftTrainingPlan *plan = find_plan (self, id);
  g_autofree char *done = NULL;

  if (plan == NULL)
    return;
  done = g_strdup_printf (_ ("%s deleted"), plan->name);
  lift_desk_take_batch (self->desk, lift_week_delete_plan (plan), done);
}

static void
week_changed_cb (LiftWeekView *self)
{
  go_to (self, self->chosen);
}

static void
lift_week_view_dispose (GObject *object)
{
  LiftWeekView *self = LIFT_WEEK_VIEW (object);

  if (self->week != NULL)
    g_signal_handlers_disconnect_by_data (self->week, self);
  g_clear_object (&self->week);
  g_clear_object (&self->athlete);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lift_week_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, header);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, title);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, back_button);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, today_button);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, new_button);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, scroller);
  gtk_widget_class_bind_template_child (widget_class, LiftWeekView, days_box);
}

static void
lift_week_view_class_init (LiftWeekViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_week_view_dispose;
  signals[OPEN_PLAN] = g_signal_new ("open-plan", LIFT_TYPE_WEEK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_PLAN] = g_signal_new ("new-plan", LIFT_TYPE_WEEK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-week-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "week.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "week.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "week.today", NULL, today_cb);
  gtk_widget_class_install_action (widget_class, "week.new-plan", NULL, new_plan_cb);
}

static void
lift_week_view_init (LiftWeekView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_DAYS; i++)
    {
      self->days[i] = LIFT_DAY_COLUMN (lift_day_column_new ());
      g_signal_connect_swapped (self->days[i], "add", G_CALLBACK (add_cb), self);
      g_signal_connect_swapped (self->days[i], "chosen", G_CALLBACK (chosen_cb), self);
      g_signal_connect_swapped (self->days[i], "open", G_CALLBACK (open_cb), self);
      g_signal_connect_swapped (self->days[i], "delete", G_CALLBACK (delete_cb), self);
      gtk_box_append (self->days_box, GTK_WIDGET (self->days[i]));
    }
}

/**
 * lift_week_view_set_desk:
 *
 * Says what it works with, once.
 */
void
lift_week_view_set_desk (LiftWeekView *self, LiftDesk *desk)
{
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->week = lift_week_new (desk);
  self->chosen = lift_desk_get_today (desk);
  g_signal_connect_swapped (self->week, "loaded", G_CALLBACK (show_days), self);
  g_signal_connect_object (desk, "changed", G_CALLBACK (week_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * lift_week_view_show_athlete:
 * @athlete: (nullable): whose plans to show; the week stays
 */
void
lift_week_view_show_athlete (LiftWeekView *self, LiftAthlete *athlete)
{
  g_set_object (&self->athlete, athlete);
  go_to (self, self->chosen);
}

/**
 * lift_week_view_get_athlete:
 *
 * Returns: (transfer none) (nullable): whose plans are shown
 */
LiftAthlete *
lift_week_view_get_athlete (LiftWeekView *self)
{
  return self->athlete;
}

/**
 * lift_week_view_focus_plan:
 * @id: (nullable): a plan that was just left
 *
 * Puts the focus on it, or on the day that is chosen where it has gone.
 */
void
lift_week_view_focus_plan (LiftWeekView *self, const char *id)
{
  for (int i = 0; id != NULL && i < N_DAYS; i++)
    if (lift_day_column_focus_plan (self->days[i], id))
      return;
  for (int i = 0; i < N_DAYS; i++)
    if (lift_day_column_get_day (self->days[i]) == self->chosen)
      lift_day_column_focus_plan (self->days[i], NULL);
}

/**
 * lift_week_view_set_narrow:
 *
 * Shows the days below each other, or side by side.
 */
void
lift_week_view_set_narrow (LiftWeekView *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->days_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->days_box, !narrow);
  for (int i = 0; i < N_DAYS; i++)
    lift_day_column_set_narrow (self->days[i], narrow);
  if (self->week != NULL)
    show_title (self);
}

/**
 * lift_week_view_set_folded:
 *
 * Says whether it has the window to itself, so that a way back is needed.
 */
void
lift_week_view_set_folded (LiftWeekView *self, gboolean folded)
{
  gtk_widget_set_visible (self->back_button, folded);
  gtk_widget_set_visible (self->new_button, !folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
}
