/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-run.h"

#include <glib/gi18n-lib.h>

#include "lift-ablation.h"
#include "lift-digest.h"
#include "lift-page.h"
#include "lift-remote-error.h"
#include "lift-sync-facts.h"

/*
 * The pull of a server that gives cursors. A page and the cursor behind it are committed together,
 * so whatever happens, the next pull goes on where the store is.
 */

static gboolean
is_too_much (const GError *error)
{
  return g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OVERSIZED) ||
         g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TIMEOUT);
}

/* Whether as many rows of a type came as were asked for: only that shows what can be borne. */
static gboolean
fills (const LiftPullPage *page, guint limit)
{
  JsonObjectIter iter;
  JsonNode *rows;

  json_object_iter_init (&iter, page->changes);
  while (json_object_iter_next (&iter, NULL, &rows))
    if (JSON_NODE_HOLDS_ARRAY (rows) && json_array_get_length (json_node_get_array (rows)) >= limit)
      return TRUE;
  return FALSE;
}

/*
 * lift_pull_fetch:
 * @request: its limit is filled in
 *
 * Asks for a page, and for a smaller one where the answer was too long to be taken. Where it took
 * too long there may be no line at all, so the smaller one is for the next run.
 */
LiftPullPage *
lift_pull_fetch (LiftSyncRun *run, const LiftPullRequest *request, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      LiftPullRequest sized = *request;
      LiftPullPage *page;
      gboolean least = run->pull_limit == 1;

      sized.limit = run->pull_limit;
      page = lift_api_pull (run->api, &sized, run->cancellable, &local_error);
      if (page != NULL)
        {
          run->filled |= fills (page, run->pull_limit);
          return page;
        }
      if (!least && is_too_much (local_error))
        run->pull_limit /= 2;
      if (least || !g_error_matches (local_error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OVERSIZED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
}

/* The next page is fetched and parsed while the one before is written; where a simulation wants no
 * threads, before that. */
typedef struct
{
  LiftSyncRun *run;
  char *cursor;
  GError *error;
} Fetch;

static gpointer
fetch_thread (gpointer data)
{
  Fetch *fetch = data;
  LiftPullRequest request = { .cursor = fetch->cursor };

  return lift_pull_fetch (fetch->run, &request, &fetch->error);
}

typedef struct
{
  const LiftPullPage *page;
  LiftPageContext *context;
} Apply;

/* Whether the rows here become those of another history of the server. */
static gboolean
is_another (const LiftHistory *history)
{
  return history->told && history->was_named;
}

static gboolean
apply_page (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Apply *apply = user_data;

  const LiftPullPage *page = apply->page;
  gboolean anew = apply->context->seen != NULL;
  g_autofree char *known = lift_store_writer_dup_fact (writer, LIFT_FACT_EPOCH);

  if (!lift_page_apply (writer, page, apply->context, error))
    return FALSE;
  if (!page->has_more && anew &&
      (!lift_page_sweep (writer, apply->context, error) ||
       !lift_store_writer_set_fact (writer, LIFT_FACT_RESYNC, NULL, error) ||
       (is_another (apply->context->history) &&
        !lift_store_writer_set_fact (writer, LIFT_FACT_RECOUNT, "1", error))))
    return FALSE;
  /* Until everything came anew, rows of the old history are here, if there was one. */
  return (page->epoch == NULL || (anew && page->has_more && known != NULL) ||
          lift_store_writer_set_fact (writer, LIFT_FACT_EPOCH, page->epoch, error)) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_CURSOR, page->cursor, error);
}

static gboolean
store_cursor (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_store_writer_set_fact (writer, LIFT_FACT_CURSOR, user_data, error);
}

static gboolean
store_page (LiftSyncRun *run, const LiftPullPage *page, GHashTable *seen, GError **error)
{
  LiftPageContext context = { lift_sync_run_get_now (run), seen, &run->history };
  Apply apply = { page, &context };

  /* Before anything is dropped, and when no restore can come between that and what was pulled. */
  if (seen != NULL && !page->has_more && !run->restored && !run->history.told &&
      !lift_pull_server_forgot (run, &run->restored, error))
    return FALSE;
  context.restored = run->restored && !lift_without (FORGOTTEN);

  if (lift_without (CURSOR_WITH_PAGE) &&
      !lift_store_write_sync (run->store, store_cursor, page->cursor, error))
    return FALSE;
  if (!lift_store_write_sync (run->store, apply_page, &apply, error))
    return FALSE;
  run->result->pulled += context.taken;
  return TRUE;
}

/* A server that says that there is more at the very place that it was asked for would be asked for
 * ever. */
static gboolean
has_moved (const LiftPullPage *from, const LiftPullPage *to, GError **error)
{
  if (to == NULL || !to->has_more || g_strcmp0 (from->cursor, to->cursor) != 0)
    return TRUE;
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER,
                       _ ("The server sends the same page again and again; try again later, and "
                          "tell whoever runs the server"));
  return FALSE;
}

