/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include "lift-acknowledge.h"
#include "lift-entities.h"
#include "lift-json.h"
#include "lift-registry.h"

/*
 * The book-keeping of a row and of what is under way, as it may lie on a disk that somebody has
 * meddled with: pending, base, extra, and sent and body of a flight, one a line. The row is merged
 * with the server's, acknowledged and collected anew, and nothing breaks.
 */

#define ROW "00000000-0000-7000-8000-000000000013"
#define SERVER_ROW \
  "{\"id\":\"" ROW "\",\"athleteId\":\"00000000-0000-7000-8000-000000000001\",\"version\":9," \
  "\"exercisePlanId\":\"00000000-0000-7000-8000-000000000011\",\"targetReps\":3,\"notes\":\"n\"}"
#define N_LINES 5

static const char *const page_text = "{\"changesByType\":{\"SetPlan\":[" SERVER_ROW
                                     "]},\"cursor\":\"c\",\"hasMore\":false}";
static const char *const answer_text =
  "{\"succeeded\":[{\"entityType\":\"SetPlan\",\"entityId\":\"" ROW "\",\"entity\":" SERVER_ROW
  ",\"conflicts\":[]}],\"failed\":[]}";

static void
run (LiftStoreWriter *writer, const char *sql, const char *text)
{
  g_autoptr (GError) error = NULL;

  lift_database_run (lift_store_writer_get_database (writer), &error, sql, "ss", text, ROW);
  g_assert_no_error (error);
}

static void
meddle (LiftStoreWriter *writer, char **lines)
{
  static const char *const statements[N_LINES] = {
    "UPDATE set_plan SET pending = nullif (?, '') WHERE id = ?",
    "UPDATE set_plan SET base = nullif (?, '') WHERE id = ?",
    "UPDATE set_plan SET extra = nullif (?, '') WHERE id = ?",
    "UPDATE flight SET sent = ? WHERE id = ?",
    "UPDATE flight SET body = ? WHERE id = ?",
  };

  for (guint i = 0; i < N_LINES && lines[i] != NULL; i++)
    run (writer, statements[i], lines[i]);
}

static void
take_page (LiftStoreWriter *writer)
{
  LiftPageContext context = { .now = FUZZ_NOW };
  LiftPullRequest request = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = NULL;

  fuzz_store_set_answer (200, "application/json", page_text);
  page = lift_api_pull (fuzz_store_get_api (), &request, NULL, &error);
  g_assert_no_error (error);
  if (!lift_page_apply (writer, page, &context, &error))
    fuzz_fail ("a page was not taken", error->message);
}

static void
take_answer (LiftStoreWriter *writer)
{
  g_autoptr (GPtrArray) flights = fuzz_store_list_flights (writer);
  g_autoptr (GBytes) body = lift_outbox_write_request (flights, "device", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPushAnswer) answer = NULL;
  LiftPushTally tally = { 0 };

  fuzz_store_set_answer (200, "application/json", answer_text);
  answer = lift_api_push (fuzz_store_get_api (), body, NULL, &error);
  g_assert_no_error (error);
  if (!lift_acknowledge (writer, flights, answer, FUZZ_NOW, &tally, &error))
    fuzz_fail ("an answer was not taken", error->message);
}

static void
collect (LiftStoreWriter *writer)
{
  LiftBatchLimit limit = { 100, 1000000 };
  g_autoptr (GError) error = NULL;
  guint collected;

  if (!lift_outbox_collect (writer, &limit, FUZZ_NOW, &collected, &error))
    fuzz_fail ("not collected", error->message);
}

static gboolean
try_all (LiftStoreWriter *writer, gpointer data, GError **error)
{
  meddle (writer, data);
  take_page (writer);
  take_answer (writer);
  collect (writer);
  return TRUE;
}

static gboolean
try_answer_first (LiftStoreWriter *writer, gpointer data, GError **error)
{
  meddle (writer, data);
  take_answer (writer);
  take_page (writer);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", N_LINES);

  fuzz_store_try (try_all, lines);
  fuzz_store_try (try_answer_first, lines);
  return 0;
}
