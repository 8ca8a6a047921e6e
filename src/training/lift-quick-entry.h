/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-prescription.h"
#include "lift-step.h"

G_BEGIN_DECLS

/**
 * LiftQuickEntryKind:
 * @LIFT_QUICK_ENTRY_EMPTY: nothing was typed
 * @LIFT_QUICK_ENTRY_SETS: the sets of the cell, one prescription a group: `w 2x5 60, 3x5 100 @8`
 * @LIFT_QUICK_ENTRY_CHANGE: one prescription without sets, to be given to the sets that are there
 *   with [method@Prescription.apply]: `102.5`, `@8`, `100 lb`
 * @LIFT_QUICK_ENTRY_STEP: a relative change, in `step`: `+2.5`
 * @LIFT_QUICK_ENTRY_SKIP: `x`: this cell is left out
 */
typedef enum
{
  LIFT_QUICK_ENTRY_EMPTY,
  LIFT_QUICK_ENTRY_SETS,
  LIFT_QUICK_ENTRY_CHANGE,
  LIFT_QUICK_ENTRY_STEP,
  LIFT_QUICK_ENTRY_SKIP,
} LiftQuickEntryKind;

/**
 * LiftQuickEntry:
 * @groups: (element-type LiftPrescription): owned; empty unless sets or a change
 *
 * What a cell of the plan grid says.
 */
typedef struct
{
  LiftQuickEntryKind kind;
  GPtrArray *groups;
  LiftStep step;
} LiftQuickEntry;

/**
 * LiftTextSpan:
 *
 * The part of a text that an error is about, in bytes from its beginning; `end` lies behind it.
 */
typedef struct
{
  gsize start;
  gsize end;
} LiftTextSpan;

LiftQuickEntry *lift_quick_entry_new (void);
LiftQuickEntry *lift_quick_entry_parse (const char *text,
                                        const char *default_unit,
                                        LiftTextSpan *span,
                                        GError **error);
void lift_quick_entry_append (LiftQuickEntry *self, const LiftPrescription *prescription);
char *lift_quick_entry_print (const LiftQuickEntry *self, const char *default_unit);
char *lift_quick_entry_describe (const LiftQuickEntry *self);
void lift_quick_entry_free (LiftQuickEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftQuickEntry, lift_quick_entry_free)

G_END_DECLS
