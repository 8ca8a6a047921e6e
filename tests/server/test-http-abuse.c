/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "http-client.h"
#include "http-fixture.h"
#include "lift-http-gzip.h"

#include <string.h>
#include <sys/socket.h>

#define REQUEST(line, headers) line " HTTP/1.1\r\nHost: x\r\n" headers "\r\n"
#define SMUGGLED REQUEST ("GET /hello", "")

static GBytes *
make_bytes (gsize size)
{
  return g_bytes_new_take (g_malloc0 (size), size);
}

static gboolean
wait_for (gint *value, gint wanted)
{
  for (guint i = 0; i < 1000 && g_atomic_int_get (value) < wanted; i++)
    g_usleep (10 * 1000);
  return g_atomic_int_get (value) >= wanted;
}

static void
assert_alive (Fixture *fixture)
{
  g_autoptr (Answer) answer = wire_ask (fixture->port, REQUEST ("GET /hello", ""));

  g_assert_cmpuint (answer->status, ==, 200);
}

/* Requests whose end two readers would see in different places. What follows each must never be
 * served as a request of its own. */
static void
test_smuggling (Fixture *fixture, gconstpointer data)
{
  static const char *const requests[] = {
    REQUEST ("POST /echo", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Content-Length: 0\r\nContent-Length: 44\r\n"),
    REQUEST ("POST /echo", "Content-Length: 0\r\ncontent-length: 0\r\n"),
    REQUEST ("POST /echo", "Content-Length: 0, 44\r\n"),
    REQUEST ("POST /echo", "Content-Length: +0\r\n"),
    REQUEST ("POST /echo", "Content-Length: -1\r\n"),
    REQUEST ("POST /echo", "Content-Length: 0x0\r\n"),
    REQUEST ("POST /echo", "Content-Length: 0 0\r\n"),
    REQUEST ("POST /echo", "Content-Length: \r\n"),
    REQUEST ("POST /echo", "Content-Length : 44\r\n"),
    REQUEST ("POST /echo", "Transfer-Encoding : chunked\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Transfer-Encoding: gzip, chunked\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Transfer-Encoding: xchunked\r\n") "0\r\n\r\n",
    REQUEST ("POST /echo", "Transfer-Encoding: identity\r\n"),
    REQUEST ("POST /echo", "Transfer-Encoding:\r\n"),
    REQUEST ("GET /echo", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n") "0\r\n\r\n",
    "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    REQUEST ("GET /hello", "Host: y\r\n"),
    REQUEST ("GET /hello", "Bad Name: y\r\n"),
    REQUEST ("GET /hello", "no colon here\r\n"),
    "GET /hello HTTP/1.1\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (Wire) wire = wire_open (fixture->port);
      g_autoptr (Answer) answer = NULL;
      g_autoptr (Answer) second = NULL;

      g_test_message ("%s", requests[i]);
      wire_printf (wire, "%s" SMUGGLED, requests[i]);
      answer = wire_read (wire, TRUE);
      g_assert_cmpuint (answer->status, ==, 400);
      second = wire_read (wire, TRUE);
      g_assert_cmpuint (second->status, ==, 0);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 0);
  assert_alive (fixture);
}

static void
test_bad_chunks (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "x\r\n",
    "-1\r\n",
    "0x3\r\nabc\r\n0\r\n\r\n",
    "3\r\nabcd\r\n0\r\n\r\n",
    "fffffffffffffffff\r\n",
    " 3\r\nabc\r\n0\r\n\r\n",
    "\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Wire) wire = wire_open (fixture->port);
      g_autoptr (Answer) answer = NULL;

      g_test_message ("%s", bodies[i]);
      wire_printf (wire, REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\n") "%s" SMUGGLED,
                   bodies[i]);
      answer = wire_read (wire, TRUE);
      g_assert_cmpuint (answer->status, >=, 400);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 0);
}

static void
test_bad_targets (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *line;
    guint status;
  } cases[] = {
    { "GET /hello%00/x", 404 },  { "GET /hello%ff", 400 },      { "GET /hello?q=1&q=2", 400 },
    { "GET /hello?q=%ff", 400 }, { "GET /hello?q=%00x", 200 },  { "GET http://x/hello", 404 },
    { "OPTIONS *", 404 },        { "GET /../etc/passwd", 404 }, { "FOO /nowhere", 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf ("%s HTTP/1.1\r\nHost: x\r\n\r\n", cases[i].line);
      g_autoptr (Answer) answer = wire_ask (fixture->port, request);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

static void
test_huge_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  g_autoptr (Answer) answer = NULL;
  g_autofree char *value = g_strnfill (1000, 'a');

  wire_printf (wire, "GET /hello HTTP/1.1\r\nHost: x\r\n");
  for (guint i = 0; i < 100; i++)
    wire_printf (wire, "X-%u: %s\r\n", i, value);
  wire_printf (wire, "\r\n");
  answer = wire_read (wire, TRUE);
  g_assert_true (answer->status == 431 || answer->status == 0);
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 0);
}

/* Neither a byte now and then nor silence keeps a connection. */
static void
drip (Fixture *fixture, const char *start, const char *drop)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  gint64 begin = g_get_monotonic_time ();

  wire_send (wire, start, -1);
  for (guint i = 0; i < 200; i++)
    if (!wire_send (wire, drop, -1) || wire_is_closed_within (wire, 50))
      break;
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 0);
}

