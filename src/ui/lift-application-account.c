/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-application-private.h"
#include "lift-server-url.h"
#include "lift-sign-in-page.h"
#include "lift-sync-indicator.h"
#include "lift-toast.h"

#define DEFAULT_SERVER "http://127.0.0.1:8484"

/* Opening, closing and changing the account of a program. */

static void
start_opening (LiftApplicationPrivate *priv)
{
  g_cancellable_cancel (priv->opening);
  g_clear_object (&priv->opening);
  priv->opening = g_cancellable_new ();
}

static void
start_sync (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);

  priv->sync_manager = lift_sync_manager_new (priv->store, priv->api,
                                              lift_account_get_device_id (priv->account));
  priv->connectivity = lift_connectivity_new (lift_account_get_server (priv->account));
  g_signal_connect_object (priv->connectivity, "reconnected", G_CALLBACK (lift_sync_manager_poke),
                           priv->sync_manager, G_CONNECT_SWAPPED);
  priv->hints = lift_hints_new (priv->api);
  g_signal_connect_object (priv->hints, "hint", G_CALLBACK (lift_sync_manager_poke),
                           priv->sync_manager, G_CONNECT_SWAPPED);
  lift_sync_manager_start (priv->sync_manager);
  lift_hints_start (priv->hints);
}

static void
show_content (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  GtkWidget *content = LIFT_APPLICATION_GET_CLASS (self)->create_content (self, priv->window);

  lift_window_show_content (priv->window, content);
  lift_window_set_bottom_line (priv->window,
                               lift_sync_indicator_new (priv->store, priv->sync_manager));
}

static void
undo_failed_cb (LiftApplication *self, const GError *error)
{
  LiftWindow *window = lift_application_get_private (self)->window;
  GtkWidget *inside = window != NULL ? lift_window_get_content (window) : NULL;

  if (inside != NULL)
    lift_toast_error (inside, error);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftApplication *self;
  LiftApplicationPrivate *priv;
  g_autoptr (LiftApplication) owned = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftStore) store = lift_store_open_finish (result, &error);

  self = owned;
  priv = lift_application_get_private (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || priv->window == NULL)
    return;
  if (store == NULL)
    {
      lift_application_close_account (self);
      lift_application_show_sign_in (self, error->message);
      return;
    }
  priv->store = g_steal_pointer (&store);
  priv->undo = lift_undo_new (priv->store);
  g_signal_connect_object (priv->undo, "failed", G_CALLBACK (undo_failed_cb), self,
                           G_CONNECT_SWAPPED);
  start_sync (self);
  lift_application_update_actions (self);
  show_content (self);
}

/* For the next sign-in, by whichever program this one was. */
static void
remember (LiftApplicationPrivate *priv, LiftAccount *account)
{
  g_settings_set_string (priv->settings, "server", lift_account_get_server (account));
  g_settings_set_string (priv->settings, "username", lift_account_get_username (account));
}

static void
open_account (LiftApplication *self, LiftAccount *account, LiftApi *api)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autofree char *path = lift_account_dup_store_path (account);

  remember (priv, account);
  lift_application_close_account (self);
  lift_application_update_actions (self);
  priv->account = g_object_ref (account);
  priv->api = g_object_ref (api);
  lift_window_show_opening (priv->window);
  start_opening (priv);
  lift_store_open_async (path, priv->clock, priv->opening, store_opened_cb, g_object_ref (self));
}

/* The person whose sign-in had ended is back: what they were doing stays as it is. */
static gboolean
resume_account (LiftApplication *self, LiftAccount *account, LiftApi *api)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autofree char *token = NULL;
  g_autofree char *refresh_token = NULL;

  if (priv->store == NULL || !g_str_equal (lift_account_get_directory (priv->account),
                                           lift_account_get_directory (account)))
    return FALSE;
  token = lift_api_dup_token (api);
  refresh_token = lift_api_dup_refresh_token (api);
  lift_api_set_tokens (priv->api, token, refresh_token);
  g_set_object (&priv->account, account);
  lift_window_show_content (priv->window, NULL);
  lift_sync_manager_poke (priv->sync_manager);
  return TRUE;
}

static void
signed_in_cb (LiftApplication *self, LiftAccount *account, LiftApi *api)
{
  if (!resume_account (self, account, api))
    open_account (self, account, api);
}

static char *
dup_server (LiftApplicationPrivate *priv)
{
  g_autofree char *last = g_settings_get_string (priv->settings, "server");

  if (priv->server != NULL && *priv->server != '\0')
    return g_strdup (priv->server);
  return *last != '\0' ? g_steal_pointer (&last) : g_strdup (DEFAULT_SERVER);
}

