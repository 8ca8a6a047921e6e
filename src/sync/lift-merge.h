/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

/*
 * LiftWireRow:
 * @entity: the values that came; fields that did not are at their fallback
 * @seen: the fields that came
 *
 * A row as the server sent it.
 */
typedef struct
{
  LiftEntity *entity;
  LiftFieldSet seen;
} LiftWireRow;

/*
 * LiftSentRow:
 * @sent: what was pending when it was sent
 * @entity: the row as it was sent
 *
 * A row that is under way: sent, and not answered yet.
 */
typedef struct
{
  JsonObject *sent;
  LiftEntity *entity;
} LiftSentRow;

/*
 * LiftLoss:
 * @mine: the value that stays, as JSON
 * @theirs: the server's value that it hides, as JSON
 * @by: (nullable): who wrote it
 *
 * A value for the conflict journal.
 */
typedef struct
{
  const LiftField *field;
  char *mine;
  char *theirs;
  char *by;
  gint64 version;
} LiftLoss;

LiftWireRow *lift_wire_row_read (const LiftEntityInfo *info, JsonObject *object, GPtrArray *faults);
void lift_wire_row_free (LiftWireRow *self);
LiftSentRow *lift_sent_row_read (const LiftEntityInfo *info, const char *sent, const char *body);
void lift_sent_row_free (LiftSentRow *self);
GPtrArray *lift_loss_list_new (void);
void lift_loss_list_add_yielded (GPtrArray *losses,
                                 LiftEntity *local,
                                 LiftEntity *server,
                                 LiftFieldSet fields);

LiftEntity *lift_merge (LiftEntity *local,
                        const LiftWireRow *server,
                        const LiftSentRow *sent,
                        gint64 now,
                        GPtrArray *losses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftWireRow, lift_wire_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftSentRow, lift_sent_row_free)

G_END_DECLS
