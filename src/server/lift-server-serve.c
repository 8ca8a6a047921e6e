/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-address.h"
#include "lift-http-server.h"
#include "lift-routes.h"
#include "lift-server-commands.h"
#include "lift-server-purger.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

/* Connections, the database and a margin. */
#define DESCRIPTORS 4096

/* The query is left out: it may name people. Bodies and headers hold passwords and tokens. */
static void
log_request (LiftHttpRequest *request, guint status, gint64 us, gpointer user_data)
{
  g_autofree char *path = g_strescape (lift_http_request_get_path (request), NULL);

  g_printerr ("%s %.200s %u %.1f ms %s %s\n", lift_http_request_get_method (request), path, status,
              us / 1000.0, lift_http_request_get_peer (request),
              lift_http_request_get_id (request));
}

static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= DESCRIPTORS)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, DESCRIPTORS);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
load_tls (LiftHttpServer *http, const LiftServerOptions *options, GError **error)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  if (options->tls_cert == NULL && options->tls_key == NULL)
    return TRUE;
  if (options->tls_cert == NULL || options->tls_key == NULL)
    {
      g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TLS,
                   _ ("--tls-cert and --tls-key belong together: give both or none"));
      return FALSE;
    }
  if (!g_file_get_contents (options->tls_cert, &certificate, NULL, error) ||
      !g_file_get_contents (options->tls_key, &key, NULL, error))
    return FALSE;
  lift_http_server_set_tls (http, certificate, key);
  return TRUE;
}

static void
warn_about_plain_text (const LiftServerOptions *options)
{
  if (options->tls_cert == NULL && !lift_http_address_is_loopback (options->listen))
    g_printerr (_ ("Warning: %s can be reached from other computers, and without --tls-cert "
                   "passwords can be read on the way. Use TLS here or in front\n"),
                options->listen);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Tests and scripts read this line to learn the port. */
static void
announce (LiftHttpServer *http)
{
  g_autofree char *url = lift_http_server_dup_url (http);

  g_print ("Listening on %s\n", url);
  fflush (stdout);
}

/* The signals are caught before the address is told: who reads it may end the server at once. */
static void
run_until_signal (LiftHttpServer *http)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint term = g_unix_signal_add (SIGTERM, quit_cb, loop);
  guint interrupt = g_unix_signal_add (SIGINT, quit_cb, loop);

  announce (http);
  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
}

/**
 * lift_server_serve:
 *
 * Answers requests until SIGTERM or SIGINT.
 */
LiftServerExit
lift_server_serve (const LiftServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = lift_server_open (options, &error);
  g_autoptr (LiftRoutes) routes = NULL;
  g_autoptr (LiftHttpServer) http = NULL;
  g_autoptr (LiftServerPurger) purger = NULL;

  if (server == NULL)
    return lift_server_report (error);
  signal (SIGPIPE, SIG_IGN);
  raise_descriptor_limit ();
  lift_server_set_open_registration (server, options->open_registration);
  routes = lift_routes_new (server, lift_clock_get_system ());
  http = lift_http_server_new (lift_routes_handle, routes);
  lift_http_server_set_log (http, log_request, NULL);
  if (!load_tls (http, options, &error) || !lift_http_server_start (http, options->listen, &error))
    return lift_server_report (error);
  warn_about_plain_text (options);
  purger = lift_server_purger_start (server);
  run_until_signal (http);
  lift_http_server_stop (http);
  return LIFT_SERVER_EXIT_DONE;
}
