/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-json.h"
#include "lift-remote-error.h"
#include "network-world.h"

/*
 * Answers that are late, slow, cut, wrong or somebody else's. Each fault lasts for a whole sync: it
 * says what was wrong, asks a few times at most, and loses nothing; the next one puts all right.
 */

#define MAX_REQUESTS 8

/* Makes a whole answer; @extra stands behind the length and ends in CR LF. */
static GBytes *
make_answer (const char *start, gint64 length, const char *extra, gconstpointer body, gsize size)
{
  GByteArray *answer = g_byte_array_new ();
  g_autofree char *head = NULL;

  if (length >= 0)
    head = g_strdup_printf ("%sContent-Length: %" G_GINT64_FORMAT "\r\n%s\r\n", start, length,
                            extra);
  else
    head = g_strconcat (start, extra, "\r\n", NULL);
  g_byte_array_append (answer, (const guint8 *) head, strlen (head));
  g_byte_array_append (answer, body, size);
  return g_byte_array_free_to_bytes (answer);
}

#define OK_JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define IS_PACKED "Content-Encoding: gzip\r\n"

static const char *
get_packing (const char *head)
{
  return strstr (head, IS_PACKED) != NULL ? IS_PACKED : "";
}

static GBytes *
too_long (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  return make_answer (OK_JSON, size + 100, get_packing (head), data, size);
}

static GBytes *
too_short (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  return make_answer (OK_JSON, size / 2, get_packing (head), data, size);
}

static GBytes *
no_length (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  return make_answer ("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n", -1,
                      get_packing (head), data, size);
}

static GBytes *
half_without_length (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  return make_answer ("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n", -1,
                      get_packing (head), data, size / 2);
}

static GBytes *
not_gzip (const char *head, GBytes *body, gpointer user_data)
{
  return make_answer (OK_JSON, 25, IS_PACKED, "this is not packed at all", 25);
}

static GBytes *
pack (const char *text)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));

  g_assert_true (g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

#define EMPTY_PAGE \
  "{\"changesByType\":{},\"stats\":{},\"syncTimestamp\":\"2026-02-06T15:30:00Z\"," \
  "\"cursor\":\"nonsense\",\"hasMore\":false,\"revoked\":[],\"digest\":{}}"

/* The bytes are there, but one of them, or the sum behind them, was hurt on the way. */
static GBytes *
hurt_gzip (const char *head, GBytes *body, gpointer user_data)
{
  g_autoptr (GBytes) packed = pack (EMPTY_PAGE);
  gsize size;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&packed), &size);

  data[size - GPOINTER_TO_UINT (user_data)] ^= 0x55;
  return make_answer (OK_JSON, size, IS_PACKED, data, size);
}

static GBytes *
half_gzip (const char *head, GBytes *body, gpointer user_data)
{
  g_autoptr (GBytes) packed = pack (EMPTY_PAGE);
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  return make_answer (OK_JSON, size / 2, IS_PACKED, data, size / 2);
}

static GBytes *
cut_chunks (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autofree char *first = g_strdup_printf ("%zx\r\n", size / 2);
  const char *behind = user_data;

  g_byte_array_append (chunk, (const guint8 *) first, strlen (first));
  g_byte_array_append (chunk, (const guint8 *) data, size / 2);
  g_byte_array_append (chunk, (const guint8 *) behind, strlen (behind));
  return make_answer (OK_JSON "Transfer-Encoding: chunked\r\n", -1, get_packing (head), chunk->data,
                      chunk->len);
}

static GBytes *
whole_chunks (const char *head, GBytes *body, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (GByteArray) chunks = g_byte_array_new ();

  for (gsize i = 0; i < size; i += 7)
    {
      gsize part = MIN (7, size - i);
      g_autofree char *first = g_strdup_printf ("%zx;ext=1\r\n", part);

      g_byte_array_append (chunks, (const guint8 *) first, strlen (first));
      g_byte_array_append (chunks, (const guint8 *) data + i, part);
      g_byte_array_append (chunks, (const guint8 *) "\r\n", 2);
    }
  g_byte_array_append (chunks, (const guint8 *) "0\r\n\r\n", 5);
  return make_answer (OK_JSON "Transfer-Encoding: chunked\r\n", -1, get_packing (head),
                      chunks->data, chunks->len);
}

static GBytes *
as_given (const char *head, GBytes *body, gpointer user_data)
{
  return g_bytes_new (user_data, strlen (user_data));
}

#define HTML "<html><title>Gym Wi-Fi</title>Sign in</html>"

typedef struct
{
  const char *name;
  NetworkFault fault;
  LiftRemoteError error;
} Case;

#define REWRITE(function, data) \
  { \
    .at = -1, .rewrite = function, .user_data = (gpointer) (data) \
  }
#define GIVEN(text) REWRITE (as_given, text)

