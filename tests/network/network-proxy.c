/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network-proxy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

struct _NetworkProxy
{
  guint16 port;
  guint16 server_port;
  GSocket *listener;
  GThread *thread;
  GCancellable *stop;

  GMutex mutex;
  GCond quiet;
  NetworkFault fault;
  guint links;
  guint struck;
  guint requests;
  guint head;
};

/* One connection; it belongs to its thread. */
typedef struct
{
  NetworkProxy *proxy;
  GSocket *client;
  GSocket *server;
  NetworkFault fault;
  gboolean applies;
  gboolean answered;
  gint64 passed[2];
  GByteArray *answer;
} Link;

static const NetworkFault no_fault = { .at = -1 };

static GSocket *
make_socket (void)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                  &error);

  g_assert_no_error (error);
  /* Bytes pass as they come, so that a step is a step. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  return socket;
}

static GSocketAddress *
make_address (guint16 port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (loopback, port);
}

/* With no time to linger, a close is a reset. */
static void
set_reset (GSocket *socket)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static void
begin_request (Link *link, const char *data, gsize length)
{
  NetworkProxy *proxy = link->proxy;
  const char *path;

  g_mutex_lock (&proxy->mutex);
  link->fault = proxy->fault;
  proxy->requests++;
  g_mutex_unlock (&proxy->mutex);
  path = memchr (data, ' ', length);
  link->applies = link->fault.path == NULL ||
                  (path != NULL && data + length > path + strlen (link->fault.path) &&
                   strncmp (path + 1, link->fault.path, strlen (link->fault.path)) == 0);
  link->passed[NETWORK_REQUEST] = link->passed[NETWORK_ANSWER] = 0;
  link->answered = FALSE;
  g_byte_array_set_size (link->answer, 0);
}

static void
note_strike (Link *link)
{
  g_mutex_lock (&link->proxy->mutex);
  link->proxy->struck++;
  g_mutex_unlock (&link->proxy->mutex);
}

static gboolean
send_all (Link *link, GSocket *to, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize sent = g_socket_send (to, data, length, link->proxy->stop, NULL);

      if (sent <= 0)
        return FALSE;
      data += sent;
      length -= sent;
    }
  return TRUE;
}

static gboolean
send_slowly (Link *link, GSocket *to, const char *data, gsize length)
{
  const NetworkFault *fault = link->applies ? &link->fault : &no_fault;
  gboolean steps = fault->step > 0 && to == link->client;
  gboolean delays = fault->delay_us > 0 && (steps || fault->step == 0);
  gsize step = steps ? fault->step : length;

  for (gsize done = 0; done < length; done += step)
    {
      if (delays)
        g_usleep (fault->delay_us);
      if (g_cancellable_is_cancelled (link->proxy->stop) ||
          !send_all (link, to, data + done, MIN (step, length - done)))
        return FALSE;
    }
  return TRUE;
}

/* Keeps both sides open and says nothing, until the client has had enough. */
static void
keep_silent (Link *link)
{
  char byte[256];

  while (g_socket_receive (link->client, byte, sizeof byte, link->proxy->stop, NULL) > 0)
    ;
}

/* Returns: whether to go on */
static gboolean
strike (Link *link)
{
  note_strike (link);
  if (link->fault.end == NETWORK_RESET)
    {
      set_reset (link->client);
      set_reset (link->server);
    }
  else if (link->fault.end == NETWORK_SILENCE)
    keep_silent (link);
  return FALSE;
}

/* Returns: how long the head is of the answer that begins with @data */
static gsize
note_head (Link *link, const char *data, gsize length)
{
  const char *end = g_strstr_len (data, length, "\r\n\r\n");
  gsize head = end != NULL ? (gsize) (end + 4 - data) : length;

  g_mutex_lock (&link->proxy->mutex);
  link->proxy->head = head;
  g_mutex_unlock (&link->proxy->mutex);
  return head;
}

/* The steps are for the body: a client cannot know that something comes before all of the head
 * has. */
static gboolean
send_answer (Link *link, gint64 before, const char *data, gsize length, gsize passes)
{
  gsize head = link->applies && before == 0 ? MIN (note_head (link, data, length), passes) : 0;

  return send_all (link, link->client, data, head) &&
         send_slowly (link, link->client, data + head, passes - head);
}

static gboolean
pass (Link *link, NetworkWay way, const char *data, gsize length)
{
  gint64 before = link->passed[way];
  gint64 at = link->applies && link->fault.way == way ? link->fault.at : -1;
  gboolean strikes = at >= 0 && before + (gint64) length > at;
  gsize passes = strikes ? (gsize) (at - before) : length;
  gboolean sent;

  link->passed[way] += length;
  if (way == NETWORK_ANSWER)
    sent = send_answer (link, before, data, length, passes);
  else
    sent = send_slowly (link, link->server, data, passes);
  return sent && (!strikes || strike (link));
}

