/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sign-in-page.h"

#include <glib/gi18n-lib.h>

#include "lift-remote-error.h"
#include "lift-server-url.h"
#include "lift-soup-transport.h"
#include "lift-unsynced.h"

struct _LiftSignInPage
{
  AdwBin parent_instance;

  GtkImage *image;
  GtkLabel *reason;
  GtkLabel *unsynced;
  GtkWidget *list;
  AdwEntryRow *server_row;
  AdwEntryRow *username_row;
  AdwEntryRow *password_row;
  GtkLabel *server_error;
  GtkLabel *username_error;
  GtkLabel *password_error;
  GtkLabel *other_error;
  GtkWidget *button;
  GtkWidget *leave_button;
  GtkSpinner *spinner;

  LiftAccounts *accounts;
  char *user_type;
  LiftTransportFunc transport_func;
  gpointer transport_data;
  LiftApi *api;
  GCancellable *cancellable;
  GCancellable *looking;
};

enum
{
  SIGNED_IN,
  LEFT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftSignInPage, lift_sign_in_page, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static LiftTransport *
new_soup_transport (const char *server, gpointer user_data, GError **error)
{
  return lift_soup_transport_new (server, LIFT_SOUP_TRANSPORT_NONE, error);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_invalid (AdwEntryRow *row, gboolean invalid)
{
  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* @row is NULL for what no field caused. */
static void
show_error (GtkLabel *label, AdwEntryRow *row, const char *message)
{
  gtk_label_set_label (label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
  if (row != NULL)
    set_invalid (row, message != NULL);
  if (row != NULL && message != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
clear_errors (LiftSignInPage *self)
{
  show_error (self->server_error, self->server_row, NULL);
  show_error (self->username_error, self->username_row, NULL);
  show_error (self->password_error, self->password_row, NULL);
  show_error (self->other_error, NULL, NULL);
}

static void
set_busy (LiftSignInPage *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->list, !busy);
  gtk_widget_set_sensitive (self->button, !busy);
}

static void
show_remote_error (LiftSignInPage *self, const GError *error)
{
  const char *field = lift_remote_error_get_field (error);

  switch ((LiftRemoteError) error->code)
    {
    case LIFT_REMOTE_ERROR_BAD_CREDENTIALS:
    case LIFT_REMOTE_ERROR_SIGN_IN_AGAIN:
    case LIFT_REMOTE_ERROR_RATE_LIMITED:
      show_error (self->password_error, self->password_row, error->message);
      break;
    case LIFT_REMOTE_ERROR_REFUSED:
      if (g_strcmp0 (field, "username") == 0 || g_strcmp0 (field, "email") == 0)
        show_error (self->username_error, self->username_row, error->message);
      else
        show_error (self->password_error, self->password_row, error->message);
      break;
    case LIFT_REMOTE_ERROR_OFFLINE:
    case LIFT_REMOTE_ERROR_TIMEOUT:
    case LIFT_REMOTE_ERROR_NOT_OURS:
    case LIFT_REMOTE_ERROR_OVERSIZED:
    case LIFT_REMOTE_ERROR_TOO_LARGE:
    case LIFT_REMOTE_ERROR_RESYNC:
    case LIFT_REMOTE_ERROR_MUTATION_GAP:
    case LIFT_REMOTE_ERROR_SERVER:
    case LIFT_REMOTE_ERROR_BAD_ADDRESS:
    default:
      show_error (self->server_error, self->server_row, error->message);
      break;
    }
}

static void
show_sign_in_error (LiftSignInPage *self, const GError *error)
{
  if (error->domain == LIFT_REMOTE_ERROR)
    show_remote_error (self, error);
  else
    show_error (self->other_error, NULL, error->message);
}

static void
show_wrong_role (LiftSignInPage *self, LiftAccount *account)
{
  const char *message = lift_account_is_coach (account)
                          ? _ ("This is a coach’s account. Sign in to LiftLogger Coach with it.")
                          : _ ("This is an athlete’s account. Sign in to LiftLogger with it.");

  show_error (self->username_error, self->username_row, message);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAccount) account = NULL;

  account = lift_accounts_sign_in_finish (LIFT_ACCOUNTS (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (account == NULL)
    show_sign_in_error (self, error);
  else if (g_strcmp0 (lift_account_get_user_type (account), self->user_type) != 0)
    show_wrong_role (self, account);
  else
    g_signal_emit (self, signals[SIGNED_IN], 0, account, self->api);
}

static gboolean
check_fields (LiftSignInPage *self)
{
  if (*get_text (self->server_row) == '\0')
    show_error (self->server_error, self->server_row, _ ("Type the address of your server."));
  else if (*get_text (self->username_row) == '\0')
    show_error (self->username_error, self->username_row, _ ("Type your username."));
  else if (*get_text (self->password_row) == '\0')
    show_error (self->password_error, self->password_row, _ ("Type your password."));
  else
    return TRUE;
  return FALSE;
}

static LiftTransport *
make_transport (LiftSignInPage *self, char **server)
{
  g_autoptr (GError) error = NULL;
  LiftTransport *transport = NULL;

  *server = lift_server_url_normalize (get_text (self->server_row), &error);
  if (*server != NULL)
    transport = self->transport_func (*server, self->transport_data, &error);
  if (transport == NULL)
    show_error (self->server_error, self->server_row, error->message);
  return transport;
}

static void
submit_cb (LiftSignInPage *self)
{
  g_autoptr (LiftTransport) transport = NULL;
  g_autofree char *server = NULL;

  if (self->cancellable != NULL)
    return;
  clear_errors (self);
  if (!check_fields (self))
    return;
  transport = make_transport (self, &server);
  if (transport == NULL)
    return;
  set_busy (self, TRUE);
  g_clear_object (&self->api);
  self->api = lift_api_new (transport);
  self->cancellable = g_cancellable_new ();
  lift_accounts_sign_in_async (self->accounts, self->api, server, get_text (self->username_row),
                               get_text (self->password_row), self->cancellable, signed_in_cb,
                               g_object_ref (self));
}

/* A field that is being mended is no longer wrong. */
static void
changed_cb (LiftSignInPage *self, AdwEntryRow *row)
{
  if (row == self->server_row)
    show_error (self->server_error, row, NULL);
  else if (row == self->username_row)
    show_error (self->username_error, row, NULL);
  else
    show_error (self->password_error, row, NULL);
}

/* An answer that comes later must not change what the person went back to. */
static void
leave_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LiftSignInPage *self = LIFT_SIGN_IN_PAGE (widget);

  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
lift_sign_in_page_grab_focus (GtkWidget *widget)
{
  LiftSignInPage *self = LIFT_SIGN_IN_PAGE (widget);

  if (*get_text (self->server_row) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
  if (*get_text (self->username_row) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->username_row));
  return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
lift_sign_in_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lift_sign_in_page_parent_class)->map (widget);
  gtk_widget_grab_focus (widget);
}

static void
lift_sign_in_page_dispose (GObject *object)
{
  LiftSignInPage *self = LIFT_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->accounts);
  g_clear_object (&self->api);
  g_clear_pointer (&self->user_type, g_free);
  G_OBJECT_CLASS (lift_sign_in_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, image);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, reason);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, unsynced);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, list);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, username_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, server_error);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, username_error);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, password_error);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, other_error);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, leave_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
