/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-answers.h"
#include "lift-remote-error.h"
#include "lift-token-keeper.h"
#include "lift-transport.h"

G_BEGIN_DECLS

#define LIFT_TYPE_API (lift_api_get_type ())
G_DECLARE_FINAL_TYPE (LiftApi, lift_api, LIFT, API, GObject)

/**
 * LiftRegistration:
 * @user_type: `coach` or `athlete`
 * @invite_code: (nullable): joins the new athlete to the coach who made it
 *
 * What a new account needs. The texts are borrowed.
 */
typedef struct
{
  const char *username;
  const char *password;
  const char *name;
  const char *user_type;
  const char *invite_code;
} LiftRegistration;

/**
 * LiftHintFunc:
 * @scope: what changed, such as `athlete:ID`
 * @seq: its newest position
 *
 * Told by the server that a pull would find something. Called in a thread of the transport.
 */
typedef void (*LiftHintFunc) (const char *scope, gint64 seq, gpointer user_data);

LiftApi *lift_api_new (LiftTransport *transport);
LiftTransport *lift_api_get_transport (LiftApi *self);
void lift_api_set_tokens (LiftApi *self, const char *token, const char *refresh_token);
void lift_api_set_token_keeper (LiftApi *self, LiftTokenKeeper *keeper);
char *lift_api_dup_token (LiftApi *self);
char *lift_api_dup_refresh_token (LiftApi *self);

LiftSignIn *lift_api_login (LiftApi *self,
                            const char *username,
                            const char *password,
                            GCancellable *cancellable,
                            GError **error);
LiftSignIn *lift_api_register (LiftApi *self,
                               const LiftRegistration *registration,
                               GCancellable *cancellable,
                               GError **error);
gboolean lift_api_refresh (LiftApi *self, GCancellable *cancellable, GError **error);
gboolean lift_api_logout (LiftApi *self, GCancellable *cancellable, GError **error);
gboolean lift_api_change_password (LiftApi *self,
                                   const char *old_password,
                                   const char *new_password,
                                   GCancellable *cancellable,
                                   GError **error);
char *lift_api_create_invite (LiftApi *self,
                              const char *athlete_id,
                              gint64 *expires_at,
                              GCancellable *cancellable,
                              GError **error);
GBytes *lift_api_export_account (LiftApi *self, GCancellable *cancellable, GError **error);
gboolean lift_api_delete_account (LiftApi *self,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GError **error);

LiftPullPage *lift_api_pull (LiftApi *self,
                             const LiftPullRequest *request,
                             GCancellable *cancellable,
                             GError **error);
LiftPushAnswer *
lift_api_push (LiftApi *self, GBytes *body, GCancellable *cancellable, GError **error);
gboolean lift_api_listen (
  LiftApi *self, LiftHintFunc func, gpointer user_data, GCancellable *cancellable, GError **error);

G_END_DECLS
