/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-changes-private.h"
#include "lift-database.h"
#include "lift-query.h"

G_BEGIN_DECLS

typedef enum
{
  LIFT_TERM_COMPARE,
  LIFT_TERM_IN_QUERY,
  LIFT_TERM_IN_IDS,
} LiftTermKind;

/* One condition. The value lies in the member that fits the kind of the field. */
typedef struct
{
  LiftTermKind kind;
  const LiftField *field;
  LiftQueryOp op;
  char *text;
  gint64 whole;
  double number;
  LiftQuery *other;
  const LiftField *other_field;
} LiftTerm;

typedef struct
{
  const LiftField *field;
  gboolean descending;
} LiftOrder;

struct _LiftQuery
{
  gatomicrefcount refs;
  const LiftEntityInfo *info;
  LiftEntity *scratch; /* where values are scanned */
  GPtrArray *terms;    /* LiftTerm */
  GArray *orders;      /* LiftOrder */
  GPtrArray *faults;   /* LiftFault: values that do not fit their field */
  gboolean only_dirty;
  gboolean with_deleted;
  gboolean impossible;
  guint limit;
  guint offset;
  char *sql; /* made by the first who runs the query */
};

GPtrArray *lift_query_run (LiftQuery *self, LiftDatabase *database, GError **error);
GPtrArray *lift_query_run_ids (LiftQuery *self, LiftDatabase *database, GError **error);
gboolean lift_query_count (LiftQuery *self, LiftDatabase *database, gint64 *count, GError **error);
const char *lift_query_get_sql (LiftQuery *self);
gboolean lift_query_is_touched (LiftQuery *self, LiftChanges *changes);

G_END_DECLS
