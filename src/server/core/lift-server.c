/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdarg.h>

#include "lift-catalogue.h"
#include "lift-server-private.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftServer, lift_server, G_TYPE_OBJECT)

static void
lift_server_finalize (GObject *object)
{
  LiftServer *self = LIFT_SERVER (object);

  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  g_ptr_array_unref (self->tables);
  g_hash_table_unref (self->attempts);
  g_free (self->epoch);
  g_free (self->decoy);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lift_server_parent_class)->finalize (object);
}

static void
lift_server_class_init (LiftServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_server_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
lift_server_init (LiftServer *self)
{
  g_mutex_init (&self->lock);
  self->tables = lift_server_tables_new ();
  self->attempts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * lift_server_fail: (skip)
 * @field: (nullable): the part of the request that is wrong
 *
 * Sets @error.
 *
 * Returns: %FALSE
 */
gboolean
lift_server_fail (GError **error, int code, const char *field, const char *format, ...)
{
  g_autoptr (GError) made = NULL;
  va_list args;

  va_start (args, format);
  made = g_error_new_valist (LIFT_SERVER_ERROR, code, format, args);
  va_end (args);
  if (field != NULL)
    lift_server_error_set_field (made, field);
  g_propagate_error (error, g_steal_pointer (&made));
  return FALSE;
}

static gboolean
get_first (LiftServerConnection *connection,
           gint64 *value,
           char **text,
           GError **error,
           const char *sql,
           const char *types,
           va_list args)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  LiftServerValue values[8];
  guint n = 0;

  for (; types[n] != '\0'; n++)
    {
      values[n].type = types[n];
      if (types[n] == 's')
        values[n].text = va_arg (args, const char *);
      else
        values[n].integer = va_arg (args, gint64);
    }
  result = lift_server_query_values (connection, &local_error, sql, values, n);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      if (value != NULL)
        *value = lift_server_result_get_int (result, 0);
      if (text != NULL)
        *text = g_strdup (lift_server_result_get_text (result, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_get_int: (skip)
 * @value: (out): the first column of the first row, %LIFT_INT_NULL if there is none
 */
gboolean
lift_server_get_int (LiftServerConnection *connection,
                     gint64 *value,
                     GError **error,
                     const char *sql,
                     const char *types,
                     ...)
{
  gboolean done;
  va_list args;

  *value = LIFT_INT_NULL;
  va_start (args, types);
  done = get_first (connection, value, NULL, error, sql, types, args);
  va_end (args);
  return done;
}

/**
 * lift_server_dup_text: (skip)
 * @text: (out) (nullable) (transfer full): the first column of the first row
 */
gboolean
lift_server_dup_text (LiftServerConnection *connection,
                      char **text,
                      GError **error,
                      const char *sql,
                      const char *types,
                      ...)
{
  gboolean done;
  va_list args;

  *text = NULL;
  va_start (args, types);
  done = get_first (connection, NULL, text, error, sql, types, args);
  va_end (args);
  return done;
}

/**
 * lift_server_get_now: (skip)
 *
 * Returns: the server's wall time
 */
gint64
lift_server_get_now (LiftServer *self)
{
  return lift_clock_get_time (self->clock);
}

/**
 * lift_server_count: (skip)
 * @offset: a member of LiftServerCounts
 */
void
lift_server_count (LiftServer *self, gsize offset, guint64 by)
{
  g_mutex_lock (&self->lock);
  *(guint64 *) G_STRUCT_MEMBER_P (&self->counts, offset) += by;
  g_mutex_unlock (&self->lock);
}

/**
 * lift_server_get_counts:
 * @counts: (out): filled in
 */
void
lift_server_get_counts (LiftServer *self, LiftServerCounts *counts)
{
  g_return_if_fail (LIFT_IS_SERVER (self));

  g_mutex_lock (&self->lock);
  *counts = self->counts;
  g_mutex_unlock (&self->lock);
  lift_server_database_get_load (self->database, &counts->busy_connections, &counts->connections);
}

static gboolean
store_exercise (LiftServerWork *work, LiftEntity *exercise, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (exercise);
  g_autoptr (LiftServerRow) before = NULL;
  LiftServerRow row = { .entity = exercise,
                        .scope = (char *) LIFT_SERVER_CATALOGUE,
                        .delete_group = LIFT_INT_NULL };

  if (!lift_server_row_load (work->server, work->connection, info, exercise->id, &before, error))
    return FALSE;
  if (before != NULL &&
      (lift_entity_diff (before->entity, exercise) & lift_entity_info_get_editable (info)) == 0)
    return TRUE;
  lift_entity_set (exercise, "updated-at", lift_server_work_next_stamp (work), "version",
                   before != NULL ? before->entity->version + 1 : G_GINT64_CONSTANT (1), NULL);
  return lift_server_row_store (work, &row, before, error);
}

/* The catalogue follows the program: exercises that are new or were mended get new positions. */
static gboolean
store_catalogue (LiftServer *self, GError **error)
{
  g_autoptr (GPtrArray) exercises = lift_catalogue_load ();
  g_autoptr (LiftServerWork) work = lift_server_work_begin (self, NULL, NULL, error);

  if (work == NULL)
    return FALSE;
  for (guint i = 0; i < exercises->len; i++)
    if (!store_exercise (work, g_ptr_array_index (exercises, i), error))
      return FALSE;
  return work->touches->len == 0 || lift_server_work_commit (work, error);
}

static gboolean
open_database (LiftServer *self, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL && lift_server_schema_update (connection, error) &&
         lift_server_epoch_load (self, connection, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error) &&
         store_catalogue (self, error);
}

static gboolean
make_decoy (LiftServer *self, GError **error)
{
  g_autofree char *secret = lift_server_new_secret (self);

  g_free (self->decoy);
  self->decoy = lift_server_hash_password (self, secret, error);
  return self->decoy != NULL;
}

/**
 * lift_server_new:
 * @database: where the data are; its tables are made or brought up to date
 * @clock: the time of everything that the server stamps
 *
 * Opens the server's core. It knows no network: each call is one request, and blocks.
 *
 * Returns: (transfer full): the server, or %NULL with @error
 */
LiftServer *
lift_server_new (LiftServerDatabase *database, LiftClock *clock, GError **error)
{
  g_autoptr (LiftServer) self = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER_DATABASE (database) && LIFT_IS_CLOCK (clock), NULL);

  self = g_object_new (LIFT_TYPE_SERVER, NULL);
  self->database = g_object_ref (database);
  self->clock = g_object_ref (clock);
  if (sodium_init () < 0)
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_INTERNAL, NULL,
                        _ ("The cryptographic library cannot be used"));
      return NULL;
    }
  if (!open_database (self, error) || !make_decoy (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * lift_server_set_open_registration:
 * @open: whether anybody may make an account; closed at first
 */
void
lift_server_set_open_registration (LiftServer *self, gboolean open)
{
  g_return_if_fail (LIFT_IS_SERVER (self));

  g_atomic_int_set (&self->open_registration, open);
}

/**
 * lift_server_set_cheap_passwords:
 * @cheap: for tests and demonstrations alone: passwords that are set from now on cost next to
 *   nothing to check, and to guess
 */
void
lift_server_set_cheap_passwords (LiftServer *self, gboolean cheap)
{
  g_return_if_fail (LIFT_IS_SERVER (self));

  g_atomic_int_set (&self->cheap_passwords, cheap);
}

/**
 * lift_server_ping:
 *
 * Returns: whether the database answers
 */
gboolean
lift_server_ping (LiftServer *self, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  gint64 stamp;

  g_return_val_if_fail (LIFT_IS_SERVER (self), FALSE);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  return connection != NULL &&
         lift_server_get_int (connection, &stamp, error, "SELECT stamp FROM server", "");
}

/**
 * lift_server_backup:
 * @path: a file that does not exist yet
 *
 * Writes a copy of all data as they are at one moment; requests go on meanwhile.
 */
gboolean
lift_server_backup (LiftServer *self, const char *path, GError **error)
{
  g_return_val_if_fail (LIFT_IS_SERVER (self) && path != NULL, FALSE);

  return lift_server_database_backup (self->database, path, error);
}

/**
 * lift_server_dup_scopes:
 *
 * Returns: (transfer full): the scopes that @user may read now, or %NULL with @error
 */
char **
lift_server_dup_scopes (LiftServer *self, LiftServerUser *user, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerRights) rights = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer scope;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, NULL);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return NULL;
  rights = lift_server_rights_load (connection, user, error);
  if (rights == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, rights->scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    g_ptr_array_add (names, g_strdup (scope));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}
