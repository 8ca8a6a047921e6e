/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Both tokens of a sign-in as one secret, so that they never part. */
#define LIFT_SECRET_TOKENS "tokens"
/* Reserved for the offline password verifier. */
#define LIFT_SECRET_VERIFIER "verifier"

#define LIFT_TYPE_SECRETS (lift_secrets_get_type ())
G_DECLARE_DERIVABLE_TYPE (LiftSecrets, lift_secrets, LIFT, SECRETS, GObject)

/**
 * LiftSecretsClass:
 * @lookup: the secret, or %NULL without an error where there is none
 * @store: replaces the secret; it survives a crash once this returns
 * @clear: removes the secret; none there is no error
 *
 * Named secrets of a (server, user id). All block, and are called in worker threads only.
 */
struct _LiftSecretsClass
{
  GObjectClass parent_class;

  char *(*lookup) (LiftSecrets *self,
                   const char *server,
                   const char *user_id,
                   const char *kind,
                   GCancellable *cancellable,
                   GError **error);
  gboolean (*store) (LiftSecrets *self,
                     const char *server,
                     const char *user_id,
                     const char *kind,
                     const char *secret,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*clear) (LiftSecrets *self,
                     const char *server,
                     const char *user_id,
                     const char *kind,
                     GCancellable *cancellable,
                     GError **error);

  gpointer padding[4];
};

LiftSecrets *lift_secrets_new_default (GError **error);
char *lift_secrets_lookup (LiftSecrets *self,
                           const char *server,
                           const char *user_id,
                           const char *kind,
                           GCancellable *cancellable,
                           GError **error);
gboolean lift_secrets_store (LiftSecrets *self,
                             const char *server,
                             const char *user_id,
                             const char *kind,
                             const char *secret,
                             GCancellable *cancellable,
                             GError **error);
gboolean lift_secrets_clear (LiftSecrets *self,
                             const char *server,
                             const char *user_id,
                             const char *kind,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