static void
left_cb (LiftApplication *self)
{
  lift_window_show_content (lift_application_get_private (self)->window, NULL);
}

/* Shows the sign-in page; over an open account, whose content stays, it is for that account. */
void
lift_application_show_sign_in (LiftApplication *self, const char *reason)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  const char *user_type = LIFT_APPLICATION_GET_CLASS (self)->user_type;
  LiftSignInPage *page = LIFT_SIGN_IN_PAGE (lift_sign_in_page_new (priv->accounts, user_type));
  g_autofree char *server = dup_server (priv);
  g_autofree char *username = g_settings_get_string (priv->settings, "username");

  if (priv->account != NULL)
    lift_sign_in_page_set_server (page, lift_account_get_server (priv->account));
  else
    lift_sign_in_page_set_server (page, server);
  lift_sign_in_page_set_username (
    page, priv->account != NULL ? lift_account_get_username (priv->account) : username);
  lift_sign_in_page_set_reason (page, reason);
  lift_sign_in_page_set_can_leave (page, priv->store != NULL);
  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  lift_window_show_sign_in (priv->window, GTK_WIDGET (page));
  lift_application_update_actions (self);
}

static gboolean
is_other_server (LiftApplicationPrivate *priv, LiftAccount *account)
{
  g_autofree char *asked = NULL;

  if (priv->server == NULL || *priv->server == '\0')
    return FALSE;
  asked = lift_server_url_normalize (priv->server, NULL);
  return g_strcmp0 (asked, lift_account_get_server (account)) != 0;
}

static void
last_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftApplication) self = user_data;
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autoptr (LiftApi) api = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAccount)
    account = lift_accounts_open_last_finish (LIFT_ACCOUNTS (source), result, &api, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || priv->window == NULL)
    return;
  if (account == NULL)
    lift_application_show_sign_in (
      self, g_error_matches (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_NO_ACCOUNT)
              ? NULL
              : error->message);
  else if (!lift_account_get_signed_in (account) || is_other_server (priv, account))
    {
      remember (priv, account);
      lift_application_show_sign_in (self, NULL);
    }
  else
    open_account (self, account, api);
}

/* Goes on with the account of last time, for which no network is needed. */
void
lift_application_open_last (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);

  start_opening (priv);
  lift_accounts_open_last_async (priv->accounts, LIFT_APPLICATION_GET_CLASS (self)->user_type, NULL,
                                 priv->opening, last_opened_cb, g_object_ref (self));
}

static void
stop_sync (LiftApplicationPrivate *priv)
{
  if (priv->hints != NULL)
    lift_hints_stop (priv->hints);
  if (priv->sync_manager != NULL)
    lift_sync_manager_stop (priv->sync_manager);
  g_clear_object (&priv->hints);
  g_clear_object (&priv->connectivity);
  g_clear_object (&priv->sync_manager);
}

/* Closes what is open; what was typed is in the store before this returns. */
void
lift_application_close_account (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);

  g_cancellable_cancel (priv->opening);
  g_clear_object (&priv->opening);
  lift_toast_withdraw_undo ();
  /* Widgets that go write what stands in them, so they go first. */
  if (priv->window != NULL)
    lift_window_show_opening (priv->window);
  stop_sync (priv);
  g_clear_object (&priv->undo);
  g_array_set_size (priv->deeds, 0);
  if (priv->store != NULL)
    lift_store_close (priv->store);
  g_clear_object (&priv->store);
  g_clear_object (&priv->api);
  g_clear_object (&priv->account);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftApplication) self = user_data;
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autoptr (GError) error = NULL;

  lift_accounts_sign_out_finish (LIFT_ACCOUNTS (source), result, &error);
  if (priv->window != NULL)
    lift_application_show_sign_in (self, error != NULL ? error->message : NULL);
  g_application_release (G_APPLICATION (self));
}

/* Nothing is lost by it, so nothing is asked: the data stay, of which the page tells, and sync with
 * the next sign-in. */
void
lift_application_sign_out (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autoptr (LiftAccount) account = g_object_ref (priv->account);
  g_autoptr (LiftApi) api = g_object_ref (priv->api);

  /* Whoever closes the window at once means to be signed out all the more. */
  g_application_hold (G_APPLICATION (self));
  lift_application_close_account (self);
  lift_application_update_actions (self);
  lift_accounts_sign_out_async (priv->accounts, account, api, NULL, signed_out_cb,
                                g_object_ref (self));
}
