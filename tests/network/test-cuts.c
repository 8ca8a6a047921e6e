/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "lift-remote-error.h"
#include "network-world.h"

/*
 * The connection breaks at byte k of a push or a pull, on the way there or back, for k = 0, 1, 2 …
 * until it passes whole. After each: what was typed is still here, the sync says that it was the
 * network, and the next one puts all right, with nothing applied twice.
 *
 * A plain run takes every STEP-th k and begins somewhere below that; LIFT_NETWORK_FULL=1 takes all.
 */
#define STEP 83
/* Rows of one world; a new one keeps the count of rows, and so the time of a round, small. */
#define MAX_ROUNDS 500
/* Beyond what libsoup and the tokens try again by themselves. */
#define MAX_REQUESTS 8

typedef struct
{
  const char *name;
  const char *path;
  NetworkWay way;
  NetworkEnd end;
  gboolean packed;
} Cut;

#define PULL "/api/v1/sync/pull"
#define PUSH "/api/v1/sync/push"

static const Cut cuts[] = {
  { "/network/cuts/pull/request/reset", PULL, NETWORK_REQUEST, NETWORK_RESET, FALSE },
  { "/network/cuts/pull/request/close", PULL, NETWORK_REQUEST, NETWORK_CLOSE, FALSE },
  { "/network/cuts/pull/answer/reset", PULL, NETWORK_ANSWER, NETWORK_RESET, FALSE },
  { "/network/cuts/pull/answer/close", PULL, NETWORK_ANSWER, NETWORK_CLOSE, FALSE },
  { "/network/cuts/push/request/reset", PUSH, NETWORK_REQUEST, NETWORK_RESET, FALSE },
  { "/network/cuts/push/request/close", PUSH, NETWORK_REQUEST, NETWORK_CLOSE, FALSE },
  { "/network/cuts/push/answer/reset", PUSH, NETWORK_ANSWER, NETWORK_RESET, FALSE },
  { "/network/cuts/push/answer/close", PUSH, NETWORK_ANSWER, NETWORK_CLOSE, FALSE },
  { "/network/cuts/push/packed/request/close", PUSH, NETWORK_REQUEST, NETWORK_CLOSE, TRUE },
  { "/network/cuts/push/packed/answer/reset", PUSH, NETWORK_ANSWER, NETWORK_RESET, TRUE },
};

typedef struct
{
  NetworkWorld world;
  char *mine;
  char *theirs;
} Round;

static void
set_up (Round *self)
{
  network_world_set_up (&self->world, NULL);
  self->mine = network_world_add (&self->world, &self->world.near);
  self->theirs = network_world_add (&self->world, &self->world.near);
  network_world_settle (&self->world);
}

static void
tear_down (Round *self)
{
  network_world_tear_down (&self->world, NULL);
  g_free (self->mine);
  g_free (self->theirs);
}

static gint64
get_version (NetworkComputer *computer, const char *id)
{
  g_autoptr (LiftEntity) row = network_computer_load (computer, id);

  return row->version;
}

/* Long enough for a push to be packed, and not so regular that the packing leaves nothing. */
static char *
make_text (const Cut *cut, guint at)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "round %u", at);
  for (guint i = 0; cut->packed && i < 100; i++)
    g_string_append_printf (text, " %08x", g_random_int ());
  return g_string_free (text, FALSE);
}

static void
assert_field (NetworkComputer *computer, const char *id, const char *key, const char *text)
{
  g_autoptr (LiftEntity) row = network_computer_load (computer, id);
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  g_assert_cmpstr (lift_field_get_text (field, row), ==, text);
}

/* Half a head with an end behind it could as well be from somebody who does not speak HTTP. */
static gboolean
is_right_error (Round *self, const Cut *cut, guint at, const GError *error)
{
  return g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE) ||
         (cut->way == NETWORK_ANSWER && cut->end == NETWORK_CLOSE &&
          at < network_proxy_get_head (self->world.proxy) &&
          g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS));
}

