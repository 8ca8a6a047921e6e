/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What several computers do one after the other; made from a seed before anything runs, so that it
 * can be run again on another server, or with other pages. */

#define TRACE_DEVICES 4

typedef enum
{
  TRACE_ADD,
  TRACE_EDIT,
  TRACE_DELETE,
  TRACE_RESTORE,
  TRACE_SYNC,
} TraceKind;

/**
 * TraceStep:
 * @device: who does it
 * @type: of the row, an index of trace_get_type()
 * @row: which of the rows that were added
 * @count: how many are added, from @row on
 * @field: which of the row's texts is changed
 * @value: to what
 */
typedef struct
{
  TraceKind kind;
  guint device;
  guint type;
  guint row;
  guint count;
  guint field;
  guint value;
} TraceStep;

GArray *trace_new (guint32 seed, guint n_steps);
char *trace_make_id (guint32 seed, guint type, guint row);

G_END_DECLS
