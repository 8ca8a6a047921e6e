/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "histories.h"

G_BEGIN_DECLS

/* What may happen to a row, and which of the many combinations are tried. */

/*
 * History:
 * @steps: a add, e edit, d delete, r restore, n add with another id. What does not begin with an
 *   add is the history of a row that everybody has.
 */
typedef struct
{
  const char *name;
  const char *steps;
} History;

/* The way that the sync takes. */
typedef enum
{
  WAY_PLAIN,
  WAY_RESYNC,
  WAY_RESYNC_AFTER,
  WAY_LOST,
  WAY_LOST_RESYNC,
  N_WAYS,
} Way;

/* What the user does after the row was collected: before the server has it, or after. */
typedef enum
{
  DURING_NONE,
  DURING_EDIT_THERE,
  DURING_EDIT_BACK,
  DURING_DELETE_THERE,
  DURING_DELETE_BACK,
  DURING_RESTORE_BACK,
  N_DURINGS,
} During;

/* What somebody else does: before the device syncs, between its pull and its push, or once the
 * server has what the device sent. */
typedef enum
{
  OTHER_NONE,
  OTHER_EDIT,
  OTHER_EDIT_ELSEWHERE,
  OTHER_DELETE,
  OTHER_DELETE_PARENT,
  OTHER_EDIT_MEANWHILE,
  OTHER_EDIT_ELSEWHERE_MEANWHILE,
  OTHER_DELETE_MEANWHILE,
  OTHER_EDIT_THEN,
  OTHER_EDIT_ELSEWHERE_THEN,
  OTHER_DELETE_THEN,
  N_OTHERS,
} Other;

/*
 * Case:
 * @phone: the other device is of the same user
 */
typedef struct
{
  const Subject *subject;
  const History *history;
  Way way;
  During during;
  Other other;
  gboolean phone;
} Case;

/*
 * Moment:
 * @MOMENT_FIRST: before the device syncs
 * @MOMENT_THERE: when its push is on the way
 * @MOMENT_BACK: when the answer is
 */
typedef enum
{
  MOMENT_NEVER,
  MOMENT_FIRST,
  MOMENT_THERE,
  MOMENT_BACK,
} Moment;

Moment case_get_moment (const Case *scene);
gboolean case_is_lost (const Case *scene);
gboolean case_begins_with_add (const Case *scene);
guint case_get_last_slot (const Case *scene);
void case_add_all (GTestDataFunc test);

G_END_DECLS
