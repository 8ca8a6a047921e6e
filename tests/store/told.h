/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* What a user was told is saved: of each plan whether it is, its last order, and whether it was
 * deleted. */
typedef struct
{
  LiftTrainingPlan *plans[3];
  gboolean saved[3];
  gint64 order[3];
  gboolean deleted[3];
  guint commits;
} Told;

void told_use_store (StoreFixture *fixture, Told *told);
gboolean told_check (StoreFixture *fixture, Told *told, gboolean exact);

G_END_DECLS
