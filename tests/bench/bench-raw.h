/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The limit: plain C over SQLite, with the same settings, columns and indexes as the store's. */
sqlite3 *bench_raw_open (const char *path);
void bench_raw_close (sqlite3 *handle);
void bench_raw_exec (sqlite3 *handle, const char *sql);
sqlite3_stmt *bench_raw_prepare (sqlite3 *handle, const char *sql);
void bench_raw_bind (sqlite3_stmt *statement, const char *types, ...);
void bench_raw_step (sqlite3_stmt *statement);
gint64 bench_raw_get_int (sqlite3 *handle, const char *sql);
void
bench_raw_insert_sets (sqlite3 *handle, const char *athlete, const char *exercise_session, guint n);
guint bench_raw_read_rows (sqlite3_stmt *statement);

G_END_DECLS
