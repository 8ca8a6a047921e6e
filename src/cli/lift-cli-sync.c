/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "lift-connectivity.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-sync-journal.h"

static void
append_instant (GString *out, const char *key, gint64 us)
{
  g_autofree char *text = us != LIFT_INT_NULL ? lift_instant_format (us) : NULL;

  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static void
append_member (GString *out, const char *key, const char *text)
{
  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static void
append_failed (GString *out, GPtrArray *rows)
{
  lift_json_append_key (out, "failed");
  g_string_append_c (out, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      LiftFailedRow *row = rows->pdata[i];

      g_string_append (out, i > 0 ? ",{" : "{");
      append_member (out, "entityType", row->info->name);
      append_member (out, "entityId", row->id);
      lift_faults_append_json (row->faults, out);
      lift_json_append_key (out, "retryCount");
      g_string_append_printf (out, "%u", row->retry_count);
      append_instant (out, "nextRetryAt", row->next_retry_at);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* What was refused by an earlier sync, and still is, is not on the server either. */
static gboolean
is_whole (const LiftSyncResult *result, GPtrArray *failed)
{
  return lift_sync_result_is_success (result) && failed->len == 0;
}

static const char *
name_result (const LiftSyncResult *result, GPtrArray *failed)
{
  if (is_whole (result, failed))
    return "success";
  return lift_sync_result_is_success (result) || lift_sync_result_is_partial (result) ? "partial"
                                                                                      : "failure";
}

static void
print_result_json (const LiftSyncResult *result, GPtrArray *failed)
{
  g_autoptr (GString) out = g_string_new ("{");

  append_member (out, "result", name_result (result, failed));
  lift_json_append_key (out, "pulled");
  g_string_append_printf (out, "%u", result->pulled);
  lift_json_append_key (out, "pushed");
  g_string_append_printf (out, "%u", result->pushed);
  append_failed (out, failed);
  append_member (out, "error", result->error != NULL ? result->error->message : NULL);
  g_print ("%s}\n", out->str);
}

static void
print_failed_row (LiftCli *self, LiftFailedRow *row)
{
  g_autofree char *title = lift_sync_dup_title (self->store, row->info, row->id, NULL, NULL);

  for (guint i = 0; i < row->faults->len; i++)
    {
      LiftFault *fault = row->faults->pdata[i];

      g_printerr ("%s %s%s%s: %s%s%s\n", row->info->name, row->id, *title != '\0' ? "  " : "",
                  title, fault->field != NULL ? fault->field : "", fault->field != NULL ? ": " : "",
                  fault->message);
    }
}

static void
print_result_text (LiftCli *self, const LiftSyncResult *result, GPtrArray *failed)
{
  g_print (_ ("Fetched %u, sent %u, refused %u.\n"), result->pulled, result->pushed,
           result->failed);
  for (guint i = 0; i < failed->len; i++)
    print_failed_row (self, failed->pdata[i]);
}

static gboolean
is_signed_out (const LiftSyncResult *result)
{
  return g_error_matches (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
}

/* A sign-in that ended in the middle is told as such: that is what must be mended. */
static LiftExit
report_result (LiftCli *self, const LiftSyncResult *result)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (self->store, &error);

  if (failed == NULL)
    return lift_cli_fail (error);
  if (self->json)
    print_result_json (result, failed);
  else
    print_result_text (self, result, failed);
  if (is_whole (result, failed))
    return LIFT_EXIT_DONE;
  if (result->error == NULL)
    return LIFT_EXIT_PARTIAL;
  if (!lift_sync_result_is_partial (result) || is_signed_out (result))
    return lift_cli_fail (g_error_copy (result->error));
  g_printerr ("liftlogger: %s\n", result->error->message);
  return LIFT_EXIT_PARTIAL;
}

/**
 * lift_cli_sync:
 *
 * `sync [--json]`
 */
LiftExit
lift_cli_sync (LiftCli *self, int argc, char **argv)
{
  g_autoptr (LiftSyncManager) manager = NULL;
  g_autoptr (LiftSyncResult) result = NULL;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("sync"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1)
    return lift_cli_usage ("sync", "%s", _ ("It takes no arguments"));
  manager = lift_cli_open_manager (self, &error);
  if (manager == NULL)
    return lift_cli_fail (error);
  result = lift_sync_manager_sync_sync (manager, NULL, &error);
  return result != NULL ? report_result (self, result) : lift_cli_fail (error);
}

typedef struct
{
  LiftCli *cli;
  GMainLoop *loop;
  LiftExit code;
} Watch;

/* Without a sign-in nothing is synced any more, and nobody looks at the terminal of a service. */
static void
on_finished (LiftSyncManager *manager, LiftSyncResult *result, Watch *watch)
{
  report_result (watch->cli, result);
  if (!is_signed_out (result))
    return;
  watch->code = LIFT_EXIT_SIGN_IN;
  g_main_loop_quit (watch->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * lift_cli_watch:
 *
 * `watch`: until it is interrupted, or the sign-in ends
 */
LiftExit
lift_cli_watch (LiftCli *self, int argc, char **argv)
{
  g_autoptr (LiftSyncManager) manager = NULL;
  g_autoptr (LiftConnectivity) connectivity = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch watch = { self, loop, LIFT_EXIT_DONE };
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("watch"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  manager = lift_cli_open_manager (self, &error);
  if (manager == NULL)
    return lift_cli_fail (error);
  connectivity = lift_connectivity_new (lift_account_get_server (self->account));
  g_signal_connect (manager, "finished", G_CALLBACK (on_finished), &watch);
  g_signal_connect_swapped (connectivity, "reconnected", G_CALLBACK (lift_sync_manager_poke),
                            manager);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  lift_sync_manager_start (manager);
  g_main_loop_run (loop);
  lift_sync_manager_stop (manager);
  g_signal_handlers_disconnect_by_data (manager, &watch);
  return watch.code;
}

/**
 * lift_cli_doctor:
 *
 * `doctor`
 */
LiftExit
lift_cli_doctor (LiftCli *self, int argc, char **argv)
{
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("doctor"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (!lift_cli_open_store (self, &error) || !lift_store_check_sync (self->store, &error))
    return lift_cli_fail (error);
  g_print (_ ("%s is sound.\n"), lift_store_get_path (self->store));
  return LIFT_EXIT_DONE;
}
