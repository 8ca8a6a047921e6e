/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-socket.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core-answer.h"
#include "lift-remote-error.h"

#define REQUEST_TYPE "(msmsmsmsmsmsmsmsay)"
#define RESPONSE_TYPE "(usay)"

static const char *const parameters[] = { "since", "athleteId", "entityTypes", "limit", "cursor" };

struct _FaultSocket
{
  LiftTransport parent_instance;

  char *path;
};

G_DEFINE_FINAL_TYPE (FaultSocket, fault_socket, LIFT_TYPE_TRANSPORT)

static gboolean
read_all (int fd, gpointer data, gsize n)
{
  char *to = data;

  while (n > 0)
    {
      ssize_t got = read (fd, to, n);

      if (got <= 0)
        return FALSE;
      to += got;
      n -= got;
    }
  return TRUE;
}

static gboolean
write_all (int fd, gconstpointer data, gsize n)
{
  const char *from = data;

  while (n > 0)
    {
      ssize_t done = send (fd, from, n, MSG_NOSIGNAL);

      if (done <= 0)
        return FALSE;
      from += done;
      n -= done;
    }
  return TRUE;
}

static gboolean
write_message (int fd, GVariant *message)
{
  guint32 size = g_variant_get_size (message);

  return write_all (fd, &size, sizeof size) && write_all (fd, g_variant_get_data (message), size);
}

/* Returns: (nullable): %NULL if the other side has gone in the middle of it */
static GVariant *
read_message (int fd, const char *type)
{
  guint32 size;
  g_autofree char *data = NULL;

  if (!read_all (fd, &size, sizeof size))
    return NULL;
  data = g_malloc (size);
  if (!read_all (fd, data, size))
    return NULL;
  return g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (type), g_memdup2 (data, size),
                                                      size, FALSE, g_free, NULL));
}

static GVariant *
pack_bytes (GBytes *bytes)
{
  gsize length = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1);
}

static GBytes *
unpack_bytes (GVariant *message, guint index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (message, index);
  gsize length;
  gconstpointer data = g_variant_get_fixed_array (child, &length, 1);

  return g_bytes_new (data, length);
}

static GVariant *
pack_request (LiftRequest *request)
{
  const char *values[G_N_ELEMENTS (parameters)];

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    values[i] = lift_request_get_query (request, parameters[i]);
  return g_variant_ref_sink (g_variant_new ("(msmsmsmsmsmsmsms@ay)", request->method, request->path,
                                            request->token, values[0], values[1], values[2],
                                            values[3], values[4], pack_bytes (request->body)));
}

static LiftRequest *
unpack_request (GVariant *message)
{
  const char *method, *path, *token, *values[G_N_ELEMENTS (parameters)];
  g_autoptr (GBytes) body = unpack_bytes (message, 8);
  LiftRequest *request;

  g_variant_get (message, "(m&sm&sm&sm&sm&sm&sm&sm&s@ay)", &method, &path, &token, &values[0],
                 &values[1], &values[2], &values[3], &values[4], NULL);
  request = lift_request_new (method, path);
  lift_request_set_token (request, token);
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (values[i] != NULL)
      lift_request_add_query (request, parameters[i], values[i]);
  if (g_bytes_get_size (body) > 0)
    lift_request_set_body (request, body);
  return request;
}

static LiftResponse *
unpack_response (GVariant *message)
{
  g_autoptr (GBytes) body = unpack_bytes (message, 2);
  const char *content_type;
  guint32 status;

  g_variant_get (message, "(u&s@ay)", &status, &content_type, NULL);
  return lift_response_new (status, content_type, body);
}

static void
fill_address (struct sockaddr_un *address, const char *path)
{
  memset (address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  g_strlcpy (address->sun_path, path, sizeof address->sun_path);
}

static GVariant *
ask (const char *path, LiftRequest *request)
{
  g_autoptr (GVariant) message = pack_request (request);
  struct sockaddr_un address;
  GVariant *answer = NULL;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  fill_address (&address, path);
  g_assert_cmpint (fd, >=, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0 &&
      write_message (fd, message))
    answer = read_message (fd, RESPONSE_TYPE);
  close (fd);
  return answer;
}

static LiftResponse *
fault_socket_send (LiftTransport *transport,
                   LiftRequest *request,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GVariant) answer = ask (FAULT_SOCKET (transport)->path, request);

  if (answer != NULL)
    return unpack_response (answer);
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "it has gone");
  return NULL;
}

static void
fault_socket_finalize (GObject *object)
{
  g_free (FAULT_SOCKET (object)->path);
  G_OBJECT_CLASS (fault_socket_parent_class)->finalize (object);
}

static void
fault_socket_class_init (FaultSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fault_socket_finalize;
  LIFT_TRANSPORT_CLASS (klass)->send = fault_socket_send;
}

static void
fault_socket_init (FaultSocket *self)
{
}

LiftTransport *
fault_socket_new (const char *path)
{
  FaultSocket *self = g_object_new (FAULT_TYPE_SOCKET, NULL);

  self->path = g_strdup (path);
  return LIFT_TRANSPORT (self);
}

int
fault_socket_listen (const char *path)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_un address;

  fill_address (&address, path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 16), ==, 0);
  return fd;
}

static void
serve_one (int fd, LiftServer *server)
{
  g_autoptr (GVariant) message = read_message (fd, REQUEST_TYPE);
  g_autoptr (LiftRequest) request = message != NULL ? unpack_request (message) : NULL;
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (request == NULL)
    return;
  response = core_answer (server, request);
  answer = g_variant_ref_sink (g_variant_new ("(us@ay)", response->status, response->content_type,
                                              pack_bytes (response->body)));
  write_message (fd, answer);
}

void
fault_socket_serve (int listener, LiftServer *server)
{
  for (;;)
    {
      int fd = accept (listener, NULL, NULL);

      if (fd < 0)
        continue;
      serve_one (fd, server);
      close (fd);
    }
}
