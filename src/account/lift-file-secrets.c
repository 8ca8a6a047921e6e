/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-file-secrets.h"

#include "lift-account-error.h"
#include "lift-durable-file.h"

/**
 * LiftFileSecrets:
 *
 * Secrets as files of a folder that only its owner may read, for machines without a Secret
 * Service. They are not encrypted.
 */
struct _LiftFileSecrets
{
  LiftSecrets parent_instance;

  char *directory;
};

G_DEFINE_FINAL_TYPE (LiftFileSecrets, lift_file_secrets, LIFT_TYPE_SECRETS)

/* Addresses and ids hold characters that a file name must not, so the name is made of them. The
 * parts are kept apart by a character that none of them holds. */
static char *
make_path (LiftFileSecrets *self, const char *server, const char *user_id, const char *kind)
{
  g_autofree char *key = g_strjoin ("\n", server, user_id, kind, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strconcat (sum, ".secret", NULL);

  return g_build_filename (self->directory, name, NULL);
}

static char *
lift_file_secrets_lookup (LiftSecrets *secrets,
                          const char *server,
                          const char *user_id,
                          const char *kind,
                          GCancellable *cancellable,
                          GError **error)
{
  LiftFileSecrets *self = LIFT_FILE_SECRETS (secrets);
  g_autofree char *path = make_path (self, server, user_id, kind);
  char *text = NULL;

  if (lift_durable_folder_make (self->directory, error))
    lift_durable_file_read (path, &text, error);
  return text;
}

static gboolean
lift_file_secrets_store (LiftSecrets *secrets,
                         const char *server,
                         const char *user_id,
                         const char *kind,
                         const char *secret,
                         GCancellable *cancellable,
                         GError **error)
{
  LiftFileSecrets *self = LIFT_FILE_SECRETS (secrets);
  g_autofree char *path = make_path (self, server, user_id, kind);

  return lift_durable_folder_make (self->directory, error) &&
         lift_durable_file_write (path, secret, error);
}

static gboolean
lift_file_secrets_clear (LiftSecrets *secrets,
                         const char *server,
                         const char *user_id,
                         const char *kind,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *path = make_path (LIFT_FILE_SECRETS (secrets), server, user_id, kind);

  return lift_durable_file_remove (path, error);
}

static void
lift_file_secrets_finalize (GObject *object)
{
  LiftFileSecrets *self = LIFT_FILE_SECRETS (object);

  g_clear_pointer (&self->directory, g_free);
  G_OBJECT_CLASS (lift_file_secrets_parent_class)->finalize (object);
}

static void
lift_file_secrets_class_init (LiftFileSecretsClass *klass)
{
  LiftSecretsClass *secrets_class = LIFT_SECRETS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lift_file_secrets_finalize;
  secrets_class->lookup = lift_file_secrets_lookup;
  secrets_class->store = lift_file_secrets_store;
  secrets_class->clear = lift_file_secrets_clear;
}

static void
lift_file_secrets_init (LiftFileSecrets *self)
{
}

/**
 * lift_file_secrets_new:
 * @directory: an absolute path; made with mode 0700 when it is first used
 *
 * Returns: (transfer full): secrets kept as files of mode 0600 in @directory
 */
LiftSecrets *
lift_file_secrets_new (const char *directory)
{
  LiftFileSecrets *self;

  g_return_val_if_fail (g_path_is_absolute (directory), NULL);

  self = g_object_new (LIFT_TYPE_FILE_SECRETS, NULL);
  self->directory = g_strdup (directory);
  return LIFT_SECRETS (self);
}
