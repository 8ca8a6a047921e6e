/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-private.h"
#include "sim-world.h"

G_BEGIN_DECLS

/*
 * All that can be looked at when nothing moves any more. Values are compared whole: each was
 * written once.
 */
typedef struct
{
  SimWorld *world;
  GHashTable *server;  /* `Type/id` → LiftServerRow */
  GHashTable *waiting; /* values that wait for their user, and `Type/id` of their rows */
  GHashTable *history; /* values that were replaced, and can be had from the server or a journal */
  GHashTable *aside;   /* values that a journal can bring back with their row, and `Type/id` */
} SimEnd;

SimEnd *sim_end_new (SimWorld *world);
void sim_end_free (SimEnd *self);
void sim_end_read_type (SimDevice *device, GType type, GHashTable *rows);
/* Returns: all rows of an open device, `Type/id` → LiftEntity. */
GHashTable *sim_end_read_device (SimDevice *device);
void sim_end_add_waiting (SimEnd *self, LiftEntity *row);
/* @rows: those of the device */
void sim_end_add_journal (SimEnd *self, SimDevice *device, GHashTable *rows);

/* sim-check-values.c */
/* What the users wrote, and what has become of it. */
void sim_check_values (SimEnd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimEnd, sim_end_free)

G_END_DECLS
