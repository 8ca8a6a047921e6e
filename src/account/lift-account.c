/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-account-error.h"
#include "lift-account-private.h"
#include "lift-durable-file.h"
#include "lift-text.h"

#define GROUP "account"
#define STORE_FILE "store.db"

/**
 * LiftAccount:
 *
 * A user of a server, as this computer knows them. It is a picture of a moment: only `signed-in`
 * changes, and signing in again makes another one. May be used from any thread.
 */
struct _LiftAccount
{
  GObject parent_instance;

  char *directory;
  char *server;
  char *username;
  char *user_id;
  char *user_type;
  char *athlete_id;
  char *coach_id;
  char *name;
  char *device_id;
  gboolean ended;
  /* Atomic. */
  int signed_in;
};

G_DEFINE_FINAL_TYPE (LiftAccount, lift_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_USERNAME,
  PROP_USER_ID,
  PROP_USER_TYPE,
  PROP_ATHLETE_ID,
  PROP_COACH_ID,
  PROP_NAME,
  PROP_DEVICE_ID,
  PROP_DIRECTORY,
  PROP_SIGNED_IN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What the file holds: all but the folder and the flags. */
static const struct
{
  guint property;
  const char *key;
  gsize offset;
  gboolean required;
} fields[] = {
  { PROP_SERVER, "server", G_STRUCT_OFFSET (LiftAccount, server), TRUE },
  { PROP_USERNAME, "username", G_STRUCT_OFFSET (LiftAccount, username), TRUE },
  { PROP_USER_ID, "user-id", G_STRUCT_OFFSET (LiftAccount, user_id), TRUE },
  { PROP_USER_TYPE, "user-type", G_STRUCT_OFFSET (LiftAccount, user_type), TRUE },
  { PROP_ATHLETE_ID, "athlete-id", G_STRUCT_OFFSET (LiftAccount, athlete_id), FALSE },
  { PROP_COACH_ID, "coach-id", G_STRUCT_OFFSET (LiftAccount, coach_id), FALSE },
  { PROP_NAME, "name", G_STRUCT_OFFSET (LiftAccount, name), FALSE },
  { PROP_DEVICE_ID, "device-id", G_STRUCT_OFFSET (LiftAccount, device_id), TRUE },
};

static char **
get_field (LiftAccount *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, fields[i].offset);
}

static void
lift_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LiftAccount *self = LIFT_ACCOUNT (object);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].property == prop_id)
      {
        g_value_set_string (value, *get_field (self, i));
        return;
      }
  if (prop_id == PROP_DIRECTORY)
    g_value_set_string (value, self->directory);
  else if (prop_id == PROP_SIGNED_IN)
    g_value_set_boolean (value, lift_account_get_signed_in (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
lift_account_finalize (GObject *object)
{
  LiftAccount *self = LIFT_ACCOUNT (object);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*get_field (self, i));
  g_free (self->directory);
  G_OBJECT_CLASS (lift_account_parent_class)->finalize (object);
}

static void
lift_account_class_init (LiftAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lift_account_get_property;
  object_class->finalize = lift_account_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    properties[fields[i].property] = g_param_spec_string (fields[i].key, NULL, NULL, NULL, flags);
  properties[PROP_DIRECTORY] = g_param_spec_string ("directory", NULL, NULL, NULL, flags);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE,
                                                     flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lift_account_init (LiftAccount *self)
{
}

/*
 * lift_account_new:
 * @username: as typed
 *
 * Makes the account of a user who has just signed in; not signed in until the tokens are stored.
 */
LiftAccount *
lift_account_new (const char *directory,
                  const char *server,
                  const char *username,
                  const char *device_id,
                  const LiftSignIn *answer)
{
  LiftAccount *self = g_object_new (LIFT_TYPE_ACCOUNT, NULL);

  self->directory = g_strdup (directory);
  self->server = g_strdup (server);
  self->username = lift_username_normalize (username);
  self->device_id = g_strdup (device_id);
  self->user_id = g_strdup (answer->user_id);
  self->user_type = g_strdup (answer->user_type);
  self->athlete_id = g_strdup (answer->athlete_id);
  self->coach_id = g_strdup (answer->coach_id);
  self->name = g_strdup (answer->name);
  return self;
}

static gboolean
set_damaged (const char *path, const char *why, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  /* What is wrong may quote the file, in which there may be anything. */
  g_autofree char *reason = g_utf8_make_valid (why, -1);

  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_DAMAGED,
               _ ("The file “%s” is damaged (%s); sign in again to mend it. The data beside it are "
                  "untouched"),
               shown, reason);
  return FALSE;
}

static gboolean
read_fields (LiftAccount *self, GKeyFile *file, const char *path, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      char *text = g_key_file_get_string (file, GROUP, fields[i].key, NULL);

      *get_field (self, i) = text;
      if (text == NULL && fields[i].required)
        return set_damaged (path, fields[i].key, error);
    }
  self->signed_in = g_key_file_get_boolean (file, GROUP, "signed-in", NULL);
  self->ended = g_key_file_get_boolean (file, GROUP, "ended", NULL);
  return TRUE;
}

/*
 * lift_account_load:
 *
 * Reads the account of a folder; NO_ACCOUNT where the folder holds none.
 */
