/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-coach-view.h"

#include <string.h>

#include "lift-athlete-list.h"
#include "lift-plan-editor.h"
#include "lift-week-view.h"

/* Under these widths, in pixels, one pane is shown at a time, the days stand below each other, and
 * a set takes two lines. */
#define FOLD_WIDTH 700
#define SIDE_BAR_WIDTH 280
#define WEEK_WIDTH 840
#define SET_WIDTH 600

struct _LiftCoachView
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  LiftAthleteList *athletes;
  GtkStack *pages;
  LiftWeekView *week;
  LiftPlanEditor *editor;

  LiftDesk *desk;
};

G_DEFINE_FINAL_TYPE (LiftCoachView, lift_coach_view, ADW_TYPE_BIN)

static gboolean
shows (LiftCoachView *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) == 0;
}

static void
show_page (LiftCoachView *self, const char *page)
{
  gboolean is_plan = g_str_equal (page, "plan");
  gboolean has_athlete = !g_str_equal (page, "nobody");
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_action_set_enabled (widget, "coach.add-exercise", is_plan);
  gtk_widget_action_set_enabled (widget, "coach.publish", is_plan);
  gtk_widget_action_set_enabled (widget, "coach.previous-week", has_athlete && !is_plan);
  gtk_widget_action_set_enabled (widget, "coach.next-week", has_athlete && !is_plan);
  gtk_widget_action_set_enabled (widget, "coach.new-plan", has_athlete);
}

static const char *
get_athlete_name (LiftCoachView *self)
{
  LiftAthlete *athlete = lift_week_view_get_athlete (self->week);

  return athlete != NULL && athlete->display_name != NULL ? athlete->display_name : "";
}

static void
open_plan_cb (LiftCoachView *self, const char *id)
{
  lift_plan_editor_open (self->editor, id, get_athlete_name (self));
  show_page (self, "plan");
}

static void
new_plan_cb (LiftCoachView *self, const char *id)
{
  lift_plan_editor_open_new (self->editor, id, get_athlete_name (self));
  show_page (self, "plan");
}

static void
closed_cb (LiftCoachView *self)
{
  g_autofree char *id = NULL;

  if (!shows (self, "plan"))
    return;
  id = g_strdup (lift_plan_editor_get_plan_id (self->editor));
  show_page (self, "week");
  lift_plan_editor_close (self->editor);
  lift_week_view_focus_plan (self->week, id);
}

static void
selected_cb (LiftCoachView *self, LiftAthlete *athlete)
{
  if (shows (self, "plan"))
    lift_plan_editor_close (self->editor);
  lift_week_view_show_athlete (self->week, athlete);
  show_page (self, athlete != NULL ? "week" : "nobody");
}

static void
show_content (LiftCoachView *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
}

static void
folded_cb (LiftCoachView *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  lift_athlete_list_set_folded (self->athletes, folded);
  lift_week_view_set_folded (self->week, folded);
  lift_plan_editor_set_folded (self->editor, folded);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftCoachView *self = LIFT_COACH_VIEW (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->athletes));
}

static void
week_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *action = g_strconcat ("week", strchr (name, '.'), NULL);

  if (g_str_has_suffix (action, "-week"))
    action[strlen (action) - strlen ("-week")] = '\0';
  gtk_widget_activate_action (GTK_WIDGET (LIFT_COACH_VIEW (widget)->week), action, NULL);
}

static void
plan_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *action = g_strconcat ("plan", strchr (name, '.'), NULL);

  gtk_widget_activate_action (GTK_WIDGET (LIFT_COACH_VIEW (widget)->editor), action, NULL);
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  back_cb (widget, name, parameter);
  lift_athlete_list_search (LIFT_COACH_VIEW (widget)->athletes);
}

static void
new_athlete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  back_cb (widget, name, parameter);
  lift_athlete_list_ask_name (LIFT_COACH_VIEW (widget)->athletes);
}

