/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <unistd.h>

#include "fault-disk.h"
#include "store-fixture.h"
#include "told.h"

static void
remove_file (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  unlink (name);
}

/* Lets operation 1, 2, 3 … fail until a run goes through untouched. */
static void
fail_at_each (StoreFixture *fixture, int code, gboolean for_good)
{
  g_autofree char *template = NULL;
  gboolean reached = TRUE;
  gsize length;
  guint n;

  store_fixture_get_exercise (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_true (g_file_get_contents (fixture->path, &template, &length, NULL));
  for (n = 1; reached; n++)
    {
      Told told = { 0 };

      remove_file (fixture->path, "-wal");
      remove_file (fixture->path, "-shm");
      g_assert_true (g_file_set_contents (fixture->path, template, length, NULL));
      fault_disk_arm (n, code, for_good);
      told_use_store (fixture, &told);
      reached = fault_disk_disarm ();
      g_assert_true (told_check (fixture, &told, !for_good));
    }
  g_test_message ("%u places to fail at", n - 1);
  g_assert_cmpuint (n, >, 30);
}

static void
test_full_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_FULL, FALSE);
}

static void
test_full_for_good (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_FULL, TRUE);
}

static void
test_broken_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_WRITE, FALSE);
}

static void
test_broken_for_good (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_FSYNC, TRUE);
}

static void
test_unreadable_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_READ, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_disk_install ();
  STORE_TEST ("/store/disk/full-once", test_full_once);
  STORE_TEST ("/store/disk/full-for-good", test_full_for_good);
  STORE_TEST ("/store/disk/broken-once", test_broken_once);
  STORE_TEST ("/store/disk/broken-for-good", test_broken_for_good);
  STORE_TEST ("/store/disk/unreadable-once", test_unreadable_once);
  return g_test_run ();
}
