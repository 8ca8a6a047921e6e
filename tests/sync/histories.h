/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "converge-world.h"
#include "lift-entities.h"

G_BEGIN_DECLS

/* The parts of a history of one row: who does what when, and what must come of it. */

#define MAX_CHAIN 3
/* The row that the history is about, and the one that is added with another id. */
#define N_SLOTS 2

/*
 * Subject:
 * @types: a row, the one that is a part of it, and so on; ended by %NULL
 * @at: which of them the history is about; those above are there before it begins
 * @second: a field besides `notes`
 */
typedef struct
{
  const char *name;
  GType (*types[MAX_CHAIN + 1]) (void);
  guint at;
  const char *second;
} Subject;

/*
 * Typed:
 *
 * What somebody did to one row between two syncs. Values are texts, %NULL for what was not typed.
 */
typedef struct
{
  gboolean added;
  gboolean touched;
  gboolean deleted;
  gboolean parent_deleted;
  char *notes;
  char *second;
} Typed;

typedef struct
{
  Typed slots[N_SLOTS];
} Phase;

/*
 * Stage:
 * @ids: by slot and place in the chain; %NULL where nothing was added
 *
 * Devices and the rows that they have in common.
 */
typedef struct
{
  World *world;
  const Subject *subject;
  char *ids[N_SLOTS][MAX_CHAIN];
  guint counter;
} Stage;

void stage_init (Stage *self, const Subject *subject, void (*during) (gpointer device));
void stage_clear (Stage *self);
void stage_close_world (void);
const LiftEntityInfo *stage_get_info (Stage *self, guint place);
LiftEntity *stage_load (Stage *self, Device *device, guint slot, guint place);
/* The values of the row that the history is about, as texts. */
char *stage_dup_value (Stage *self, Device *device, guint slot, const char *key);

void stage_add (Stage *self, Device *device, guint slot, Phase *phase);
/* A row that is deleted is restored first, as a user has to. */
void stage_edit (Stage *self, Device *device, guint slot, const char *key, Phase *phase);
void stage_delete (Stage *self, Device *device, guint slot, Phase *phase);
void stage_delete_parent (Stage *self, Device *device, Phase *phase);
void stage_restore (Stage *self, Device *device, guint slot, Phase *phase);

void phase_clear (Phase *phase);

/*
 * Expected:
 * @conflict: (nullable): the other's value of `notes` that the device finds in its journal
 *
 * What the server holds after some phases, by the rules of PROTOCOL.md alone.
 */
typedef struct
{
  gboolean exists;
  gboolean deleted;
  gint64 version;
  const char *notes;
  const char *second;
} Expected;

void expected_apply (Expected *self, const Typed *typed);

G_END_DECLS
