/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lift-accounts.h"
#include "lift-file-secrets.h"
#include "lift-folder-lock.h"
#include "lift-uuid.h"
#include "test-servers.h"

#define SERVER "https://lift.example.org"

/* A server with users whose id is their name; tokens are numbered for all of them. */
typedef struct
{
  GMutex mutex;
  gboolean offline;
  int token;
  int logins;
  int logouts;
  int refreshes;
  char *typed;
} Server;

typedef struct
{
  char *directory;
  char *data;
  Server server;
  LiftSecrets *secrets;
  LiftAccounts *accounts;
  LiftApi *api;
} Fixture;

static LiftResponse *
answer_token (Server *server, LiftRequest *request, gboolean login)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *body;
  const char *name = NULL;

  json_parser_load_from_data (parser, g_bytes_get_data (request->body, NULL),
                              g_bytes_get_size (request->body), NULL);
  body = json_node_get_object (json_parser_get_root (parser));
  if (login)
    name = json_object_get_string_member (body, "username");
  if (login && !g_str_equal (json_object_get_string_member (body, "password"), "right"))
    return fake_json (401, "{\"code\":\"INVALID_CREDENTIALS\"}");
  if (login)
    {
      g_free (server->typed);
      server->typed = g_strdup (name);
    }
  server->token++;
  text = g_strdup_printf ("{\"token\":\"t%d\",\"refreshToken\":\"r%d\",\"userId\":\"%s\","
                          "\"userType\":\"%s\",\"name\":\"N\"}",
                          server->token, server->token, name,
                          g_strcmp0 (name, "coach") == 0 ? "coach" : "athlete");
  return fake_json (200, text);
}

static LiftResponse *
answer_refresh (Server *server, LiftRequest *request)
{
  g_autofree char *wanted = g_strdup_printf ("{\"refreshToken\":\"r%d\"}", server->token);
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  server->refreshes++;
  if (length != strlen (wanted) || memcmp (text, wanted, length) != 0)
    return fake_json (401, "{\"code\":\"SIGN_IN_AGAIN\"}");
  return answer_token (server, request, FALSE);
}

static LiftResponse *
answer (Server *server, LiftRequest *request)
{
  g_autofree char *token = g_strdup_printf ("t%d", server->token);

  if (g_str_has_suffix (request->path, "/login") || g_str_has_suffix (request->path, "/register"))
    {
      server->logins++;
      return answer_token (server, request, TRUE);
    }
  if (g_str_has_suffix (request->path, "/refresh"))
    return answer_refresh (server, request);
  if (g_strcmp0 (request->token, token) != 0)
    return fake_json (401, "{\"code\":\"TOKEN_EXPIRED\"}");
  if (g_str_has_suffix (request->path, "/logout"))
    {
      server->logouts++;
      return lift_response_new (204, NULL, NULL);
    }
  return fake_json (200, "{\"changesByType\":{}}");
}

static LiftResponse *
serve (LiftRequest *request, gpointer user_data, GError **error)
{
  Server *server = user_data;
  LiftResponse *response = NULL;

  g_mutex_lock (&server->mutex);
  if (server->offline)
    g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "offline");
  else
    response = answer (server, request);
  g_mutex_unlock (&server->mutex);
  g_usleep (10 * 1000);
  return response;
}

static LiftApi *
make_api (Fixture *fixture)
{
  g_autoptr (LiftTransport) transport = fake_transport_new (serve, &fixture->server);

  return lift_api_new (transport);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secrets = NULL;

  fixture->directory = g_dir_make_tmp ("lift-accounts-XXXXXX", NULL);
  fixture->data = g_build_filename (fixture->directory, "data", NULL);
  secrets = g_build_filename (fixture->directory, "secrets", NULL);
  fixture->secrets = lift_file_secrets_new (secrets);
  fixture->accounts = lift_accounts_new (fixture->data, fixture->secrets, NULL);
  fixture->api = make_api (fixture);
}

static void
remove_tree (const char *path)
{
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* A worker may hold on to what it worked with for a moment longer than the callback. */
static void
assert_finalized_soon (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  gpointer alive = object;

  g_object_add_weak_pointer (object, &alive);
  g_object_unref (object);
  while (g_atomic_pointer_get (&alive) != NULL && g_get_monotonic_time () < deadline)
    g_usleep (1000);
  g_assert_null (g_atomic_pointer_get (&alive));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  assert_finalized_soon (g_steal_pointer (&fixture->api));
  assert_finalized_soon (g_steal_pointer (&fixture->accounts));
  assert_finalized_soon (g_steal_pointer (&fixture->secrets));
  remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->data);
  g_free (fixture->server.typed);
}

