/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "core-fixture.h"
#include "lift-database.h"

/* The database fails: what clients are told, and what becomes of the rest of a push. */

static LiftDatabase *
open_raw (Core *core)
{
  g_autoptr (GError) error = NULL;
  LiftDatabase *raw = lift_database_open (core->path, LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return raw;
}

static void
exec (LiftDatabase *raw, const char *sql)
{
  g_autoptr (GError) error = NULL;

  lift_database_exec (raw, sql, &error);
  g_assert_no_error (error);
}

static void
assert_tells_nothing (Core *core, GError *error, const char *code)
{
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GString) text = g_string_new (NULL);

  lift_server_error_write_problem (copy, text);
  g_test_message ("%s", text->str);
  g_assert_nonnull (strstr (text->str, code));
  g_assert_nonnull (strstr (text->str, "Try again later"));
  g_assert_null (strstr (text->str, core->dir));
  g_assert_null (strstr (text->str, "server.db"));
  /* Whoever looks after the server reads which file it is. */
  g_assert_nonnull (strstr (error->message, core->path));
}

static void
test_busy_tells_no_path (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  g_autoptr (GError) error = NULL;

  exec (raw, "BEGIN IMMEDIATE");
  error = core_push_error (core, core->kim, "{'changes':{}}");
  exec (raw, "ROLLBACK");
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY);
  assert_tells_nothing (core, error, "BUSY");
}

static void
test_fault_tells_no_path (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  LiftServerPullRequest request = { 0 };
  g_autoptr (GError) error = NULL;

  exec (raw, "ALTER TABLE scope RENAME TO was_scope");
  error = core_pull_error (core, core->kim, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL);
  assert_tells_nothing (core, error, "INTERNAL");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/faults/busy-tells-no-path", test_busy_tells_no_path);
  g_test_add_func ("/server/faults/fault-tells-no-path", test_fault_tells_no_path);
  return g_test_run ();
}
