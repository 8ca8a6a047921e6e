/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-accounts.h"

/* What a worker needs; each operation uses its part. */
typedef struct
{
  LiftApi *api;
  LiftAccount *account;
  LiftTransport *transport;
  char *server;
  char *username;
  char *password;
  char *name;
  char *user_type;
  char *invite_code;
} Operation;

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_clear_object (&operation->api);
  g_clear_object (&operation->account);
  g_clear_object (&operation->transport);
  g_free (operation->server);
  g_free (operation->username);
  g_free (operation->password);
  g_free (operation->name);
  g_free (operation->user_type);
  g_free (operation->invite_code);
  g_free (operation);
}

static void
return_object (GTask *task, gpointer object, GError *error)
{
  if (object != NULL)
    g_task_return_pointer (task, object, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Operation *operation = data;
  GError *error = NULL;
  LiftAccount *account = lift_accounts_sign_in (source, operation->api, operation->server,
                                                operation->username, operation->password,
                                                cancellable, &error);

  return_object (task, account, error);
}

/**
 * lift_accounts_sign_in_async:
 *
 * As lift_accounts_sign_in(), in a worker.
 */
void
lift_accounts_sign_in_async (LiftAccounts *self,
                             LiftApi *api,
                             const char *server,
                             const char *username,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, lift_accounts_sign_in_async);
  operation->api = g_object_ref (api);
  operation->server = g_strdup (server);
  operation->username = g_strdup (username);
  operation->password = g_strdup (password);
  g_task_set_task_data (task, operation, operation_free);
  g_task_run_in_thread (task, sign_in_thread);
}

/**
 * lift_accounts_sign_in_finish:
 *
 * Returns: (transfer full) (nullable): as lift_accounts_sign_in()
 */
LiftAccount *
lift_accounts_sign_in_finish (LiftAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
register_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Operation *operation = data;
  LiftRegistration registration = { .username = operation->username,
                                    .password = operation->password,
                                    .name = operation->name,
                                    .user_type = operation->user_type,
                                    .invite_code = operation->invite_code };
  GError *error = NULL;
  LiftAccount *account = lift_accounts_register (source, operation->api, operation->server,
                                                 &registration, cancellable, &error);

  return_object (task, account, error);
}

/**
 * lift_accounts_register_async:
 *
 * As lift_accounts_register(), in a worker. The texts of @registration are copied.
 */
void
lift_accounts_register_async (LiftAccounts *self,
                              LiftApi *api,
                              const char *server,
                              const LiftRegistration *registration,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, lift_accounts_register_async);
  operation->api = g_object_ref (api);
  operation->server = g_strdup (server);
  operation->username = g_strdup (registration->username);
  operation->password = g_strdup (registration->password);
  operation->name = g_strdup (registration->name);
  operation->user_type = g_strdup (registration->user_type);
  operation->invite_code = g_strdup (registration->invite_code);
  g_task_set_task_data (task, operation, operation_free);
  g_task_run_in_thread (task, register_thread);
}

/**
 * lift_accounts_register_finish:
 *
 * Returns: (transfer full) (nullable): as lift_accounts_register()
 */
LiftAccount *
lift_accounts_register_finish (LiftAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_last_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Operation *operation = data;
  GError *error = NULL;
  LiftAccount *account = lift_accounts_open_last (
    source, operation->user_type, operation->transport, &operation->api, cancellable, &error);

  return_object (task, account, error);
}

/**
 * lift_accounts_open_last_async:
 *
 * As lift_accounts_open_last(), in a worker.
 */
void
lift_accounts_open_last_async (LiftAccounts *self,
                               const char *user_type,
                               LiftTransport *transport,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, lift_accounts_open_last_async);
  operation->user_type = g_strdup (user_type);
  operation->transport = transport != NULL ? g_object_ref (transport) : NULL;
  g_task_set_task_data (task, operation, operation_free);
  g_task_run_in_thread (task, open_last_thread);
}

/**
 * lift_accounts_open_last_finish:
 * @api: (out) (optional): the calls of the account's server
 *
 * Returns: (transfer full) (nullable): as lift_accounts_open_last()
 */
LiftAccount *
lift_accounts_open_last_finish (LiftAccounts *self,
                                GAsyncResult *result,
                                LiftApi **api,
                                GError **error)
{
  Operation *operation;
  LiftAccount *account;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  operation = g_task_get_task_data (G_TASK (result));
  account = g_task_propagate_pointer (G_TASK (result), error);
  if (account != NULL && api != NULL)
    *api = g_steal_pointer (&operation->api);
  return account;
}

static void
sign_out_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Operation *operation = data;
  GError *error = NULL;

  if (lift_accounts_sign_out (source, operation->account, operation->api, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lift_accounts_sign_out_async:
 *
 * As lift_accounts_sign_out(), in a worker.
 */
void
lift_accounts_sign_out_async (LiftAccounts *self,
                              LiftAccount *account,
                              LiftApi *api,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, lift_accounts_sign_out_async);
  operation->account = g_object_ref (account);
  operation->api = api != NULL ? g_object_ref (api) : NULL;
  g_task_set_task_data (task, operation, operation_free);
  g_task_run_in_thread (task, sign_out_thread);
}

/**
 * lift_accounts_sign_out_finish:
 *
 * Returns: as lift_accounts_sign_out()
 */
gboolean
lift_accounts_sign_out_finish (LiftAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
