/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-database.h"
#include "lift-file-secrets.h"
#include "lift-sign-in-page.h"
#include "lift-window.h"
#include "ui-fixture.h"

/* The sign-in page over a server that says what the test wants. */

typedef struct
{
  StoreFixture store;
  LiftAccounts *accounts;
  TestTransport *transport;
  LiftSignInPage *page;
  GtkWindow *window;
  guint n_signed_in;
} Fixture;

static LiftTransport *
give_transport (const char *server, gpointer user_data, GError **error)
{
  return g_object_ref (user_data);
}

static void
add_one_cb (guint *n)
{
  (*n)++;
}

static void
count_cb (Fixture *self)
{
  self->n_signed_in++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autofree char *secrets_folder = NULL;
  g_autoptr (LiftSecrets) secrets = NULL;

  store_fixture_set_up (&self->store, data);
  folder = g_build_filename (self->store.folder, "data", NULL);
  secrets_folder = g_build_filename (self->store.folder, "secrets", NULL);
  secrets = lift_file_secrets_new (secrets_folder);
  self->accounts = lift_accounts_new (folder, secrets, LIFT_CLOCK (self->store.clock));
  self->transport = g_object_new (TEST_TYPE_TRANSPORT, NULL);
  self->page = LIFT_SIGN_IN_PAGE (lift_sign_in_page_new (self->accounts, "athlete"));
  lift_sign_in_page_set_transport_func (self->page, give_transport, self->transport);
  lift_sign_in_page_set_server (self->page, "http://127.0.0.1:8484");
  lift_sign_in_page_set_username (self->page, "mara");
  g_signal_connect_swapped (self->page, "signed-in", G_CALLBACK (count_cb), self);
  self->window = ui_show (GTK_WIDGET (self->page));
}

static gboolean
is_ours_alone (gpointer data)
{
  return g_atomic_int_get (&((GObject *) data)->ref_count) == 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  ui_wait_until (is_ours_alone, self->accounts);
  g_assert_finalize_object (self->accounts);
  ui_wait_until (is_ours_alone, self->transport);
  g_assert_finalize_object (self->transport);
  store_fixture_tear_down (&self->store, data);
}

static gpointer
child (Fixture *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self->page), LIFT_TYPE_SIGN_IN_PAGE, name);
}

static gboolean
is_idle (gpointer data)
{
  return gtk_widget_get_sensitive (data);
}

/* Types the password and presses Enter in its field. */
static void
submit (Fixture *self, const char *password)
{
  gtk_editable_set_text (GTK_EDITABLE (child (self, "password_row")), password);
  g_signal_emit_by_name (child (self, "password_row"), "entry-activated");
  ui_wait_until (is_idle, child (self, "button"));
}

/* @name is the only field that has an error. */
static void
assert_error_beside (Fixture *self, const char *name)
{
  static const char *const fields[] = { "server", "username", "password", "other" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *label = g_strconcat (fields[i], "_error", NULL);
      gboolean visible = gtk_widget_get_visible (child (self, label));

      g_assert_cmpint (visible, ==, g_strcmp0 (fields[i], name) == 0);
      if (visible)
        g_assert_cmpstr (gtk_label_get_label (child (self, label)), !=, "");
    }
}

static void
test_good (Fixture *self, gconstpointer data)
{
  self->transport->status = 200;
  self->transport->body = "{\"token\":\"t\",\"userId\":\"018f0000-0000-7000-8000-000000000001\","
                          "\"userType\":\"athlete\"}";
  submit (self, "secret");
  g_assert_cmpuint (self->n_signed_in, ==, 1);
  assert_error_beside (self, NULL);
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  self->transport->status = 0;
  submit (self, "secret");
  assert_error_beside (self, "server");
  g_assert_true (gtk_widget_has_css_class (child (self, "server_row"), "error"));
  gtk_editable_set_text (GTK_EDITABLE (child (self, "server_row")), "http://127.0.0.1:8485");
  assert_error_beside (self, NULL);
  g_assert_false (gtk_widget_has_css_class (child (self, "server_row"), "error"));
}

static void
test_wrong_password (Fixture *self, gconstpointer data)
{
  self->transport->status = 401;
  self->transport->body =
    "{\"type\":\"about:blank\",\"title\":\"no\",\"status\":401,\"code\":\"INVALID_CREDENTIALS\"}";
  submit (self, "wrong");
  assert_error_beside (self, "password");
  g_assert_cmpuint (self->n_signed_in, ==, 0);
}

static void
test_not_ours (Fixture *self, gconstpointer data)
{
  self->transport->status = 200;
  self->transport->body = "<html>Welcome to the hotel</html>";
  submit (self, "secret");
  assert_error_beside (self, "server");
}

static void
test_wrong_role (Fixture *self, gconstpointer data)
{
  self->transport->status = 200;
  self->transport->body = "{\"token\":\"t\",\"userId\":\"018f0000-0000-7000-8000-000000000002\","
                          "\"userType\":\"coach\"}";
  submit (self, "secret");
  assert_error_beside (self, "username");
  g_assert_cmpuint (self->n_signed_in, ==, 0);
}

static void
test_empty_fields (Fixture *self, gconstpointer data)
{
  submit (self, "");
  assert_error_beside (self, "password");
  lift_sign_in_page_set_username (self->page, "");
  submit (self, "secret");
  assert_error_beside (self, "username");
  lift_sign_in_page_set_server (self->page, "");
  submit (self, "secret");
  assert_error_beside (self, "server");
  lift_sign_in_page_set_server (self->page, "ftp://nowhere");
  lift_sign_in_page_set_username (self->page, "mara");
  submit (self, "secret");
  assert_error_beside (self, "server");
}

