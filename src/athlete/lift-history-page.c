/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-day.h"
#include "lift-format.h"
#include "lift-summary-pages.h"
#include "lift-toast.h"
#include "lift-workout-label.h"

static void
append_fact (GString *out, const char *fact)
{
  if (fact != NULL && *fact != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", fact);
}

static char *
describe_length (LiftTrainingSession *session)
{
  gint64 minutes;

  if (session->started_at == LIFT_INT_NULL || session->ended_at == LIFT_INT_NULL)
    return NULL;
  minutes = (session->ended_at - session->started_at) / (60 * G_USEC_PER_SEC);
  return minutes > 0 ? g_strdup_printf (_ ("%d min"), (int) minutes) : NULL;
}

static char *
describe_facts (LiftSummaryPage *page, LiftTrainingSession *session)
{
  GString *out = g_string_new (NULL);
  g_autofree char *length = describe_length (session);
  g_autofree char *weight = lift_format_load (session->body_weight,
                                              lift_summary_page_get_unit (page));
  g_autofree char *body = *weight != '\0' ? g_strdup_printf (_ ("body weight %s"), weight) : NULL;
  g_autofree char *number = isnan (session->session_rpe)
                              ? NULL
                              : lift_format_number (session->session_rpe);
  g_autofree char *rpe = number != NULL ? g_strdup_printf (_ ("session RPE %s"), number) : NULL;

  append_fact (out, length);
  append_fact (out, body);
  append_fact (out, rpe);
  return g_string_free (out, FALSE);
}

static void
show_set (LiftSummaryPage *page, LiftWorkoutSet *item)
{
  LiftSetSession *set = item->set;
  gboolean is_done = set->completed_at != LIFT_INT_NULL;
  g_autofree char *number = lift_set_label (item->ordinal);
  g_autofree char *target = lift_format_target (set, lift_summary_page_get_unit (page));
  g_autofree char *done = is_done ? lift_format_done (set, lift_summary_page_get_unit (page))
                                  : g_strdup ("");

  lift_summary_page_add_set (page, number, target, done);
}

static void
show_exercise (LiftSummaryPage *page, LiftWorkoutExercise *exercise)
{
  lift_summary_page_add_exercise (page, lift_workout_exercise_get_name (exercise),
                                  exercise->variants, exercise->session->notes);
  for (guint i = 0; i < exercise->sets->len; i++)
    show_set (page, exercise->sets->pdata[i]);
}

static void
show (LiftSummaryPage *page, LiftWorkout *workout)
{
  LiftTrainingSession *session = workout->session;
  g_autofree char *facts = describe_facts (page, session);
  g_autofree char *when = NULL;
  LiftDay day;

  if (lift_day_parse (session->session_date, &day))
    when = lift_format_day_full (day);
  lift_summary_page_set_title (page, session->name != NULL ? session->name : _ ("Session"),
                               when != NULL ? when : "");
  lift_summary_page_set_facts (page, facts, session->notes);
  lift_summary_page_set_button (page, _ ("Correct"), "athlete.open-session",
                                LIFT_ENTITY (session)->id, FALSE);
  lift_summary_page_clear (page);
  for (guint i = 0; i < workout->exercises->len; i++)
    show_exercise (page, workout->exercises->pdata[i]);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSummaryPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftWorkout) workout = lift_workout_load_finish (LIFT_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (lift_summary_page_get_cancellable (page)))
    return;
  if (workout != NULL)
    show (page, workout);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    gtk_widget_activate_action (GTK_WIDGET (page), "athlete.close", NULL);
  else
    lift_toast_error (GTK_WIDGET (page), error);
}

static void
load (LiftSummaryPage *page)
{
  lift_workout_load_async (lift_summary_page_get_store (page), lift_summary_page_get_id (page),
                           lift_summary_page_get_cancellable (page), loaded_cb,
                           g_object_ref (page));
}

/**
 * lift_history_page_new:
 * @session_id: a session that is over
 * @settings: (nullable): where the unit is kept, in which loads without one of their own are shown
 *
 * Returns: (transfer none): its sets, each beside its target
 */
GtkWidget *
lift_history_page_new (LiftStore *store, const char *session_id, GSettings *settings)
{
  static const LiftSummaryKind kind = { load, lift_workout_is_touched_by };

  return lift_summary_page_new (store, session_id, settings, &kind);
}
