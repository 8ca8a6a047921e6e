/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-api.h"
#include "lift-sync-journal.h"
#include "lift-sync-manager.h"
#include "lift-test-server.h"
#include "store-fixture.h"

G_BEGIN_DECLS

#define SYNC_DEVICE "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"
#define SYNC_REFUSAL \
  "[{\"field\":\"weight\",\"code\":\"OUT_OF_RANGE\",\"message\":\"Weight must be right\"}]"

/* A store, a server in memory, and what syncs them. */
typedef struct
{
  StoreFixture base;
  LiftTestServer *server;
  LiftApi *api;
  LiftSyncManager *manager;
} SyncFixture;

#define SYNC_TEST(path, func) \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)

void sync_fixture_set_up (SyncFixture *self, gconstpointer data);
void sync_fixture_tear_down (SyncFixture *self, gconstpointer data);
/* As after a crash: other objects on the same file. */
void sync_fixture_reopen (SyncFixture *self);

LiftSyncResult *sync_fixture_sync (SyncFixture *self);
void sync_fixture_sync_well (SyncFixture *self);
void sync_fixture_sync_fails (SyncFixture *self, LiftRemoteError code);

LiftBodyWeightEntry *sync_fixture_add_entry (SyncFixture *self, double weight);
void sync_fixture_set_weight (SyncFixture *self, LiftBodyWeightEntry *entry, double weight);
void sync_fixture_set_notes (SyncFixture *self, LiftBodyWeightEntry *entry, const char *notes);
void sync_fixture_edit (SyncFixture *self, const char *id, const char *key, const char *text);
LiftBodyWeightEntry *sync_fixture_load (SyncFixture *self, const char *id);
/* What another device writes: @members as `"weight":80`, on a row that is there or not. */
void sync_fixture_put (SyncFixture *self, const char *id, const char *members);
LiftStoreStatus sync_fixture_get_status (SyncFixture *self);
LiftFailedRow *sync_fixture_get_failed (SyncFixture *self);
void sync_fixture_assert_clean (SyncFixture *self, const char *id);
void sync_fixture_assert_pending (SyncFixture *self, const char *id, const char *key);
/* That one row was refused @count times, and waits @seconds, or for the user where that is -1. */
void sync_fixture_assert_waits (SyncFixture *self, guint count, gint64 seconds);
guint sync_fixture_count_pushes (SyncFixture *self);
double sync_fixture_get_server_weight (SyncFixture *self, const char *id);

G_END_DECLS