static const Case cases[] = {
  { "silent", { .way = NETWORK_ANSWER, .end = NETWORK_SILENCE }, LIFT_REMOTE_ERROR_TIMEOUT },
  { "silent-head",
    { .way = NETWORK_ANSWER, .at = 30, .end = NETWORK_SILENCE },
    LIFT_REMOTE_ERROR_TIMEOUT },
  { "silent-body",
    { .way = NETWORK_ANSWER, .at = 400, .end = NETWORK_SILENCE },
    LIFT_REMOTE_ERROR_TIMEOUT },
  { "silent-request",
    { .way = NETWORK_REQUEST, .at = 100, .end = NETWORK_SILENCE },
    LIFT_REMOTE_ERROR_TIMEOUT },
  { "too-long", REWRITE (too_long, NULL), LIFT_REMOTE_ERROR_OFFLINE },
  { "too-long-kept", { .at = -1, .rewrite = too_long, .keeps = TRUE }, LIFT_REMOTE_ERROR_TIMEOUT },
  { "too-short", REWRITE (too_short, NULL), LIFT_REMOTE_ERROR_NOT_OURS },
  { "too-short-kept",
    { .at = -1, .rewrite = too_short, .keeps = TRUE },
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "half-http-1.0", REWRITE (half_without_length, NULL), LIFT_REMOTE_ERROR_NOT_OURS },
  { "not-gzip", REWRITE (not_gzip, NULL), LIFT_REMOTE_ERROR_NOT_OURS },
  { "hurt-gzip", REWRITE (hurt_gzip, 20), LIFT_REMOTE_ERROR_NOT_OURS },
  { "hurt-gzip-sum", REWRITE (hurt_gzip, 6), LIFT_REMOTE_ERROR_NOT_OURS },
  { "half-gzip", REWRITE (half_gzip, NULL), LIFT_REMOTE_ERROR_NOT_OURS },
  /* libsoup takes the end of the connection between two chunks for the end of the answer. */
  { "cut-chunks", REWRITE (cut_chunks, "\r\n"), LIFT_REMOTE_ERROR_NOT_OURS },
  { "cut-inside-chunk", REWRITE (cut_chunks, "\r\n40\r\nabc"), LIFT_REMOTE_ERROR_OFFLINE },
  { "bad-chunks", REWRITE (cut_chunks, "\r\nzz\r\nabc\r\n"), LIFT_REMOTE_ERROR_NOT_OURS },
  { "portal-redirect",
    GIVEN ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "portal-page",
    GIVEN ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 44\r\n\r\n" HTML),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "portal-page-as-json",
    GIVEN ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n" HTML),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "portal-network-authentication",
    GIVEN ("HTTP/1.1 511 Network Authentication Required\r\nContent-Type: text/html\r\n"
           "Content-Length: 44\r\n\r\n" HTML),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "other-json",
    GIVEN ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
           "{\"hello\":[1,2]}"),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "json-array",
    GIVEN ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "nothing",
    GIVEN ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"),
    LIFT_REMOTE_ERROR_NOT_OURS },
  { "no-content", GIVEN ("HTTP/1.1 204 No Content\r\n\r\n"), LIFT_REMOTE_ERROR_NOT_OURS },
  { "not-http", GIVEN ("220 mail.example.org ESMTP\r\n"), LIFT_REMOTE_ERROR_NOT_OURS },
  { "gateway",
    GIVEN (
      "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 44\r\n\r\n" HTML),
    LIFT_REMOTE_ERROR_SERVER },
  { "portal-unauthorized",
    GIVEN (
      "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nContent-Length: 44\r\n\r\n" HTML),
    LIFT_REMOTE_ERROR_NOT_OURS },
};

typedef struct
{
  NetworkWorld base;
  char *mine;
  char *theirs;
  char *text;
  gint64 version;
} World;

/* One for all tests: each begins where both computers agree. */
static World world;

static void
open_world (void)
{
  network_world_set_up (&world.base, NULL);
  world.mine = network_world_add (&world.base, &world.base.near);
  world.theirs = network_world_add (&world.base, &world.base.near);
  network_world_settle (&world.base);
}

static void
close_world (void)
{
  network_world_tear_down (&world.base, NULL);
  g_free (world.mine);
  g_free (world.theirs);
  g_free (world.text);
}

static void
edit_both (World *self)
{
  static guint count;
  g_autoptr (LiftEntity) row = network_computer_load (&self->base.near, self->mine);

  self->version = row->version;
  g_free (self->text);
  self->text = g_strdup_printf ("text %u", ++count);
  network_computer_edit (&self->base.far, self->theirs, "notes", self->text);
  network_computer_sync_well (&self->base.far);
  network_computer_edit (&self->base.near, self->mine, "notes", self->text);
}

static void
assert_notes (NetworkComputer *computer, const char *id, const char *text)
{
  g_autoptr (LiftEntity) row = network_computer_load (computer, id);

  g_assert_cmpstr (LIFT_BODY_WEIGHT_ENTRY (row)->notes, ==, text);
}

