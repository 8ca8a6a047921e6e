/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lift-account-error.h"
#include "lift-file-secrets.h"
#include "lift-keyring.h"

#define SERVER "https://lift.example.org"
#define WAIT_MS 10000

static char *
lookup (LiftSecrets *secrets, const char *user_id, const char *kind)
{
  g_autoptr (GError) error = NULL;
  char *secret = lift_secrets_lookup (secrets, SERVER, user_id, kind, NULL, &error);

  g_assert_no_error (error);
  return secret;
}

static void
store (LiftSecrets *secrets, const char *user_id, const char *kind, const char *secret)
{
  g_autoptr (GError) error = NULL;
  gboolean stored = lift_secrets_store (secrets, SERVER, user_id, kind, secret, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (stored);
}

static void
assert_secret (LiftSecrets *secrets, const char *user_id, const char *kind, const char *expected)
{
  g_autofree char *secret = lookup (secrets, user_id, kind);

  g_assert_cmpstr (secret, ==, expected);
}

/* What any place for secrets must do. */
static void
check_secrets (LiftSecrets *secrets)
{
  g_autoptr (GError) error = NULL;

  assert_secret (secrets, "anna", LIFT_SECRET_TOKENS, NULL);
  store (secrets, "anna", LIFT_SECRET_TOKENS, "{\"token\":\"ä\"}");
  store (secrets, "anna", LIFT_SECRET_VERIFIER, "v");
  store (secrets, "bo", LIFT_SECRET_TOKENS, "b");
  assert_secret (secrets, "anna", LIFT_SECRET_TOKENS, "{\"token\":\"ä\"}");
  store (secrets, "anna", LIFT_SECRET_TOKENS, "new");
  assert_secret (secrets, "anna", LIFT_SECRET_TOKENS, "new");
  assert_secret (secrets, "anna", LIFT_SECRET_VERIFIER, "v");
  assert_secret (secrets, "bo", LIFT_SECRET_TOKENS, "b");

  g_assert_true (lift_secrets_clear (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, &error));
  g_assert_no_error (error);
  assert_secret (secrets, "anna", LIFT_SECRET_TOKENS, NULL);
  assert_secret (secrets, "anna", LIFT_SECRET_VERIFIER, "v");
  assert_secret (secrets, "bo", LIFT_SECRET_TOKENS, "b");
  /* What is not there is gone already. */
  g_assert_true (lift_secrets_clear (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_mode (const char *path, guint mode)
{
  struct stat info;

  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

static void
check_files (const char *directory, guint mode)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      assert_mode (path, mode);
      /* Neither the server nor the user shows in a listing. */
      g_assert_null (strstr (name, "anna"));
      g_chmod (path, 0644);
    }
}

static void
test_files (void)
{
  g_autofree char *parent = g_dir_make_tmp ("lift-secrets-XXXXXX", NULL);
  g_autofree char *directory = g_build_filename (parent, "a", "b", NULL);
  g_autofree char *value = g_strconcat ("file:", directory, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSecrets) secrets = NULL;

  g_setenv ("LIFTLOGGER_SECRETS", value, TRUE);
  secrets = lift_secrets_new_default (&error);
  g_unsetenv ("LIFTLOGGER_SECRETS");
  g_assert_no_error (error);
  /* Before anything reads them: reading would mend the rights. */
  store (secrets, "cy", LIFT_SECRET_TOKENS, "c");
  assert_mode (directory, 0700);
  check_files (directory, 0600);
  check_secrets (secrets);
  assert_secret (secrets, "cy", LIFT_SECRET_TOKENS, "c");
  check_files (directory, 0600);

  /* Rights that somebody gave since are taken away again. */
  g_chmod (directory, 0755);
  assert_secret (secrets, "bo", LIFT_SECRET_TOKENS, "b");
  assert_secret (secrets, "anna", LIFT_SECRET_VERIFIER, "v");
  assert_secret (secrets, "cy", LIFT_SECRET_TOKENS, "c");
  assert_mode (directory, 0700);
  check_files (directory, 0600);
  g_assert_finalize_object (g_steal_pointer (&secrets));
}

static void
test_bad_variable (void)
{
  static const char *bad[] = { "file:", "file:relative/folder", "plain" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("LIFTLOGGER_SECRETS", bad[i], TRUE);
      g_assert_null (lift_secrets_new_default (&error));
      g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_SECRETS);
      g_assert_nonnull (strstr (error->message, bad[i]));
    }
  g_unsetenv ("LIFTLOGGER_SECRETS");
}

static void
test_cancelled (void)
{
  g_autofree char *directory = g_dir_make_tmp ("lift-secrets-XXXXXX", NULL);
  g_autoptr (LiftSecrets) secrets = lift_file_secrets_new (directory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    lift_secrets_lookup (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_rmdir (directory);
}

/* Each of these has a session bus of its own, so each is a process of its own. */
static void
run_apart (const char *path)
{
  g_test_trap_subprocess (path, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
start_bus (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
}

static void
assert_no_service (void)
{
  g_autoptr (LiftSecrets) secrets = lift_keyring_new (WAIT_MS);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (lift_secrets_lookup (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, &error));
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_SECRETS);
  g_assert_nonnull (strstr (error->message, "LIFTLOGGER_SECRETS"));
  g_clear_error (&error);
  g_assert_false (
    lift_secrets_store (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, "x", NULL, &error));
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_SECRETS);
  g_assert_cmpint (g_get_monotonic_time () - start, <, WAIT_MS * G_TIME_SPAN_MILLISECOND);
}

static void
test_no_bus (void)
{
  if (!g_test_subprocess ())
    {
      run_apart (NULL);
      return;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_no_service ();
}

static void
test_no_service (void)
{
  if (!g_test_subprocess ())
    {
      run_apart (NULL);
      return;
    }
  start_bus ();
  assert_no_service ();
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_object_unref (message);
  return NULL;
}

static void
own_name_and_keep_quiet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow, NULL, NULL);
  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_silent_service (void)
{
  g_autoptr (LiftSecrets) secrets = NULL;
  g_autoptr (LiftSecrets) patient = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 start;

  if (!g_test_subprocess ())
    {
      run_apart (NULL);
      return;
    }
  start_bus ();
  own_name_and_keep_quiet ();
  start = g_get_monotonic_time ();
  secrets = lift_keyring_new (500);
  g_assert_null (lift_secrets_lookup (secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, &error));
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_LOCKED);
  g_clear_error (&error);

  patient = lift_keyring_new (WAIT_MS);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (
    lift_secrets_store (patient, SERVER, "anna", LIFT_SECRET_TOKENS, "x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
}

static gboolean
is_owned (GDBusConnection *connection)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), G_VARIANT_TYPE ("(b)"),
    G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &owned);
  return owned;
}

static GSubprocess *
start_keyring (const char *home)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
    G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *daemon;
  /* A busy machine takes its time to start it. */
  gint64 deadline = g_get_monotonic_time () + 3 * WAIT_MS * G_TIME_SPAN_MILLISECOND;

  /* Its warnings are not ours. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (daemon), "test", 4, NULL, NULL, NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (daemon), NULL, NULL);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  while (!is_owned (connection) && g_get_monotonic_time () < deadline)
    g_usleep (10 * 1000);
  g_assert_true (is_owned (connection));
  return daemon;
}

static void
test_keyring (void)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *home = NULL;
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (LiftSecrets) secrets = NULL;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  if (!g_test_subprocess ())
    {
      run_apart (NULL);
      return;
    }
  home = g_dir_make_tmp ("lift-keyring-XXXXXX", NULL);
  start_bus ();
  daemon = start_keyring (home);
  secrets = lift_keyring_new (WAIT_MS);
  check_secrets (secrets);
  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&secrets));
}

int
main (int argc, char **argv)
{
  g_unsetenv ("LIFTLOGGER_SECRETS");
  g_unsetenv ("SECRET_BACKEND");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/files", test_files);
  g_test_add_func ("/secrets/bad-variable", test_bad_variable);
  g_test_add_func ("/secrets/cancelled", test_cancelled);
  g_test_add_func ("/secrets/no-bus", test_no_bus);
  g_test_add_func ("/secrets/no-service", test_no_service);
  g_test_add_func ("/secrets/silent-service", test_silent_service);
  g_test_add_func ("/secrets/keyring", test_keyring);
  return g_test_run ();
}
