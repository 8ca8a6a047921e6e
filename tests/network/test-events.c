/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-hints.h"
#include "network-world.h"

/*
 * The stream of hints, and a manager that runs by itself, on a bad network: a stream that is cut,
 * silent or full of rubbish costs a hint and nothing else, and is opened again; nobody asks in a
 * loop.
 */

#define EVENTS "/api/v1/sync/events"
/* The head of the stream's answer, and some of the stream. */
#define INSIDE_STREAM 260
#define DEADLINE (15 * G_TIME_SPAN_SECOND)

typedef struct
{
  NetworkWorld base;
  LiftHints *hints;
  guint count;
  char *row;
} World;

static void
count_cb (LiftHints *hints, World *self)
{
  self->count++;
}

static void
set_up (World *self, gconstpointer data)
{
  network_world_set_up (&self->base, NULL);
  self->row = network_world_add (&self->base, &self->base.near);
  network_world_settle (&self->base);
  self->hints = lift_hints_new (self->base.near.api);
  g_signal_connect (self->hints, "hint", G_CALLBACK (count_cb), self);
}

static void
tear_down (World *self, gconstpointer data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;

  lift_hints_stop (self->hints);
  g_assert_finalize_object (self->hints);
  /* Its thread may hold the calls a moment longer. */
  while (g_atomic_int_get (&G_OBJECT (self->base.near.api)->ref_count) > 2 &&
         g_get_monotonic_time () < deadline)
    g_usleep (1000);
  network_world_tear_down (&self->base, NULL);
  g_free (self->row);
}

static void
iterate_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
wait_for_requests (World *self, guint count)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;

  while (network_proxy_get_requests (self->base.proxy) < count &&
         g_get_monotonic_time () < deadline)
    iterate_for (5);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), >=, count);
}

/* Somebody else changes something until a hint of it comes: one that is lost in a moment without a
 * stream is nobody's fault. */
static void
expect_hint (World *self)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;
  guint before = self->count;

  for (guint i = 0; self->count == before && g_get_monotonic_time () < deadline; i++)
    {
      g_autofree char *text = g_strdup_printf ("hint %u", i);

      network_computer_edit (&self->base.far, self->row, "notes", text);
      network_computer_sync_well (&self->base.far);
      iterate_for (300);
    }
  g_assert_cmpuint (self->count, >, before);
  network_world_settle (&self->base);
}

static void
test_flows (World *self, gconstpointer data)
{
  lift_hints_start (self->hints);
  expect_hint (self);
}

static void
test_cut (World *self, gconstpointer data)
{
  NetworkFault fault = {
    .path = EVENTS, .way = NETWORK_ANSWER, .at = INSIDE_STREAM, .end = GPOINTER_TO_INT (data)
  };

  network_world_break (&self->base, &fault);
  lift_hints_start (self->hints);
  wait_for_requests (self, 1);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("cut %u", i);

      network_computer_edit (&self->base.far, self->row, "notes", text);
      network_computer_sync_well (&self->base.far);
      iterate_for (50);
    }
  g_assert_cmpuint (network_proxy_get_struck (self->base.proxy), ==, 1);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), <=, 2);
  network_world_heal (&self->base);
  expect_hint (self);
}

/* A stream that had worked, and is cut time after time, is opened again as soon each time. */
static void
test_cut_often (World *self, gconstpointer data)
{
  NetworkFault fault = {
    .path = EVENTS, .way = NETWORK_ANSWER, .at = INSIDE_STREAM + 200, .end = NETWORK_RESET
  };
  gint64 start = g_get_monotonic_time ();

  network_world_break (&self->base, &fault);
  lift_hints_start (self->hints);
  for (guint i = 0; network_proxy_get_struck (self->base.proxy) < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("often %u", i);

      g_assert_cmpint (g_get_monotonic_time () - start, <, DEADLINE);
      network_computer_edit (&self->base.far, self->row, "notes", text);
      network_computer_sync_well (&self->base.far);
      iterate_for (100);
    }
  g_assert_cmpuint (self->count, >=, 3);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 11 * G_TIME_SPAN_SECOND);
  network_world_heal (&self->base);
  network_world_settle (&self->base);
}

