/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-application.h"
#include "lift-connectivity.h"
#include "lift-hints.h"

G_BEGIN_DECLS

/* What the page about the sync did to an entry of the journal. */
typedef struct
{
  gint64 number;
  gboolean dismissed; /* else discarded */
} LiftDeed;

typedef struct
{
  char *data_dir;
  char *server;
  LiftClock *clock;
  LiftAccounts *accounts;
  GSettings *settings;
  LiftWindow *window;
  GMenuModel *primary_menu;

  /* What is open, all or nothing; opening is cancelled when something else is opened. */
  GCancellable *opening;
  LiftAccount *account;
  LiftApi *api;
  LiftStore *store;
  LiftSyncManager *sync_manager;
  LiftUndo *undo;
  LiftConnectivity *connectivity;
  LiftHints *hints;
  GArray *deeds; /* LiftDeed, for undo */
} LiftApplicationPrivate;

LiftApplicationPrivate *lift_application_get_private (LiftApplication *self);

void lift_application_add_actions (LiftApplication *self);
void lift_application_update_actions (LiftApplication *self);

void lift_application_open_last (LiftApplication *self);
void lift_application_close_account (LiftApplication *self);
void lift_application_show_sign_in (LiftApplication *self, const char *reason);
void lift_application_sign_out (LiftApplication *self);

void lift_application_show_sync_page (LiftApplication *self);
void lift_application_undo_entry (LiftApplication *self, gint64 number);

G_END_DECLS
