/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-run.h"

#include <glib/gi18n-lib.h>

#include "lift-ablation.h"
#include "lift-acknowledge.h"
#include "lift-retry.h"
#include "lift-sync-facts.h"

/*
 * The second leg of a sync, and the third: rows whose retry is due are rows to push. What is to be
 * sent is stored with its numbers first; sending always starts from there, so that after a crash
 * or a lost answer the same numbers go again, before any new ones.
 */

/* The server and this device may disagree on numbers once or twice, not for ever. */
#define MAX_REALIGN 3

typedef struct
{
  LiftSyncRun *run;
  GPtrArray *flights;
  LiftPushAnswer *answer;
  LiftPushTally tally;
  JsonArray *errors;
  gint64 last;
  guint collected;
  gboolean due;
  gboolean filled; /* a batch of as many rows as may go went */
  guint usual;     /* so many may go, as far as was known before */
  guint realigned;
  gint64 total;
  guint done;
  char *epoch; /* NULL where the server names none */
} Push;

static gboolean
list_flights (LiftDatabase *database, gpointer user_data, GError **error)
{
  Push *self = user_data;

  g_clear_pointer (&self->flights, g_ptr_array_unref);
  self->flights = lift_outbox_list (database, 0, &self->run->batch,
                                    lift_sync_run_get_now (self->run), error);
  return self->flights != NULL;
}

static gboolean
collect (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Push *self = user_data;

  return lift_outbox_collect (writer, &self->run->batch, lift_sync_run_get_now (self->run),
                              &self->collected, error);
}

static gboolean
start_over (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Push *self = user_data;

  return lift_acknowledge_start_over (writer, self->last, error);
}

static gboolean
count_dirty (LiftDatabase *database, gpointer user_data, GError **error)
{
  return lift_outbox_count_dirty (database, user_data, error);
}

/*
 * lift_push_ask:
 * @sent: the highest number that has been sent
 * @epoch: (nullable): the history that the numbers are of
 * @last: (out): how far the server counts, -1 where it does not say
 *
 * Asks how far the server counts the changes of this device, with a push of nothing.
 *
 * Returns: %FALSE with an error if it did not answer: somebody else, or nobody, or not now
 */
gboolean
lift_push_ask (LiftSyncRun *run, gint64 sent, const char *epoch, gint64 *last, GError **error)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (LiftPushAnswer) answer = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) body = lift_outbox_write_request (nothing, run->device_id, sent + 1, epoch);

  answer = lift_api_push (run->api, body, run->cancellable, &reason);
  *last = answer != NULL ? answer->last_mutation : -1;
  if (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_MUTATION_GAP))
    *last = MAX (lift_remote_error_get_last_mutation (reason), 0);
  else if (reason != NULL &&
           !g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return TRUE;
}

/* The highest number that was sent, and how far the server counts; -1 where it does not say. One that
 * gave no cursor knows no numbers, and a push of nothing may be more than it can take. */
static gboolean
ask_count (Push *self, gint64 *sent, GError **error)
{
  g_autofree char *mutation = NULL;
  g_autofree char *cursor = NULL;

  if (!lift_sync_run_dup_fact (self->run, LIFT_FACT_MUTATION, &mutation, error) ||
      !lift_sync_run_dup_fact (self->run, LIFT_FACT_CURSOR, &cursor, error))
    return FALSE;
  *sent = mutation != NULL ? g_ascii_strtoll (mutation, NULL, 10) : 0;
  self->last = -1;
  return cursor == NULL || lift_push_ask (self->run, *sent, self->epoch, &self->last, error);
}

/* A store that is an older copy of one that went on would give out numbers that the server has, and
 * take the answers to those for answers to its own rows. So a process asks before it gives out the
 * first: numbers that are stored are good ones. A server that counts less says so to the push. */
static gboolean
check_count (Push *self, GError **error)
{
  gint64 sent;

  if (self->run->counted || lift_without (OLD_COPY))
    return TRUE;
  if (!ask_count (self, &sent, error))
    return FALSE;
  if (self->last > sent && !lift_store_write_sync (self->run->store, start_over, self, error))
    return FALSE;
  self->run->counted = self->last >= 0;
  return TRUE;
}

static gboolean
has_due (LiftDatabase *database, gpointer user_data, GError **error)
{
  Push *self = user_data;

  return lift_outbox_has_due (database, lift_sync_run_get_now (self->run), &self->due, error);
}

static gboolean
collect_new (Push *self, GError **error)
{
  self->collected = 0;
  self->due = TRUE;
  if (!self->run->counted && !lift_store_read_sync (self->run->store, has_due, self, error))
    return FALSE;
  return !self->due || (check_count (self, error) &&
                        lift_store_write_sync (self->run->store, collect, self, error));
}

/* What is to go next: first what was under way, then what is due. None means the end. */
static gboolean
next_batch (Push *self, GError **error)
{
  if (!lift_store_read_sync (self->run->store, list_flights, self, error))
    return FALSE;
  if (self->flights->len > 0)
    return TRUE;
  if (!collect_new (self, error))
    return FALSE;
  return self->collected == 0 || lift_store_read_sync (self->run->store, list_flights, self, error);
}

