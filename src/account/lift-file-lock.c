/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "lift-account-error.h"

#define POLL_US (20 * G_TIME_SPAN_MILLISECOND)
/* The longest thing done under a lock is a renewal, which ends after 20 s, and the keyring. */
#define TIMEOUT_US (90 * G_TIME_SPAN_SECOND)

static gboolean
wait_for_lock (int fd, const char *path, GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + TIMEOUT_US;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if ((errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () > deadline)
        {
          g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_BUSY,
                       _ ("Another LiftLogger program holds “%s”; close it and try again"), path);
          return FALSE;
        }
      g_usleep (POLL_US);
    }
  return TRUE;
}

/*
 * lift_file_lock_take:
 *
 * Waits for a lock that all processes and threads of this computer share, and that ends with its
 * holder. Returns what lift_file_lock_give() takes, or -1 with an error.
 */
int
lift_file_lock_take (const char *path, GCancellable *cancellable, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE,
                   _ ("The file “%s” cannot be opened: %s"), path, g_strerror (errno));
      return -1;
    }
  if (wait_for_lock (fd, path, cancellable, error))
    return fd;
  close (fd);
  return -1;
}

/*
 * lift_file_lock_give:
 *
 * Ends the lock. The file stays: removing it would let two processes hold a lock each.
 */
void
lift_file_lock_give (int fd)
{
  close (fd);
}
