/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ENTITY_LIST (lift_entity_list_get_type ())
G_DECLARE_FINAL_TYPE (LiftEntityList, lift_entity_list, LIFT, ENTITY_LIST, GObject)

/**
 * LiftEntityList:
 *
 * A [iface@Gio.ListModel] of the rows of a query that follows the store: after a commit that
 * touches its type it asks again, updates the objects of rows that the commit named, and splices
 * only the middle that changed. All but these two is done off the main thread, which so spends time
 * by what has changed, not by how long the list is. Every row that is shown has its object all the
 * while, so give a query of all sets of years a limit. Properties: `store`, `loading` (before
 * the first answer), `n-items`. Main thread only.
 */
LiftEntityList *lift_entity_list_new (LiftStore *store, LiftQuery *query);
void lift_entity_list_set_query (LiftEntityList *self, LiftQuery *query);
LiftEntity *lift_entity_list_find (LiftEntityList *self, const char *id);

G_END_DECLS
