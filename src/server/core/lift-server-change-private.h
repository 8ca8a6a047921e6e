/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-private.h"

G_BEGIN_DECLS

/* One row of a push on its way into the database. */
typedef struct
{
  LiftServerMerge *merge;
  LiftServerItem *item;
  LiftServerRow *before; /* the row as it is, NULL for a new one */
  LiftServerRow *row;    /* as it is going to be */
  LiftEntity *incoming;  /* what the client sent */
  LiftServerRow *parent;
  LiftFieldSet named;   /* what the client says that it changes */
  LiftFieldSet fields;  /* what is written of it */
  gboolean is_explicit; /* there were changedFields */
} LiftServerChange;

void lift_server_change_clear (LiftServerChange *change);
gboolean lift_server_change_is_fine (LiftServerChange *change);
void lift_server_change_add_fault (LiftServerChange *change, const char *key, LiftFaultCode code);
LiftFieldSet lift_server_change_bit (LiftServerChange *change, const char *key);
void lift_server_change_read (LiftServerChange *change);
void lift_server_change_make_row (LiftServerChange *change);
void lift_server_change_place (LiftServerChange *change);

gboolean lift_server_change_note_deletion (LiftServerChange *change, GError **error);
gboolean lift_server_change_continues_deletion (LiftServerChange *change,
                                                LiftServerRow *parent,
                                                gboolean *continues,
                                                GError **error);
gboolean lift_server_change_delete_again (LiftServerChange *change, GError **error);
gboolean lift_server_change_is_beaten (LiftServerChange *change, gboolean *beaten, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiftServerChange, lift_server_change_clear)

G_END_DECLS
