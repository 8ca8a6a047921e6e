/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-raw.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/* Not sqlite3_errmsg() alone: a failing limit is a fault of the benchmark, so it stops there. */
static void
check (sqlite3 *handle, int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errmsg (handle));
}

void
bench_raw_exec (sqlite3 *handle, const char *sql)
{
  check (handle, sqlite3_exec (handle, sql, NULL, NULL, NULL));
}

sqlite3 *
bench_raw_open (const char *path)
{
  sqlite3 *handle = NULL;

  check (handle,
         sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  bench_raw_exec (handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                          "PRAGMA cache_size = -16384");
  return handle;
}

void
bench_raw_close (sqlite3 *handle)
{
  check (handle, sqlite3_close (handle));
}

sqlite3_stmt *
bench_raw_prepare (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (handle, sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

/* Binds a parameter a letter: s text, i gint64, d double. Texts must stay as they are. */
void
bench_raw_bind (sqlite3_stmt *statement, const char *types, ...)
{
  va_list args;

  va_start (args, types);
  for (int i = 0; types[i] != '\0'; i++)
    if (types[i] == 's')
      sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_STATIC);
    else if (types[i] == 'i')
      sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
    else
      sqlite3_bind_double (statement, i + 1, va_arg (args, double));
  va_end (args);
}

/* Runs a statement that has no rows, and gets it ready for the next time. */
void
bench_raw_step (sqlite3_stmt *statement)
{
  check (sqlite3_db_handle (statement), sqlite3_step (statement));
  sqlite3_reset (statement);
}

gint64
bench_raw_get_int (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = bench_raw_prepare (handle, sql);
  gint64 value;

  check (handle, sqlite3_step (statement));
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static const char *const columns = "id, created_at, pending, athlete_id, exercise_session_id, "
                                   "set_number, actual_reps, actual_weight, actual_rpe, kind, "
                                   "completed_at";

/* A UUID of version 7, made as cheaply as can be. */
static void
make_uuid (char text[37])
{
  static const char hex[] = "0123456789abcdef";
  guint64 ms = g_get_real_time () / 1000;
  guint8 b[16];
  char *out = text;

  if (getrandom (b, sizeof b, 0) != sizeof b)
    g_error ("No randomness");
  for (guint i = 0; i < 6; i++)
    b[i] = ms >> (8 * (5 - i));
  b[6] = 0x70 | (b[6] & 0x0f);
  b[8] = 0x80 | (b[8] & 0x3f);
  for (guint i = 0; i < sizeof b; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = hex[b[i] >> 4];
      *out++ = hex[b[i] & 15];
    }
  *out = '\0';
}

static void
insert_set (sqlite3_stmt *statement, guint n)
{
  gint64 now = g_get_real_time ();
  char id[37];

  make_uuid (id);
  sqlite3_bind_text (statement, 1, id, 36, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, now);
  sqlite3_bind_int64 (statement, 6, 1 + n % 5);
  sqlite3_bind_int64 (statement, 7, 3 + n % 6);
  sqlite3_bind_double (statement, 8, 60 + 2.5 * (n % 40));
  sqlite3_bind_double (statement, 9, 7 + 0.5 * (n % 5));
  sqlite3_bind_int64 (statement, 11, now);
  bench_raw_step (statement);
}

/* The same rows that the store makes, in one durable transaction. */
void
bench_raw_insert_sets (sqlite3 *handle, const char *athlete, const char *exercise_session, guint n)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO set_session (%s) VALUES "
                                          "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                          columns);
  sqlite3_stmt *statement = bench_raw_prepare (handle, sql);

  sqlite3_bind_text (statement, 3, "{\"*\":1}", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, athlete, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, exercise_session, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 10, "working", -1, SQLITE_STATIC);
  bench_raw_exec (handle, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n; i++)
    insert_set (statement, i);
  bench_raw_exec (handle, "COMMIT");
  sqlite3_finalize (statement);
}

static void
read_column (sqlite3_stmt *statement, int column, gint64 *sum)
{
  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_TEXT:
      *sum += strlen ((const char *) sqlite3_column_text (statement, column));
      break;
    case SQLITE_INTEGER:
      *sum += sqlite3_column_int64 (statement, column);
      break;
    case SQLITE_FLOAT:
      *sum += (gint64) sqlite3_column_double (statement, column);
      break;
    default:
      break;
    }
}

/* Steps through a query and looks at each column. Returns how many rows there were. */
guint
bench_raw_read_rows (sqlite3_stmt *statement)
{
  static volatile gint64 sink;
  int n_columns = sqlite3_column_count (statement);
  gint64 sum = 0;
  guint n = 0;

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < n_columns; i++)
        read_column (statement, i, &sum);
      n++;
    }
  sqlite3_reset (statement);
  sink = sum;
  (void) sink;
  return n;
}