/* Stores @page and returns the one behind it. */
static gboolean
step (LiftSyncRun *run, LiftPullPage **page, GHashTable *seen, GError **error)
{
  g_autoptr (LiftPullPage) current = g_steal_pointer (page);
  Fetch fetch = { run, current->cursor };
  GThread *thread = NULL;
  gboolean stored;

  if (current->has_more && lift_store_is_inline (run->store))
    *page = fetch_thread (&fetch);
  else if (current->has_more)
    thread = g_thread_new ("lift-pull", fetch_thread, &fetch);
  stored = store_page (run, current, seen, error);
  if (thread != NULL)
    *page = g_thread_join (thread);
  if (!stored)
    {
      g_clear_error (&fetch.error);
      g_clear_pointer (page, lift_pull_page_free);
      return FALSE;
    }
  if (fetch.error != NULL)
    g_propagate_error (error, fetch.error);
  if (!has_moved (current, *page, error))
    return FALSE;
  return !current->has_more ? lift_digest_check (run, current->digest, error) : *page != NULL;
}

static gboolean
walk (LiftSyncRun *run, LiftPullPage *first, GHashTable *seen, GError **error)
{
  g_autoptr (LiftPullPage) page = first;

  for (guint pages = 1; page != NULL; pages++)
    {
      run->report (run, LIFT_SYNC_PULLING, 0.5 - 0.5 / (pages + 1));
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !step (run, &page, seen, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_position (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_store_writer_set_fact (writer, LIFT_FACT_RESYNC, user_data, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_CURSOR, NULL, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_SINCE, NULL, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_SINCE_NEXT, NULL, error) &&
         lift_database_run (lift_store_writer_get_database (writer), error,
                            "DELETE FROM fact WHERE name LIKE '" LIFT_FACT_SINCE_TYPE "%'", "");
}

static gboolean
read_history (LiftSyncRun *run, const LiftPullPage *first, GError **error)
{
  g_autofree char *known = NULL;

  if (!lift_sync_run_dup_fact (run, LIFT_FACT_EPOCH, &known, error))
    return FALSE;
  lift_history_read (&run->history, first, known);
  /* Data that were put back as they had been, with the name of their history, do not tell. */
  return run->restored || run->history.told || !run->history.is_named ||
         lift_pull_server_forgot (run, &run->restored, error);
}

/* Which kind of server it is shows in its first answer. */
static gboolean
take_first (
  LiftSyncRun *run, LiftPullPage *first, gboolean had_since, GHashTable *seen, GError **error)
{
  LiftPullRequest everything = { 0 };

  if (seen != NULL && !read_history (run, first, error))
    {
      lift_pull_page_free (first);
      return FALSE;
    }
  if (first->cursor == NULL)
    return lift_pull_base (run, first, seen, error);
  if (!had_since)
    return walk (run, first, seen, error);
  /* It has learnt cursors since the last time: begin with a position that skips nothing. */
  lift_pull_page_free (first);
  if (!lift_store_write_sync (run->store, forget_position, NULL, error))
    return FALSE;
  first = lift_pull_fetch (run, &everything, error);
  return first != NULL && take_first (run, first, FALSE, seen, error);
}

static gboolean
pull_from (LiftSyncRun *run, GHashTable *seen, GError **error)
{
  g_autofree char *cursor = NULL;
  g_autofree char *since = NULL;
  g_autofree char *under_way = NULL;
  LiftPullRequest request = { 0 };
  LiftPullPage *first;

  if (!lift_sync_run_dup_fact (run, LIFT_FACT_CURSOR, &cursor, error) ||
      !lift_sync_run_dup_fact (run, LIFT_FACT_SINCE, &since, error) ||
      !lift_sync_run_dup_fact (run, LIFT_FACT_SINCE_NEXT, &under_way, error))
    return FALSE;
  if (under_way != NULL)
    return lift_pull_base (run, NULL, seen, error);
  request.cursor = cursor;
  request.since = since;
  first = lift_pull_fetch (run, &request, error);
  return first != NULL && take_first (run, first, since != NULL, seen, error);
}

static gboolean
take_count (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  const gint64 *last = user_data;

  return lift_store_writer_set_fact (writer, LIFT_FACT_RECOUNT, NULL, error) &&
         (*last >= lift_outbox_get_last_mutation (writer) ||
          lift_outbox_realign (writer, *last, error));
}

/* A restored server has also forgotten how far this device had counted. What is on its way to it
 * yet names the old history, and is not taken any more, so that the numbers are free. If it does not
 * say now, it says so to the next push. */
static gboolean
count_anew (LiftSyncRun *run, GError **error)
{
  gint64 last = -1;

  return lift_push_ask (run, 0, NULL, &last, error) &&
         (last < 0 || lift_store_write_sync (run->store, take_count, &last, error));
}

/* Everything anew. The rows that came are remembered in memory alone, so a resync that was cut
 * short begins from nothing again: the fact says that one is due, and of which kind. */
static gboolean
pull_all (LiftSyncRun *run, const char *known, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean done;

  run->restored = g_strcmp0 (known, LIFT_RESYNC_RESTORED) == 0;
  done = lift_store_write_sync (
           run->store, forget_position,
           (gpointer) (run->restored ? LIFT_RESYNC_RESTORED : LIFT_RESYNC_PLAIN), error) &&
         pull_from (run, seen, error) && (!is_another (&run->history) || count_anew (run, error));
  lift_history_clear (&run->history);
  return done;
}

/* The rows here are of a history that the server does not go on with, also if they came without its
 * name. */
static gboolean
name_history (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  g_autofree char *known = lift_store_writer_dup_fact (writer, LIFT_FACT_EPOCH);

  return known != NULL ||
         lift_store_writer_set_fact (writer, LIFT_FACT_EPOCH, LIFT_EPOCH_UNNAMED, error);
}

static gboolean
pull_new (LiftSyncRun *run, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (pull_from (run, NULL, &local_error))
    return TRUE;
  if (g_error_matches (local_error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_RESYNC))
    return lift_store_write_sync (run->store, name_history, NULL, error) &&
           pull_all (run, NULL, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Rows were sent, but no pull has ever come as far as a position: whether the server is still the one
 * that took them shows only when everything is looked at. */
static gboolean
is_adrift (LiftDatabase *database, gpointer user_data, GError **error)
{
  gint64 *adrift = user_data;

  return lift_database_get_int (
    database, adrift, error,
    "SELECT EXISTS (SELECT 1 FROM fact WHERE name = '" LIFT_FACT_MUTATION "') AND NOT EXISTS "
    "(SELECT 1 FROM fact WHERE name IN ('" LIFT_FACT_CURSOR "', '" LIFT_FACT_SINCE
    "', '" LIFT_FACT_SINCE_NEXT "') AND value IS NOT NULL)",
    "");
}

/* Pulls everything anew if that is due. */
static gboolean
pull_all_if_due (LiftSyncRun *run, gboolean *due, GError **error)
{
  g_autofree char *resync = NULL;
  gint64 adrift = 0;

  if (!lift_sync_run_dup_fact (run, LIFT_FACT_RESYNC, &resync, error))
    return FALSE;
  if (resync == NULL && !lift_store_read_sync (run->store, is_adrift, &adrift, error))
    return FALSE;
  *due = resync != NULL || adrift == 1;
  return !*due || pull_all (run, resync, error);
}

static gboolean
pull (LiftSyncRun *run, GError **error)
{
  gboolean due;

  if (!pull_all_if_due (run, &due, error))
    return FALSE;
  /* The end of the pull may show that something is missing. */
  return due || (pull_new (run, error) && pull_all_if_due (run, &due, error));
}

/*
 * lift_pull:
 *
 * The first leg of a sync: takes everything that is new on the server.
 */
gboolean
lift_pull (LiftSyncRun *run, GError **error)
{
  guint *limit = &run->pull_limit;
  guint most = *limit, usual;
  gboolean pulled;

  if (!lift_sync_run_load_size (run, LIFT_FACT_PULL_ROWS, limit, error))
    return FALSE;
  usual = *limit;
  pulled = pull (run, error);
  if (pulled && run->filled)
    *limit = MIN (*limit * 2, most);
  return (*limit == usual ||
          lift_sync_run_store_size (run, LIFT_FACT_PULL_ROWS, *limit, pulled ? error : NULL)) &&
         pulled;
}
