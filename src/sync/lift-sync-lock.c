/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#include "lift-ablation.h"
#include "lift-database.h"
#include "lift-sync-manager.h"

struct _LiftSyncLock
{
  int fd;
};

static int
open_lock (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    lift_database_set_file_error (path, errno, error);
  return fd;
}

/*
 * lift_sync_lock_take:
 * @store_path: the file of the store
 *
 * A lock of the kernel on a file beside the store: it goes with the process however that ends. The
 * file stays, for a lock on a file that others remove is none.
 *
 * Returns: (transfer full) (nullable): the lock; %NULL with %LIFT_SYNC_ERROR_BUSY if another
 *   process, or another manager of this one, syncs the store
 */
LiftSyncLock *
lift_sync_lock_take (const char *store_path, GError **error)
{
  g_autofree char *path = g_strconcat (store_path, ".sync-lock", NULL);
  LiftSyncLock *self;
  int fd = open_lock (path, error);
  int code;

  if (fd < 0)
    return NULL;
  do
    code = lift_without (SYNC_LOCK) || flock (fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  while (code == EINTR);
  if (code != 0)
    {
      close (fd);
      g_set_error (error, LIFT_SYNC_ERROR, LIFT_SYNC_ERROR_BUSY,
                   _ ("Another program is syncing this account; wait for it to end"));
      return NULL;
    }
  self = g_new0 (LiftSyncLock, 1);
  self->fd = fd;
  return self;
}

void
lift_sync_lock_release (LiftSyncLock *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self);
}