static void
assert_broken (Round *self, const Cut *cut, guint at, const LiftSyncResult *result)
{
  guint requests = network_proxy_get_requests (self->world.proxy);

  if (!is_right_error (self, cut, at, result->error))
    g_error ("%s %u: %s", cut->name, at,
             result->error != NULL ? result->error->message : "no error");
  g_assert_true (lift_remote_error_is_transient (result->error));
  g_assert_cmpuint (requests, <=, MAX_REQUESTS);
  /* A leg that cannot run does not hold up the other (1.11). */
  g_assert_cmpuint (result->pushed, ==, g_str_equal (cut->path, PULL));
  g_assert_cmpuint (result->failed, ==, 0);
}

static gboolean
holds (NetworkComputer *computer, const char *id, const char *notes)
{
  g_autoptr (LiftEntity) row = network_computer_load (computer, id);

  return g_strcmp0 (LIFT_BODY_WEIGHT_ENTRY (row)->notes, notes) == 0;
}

/* The push was applied and only its answer was lost: somebody who knows the value replaces it, and
 * the repeat must not put it back. Returns: whether it was so */
static gboolean
replace_knowing (Round *self, const char *mine, const char *text)
{
  network_computer_sync_well (&self->world.far);
  if (!holds (&self->world.far, self->mine, mine))
    return FALSE;
  network_computer_edit (&self->world.far, self->mine, "notes", text);
  network_computer_sync_well (&self->world.far);
  return TRUE;
}

/* Returns: whether there was a byte to break at */
static gboolean
run_round (Round *self, const Cut *cut, guint at)
{
  NetworkFault fault = { .path = cut->path, .way = cut->way, .at = at, .end = cut->end };
  g_autofree char *mine = make_text (cut, at);
  g_autofree char *theirs = g_strdup_printf ("theirs %u", at);
  gint64 version = get_version (&self->world.near, self->mine);
  g_autofree char *later = g_strdup_printf ("later %u", at);
  g_autoptr (LiftSyncResult) result = NULL;
  gboolean edited = at % 2 == 1;
  const char *key = at % 4 == 1 ? "source" : "notes";
  gboolean replaced = FALSE;

  network_computer_edit (&self->world.far, self->theirs, "notes", theirs);
  network_computer_sync_well (&self->world.far);
  network_computer_edit (&self->world.near, self->mine, "notes", mine);
  network_world_break (&self->world, &fault);
  result = network_computer_sync (&self->world.near);
  if (network_proxy_get_struck (self->world.proxy) == 0)
    {
      g_assert_no_error (result->error);
      return FALSE;
    }
  assert_broken (self, cut, at, result);
  assert_field (&self->world.near, self->mine, "notes", mine);
  /* Typing goes on; what was sent goes again under its old number, and this follows it. */
  if (edited)
    network_computer_edit (&self->world.near, self->mine, key, later);
  else if (at % 4 == 2)
    replaced = replace_knowing (self, mine, later);
  network_world_settle (&self->world);
  assert_field (&self->world.near, self->theirs, "notes", theirs);
  assert_field (&self->world.far, self->mine, "notes", at % 4 == 3 || replaced ? later : mine);
  if (edited)
    assert_field (&self->world.far, self->mine, key, later);
  g_assert_cmpint (get_version (&self->world.far, self->mine), <=, version + 1 + edited + replaced);
  g_assert_cmpint (get_version (&self->world.far, self->mine), >, version);
  return TRUE;
}

static gboolean
is_full (void)
{
  return g_getenv ("LIFT_NETWORK_FULL") != NULL;
}

static void
test_cut (gconstpointer data)
{
  const Cut *cut = data;
  guint step = is_full () ? 1 : STEP;
  guint at = is_full () ? 0 : g_test_rand_int_range (0, STEP);
  gint64 start = g_get_monotonic_time ();
  guint rounds = 0;
  gboolean more = TRUE;

  while (more)
    {
      Round round = { 0 };

      set_up (&round);
      for (guint i = 0; more && i < MAX_ROUNDS; i++, at += step)
        {
          more = run_round (&round, cut, at);
          rounds += more;
        }
      tear_down (&round);
    }
  g_assert_cmpuint (rounds, >, is_full () ? 300 : 2);
  g_test_message ("%u positions in %.1f s", rounds,
                  (g_get_monotonic_time () - start) / (double) G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    g_test_add_data_func (cuts[i].name, &cuts[i], test_cut);
  return g_test_run ();
}
