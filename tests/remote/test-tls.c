/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "lift-remote-error.h"
#include "lift-soup-transport.h"
#include "test-servers.h"

#define THREADS 8
#define PUSHES 25

typedef struct
{
  char *directory;
  char *key;
  char *certificate_file;
  GTlsCertificate *certificate;
  TestServer *server;
  int requests;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->requests++;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

static void
make_certificate (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) openssl = NULL;

  fixture->directory = g_dir_make_tmp ("lift-tls-XXXXXX", NULL);
  fixture->key = g_build_filename (fixture->directory, "key.pem", NULL);
  fixture->certificate_file = g_build_filename (fixture->directory, "certificate.pem", NULL);
  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509",
                              "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                              "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                              fixture->key, "-out", fixture->certificate_file, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (openssl, NULL, &error));
  fixture->certificate = g_tls_certificate_new_from_files (fixture->certificate_file, fixture->key,
                                                           &error);
  g_assert_no_error (error);
}

static gboolean
has_openssl (void)
{
  g_autofree char *program = g_find_program_in_path ("openssl");

  if (program == NULL)
    g_test_skip ("openssl is not installed");
  return program != NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  if (!has_openssl ())
    return;
  make_certificate (fixture);
  fixture->server = test_server_new_tls (on_request, fixture, fixture->certificate);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->server == NULL)
    return;
  test_server_free (fixture->server);
  g_clear_object (&fixture->certificate);
  g_remove (fixture->key);
  g_remove (fixture->certificate_file);
  g_rmdir (fixture->directory);
  g_free (fixture->key);
  g_free (fixture->certificate_file);
  g_free (fixture->directory);
}

static LiftResponse *
send_one (LiftTransport *transport, GError **error)
{
  g_autoptr (LiftRequest) request = lift_request_new ("POST", "/api/v1/sync/push");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"changes\":{}}", 14);

  lift_request_set_body (request, body);
  return lift_transport_send (transport, request, NULL, error);
}

/* Whoever cannot prove to be the server gets neither a password nor a token. */
static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTransport) transport = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->server == NULL)
    return;
  transport = lift_soup_transport_new (test_server_get_url (fixture->server), 0, NULL);
  g_assert_null (send_one (transport, &error));
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_cmpint (fixture->requests, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static gpointer
send_many (gpointer transport)
{
  for (int i = 0; i < PUSHES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftResponse) response = send_one (transport, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (response->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (response->body), ==, 2);
    }
  return NULL;
}

static void
test_trusted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTransport) transport = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  GThread *threads[THREADS];

  if (fixture->server == NULL)
    return;
  database = g_tls_file_database_new (fixture->certificate_file, NULL);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  transport = lift_soup_transport_new (test_server_get_url (fixture->server), 0, NULL);
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("send", send_many, transport);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (fixture->requests, ==, THREADS * PUSHES);
  g_assert_finalize_object (g_steal_pointer (&transport));
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/remote/tls/untrusted", Fixture, NULL, set_up, test_untrusted, tear_down);
  g_test_add ("/remote/tls/trusted", Fixture, NULL, set_up, test_trusted, tear_down);
  return g_test_run ();
}