static LiftAccount *
sign_in (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  LiftAccount *account = lift_accounts_sign_in (fixture->accounts, fixture->api, SERVER "/", name,
                                                "right", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (lift_account_get_signed_in (account));
  return account;
}

static void
assert_pulls (LiftApi *api)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = lift_api_pull (api, &(LiftPullRequest){ 0 }, NULL, &error);

  g_assert_no_error (error);
}

static void
assert_mode (const char *path, guint mode)
{
  struct stat info;

  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "  Anna ");
  g_autoptr (LiftAccount) last = NULL;
  g_autoptr (LiftTransport) transport = fake_transport_new (serve, &fixture->server);
  g_autoptr (LiftApi) api = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *device = NULL;
  g_autofree char *store = NULL;

  /* The server gets what was typed, and the name under which it is known here has no case. */
  g_assert_cmpstr (fixture->server.typed, ==, "Anna");
  g_assert_cmpstr (lift_account_get_username (account), ==, "anna");
  file = g_build_filename (lift_account_get_directory (account), "account.ini", NULL);
  assert_mode (fixture->data, 0700);
  assert_mode (lift_account_get_directory (account), 0700);
  assert_mode (file, 0600);

  /* The next start, without a network. */
  fixture->server.offline = TRUE;
  last = lift_accounts_open_last (fixture->accounts, NULL, transport, &api, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lift_account_get_server (last), ==, SERVER);
  g_assert_cmpstr (lift_account_get_user_id (last), ==, "Anna");
  g_assert_cmpstr (lift_account_get_user_type (last), ==, "athlete");
  g_assert_cmpstr (lift_account_get_athlete_id (last), ==, "Anna");
  g_assert_null (lift_account_get_coach_id (last));
  g_assert_cmpstr (lift_account_get_name (last), ==, "N");
  g_assert_true (lift_account_get_signed_in (last));
  device = lift_uuid_normalize (lift_account_get_device_id (last));
  g_assert_cmpstr (device, ==, lift_account_get_device_id (account));
  store = lift_account_dup_store_path (last);
  g_assert_true (g_str_has_prefix (store, lift_account_get_directory (last)));
  g_assert_true (g_str_has_suffix (store, "/store.db"));

  fixture->server.offline = FALSE;
  assert_pulls (api);
  g_assert_cmpint (fixture->server.logins, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&api));
  g_assert_finalize_object (g_steal_pointer (&last));
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autofree char *file = g_build_filename (fixture->directory, "file", NULL);
  g_autofree char *below = g_build_filename (file, "secrets", NULL);
  g_autoptr (LiftSecrets) nowhere = lift_file_secrets_new (below);
  g_autoptr (LiftAccounts) others = lift_accounts_new (fixture->data, nowhere, NULL);
  g_autoptr (LiftApi) api = make_api (fixture);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_accounts_open (fixture->accounts, account, api, NULL, &error));
  g_assert_no_error (error);
  token = lift_api_dup_token (api);
  g_assert_cmpstr (token, ==, "t1");

  g_file_set_contents (file, "", 0, NULL);
  g_assert_false (lift_accounts_open (others, account, api, NULL, &error));
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE);
}

static void
test_same_device_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) first = sign_in (fixture, "anna");
  g_autoptr (LiftAccount) second = sign_in (fixture, "anna");

  g_assert_cmpstr (lift_account_get_device_id (first), ==, lift_account_get_device_id (second));
  g_assert_cmpstr (lift_account_get_directory (first), ==, lift_account_get_directory (second));
}

static void
test_users_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) coach = sign_in (fixture, "coach");
  g_autoptr (LiftAccount) athlete = sign_in (fixture, "bo");
  g_autoptr (GPtrArray) accounts = lift_accounts_list (fixture->accounts, NULL);
  g_autoptr (LiftAccount) last = lift_accounts_dup_last (fixture->accounts, NULL, NULL);
  g_autoptr (LiftAccount) last_coach = lift_accounts_dup_last (fixture->accounts, "coach", NULL);

  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (lift_account_get_device_id (coach), !=, lift_account_get_device_id (athlete));
  g_assert_cmpstr (lift_account_get_directory (coach), !=, lift_account_get_directory (athlete));
  g_assert_cmpstr (lift_account_get_user_id (last), ==, "bo");
  /* The coach's app starts with the coach, whoever used the other one since. */
  g_assert_cmpstr (lift_account_get_user_id (last_coach), ==, "coach");
  g_assert_true (lift_account_is_coach (last_coach));
  g_assert_cmpstr (lift_account_get_coach_id (last_coach), ==, "coach");
  g_assert_null (lift_account_get_athlete_id (last_coach));
}

