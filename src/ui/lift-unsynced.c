/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-unsynced.h"

#include <glib/gi18n-lib.h>

#include "lift-store.h"

typedef struct
{
  LiftAccounts *accounts;
  char *user_type;
  LiftClock *clock;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->accounts);
  g_object_unref (look->clock);
  g_free (look->user_type);
  g_free (look);
}

static void
append_account (GString *out, LiftAccount *account, guint pending)
{
  g_string_append (out, out->len > 0 ? "\n" : "");
  g_string_append_printf (
    out,
    /* Translators: a username, the address of a server, how many. */
    g_dngettext (GETTEXT_PACKAGE, "%1$s on %2$s has %3$u change that is not on the server.",
                 "%1$s on %2$s has %3$u changes that are not on the server.", pending),
    lift_account_get_username (account), lift_account_get_server (account), pending);
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts = lift_accounts_list (look->accounts, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      LiftAccount *account = g_ptr_array_index (accounts, i);
      g_autofree char *path = lift_account_dup_store_path (account);
      guint pending = 0;

      if (g_strcmp0 (lift_account_get_user_type (account), look->user_type) == 0)
        pending = lift_store_count_pending (path, look->clock);
      if (pending > 0)
        append_account (out, account, pending);
    }
  if (accounts != NULL)
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&out), FALSE), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * lift_unsynced_describe_async:
 * @accounts: the accounts of this computer
 * @user_type: of whom: `coach` or `athlete`
 * @clock: for the stores
 *
 * Looks in all accounts, whoever is signed in, for what is not on their servers.
 */
void
lift_unsynced_describe_async (LiftAccounts *accounts,
                              const char *user_type,
                              LiftClock *clock,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (accounts, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  look->accounts = g_object_ref (accounts);
  look->user_type = g_strdup (user_type);
  look->clock = g_object_ref (clock);
  g_task_set_source_tag (task, lift_unsynced_describe_async);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

/**
 * lift_unsynced_describe_finish:
 *
 * Returns: (transfer full) (nullable): a line for each account with changes that only this computer
 *   has, empty if there is none; %NULL with an error
 */
char *
lift_unsynced_describe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
