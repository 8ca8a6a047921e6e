/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-disk.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* A disk in memory, for the connections of one thread, whose power can be cut: what was not synced
 * by then is there, or not, or in part. */
typedef struct
{
  GByteArray *live;    /* what a program reads */
  GByteArray *durable; /* what is there after a cut in any case */
  GPtrArray *pending;  /* Change: since the last sync */
  gboolean entered;    /* its name is in the folder on the disk */
  gboolean deleted;    /* and whether that is, nobody knows before the folder is synced */
  GPtrArray *handles;  /* Handle: who has it open, for the locks */
} DiskFile;

/* A write, or with @bytes NULL a truncate to @offset. */
typedef struct
{
  gsize offset;
  GBytes *bytes;
} Change;

typedef struct
{
  sqlite3_file base;
  char *name;
  int lock;
  guint shm_shared; /* a bit a lock of the index of the log */
  guint shm_exclusive;
} Handle;

static struct
{
  GHashTable *files;    /* name → DiskFile */
  GHashTable *template; /* name → GBytes */
  GPtrArray *shm;       /* regions of the index of the log */
  guint nth;            /* the operation before which the power goes; 0: never */
  guint count;
  gboolean lies;    /* says that it has synced, and has not */
  const char *part; /* of the names of files that lie on it; NULL: of all */
} disk;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs power_vfs;

static void
change_free (Change *change)
{
  g_clear_pointer (&change->bytes, g_bytes_unref);
  g_free (change);
}

static DiskFile *
file_new (void)
{
  DiskFile *file = g_new0 (DiskFile, 1);

  file->live = g_byte_array_new ();
  file->durable = g_byte_array_new ();
  file->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  file->handles = g_ptr_array_new ();
  return file;
}

static void
file_free (DiskFile *file)
{
  g_byte_array_unref (file->live);
  g_byte_array_unref (file->durable);
  g_ptr_array_unref (file->pending);
  g_ptr_array_unref (file->handles);
  g_free (file);
}

static DiskFile *
find (const char *name)
{
  DiskFile *file = g_hash_table_lookup (disk.files, name);

  return file != NULL && !file->deleted ? file : NULL;
}

static DiskFile *
get_file (sqlite3_file *handle)
{
  DiskFile *file = find (((Handle *) handle)->name);

  g_assert (file != NULL);
  return file;
}

/* Returns: whether there is still power for one operation more. */
static gboolean
has_power (void)
{
  disk.count++;
  return disk.nth == 0 || disk.count < disk.nth;
}

static void
resize (GByteArray *bytes, gsize size)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

static void
write_part (GByteArray *to, Change *change, gsize from, gsize n)
{
  const guint8 *data = g_bytes_get_data (change->bytes, NULL);

  if (to->len < change->offset + from + n)
    resize (to, change->offset + from + n);
  memcpy (to->data + change->offset + from, data + from, n);
}

static void
apply (GByteArray *to, Change *change)
{
  if (change->bytes == NULL)
    resize (to, change->offset);
  else
    write_part (to, change, 0, g_bytes_get_size (change->bytes));
}

static void
apply_some (GByteArray *to, Change *change, GRand *rand)
{
  gsize size = change->bytes != NULL ? g_bytes_get_size (change->bytes) : 0;

  if (change->bytes == NULL && g_rand_boolean (rand))
    apply (to, change);
  for (gsize from = 0; from < size; from += SECTOR)
    if (g_rand_boolean (rand))
      write_part (to, change, from, MIN (SECTOR, size - from));
}

static void
do_change (DiskFile *file, gsize offset, GBytes *bytes)
{
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->bytes = bytes;
  apply (file->live, change);
  g_ptr_array_add (file->pending, change);
}

static int
power_close (sqlite3_file *handle)
{
  Handle *self = (Handle *) handle;
  DiskFile *file = g_hash_table_lookup (disk.files, self->name);

  if (file != NULL)
    g_ptr_array_remove (file->handles, self);
  g_free (self->name);
  return SQLITE_OK;
}

