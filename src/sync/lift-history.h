/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-answers.h"
#include "lift-entity.h"

G_BEGIN_DECLS

/*
 * LiftGap:
 * @epoch: the history that began then
 * @after: the last stamp that a restored copy of the server's data knew
 * @until: where the stamps of the new history begin
 *
 * Rows with a stamp after the one, and until the other, are of a history that the server has lost.
 */
typedef struct
{
  char *epoch;
  gint64 after;
  gint64 until;
} LiftGap;

/*
 * LiftHistory:
 * @is_named: the server names its history
 * @told: the rows here are of another history than the server's, and it says which it has forgotten
 * @was_named: the rows here are of a history with a name
 * @gaps: (element-type LiftGap): the stamps of what it has forgotten, in their order
 * @first: which of @gaps is the first that the rows here do not know of; -1 if that is not known
 * @scopes: (nullable): what the user may see, by the server's words; %NULL if it does not say
 *
 * What a server says of its past to one who pulls everything anew.
 */
typedef struct
{
  gboolean is_named;
  gboolean told;
  gboolean was_named;
  GArray *gaps;
  int first;
  JsonObject *scopes;
} LiftHistory;

/* Whose a row that the server does not have is to this user. */
typedef enum
{
  LIFT_OWNER_GONE,   /* nobody's that the user may see */
  LIFT_OWNER_OTHER,  /* to be seen, not written */
  LIFT_OWNER_WRITES, /* the user may make it again */
} LiftOwner;

void lift_history_read (LiftHistory *self, const LiftPullPage *first, const char *known);
void lift_history_clear (LiftHistory *self);
const LiftGap *lift_history_find_gap (const LiftHistory *self, LiftEntity *row);
LiftFieldSet lift_history_get_writable (const LiftHistory *self, LiftEntity *row);
LiftOwner lift_history_get_owner (const LiftHistory *self, LiftEntity *row);
gboolean lift_history_names_athlete (const LiftHistory *self, const char *athlete_id);

G_END_DECLS
