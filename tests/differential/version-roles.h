/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A program of some version, in a process of its own, as the types that are known belong to one:
 * `now` as it is built, `next` with a type more, `before` with a column less. */

/* Serves the database in @folder until standard input ends; prints its port. */
int version_serve (const char *version, const char *folder);
/* Does what @words say on the store of @name, and prints what came of it. */
int version_use (
  const char *version, const char *folder, const char *name, const char *port, char **words);

G_END_DECLS
