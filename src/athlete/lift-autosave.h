/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftAutosave:
 *
 * Saves what is being typed a moment after the last key, or at once when it is asked to: the
 * shortest time that does not make a write of every key.
 */
typedef struct _LiftAutosave LiftAutosave;

/* Writes what stands in the fields now, if it is anything new. */
typedef void (*LiftAutosaveFunc) (gpointer user_data);

LiftAutosave *lift_autosave_new (LiftAutosaveFunc func, gpointer user_data);
void lift_autosave_free (LiftAutosave *self);
void lift_autosave_touch (LiftAutosave *self);
void lift_autosave_forget (LiftAutosave *self);
void lift_autosave_flush (LiftAutosave *self);
gboolean lift_autosave_is_waiting (LiftAutosave *self);

G_END_DECLS
