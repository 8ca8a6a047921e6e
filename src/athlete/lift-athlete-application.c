/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-athlete-application.h"

#include <glib/gi18n-lib.h>

#include "lift-athlete-view.h"

struct _LiftAthleteApplication
{
  LiftApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LiftAthleteApplication, lift_athlete_application, LIFT_TYPE_APPLICATION)

static void
width_changed_cb (LiftAthleteView *view, GParamSpec *pspec, LiftWindow *window)
{
  lift_athlete_view_set_width (view, lift_window_get_content_width (window));
}

static GtkWidget *
lift_athlete_application_create_content (LiftApplication *application, LiftWindow *window)
{
  LiftAccount *account = lift_application_get_account (application);
  GtkWidget *view = lift_athlete_view_new (
    lift_application_get_store (application), lift_application_get_undo (application),
    lift_account_get_athlete_id (account), lift_application_get_primary_menu (application),
    lift_application_get_settings (application));

  g_signal_connect_object (window, "notify::content-width", G_CALLBACK (width_changed_cb), view,
                           G_CONNECT_SWAPPED);
  lift_athlete_view_set_width (LIFT_ATHLETE_VIEW (view), lift_window_get_content_width (window));
  return view;
}

static void
lift_athlete_application_show_place (LiftApplication *application,
                                     GtkWidget *content,
                                     const LiftPlace *place)
{
  lift_athlete_view_show_place (LIFT_ATHLETE_VIEW (content), place);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/liftlogger/athlete/athlete.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
lift_athlete_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (lift_athlete_application_parent_class)->startup (application);
  load_style ();
}

static void
lift_athlete_application_class_init (LiftAthleteApplicationClass *klass)
{
  static const char *const places[] = { "TrainingSession", NULL };
  LiftApplicationClass *application_class = LIFT_APPLICATION_CLASS (klass);

  G_APPLICATION_CLASS (klass)->startup = lift_athlete_application_startup;
  application_class->user_type = "athlete";
  application_class->title = N_ ("LiftLogger");
  application_class->create_content = lift_athlete_application_create_content;
  application_class->places = places;
  application_class->show_place = lift_athlete_application_show_place;
}

static void
lift_athlete_application_init (LiftAthleteApplication *self)
{
}

/**
 * lift_athlete_application_new:
 *
 * Returns: (transfer full): the athlete's program
 */
LiftAthleteApplication *
lift_athlete_application_new (void)
{
  return g_object_new (LIFT_TYPE_ATHLETE_APPLICATION, "application-id", "org.liftlogger.Athlete",
                       "resource-base-path", "/org/liftlogger/athlete", NULL);
}
