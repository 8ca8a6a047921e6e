/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "http-client.h"

#include "lift-json.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEADLINE_MS 20000

Wire *
wire_open (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  Wire *self = g_new0 (Wire, 1);

  self->unread = g_string_new (NULL);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  g_assert_cmpint (connect (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return self;
}

void
wire_close (Wire *self)
{
  close (self->fd);
  g_string_free (self->unread, TRUE);
  g_free (self);
}

/* FALSE once the other side has gone. */
gboolean
wire_send (Wire *self, const void *data, gssize length)
{
  const char *at = data;
  gsize left = length < 0 ? strlen (data) : (gsize) length;

  while (left > 0)
    {
      ssize_t sent = send (self->fd, at, left, MSG_NOSIGNAL);

      if (sent < 0 && errno == EINTR)
        continue;
      if (sent < 0)
        return FALSE;
      at += sent;
      left -= sent;
    }
  return TRUE;
}

void
wire_printf (Wire *self, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  wire_send (self, text, -1);
}

/* Reads what is there; FALSE at the end of the stream. A silent server fails the test. */
static gboolean
read_more (Wire *self)
{
  struct pollfd event = { self->fd, POLLIN, 0 };
  char data[65536];
  ssize_t length;

  g_assert_cmpint (poll (&event, 1, DEADLINE_MS), ==, 1);
  length = recv (self->fd, data, sizeof data, 0);
  if (length <= 0)
    return FALSE;
  g_string_append_len (self->unread, data, length);
  return TRUE;
}

/* Reads up to and with @text; FALSE if the stream ends before. */
gboolean
wire_wait_for (Wire *self, const char *text)
{
  const char *at;

  while ((at = strstr (self->unread->str, text)) == NULL)
    if (!read_more (self))
      return FALSE;
  g_string_erase (self->unread, 0, at + strlen (text) - self->unread->str);
  return TRUE;
}

static void
take (Wire *self, gsize length, GByteArray *to)
{
  if (to != NULL)
    g_byte_array_append (to, (const guint8 *) self->unread->str, length);
  g_string_erase (self->unread, 0, length);
}

/* One answer with a Content-Length, or whatever comes before the end of the stream. */
Answer *
wire_read (Wire *self, gboolean has_body)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autofree char *length = NULL;
  const char *end;
  gsize wanted;

  answer->body = g_byte_array_new ();
  while ((end = strstr (self->unread->str, "\r\n\r\n")) == NULL)
    if (!read_more (self))
      return answer;
  answer->head = g_strndup (self->unread->str, end + 2 - self->unread->str);
  take (self, end + 4 - self->unread->str, NULL);
  g_assert_true (g_str_has_prefix (answer->head, "HTTP/1.1 "));
  answer->status = atoi (answer->head + strlen ("HTTP/1.1 "));
  if (answer->status == 100)
    {
      answer_free (answer);
      return wire_read (self, has_body);
    }
  length = answer_dup_header (answer, "Content-Length");
  wanted = has_body && length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  while (self->unread->len < wanted && read_more (self))
    continue;
  take (self, MIN (wanted, self->unread->len), answer->body);
  return answer;
}

/* Whether the server ends the connection without being asked, and without saying more. */
gboolean
wire_is_closed_within (Wire *self, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  char data[65536];

  while (g_get_monotonic_time () < end)
    {
      struct pollfd event = { self->fd, POLLIN, 0 };

      if (poll (&event, 1, 20) == 1 && recv (self->fd, data, sizeof data, 0) <= 0)
        return TRUE;
    }
  return FALSE;
}

Answer *
wire_ask (guint16 port, const char *request)
{
  g_autoptr (Wire) wire = wire_open (port);

  wire_send (wire, request, -1);
  return wire_read (wire, !g_str_has_prefix (request, "HEAD "));
}

/* @headers: more header lines, each ended by CR LF */
Answer *
wire_post (guint16 port, const char *path, const char *headers, GBytes *body)
{
  g_autoptr (Wire) wire = wire_open (port);
  gsize length;
  const void *data = g_bytes_get_data (body, &length);

  wire_printf (wire, "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
               path, headers, length);
  wire_send (wire, data, length);
  return wire_read (wire, TRUE);
}

void
answer_free (Answer *self)
{
  g_free (self->head);
  g_byte_array_unref (self->body);
  g_free (self);
}

char *
answer_dup_header (Answer *self, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head != NULL ? self->head : "", "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));
  return NULL;
}

char *
answer_dup_text (Answer *self)
{
  return g_strndup ((const char *) self->body->data, self->body->len);
}

/* An error is of use to a client only if it is whole: the type, the code and the same status. */
void
answer_assert_problem (Answer *self, guint status, const char *code)
{
  g_autofree char *type = answer_dup_header (self, "Content-Type");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;

  g_assert_cmpuint (self->status, ==, status);
  g_assert_cmpstr (type, ==, "application/problem+json");
  problem = lift_json_parse_object ((const char *) self->body->data, self->body->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lift_json_get_string (problem, "code"), ==, code);
  g_assert_cmpint (lift_json_get_int (problem, "status", 0), ==, status);
  g_assert_nonnull (lift_json_get_string (problem, "type"));
  g_assert_nonnull (lift_json_get_string (problem, "title"));
  g_assert_true (json_object_has_member (problem, "retryable"));
}
