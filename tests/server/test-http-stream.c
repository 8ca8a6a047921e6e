/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "http-client.h"
#include "http-fixture.h"

#include <string.h>

#define REQUEST(line, headers) line " HTTP/1.1\r\nHost: x\r\n" headers "\r\n"

/* Asks for a stream and waits until its first words are there. */
static Wire *
open_stream (Fixture *fixture)
{
  Wire *wire = wire_open (fixture->port);
  g_autoptr (Answer) answer = NULL;

  wire_printf (wire, REQUEST ("GET /stream", ""));
  answer = wire_read (wire, TRUE);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (wire_wait_for (wire, "first\n"));
  return wire;
}

static void
test_written_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_stream (fixture);
  LiftHttpStream *stream = fixture_get_stream (fixture, 0);

  for (guint i = 0; i < 20; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autofree char *text = g_strdup_printf ("line %u\n", i);

      g_usleep (1000 * i);
      g_assert_true (lift_http_stream_write (stream, text));
      g_assert_true (wire_wait_for (wire, text));
      g_assert_cmpint (g_get_monotonic_time () - begin, <, G_TIME_SPAN_SECOND);
    }
}

static void
test_long_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_stream (fixture);
  g_autofree char *text = g_strnfill (60000, 'x');

  g_assert_true (lift_http_stream_write (fixture_get_stream (fixture, 0), text));
  g_assert_true (lift_http_stream_write (fixture_get_stream (fixture, 0), "end\n"));
  g_assert_true (wire_wait_for (wire, "end\n"));
}

static void
test_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_stream (fixture);
  LiftHttpStream *stream = fixture_get_stream (fixture, 0);

  lift_http_stream_write (stream, "last\n");
  lift_http_stream_end (stream);
  g_assert_true (wire_wait_for (wire, "last\n"));
  g_assert_true (wire_wait_for (wire, "\r\n0\r\n\r\n"));
  g_assert_false (lift_http_stream_write (stream, "more"));
}

/* Silence of ours is no reason to cut: the limits are 1 s to read and 3 s to be idle. */
static void
test_sleeps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_stream (fixture);

  g_assert_false (wire_is_closed_within (wire, 4500));
  g_assert_true (lift_http_stream_write (fixture_get_stream (fixture, 0), "awake\n"));
  g_assert_true (wire_wait_for (wire, "awake\n"));
}

static gboolean
is_over_within (LiftHttpStream *stream, guint ms)
{
  for (guint i = 0; i < ms / 10; i++)
    {
      if (!lift_http_stream_write (stream, ":\n"))
        return TRUE;
      g_usleep (10 * 1000);
    }
  return FALSE;
}

static void
test_client_leaves (Fixture *fixture, gconstpointer data)
{
  Wire *wire = open_stream (fixture);

  wire_close (wire);
  g_assert_true (is_over_within (fixture_get_stream (fixture, 0), 5000));
}

static void
test_deaf_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_stream (fixture);
  LiftHttpStream *stream = fixture_get_stream (fixture, 0);
  g_autofree char *text = g_strnfill (30000, 'x');
  gint64 begin = g_get_monotonic_time ();

  while (lift_http_stream_write (stream, text))
    g_usleep (1000);
  for (guint i = 0; i < 500 && g_atomic_int_get (&fixture->logged) == 0; i++)
    g_usleep (10 * 1000);
  g_assert_cmpint (fixture->logged, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 8 * G_TIME_SPAN_SECOND);
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = wire_ask (fixture->port, REQUEST ("HEAD /stream", ""));

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (is_over_within (fixture_get_stream (fixture, 0), 5000));
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_close);
  gint64 begin;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (wires, open_stream (fixture));
  begin = g_get_monotonic_time ();
  lift_http_server_stop (fixture->server);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_TIME_SPAN_SECOND);
  for (guint i = 0; i < wires->len; i++)
    g_assert_true (wire_wait_for (wires->pdata[i], "0\r\n\r\n"));
  g_assert_false (lift_http_stream_write (fixture_get_stream (fixture, 0), "late"));
}

typedef struct
{
  Fixture *fixture;
  gint stop;
} Writer;

static gpointer
write_to_all (gpointer data)
{
  Writer *writer = data;

  guint i = 0;

  while (!g_atomic_int_get (&writer->stop))
    {
      LiftHttpStream *stream = fixture_get_stream (writer->fixture, i);

      if (stream != NULL)
        lift_http_stream_write (stream, "word\n");
      i = stream != NULL ? i + 1 : 0;
    }
  return NULL;
}

/* Clients come and go, and the server stops, while several threads write. */
static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  Writer writer = { fixture, 0 };
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_to_all, &writer);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (Wire) wire = open_stream (fixture);

      if (i % 3 == 0)
        g_assert_true (wire_wait_for (wire, "word\n"));
    }
  lift_http_server_stop (fixture->server);
  g_atomic_int_set (&writer.stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "written-later", test_written_later },
    { "long-text", test_long_text },
    { "end", test_end },
    { "sleeps", test_sleeps },
    { "client-leaves", test_client_leaves },
    { "deaf-client", test_deaf_client },
    { "head", test_head },
    { "stop", test_stop },
    { "crowd", test_crowd },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/http/stream/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
