/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-disk.h"

#include <sqlite3.h>

/* A disk below SQLite that fails at the n-th write, sync or truncate, once or for good, or at the
 * n-th read. */
typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* lies behind this */
} FaultFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

static struct
{
  gboolean armed;
  gboolean reads;
  guint nth;
  guint count;
  int code;
  gboolean for_good;
} plan;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
get_fault (gboolean is_read)
{
  if (!plan.armed || plan.reads != is_read)
    return SQLITE_OK;
  plan.count++;
  return plan.count == plan.nth || (plan.for_good && plan.count > plan.nth) ? plan.code : SQLITE_OK;
}

static int
fault_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
fault_read (sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
  int code = get_fault (TRUE);

  return code != SQLITE_OK ? code
                           : get_real (file)->pMethods->xRead (get_real (file), data, n, offset);
}

/* Half of what is written arrives: a torn page is the worst that can be left behind. */
static int
fault_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
  int code = get_fault (FALSE);

  if (code == SQLITE_OK)
    return get_real (file)->pMethods->xWrite (get_real (file), data, n, offset);
  get_real (file)->pMethods->xWrite (get_real (file), data, n / 2, offset);
  return code;
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = get_fault (FALSE);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  int code = get_fault (FALSE);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
fault_lock (sqlite3_file *file, int lock)
{
  return get_real (file)->pMethods->xLock (get_real (file), lock);
}

static int
fault_unlock (sqlite3_file *file, int lock)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), lock);
}

static int
fault_check_reserved_lock (sqlite3_file *file, int *result)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), result);
}

static int
fault_file_control (sqlite3_file *file, int op, void *data)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), op, data);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
fault_device_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
fault_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **result)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, result);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

static const sqlite3_io_methods fault_methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved_lock,
  .xFileControl = fault_file_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_device_characteristics,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int code;

  self->real = (sqlite3_file *) (self + 1);
  code = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  self->base.pMethods = self->real->pMethods != NULL ? &fault_methods : NULL;
  return code;
}

/* From here on every connection that is opened stands on this disk. */
void
fault_disk_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = "fault";
  fault_vfs.szOsFile = sizeof (FaultFile) + real_vfs->szOsFile;
  fault_vfs.xOpen = fault_open;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

/* Lets the @nth operation from now on fail with @code: the @nth read if it is SQLITE_IOERR_READ. */
void
fault_disk_arm (guint nth, int code, gboolean for_good)
{
  plan.armed = TRUE;
  plan.reads = code == SQLITE_IOERR_READ;
  plan.nth = nth;
  plan.count = 0;
  plan.code = code;
  plan.for_good = for_good;
}

/* Returns: whether it came to the fault. */
gboolean
fault_disk_disarm (void)
{
  plan.armed = FALSE;
  return plan.count >= plan.nth;
}
