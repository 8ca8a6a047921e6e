/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-api.h"
#include "lift-format.h"
#include "lift-hints.h"
#include "lift-sync-indicator.h"
#include "lift-sync-words.h"
#include "ui-fixture.h"

/* The bottom line over a store, and the listener for news. */

typedef struct
{
  LiftApi *api;
  LiftSyncManager *manager;
  GtkWidget *line;
  GtkWindow *window;
} Line;

static void
open_line (StoreFixture *self, Line *line)
{
  g_autoptr (LiftTransport) transport = g_object_new (TEST_TYPE_TRANSPORT, NULL);

  line->api = lift_api_new (transport);
  lift_api_set_tokens (line->api, "token", NULL);
  line->manager = lift_sync_manager_new (self->store, line->api, self->athlete);
  line->line = lift_sync_indicator_new (self->store, line->manager);
  line->window = ui_show (line->line);
}

static gboolean
is_ours_alone (gpointer data)
{
  return g_atomic_int_get (&((GObject *) data)->ref_count) == 1;
}

static void
close_line (StoreFixture *self, Line *line)
{
  gtk_window_destroy (line->window);
  lift_sync_manager_stop (line->manager);
  ui_wait_until (is_ours_alone, line->manager);
  g_assert_finalize_object (line->manager);
  g_object_unref (line->api);
  ui_wait_until (is_ours_alone, self->store);
}

static void
test_line_counts (StoreFixture *self, gconstpointer data)
{
  Line line;
  g_autoptr (LiftTrainingPlan) plan = NULL;

  open_line (self, &line);
  lift_sync_manager_start (line.manager);
  ui_wait_for (line.line, GTK_TYPE_LABEL, "Saved on this computer · not synced yet");
  plan = store_fixture_add_plan (self);
  ui_wait_for (line.line, GTK_TYPE_LABEL, "Saved on this computer · 1 change waiting");
  close_line (self, &line);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSyncResult)
    answer = lift_sync_manager_sync_finish (LIFT_SYNC_MANAGER (source), result, NULL);

  *(gboolean *) user_data = TRUE;
}

/* What is not on the server is said to be here, also when the server cannot be reached. */
static void
test_line_offline (StoreFixture *self, gconstpointer data)
{
  Line line;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  gboolean done = FALSE;

  open_line (self, &line);
  lift_sync_manager_sync_async (line.manager, NULL, synced_cb, &done);
  store_fixture_wait (&done);
  ui_wait_for (line.line, GTK_TYPE_LABEL, "Saved on this computer · 1 change waiting");
  close_line (self, &line);
}

/* The words name what is waiting also when the password is needed, and offer the sign-in. */
static void
test_line_signed_out (StoreFixture *self, gconstpointer data)
{
  Line line;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  gboolean done = FALSE;

  open_line (self, &line);
  lift_api_set_tokens (line.api, NULL, NULL);
  lift_sync_manager_sync_async (line.manager, NULL, synced_cb, &done);
  store_fixture_wait (&done);
  ui_wait_for (line.line, GTK_TYPE_LABEL,
               "Sign in again · saved on this computer · 1 change waiting");
  ui_wait_for (line.line, GTK_TYPE_LABEL, "Sign In…");
  close_line (self, &line);
}

/* Whoever is to mend what was refused must know which row it is. */
static void
test_subject (StoreFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (plan));
  g_autofree char *words = lift_sync_dup_title (self->store, info, LIFT_ENTITY (plan)->id, NULL,
                                                lift_format_day_full);
  g_autofree char *plain = lift_sync_dup_title (self->store, info, LIFT_ENTITY (plan)->id, NULL,
                                                NULL);
  g_autofree char *nothing = lift_sync_dup_title (self->store, info, self->athlete, NULL, NULL);

  g_assert_cmpstr (words, ==, "Squat day · Monday, 2 March 2026");
  g_assert_cmpstr (plain, ==, "Squat day · 2026-03-02");
  g_assert_cmpstr (nothing, ==, "");
}

/* A server without news is left alone, and one that cannot be reached holds nothing up. */
static void
test_hints_stop (StoreFixture *self, gconstpointer data)
{
  static const guint statuses[] = { 0, 404 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (TestTransport) transport = g_object_new (TEST_TYPE_TRANSPORT, NULL);
      g_autoptr (LiftApi) api = NULL;
      LiftHints *hints;

      transport->status = statuses[i];
      transport->body = "{\"status\":404,\"code\":\"NOT_FOUND\"}";
      api = lift_api_new (LIFT_TRANSPORT (transport));
      hints = lift_hints_new (api);
      lift_hints_start (hints);
      lift_hints_start (hints);
      store_fixture_settle ();
      lift_hints_stop (hints);
      g_assert_finalize_object (hints);
      ui_wait_until (is_ours_alone, api);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  STORE_TEST ("/ui/sync/line-counts", test_line_counts);
  STORE_TEST ("/ui/sync/line-offline", test_line_offline);
  STORE_TEST ("/ui/sync/line-signed-out", test_line_signed_out);
  STORE_TEST ("/ui/sync/subject", test_subject);
  STORE_TEST ("/ui/sync/hints-stop", test_hints_stop);
  return g_test_run ();
}
