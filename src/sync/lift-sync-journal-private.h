/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"
#include "lift-store-writer.h"
#include "lift-sync-journal.h"

G_BEGIN_DECLS

gint64 lift_journal_get_int (LiftStatement *statement, int column);
GPtrArray *lift_journal_list_waiting (LiftDatabase *database, gboolean only_failed, GError **error);
GPtrArray *lift_journal_list_open (LiftDatabase *database, gint64 number, GError **error);
char *lift_journal_dup_title (LiftDatabase *database, LiftEntity *row, LiftDayPrinter print_day);
gboolean lift_journal_set_no_entry (gint64 number, GError **error);
gboolean
lift_journal_close (LiftStoreWriter *writer, gint64 number, const char *column, GError **error);

G_END_DECLS