LiftAccount *
lift_account_load (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, LIFT_ACCOUNT_FILE, NULL);
  g_autoptr (LiftAccount) self = g_object_new (LIFT_TYPE_ACCOUNT, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;

  self->directory = g_strdup (directory);
  if (!lift_durable_file_read (path, &text, error))
    return NULL;
  if (text == NULL)
    {
      g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_NO_ACCOUNT,
                   _ ("Nobody has signed in on this computer yet; sign in first"));
      return NULL;
    }
  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, &local_error))
    {
      set_damaged (path, local_error->message, error);
      return NULL;
    }
  return read_fields (self, file, path, error) ? g_steal_pointer (&self) : NULL;
}

/*
 * lift_account_save:
 *
 * Writes the account to its folder; it survives a crash once this returns.
 */
gboolean
lift_account_save (LiftAccount *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, LIFT_ACCOUNT_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (*get_field (self, i) != NULL)
      g_key_file_set_string (file, GROUP, fields[i].key, *get_field (self, i));
  g_key_file_set_boolean (file, GROUP, "signed-in", lift_account_get_signed_in (self));
  if (self->ended)
    g_key_file_set_boolean (file, GROUP, "ended", TRUE);
  text = g_key_file_to_data (file, NULL, NULL);
  return lift_durable_file_write (path, text, error);
}

/*
 * lift_account_note_ended:
 * @directory: the folder of an account, whose tokens are locked
 *
 * Notes in the file, for all programs, whether the server has ended the sign-in. A sign-in that
 * somebody ended here is left as it is.
 */
gboolean
lift_account_note_ended (const char *directory, gboolean ended, GError **error)
{
  g_autoptr (LiftAccount) stored = lift_account_load (directory, error);

  if (stored == NULL)
    return FALSE;
  if (stored->ended == ended || (ended && !stored->signed_in))
    return TRUE;
  stored->ended = ended;
  return lift_account_save (stored, error);
}

static gboolean
notify_signed_in (gpointer user_data)
{
  g_object_notify_by_pspec (user_data, properties[PROP_SIGNED_IN]);
  return G_SOURCE_REMOVE;
}

/* Called in workers; whoever is bound to the property lives in the main context. */
void
lift_account_set_signed_in (LiftAccount *self, gboolean signed_in)
{
  if (g_atomic_int_get (&self->signed_in) == signed_in)
    return;
  g_atomic_int_set (&self->signed_in, signed_in);
  g_idle_add_full (G_PRIORITY_DEFAULT, notify_signed_in, g_object_ref (self), g_object_unref);
}

/**
 * lift_account_get_server:
 *
 * Returns: the server's normalised address
 */
const char *
lift_account_get_server (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->server;
}

/**
 * lift_account_get_username:
 *
 * Returns: the user name, normalised
 */
const char *
lift_account_get_username (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->username;
}

/**
 * lift_account_get_user_id:
 *
 * Returns: the server's id of the user
 */
const char *
lift_account_get_user_id (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->user_id;
}

/**
 * lift_account_get_user_type:
 *
 * Returns: `coach` or `athlete`
 */
const char *
lift_account_get_user_type (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->user_type;
}

/**
 * lift_account_is_coach:
 *
 * Returns: whether the user is a coach, else an athlete
 */
gboolean
lift_account_is_coach (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), FALSE);

  return g_str_equal (self->user_type, "coach");
}

/**
 * lift_account_get_athlete_id:
 *
 * Returns: (nullable): the id of the athlete's profile; set for athletes
 */
const char *
lift_account_get_athlete_id (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->athlete_id;
}

/**
 * lift_account_get_coach_id:
 *
 * Returns: (nullable): the id of the coach's profile; set for coaches
 */
const char *
lift_account_get_coach_id (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->coach_id;
}

/**
 * lift_account_get_name:
 *
 * Returns: (nullable): the person's name
 */
const char *
lift_account_get_name (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * lift_account_get_device_id:
 *
 * Returns: the UUID that was made when this account first signed in on this computer
 */
const char *
lift_account_get_device_id (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->device_id;
}

/**
 * lift_account_get_directory:
 *
 * Returns: (type filename): the folder of this account alone
 */
const char *
lift_account_get_directory (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return self->directory;
}

/**
 * lift_account_get_signed_in:
 *
 * Returns: whether there was a sign-in that nobody has ended here; the server may have
 */
gboolean
lift_account_get_signed_in (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), FALSE);

  return g_atomic_int_get (&self->signed_in);
}

/**
 * lift_account_get_ended:
 *
 * Returns: whether the server had ended the sign-in when the account was opened, as far as any
 *   program on this computer knew; it takes another one to sync
 */
gboolean
lift_account_get_ended (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), FALSE);

  return self->ended;
}

/**
 * lift_account_dup_store_path:
 *
 * Returns: (transfer full) (type filename): where the account's data are kept
 */
char *
lift_account_dup_store_path (LiftAccount *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNT (self), NULL);

  return g_build_filename (self->directory, STORE_FILE, NULL);
}

/**
 * lift_username_normalize:
 * @username: as typed
 *
 * Brings a user name into the form in which names are compared: composed, without case, trimmed.
 *
 * Returns: (transfer full): the name, perhaps empty
 */
char *
lift_username_normalize (const char *username)
{
  g_autofree char *clean = lift_text_clean (username);
  g_autofree char *folded = NULL;

  g_return_val_if_fail (username != NULL, NULL);

  folded = g_utf8_casefold (clean, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}