/* Where nothing was ever pulled, the first push that was taken says which history the rows here are
 * of. What was pulled may be of another. */
static gboolean
note_epoch (LiftStoreWriter *writer, Push *self, GError **error)
{
  g_autofree char *cursor = lift_store_writer_dup_fact (writer, LIFT_FACT_CURSOR);

  return self->epoch != NULL || self->answer->epoch == NULL || cursor != NULL ||
         lift_store_writer_set_fact (writer, LIFT_FACT_EPOCH, self->answer->epoch, error);
}

static gboolean
acknowledge (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Push *self = user_data;

  self->tally = (LiftPushTally){ 0 };
  return lift_acknowledge (writer, self->flights, self->answer, lift_sync_run_get_now (self->run),
                           &self->tally, error) &&
         note_epoch (writer, self, error);
}

static gboolean
take_answer (Push *self, GError **error)
{
  LiftSyncRun *run = self->run;

  if (!lift_store_write_sync (run->store, acknowledge, self, error))
    return FALSE;
  if (self->epoch == NULL)
    self->epoch = g_strdup (self->answer->epoch);
  run->result->pushed += self->tally.pushed;
  run->result->failed += self->tally.failed;
  self->done += self->flights->len;
  self->filled |= self->flights->len >= run->batch.rows;
  if (self->tally.realigned && ++self->realigned > MAX_REALIGN)
    {
      g_set_error_literal (
        error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER,
        _ ("The server does not count the changes of this device as it should; they "
           "are kept here, tell whoever runs the server"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
realign (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Push *self = user_data;

  const LiftFlight *first = g_ptr_array_index (self->flights, 0);
  g_autofree char *recount = lift_store_writer_dup_fact (writer, LIFT_FACT_RECOUNT);

  /* Everything before the first number that is under way had been answered: the server was put back,
   * also under the name of its history. */
  if (recount == NULL && self->last < first->mutation - 1 &&
      !lift_store_writer_set_fact (writer, LIFT_FACT_RESYNC, LIFT_RESYNC_RESTORED, error))
    return FALSE;
  return lift_store_writer_set_fact (writer, LIFT_FACT_RECOUNT, NULL, error) &&
         lift_outbox_realign (writer, self->last, error);
}

/* The number was taken before, but its answer never came: it stays under way, for a new one would
 * apply the row again, over what others wrote since. It goes again at the pace of a refused row. */
static gboolean
keep_single (Push *self, LiftStoreWriter *writer, const LiftFlight *flight, GError **error)
{
  LiftRefusal refusal = { self->errors, TRUE };

  return lift_retry_record (lift_store_writer_get_database (writer), flight->type, flight->id,
                            &refusal, lift_sync_run_get_now (self->run), error);
}

/* One row that is refused unseen. It is refused for good, and its number is free again if the
 * server says that it never took it; or if it names its history, for then it also knows which row a
 * number was. */
static gboolean
refuse_single (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Push *self = user_data;
  const LiftFlight *flight = g_ptr_array_index (self->flights, 0);

  if (self->last >= flight->mutation)
    return keep_single (self, writer, flight, error);
  return lift_acknowledge_refused (writer, flight, self->errors, FALSE,
                                   lift_sync_run_get_now (self->run), error) &&
         ((self->last < 0 && self->epoch == NULL) ||
          lift_outbox_realign (writer, flight->mutation - 1, error));
}

static JsonArray *
make_errors (const GError *reason)
{
  JsonArray *given = lift_remote_error_get_errors (reason);
  gboolean large = g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TOO_LARGE);
  JsonArray *errors;
  JsonObject *fault;

  if (given != NULL)
    return json_array_ref (given);
  errors = json_array_new ();
  fault = json_object_new ();
  json_object_set_string_member (
    fault, "code", lift_fault_code_to_string (large ? LIFT_FAULT_TOO_LONG : LIFT_FAULT_BAD_FORMAT));
  json_object_set_string_member (fault, "message", reason->message);
  json_array_add_object_element (errors, fault);
  return errors;
}

/* The batch was refused as a whole. Halves find the row that it is about, and let others pass. */
static gboolean
split (Push *self, const GError *reason, GError **error)
{
  g_autoptr (JsonArray) errors = NULL;
  gint64 sent;

  if (self->flights->len > 1 && lift_without (HALVING))
    {
      g_propagate_error (error, g_error_copy (reason));
      return FALSE;
    }
  if (self->flights->len > 1)
    {
      self->run->batch.rows = self->flights->len / 2;
      return TRUE;
    }
  if (!ask_count (self, &sent, error))
    return FALSE;
  errors = make_errors (reason);
  self->errors = errors;
  self->run->result->failed++;
  self->run->batch.rows = self->usual;
  return lift_store_write_sync (self->run->store, refuse_single, self, error);
}

static gboolean
is_about_content (const GError *reason)
{
  guint status = lift_remote_error_get_status (reason);

  return g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TOO_LARGE) ||
         (lift_without (TOKEN_RENEWAL) &&
          g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN)) ||
         (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_REFUSED) &&
          (status == 400 || status == 422));
}