static void
test_drip_line (Fixture *fixture, gconstpointer data)
{
  drip (fixture, "GET /", "a");
}

static void
test_drip_headers (Fixture *fixture, gconstpointer data)
{
  drip (fixture, "GET /hello HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n");
}

static void
test_drip_body (Fixture *fixture, gconstpointer data)
{
  drip (fixture, REQUEST ("POST /echo", "Content-Length: 1000000\r\n"), "a");
}

static void
test_drip_chunks (Fixture *fixture, gconstpointer data)
{
  drip (fixture, REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\n"), "1\r\na\r\n");
}

static void
test_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);

  g_assert_true (wire_is_closed_within (wire, 5000));
}

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;

  wire_printf (wire, REQUEST ("GET /hello", ""));
  first = wire_read (wire, TRUE);
  /* Longer than the time for headers, shorter than the time for silence. */
  g_assert_false (wire_is_closed_within (wire, 1500));
  wire_printf (wire, REQUEST ("GET /hello", ""));
  second = wire_read (wire, TRUE);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_true (wire_is_closed_within (wire, 8000));
}

static void
test_never_reads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  int size = 4096;

  setsockopt (wire->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  wire_printf (wire, REQUEST ("GET /huge", ""));
  g_assert_true (wait_for (&fixture->logged, 1));
  g_assert_cmpuint (fixture->last_status, ==, 0);
  assert_alive (fixture);
}

static void
test_leaves_early (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Wire) wire = wire_open (fixture->port);

      wire_printf (wire, REQUEST ("GET /slow", ""));
      g_usleep (1000 * i);
    }
  g_assert_true (wait_for (&fixture->logged, 1));
  assert_alive (fixture);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) full = make_bytes (2 * 1024 * 1024);
  g_autoptr (GBytes) over = make_bytes (2 * 1024 * 1024 + 1);
  g_autoptr (Answer) fits = wire_post (fixture->port, "/size", "", full);
  g_autoptr (Answer) answer = wire_post (fixture->port, "/size", "", over);

  g_assert_cmpuint (fits->status, ==, 200);
  answer_assert_problem (answer, 413, "PAYLOAD_TOO_LARGE");
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 1);
}

static void
test_far_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer)
    answer = wire_ask (fixture->port, REQUEST ("POST /size", "Content-Length: 99999999999\r\n"));

  answer_assert_problem (answer, 413, "PAYLOAD_TOO_LARGE");
}

static gboolean
send_chunks (Wire *wire, guint count)
{
  g_autofree char *text = g_strnfill (0x10000, 'a');

  for (guint i = 0; i < count; i++)
    if (!wire_send (wire, "10000\r\n", -1) || !wire_send (wire, text, -1) ||
        !wire_send (wire, "\r\n", -1))
      return FALSE;
  return wire_send (wire, "0\r\n\r\n", -1);
}

static void
test_too_large_chunked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  g_autoptr (Answer) answer = NULL;

  wire_printf (wire, REQUEST ("POST /size", "Transfer-Encoding: chunked\r\n"));
  g_assert_true (send_chunks (wire, 40));
  answer = wire_read (wire, TRUE);
  answer_assert_problem (answer, 413, "PAYLOAD_TOO_LARGE");
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);

  wire_printf (wire, REQUEST ("POST /size", "Transfer-Encoding: chunked\r\n"));
  g_assert_false (send_chunks (wire, 2000));
  assert_alive (fixture);
}

static void
test_gzip_bomb (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) plain = make_bytes (64 * 1024 * 1024);
  g_autoptr (GBytes) packed = lift_http_gzip (plain);
  g_autoptr (Answer)
    answer = wire_post (fixture->port, "/size", "Content-Encoding: gzip\r\n", packed);

  g_assert_cmpuint (g_bytes_get_size (packed), <, 1024 * 1024);
  answer_assert_problem (answer, 413, "PAYLOAD_TOO_LARGE");
}