static int
power_read (sqlite3_file *handle, void *data, int n, sqlite3_int64 offset)
{
  DiskFile *file = get_file (handle);
  gsize there = file->live->len > offset ? file->live->len - offset : 0;

  if (disk.nth != 0 && disk.count >= disk.nth)
    return SQLITE_IOERR_READ;
  memset (data, 0, n);
  if (there > 0)
    memcpy (data, file->live->data + offset, MIN ((gsize) n, there));
  return there >= (gsize) n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
power_write (sqlite3_file *handle, const void *data, int n, sqlite3_int64 offset)
{
  if (!has_power ())
    return SQLITE_IOERR_WRITE;
  do_change (get_file (handle), offset, g_bytes_new (data, n));
  return SQLITE_OK;
}

static int
power_truncate (sqlite3_file *handle, sqlite3_int64 size)
{
  if (!has_power ())
    return SQLITE_IOERR_TRUNCATE;
  do_change (get_file (handle), size, NULL);
  return SQLITE_OK;
}

static gboolean
is_deleted (gpointer name, gpointer file, gpointer data)
{
  return ((DiskFile *) file)->deleted;
}

/* With the first sync of a new file SQLite syncs its folder too. */
static void
make_durable (DiskFile *file)
{
  if (!file->entered)
    g_hash_table_foreach_remove (disk.files, is_deleted, NULL);
  file->entered = TRUE;
  for (guint i = 0; i < file->pending->len; i++)
    apply (file->durable, g_ptr_array_index (file->pending, i));
  g_ptr_array_set_size (file->pending, 0);
}

static int
power_sync (sqlite3_file *handle, int flags)
{
  if (!has_power ())
    return SQLITE_IOERR_FSYNC;
  if (!disk.lies)
    make_durable (get_file (handle));
  return SQLITE_OK;
}

static int
power_file_size (sqlite3_file *handle, sqlite3_int64 *size)
{
  *size = get_file (handle)->live->len;
  return SQLITE_OK;
}

/* The highest lock that anybody but @self holds. */
static int
get_others_lock (Handle *self)
{
  DiskFile *file = get_file (&self->base);
  int lock = SQLITE_LOCK_NONE;

  for (guint i = 0; i < file->handles->len; i++)
    if (file->handles->pdata[i] != self)
      lock = MAX (lock, ((Handle *) file->handles->pdata[i])->lock);
  return lock;
}

static int
power_lock (sqlite3_file *handle, int lock)
{
  Handle *self = (Handle *) handle;
  int others = get_others_lock (self);

  if ((lock == SQLITE_LOCK_SHARED && others > SQLITE_LOCK_RESERVED) ||
      (lock > SQLITE_LOCK_SHARED && others > SQLITE_LOCK_SHARED) ||
      (lock == SQLITE_LOCK_EXCLUSIVE && others > SQLITE_LOCK_NONE))
    return SQLITE_BUSY;
  self->lock = MAX (self->lock, lock);
  return SQLITE_OK;
}

static int
power_unlock (sqlite3_file *handle, int lock)
{
  Handle *self = (Handle *) handle;

  self->lock = MIN (self->lock, lock);
  return SQLITE_OK;
}

static int
power_check_reserved_lock (sqlite3_file *handle, int *result)
{
  Handle *self = (Handle *) handle;

  *result = MAX (self->lock, get_others_lock (self)) > SQLITE_LOCK_SHARED;
  return SQLITE_OK;
}

static int
power_file_control (sqlite3_file *handle, int op, void *data)
{
  return SQLITE_NOTFOUND;
}

static int
power_sector_size (sqlite3_file *handle)
{
  return SECTOR;
}

static int
power_device_characteristics (sqlite3_file *handle)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
power_shm_map (sqlite3_file *handle, int page, int size, int extend, void volatile **result)
{
  *result = NULL;
  while (extend && (int) disk.shm->len <= page)
    g_ptr_array_add (disk.shm, g_malloc0 (size));
  if ((int) disk.shm->len > page)
    *result = g_ptr_array_index (disk.shm, page);
  return SQLITE_OK;
}

static int
power_shm_lock (sqlite3_file *handle, int offset, int n, int flags)
{
  Handle *self = (Handle *) handle;
  DiskFile *file = get_file (handle);
  guint bits = ((1u << n) - 1) << offset;
  gboolean shared = (flags & SQLITE_SHM_SHARED) != 0;

  if ((flags & SQLITE_SHM_UNLOCK) != 0)
    {
      self->shm_shared &= ~bits;
      self->shm_exclusive &= ~bits;
      return SQLITE_OK;
    }
  for (guint i = 0; i < file->handles->len; i++)
    {
      Handle *other = file->handles->pdata[i];

      if (other != self && ((other->shm_exclusive | (shared ? 0 : other->shm_shared)) & bits) != 0)
        return SQLITE_BUSY;
    }
  *(shared ? &self->shm_shared : &self->shm_exclusive) |= bits;
  return SQLITE_OK;
}

static void
power_shm_barrier (sqlite3_file *handle)
{
}

static int
power_shm_unmap (sqlite3_file *handle, int remove)
{
  if (remove)
    g_ptr_array_set_size (disk.shm, 0);
  return SQLITE_OK;
}

static const sqlite3_io_methods power_methods = {
  .iVersion = 2,
  .xClose = power_close,
  .xRead = power_read,
  .xWrite = power_write,
  .xTruncate = power_truncate,
  .xSync = power_sync,
  .xFileSize = power_file_size,
  .xLock = power_lock,
  .xUnlock = power_unlock,
  .xCheckReservedLock = power_check_reserved_lock,
  .xFileControl = power_file_control,
  .xSectorSize = power_sector_size,
  .xDeviceCharacteristics = power_device_characteristics,
  .xShmMap = power_shm_map,
  .xShmLock = power_shm_lock,
  .xShmBarrier = power_shm_barrier,
  .xShmUnmap = power_shm_unmap,
};

static gboolean
is_elsewhere (const char *name)
{
  return disk.part != NULL && (name == NULL || strstr (name, disk.part) == NULL);
}

static int
power_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *handle, int flags, int *out_flags)
{
  DiskFile *file;

  if (is_elsewhere (name))
    return real_vfs->xOpen (real_vfs, name, handle, flags, out_flags);
  handle->pMethods = NULL;
  if (name == NULL || (disk.nth != 0 && disk.count >= disk.nth))
    return SQLITE_CANTOPEN;
  file = find (name);
  if (file == NULL)
    {
      file = file_new ();
      g_hash_table_replace (disk.files, g_strdup (name), file);
    }
  *(Handle *) handle = (Handle){ .name = g_strdup (name) };
  g_ptr_array_add (file->handles, handle);
  handle->pMethods = &power_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
power_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  DiskFile *file = find (name);

  if (is_elsewhere (name))
    return real_vfs->xDelete (real_vfs, name, sync);
  if (!has_power ())
    return SQLITE_IOERR_DELETE;
  if (file == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  file->deleted = TRUE;
  if (sync)
    g_hash_table_remove (disk.files, name);
  return SQLITE_OK;
}

static int
power_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  DiskFile *file = find (name);

  if (is_elsewhere (name))
    return real_vfs->xAccess (real_vfs, name, flags, result);
  *result = file != NULL && (flags != SQLITE_ACCESS_EXISTS || file->live->len > 0);
  return SQLITE_OK;
}