/* Nothing is missing behind numbers that the server has all of: it had some from another copy of this
 * store, which goes on beside it. */
static gboolean
is_of_another (Push *self)
{
  const LiftFlight *newest = g_ptr_array_index (self->flights, self->flights->len - 1);

  return self->last >= newest->mutation;
}

/* Returns whether to go on. No failed request costs a row one of its retries. */
static gboolean
take_failure (Push *self, GError *reason, GError **error)
{
  g_autoptr (GError) owned = reason;
  gint64 last = lift_remote_error_get_last_mutation (reason);

  if (is_about_content (reason))
    return split (self, reason, error);
  if (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_MUTATION_GAP) && last >= 0 &&
      !lift_without (REALIGN) && ++self->realigned <= MAX_REALIGN)
    {
      self->last = last;
      return lift_store_write_sync (self->run->store, is_of_another (self) ? start_over : realign,
                                    self, error);
    }
  /* It was taken, only the answer is too long to be read; the repeats have shorter ones. */
  if (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OVERSIZED) &&
      self->flights->len > 1)
    {
      self->run->batch.rows = self->flights->len / 2;
      return TRUE;
    }
  /* A line that is too slow for so much may do for less, the next time. */
  if (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TIMEOUT) &&
      !lift_without (SLOW_HALVES))
    self->run->batch.rows = MAX (self->flights->len / 2, 1);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
send_batch (Push *self, GError **error)
{
  const LiftFlight *first = g_ptr_array_index (self->flights, 0);
  g_autoptr (GBytes) body = lift_outbox_write_request (self->flights, self->run->device_id,
                                                       first->mutation, self->epoch);
  GError *reason = NULL;
  gboolean taken;

  self->answer = lift_api_push (self->run->api, body, self->run->cancellable, &reason);
  if (self->answer == NULL)
    return take_failure (self, reason, error);
  taken = take_answer (self, error);
  g_clear_pointer (&self->answer, lift_push_answer_free);
  return taken;
}

static gboolean
push_all (Push *self, GError **error)
{
  while (next_batch (self, error))
    {
      if (self->flights->len == 0)
        return TRUE;
      self->run->report (self->run, LIFT_SYNC_PUSHING,
                         0.5 + 0.5 * MIN (self->done, self->total) / MAX (self->total, 1));
      if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error) ||
          !send_batch (self, error))
        return FALSE;
    }
  return FALSE;
}

/* For the simulation alone. */
static gboolean
forget_batch (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_database_run (lift_store_writer_get_database (writer), error, "DELETE FROM flight",
                            "");
}

/* How many rows may go in one push. A server that gives no cursor may give all rows of a push one
 * instant, and is pulled by instants: so fewer than a page of it holds, or they could not be had. */
static gboolean
get_most (Push *self, guint *most, GError **error)
{
  g_autofree char *cursor = NULL;

  if (!lift_sync_run_dup_fact (self->run, LIFT_FACT_CURSOR, &cursor, error))
    return FALSE;
  *most = cursor != NULL ? LIFT_SYNC_MAX_ROWS
                         : CLAMP (self->run->pull_limit, 2, LIFT_SYNC_BASE_PAGE) - 1;
  return TRUE;
}

/* What this push starts from. */
static gboolean
prepare (Push *self, guint *most, GError **error)
{
  LiftSyncRun *run = self->run;
  guint *rows = &run->batch.rows;

  if (lift_without (STORED_BATCH) && !lift_store_write_sync (run->store, forget_batch, NULL, error))
    return FALSE;
  if (!lift_sync_run_load_size (run, LIFT_FACT_PUSH_ROWS, rows, error) ||
      !get_most (self, most, error) ||
      !lift_sync_run_dup_fact (run, LIFT_FACT_EPOCH, &self->epoch, error) ||
      !lift_store_read_sync (run->store, count_dirty, &self->total, error))
    return FALSE;
  *rows = MIN (*rows, *most);
  self->usual = *rows;
  return TRUE;
}

/*
 * lift_push:
 *
 * Sends what is due until nothing is. A server of another history than the rows here takes none of
 * it (%LIFT_REMOTE_ERROR_RESYNC): it is pulled anew first.
 */
gboolean
lift_push (LiftSyncRun *run, GError **error)
{
  Push self = { .run = run };
  guint *rows = &run->batch.rows;
  guint most = 0;
  gboolean prepared = prepare (&self, &most, error);
  gboolean pushed = prepared && push_all (&self, error);

  g_clear_pointer (&self.flights, g_ptr_array_unref);
  g_free (self.epoch);
  if (!prepared)
    return FALSE;
  /* What was too much once need not be so for ever. */
  if (pushed && self.filled)
    *rows = MIN (*rows * 2, most);
  return (*rows == self.usual ||
          lift_sync_run_store_size (run, LIFT_FACT_PUSH_ROWS, *rows, pushed ? error : NULL)) &&
         pushed;
}
