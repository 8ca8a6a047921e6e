/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <NetworkManager.h>

#include "lift-connectivity.h"

#define SERVER "https://lift.example.org"
#define WAIT_MS 10000
#define PYTHON "/usr/bin/python3"
#define MANAGER "org.freedesktop.NetworkManager"

typedef struct
{
  LiftConnectivity *connectivity;
  GDBusConnection *bus;
  GSubprocess *manager;
  int reconnected;
  int notified;
} Fixture;

static void
on_reconnected (LiftConnectivity *connectivity, Fixture *fixture)
{
  g_assert_true (lift_connectivity_get_available (connectivity));
  fixture->reconnected++;
}

static void
on_notify (LiftConnectivity *connectivity, GParamSpec *pspec, Fixture *fixture)
{
  fixture->notified++;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the main context run until @available is told, or for long enough to know it is not. */
static gboolean
wait_for (Fixture *fixture, gboolean available, guint ms)
{
  gint64 deadline = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (10, on_tick, NULL);

  while (lift_connectivity_get_available (fixture->connectivity) != available &&
         g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  return lift_connectivity_get_available (fixture->connectivity) == available;
}

static void
start (Fixture *fixture, const char *server)
{
  fixture->connectivity = lift_connectivity_new (server);
  g_assert_true (lift_connectivity_get_available (fixture->connectivity));
  g_signal_connect (fixture->connectivity, "reconnected", G_CALLBACK (on_reconnected), fixture);
  g_signal_connect (fixture->connectivity, "notify::available", G_CALLBACK (on_notify), fixture);
}

/* A system bus of the test's own, so in a process of its own. */
static void
start_bus (Fixture *fixture)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GError) error = NULL;

  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  fixture->bus = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_owned (Fixture *fixture)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    fixture->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "NameHasOwner", g_variant_new ("(s)", MANAGER), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE,
    -1, NULL, NULL);
  gboolean owned = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &owned);
  return owned;
}

static void
start_manager (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 deadline = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  fixture->manager = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, PYTHON, "-m",
                                       "dbusmock", "--system", "--template", "networkmanager",
                                       NULL);
  g_assert_no_error (error);
  while (!is_owned (fixture) && g_get_monotonic_time () < deadline)
    g_usleep (10 * 1000);
  g_assert_true (is_owned (fixture));
}

static void
tell (Fixture *fixture, const char *method, guint value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    fixture->bus, MANAGER, "/org/freedesktop/NetworkManager", "org.freedesktop.DBus.Mock", method,
    g_variant_new ("(u)", value), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
set_network (Fixture *fixture, NMState state, NMConnectivityState connectivity)
{
  tell (fixture, "SetGlobalConnectionState", state);
  tell (fixture, "SetConnectivity", connectivity);
}

static void
stop_manager (Fixture *fixture)
{
  g_subprocess_force_exit (fixture->manager);
  g_subprocess_wait (fixture->manager, NULL, NULL);
  g_clear_object (&fixture->manager);
}

static gboolean
has_mock (void)
{
  g_autoptr (GSubprocess) probe = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, PYTHON,
                                                    "-c", "import dbusmock", NULL);

  return probe != NULL && g_subprocess_wait_check (probe, NULL, NULL);
}

