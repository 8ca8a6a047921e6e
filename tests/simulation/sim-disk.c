/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-disk.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512
#define LOG_SUFFIX "-wal"

/* One database: its file, its log and the index of the log. */
typedef struct
{
  GByteArray *parts[2];
  gboolean has_log;
  GPtrArray *index;
  guint kill_after; /* 0: lives on */
  gboolean dead;
  gboolean full;
} Disk;

typedef struct
{
  sqlite3_file base;
  Disk *disk;
  GByteArray *bytes; /* NULL: a scratch file, which stands on the real disk */
} Handle;

struct _SimImage
{
  GBytes *parts[2];
  gboolean has_log;
};

static GHashTable *disks;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs sim_vfs;

static Disk *
find_disk (const char *path)
{
  Disk *disk = g_hash_table_lookup (disks, path);

  if (disk != NULL)
    return disk;
  disk = g_new0 (Disk, 1);
  disk->parts[0] = g_byte_array_new ();
  disk->parts[1] = g_byte_array_new ();
  disk->index = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (disks, g_strdup (path), disk);
  return disk;
}

/* The database that a file belongs to; @is_log says which of its files it is. */
static Disk *
find_by_name (const char *name, gboolean *is_log)
{
  g_autofree char *path = g_strdup (name);

  *is_log = g_str_has_suffix (name, LOG_SUFFIX);
  if (*is_log)
    path[strlen (path) - strlen (LOG_SUFFIX)] = '\0';
  return find_disk (path);
}

/* Returns what stands against one write more. */
static int
get_fault (Disk *disk, int code)
{
  if (!disk->dead && disk->kill_after > 0 && --disk->kill_after == 0)
    disk->dead = TRUE;
  if (disk->dead)
    return code;
  return disk->full ? SQLITE_FULL : SQLITE_OK;
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize before = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

static int
sim_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
sim_read (sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
  Handle *handle = (Handle *) file;
  gsize there = handle->bytes->len > offset ? handle->bytes->len - offset : 0;

  if (handle->disk->dead)
    return SQLITE_IOERR_READ;
  if (there < (gsize) n)
    memset (data, 0, n);
  if (there > 0)
    memcpy (data, handle->bytes->data + offset, MIN ((gsize) n, there));
  return there >= (gsize) n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
sim_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
  Handle *handle = (Handle *) file;
  int fault = get_fault (handle->disk, SQLITE_IOERR_WRITE);

  if (fault != SQLITE_OK)
    return fault;
  if (handle->bytes->len < offset + n)
    resize (handle->bytes, offset + n);
  memcpy (handle->bytes->data + offset, data, n);
  return SQLITE_OK;
}

static int
sim_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  Handle *handle = (Handle *) file;
  int fault = get_fault (handle->disk, SQLITE_IOERR_TRUNCATE);

  if (fault == SQLITE_OK)
    resize (handle->bytes, size);
  return fault;
}

static int
sim_sync (sqlite3_file *file, int flags)
{
  return get_fault (((Handle *) file)->disk, SQLITE_IOERR_FSYNC);
}

static int
sim_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = ((Handle *) file)->bytes->len;
  return SQLITE_OK;
}

/* Transactions do not overlap in a simulation: one thing runs at a time. */
static int
sim_lock (sqlite3_file *file, int lock)
{
  return SQLITE_OK;
}

static int
sim_check_reserved_lock (sqlite3_file *file, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
sim_file_control (sqlite3_file *file, int op, void *data)
{
  return SQLITE_NOTFOUND;
}

static int
sim_sector_size (sqlite3_file *file)
{
  return SECTOR;
}

static int
sim_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
sim_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **result)
{
  GPtrArray *index = ((Handle *) file)->disk->index;

  *result = NULL;
  while (extend && (int) index->len <= page)
    g_ptr_array_add (index, g_malloc0 (size));
  if ((int) index->len > page)
    *result = g_ptr_array_index (index, page);
  return SQLITE_OK;
}

static int
sim_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return SQLITE_OK;
}

static void
sim_shm_barrier (sqlite3_file *file)
{
}

static int
sim_shm_unmap (sqlite3_file *file, int remove)
{
  return SQLITE_OK;
}