/* The page may go while the server is being asked. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  self->transport->status = 0;
  gtk_editable_set_text (GTK_EDITABLE (child (self, "password_row")), "secret");
  g_signal_emit_by_name (child (self, "password_row"), "entry-activated");
}

/* The field in which the focus is. */
static gpointer
get_focused_row (Fixture *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return GTK_IS_TEXT (focus) ? gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW) : NULL;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

/* What is typed at once goes into the field that is still empty, or wrong. */
static void
test_focus (Fixture *self, gconstpointer data)
{
  g_assert_true (get_focused_row (self) == child (self, "password_row"));
  lift_sign_in_page_set_username (self->page, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
  g_assert_true (get_focused_row (self) == child (self, "username_row"));
  lift_sign_in_page_set_username (self->page, "mara");
  submit (self, "");
  g_assert_true (get_focused_row (self) == child (self, "password_row"));
}

/* The page comes in place of what had the focus: that goes into the field, and no further. */
static void
test_focus_in_window (Fixture *self, gconstpointer data)
{
  GtkWidget *page = lift_sign_in_page_new (self->accounts, "athlete");
  GtkWidget *content = gtk_button_new_with_label ("Content");
  LiftWindow *window = lift_window_new (NULL, NULL);

  lift_sign_in_page_set_server (LIFT_SIGN_IN_PAGE (page), "http://127.0.0.1:8484");
  lift_sign_in_page_set_username (LIFT_SIGN_IN_PAGE (page), "mara");
  lift_window_show_content (window, content);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait_until (is_mapped, content);
  gtk_widget_grab_focus (content);
  lift_window_show_sign_in (window, page);
  ui_wait_until (is_mapped, page);
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_true (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                          ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static const char athlete[] =
  "{\"token\":\"t\",\"userId\":\"018f0000-0000-7000-8000-000000000001\","
  "\"userType\":\"athlete\"}";

/* What nobody has sent is told of, whoever is to sign in next; an empty account is not. */
static void
test_unsynced (Fixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->store);
  g_autoptr (LiftDatabase) database = NULL;
  g_autoptr (LiftAccount) account = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sql = NULL;
  GtkWidget *page;

  self->transport->status = 200;
  self->transport->body = athlete;
  submit (self, "secret");
  account = lift_accounts_dup_last (self->accounts, NULL, NULL);
  path = lift_account_dup_store_path (account);
  sql = g_strdup_printf ("VACUUM INTO '%s'", path);
  database = lift_database_open (self->store.path, LIFT_DATABASE_WRITE, NULL);
  g_assert_true (lift_database_exec (database, sql, NULL));
  page = lift_sign_in_page_new (self->accounts, "coach");
  gtk_window_set_child (self->window, page);
  store_fixture_settle ();
  g_assert_null (ui_find (page, GTK_TYPE_LABEL,
                          "mara on http://127.0.0.1:8484 has 1 change that is not on the server."));
  page = lift_sign_in_page_new (self->accounts, "athlete");
  gtk_window_set_child (self->window, page);
  ui_wait_for (page, GTK_TYPE_LABEL,
               "mara on http://127.0.0.1:8484 has 1 change that is not on the server.");
}

/* Every button says what it is for. */
static void
test_toggle_is_named (Fixture *self, gconstpointer data)
{
  GtkWidget *toggle = ui_find (child (self, "password_row"), GTK_TYPE_BUTTON, NULL);

  g_assert_nonnull (toggle);
  g_assert_nonnull (gtk_widget_get_tooltip_text (toggle));
  gtk_test_accessible_assert_property (toggle, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       gtk_widget_get_tooltip_text (toggle));
}

#define PAGE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

/* Back to what was open, and no answer that comes later is taken. */
static void
test_leave (Fixture *self, gconstpointer data)
{
  GtkWidget *button = child (self, "leave_button");
  guint n_left = 0;

  self->transport->status = 200;
  self->transport->body = "{\"token\":\"t\",\"userId\":\"018f0000-0000-7000-8000-000000000001\","
                          "\"userType\":\"athlete\"}";
  g_signal_connect_swapped (self->page, "left", G_CALLBACK (add_one_cb), &n_left);
  g_assert_false (gtk_widget_get_visible (button));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "sign-in.leave", NULL);
  g_assert_cmpuint (n_left, ==, 0);
  lift_sign_in_page_set_can_leave (self->page, TRUE);
  g_assert_true (gtk_widget_get_visible (button));
  gtk_editable_set_text (GTK_EDITABLE (child (self, "password_row")), "secret");
  g_signal_emit_by_name (child (self, "password_row"), "entry-activated");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_left, ==, 1);
  gtk_window_set_child (self->window, NULL);
  ui_wait_until (is_ours_alone, self->accounts);
  g_assert_cmpuint (self->n_signed_in, ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  PAGE_TEST ("/ui/sign-in/good", test_good);
  PAGE_TEST ("/ui/sign-in/offline", test_offline);
  PAGE_TEST ("/ui/sign-in/wrong-password", test_wrong_password);
  PAGE_TEST ("/ui/sign-in/not-ours", test_not_ours);
  PAGE_TEST ("/ui/sign-in/wrong-role", test_wrong_role);
  PAGE_TEST ("/ui/sign-in/empty-fields", test_empty_fields);
  PAGE_TEST ("/ui/sign-in/gone", test_gone);
  PAGE_TEST ("/ui/sign-in/leave", test_leave);
  PAGE_TEST ("/ui/sign-in/focus", test_focus);
  PAGE_TEST ("/ui/sign-in/focus-in-window", test_focus_in_window);
  PAGE_TEST ("/ui/sign-in/unsynced", test_unsynced);
  PAGE_TEST ("/ui/sign-in/toggle-is-named", test_toggle_is_named);
  return g_test_run ();
}
