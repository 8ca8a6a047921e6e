/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names of the durable facts of a sync. */
#define LIFT_FACT_CURSOR "cursor"
#define LIFT_FACT_MUTATION "mutation"
/* How many rows a push may hold, and how many of a type are asked for, where more were too much. */
#define LIFT_FACT_PUSH_ROWS "push-rows"
#define LIFT_FACT_PULL_ROWS "pull-rows"
#define LIFT_FACT_LAST_SYNCED "last_synced_at"
/* Set while everything is pulled anew: to the first after a server asked for it, to the second from
 * one that has forgotten what it had acknowledged. */
#define LIFT_FACT_RESYNC "resync"
#define LIFT_RESYNC_PLAIN "1"
#define LIFT_RESYNC_RESTORED "restored"
/* Which history of the server the rows here are of. */
#define LIFT_FACT_EPOCH "epoch"
#define LIFT_EPOCH_UNNAMED "unnamed"
/* Set when the rows here have become those of another history, until the device's count is too. */
#define LIFT_FACT_RECOUNT "recount"
/* The instant that the next pull from a [base] server starts from. */
#define LIFT_FACT_SINCE "since"
/* The same for the pull after this one, while this one is under way. */
#define LIFT_FACT_SINCE_NEXT "since-next"
/* With a type's name behind it: how far paging of it has come. */
#define LIFT_FACT_SINCE_TYPE "since:"
/* With a scope behind it: it was pulled anew because its digest differed. */
#define LIFT_FACT_DIGEST "digest:"
/* Which fields the version that synced last knew. */
#define LIFT_FACT_FIELDS "fields"
