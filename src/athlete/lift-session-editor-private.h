/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-session-editor.h"

G_BEGIN_DECLS

struct _LiftSessionEditor
{
  GObject parent_instance;

  LiftStore *store;
  LiftUndo *undo;
  char *athlete_id;
  guint n_writes;
};

/* @done: (nullable): a string that stays */
void lift_session_editor_commit (LiftSessionEditor *self, LiftBatch *batch, const char *done);

G_END_DECLS
