/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TEST_COMMENT (lift_test_comment_get_type ())
LIFT_DECLARE_ENTITY (LiftTestComment, lift_test_comment, TEST_COMMENT)

/**
 * LiftTestComment:
 *
 * An entity that the program does not have, as a proof of how little a new one takes.
 */
struct _LiftTestComment
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *training_plan_id;
  char *text;
  gint64 stars;
};

/* The migration of it: what a file in src/store/migrations would hold. */
#define LIFT_TEST_COMMENT_SQL \
  "CREATE TABLE comment (id TEXT PRIMARY KEY NOT NULL, created_at INTEGER, updated_at INTEGER, " \
  "version INTEGER, deleted_at INTEGER, created_by TEXT, updated_by TEXT, last_synced_at INTEGER, " \
  "pending TEXT, base TEXT, held TEXT, extra TEXT, athlete_id TEXT, training_plan_id TEXT, text TEXT, " \
  "stars INTEGER) STRICT;" \
  "CREATE INDEX comment_pending ON comment (id) WHERE pending IS NOT NULL;" \
  "CREATE INDEX comment_updated ON comment (updated_at);" \
  "CREATE INDEX comment_athlete ON comment (athlete_id);" \
  "CREATE INDEX comment_training_plan ON comment (training_plan_id);"

G_END_DECLS
