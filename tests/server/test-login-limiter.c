/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-hash-gate.h"
#include "lift-login-limiter.h"
#include "lift-virtual-clock.h"

#define ADDRESS "192.0.2.1"

typedef struct
{
  LiftVirtualClock *clock;
  LiftLoginLimiter *limiter;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = lift_virtual_clock_new (1700000000 * G_TIME_SPAN_SECOND, 1);
  self->limiter = lift_login_limiter_new (LIFT_CLOCK (self->clock));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lift_login_limiter_free (self->limiter);
  g_assert_finalize_object (self->clock);
}

static guint
begin (Fixture *self, const char *name, const char *address)
{
  return lift_login_limiter_begin (self->limiter, name, address);
}

/* Tries a wrong password. */
static guint
guess (Fixture *self, const char *name, const char *address)
{
  guint wait = begin (self, name, address);

  if (wait == 0)
    lift_login_limiter_fail (self->limiter, name, address);
  return wait;
}

/* Tries until it is told to wait. */
static guint
exhaust (Fixture *self, const char *name, const char *address)
{
  guint attempts = 0;

  while (guess (self, name, address) == 0)
    g_assert_cmpuint (++attempts, <, 1000);
  return attempts;
}

static void
advance (Fixture *self, gint64 seconds)
{
  lift_virtual_clock_advance (self->clock, seconds * G_TIME_SPAN_SECOND);
}

static void
test_slows_down (Fixture *self, gconstpointer data)
{
  guint before = 0;

  g_assert_cmpuint (exhaust (self, "ann", ADDRESS), ==, 8);
  for (guint i = 0; i < 12; i++)
    {
      guint wait = begin (self, "ann", ADDRESS);

      g_assert_cmpuint (wait, >=, before);
      g_assert_cmpuint (wait, <=, 900);
      before = wait;
      advance (self, wait - 1);
      g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 1);
      advance (self, 1);
      g_assert_cmpuint (guess (self, "ann", ADDRESS), ==, 0);
    }
  g_assert_cmpuint (before, ==, 900);
}

static void
test_others_are_free (Fixture *self, gconstpointer data)
{
  exhaust (self, "ann", ADDRESS);
  g_assert_cmpuint (begin (self, "bob", ADDRESS), ==, 0);
  g_assert_cmpuint (begin (self, "ann", "192.0.2.2"), ==, 0);
}

/* The same name and the same customer, written in another way. */
static void
test_same_in_disguise (Fixture *self, gconstpointer data)
{
  exhaust (self, "ann", ADDRESS);
  g_assert_cmpuint (begin (self, "ANN", ADDRESS), >, 0);
  exhaust (self, "ann", "2001:db8::1");
  g_assert_cmpuint (begin (self, "ann", "2001:db8::2"), >, 0);
  g_assert_cmpuint (begin (self, "ann", "2001:db8:0:1::1"), ==, 0);
}

static void
test_many_names (Fixture *self, gconstpointer data)
{
  guint attempts = 0;

  for (;; attempts++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", attempts);

      if (guess (self, name, ADDRESS) > 0)
        break;
    }
  g_assert_cmpuint (attempts, ==, 60);
  g_assert_cmpuint (begin (self, "ann", "192.0.2.2"), ==, 0);
}

static void
test_success_clears (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 0);
      lift_login_limiter_succeed (self->limiter, "ann", ADDRESS);
    }
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (guess (self, "ann", ADDRESS), ==, 0);
  lift_login_limiter_succeed (self->limiter, "ann", ADDRESS);
  g_assert_cmpuint (exhaust (self, "ann", ADDRESS), ==, 8);
}

static void
test_forgets (Fixture *self, gconstpointer data)
{
  exhaust (self, "ann", ADDRESS);
  advance (self, 901);
  g_assert_cmpuint (exhaust (self, "ann", ADDRESS), ==, 8);
}

/* A clock that is set wrong must neither free nor lock anybody. */
static void
test_clock_jump (Fixture *self, gconstpointer data)
{
  exhaust (self, "ann", ADDRESS);
  lift_virtual_clock_jump (self->clock, 365 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (begin (self, "ann", ADDRESS), >, 0);
  lift_virtual_clock_jump (self->clock, -730 * G_TIME_SPAN_DAY);
  advance (self, 2);
  g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 0);
}

/* Many devices of one person may sign in at once, but past the free failures guesses come singly. */
static void
test_at_once (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 0);
  exhaust (self, "ann", ADDRESS);
  advance (self, 2);
  g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 0);
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (begin (self, "ann", ADDRESS), >, 0);
}

/* Somebody with many addresses does not fill the memory: who came first is forgotten. */
static void
test_bounded (Fixture *self, gconstpointer data)
{
  exhaust (self, "ann", ADDRESS);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", i >> 8, i & 255);

      lift_virtual_clock_advance (self->clock, 1);
      g_assert_cmpuint (guess (self, "ann", address), ==, 0);
    }
  g_assert_cmpuint (begin (self, "ann", ADDRESS), ==, 0);
}

typedef struct
{
  LiftHashGate *gate;
  gint inside;
  gint most;
  gint refused;
  gint entered;
} Crowd;

static gpointer
go_in (gpointer data)
{
  Crowd *crowd = data;
  gint inside;

  if (!lift_hash_gate_enter (crowd->gate))
    {
      g_atomic_int_inc (&crowd->refused);
      return NULL;
    }
  inside = g_atomic_int_add (&crowd->inside, 1) + 1;
  if (inside > g_atomic_int_get (&crowd->most))
    g_atomic_int_set (&crowd->most, inside);
  g_usleep (100 * 1000);
  g_atomic_int_add (&crowd->inside, -1);
  g_atomic_int_inc (&crowd->entered);
  lift_hash_gate_leave (crowd->gate);
  return NULL;
}

static void
test_gate (void)
{
  Crowd crowd = { lift_hash_gate_new (2, 3) };
  GThread *threads[10];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      threads[i] = g_thread_new ("crowd", go_in, &crowd);
      g_usleep (2000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (crowd.most, <=, 2);
  g_assert_cmpint (crowd.entered + crowd.refused, ==, 10);
  g_assert_cmpint (crowd.entered, >=, 5);
  g_assert_cmpint (crowd.refused, >=, 1);
  lift_hash_gate_free (crowd.gate);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "slows-down", test_slows_down },
    { "others-are-free", test_others_are_free },
    { "same-in-disguise", test_same_in_disguise },
    { "many-names", test_many_names },
    { "success-clears", test_success_clears },
    { "forgets", test_forgets },
    { "clock-jump", test_clock_jump },
    { "at-once", test_at_once },
    { "bounded", test_bounded },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/login-limiter/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  g_test_add_func ("/server/hash-gate", test_gate);
  return g_test_run ();
}
