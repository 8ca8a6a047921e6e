/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* A disk below SQLite on which the n-th operation of some kinds fails, once, a few times or for
 * good; or where the process is killed at that operation. */
typedef struct
{
  sqlite3_file base;
  const char *name;   /* lives until the file is closed */
  sqlite3_file *real; /* lies behind this */
} FaultFile;

#define SECTOR 512

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

static struct
{
  gboolean armed;
  guint count;
  FaultPlan is;
} plan;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static gboolean
fails (const char *name, FaultOps op)
{
  if (!plan.armed || (plan.is.ops & op) == 0 ||
      (plan.is.file != NULL && (name == NULL || strstr (name, plan.is.file) == NULL)))
    return FALSE;
  plan.count++;
  return plan.count >= plan.is.nth && plan.count - plan.is.nth < plan.is.times;
}

/* SIGKILL is not put off: what follows does not run. */
static int
get_code (void)
{
  if (plan.is.code == SQLITE_OK && !plan.is.lies)
    kill (getpid (), SIGKILL);
  return plan.is.lies ? SQLITE_OK : plan.is.code;
}

static int
get_fault_of (const char *name, FaultOps op)
{
  return fails (name, op) ? get_code () : SQLITE_OK;
}

static int
get_fault (sqlite3_file *file, FaultOps op)
{
  return get_fault_of (((FaultFile *) file)->name, op);
}

static int
fault_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
fault_read (sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
  int code = get_fault (file, FAULT_READ);

  return code != SQLITE_OK ? code
                           : get_real (file)->pMethods->xRead (get_real (file), data, n, offset);
}

static void
write_some (sqlite3_file *real, const char *data, int n, sqlite3_int64 offset)
{
  for (int from = 0; from < n; from += SECTOR)
    if ((plan.count + from / SECTOR) % 3 != 0)
      real->pMethods->xWrite (real, data + from, MIN (SECTOR, n - from), offset + from);
}

static int
fault_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
  sqlite3_file *real = get_real (file);

  if (!fails (((FaultFile *) file)->name, FAULT_WRITE))
    return real->pMethods->xWrite (real, data, n, offset);
  if (plan.is.keeps == FAULT_KEEPS_HALF)
    real->pMethods->xWrite (real, data, n / 2, offset);
  else if (plan.is.keeps == FAULT_KEEPS_SOME)
    write_some (real, data, n, offset);
  else if (plan.is.keeps == FAULT_KEEPS_ALL)
    real->pMethods->xWrite (real, data, n, offset);
  return get_code ();
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = get_fault (file, FAULT_TRUNCATE);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  int code = get_fault (file, FAULT_SYNC);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  int code = get_fault (file, FAULT_SIZE);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
fault_lock (sqlite3_file *file, int lock)
{
  int code = get_fault (file, FAULT_LOCK);

  return code != SQLITE_OK ? code : get_real (file)->pMethods->xLock (get_real (file), lock);
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
  int code = get_fault (file, FAULT_MAP);

  return code != SQLITE_OK
           ? code
           : get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, result);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  /* To give a lock up cannot fail. */
  int code = (flags & SQLITE_SHM_LOCK) != 0 ? get_fault (file, FAULT_LOCK) : SQLITE_OK;

  return code != SQLITE_OK
           ? code
           : get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
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
  int code = get_fault_of (name, FAULT_OPEN);

  self->base.pMethods = NULL;
  if (code != SQLITE_OK)
    return code;
  self->real = (sqlite3_file *) (self + 1);
  self->name = name;
  code = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  self->base.pMethods = self->real->pMethods != NULL ? &fault_methods : NULL;
  return code;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  int code = get_fault_of (name, FAULT_DELETE);

  return code != SQLITE_OK ? code : real_vfs->xDelete (real_vfs, name, sync);
}

static int
fault_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  int code = get_fault_of (name, FAULT_ACCESS);

  return code != SQLITE_OK ? code : real_vfs->xAccess (real_vfs, name, flags, result);
}

/* Nobody waits for a lock that is only said to be held. */
static int
fault_sleep (sqlite3_vfs *vfs, int us)
{
  return plan.armed && plan.is.code == SQLITE_BUSY ? us : real_vfs->xSleep (real_vfs, us);
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
  fault_vfs.xDelete = fault_delete;
  fault_vfs.xAccess = fault_access;
  fault_vfs.xSleep = fault_sleep;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

/* From now on operations are counted. */
void
fault_disk_arm_plan (const FaultPlan *is)
{
  plan.armed = TRUE;
  plan.count = 0;
  plan.is = *is;
}

/* Lets the @nth operation from now on fail with @code: the @nth read if it is SQLITE_IOERR_READ. */
void
fault_disk_arm (guint nth, int code, gboolean for_good)
{
  FaultPlan is = {
    .ops = code == SQLITE_IOERR_READ ? FAULT_READ : FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE,
    .code = code,
    .nth = nth,
    .times = for_good ? G_MAXUINT : 1,
  };

  fault_disk_arm_plan (&is);
}

/* Returns: whether it came to the fault. */
gboolean
fault_disk_disarm (void)
{
  plan.armed = FALSE;
  return plan.count >= plan.is.nth;
}
