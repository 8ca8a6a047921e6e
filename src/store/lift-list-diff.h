/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-query-private.h"

G_BEGIN_DECLS

/* An answer of a query without its objects, which belong to the main thread: ids in their order,
 * and what tells whether a row has changed. Counts its references, is never changed. */
typedef struct _LiftListShape LiftListShape;

/* A row that was in the old answer too (@old is its index there), or a new one (@fresh), or the
 * new values of one that was there (both). */
typedef struct
{
  guint old;
  LiftEntity *fresh;
} LiftListItem;

/* How to get from one answer to the next. */
typedef struct
{
  LiftListShape *shape; /* of the next */
  guint head;           /* rows that stay at the beginning */
  guint removed;        /* rows to take out after those */
  GArray *middle;       /* LiftListItem: rows to put there instead */
  GArray *updates;      /* LiftListItem: rows that are kept and have new values */
} LiftListDiff;

LiftListShape *lift_list_shape_ref (LiftListShape *self);
void lift_list_shape_unref (LiftListShape *self);
const LiftEntityInfo *lift_list_shape_get_info (LiftListShape *self);

LiftListDiff *lift_list_diff_read (
  LiftDatabase *database, LiftQuery *query, LiftListShape *old, GPtrArray *stale, GError **error);
void lift_list_diff_free (LiftListDiff *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftListShape, lift_list_shape_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftListDiff, lift_list_diff_free)

G_END_DECLS
