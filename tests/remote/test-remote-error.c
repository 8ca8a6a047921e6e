/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-remote-error.h"

static GError *
make_error (guint status, const char *type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (LiftResponse) response = lift_response_new (status, type, body);

  return lift_remote_error_from_response (response);
}

/* The code decides, whatever the status; without a known code the status does. */
static void
test_classes (void)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    LiftRemoteError code;
    gboolean transient;
  } cases[] = {
    { 403, "application/problem+json", "{\"code\":\"TOKEN_EXPIRED\"}",
      LIFT_REMOTE_ERROR_SIGN_IN_AGAIN, FALSE },
    { 401, "application/problem+json", "{\"code\":\"INVALID_CREDENTIALS\"}",
      LIFT_REMOTE_ERROR_BAD_CREDENTIALS, FALSE },
    { 410, "application/problem+json", "{\"code\":\"RESYNC\"}", LIFT_REMOTE_ERROR_RESYNC, FALSE },
    { 410, "application/problem+json", "{}", LIFT_REMOTE_ERROR_REFUSED, FALSE },
    { 409, "application/json", "{\"code\":\"USERNAME_TAKEN\"}", LIFT_REMOTE_ERROR_REFUSED, FALSE },
    { 401, NULL, "", LIFT_REMOTE_ERROR_SIGN_IN_AGAIN, FALSE },
    { 400, "application/problem+json", "{\"code\":7}", LIFT_REMOTE_ERROR_REFUSED, FALSE },
    { 413, "text/html", "<html>nginx</html>", LIFT_REMOTE_ERROR_TOO_LARGE, FALSE },
    { 429, "text/html", "", LIFT_REMOTE_ERROR_RATE_LIMITED, TRUE },
    { 500, "text/html", "<html>", LIFT_REMOTE_ERROR_SERVER, TRUE },
    { 503, "application/problem+json", "{\"code\":\"INTERNAL\"}", LIFT_REMOTE_ERROR_SERVER, TRUE },
    { 504, NULL, "", LIFT_REMOTE_ERROR_TIMEOUT, TRUE },
    { 511, NULL, "", LIFT_REMOTE_ERROR_NOT_OURS, TRUE },
    { 302, NULL, "", LIFT_REMOTE_ERROR_NOT_OURS, TRUE },
    { 200, "text/html", "<html>", LIFT_REMOTE_ERROR_NOT_OURS, TRUE },
    { 404, "text/html", "<html>", LIFT_REMOTE_ERROR_NOT_OURS, TRUE },
    { 401, "text/html", "<html>", LIFT_REMOTE_ERROR_NOT_OURS, TRUE },
    { 401, "text/plain", "Unauthorized", LIFT_REMOTE_ERROR_SIGN_IN_AGAIN, FALSE },
    { 404, "application/json", "{}", LIFT_REMOTE_ERROR_REFUSED, FALSE },
    { 500, "application/json", "[[[[[[[[[[[[[[[[[[[[", LIFT_REMOTE_ERROR_SERVER, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = make_error (cases[i].status, cases[i].type, cases[i].body);

      g_assert_error (error, LIFT_REMOTE_ERROR, (int) cases[i].code);
      g_assert_cmpint (lift_remote_error_is_transient (error), ==, cases[i].transient);
      g_assert_cmpuint (lift_remote_error_get_status (error), ==, cases[i].status);
      g_assert_cmpstr (error->message, !=, "");
    }
}

static void
test_details (void)
{
  g_autoptr (GError) error = make_error (
    400, "application/problem+json",
    "{\"code\":\"INVALID\",\"detail\":\"The name is too long\",\"errors\":[{\"field\":\"name\","
    "\"code\":\"TOO_LONG\"},{\"field\":\"password\",\"code\":\"REQUIRED\"}]}");
  g_autoptr (GError) copy = g_error_copy (error);

  g_clear_error (&error);
  g_assert_cmpstr (lift_remote_error_get_code (copy), ==, "INVALID");
  g_assert_cmpstr (lift_remote_error_get_field (copy), ==, "name");
  g_assert_cmpuint (json_array_get_length (lift_remote_error_get_errors (copy)), ==, 2);
  g_assert_cmpint (lift_remote_error_get_retry_after (copy), ==, -1);
  g_assert_cmpint (lift_remote_error_get_last_mutation (copy), ==, -1);
  g_assert_nonnull (strstr (copy->message, "The name is too long"));
}

static void
test_numbers (void)
{
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = "{\"code\":\"MUTATION_GAP\",\"lastMutation\":318,\"errors\":[3]}";

  body = g_bytes_new (text, strlen (text));
  response = lift_response_new (409, "application/problem+json", body);
  response->retry_after = 30;
  error = lift_remote_error_from_response (response);
  g_assert_cmpint (lift_remote_error_get_retry_after (error), ==, 30);
  g_assert_cmpint (lift_remote_error_get_last_mutation (error), ==, 318);
  g_assert_null (lift_remote_error_get_field (error));
}

/* A device that took it for its own number could never count on. */
static void
test_number_without_an_end (void)
{
  const char *text = "{\"code\":\"MUTATION_GAP\",\"lastMutation\":9223372036854775807}";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (LiftResponse) response = lift_response_new (409, "application/problem+json", body);
  g_autoptr (GError) error = lift_remote_error_from_response (response);

  g_assert_cmpint (lift_remote_error_get_last_mutation (error), ==, -1);
}

static void
test_other_errors (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_assert_cmpuint (lift_remote_error_get_status (error), ==, 0);
  g_assert_null (lift_remote_error_get_code (error));
  g_assert_null (lift_remote_error_get_errors (error));
  g_assert_cmpint (lift_remote_error_get_retry_after (NULL), ==, -1);
  g_assert_false (lift_remote_error_is_transient (error));
  g_assert_false (lift_remote_error_is_transient (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/error/classes", test_classes);
  g_test_add_func ("/remote/error/details", test_details);
  g_test_add_func ("/remote/error/numbers", test_numbers);
  g_test_add_func ("/remote/error/number-without-an-end", test_number_without_an_end);
  g_test_add_func ("/remote/error/other-errors", test_other_errors);
  return g_test_run ();
}
