/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-schema.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "lift-catalogue.h"
#include "lift-registry.h"
#include "lift-row.h"
#include "lift-store-private.h"
#include "lift-store-resource.h"

#define CATALOGUE "/org/liftlogger/model/catalogue.json"
#define FOLDER "/org/liftlogger/store/migrations"

static GPtrArray *extra_migrations;

/**
 * lift_store_add_migration:
 * @sql: creates what an added entity needs
 *
 * Adds a migration behind all others.
 */
void
lift_store_add_migration (const char *sql)
{
  if (extra_migrations == NULL)
    extra_migrations = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (extra_migrations, g_strdup (sql));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add (GArray *migrations, const char *sql)
{
  LiftMigration migration = { migrations->len + 1, sql };

  g_array_append_val (migrations, migration);
}

/* The migrations that are compiled in, by number, then the added ones. Resources are static. */
static GArray *
get_migrations (void)
{
  GResource *resource = lift_store_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, FOLDER, 0, NULL);
  GArray *migrations = g_array_new (FALSE, FALSE, sizeof (LiftMigration));

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, NULL);

      g_assert (atoi (names[i]) == (int) migrations->len + 1);
      add (migrations, g_bytes_get_data (bytes, NULL));
    }
  for (guint i = 0; extra_migrations != NULL && i < extra_migrations->len; i++)
    add (migrations, g_ptr_array_index (extra_migrations, i));
  return migrations;
}

static gboolean
check_table (LiftStore *self, const LiftEntityInfo *info, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE 0", lift_row_get_columns (info),
                                          info->table);
  g_autoptr (GError) local_error = NULL;

  if (lift_database_exec (self->database, sql, &local_error))
    return TRUE;
  if (g_error_matches (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED))
    g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED,
                 _ ("The file %s has no fitting table for %s: a migration is missing"), self->path,
                 info->name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A type without its table would never be stored, and nobody would notice. */
static gboolean
check_tables (LiftStore *self, GError **error)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!check_table (self, lift_registry_get (i), error))
      return FALSE;
  return TRUE;
}

static gboolean
has_exercise (LiftDatabase *database, const char *id, GError **error)
{
  gint64 found;

  return lift_database_get_int (database, &found, error, "SELECT 1 FROM exercise WHERE id = ?", "s",
                                id) &&
         found == 1;
}

static gboolean
seed_rows (LiftStoreWriter *writer, gpointer data, GError **error)
{
  GPtrArray *exercises = data;

  for (guint i = 0; i < exercises->len; i++)
    {
      LiftEntity *exercise = g_ptr_array_index (exercises, i);
      g_autoptr (GError) local_error = NULL;

      if (has_exercise (writer->database, exercise->id, &local_error))
        continue;
      if (local_error != NULL || !lift_row_insert (writer->database, exercise, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

/* The size of the catalogue tells one version of it from the next without reading it. */
static gint64
get_catalogue_size (void)
{
  gsize size = 0;

  g_resources_get_info (CATALOGUE, G_RESOURCE_LOOKUP_FLAGS_NONE, &size, NULL, NULL);
  return size;
}

/* Newer versions of the program may bring more exercises. A row that is there is left alone: the
 * server may have a newer one than the program. */
static gboolean
seed_catalogue (LiftStore *self, GError **error)
{
  gint64 size = get_catalogue_size ();
  g_autoptr (GPtrArray) exercises = NULL;
  gint64 seeded;

  if (!lift_database_get_int (self->database, &seeded, error,
                              "SELECT CAST (value AS INTEGER) FROM fact WHERE name = 'catalogue'",
                              ""))
    return FALSE;
  if (seeded == size)
    return TRUE;
  exercises = lift_catalogue_load ();
  return lift_store_transact (self, FALSE, seed_rows, exercises, error) &&
         lift_database_run (self->database, error,
                            "INSERT OR REPLACE INTO fact (name, value) VALUES ('catalogue', "
                            "CAST (? AS TEXT))",
                            "i", size);
}

/*
 * lift_store_prepare_tables:
 *
 * Brings the tables up to date, and looks whether every registered type has its own. Where they are
 * up to date, nothing is written.
 */
gboolean
lift_store_prepare_tables (LiftStore *self, GError **error)
{
  g_autoptr (GArray) migrations = get_migrations ();

  return lift_database_migrate (self->database, (const LiftMigration *) migrations->data,
                                migrations->len, error) &&
         check_tables (self, error);
}

/*
 * lift_store_prepare_schema:
 *
 * Brings the tables up to date, and adds what is missing of the catalogue. Before the writing
 * thread begins.
 */
gboolean
lift_store_prepare_schema (LiftStore *self, GError **error)
{
  return lift_store_prepare_tables (self, error) && seed_catalogue (self, error);
}