static GBytes *
as_given (const char *head, GBytes *body, gpointer user_data)
{
  g_autofree char *answer = g_strconcat (head, user_data, NULL);

  return g_bytes_new (answer, strlen (answer));
}

static void
test_rubbish (World *self, gconstpointer data)
{
  NetworkFault fault = { .path = EVENTS, .at = -1, .rewrite = as_given };

  fault.user_data = (gpointer) data;
  network_world_break (&self->base, &fault);
  lift_hints_start (self->hints);
  wait_for_requests (self, 1);
  iterate_for (300);
  g_assert_cmpuint (self->count, ==, 0);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), <=, 2);
}

/* What is left of a line is not taken for the beginning of the next stream's. */
static void
test_half (World *self, gconstpointer data)
{
  test_rubbish (self, data);
  network_world_heal (&self->base);
  expect_hint (self);
}

static GBytes *
portal (const char *head, GBytes *body, gpointer user_data)
{
  const char *answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\nWelcome";

  return g_bytes_new (answer, strlen (answer));
}

static void
test_portal (World *self, gconstpointer data)
{
  network_world_break (&self->base, &(NetworkFault){ .at = -1, .rewrite = portal });
  lift_hints_start (self->hints);
  wait_for_requests (self, 1);
  iterate_for (1500);
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), ==, 1);
  g_assert_cmpuint (self->count, ==, 0);
  network_world_heal (&self->base);
  expect_hint (self);
}

/* The manager by itself, when every connection breaks: it waits, though the user goes on typing. */
static void
test_manager (World *self, gconstpointer data)
{
  NetworkFault fault = { .way = NETWORK_REQUEST, .at = 10, .end = NETWORK_RESET };
  LiftSyncManager *manager = self->base.near.manager;
  gint64 deadline = g_get_monotonic_time () + DEADLINE;
  guint requests, pending = 1;

  network_world_break (&self->base, &fault);
  lift_sync_manager_start (manager);
  wait_for_requests (self, 1);
  iterate_for (500);
  requests = network_proxy_get_requests (self->base.proxy);
  g_assert_cmpuint (requests, <=, 8);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("typed %u", i);

      network_computer_edit (&self->base.near, self->row, "notes", text);
      iterate_for (500);
    }
  g_assert_cmpuint (network_proxy_get_requests (self->base.proxy), ==, requests);
  network_world_heal (&self->base);
  lift_sync_manager_poke (manager);
  while (pending > 0 && g_get_monotonic_time () < deadline)
    {
      iterate_for (10);
      g_object_get (manager, "pending", &pending, NULL);
    }
  g_assert_cmpuint (pending, ==, 0);
  lift_sync_manager_stop (manager);
  iterate_for (50);
  network_world_settle (&self->base);
}

#define ADD(name, data, test) \
  g_test_add ("/network/events/" name, World, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("flows", NULL, test_flows);
  ADD ("reset", GINT_TO_POINTER (NETWORK_RESET), test_cut);
  ADD ("cut-often", NULL, test_cut_often);
  ADD ("half-line", "event: changed\ndata: {\"scope\":\"athlete:", test_half);
  ADD ("half-event", "event: changed\ndata: {\"scope\":\"athlete:x\",\"seq\":4}\n", test_rubbish);
  ADD ("not-json", "event: changed\ndata: {scope}\n\nevent: changed\ndata: [1]\n\n", test_rubbish);
  ADD ("other-events", "event: other\ndata: {\"scope\":\"athlete:x\"}\n\n:\n\ndata\n\n\n\n",
       test_rubbish);
  ADD ("wrong-members", "event: changed\ndata: {\"scope\":7,\"seq\":\"x\"}\n\n", test_rubbish);
  ADD ("not-text", "\001\002\377\376\r\r\r\nevent: chan\377ged\ndata: {}\n\n", test_rubbish);
  ADD ("portal", NULL, test_portal);
  ADD ("manager", NULL, test_manager);
  return g_test_run ();
}
