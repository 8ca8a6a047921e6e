/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "lift-database.h"

G_BEGIN_DECLS

struct _LiftDatabase
{
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL text → LiftStatement, the first of those with that text */
};

struct _LiftStatement
{
  LiftDatabase *database;
  sqlite3_stmt *handle;
  char *sql;
  gboolean busy;       /* handed out, and neither run to its end nor reset */
  int failed;          /* the code of a parameter that could not be bound; running it fails so */
  LiftStatement *twin; /* the same text once more, for use inside a loop over itself */
};

gboolean lift_database_fail (LiftDatabase *self, int code, const char *sql, GError **error);
void lift_database_set_error (const char *path, int code, int system_error, GError **error);
int lift_database_find_obstacle (const char *path);
guint lift_statement_hash (gconstpointer sql);
void lift_statement_free (LiftStatement *self);
void lift_statement_bind_valist (LiftStatement *self, const char *types, va_list args);

G_END_DECLS