static void
test_bad_encodings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (Answer)
    damaged = wire_post (fixture->port, "/size", "Content-Encoding: gzip\r\n", plain);
  g_autoptr (Answer)
    nothing = wire_post (fixture->port, "/size", "Content-Encoding: gzip\r\n", empty);
  g_autoptr (Answer)
    unknown = wire_post (fixture->port, "/size", "Content-Encoding: br\r\n", plain);
  g_autoptr (Answer)
    twice = wire_post (fixture->port, "/size", "Content-Encoding: gzip, gzip\r\n", plain);
  g_autoptr (Answer)
    identity = wire_post (fixture->port, "/size", "Content-Encoding: identity\r\n", plain);

  answer_assert_problem (damaged, 400, "BAD_ENCODING");
  answer_assert_problem (nothing, 400, "BAD_ENCODING");
  answer_assert_problem (unknown, 415, "UNSUPPORTED_ENCODING");
  answer_assert_problem (twice, 415, "UNSUPPORTED_ENCODING");
  g_assert_cmpuint (identity->status, ==, 200);
}

static void
test_many_connections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_close);

  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (wires, wire_open (fixture->port));
  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; i < wires->len; i++)
        wire_printf (wires->pdata[i], REQUEST ("POST /echo", "Content-Length: 4\r\n") "%04u", i);
      for (guint i = 0; i < wires->len; i++)
        {
          g_autoptr (Answer) answer = wire_read (wires->pdata[i], TRUE);
          g_autofree char *text = answer_dup_text (answer);
          g_autofree char *wanted = g_strdup_printf ("%04u", i);

          g_assert_cmpuint (answer->status, ==, 200);
          g_assert_cmpstr (text, ==, wanted);
        }
    }
  g_assert_cmpint (fixture->most, <=, (gint) fixture->limits.workers);
  g_assert_cmpint (g_atomic_int_get (&fixture->served), ==, 1000);
}

static void
test_limit_per_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_close);
  g_autoptr (Answer) answer = NULL;

  fixture->limits.connections_per_address = 5;
  fixture->limits.head_ms = 20000;
  fixture_restart (fixture);
  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (wires, wire_open (fixture->port));
  g_assert_true (wire_is_closed_within (wires->pdata[5], 5000));
  wire_printf (wires->pdata[4], REQUEST ("GET /hello", ""));
  answer = wire_read (wires->pdata[4], TRUE);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_overload (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_close);
  guint refused = 0;

  fixture->limits.workers = 1;
  fixture->limits.queue = 2;
  fixture_restart (fixture);
  for (guint i = 0; i < 10; i++)
    {
      g_ptr_array_add (wires, wire_open (fixture->port));
      wire_printf (wires->pdata[i], REQUEST ("GET /slow", ""));
    }
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Answer) answer = wire_read (wires->pdata[i], TRUE);
      g_autofree char *retry = answer_dup_header (answer, "Retry-After");

      if (answer->status == 200)
        continue;
      answer_assert_problem (answer, 503, "OVERLOADED");
      g_assert_cmpstr (retry, ==, "2");
      refused++;
    }
  g_assert_cmpuint (refused, >=, 5);
  g_assert_cmpuint (refused, <=, 9);
  g_assert_cmpint (fixture->most, ==, 1);
}

static void
test_crowded_bodies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) first = NULL;
  g_autoptr (GBytes) body = make_bytes (60000);
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) answer = NULL;

  fixture->limits.body_bytes_all = 100000;
  fixture->limits.body_ms = 20000;
  fixture_restart (fixture);
  first = wire_open (fixture->port);
  wire_printf (first, REQUEST ("POST /size", "Content-Length: 60001\r\n"));
  wire_send (first, g_bytes_get_data (body, NULL), 60000);
  g_usleep (200 * 1000);
  refused = wire_post (fixture->port, "/size", "", body);
  answer_assert_problem (refused, 503, "OVERLOADED");
  wire_printf (first, "x");
  answer = wire_read (first, TRUE);
  g_assert_cmpuint (answer->status, ==, 200);
  /* All of it is given back: as much fits again, many times. */
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Answer) again = wire_post (fixture->port, "/size", "", body);

      g_assert_cmpuint (again->status, ==, 200);
    }
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const seeds[] = {
    REQUEST ("POST /echo", "Content-Length: 3\r\n") "abc",
    REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\n") "3\r\nabc\r\n0\r\n\r\n",
    REQUEST ("GET /hello?q=%20&b", "Accept-Encoding: gzip;q=1\r\nCookie: a=b; c\r\n"),
  };

  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *text = g_strdup (seeds[i % G_N_ELEMENTS (seeds)]);
      g_autoptr (Wire) wire = wire_open (fixture->port);
      gsize length = strlen (text);

      for (gint n = g_test_rand_int_range (1, 6); n > 0; n--)
        text[g_test_rand_int_range (0, length)] = g_test_rand_int_range (0, 256);
      wire_send (wire, text, g_test_rand_int_range (1, length + 1));
      if (i % 10 == 0)
        g_usleep (1000);
    }
  assert_alive (fixture);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_no_leaked_descriptor (Fixture *fixture, gconstpointer data)
{
  guint before = count_descriptors ();

  for (guint i = 0; i < 300; i++)
    assert_alive (fixture);
  for (guint i = 0; i < 500 && count_descriptors () > before; i++)
    g_usleep (10 * 1000);
  g_assert_cmpuint (count_descriptors (), <=, before);
}

