/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-page.h"
#include "lift-sync-group.h"

G_BEGIN_DECLS

struct _LiftSyncPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkWidget *state_group;
  AdwActionRow *state_row;
  GtkWidget *error_row;
  GtkWidget *sign_in_button;
  GtkWidget *sync_button;
  GtkStack *sync_stack;
  GtkSpinner *spinner;
  GtkBox *groups;
  GtkWidget *empty;
  GtkWidget *export_group;
  LiftSyncGroup *sections[LIFT_SYNC_N_SECTIONS];

  LiftStore *store;
  LiftSyncManager *manager;
  GSettings *settings;
  const char *const *places;
  char *user;
  GCancellable *cancellable;
  guint limits[LIFT_SYNC_N_SECTIONS];
  GtkFileChooserNative *chooser; /* while the person chooses a file */

  /* Reading: one at a time, again if something changed meanwhile, and not too often. */
  gboolean has_entries;
  gboolean is_loading;
  gboolean is_stale;
  guint load_id;
  guint clock_id;
};

void lift_sync_page_load (LiftSyncPage *self);
void lift_sync_page_acted (LiftSyncPage *self, LiftSyncAct act, gint64 entry);

/* What the buttons do, in lift-sync-page-actions.c. */
void lift_sync_page_act (LiftSyncPage *self, LiftSyncItem *item, LiftSyncAct act);
void lift_sync_page_retry_all (LiftSyncPage *self);
void lift_sync_page_export (LiftSyncPage *self);

G_END_DECLS