static void
assert_sign_in_fails (Fixture *fixture,
                      const char *server,
                      const char *name,
                      const char *password,
                      GQuark domain,
                      int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
    lift_accounts_sign_in (fixture->accounts, fixture->api, server, name, password, NULL, &error));
  g_assert_error (error, domain, code);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) none = NULL;
  g_autoptr (GError) error = NULL;

  assert_sign_in_fails (fixture, SERVER, " ", "right", LIFT_ACCOUNT_ERROR,
                        LIFT_ACCOUNT_ERROR_INVALID);
  assert_sign_in_fails (fixture, SERVER, "anna", "", LIFT_ACCOUNT_ERROR,
                        LIFT_ACCOUNT_ERROR_INVALID);
  assert_sign_in_fails (fixture, "gopher://x", "anna", "right", LIFT_REMOTE_ERROR,
                        LIFT_REMOTE_ERROR_BAD_ADDRESS);
  assert_sign_in_fails (fixture, SERVER, "anna", "wrong", LIFT_REMOTE_ERROR,
                        LIFT_REMOTE_ERROR_BAD_CREDENTIALS);
  fixture->server.offline = TRUE;
  assert_sign_in_fails (fixture, SERVER, "anna", "right", LIFT_REMOTE_ERROR,
                        LIFT_REMOTE_ERROR_OFFLINE);
  /* Nothing of it has left an account behind. */
  none = lift_accounts_dup_last (fixture->accounts, NULL, &error);
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_NO_ACCOUNT);
}

/* Without a place for the tokens, the server is not even asked for them. */
static void
test_no_place_for_secrets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->directory, "file", NULL);
  g_autofree char *below = g_build_filename (file, "secrets", NULL);
  g_autoptr (LiftSecrets) secrets = lift_file_secrets_new (below);
  g_autoptr (LiftAccounts) accounts = lift_accounts_new (fixture->data, secrets, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, "", 0, NULL);
  g_assert_null (
    lift_accounts_sign_in (accounts, fixture->api, SERVER, "anna", "right", NULL, &error));
  g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE);
  g_assert_cmpint (fixture->server.logins, ==, 0);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *bad[] = { "", "[account]\nserver=x\n", "\xff\xfe nonsense" };
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autofree char *file = g_build_filename (lift_account_get_directory (account), "account.ini",
                                            NULL);
  g_autofree char *last = g_build_filename (fixture->data, "last.ini", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents (file, bad[i], -1, NULL);
      g_assert_null (lift_accounts_dup_last (fixture->accounts, NULL, &error));
      g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "account.ini"));
    }
  g_file_set_contents (last, "[last]\nany=../../etc\n", -1, NULL);
  g_assert_null (lift_accounts_dup_last (fixture->accounts, NULL, NULL));
  g_clear_object (&account);
  /* Signing in mends both. */
  account = sign_in (fixture, "anna");
  g_clear_object (&account);
  account = lift_accounts_dup_last (fixture->accounts, NULL, NULL);
  g_assert_nonnull (account);
}

/* The app and the command line at the same time: a refresh token works once. */
static gpointer
pull_in_thread (gpointer api)
{
  assert_pulls (api);
  return NULL;
}

static void
test_shared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autoptr (LiftAccounts) others = lift_accounts_new (fixture->data, fixture->secrets, NULL);
  g_autoptr (LiftTransport) transport = fake_transport_new (serve, &fixture->server);
  g_autoptr (LiftAccount) same = NULL;
  g_autoptr (LiftApi) api = NULL;
  g_autofree char *token = NULL;
  g_autofree char *other_token = NULL;
  GThread *threads[8];

  same = lift_accounts_open_last (others, NULL, transport, &api, NULL, NULL);
  assert_pulls (api);
  /* The server forgets the token in use; the refresh token is still good. */
  fixture->server.token = 7;
  lift_secrets_store (fixture->secrets, SERVER, "anna", LIFT_SECRET_TOKENS,
                      "{\"token\":\"t1\",\"refreshToken\":\"r7\"}", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", pull_in_thread, i % 2 == 0 ? api : fixture->api);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (fixture->server.refreshes, ==, 1);
  token = lift_api_dup_token (api);
  other_token = lift_api_dup_token (fixture->api);
  g_assert_cmpstr (token, ==, "t8");
  g_assert_cmpstr (other_token, ==, "t8");
  g_assert_finalize_object (g_steal_pointer (&api));
}