static gsize
read_length (const char *head)
{
  const char *line = strstr (head, "\r\nContent-Length:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("\r\nContent-Length:"), NULL, 10) : 0;
}

/* Returns: whether to go on */
static gboolean
replace (Link *link, const char *head, const char *data, gsize length)
{
  g_autoptr (GBytes) body = g_bytes_new (data, length);
  g_autoptr (GBytes) answer = link->fault.rewrite (head, body, link->fault.user_data);
  gsize size;
  const char *text = g_bytes_get_data (answer, &size);

  note_strike (link);
  return send_slowly (link, link->client, text, size) && link->fault.keeps;
}

static gboolean
collect_answer (Link *link, const char *data, gsize length)
{
  g_autofree char *head = NULL;
  const char *end;
  gsize size;

  g_byte_array_append (link->answer, (const guint8 *) data, length);
  end = g_strstr_len ((const char *) link->answer->data, link->answer->len, "\r\n\r\n");
  if (end == NULL)
    return TRUE;
  end += 4;
  head = g_strndup ((const char *) link->answer->data, end - (const char *) link->answer->data);
  size = read_length (head);
  if (link->answer->len < strlen (head) + size)
    return TRUE;
  return replace (link, head, end, size);
}

static gboolean
take (Link *link, NetworkWay way, const char *data, gsize length)
{
  if (way == NETWORK_REQUEST && link->answered)
    begin_request (link, data, length);
  if (way == NETWORK_ANSWER)
    link->answered = TRUE;
  if (way == NETWORK_ANSWER && link->applies && link->fault.rewrite != NULL)
    return collect_answer (link, data, length);
  return pass (link, way, data, length);
}

static gboolean
pump (Link *link, NetworkWay way)
{
  GSocket *from = way == NETWORK_REQUEST ? link->client : link->server;
  char data[16 * 1024];
  gssize length = g_socket_receive (from, data, sizeof data, link->proxy->stop, NULL);

  return length > 0 && take (link, way, data, length);
}

static gboolean
wait_and_pump (Link *link)
{
  GPollFD fds[3] = {
    { g_socket_get_fd (link->client), G_IO_IN | G_IO_HUP | G_IO_ERR, 0 },
    { g_socket_get_fd (link->server), G_IO_IN | G_IO_HUP | G_IO_ERR, 0 },
  };

  if (!g_cancellable_make_pollfd (link->proxy->stop, &fds[2]))
    return FALSE;
  g_poll (fds, 3, -1);
  g_cancellable_release_fd (link->proxy->stop);
  if (fds[2].revents != 0)
    return FALSE;
  if (fds[1].revents != 0)
    return pump (link, NETWORK_ANSWER);
  return pump (link, NETWORK_REQUEST);
}

static void
link_free (Link *link)
{
  NetworkProxy *proxy = link->proxy;

  g_object_unref (link->client);
  g_object_unref (link->server);
  g_byte_array_unref (link->answer);
  g_free (link);
  g_mutex_lock (&proxy->mutex);
  proxy->links--;
  g_cond_signal (&proxy->quiet);
  g_mutex_unlock (&proxy->mutex);
}

static gpointer
run_link (gpointer data)
{
  Link *link = data;
  g_autoptr (GSocketAddress) address = make_address (link->proxy->server_port);

  /* Where the server is not there, the client finds its connection closed. */
  if (g_socket_connect (link->server, address, link->proxy->stop, NULL))
    while (wait_and_pump (link))
      ;
  link_free (link);
  return NULL;
}

static gpointer
run_proxy (gpointer data)
{
  NetworkProxy *self = data;
  GSocket *client;

  while ((client = g_socket_accept (self->listener, self->stop, NULL)) != NULL)
    {
      Link *link = g_new0 (Link, 1);

      link->proxy = self;
      link->client = client;
      link->server = make_socket ();
      link->answered = TRUE;
      link->answer = g_byte_array_new ();
      g_mutex_lock (&self->mutex);
      self->links++;
      g_mutex_unlock (&self->mutex);
      g_thread_unref (g_thread_new ("proxy-link", run_link, link));
    }
  return NULL;
}

NetworkProxy *
network_proxy_new (guint16 port)
{
  NetworkProxy *self = g_new0 (NetworkProxy, 1);
  g_autoptr (GSocketAddress) wanted = make_address (0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->quiet);
  self->server_port = port;
  self->fault = no_fault;
  self->stop = g_cancellable_new ();
  self->listener = make_socket ();
  g_socket_set_listen_backlog (self->listener, 100);
  g_assert_true (g_socket_bind (self->listener, wanted, TRUE, &error));
  g_assert_true (g_socket_listen (self->listener, &error));
  given = g_socket_get_local_address (self->listener, &error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
  self->thread = g_thread_new ("proxy", run_proxy, self);
  return self;
}

void
network_proxy_free (NetworkProxy *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_mutex_lock (&self->mutex);
  while (self->links > 0)
    g_cond_wait (&self->quiet, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->quiet);
  g_free (self);
}

guint16
network_proxy_get_port (NetworkProxy *self)
{
  return self->port;
}

void
network_proxy_set_fault (NetworkProxy *self, const NetworkFault *fault)
{
  g_mutex_lock (&self->mutex);
  self->fault = fault != NULL ? *fault : no_fault;
  self->struck = self->requests = 0;
  g_mutex_unlock (&self->mutex);
}

static guint
read_count (NetworkProxy *self, const guint *count)
{
  guint value;

  g_mutex_lock (&self->mutex);
  value = *count;
  g_mutex_unlock (&self->mutex);
  return value;
}

guint
network_proxy_get_struck (NetworkProxy *self)
{
  return read_count (self, &self->struck);
}

guint
network_proxy_get_requests (NetworkProxy *self)
{
  return read_count (self, &self->requests);
}

guint
network_proxy_get_head (NetworkProxy *self)
{
  return read_count (self, &self->head);
}
