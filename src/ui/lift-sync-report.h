/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-item.h"

G_BEGIN_DECLS

/**
 * LiftSyncView:
 * @unit: in what loads are shown
 * @user: (nullable): id of the User who reads it
 * @places: (array zero-terminated=1): the types of wholes that the program can show to be edited
 * @limits: how many entries of each section are wanted
 *
 * For whom a report is made.
 */
typedef struct
{
  const char *unit;
  const char *user;
  const char *const *places;
  guint limits[LIFT_SYNC_N_SECTIONS];
} LiftSyncView;

/**
 * LiftSyncReport:
 * @items: (element-type LiftSyncItem): for each section, as many as were asked for
 * @totals: how many there are
 *
 * What there is to say about the sync of a store, at one moment.
 */
typedef struct
{
  GPtrArray *items[LIFT_SYNC_N_SECTIONS];
  guint totals[LIFT_SYNC_N_SECTIONS];
} LiftSyncReport;

LiftSyncReport *lift_sync_report_read (LiftStore *store, const LiftSyncView *view, GError **error);
void lift_sync_report_free (LiftSyncReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftSyncReport, lift_sync_report_free)

G_END_DECLS
