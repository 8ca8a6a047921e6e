/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-autosave.h"

#define WAIT_MS 400

struct _LiftAutosave
{
  LiftAutosaveFunc func;
  gpointer user_data;
  guint source_id;
};

static gboolean
timeout_cb (gpointer user_data)
{
  LiftAutosave *self = user_data;

  self->source_id = 0;
  self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * lift_autosave_new:
 * @func: saves
 *
 * Returns: (transfer full): one that waits for the first key
 */
LiftAutosave *
lift_autosave_new (LiftAutosaveFunc func, gpointer user_data)
{
  LiftAutosave *self = g_new0 (LiftAutosave, 1);

  self->func = func;
  self->user_data = user_data;
  return self;
}

/**
 * lift_autosave_free:
 *
 * Saves no more; flush before where that matters.
 */
void
lift_autosave_free (LiftAutosave *self)
{
  lift_autosave_forget (self);
  g_free (self);
}

/**
 * lift_autosave_touch:
 *
 * A key was typed.
 */
void
lift_autosave_touch (LiftAutosave *self)
{
  lift_autosave_forget (self);
  self->source_id = g_timeout_add (WAIT_MS, timeout_cb, self);
}

/**
 * lift_autosave_forget:
 *
 * What was typed has been saved in another way.
 */
void
lift_autosave_forget (LiftAutosave *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
}

/**
 * lift_autosave_flush:
 *
 * Saves now what waits, if anything does.
 */
void
lift_autosave_flush (LiftAutosave *self)
{
  if (self->source_id == 0)
    return;
  lift_autosave_forget (self);
  self->func (self->user_data);
}

/**
 * lift_autosave_is_waiting:
 *
 * Returns: whether something was typed that is not saved yet
 */
gboolean
lift_autosave_is_waiting (LiftAutosave *self)
{
  return self->source_id != 0;
}