static void
lift_coach_view_dispose (GObject *object)
{
  LiftCoachView *self = LIFT_COACH_VIEW (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lift_coach_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "coach.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "coach.previous-week", NULL, week_cb);
  gtk_widget_class_install_action (widget_class, "coach.next-week", NULL, week_cb);
  gtk_widget_class_install_action (widget_class, "coach.new-plan", NULL, week_cb);
  gtk_widget_class_install_action (widget_class, "coach.add-exercise", NULL, plan_cb);
  gtk_widget_class_install_action (widget_class, "coach.publish", NULL, plan_cb);
  gtk_widget_class_install_action (widget_class, "coach.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "coach.new-athlete", NULL, new_athlete_cb);
}

static void
lift_coach_view_class_init (LiftCoachViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_coach_view_dispose;
  g_type_ensure (LIFT_TYPE_ATHLETE_LIST);
  g_type_ensure (LIFT_TYPE_PLAN_EDITOR);
  g_type_ensure (LIFT_TYPE_WEEK_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-coach-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftCoachView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LiftCoachView, athletes);
  gtk_widget_class_bind_template_child (widget_class, LiftCoachView, pages);
  gtk_widget_class_bind_template_child (widget_class, LiftCoachView, week);
  gtk_widget_class_bind_template_child (widget_class, LiftCoachView, editor);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  install_actions (widget_class);
}

static void
lift_coach_view_init (LiftCoachView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->athletes, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->athletes, "activated", G_CALLBACK (show_content), self);
  g_signal_connect_swapped (self->week, "open-plan", G_CALLBACK (open_plan_cb), self);
  g_signal_connect_swapped (self->week, "new-plan", G_CALLBACK (new_plan_cb), self);
  g_signal_connect_swapped (self->editor, "closed", G_CALLBACK (closed_cb), self);
  show_page (self, "nobody");
  folded_cb (self);
}

/**
 * lift_coach_view_new:
 * @menu: (nullable): the main menu of the program
 *
 * Returns: (transfer none): the content of the window
 */
GtkWidget *
lift_coach_view_new (LiftDesk *desk, GMenuModel *menu)
{
  LiftCoachView *self = g_object_new (LIFT_TYPE_COACH_VIEW, NULL);

  self->desk = g_object_ref (desk);
  lift_athlete_list_set_menu (self->athletes, menu);
  lift_week_view_set_desk (self->week, desk);
  lift_plan_editor_set_desk (self->editor, desk);
  lift_athlete_list_set_desk (self->athletes, desk);
  return GTK_WIDGET (self);
}

/**
 * lift_coach_view_show_place:
 * @place: a plan, and a row in it
 *
 * Opens the plan of its athlete with the focus on the row.
 */
void
lift_coach_view_show_place (LiftCoachView *self, const LiftPlace *place)
{
  LiftAthlete *athlete;

  lift_athlete_list_select (self->athletes, place->athlete_id);
  athlete = lift_week_view_get_athlete (self->week);
  show_content (self);
  /* Somebody in the archive is not in the list to be chosen. */
  if (athlete != NULL && g_strcmp0 (LIFT_ENTITY (athlete)->id, place->athlete_id) == 0)
    lift_plan_editor_open_at (self->editor, place->id, get_athlete_name (self), place->part_id);
  else
    lift_plan_editor_open_at (self->editor, place->id, "", place->part_id);
  show_page (self, "plan");
}

/**
 * lift_coach_view_set_width:
 * @width: of the window, in pixels
 *
 * Lays everything out for that width.
 */
void
lift_coach_view_set_width (LiftCoachView *self, int width)
{
  gboolean folded = width < FOLD_WIDTH;
  int content = folded ? width : width - SIDE_BAR_WIDTH;

  adw_leaflet_set_can_unfold (self->leaflet, !folded);
  lift_week_view_set_narrow (self->week, content < WEEK_WIDTH);
  lift_plan_editor_set_narrow (self->editor, content < SET_WIDTH);
}
