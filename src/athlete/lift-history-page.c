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

/* What a page that shows a session holds on to; goes with the page. */
typedef struct
{
  LiftSummaryPage *page;
  LiftStore *store;
  char *session_id;
  const char *unit;
  GCancellable *cancellable;
} History;

static void
history_free (gpointer data)
{
  History *history = data;

  g_cancellable_cancel (history->cancellable);
  g_object_unref (history->cancellable);
  g_object_unref (history->store);
  g_free (history->session_id);
  g_free (history);
}

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
describe_facts (History *history, LiftTrainingSession *session)
{
  GString *out = g_string_new (NULL);
  g_autofree char *length = describe_length (session);
  g_autofree char *weight = lift_format_load (session->body_weight, history->unit);
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
show_set (History *history, LiftWorkoutSet *item)
{
  LiftSetSession *set = item->set;
  gboolean is_done = set->completed_at != LIFT_INT_NULL;
  g_autofree char *number = lift_set_label (item->ordinal);
  g_autofree char *target = lift_format_target (set, history->unit);
  g_autofree char *done = is_done ? lift_format_done (set, history->unit) : g_strdup ("");

  lift_summary_page_add_set (history->page, number, target, done);
}

static void
show_exercise (History *history, LiftWorkoutExercise *exercise)
{
  lift_summary_page_add_exercise (history->page, lift_workout_exercise_get_name (exercise),
                                  exercise->variants, exercise->session->notes);
  for (guint i = 0; i < exercise->sets->len; i++)
    show_set (history, exercise->sets->pdata[i]);
}

static void
show (History *history, LiftWorkout *workout)
{
  LiftTrainingSession *session = workout->session;
  g_autofree char *facts = describe_facts (history, session);
  g_autofree char *when = NULL;
  LiftDay day;

  if (lift_day_parse (session->session_date, &day))
    when = lift_format_day_full (day);
  lift_summary_page_set_title (history->page, session->name != NULL ? session->name : _ ("Session"),
                               when != NULL ? when : "");
  lift_summary_page_set_facts (history->page, facts, session->notes);
  lift_summary_page_set_button (history->page, _ ("Correct"), "athlete.open-session",
                                LIFT_ENTITY (session)->id, FALSE);
  lift_summary_page_clear (history->page);
  for (guint i = 0; i < workout->exercises->len; i++)
    show_exercise (history, workout->exercises->pdata[i]);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSummaryPage) page = user_data;
  History *history = g_object_get_data (G_OBJECT (page), "history");
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftWorkout) workout = lift_workout_load_finish (LIFT_STORE (source), result, &error);

  if (history == NULL || g_cancellable_is_cancelled (history->cancellable))
    return;
  if (workout != NULL)
    show (history, workout);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    gtk_widget_activate_action (GTK_WIDGET (page), "athlete.close", NULL);
  else
    lift_toast_error (GTK_WIDGET (page), error);
}

static void
load (History *history)
{
  lift_workout_load_async (history->store, history->session_id, history->cancellable, loaded_cb,
                           g_object_ref (history->page));
}

static void
changed_cb (LiftSummaryPage *page, LiftChanges *changes)
{
  if (lift_workout_is_touched_by (changes))
    load (g_object_get_data (G_OBJECT (page), "history"));
}

/**
 * lift_history_page_new:
 * @session_id: a session that is over
 * @unit: in what loads without a unit of their own are shown
 *
 * Returns: (transfer none): its sets, each beside its target
 */
GtkWidget *
lift_history_page_new (LiftStore *store, const char *session_id, const char *unit)
{
  GtkWidget *page = lift_summary_page_new ();
  History *history = g_new0 (History, 1);

  history->page = LIFT_SUMMARY_PAGE (page);
  history->store = g_object_ref (store);
  history->session_id = g_strdup (session_id);
  history->unit = unit;
  history->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (page), "history", history, history_free);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), page, G_CONNECT_SWAPPED);
  load (history);
  return page;
}
