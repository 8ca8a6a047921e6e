/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-remote-error.h"
#include "lift-server-url.h"

static void
test_normalize (void)
{
  static const char *cases[][2] = {
    { "lift.example.org", "https://lift.example.org" },
    { "  HTTPS://Lift.Example.ORG:443/  ", "https://lift.example.org" },
    { "https://example.org/lift//", "https://example.org/lift" },
    { "https://example.org:8443", "https://example.org:8443" },
    { "localhost:8484", "http://localhost:8484" },
    { "127.0.0.1:8484", "http://127.0.0.1:8484" },
    { "http://127.0.0.1:80/", "http://127.0.0.1" },
    { "[::1]:8484", "http://[::1]:8484" },
    { "lift.example.org:8484", "https://lift.example.org:8484" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = lift_server_url_normalize (cases[i][0], &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (url, ==, cases[i][1]);
      again = lift_server_url_normalize (url, &error);
      g_assert_cmpstr (again, ==, url);
    }
}

static void
test_bad (void)
{
  static const char *bad[] = { "",
                               "  ",
                               "https://",
                               "ftp://example.org",
                               "http://a b",
                               "https://a\f/",
                               "https://a%40b/",
                               "https://a%03",
                               ":1",
                               "https://u:p@x.org",
                               "https://x.org/?a=1",
                               "https://x.org/#a" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_server_url_normalize (bad[i], &error));
      g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_ADDRESS);
    }
}

static void
test_loopback (void)
{
  g_assert_true (lift_server_url_is_loopback ("http://127.0.0.1:8484"));
  g_assert_true (lift_server_url_is_loopback ("http://127.8.8.8"));
  g_assert_true (lift_server_url_is_loopback ("http://[::1]:8484"));
  g_assert_true (lift_server_url_is_loopback ("https://localhost"));
  g_assert_false (lift_server_url_is_loopback ("https://localhost.example.org"));
  g_assert_false (lift_server_url_is_loopback ("http://192.168.1.2"));
  g_assert_false (lift_server_url_is_plain ("http://127.0.0.1:8484"));
  g_assert_true (lift_server_url_is_plain ("http://192.168.1.2"));
  g_assert_false (lift_server_url_is_plain ("https://192.168.1.2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/server-url/normalize", test_normalize);
  g_test_add_func ("/remote/server-url/bad", test_bad);
  g_test_add_func ("/remote/server-url/loopback", test_loopback);
  return g_test_run ();
}
