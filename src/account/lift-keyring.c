/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "lift-account-error.h"

/**
 * LiftKeyring:
 *
 * Secrets in the Secret Service of the session (in a sandbox, behind its portal). Each call gives
 * up after a time, so that a service that does not answer, or a dialog that nobody sees, holds
 * nothing up for ever.
 */
struct _LiftKeyring
{
  LiftSecrets parent_instance;

  guint timeout_ms;
};

G_DEFINE_FINAL_TYPE (LiftKeyring, lift_keyring, LIFT_TYPE_SECRETS)

static const SecretSchema schema = {
  .name = "org.liftlogger.Secrets",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* One call of libsecret's, in a main context of its own, so that it can be given up. */
typedef struct
{
  GMainContext *context;
  GCancellable *cancellable;
  GCancellable *caller;
  gulong handler;
  GSource *timer;
  gboolean timed_out;
  GAsyncResult *result;
} Call;

static gboolean
on_timeout (gpointer user_data)
{
  Call *call = user_data;

  call->timed_out = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
call_begin (Call *call, LiftKeyring *self, GCancellable *caller)
{
  *call = (Call){ .caller = caller };
  call->context = g_main_context_new ();
  call->cancellable = g_cancellable_new ();
  if (caller != NULL)
    call->handler = g_cancellable_connect (caller, G_CALLBACK (on_caller_cancelled),
                                           g_object_ref (call->cancellable), g_object_unref);
  call->timer = g_timeout_source_new (self->timeout_ms);
  g_source_set_callback (call->timer, on_timeout, call, NULL);
  g_source_attach (call->timer, call->context);
  g_main_context_push_thread_default (call->context);
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->result = g_object_ref (result);
}

static GAsyncResult *
call_wait (Call *call)
{
  while (call->result == NULL)
    g_main_context_iteration (call->context, TRUE);
  return call->result;
}

static void
call_end (Call *call)
{
  g_cancellable_disconnect (call->caller, call->handler);
  g_clear_object (&call->result);
  g_source_destroy (call->timer);
  g_source_unref (call->timer);
  while (g_main_context_iteration (call->context, FALSE))
    continue;
  g_main_context_pop_thread_default (call->context);
  g_main_context_unref (call->context);
  g_object_unref (call->cancellable);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Returns whether the call went well. */
static gboolean
check (Call *call, const GError *source, GError **error)
{
  if (source == NULL)
    return TRUE;
  if (is_cancelled (source) && !call->timed_out)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The keyring was not asked further"));
  else if (call->timed_out)
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_LOCKED,
                 _ ("The keyring did not answer in time; unlock it and try again, or set "
                    "LIFTLOGGER_SECRETS=file:DIR to keep the sign-in in a folder"));
  else if (g_error_matches (source, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_LOCKED,
                 _ ("The keyring is locked; unlock it and try again"));
  else
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_SECRETS,
                 _ ("There is no keyring to keep the sign-in in. Start one, such as GNOME Keyring, "
                    "and try again; or start LiftLogger with LIFTLOGGER_SECRETS=file:DIR to keep "
                    "the sign-in in a folder. (%s)"),
                 source->message);
  return FALSE;
}

static GHashTable *
make_attributes (const char *server, const char *user_id, const char *kind)
{
  return secret_attributes_build (&schema, "server", server, "user-id", user_id, "kind", kind,
                                  NULL);
}

/* libsecret tells no difference between a secret that is not there and one in a keyring that the
 * person did not unlock; for the sign-in it is all the difference. */
static gboolean
check_absent (LiftKeyring *self, GHashTable *attributes, GCancellable *caller, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GList *items;
  Call call;
  gboolean good;

  call_begin (&call, self, caller);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, call.cancellable, call_cb,
                           &call);
  items = secret_password_search_finish (call_wait (&call), &local_error);
  good = check (&call, local_error, error);
  call_end (&call);
  if (good && items != NULL)
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_LOCKED,
                 _ ("The keyring is locked; unlock it and try again"));
  good = good && items == NULL;
  g_list_free_full (items, g_object_unref);
  return good;
}

static char *
lift_keyring_lookup (LiftSecrets *secrets,
                     const char *server,
                     const char *user_id,
                     const char *kind,
                     GCancellable *cancellable,
                     GError **error)
{
  LiftKeyring *self = LIFT_KEYRING (secrets);
  g_autoptr (GHashTable) attributes = make_attributes (server, user_id, kind);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *copy = NULL;
  char *secret;
  Call call;
  gboolean good;

  call_begin (&call, self, cancellable);
  secret_password_lookupv (&schema, attributes, call.cancellable, call_cb, &call);
  secret = secret_password_lookup_finish (call_wait (&call), &local_error);
  good = check (&call, local_error, error);
  call_end (&call);
  copy = g_strdup (secret);
  g_clear_pointer (&secret, secret_password_free);
  if (good && copy == NULL)
    check_absent (self, attributes, cancellable, error);
  return g_steal_pointer (&copy);
}

static gboolean
lift_keyring_store (LiftSecrets *secrets,
                    const char *server,
                    const char *user_id,
                    const char *kind,
                    const char *secret,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (server, user_id, kind);
  g_autofree char *label = g_strdup_printf (_ ("LiftLogger sign-in at %s"), server);
  g_autoptr (GError) local_error = NULL;
  Call call;
  gboolean good;

  call_begin (&call, LIFT_KEYRING (secrets), cancellable);
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          call.cancellable, call_cb, &call);
  if (!secret_password_store_finish (call_wait (&call), &local_error) && local_error == NULL)
    g_set_error (&local_error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked");
  good = check (&call, local_error, error);
  call_end (&call);
  return good;
}

static gboolean
lift_keyring_clear (LiftSecrets *secrets,
                    const char *server,
                    const char *user_id,
                    const char *kind,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (server, user_id, kind);
  g_autoptr (GError) local_error = NULL;
  Call call;
  gboolean good;

  call_begin (&call, LIFT_KEYRING (secrets), cancellable);
  secret_password_clearv (&schema, attributes, call.cancellable, call_cb, &call);
  secret_password_clear_finish (call_wait (&call), &local_error);
  good = check (&call, local_error, error);
  call_end (&call);
  return good;
}

static void
lift_keyring_class_init (LiftKeyringClass *klass)
{
  LiftSecretsClass *secrets_class = LIFT_SECRETS_CLASS (klass);

  secrets_class->lookup = lift_keyring_lookup;
  secrets_class->store = lift_keyring_store;
  secrets_class->clear = lift_keyring_clear;
}

static void
lift_keyring_init (LiftKeyring *self)
{
}

/**
 * lift_keyring_new:
 * @timeout_ms: after how many milliseconds a call gives up
 *
 * Returns: (transfer full): secrets kept by the Secret Service
 */
LiftSecrets *
lift_keyring_new (guint timeout_ms)
{
  LiftKeyring *self = g_object_new (LIFT_TYPE_KEYRING, NULL);

  self->timeout_ms = timeout_ms;
  return LIFT_SECRETS (self);
}
