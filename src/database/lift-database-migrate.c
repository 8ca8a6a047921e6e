/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-database-private.h"

static gboolean
get_version (LiftDatabase *self, gint64 *version, GError **error)
{
  return lift_database_get_int (self, version, error, "PRAGMA user_version", "");
}

static gboolean
apply (LiftDatabase *self, const LiftMigration *migration, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", migration->version);

  return lift_database_exec (self, migration->sql, error) && lift_database_exec (self, mark, error);
}

/* Looks at the version again inside the transaction: another process may have been faster. */
static gboolean
run_one (LiftDatabase *self, const LiftMigration *migration, GError **error)
{
  gint64 version;

  if (!lift_database_begin (self, error))
    return FALSE;
  if (get_version (self, &version, error) &&
      (version >= migration->version || apply (self, migration, error)) &&
      lift_database_commit (self, error))
    return TRUE;
  lift_database_rollback (self);
  return FALSE;
}

/**
 * lift_database_migrate:
 * @migrations: (array length=n_migrations): all that there are, versions ascending
 *
 * Brings the schema up to date. Each migration is one transaction, so that a crash leaves a
 * version that exists. A file of a later version is left alone.
 *
 * Returns: whether the schema is now that of the last migration
 */
gboolean
lift_database_migrate (LiftDatabase *self,
                       const LiftMigration *migrations,
                       guint n_migrations,
                       GError **error)
{
  int newest = n_migrations > 0 ? migrations[n_migrations - 1].version : 0;
  gint64 version;

  if (!get_version (self, &version, error))
    return FALSE;
  if (version > newest)
    {
      g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_TOO_NEW,
                   _ ("The file %s was made by a newer version of LiftLogger. Update this program"),
                   self->path);
      return FALSE;
    }
  for (guint i = 0; i < n_migrations; i++)
    if (version < migrations[i].version && !run_one (self, &migrations[i], error))
      return FALSE;
  return TRUE;
}
