/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

/* In the pending set of a row that the server has never confirmed: the whole of it is pending. */
#define LIFT_EDITS_NEW "*"
/* Beside that: the server had confirmed the row once, and has forgotten it. Others may give it back
 * too, so it makes the row, and changes none. */
#define LIFT_EDITS_AGAIN "+"

JsonObject *lift_edits_parse (const char *text);
char *lift_edits_print (JsonObject *pending);
gboolean lift_edits_is_new (JsonObject *pending);
gboolean lift_edits_is_again (JsonObject *pending);
void lift_edits_take_as_known (JsonObject *pending);
gboolean lift_edits_is_empty (JsonObject *pending);
LiftFieldSet lift_edits_get_fields (JsonObject *pending, const LiftEntityInfo *info);
void
lift_edits_add (JsonObject *pending, const LiftEntityInfo *info, LiftFieldSet fields, gint64 edit);
void lift_edits_acknowledge (JsonObject *pending,
                             JsonObject *sent,
                             LiftEntity *local,
                             LiftEntity *sent_row);

G_END_DECLS
