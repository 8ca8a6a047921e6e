/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-coach-application.h"

#include <glib/gi18n-lib.h>

#include "lift-coach-view.h"

struct _LiftCoachApplication
{
  LiftApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LiftCoachApplication, lift_coach_application, LIFT_TYPE_APPLICATION)

static void
commit (LiftBatch *batch, const char *done, gpointer user_data)
{
  lift_application_commit (user_data, batch, done);
}

static void
width_changed_cb (LiftCoachView *view, GParamSpec *pspec, LiftWindow *window)
{
  lift_coach_view_set_width (view, lift_window_get_content_width (window));
}

static GtkWidget *
create_content (LiftApplication *application, LiftWindow *window)
{
  LiftAccount *account = lift_application_get_account (application);
  g_autoptr (LiftDesk) desk = lift_desk_new (
    lift_application_get_store (application), lift_account_get_coach_id (account),
    lift_account_get_user_id (account), commit, application);
  GtkWidget *view;

  lift_desk_set_settings (desk, lift_application_get_settings (application));
  view = lift_coach_view_new (desk, lift_application_get_primary_menu (application));
  g_signal_connect_object (window, "notify::content-width", G_CALLBACK (width_changed_cb), view,
                           G_CONNECT_SWAPPED);
  lift_coach_view_set_width (LIFT_COACH_VIEW (view), lift_window_get_content_width (window));
  return view;
}

static void
show_place (LiftApplication *application, GtkWidget *content, const LiftPlace *place)
{
  lift_coach_view_show_place (LIFT_COACH_VIEW (content), place);
}

static void
lift_coach_application_class_init (LiftCoachApplicationClass *klass)
{
  static const char *const places[] = { "TrainingPlan", NULL };
  LiftApplicationClass *application_class = LIFT_APPLICATION_CLASS (klass);

  application_class->user_type = "coach";
  application_class->title = N_ ("LiftLogger Coach");
  application_class->create_content = create_content;
  application_class->places = places;
  application_class->show_place = show_place;
}

static void
lift_coach_application_init (LiftCoachApplication *self)
{
}

/**
 * lift_coach_application_new:
 *
 * Returns: (transfer full): the program for coaches
 */
LiftCoachApplication *
lift_coach_application_new (void)
{
  return g_object_new (LIFT_TYPE_COACH_APPLICATION, "application-id", "org.liftlogger.Coach", NULL);
}