lift_sign_in_page_class_init (LiftSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sign_in_page_dispose;
  widget_class->grab_focus = lift_sign_in_page_grab_focus;
  widget_class->map = lift_sign_in_page_map;
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, LIFT_TYPE_ACCOUNT,
                                     LIFT_TYPE_API);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "sign-in.leave", NULL, leave_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sign-in.leave", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-sign-in-page.ui");
  bind_children (widget_class);
}

/* libadwaita names the buttons of a row by their icons, for which a reader says "image"; what they
 * do is in their tooltips. */
static void
name_buttons (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_BUTTON (widget) && tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
lift_sign_in_page_init (LiftSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->transport_func = new_soup_transport;
  name_buttons (GTK_WIDGET (self->password_row));
  gtk_image_set_from_icon_name (self->image, gtk_window_get_default_icon_name ());
  lift_sign_in_page_set_reason (self, NULL);
  lift_sign_in_page_set_can_leave (self, FALSE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = lift_unsynced_describe_finish (result, &error);

  /* What cannot be read is told of once its account is opened. */
  if (words == NULL || *words == '\0')
    return;
  gtk_label_set_label (self->unsynced, words);
  gtk_widget_set_visible (GTK_WIDGET (self->unsynced), TRUE);
}

static void
look_for_unsynced (LiftSignInPage *self)
{
  self->looking = g_cancellable_new ();
  lift_unsynced_describe_async (self->accounts, self->user_type, lift_clock_get_system (),
                                self->looking, looked_cb, g_object_ref (self));
}

/**
 * lift_sign_in_page_new:
 * @accounts: where a new sign-in is kept
 * @user_type: who may sign in here: `coach` or `athlete`
 *
 * It also names the accounts of this computer that have something which is on no server.
 *
 * Returns: (transfer none): a page
 */
GtkWidget *
lift_sign_in_page_new (LiftAccounts *accounts, const char *user_type)
{
  LiftSignInPage *self = g_object_new (LIFT_TYPE_SIGN_IN_PAGE, NULL);

  self->accounts = g_object_ref (accounts);
  self->user_type = g_strdup (user_type);
  look_for_unsynced (self);
  return GTK_WIDGET (self);
}

/**
 * lift_sign_in_page_set_transport_func:
 * @func: makes the way to the server that was typed
 *
 * Takes another way than HTTP, for tests.
 */
void
lift_sign_in_page_set_transport_func (LiftSignInPage *self,
                                      LiftTransportFunc func,
                                      gpointer user_data)
{
  g_return_if_fail (LIFT_IS_SIGN_IN_PAGE (self));
  self->transport_func = func;
  self->transport_data = user_data;
}

/**
 * lift_sign_in_page_set_server:
 * @server: (nullable): an address
 */
void
lift_sign_in_page_set_server (LiftSignInPage *self, const char *server)
{
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server != NULL ? server : "");
}

/**
 * lift_sign_in_page_set_username:
 * @username: (nullable): the name that was used last
 */
void
lift_sign_in_page_set_username (LiftSignInPage *self, const char *username)
{
  gtk_editable_set_text (GTK_EDITABLE (self->username_row), username != NULL ? username : "");
}

/**
 * lift_sign_in_page_set_reason:
 * @reason: (nullable): why the page is shown, "3 changes wait on this computer"
 */
void
lift_sign_in_page_set_reason (LiftSignInPage *self, const char *reason)
{
  gtk_label_set_label (
    self->reason, reason != NULL ? reason : _ ("Your training stays on a server of your own."));
}

/**
 * lift_sign_in_page_set_can_leave:
 * @can_leave: whether there is something to go back to: what was open when the sign-in ended
 *
 * Offers to sign in later, for which the page emits `left`. Training goes on without a network, and
 * without a network nobody can sign in.
 */
void
lift_sign_in_page_set_can_leave (LiftSignInPage *self, gboolean can_leave)
{
  g_return_if_fail (LIFT_IS_SIGN_IN_PAGE (self));
  gtk_widget_set_visible (self->leave_button, can_leave);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.leave", can_leave);
}