static int
power_full_pathname (sqlite3_vfs *vfs, const char *name, int n, char *out)
{
  g_strlcpy (out, name, n);
  return SQLITE_OK;
}

/* From here on every connection that is opened stands on this disk, which is empty. */
void
power_disk_install (void)
{
  disk.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) file_free);
  disk.template = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_bytes_unref);
  disk.shm = g_ptr_array_new_with_free_func (g_free);
  real_vfs = sqlite3_vfs_find (NULL);
  power_vfs = *real_vfs;
  power_vfs.zName = "power";
  power_vfs.szOsFile = MAX ((int) sizeof (Handle), real_vfs->szOsFile);
  power_vfs.xOpen = power_open;
  power_vfs.xDelete = power_delete;
  power_vfs.xAccess = power_access;
  power_vfs.xFullPathname = power_full_pathname;
  g_assert_cmpint (sqlite3_vfs_register (&power_vfs, 1), ==, SQLITE_OK);
}

void
power_disk_install_for (const char *part)
{
  power_disk_install ();
  disk.part = part;
}

void
power_disk_put (const char *name, GBytes *content)
{
  g_hash_table_insert (disk.template, g_strdup (name), g_bytes_ref (content));
}

/* The real disk again. */
void
power_disk_uninstall (void)
{
  sqlite3_vfs_register (real_vfs, 1);
  sqlite3_vfs_unregister (&power_vfs);
  g_clear_pointer (&disk.files, g_hash_table_unref);
  g_clear_pointer (&disk.template, g_hash_table_unref);
  g_clear_pointer (&disk.shm, g_ptr_array_unref);
  disk.part = NULL;
  disk.nth = 0;
}

