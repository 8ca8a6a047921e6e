/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

/**
 * LiftQueryOp:
 *
 * How a field is compared. A null never matches but with @LIFT_QUERY_IS_NULL.
 */
typedef enum
{
  LIFT_QUERY_EQUAL,
  LIFT_QUERY_NOT_EQUAL,
  LIFT_QUERY_LESS,
  LIFT_QUERY_AT_MOST,
  LIFT_QUERY_MORE,
  LIFT_QUERY_AT_LEAST,
  LIFT_QUERY_IS_NULL,
  LIFT_QUERY_NOT_NULL,
} LiftQueryOp;

/**
 * LiftQuery:
 *
 * What to read of one entity type: conditions (all must hold), order and limit. Tombstones are
 * left out unless asked for. Made by one thread, then only read.
 */
typedef struct _LiftQuery LiftQuery;

LiftQuery *lift_query_new (GType gtype);
LiftQuery *lift_query_ref (LiftQuery *self);
void lift_query_unref (LiftQuery *self);
const LiftEntityInfo *lift_query_get_info (LiftQuery *self);

void lift_query_where (LiftQuery *self, const char *key, LiftQueryOp op, const char *value);
void
lift_query_where_in (LiftQuery *self, const char *key, LiftQuery *other, const char *other_key);
void lift_query_where_ids (LiftQuery *self, const char *key, const char *const *ids);
void lift_query_only_dirty (LiftQuery *self);
void lift_query_with_deleted (LiftQuery *self);
void lift_query_order_by (LiftQuery *self, const char *key, gboolean descending);
void lift_query_limit (LiftQuery *self, guint limit, guint offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftQuery, lift_query_unref)

G_END_DECLS
