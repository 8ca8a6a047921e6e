/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

/* What a user was told is saved, field by field. What was begun and not confirmed may be there or
 * not: the disk may have taken it, and only its word for that was missing. Errors and findings
 * are lines of text, so that one run can report them all. */

typedef struct _FaultLedger FaultLedger;

FaultLedger *fault_ledger_new (void);
void fault_ledger_free (FaultLedger *self);
/* @key: a wire key; "deletedAt" with the values "yes" and "no" */
void fault_ledger_try (
  FaultLedger *self, const char *type, const char *id, const char *key, const char *value);
void fault_ledger_confirm (
  FaultLedger *self, const char *type, const char *id, const char *key, const char *value);
guint fault_ledger_get_confirmed (FaultLedger *self);
/* Returns: (nullable): what is not in the store, nor in its journal of conflicts */
char *fault_ledger_check (FaultLedger *self, LiftStore *store);
char *fault_ledger_print_field (LiftEntity *row, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultLedger, fault_ledger_free)

G_END_DECLS
