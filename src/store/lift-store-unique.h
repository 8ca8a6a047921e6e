/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"
#include "lift-exercise.h"

G_BEGIN_DECLS

/* The names of exercises by owner, as far as a commit has asked for them. */
typedef struct _LiftNames LiftNames;

LiftNames *lift_names_new (LiftDatabase *database);
void lift_names_free (LiftNames *self);
void lift_names_forget (LiftNames *self);
gboolean lift_names_check (
  LiftNames *self, LiftExercise *row, LiftFieldSet changed, GPtrArray *faults, GError **error);
void lift_names_add (LiftNames *self, LiftExercise *row);

gboolean lift_unique_check (
  LiftDatabase *database, LiftEntity *row, LiftFieldSet changed, GPtrArray *faults, GError **error);

G_END_DECLS
