/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-batch-private.h"
#include "lift-store-private.h"

G_BEGIN_DECLS

typedef struct _LiftRules LiftRules;

/* A commit on its way through the door. */
typedef struct
{
  LiftStoreWriter *writer;
  LiftRules *rules;
  LiftBatch *inverse;
  gint64 edit;
  gboolean has_failures;
} LiftDoor;

LiftRules *lift_rules_new (LiftDatabase *database);
void lift_rules_free (LiftRules *self);
void lift_rules_forget (LiftRules *self);
gboolean lift_rules_check (
  LiftRules *self, LiftEntity *row, LiftEntity *before, LiftFieldSet changed, GError **error);
gboolean lift_rules_check_writable (LiftEntity *row, GError **error);
gboolean lift_rules_check_return (LiftRules *self, LiftEntity *row, GError **error);
void lift_rules_add_row (LiftRules *self, LiftEntity *row);

LiftEntity *
lift_door_load (LiftDoor *self, const LiftEntityInfo *info, const char *id, GError **error);
gboolean lift_door_set_fault (const LiftEntityInfo *info,
                              LiftFaultCode code,
                              const char *field,
                              const char *text,
                              GError **error);
gboolean lift_door_forget_failure (LiftDoor *self,
                                   const LiftEntityInfo *info,
                                   const char *id,
                                   GError **error);
gboolean lift_door_delete (LiftDoor *self, LiftEntity *row, GError **error);
gboolean lift_door_restore (LiftDoor *self, LiftEntity *row, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftRules, lift_rules_free)

G_END_DECLS
