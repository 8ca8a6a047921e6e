/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-folder-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether somebody removed the folder before the lock was there. */
static gboolean
is_gone (const char *folder, int fd)
{
  struct stat held, there;

  return stat (folder, &there) != 0 || fstat (fd, &held) != 0 || held.st_ino != there.st_ino ||
         held.st_dev != there.st_dev;
}

static int
lock_now (int fd, gboolean alone)
{
  int code;

  do
    code = flock (fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 ? 0 : errno;
  while (code == EINTR);
  return code;
}

/**
 * lift_folder_lock_take:
 * @folder: (type filename): the folder of an account
 * @alone: whether to remove it, else to have a store in it open
 *
 * Takes a lock of the kernel on the folder, among all processes of this computer: many share it, or
 * one has it alone. It is on the folder itself, so that nobody can remove a file that stands for
 * it, and ends with the process however that ends; programs that this one starts do not have it.
 * Each call makes a lock of its own, also in one process. Does not wait. Where the disk knows no
 * locks, everybody gets one, and a message says so to whoever asked for it alone.
 *
 * Returns: what lift_folder_lock_give() takes; `-EWOULDBLOCK` if others have the lock, or another
 *   errno, negative, if the folder cannot be opened
 */
int
lift_folder_lock_take (const char *folder, gboolean alone)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code;

  if (fd < 0)
    return -errno;
  code = lock_now (fd, alone);
  if (code == EWOULDBLOCK || is_gone (folder, fd))
    {
      close (fd);
      return code == EWOULDBLOCK ? -EWOULDBLOCK : -ENOENT;
    }
  if (code != 0 && alone)
    g_message ("%s: whether other programs use it cannot be told on this disk (%s)", folder,
               g_strerror (code));
  return fd;
}

/**
 * lift_folder_lock_give:
 * @lock: from lift_folder_lock_take(); a negative one is none
 */
void
lift_folder_lock_give (int lock)
{
  if (lock >= 0)
    close (lock);
}
