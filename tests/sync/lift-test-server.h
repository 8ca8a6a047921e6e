/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lift-transport.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TEST_SERVER (lift_test_server_get_type ())
G_DECLARE_FINAL_TYPE (LiftTestServer, lift_test_server, LIFT, TEST_SERVER, LiftTransport)

/**
 * LiftTestServer:
 * @requests: each request as `pull?QUERY` or `push BODY`
 * @epoch: raised: every cursor is answered with 410
 * @is_base: knows the [base] parts of the protocol alone
 * @page: rows of an answer to a pull, all types together ([base]: of each type)
 * @max_rows: rows of a push; more are answered with 413
 * @lose_answers: so many pushes from now on are applied, and their answers lost
 * @fail_pull, @fail_push: the HTTP status of every answer, 0 for none
 * @retry_after: the seconds that go with it, 0 for none
 * @max_limit: a pull that asks for more rows of a type has too long an answer, 0 for none
 * @max_answer: so do the answers to pushes of more rows, which are applied, 0 for none
 * @slow_rows: a push of more rows takes too long, and is not applied, 0 for none
 * @slow_limit: a pull that asks for more rows of a type takes too long, 0 for none
 * @digest: (nullable): JSON that goes with the last page
 * @forget_in_answer: (nullable): id of a row that answers to pushes leave out
 * @partial: answers to pushes hold id, updatedAt and version of a row, nothing else
 * @unknown: (nullable): a wire key that it leaves aside
 * @before_answer: (nullable): called when a push was applied, before it is answered
 *
 * A server in memory, as simple as can be, with a fault for every test. Locked around each call.
 */
struct _LiftTestServer
{
  LiftTransport parent_instance;

  GMutex mutex;
  GPtrArray *requests;
  GPtrArray *rows;
  GQueue scripted;
  GHashTable *refused;
  gint64 seq;
  gint64 last_mutation;
  guint epoch;
  gboolean is_base;
  guint page;
  guint max_rows;
  guint lose_answers;
  guint fail_pull;
  guint fail_push;
  guint retry_after;
  guint max_limit;
  guint max_answer;
  guint slow_rows;
  guint slow_limit;
  const char *digest;
  const char *forget_in_answer;
  gboolean partial;
  const char *unknown;
  char *revoked;
  void (*before_answer) (gpointer data);
  gpointer before_answer_data;
};

LiftTestServer *lift_test_server_new (void);
/* The answer to the next request of the route, `pull` or `push`, whatever it asks. */
void lift_test_server_script (LiftTestServer *self,
                              const char *route,
                              guint status,
                              const char *content_type,
                              const char *body);
/* A row as another device has written it; keys that are not named keep their value. */
void lift_test_server_put (LiftTestServer *self, const char *type, const char *json);
JsonObject *lift_test_server_get (LiftTestServer *self, const char *type, const char *id);
guint lift_test_server_count (LiftTestServer *self);
/* @errors: what pushes of the row are refused with; %NULL: they no longer are. */
void lift_test_server_refuse (LiftTestServer *self,
                              const char *id,
                              const char *errors,
                              gboolean retryable);
guint lift_test_server_count_requests (LiftTestServer *self, const char *prefix);
const char *lift_test_server_get_request (LiftTestServer *self, const char *prefix, guint index);

G_END_DECLS