static void
assert_signed_out (Fixture *fixture, LiftAccount *account)
{
  g_autoptr (LiftAccount) last = lift_accounts_dup_last (fixture->accounts, NULL, NULL);
  g_autofree char *secret = NULL;
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_account_get_signed_in (account));
  g_assert_false (lift_account_get_signed_in (last));
  secret = lift_secrets_lookup (fixture->secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (secret);
  page = lift_api_pull (fixture->api, &(LiftPullRequest){ 0 }, NULL, &error);
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autofree char *store = lift_account_dup_store_path (account);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (store, "data", -1, NULL);
  g_assert_true (lift_accounts_sign_out (fixture->accounts, account, fixture->api, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->server.logouts, ==, 1);
  assert_signed_out (fixture, account);
  g_assert_true (g_file_test (store, G_FILE_TEST_EXISTS));
}

/* Nothing of an account goes while somebody has its store open. */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  const char *folder = lift_account_get_directory (account);
  g_autofree char *store = lift_account_dup_store_path (account);
  g_autoptr (GError) error = NULL;
  int first, second;

  g_file_set_contents (store, "data", -1, NULL);
  first = lift_folder_lock_take (folder, FALSE);
  second = lift_folder_lock_take (folder, FALSE);
  g_assert_cmpint (MIN (first, second), >=, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (
        lift_accounts_remove (fixture->accounts, account, fixture->api, NULL, &error));
      g_assert_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_BUSY);
      g_assert_nonnull (strstr (error->message, "anna"));
      g_clear_error (&error);
      lift_folder_lock_give (i == 0 ? first : second);
    }
  g_assert_true (g_file_test (store, G_FILE_TEST_EXISTS));
  g_assert_cmpint (fixture->server.logouts, ==, 0);
  assert_pulls (fixture->api);
  g_assert_true (lift_accounts_remove (fixture->accounts, account, fixture->api, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->server.logouts, ==, 1);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_sign_out_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autoptr (GError) error = NULL;

  fixture->server.offline = TRUE;
  g_assert_true (lift_accounts_sign_out (fixture->accounts, account, fixture->api, NULL, &error));
  g_assert_no_error (error);
  assert_signed_out (fixture, account);
}

static void
assert_pull_ends (Fixture *fixture, LiftApi *api)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = lift_api_pull (api, &(LiftPullRequest){ 0 }, NULL, &error);
  g_autofree char *secret = NULL;

  g_assert_null (page);
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  secret = lift_secrets_lookup (fixture->secrets, SERVER, "anna", LIFT_SECRET_TOKENS, NULL, NULL);
  g_assert_null (secret);
}

static void
assert_ended (Fixture *fixture, gboolean signed_in, gboolean ended)
{
  g_autoptr (LiftAccount) last = lift_accounts_dup_last (fixture->accounts, NULL, NULL);

  g_assert_true (lift_account_get_signed_in (last) == signed_in);
  g_assert_true (lift_account_get_ended (last) == ended);
}

/* The server ends the sign-in: every later process knows, the data stay, and a new one heals it. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autoptr (LiftAccount) again = NULL;
  g_autoptr (LiftApi) next = make_api (fixture);
  g_autofree char *store = lift_account_dup_store_path (account);

  g_file_set_contents (store, "data", -1, NULL);
  assert_ended (fixture, TRUE, FALSE);
  fixture->server.token = 7;
  assert_pull_ends (fixture, fixture->api);
  assert_ended (fixture, TRUE, TRUE);
  g_assert_true (g_file_test (store, G_FILE_TEST_EXISTS));
  /* Without a network, too. */
  fixture->server.offline = TRUE;
  lift_accounts_attach (fixture->accounts, account, next);
  assert_pull_ends (fixture, next);
  fixture->server.offline = FALSE;
  again = sign_in (fixture, "anna");
  assert_ended (fixture, TRUE, FALSE);
  assert_pulls (next);
  g_assert_cmpstr (lift_account_get_device_id (again), ==, lift_account_get_device_id (account));
}

/* Tokens that were not to be found, and then are: what is renewed has not ended. */
static void
test_ended_no_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autofree char *path = g_build_filename (fixture->directory, "elsewhere", NULL);
  g_autoptr (LiftSecrets) elsewhere = lift_file_secrets_new (path);
  g_autoptr (LiftAccounts) others = lift_accounts_new (fixture->data, elsewhere, NULL);
  g_autoptr (LiftApi) api = make_api (fixture);
  g_autoptr (LiftPullPage) page = NULL;

  lift_accounts_attach (others, account, api);
  page = lift_api_pull (api, &(LiftPullRequest){ 0 }, NULL, NULL);
  g_assert_null (page);
  assert_ended (fixture, TRUE, TRUE);
  g_assert_true (lift_api_refresh (fixture->api, NULL, NULL));
  assert_ended (fixture, TRUE, FALSE);
}