static void
assert_whole (World *self)
{
  g_autoptr (LiftEntity) row = NULL;

  network_world_settle (&self->base);
  assert_notes (&self->base.far, self->mine, self->text);
  assert_notes (&self->base.near, self->theirs, self->text);
  row = network_computer_load (&self->base.far, self->mine);
  g_assert_cmpint (row->version, ==, self->version + 1);
}

static void
assert_fails (World *self, const Case *item, const char *path)
{
  NetworkFault fault = item->fault;
  g_autoptr (LiftSyncResult) result = NULL;

  fault.path = path;
  network_world_break (&self->base, &fault);
  result = network_computer_sync (&self->base.near);
  g_assert_cmpuint (network_proxy_get_struck (self->base.proxy), >, 0);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), <=, MAX_REQUESTS);
  g_assert_error (result->error, LIFT_REMOTE_ERROR, (int) item->error);
  g_assert_true (lift_remote_error_is_transient (result->error));
  g_assert_cmpuint (result->failed, ==, 0);
  assert_notes (&self->base.near, self->mine, self->text);
}

static void
test_push (gconstpointer data)
{
  World *self = &world;

  edit_both (self);
  assert_fails (self, data, "/api/v1/sync/push");
  assert_notes (&self->base.near, self->theirs, self->text);
  assert_whole (self);
}

static void
test_pull (gconstpointer data)
{
  World *self = &world;

  edit_both (self);
  assert_fails (self, data, "/api/v1/sync/pull");
  assert_whole (self);
}

static void
test_both (gconstpointer data)
{
  World *self = &world;
  const Case *item = data;
  g_autoptr (LiftSyncResult) result = NULL;

  edit_both (self);
  network_world_break (&self->base, &item->fault);
  result = network_computer_sync (&self->base.near);
  g_assert_error (result->error, LIFT_REMOTE_ERROR, (int) item->error);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), <=, MAX_REQUESTS);
  assert_whole (self);
}

/* What is only slow, or written in another way, is taken. */
static void
assert_syncs (World *self, const NetworkFault *fault)
{
  network_world_break (&self->base, fault);
  network_computer_sync_well (&self->base.near);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), <=, MAX_REQUESTS);
  assert_notes (&self->base.near, self->theirs, self->text);
  assert_whole (self);
}

static void
test_latency (gconstpointer data)
{
  World *self = &world;

  edit_both (self);
  assert_syncs (self, &(NetworkFault){ .at = -1, .delay_us = 60 * 1000 });
}

/* Longer altogether than the client waits for a sign of life. */
static void
test_slow (gconstpointer data)
{
  World *self = &world;
  gint64 start = g_get_monotonic_time ();

  edit_both (self);
  assert_syncs (self, &(NetworkFault){ .at = -1, .step = 1, .delay_us = 1800 });
  g_assert_cmpint (g_get_monotonic_time () - start, >, 2 * G_TIME_SPAN_SECOND);
}

/* A byte in a second and a half is none in a second. */
static void
test_too_slow (gconstpointer data)
{
  World *self = &world;
  NetworkFault fault = {
    .path = "/api/v1/sync/push", .at = -1, .step = 1, .delay_us = 1500 * 1000
  };
  g_autoptr (LiftSyncResult) result = NULL;

  edit_both (self);
  network_world_break (&self->base, &fault);
  result = network_computer_sync (&self->base.near);
  g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TIMEOUT);
  assert_whole (self);
}

static void
test_http_1_0 (gconstpointer data)
{
  World *self = &world;

  edit_both (self);
  assert_syncs (self, &(NetworkFault) REWRITE (no_length, NULL));
}

static void
test_chunked (gconstpointer data)
{
  World *self = &world;

  edit_both (self);
  assert_syncs (self, &(NetworkFault) REWRITE (whole_chunks, NULL));
}

static void
add (const char *group, const Case *item, GTestDataFunc test)
{
  g_autofree char *path = g_strconcat ("/network/answers/", group, "/", item->name, NULL);

  g_test_add_data_func (path, item, test);
}

int
main (int argc, char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  open_world ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("pull", &cases[i], test_pull);
      add ("push", &cases[i], test_push);
      if (cases[i].fault.end != NETWORK_SILENCE)
        add ("both", &cases[i], test_both);
    }
  g_test_add_data_func ("/network/answers/latency", NULL, test_latency);
  g_test_add_data_func ("/network/answers/slow", NULL, test_slow);
  g_test_add_data_func ("/network/answers/too-slow", NULL, test_too_slow);
  g_test_add_data_func ("/network/answers/http-1.0", NULL, test_http_1_0);
  g_test_add_data_func ("/network/answers/chunked", NULL, test_chunked);
  failed = g_test_run ();
  close_world ();
  return failed;
}
