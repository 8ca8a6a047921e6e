/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SimFiber:
 *
 * Code on a thread of its own that runs only while whoever made it waits, and waits while that one
 * runs: threads in an order that a seed decides.
 */
typedef struct _SimFiber SimFiber;

SimFiber *sim_fiber_new (void (*func) (gpointer data), gpointer data);
/* Runs on until it pauses. Returns: whether there is more */
gboolean sim_fiber_resume (SimFiber *self);
void sim_fiber_free (SimFiber *self);
/* Hands over to whoever resumed the calling fiber; nothing outside of one. */
void sim_fiber_pause (void);

G_END_DECLS