/* Signed out here is not ended by the server, whatever another program finds. */
static void
test_signed_out_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftAccount) account = sign_in (fixture, "anna");
  g_autoptr (LiftApi) other = make_api (fixture);

  g_assert_true (lift_accounts_open (fixture->accounts, account, other, NULL, NULL));
  g_assert_true (lift_accounts_sign_out (fixture->accounts, account, fixture->api, NULL, NULL));
  fixture->server.token = 7;
  assert_pull_ends (fixture, other);
  assert_ended (fixture, FALSE, FALSE);
}

typedef struct
{
  GAsyncResult *result;
  GMainLoop *loop;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(int *) user_data)++;
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  Wait wait = { NULL, g_main_loop_new (NULL, FALSE) };
  g_autoptr (LiftAccount) account = NULL;
  g_autoptr (LiftAccount) last = NULL;
  g_autoptr (LiftApi) api = NULL;
  g_autoptr (LiftTransport) transport = fake_transport_new (serve, &fixture->server);
  g_autoptr (GError) error = NULL;
  int notified = 0;

  lift_accounts_sign_in_async (fixture->accounts, fixture->api, SERVER, "anna", "right", NULL,
                               done_cb, &wait);
  g_main_loop_run (wait.loop);
  account = lift_accounts_sign_in_finish (fixture->accounts, wait.result, &error);
  g_assert_no_error (error);
  g_clear_object (&wait.result);

  lift_accounts_open_last_async (fixture->accounts, "athlete", transport, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  last = lift_accounts_open_last_finish (fixture->accounts, wait.result, &api, &error);
  g_assert_no_error (error);
  assert_pulls (api);
  g_clear_object (&wait.result);

  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_signal_connect (last, "notify::signed-in", G_CALLBACK (on_notify), &notified);
  lift_accounts_sign_out_async (fixture->accounts, last, api, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  g_assert_true (lift_accounts_sign_out_finish (fixture->accounts, wait.result, &error));
  g_clear_object (&wait.result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (notified, ==, 1);
  g_main_loop_unref (wait.loop);
  assert_finalized_soon (g_steal_pointer (&api));
  assert_finalized_soon (g_steal_pointer (&last));
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  LiftRegistration registration = { "coach", "right", "C", "coach", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAccount) account = lift_accounts_register (fixture->accounts, fixture->api, SERVER,
                                                            &registration, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (lift_account_is_coach (account));
}

static void
test_usernames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = lift_username_normalize ("  ÅSA\t");
  g_autofree char *split = lift_username_normalize ("A\xcc\x8asa");

  g_assert_cmpstr (plain, ==, "åsa");
  g_assert_cmpstr (split, ==, "åsa");
}

static void
test_default_directory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = NULL;
  g_autofree char *usual = NULL;

  g_setenv ("LIFTLOGGER_DATA_DIR", "/somewhere/else/", TRUE);
  moved = lift_accounts_dup_default_directory ();
  g_unsetenv ("LIFTLOGGER_DATA_DIR");
  usual = lift_accounts_dup_default_directory ();
  g_assert_cmpstr (moved, ==, "/somewhere/else");
  g_assert_true (g_str_has_prefix (usual, g_get_user_data_dir ()));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/accounts/round-trip", test_round_trip },
    { "/accounts/open", test_open },
    { "/accounts/same-device-again", test_same_device_again },
    { "/accounts/users-apart", test_users_apart },
    { "/accounts/failures", test_failures },
    { "/accounts/no-place-for-secrets", test_no_place_for_secrets },
    { "/accounts/damaged", test_damaged },
    { "/accounts/shared", test_shared },
    { "/accounts/sign-out", test_sign_out },
    { "/accounts/remove", test_remove },
    { "/accounts/sign-out-offline", test_sign_out_offline },
    { "/accounts/ended", test_ended },
    { "/accounts/ended-no-more", test_ended_no_more },
    { "/accounts/signed-out-elsewhere", test_signed_out_elsewhere },
    { "/accounts/async", test_async },
    { "/accounts/register", test_register },
    { "/accounts/usernames", test_usernames },
    { "/accounts/default-directory", test_default_directory },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
