/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

/* A discard that has to work. Returns the entry of the journal that takes it back. */
gint64 sync_discard_do (SyncFixture *self, gpointer entity);
/* One that must not, with an error that has @word in it, and without leaving a trace. */
void sync_discard_refuse (SyncFixture *self, gpointer entity, const char *word);
/* Restores an entry, and tries it a second time. */
void sync_discard_restore (SyncFixture *self, gint64 number);
GPtrArray *sync_discard_list_journal (SyncFixture *self);
gboolean sync_discard_is_there (SyncFixture *self, gpointer entity);
void sync_discard_assert_row (SyncFixture *self, gpointer entity, gboolean deleted, gboolean dirty);
void sync_discard_assert_failures (SyncFixture *self, guint count);
void sync_discard_sync_any (SyncFixture *self);
void sync_discard_assert_deleted (SyncFixture *self, gpointer entity, gboolean deleted);

G_END_DECLS