typedef struct
{
  guint16 port;
  gint *answered;
  gint *ended;
} Load;

/* Asks until the server is gone; an answer is a whole one or none. */
static gpointer
ask_for_ever (gpointer data)
{
  const Load *load = data;
  g_autoptr (Wire) wire = wire_open (load->port);

  for (;;)
    {
      g_autoptr (Answer) answer = NULL;

      wire_printf (wire, REQUEST ("GET /big", ""));
      answer = wire_read (wire, TRUE);
      if (answer->status == 200)
        g_atomic_int_inc (load->answered);
      if (answer->status != 200)
        break;
      g_assert_cmpuint (answer->body->len, ==, 300 * 1000);
    }
  g_atomic_int_inc (load->ended);
  return NULL;
}

static void
test_stop_under_load (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 5; round++)
    {
      gint answered = 0;
      gint ended = 0;
      Load load = { fixture->port, &answered, &ended };
      GThread *threads[16];

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("load", ask_for_ever, &load);
      g_assert_true (wait_for (&answered, 50));
      lift_http_server_stop (fixture->server);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
      g_assert_cmpint (ended, ==, G_N_ELEMENTS (threads));
      fixture_restart (fixture);
    }
}

static void
test_stop_with_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_close);
  guint done = 0;
  guint refused = 0;

  fixture->limits.workers = 2;
  fixture_restart (fixture);
  for (guint i = 0; i < 20; i++)
    {
      g_ptr_array_add (wires, wire_open (fixture->port));
      wire_printf (wires->pdata[i], REQUEST ("GET /slow", ""));
    }
  g_usleep (150 * 1000);
  lift_http_server_stop (fixture->server);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Answer) answer = wire_read (wires->pdata[i], TRUE);

      done += answer->status == 200;
      refused += answer->status == 503;
      if (answer->status == 503)
        answer_assert_problem (answer, 503, "SHUTTING_DOWN");
    }
  g_assert_cmpuint (done, >=, 2);
  g_assert_cmpuint (done + refused, ==, 20);
}

static void
test_stop_with_deaf_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = NULL;
  gint64 begin;

  fixture->limits.answer_ms = 60000;
  fixture->limits.stop_ms = 500;
  fixture_restart (fixture);
  wire = wire_open (fixture->port);
  wire_printf (wire, REQUEST ("GET /huge", ""));
  g_assert_true (wait_for (&fixture->served, 1));
  begin = g_get_monotonic_time ();
  lift_http_server_stop (fixture->server);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "smuggling", test_smuggling },
    { "bad-chunks", test_bad_chunks },
    { "bad-targets", test_bad_targets },
    { "huge-headers", test_huge_headers },
    { "drip-line", test_drip_line },
    { "drip-headers", test_drip_headers },
    { "drip-body", test_drip_body },
    { "drip-chunks", test_drip_chunks },
    { "silent", test_silent },
    { "idle", test_idle },
    { "never-reads", test_never_reads },
    { "leaves-early", test_leaves_early },
    { "too-large", test_too_large },
    { "far-too-large", test_far_too_large },
    { "too-large-chunked", test_too_large_chunked },
    { "endless", test_endless },
    { "gzip-bomb", test_gzip_bomb },
    { "bad-encodings", test_bad_encodings },
    { "many-connections", test_many_connections },
    { "limit-per-address", test_limit_per_address },
    { "overload", test_overload },
    { "crowded-bodies", test_crowded_bodies },
    { "garbage", test_garbage },
    { "no-leaked-descriptor", test_no_leaked_descriptor },
    { "stop-under-load", test_stop_under_load },
    { "stop-with-waiting", test_stop_with_waiting },
    { "stop-with-deaf-client", test_stop_with_deaf_client },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/http/abuse/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