static const sqlite3_io_methods sim_methods = {
  .iVersion = 2,
  .xClose = sim_close,
  .xRead = sim_read,
  .xWrite = sim_write,
  .xTruncate = sim_truncate,
  .xSync = sim_sync,
  .xFileSize = sim_file_size,
  .xLock = sim_lock,
  .xUnlock = sim_lock,
  .xCheckReservedLock = sim_check_reserved_lock,
  .xFileControl = sim_file_control,
  .xSectorSize = sim_sector_size,
  .xDeviceCharacteristics = sim_device_characteristics,
  .xShmMap = sim_shm_map,
  .xShmLock = sim_shm_lock,
  .xShmBarrier = sim_shm_barrier,
  .xShmUnmap = sim_shm_unmap,
};

static int
sim_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  Handle *handle = (Handle *) file;
  gboolean is_log;

  file->pMethods = NULL;
  if (name == NULL)
    return SQLITE_CANTOPEN;
  handle->disk = find_by_name (name, &is_log);
  if (handle->disk->dead)
    return SQLITE_CANTOPEN;
  if (is_log)
    handle->disk->has_log = TRUE;
  handle->bytes = handle->disk->parts[is_log];
  file->pMethods = &sim_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
sim_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  gboolean is_log;
  Disk *disk = find_by_name (name, &is_log);
  int fault = get_fault (disk, SQLITE_IOERR_DELETE);

  if (fault != SQLITE_OK)
    return fault;
  if (is_log && !disk->has_log)
    return SQLITE_IOERR_DELETE_NOENT;
  if (is_log)
    disk->has_log = FALSE;
  g_byte_array_set_size (disk->parts[is_log], 0);
  return SQLITE_OK;
}

static int
sim_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  gboolean is_log;
  Disk *disk = find_by_name (name, &is_log);

  *result = is_log ? disk->has_log : disk->parts[0]->len > 0;
  return SQLITE_OK;
}

static int
sim_full_pathname (sqlite3_vfs *vfs, const char *name, int n, char *out)
{
  g_strlcpy (out, name, n);
  return SQLITE_OK;
}

/* From here on every connection of this process stands on these disks. */
void
sim_disk_install (void)
{
  /* Nobody asks how much memory it has, and counting needs a lock. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  real_vfs = sqlite3_vfs_find (NULL);
  sim_vfs = *real_vfs;
  sim_vfs.zName = "simulation";
  sim_vfs.szOsFile = sizeof (Handle);
  sim_vfs.xOpen = sim_open;
  sim_vfs.xDelete = sim_delete;
  sim_vfs.xAccess = sim_access;
  sim_vfs.xFullPathname = sim_full_pathname;
  g_assert_cmpint (sqlite3_vfs_register (&sim_vfs, 1), ==, SQLITE_OK);
}

/* An empty file. The memory stays for the next one. */
void
sim_disk_clear (const char *path)
{
  Disk *disk = find_disk (path);

  g_byte_array_set_size (disk->parts[0], 0);
  g_byte_array_set_size (disk->parts[1], 0);
  g_ptr_array_set_size (disk->index, 0);
  disk->has_log = disk->dead = disk->full = FALSE;
  disk->kill_after = 0;
}

/* The file as a copy of the running machine's disk would have it. */
SimImage *
sim_disk_take_image (const char *path)
{
  Disk *disk = find_disk (path);
  SimImage *image = g_new0 (SimImage, 1);

  for (guint i = 0; i < 2; i++)
    image->parts[i] = g_bytes_new (disk->parts[i]->data, disk->parts[i]->len);
  image->has_log = disk->has_log;
  return image;
}

/* Nobody has the file open. */
void
sim_disk_put_image (const char *path, SimImage *image)
{
  Disk *disk = find_disk (path);

  sim_disk_clear (path);
  for (guint i = 0; i < 2; i++)
    g_byte_array_append (disk->parts[i], g_bytes_get_data (image->parts[i], NULL),
                         g_bytes_get_size (image->parts[i]));
  disk->has_log = image->has_log;
}

void
sim_image_free (SimImage *image)
{
  g_bytes_unref (image->parts[0]);
  g_bytes_unref (image->parts[1]);
  g_free (image);
}

void
sim_disk_kill_after (const char *path, guint n)
{
  Disk *disk = find_disk (path);

  disk->kill_after = n;
  disk->dead = disk->dead || n == 0;
}

gboolean
sim_disk_is_dead (const char *path)
{
  return find_disk (path)->dead;
}

void
sim_disk_revive (const char *path)
{
  Disk *disk = find_disk (path);

  disk->dead = FALSE;
  disk->kill_after = 0;
  g_ptr_array_set_size (disk->index, 0);
}

void
sim_disk_set_full (const char *path, gboolean full)
{
  find_disk (path)->full = full;
}
