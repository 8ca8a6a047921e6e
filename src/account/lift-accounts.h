/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-account-error.h"
#include "lift-account.h"
#include "lift-api.h"
#include "lift-clock.h"
#include "lift-secrets.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ACCOUNTS (lift_accounts_get_type ())
G_DECLARE_FINAL_TYPE (LiftAccounts, lift_accounts, LIFT, ACCOUNTS, GObject)

char *lift_accounts_dup_default_directory (void);

LiftAccounts *lift_accounts_new (const char *directory, LiftSecrets *secrets, LiftClock *clock);
const char *lift_accounts_get_directory (LiftAccounts *self);
GPtrArray *lift_accounts_list (LiftAccounts *self, GError **error);

LiftAccount *lift_accounts_sign_in (LiftAccounts *self,
                                    LiftApi *api,
                                    const char *server,
                                    const char *username,
                                    const char *password,
                                    GCancellable *cancellable,
                                    GError **error);
void lift_accounts_sign_in_async (LiftAccounts *self,
                                  LiftApi *api,
                                  const char *server,
                                  const char *username,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LiftAccount *
lift_accounts_sign_in_finish (LiftAccounts *self, GAsyncResult *result, GError **error);

LiftAccount *lift_accounts_register (LiftAccounts *self,
                                     LiftApi *api,
                                     const char *server,
                                     const LiftRegistration *registration,
                                     GCancellable *cancellable,
                                     GError **error);
void lift_accounts_register_async (LiftAccounts *self,
                                   LiftApi *api,
                                   const char *server,
                                   const LiftRegistration *registration,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LiftAccount *
lift_accounts_register_finish (LiftAccounts *self, GAsyncResult *result, GError **error);

LiftAccount *lift_accounts_dup_last (LiftAccounts *self, const char *user_type, GError **error);
void lift_accounts_attach (LiftAccounts *self, LiftAccount *account, LiftApi *api);
gboolean lift_accounts_open (LiftAccounts *self,
                             LiftAccount *account,
                             LiftApi *api,
                             GCancellable *cancellable,
                             GError **error);
LiftAccount *lift_accounts_open_last (LiftAccounts *self,
                                      const char *user_type,
                                      LiftTransport *transport,
                                      LiftApi **api,
                                      GCancellable *cancellable,
                                      GError **error);
void lift_accounts_open_last_async (LiftAccounts *self,
                                    const char *user_type,
                                    LiftTransport *transport,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
LiftAccount *lift_accounts_open_last_finish (LiftAccounts *self,
                                             GAsyncResult *result,
                                             LiftApi **api,
                                             GError **error);

gboolean lift_accounts_sign_out (LiftAccounts *self,
                                 LiftAccount *account,
                                 LiftApi *api,
                                 GCancellable *cancellable,
                                 GError **error);
void lift_accounts_sign_out_async (LiftAccounts *self,
                                   LiftAccount *account,
                                   LiftApi *api,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lift_accounts_sign_out_finish (LiftAccounts *self, GAsyncResult *result, GError **error);

gboolean lift_accounts_remove (LiftAccounts *self,
                               LiftAccount *account,
                               LiftApi *api,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
