/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>

#include "lift-folder-lock.h"
#include "store-fixture.h"

/* Who has a store open shares the lock of its folder; who removes the folder takes it alone. */

static int
take_alone (StoreFixture *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  return lift_folder_lock_take (folder, TRUE);
}

static void
assert_in_use (StoreFixture *self)
{
  g_assert_cmpint (take_alone (self), ==, -EWOULDBLOCK);
}

static gboolean
is_in_use (StoreFixture *self)
{
  int lock = take_alone (self);

  if (lock >= 0)
    lift_folder_lock_give (lock);
  return lock == -EWOULDBLOCK;
}

static void
assert_unused (StoreFixture *self)
{
  int lock = take_alone (self);

  g_assert_cmpint (lock, >=, 0);
  lift_folder_lock_give (lock);
}

static LiftStore *
open_again (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  LiftStore *store = lift_store_open (self->path, LIFT_CLOCK (self->clock), &error);

  g_assert_no_error (error);
  return store;
}

static void
test_shared (StoreFixture *self, gconstpointer data)
{
  g_autoptr (LiftStore) second = open_again (self);

  assert_in_use (self);
  lift_store_close (self->store);
  assert_in_use (self);
  lift_store_close (second);
  assert_unused (self);
}

/* Also by one who only reads: what is taken out of an account should be all of it. */
static void
test_read_only (StoreFixture *self, gconstpointer data)
{
  g_autoptr (LiftStore) reader = NULL;
  g_autoptr (GError) error = NULL;

  lift_store_close (self->store);
  reader = lift_store_open_read_only (self->path, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  assert_in_use (self);
  lift_store_close (reader);
  assert_unused (self);
}

static void
test_refused (StoreFixture *self, gconstpointer data)
{
  g_autoptr (LiftStore) second = NULL;
  g_autoptr (GError) error = NULL;
  int lock;

  lift_store_close (self->store);
  lock = take_alone (self);
  g_assert_cmpint (lock, >=, 0);
  second = lift_store_open (self->path, LIFT_CLOCK (self->clock), &error);
  g_assert_null (second);
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_BUSY);
  lift_folder_lock_give (lock);
  second = open_again (self);
}

/* One that could not be opened holds nothing. */
static void
test_not_opened (StoreFixture *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_build_filename (folder, "letter.db", NULL);
  g_autoptr (LiftStore) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "Dear reader, this is no database.", -1, NULL));
  lift_store_close (self->store);
  none = lift_store_open (path, LIFT_CLOCK (self->clock), &error);
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_DAMAGED);
  assert_unused (self);
}

/* A program that ours starts does not hold what is ours. */
static void
test_not_inherited (StoreFixture *self, gconstpointer data)
{
  char *words[] = { (char *) "sleep", (char *) "60", NULL };
  g_autoptr (GError) error = NULL;
  GPid child;

  g_assert_true (
    g_spawn_async (NULL, words, NULL,
                   G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                   NULL, NULL, &child, &error));
  g_assert_no_error (error);
  lift_store_close (self->store);
  /* The kernel lets go of what is not inherited a moment after the parent goes on. */
  for (guint i = 0; i < 500 && is_in_use (self); i++)
    g_usleep (10 * 1000);
  assert_unused (self);
  kill (child, SIGKILL);
  g_spawn_close_pid (child);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/lock/shared", test_shared);
  STORE_TEST ("/store/lock/read-only", test_read_only);
  STORE_TEST ("/store/lock/refused", test_refused);
  STORE_TEST ("/store/lock/not-opened", test_not_opened);
  STORE_TEST ("/store/lock/not-inherited", test_not_inherited);
  return g_test_run ();
}
