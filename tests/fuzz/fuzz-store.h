/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fuzz.h"

#include "lift-api.h"
#include "lift-outbox.h"
#include "lift-page.h"

G_BEGIN_DECLS

/*
 * The store of a device in memory, with rows of every standing: clean, edited, new, under way,
 * edited since, deleted, refused, parked. It is made once; what an input does to it is rolled back.
 */

/* 2026-03-01 12:00 UTC */
#define FUZZ_NOW G_GINT64_CONSTANT (1772366400000000)

/* What is in the way of an answer to the client. */
LiftApi *fuzz_store_get_api (void);
void fuzz_store_set_answer (guint status, const char *content_type, const char *text);

/* The same rows in a file. */
void fuzz_store_make_file (const char *path);

/* Runs @func in a transaction that is then rolled back. */
void fuzz_store_try (LiftStoreWriteFunc func, gpointer data);

/* What a store knew of its rows: `Type/id` to LiftEntity. */
GHashTable *fuzz_store_list_rows (LiftStoreWriter *writer);
GPtrArray *fuzz_store_list_flights (LiftStoreWriter *writer);
gint64
fuzz_store_count (LiftStoreWriter *writer, const char *sql, const char *type, const char *id);
void fuzz_store_check (LiftStoreWriter *writer);

G_END_DECLS
