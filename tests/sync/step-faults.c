/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-faults.h"

#include <stdarg.h>

#include "lift-database-private.h"

#define SOME 2

static struct
{
  gboolean armed;
  gboolean all;
  gboolean failed;
  guint at;
  guint steps;
  LiftDatabaseError code;
  GHashTable *seen; /* kind and statement → how often */
  char *sql;
} faults;

/* The store's threads may go on with something of their own when the sync has ended. */
static GMutex lock;

gboolean __real_lift_statement_next (LiftStatement *self, GError **error);
gboolean __wrap_lift_statement_next (LiftStatement *self, GError **error);
LiftStatement *__wrap_lift_database_query (
  LiftDatabase *self, GError **error, const char *sql, const char *types, ...);

void
step_faults_begin (guint at, LiftDatabaseError code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_clear_pointer (&faults.seen, g_hash_table_unref);
  g_clear_pointer (&faults.sql, g_free);
  faults.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  faults.all = g_strcmp0 (g_getenv ("LIFT_STEP_FAULTS"), "all") == 0;
  faults.armed = TRUE;
  faults.failed = FALSE;
  faults.at = at;
  faults.steps = 0;
  faults.code = code;
}

gboolean
step_faults_end (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  faults.armed = FALSE;
  g_clear_pointer (&faults.seen, g_hash_table_unref);
  return faults.failed;
}

const char *
step_faults_get_sql (void)
{
  return faults.sql;
}

static gboolean
counts (char kind, const char *sql)
{
  char *key = g_strdup_printf ("%c%s", kind, sql);
  guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (faults.seen, key));

  g_hash_table_replace (faults.seen, key, GUINT_TO_POINTER (seen + 1));
  return faults.all || seen < SOME;
}

/* A rollback that fails too would be another story. */
static gboolean
fails (char kind, const char *sql, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (!faults.armed || faults.failed || g_str_equal (sql, "ROLLBACK") || !counts (kind, sql) ||
      ++faults.steps != faults.at)
    return FALSE;
  faults.failed = TRUE;
  faults.sql = g_strdup (sql);
  g_set_error_literal (error, LIFT_DATABASE_ERROR, faults.code, "a fault that the test made");
  return TRUE;
}

gboolean
__wrap_lift_statement_next (LiftStatement *self, GError **error)
{
  if (!fails ('n', self->sql, error))
    return __real_lift_statement_next (self, error);
  lift_statement_reset (self);
  return FALSE;
}

LiftStatement *
__wrap_lift_database_query (
  LiftDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  LiftStatement *statement = NULL;
  va_list args;

  if (!fails ('q', sql, error))
    statement = lift_database_prepare (self, sql, error);
  if (statement == NULL)
    return NULL;
  va_start (args, types);
  lift_statement_bind_valist (statement, types, args);
  va_end (args);
  return statement;
}
