/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include <string.h>

#include "lift-json.h"
#include "lift-remote-error.h"
#include "lift-server-url.h"

/*
 * What else a server or somebody in its place may say to a client: a problem, the answer to a
 * sign-in, the stream of hints; and the address that a user types. The first byte chooses one.
 */

static void
check_problem (const uint8_t *data, size_t size)
{
  static const guint statuses[] = { 200, 204, 302, 400, 401, 403, 404, 409,
                                    410, 413, 422, 429, 500, 502, 503, 999 };
  static const char *const types[] = { NULL, "application/json", "application/problem+json",
                                       "text/html" };
  guint which = size > 0 ? data[0] : 0;
  g_autoptr (GBytes) body = g_bytes_new (data + MIN (size, 1), size - MIN (size, 1));
  g_autoptr (LiftResponse)
    response = lift_response_new (statuses[which % 16], types[which / 16 % 4], body);
  g_autoptr (GError) error = lift_remote_error_from_response (response);
  JsonArray *errors;

  fuzz_assert_error (TRUE, error);
  errors = lift_remote_error_get_errors (error);
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    json_array_get_element (errors, i);
  if (lift_remote_error_get_retry_after (error) < -1)
    fuzz_fail ("a wait in the past", error->message);
}

static void
check_sign_in (const uint8_t *data, size_t size)
{
  g_autoptr (JsonObject) object = lift_json_parse_object ((const char *) data, size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSignIn) answer = NULL;
  g_autoptr (LiftSignIn) copy = NULL;

  if (object == NULL)
    return;
  answer = lift_sign_in_from_json (object, &error);
  fuzz_assert_error (answer == NULL, error);
  if (answer == NULL)
    return;
  copy = lift_sign_in_copy (answer);
  if (copy->token[0] == '\0' || copy->user_id[0] == '\0')
    fuzz_fail ("a sign-in without a token or a user", NULL);
}

static void
count_hint (const char *scope, gint64 seq, gpointer data)
{
  if (!g_utf8_validate (scope, -1, NULL))
    fuzz_fail ("a hint that is not UTF-8", scope);
}

static void
check_stream (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  gboolean done;

  fuzz_store_set_answer (200, "text/event-stream", text);
  done = lift_api_listen (fuzz_store_get_api (), count_hint, NULL, NULL, &error);
  fuzz_assert_error (!done, error);
}

static void
check_address (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = lift_server_url_normalize (valid, &error);
  g_autofree char *again = NULL;
  g_autofree char *host = NULL;

  fuzz_assert_error (url == NULL, error);
  if (url == NULL)
    return;
  again = lift_server_url_normalize (url, NULL);
  host = lift_server_url_dup_host (url);
  if (g_strcmp0 (url, again) != 0)
    fuzz_fail ("another address the second time", url);
  if (host == NULL || (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://")))
    fuzz_fail ("no address of a server", url);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static void (*const checks[]) (const uint8_t *data, size_t size) = {
    check_problem,
    check_sign_in,
    check_stream,
    check_address,
  };

  if (size > 0)
    checks[data[0] % G_N_ELEMENTS (checks)](data + 1, size - 1);
  return 0;
}