/* Returns whether this is the process that is to do it. */
static gboolean
apart (gboolean needs_mock)
{
  if (g_test_subprocess ())
    return TRUE;
  if (needs_mock && !has_mock ())
    {
      g_test_skip ("python3-dbusmock is not installed");
      return FALSE;
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return FALSE;
}

static void
test_network_manager (void)
{
  Fixture fixture = { 0 };

  if (!apart (TRUE))
    return;
  start_bus (&fixture);
  start_manager (&fixture);
  set_network (&fixture, NM_STATE_DISCONNECTED, NM_CONNECTIVITY_NONE);
  start (&fixture, SERVER);
  g_assert_true (wait_for (&fixture, FALSE, WAIT_MS));
  g_assert_cmpint (fixture.reconnected, ==, 0);

  /* A network without internet will do for a server in the building. */
  set_network (&fixture, NM_STATE_CONNECTED_SITE, NM_CONNECTIVITY_LIMITED);
  g_assert_true (wait_for (&fixture, TRUE, WAIT_MS));
  g_assert_cmpint (fixture.reconnected, ==, 1);
  /* Better, but not new. */
  set_network (&fixture, NM_STATE_CONNECTED_GLOBAL, NM_CONNECTIVITY_FULL);
  g_assert_false (wait_for (&fixture, FALSE, 300));
  g_assert_cmpint (fixture.reconnected, ==, 1);

  set_network (&fixture, NM_STATE_CONNECTED_SITE, NM_CONNECTIVITY_PORTAL);
  g_assert_true (wait_for (&fixture, FALSE, WAIT_MS));
  set_network (&fixture, NM_STATE_CONNECTED_GLOBAL, NM_CONNECTIVITY_UNKNOWN);
  g_assert_true (wait_for (&fixture, TRUE, WAIT_MS));
  g_assert_cmpint (fixture.reconnected, ==, 2);
  set_network (&fixture, NM_STATE_DISCONNECTED, NM_CONNECTIVITY_UNKNOWN);
  g_assert_true (wait_for (&fixture, FALSE, WAIT_MS));
  g_assert_cmpint (fixture.notified, ==, 5);
  stop_manager (&fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture.connectivity));
}

/* Without NetworkManager, GNetworkMonitor decides; and NetworkManager again once it is back. */
static void
test_manager_vanishes (void)
{
  Fixture fixture = { 0 };
  gboolean otherwise;

  if (!apart (TRUE))
    return;
  start_bus (&fixture);
  /* Chosen by GIO once, so before there is a NetworkManager that it would follow. */
  otherwise = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  start_manager (&fixture);
  if (otherwise)
    set_network (&fixture, NM_STATE_DISCONNECTED, NM_CONNECTIVITY_NONE);
  else
    set_network (&fixture, NM_STATE_CONNECTED_GLOBAL, NM_CONNECTIVITY_FULL);
  start (&fixture, NULL);
  g_assert_true (wait_for (&fixture, !otherwise, WAIT_MS));
  stop_manager (&fixture);
  g_assert_true (wait_for (&fixture, otherwise, WAIT_MS));

  start_manager (&fixture);
  set_network (&fixture, otherwise ? NM_STATE_DISCONNECTED : NM_STATE_CONNECTED_GLOBAL,
               otherwise ? NM_CONNECTIVITY_NONE : NM_CONNECTIVITY_FULL);
  g_assert_true (wait_for (&fixture, !otherwise, WAIT_MS));
  stop_manager (&fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture.connectivity));
}

static void
test_loopback (void)
{
  Fixture fixture = { 0 };

  if (!apart (TRUE))
    return;
  start_bus (&fixture);
  start_manager (&fixture);
  set_network (&fixture, NM_STATE_DISCONNECTED, NM_CONNECTIVITY_NONE);
  start (&fixture, "http://127.0.0.1:8484");
  g_assert_false (wait_for (&fixture, FALSE, 500));
  g_assert_cmpint (fixture.notified, ==, 0);
  stop_manager (&fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture.connectivity));
}

static void
test_no_system_bus (void)
{
  Fixture fixture = { 0 };
  gboolean expected;

  if (!apart (FALSE))
    return;
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  expected = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  start (&fixture, SERVER);
  wait_for (&fixture, !expected, 500);
  g_assert_cmpint (lift_connectivity_get_available (fixture.connectivity), ==, expected);
  g_assert_finalize_object (g_steal_pointer (&fixture.connectivity));
}

/* Gone before the first answer: nothing waits for it, and the answer finds nobody. */
static void
test_gone_early (void)
{
  Fixture fixture = { 0 };
  guint tick;

  if (!apart (FALSE))
    return;
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  start (&fixture, SERVER);
  g_assert_finalize_object (g_steal_pointer (&fixture.connectivity));
  tick = g_timeout_add (10, on_tick, NULL);
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectivity/network-manager", test_network_manager);
  g_test_add_func ("/connectivity/manager-vanishes", test_manager_vanishes);
  g_test_add_func ("/connectivity/loopback", test_loopback);
  g_test_add_func ("/connectivity/no-system-bus", test_no_system_bus);
  g_test_add_func ("/connectivity/gone-early", test_gone_early);
  return g_test_run ();
}
