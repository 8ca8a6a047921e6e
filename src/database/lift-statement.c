/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <math.h>
#include <string.h>

#include "lift-database-private.h"

/* How much of a text tells statements apart: the table at the front, the condition at the end. */
#define HASHED_FRONT 40
#define HASHED_END 24

/*
 * lift_statement_hash:
 *
 * Returns: a hash of an SQL text. g_str_hash() goes through all of its 700 characters, for each
 *   row that is written
 */
guint
lift_statement_hash (gconstpointer sql)
{
  const char *text = sql;
  gsize length = strlen (text);
  gsize front = MIN (length, HASHED_FRONT);
  gsize end = MAX (front, length - MIN (length, HASHED_END));
  guint hash = length;

  for (gsize i = 0; i < front; i++)
    hash = hash * 33 + text[i];
  for (gsize i = end; i < length; i++)
    hash = hash * 33 + text[i];
  return hash;
}

/*
 * lift_statement_free:
 * @self: (transfer full): a statement and its twins
 */
void
lift_statement_free (LiftStatement *self)
{
  while (self != NULL)
    {
      LiftStatement *twin = self->twin;

      sqlite3_finalize (self->handle);
      g_free (self->sql);
      g_free (self);
      self = twin;
    }
}

/* A parameter that does not exist, or a statement that still runs, is a fault of the caller. One
 * for which there was no memory would be null: the statement must not run. */
static void
check_bind (LiftStatement *self, int code)
{
  self->busy = TRUE;
  if (G_LIKELY (code == SQLITE_OK))
    return;
  self->failed = code;
  if (code != SQLITE_NOMEM && code != SQLITE_TOOBIG)
    g_critical ("Binding: %s in: %s", sqlite3_errstr (code), self->sql);
}

/**
 * lift_statement_bind_text:
 * @text: (nullable): copied
 */
void
lift_statement_bind_text (LiftStatement *self, int index, const char *text)
{
  check_bind (self, sqlite3_bind_text (self->handle, index + 1, text, -1, SQLITE_TRANSIENT));
}

/**
 * lift_statement_bind_int:
 * @value: a whole number; %LIFT_INT_NULL is null
 */
void
lift_statement_bind_int (LiftStatement *self, int index, gint64 value)
{
  check_bind (self, value == LIFT_INT_NULL ? sqlite3_bind_null (self->handle, index + 1)
                                           : sqlite3_bind_int64 (self->handle, index + 1, value));
}

/**
 * lift_statement_bind_double:
 * @value: a number; NaN is null
 */
void
lift_statement_bind_double (LiftStatement *self, int index, double value)
{
  check_bind (self, isnan (value) ? sqlite3_bind_null (self->handle, index + 1)
                                  : sqlite3_bind_double (self->handle, index + 1, value));
}

/**
 * lift_statement_bind_field:
 * @instance: an entity that has @field; must stay as it is until the statement has run
 *
 * Binds the value of a field, without a copy.
 */
void
lift_statement_bind_field (LiftStatement *self,
                           int index,
                           const LiftField *field,
                           gconstpointer instance)
{
  if (lift_field_is_text (field))
    check_bind (self, sqlite3_bind_text (self->handle, index + 1,
                                         lift_field_get_text (field, instance), -1, SQLITE_STATIC));
  else if (lift_field_is_double (field))
    lift_statement_bind_double (self, index, lift_field_get_double (field, instance));
  else
    lift_statement_bind_int (self, index, lift_field_get_int (field, instance));
}

/*
 * lift_statement_bind_valist:
 * @types: a letter a parameter
 */
void
lift_statement_bind_valist (LiftStatement *self, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        lift_statement_bind_text (self, i, va_arg (args, const char *));
        break;
      case 'i':
        lift_statement_bind_int (self, i, va_arg (args, gint64));
        break;
      case 'd':
        lift_statement_bind_double (self, i, va_arg (args, double));
        break;
      default:
        g_assert_not_reached ();
      }
}

/* A text for which there is no memory reads as null, which would be taken for its value. So all
 * are asked for while an error can still be told; they are kept for who reads them. */
static int
fetch_texts (LiftStatement *self)
{
  int n = sqlite3_data_count (self->handle);

  for (int i = 0; i < n; i++)
    if (sqlite3_column_type (self->handle, i) == SQLITE_TEXT &&
        sqlite3_column_text (self->handle, i) == NULL)
      return SQLITE_NOMEM;
  return SQLITE_ROW;
}

static int
run (LiftStatement *self)
{
  int code = self->failed;

  self->failed = SQLITE_OK;
  return code != SQLITE_OK ? code : sqlite3_step (self->handle);
}

static int
step (LiftStatement *self)
{
  int code = run (self);

  return code == SQLITE_ROW ? fetch_texts (self) : code;
}

static gboolean
advance (LiftStatement *self, int code, GError **error)
{
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    lift_database_fail (self->database, code, self->sql, error);
  lift_statement_reset (self);
  return FALSE;
}

/**
 * lift_statement_next:
 *
 * Goes to the next row.
 *
 * Returns: whether there is one; %FALSE also on an error, which is then set. At %FALSE the
 *   statement is reset
 */
gboolean
lift_statement_next (LiftStatement *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return advance (self, step (self), error);
}

/**
 * lift_statement_walk:
 *
 * As [method@Statement.next], for a loop that goes to the end: a text for which there was no memory
 * may read as null, and then the next call fails. That spares a look at each column of each row.
 *
 * Returns: whether there is a row
 */
gboolean
lift_statement_walk (LiftStatement *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return advance (self, run (self), error);
}

/**
 * lift_statement_reset:
 *
 * Ends a walk over rows early. What is bound stays bound.
 */
void
lift_statement_reset (LiftStatement *self)
{
  sqlite3_reset (self->handle);
  self->busy = FALSE;
}

/**
 * lift_statement_is_null:
 *
 * Returns: whether the column of the current row is null
 */
gboolean
lift_statement_is_null (LiftStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * lift_statement_get_text:
 *
 * Returns: (nullable) (transfer none): the column as text, good until the next row
 */
const char *
lift_statement_get_text (LiftStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * lift_statement_get_int:
 *
 * Returns: the column as a whole number, %LIFT_INT_NULL for null
 */
gint64
lift_statement_get_int (LiftStatement *self, int column)
{
  return lift_statement_is_null (self, column) ? LIFT_INT_NULL
                                               : sqlite3_column_int64 (self->handle, column);
}

/**
 * lift_statement_get_double:
 *
 * Returns: the column as a number, NaN for null
 */
double
lift_statement_get_double (LiftStatement *self, int column)
{
  return lift_statement_is_null (self, column) ? LIFT_NUMBER_NULL
                                               : sqlite3_column_double (self->handle, column);
}

/**
 * lift_statement_load_field:
 *
 * Gives the field of @instance the value of a column. Watchers are not told.
 */
void
lift_statement_load_field (LiftStatement *self,
                           int column,
                           const LiftField *field,
                           gpointer instance)
{
  if (lift_field_is_text (field))
    lift_field_set_text (field, instance, lift_statement_get_text (self, column));
  else if (lift_field_is_double (field))
    lift_field_set_double (field, instance, lift_statement_get_double (self, column));
  else
    lift_field_set_int (field, instance, lift_statement_get_int (self, column));
}
