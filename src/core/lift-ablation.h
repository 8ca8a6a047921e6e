/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Safeguards that the simulation can take out, to see that it notices. Programs are compiled
 * without any of this: only tests/simulation defines LIFT_ABLATION, for a library of its own.
 */
#define LIFT_ABLATIONS(X) \
  X (ACK_BLIND, "ack-blind", "an answer clears the row, whatever was edited since") \
  X (ACK_ROW, "ack-row", "an answer clears all of the row or, if it was edited since, nothing") \
  X (FIELD_MERGE, "field-merge", "whole rows are pushed, without changedFields") \
  X (STORED_BATCH, "stored-batch", "what is under way is numbered anew after a failure") \
  X (REPEATS, "repeats", "the server applies a number again") \
  X (REPEAT_AS_NOW, "repeat-as-now", "a repeat is answered with the first answer") \
  X (UNIQUE_POSITIONS, "unique-positions", "a page that was cut goes on behind its push") \
  X (COMMIT_ORDER, "commit-order", "positions are given out before the commit") \
  X (CURSOR_WITH_PAGE, "cursor-with-page", "the cursor is stored before its page") \
  X (DIRTY_WINS, "dirty-wins", "a pull overwrites what was edited here") \
  X (EDIT_BEATS_DELETE, "edit-beats-delete", "an edit does not bring a deleted row back") \
  X (DELETE_GROUP, "delete-group", "what went in the same delete stays away") \
  X (PARENTS_BACK, "parents-back", "deleted parents of an edited row stay away") \
  X (EPOCH, "epoch", "a restored server goes on with its old epoch") \
  X (FORGOTTEN, "forgotten", "what a restored server forgot is not pushed again") \
  X (GAINED_SCOPE, "gained-scope", "a scope that is gained later begins at its end") \
  X (REVOKED, "revoked", "rows stay when the access to them ends") \
  X (SET_ASIDE, "set-aside", "edits are not set aside when the access ends") \
  X (SWEEP_CLEAN_ONLY, "sweep-clean-only", "pulling anew drops rows with edits too") \
  X (PARKED, "parked", "types that are not known are passed over") \
  X (EXTRA, "extra", "fields that are not known are passed over") \
  X (HALVING, "halving", "a batch that is too large is sent again as it is") \
  X (SYNC_LOCK, "sync-lock", "two processes sync one store at a time") \
  X (OLD_COPY, "old-copy", "an older copy of a store takes its numbers for new") \
  X (TOKEN_RENEWAL, "token-renewal", "an expired token refuses the rows") \
  X (RETRY_HOLD, "retry-hold", "a row that was refused for good is dropped") \
  X (REALIGN, "realign", "a gap in the numbers is not closed") \
  X (SLOW_HALVES, "slow-halves", "a batch that took too long is sent again as it is") \
  X (PAIRS, "pairs", "the same pair made twice stays twice")

enum
{
  LIFT_ABLATION_NONE,
#define LIFT_ABLATION_ENUM(SYMBOL, name, words) LIFT_ABLATION_##SYMBOL,
  LIFT_ABLATIONS (LIFT_ABLATION_ENUM)
#undef LIFT_ABLATION_ENUM
    LIFT_N_ABLATIONS,
};

#ifdef LIFT_ABLATION
extern guint lift_ablation;
extern const char *const lift_ablation_names[];
extern const char *const lift_ablation_words[];
#define lift_without(SYMBOL) (lift_ablation == LIFT_ABLATION_##SYMBOL)
#else
#define lift_without(SYMBOL) FALSE
#endif

G_END_DECLS