/* What is on the disk now is what power_disk_start() begins with. */
void
power_disk_keep (void)
{
  GHashTableIter iter;
  gpointer name, file;

  g_hash_table_remove_all (disk.template);
  g_hash_table_iter_init (&iter, disk.files);
  while (g_hash_table_iter_next (&iter, &name, &file))
    if (!((DiskFile *) file)->deleted)
      g_hash_table_insert (
        disk.template, g_strdup (name),
        g_bytes_new (((DiskFile *) file)->live->data, ((DiskFile *) file)->live->len));
}

static void
set_content (DiskFile *file, gconstpointer data, gsize length)
{
  g_byte_array_set_size (file->live, 0);
  g_byte_array_append (file->live, data, length);
  g_byte_array_set_size (file->durable, 0);
  g_byte_array_append (file->durable, data, length);
  g_ptr_array_set_size (file->pending, 0);
}

/* Begins anew; there is power for @nth - 1 operations. */
void
power_disk_start (guint nth, gboolean lies)
{
  GHashTableIter iter;
  gpointer name, bytes;

  g_hash_table_remove_all (disk.files);
  g_ptr_array_set_size (disk.shm, 0);
  g_hash_table_iter_init (&iter, disk.template);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      DiskFile *file = file_new ();

      file->entered = TRUE;
      set_content (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_hash_table_insert (disk.files, g_strdup (name), file);
    }
  disk.nth = nth;
  disk.count = 0;
  disk.lies = lies;
}

static void
lose (DiskFile *file, PowerLoss loss, GRand *rand)
{
  g_autoptr (GByteArray) image = g_byte_array_ref (file->durable);

  for (guint i = 0; i < file->pending->len && loss != POWER_LOSES_ALL; i++)
    if (loss == POWER_LOSES_SOME)
      apply_some (image, g_ptr_array_index (file->pending, i), rand);
    else
      apply (image, g_ptr_array_index (file->pending, i));
  g_byte_array_set_size (file->live, 0);
  g_byte_array_append (file->live, image->data, image->len);
  g_ptr_array_set_size (file->pending, 0);
}

/* The machine starts again, with what the cut has left. A file that was just deleted may be there
 * again. Returns: whether the power was cut at all. */
gboolean
power_disk_cut (PowerLoss loss, GRand *rand)
{
  gboolean reached = disk.count >= disk.nth;
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, disk.files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    {
      DiskFile *self = file;

      if (self->deleted && g_rand_boolean (rand))
        g_hash_table_iter_remove (&iter);
      else
        {
          self->deleted = FALSE;
          lose (self, loss, rand);
        }
    }
  g_ptr_array_set_size (disk.shm, 0);
  disk.nth = 0;
  return reached;
}
