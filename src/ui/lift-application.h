/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-accounts.h"
#include "lift-batch.h"
#include "lift-place.h"
#include "lift-store.h"
#include "lift-sync-manager.h"
#include "lift-undo.h"
#include "lift-window.h"

G_BEGIN_DECLS

#define LIFT_TYPE_APPLICATION (lift_application_get_type ())
G_DECLARE_DERIVABLE_TYPE (LiftApplication, lift_application, LIFT, APPLICATION, AdwApplication)

/**
 * LiftApplicationClass:
 * @user_type: who may sign in here: `coach` or `athlete`
 * @title: name of the program for people, translated when shown (mark it with N_())
 * @create_content: makes what the window shows while an account is open, with header bars of its
 *   own and without the bottom line, which the window has. Called on the main thread each time an
 *   account was opened; account, store, sync manager and undo are there. What it returns is
 *   destroyed before any of them when the person signs out. May add actions to @window
 *
 * @places: (array zero-terminated=1): the types of wholes that the content can show to be edited:
 *   a plan, a session
 * @show_place: shows such a whole, and puts the focus on the row in it
 *
 * The settings schema is the application id. Options `--data-dir` and `--server`; the environment
 * LIFTLOGGER_DATA_DIR, LIFTLOGGER_SERVER and LIFTLOGGER_SECRETS.
 *
 * Actions: app.sync (F5, Ctrl+R), app.sync-page (Shift+F5, Ctrl+Shift+R), app.undo (Ctrl+Z),
 * app.redo (Ctrl+Shift+Z), app.preferences (Ctrl+comma), app.shortcuts (Ctrl+?), app.about,
 * app.sign-out, app.quit (Ctrl+Q), app.undo-entry (number of an entry of the sync journal, or 0).
 */
struct _LiftApplicationClass
{
  AdwApplicationClass parent_class;

  const char *user_type;
  const char *title;
  GtkWidget *(*create_content) (LiftApplication *self, LiftWindow *window);
  const char *const *places;
  void (*show_place) (LiftApplication *self, GtkWidget *content, const LiftPlace *place);

  gpointer padding[2];
};

LiftAccount *lift_application_get_account (LiftApplication *self);
LiftStore *lift_application_get_store (LiftApplication *self);
LiftApi *lift_application_get_api (LiftApplication *self);
LiftSyncManager *lift_application_get_sync_manager (LiftApplication *self);
LiftUndo *lift_application_get_undo (LiftApplication *self);
GSettings *lift_application_get_settings (LiftApplication *self);
LiftClock *lift_application_get_clock (LiftApplication *self);
LiftWindow *lift_application_get_window (LiftApplication *self);
const char *lift_application_get_unit (LiftApplication *self);

void lift_application_commit (LiftApplication *self, LiftBatch *batch, const char *done);
GMenuModel *lift_application_get_primary_menu (LiftApplication *self);

G_END_DECLS
