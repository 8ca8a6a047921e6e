/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-server-private.h"

#include <string.h>

#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

/* An escaped zero byte would end a C string early: "/healthz%00/x" is not "/healthz". */
static size_t
unescape_cb (void *cls, struct MHD_Connection *connection, char *text)
{
  return strstr (text, "%00") != NULL ? strlen (text) : MHD_http_unescape (text);
}

static void complaint_cb (void *cls, const char *format, va_list args) G_GNUC_PRINTF (2, 0);

/* The first thing that libmicrohttpd says while it starts explains why it does not; what it says
 * later is about clients. */
static void
complaint_cb (void *cls, const char *format, va_list args)
{
  LiftHttpServer *self = cls;
  g_autofree char *text = g_strdup_vprintf (format, args);

  g_strchomp (text);
  g_mutex_lock (&self->lock);
  if (self->complaints == NULL)
    g_debug ("%s", text);
  else if (self->complaints->len == 0)
    g_string_append_len (self->complaints, text, strlen (text) - g_str_has_suffix (text, "."));
  g_mutex_unlock (&self->lock);
}

static void
add_option (GArray *options, enum MHD_OPTION option, gintptr value, gconstpointer pointer)
{
  struct MHD_OptionItem item = { option, value, (void *) pointer };

  g_array_append_val (options, item);
}

static GArray *
list_options (LiftHttpServer *self, int fd)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (struct MHD_OptionItem));
  const LiftHttpLimits *limits = &self->limits;

  add_option (options, MHD_OPTION_LISTEN_SOCKET, fd, NULL);
  add_option (options, MHD_OPTION_CONNECTION_LIMIT, limits->connections, NULL);
  add_option (options, MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->connections_per_address, NULL);
  add_option (options, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->header_bytes, NULL);
  add_option (options, MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_s, NULL);
  add_option (options, MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
  add_option (options, MHD_OPTION_URI_LOG_CALLBACK, (gintptr) lift_http_exchange_begin_cb, self);
  add_option (options, MHD_OPTION_NOTIFY_COMPLETED, (gintptr) lift_http_exchange_end_cb, self);
  add_option (options, MHD_OPTION_NOTIFY_CONNECTION, (gintptr) lift_http_server_connection_cb,
              self);
  add_option (options, MHD_OPTION_UNESCAPE_CALLBACK, (gintptr) unescape_cb, self);
  if (self->certificate != NULL)
    {
      add_option (options, MHD_OPTION_HTTPS_MEM_CERT, 0, self->certificate);
      add_option (options, MHD_OPTION_HTTPS_MEM_KEY, 0, self->key);
      add_option (options, MHD_OPTION_HTTPS_PRIORITIES, 0, TLS_PRIORITIES);
    }
  add_option (options, MHD_OPTION_END, 0, NULL);
  return options;
}

/* Never epoll: in 0.9.75 exactly 128 ready connections stall it until the idle time-out (measured).
 * Never a thread a connection: suspending one then aborts the process. */
struct MHD_Daemon *
lift_http_server_start_daemon (LiftHttpServer *self, int fd)
{
  g_autoptr (GArray) options = list_options (self, fd);
  guint flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

  if (self->certificate != NULL)
    flags |= MHD_USE_TLS;
  return MHD_start_daemon (flags, 0, NULL, NULL, lift_http_exchange_access_cb, self,
                           MHD_OPTION_EXTERNAL_LOGGER, complaint_cb, self, MHD_OPTION_ARRAY,
                           options->data, MHD_OPTION_END);
}
