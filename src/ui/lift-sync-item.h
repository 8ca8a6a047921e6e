/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-place.h"

G_BEGIN_DECLS

/**
 * LiftSyncSection:
 * @LIFT_SYNC_ATTENTION: rows that wait for an edit or for the user
 * @LIFT_SYNC_CONFLICTS: values that lost
 * @LIFT_SYNC_RETRIED: rows that were refused and go again by themselves
 * @LIFT_SYNC_WAITING: rows that go with the next sync
 * @LIFT_SYNC_NOTES: what else the journal tells
 *
 * The sections of the page about the sync, in their order: what a person can do something about
 * comes first.
 */
typedef enum
{
  LIFT_SYNC_ATTENTION,
  LIFT_SYNC_CONFLICTS,
  LIFT_SYNC_RETRIED,
  LIFT_SYNC_WAITING,
  LIFT_SYNC_NOTES,
} LiftSyncSection;

#define LIFT_SYNC_N_SECTIONS 5

/**
 * LiftSyncAct:
 * @LIFT_SYNC_ACT_EDIT: to go where the row is shown
 * @LIFT_SYNC_ACT_RETRY: to send it again
 * @LIFT_SYNC_ACT_DISCARD: to go back to what the server has
 * @LIFT_SYNC_ACT_RESTORE: to use the value that the journal keeps
 * @LIFT_SYNC_ACT_DELETE: the same, where that value is a deletion
 * @LIFT_SYNC_ACT_BRING_BACK: the same, where it is none
 * @LIFT_SYNC_ACT_DISMISS: to take the entry off the list
 *
 * What can be done about an entry. In a set, bit n is the act n.
 */
typedef enum
{
  LIFT_SYNC_ACT_EDIT,
  LIFT_SYNC_ACT_RETRY,
  LIFT_SYNC_ACT_DISCARD,
  LIFT_SYNC_ACT_RESTORE,
  LIFT_SYNC_ACT_DELETE,
  LIFT_SYNC_ACT_BRING_BACK,
  LIFT_SYNC_ACT_DISMISS,
} LiftSyncAct;

#define LIFT_SYNC_N_ACTS 7

#define LIFT_TYPE_SYNC_ITEM (lift_sync_item_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncItem, lift_sync_item, LIFT, SYNC_ITEM, GObject)

/**
 * LiftSyncItem:
 * @key: tells it from the other entries of its section
 * @info: (nullable): the type of the row that it is about
 * @id: (nullable): the row
 * @number: the entry of the journal, 0 for none
 * @title: what kind of row, and what happened to it
 * @subject: which row; may be empty
 * @values: (nullable): what was entered
 * @text: (nullable): why, or what
 * @due: when it is tried again, or %LIFT_INT_NULL
 * @acts: what can be done about it
 * @place: (nullable): where the row is shown
 * @busy: whether something is being done about it, so that a second press does nothing
 *
 * An entry of the page about the sync. Members are read directly; made in a worker, then belongs
 * to the main thread. Signal `changed` when it was given other words.
 */
struct _LiftSyncItem
{
  GObject parent_instance;

  char *key;
  const LiftEntityInfo *info;
  char *id;
  gint64 number;
  char *title;
  char *subject;
  char *values;
  char *text;
  gint64 due;
  guint acts;
  LiftPlace *place;
  gboolean busy;
};

LiftSyncItem *lift_sync_item_new (const LiftEntityInfo *info, const char *id, gint64 number);
void lift_sync_item_assign (LiftSyncItem *self, LiftSyncItem *from);
gboolean lift_sync_items_have (GPtrArray *items, LiftSyncItem *item);
void lift_sync_items_take_over (GListStore *store, GPtrArray *items);

G_END_DECLS
