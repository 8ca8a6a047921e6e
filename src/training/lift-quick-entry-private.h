/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-quick-entry.h"

G_BEGIN_DECLS

/* The state of reading a cell. `item` is where the item in hand begins, which an error is about;
 * `group` is filled by targets as they come; `is_parted` says that a comma stood behind it. */
typedef struct
{
  const char *text;
  const char *p;
  const char *item;
  const char *unit;
  LiftQuickEntry *entry;
  LiftPrescription *group;
  gboolean has_kind;
  gboolean is_parted;
  LiftTextSpan *span;
  GError **error;
} LiftEntryParser;

/* What fails gives FALSE, with the error and its place set. */
gboolean lift_entry_parser_fail_syntax (LiftEntryParser *self, const char *reason);
gboolean lift_entry_parser_fail_range (LiftEntryParser *self, const char *reason);
gboolean lift_entry_parser_fail_conflict (LiftEntryParser *self, const char *reason);
gboolean lift_entry_parser_fail_unknown (LiftEntryParser *self);
gboolean lift_entry_parser_begin_group (LiftEntryParser *self);
gboolean lift_entry_parser_need_group (LiftEntryParser *self);
gboolean lift_entry_parser_set_duration (LiftEntryParser *self, double seconds);
gboolean lift_entry_parser_set_distance (LiftEntryParser *self, double metres);
gboolean lift_entry_parser_set_load (LiftEntryParser *self, double value, const char *unit);
gboolean lift_entry_parser_set_percent (LiftEntryParser *self, double value);
gboolean lift_entry_parser_set_effort (LiftEntryParser *self, double value, gboolean is_rpe);
gboolean lift_entry_parser_set_rest (LiftEntryParser *self, double seconds);
gboolean lift_entry_parser_set_tempo (LiftEntryParser *self, char *tempo);
gboolean lift_entry_parser_set_side (LiftEntryParser *self, const char *side);
gboolean lift_entry_parser_set_optional (LiftEntryParser *self);

G_END_DECLS
