/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-api.h"
#include "lift-soup-transport.h"
#include "test-servers.h"

#define EMPTY_PAGE "{\"changesByType\":{},\"cursor\":\"c\",\"hasMore\":false}"

static const LiftPullRequest everything = { 0 };

/* A server whose token expires, and whose refresh tokens work once. */
typedef struct
{
  GMutex mutex;
  int generation;
  int pulls;
  int refreshes;
  int stores;
  gboolean refuses;
  gboolean bare;
  guint refresh_status;
  const char *refresh_answer;
} Server;

static gboolean
has_token (Server *server, LiftRequest *request)
{
  g_autofree char *token = g_strdup_printf ("t%d", server->generation);

  return g_strcmp0 (request->token, token) == 0;
}

static LiftResponse *
answer_refresh (Server *server, LiftRequest *request)
{
  g_autofree char *wanted = g_strdup_printf ("{\"refreshToken\":\"r%d\"}", server->generation);
  g_autofree char *answer = NULL;
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  server->refreshes++;
  g_assert_null (request->token);
  if (server->refresh_status != 0)
    return fake_json (server->refresh_status, server->refresh_answer);
  if (length != strlen (wanted) || memcmp (text, wanted, length) != 0)
    return fake_json (401, "{\"code\":\"SIGN_IN_AGAIN\"}");
  server->generation++;
  answer = g_strdup_printf ("{\"token\":\"t%d\",\"refreshToken\":\"r%d\",\"expiresIn\":60}",
                            server->generation, server->generation);
  return fake_json (200, answer);
}

static LiftResponse *
answer_pull (Server *server, LiftRequest *request)
{
  server->pulls++;
  if (has_token (server, request) && !server->refuses)
    return fake_json (200, EMPTY_PAGE);
  return server->bare ? lift_response_new (401, NULL, NULL)
                      : fake_json (401, "{\"code\":\"TOKEN_EXPIRED\"}");
}

static LiftResponse *
serve (LiftRequest *request, gpointer user_data, GError **error)
{
  Server *server = user_data;
  LiftResponse *response;

  g_mutex_lock (&server->mutex);
  if (g_str_equal (request->path, "/api/v1/auth/refresh"))
    response = answer_refresh (server, request);
  else
    response = answer_pull (server, request);
  g_mutex_unlock (&server->mutex);
  /* Others come while a renewal is under way. */
  g_usleep (20 * 1000);
  return response;
}

static LiftApi *
make_api (FakeHandler handler, gpointer user_data)
{
  g_autoptr (LiftTransport) transport = fake_transport_new (handler, user_data);

  return lift_api_new (transport);
}

static LiftApi *
make_expired_api (Server *server)
{
  LiftApi *api = make_api (serve, server);

  server->generation = 1;
  lift_api_set_tokens (api, "t0", "r1");
  return api;
}

static void
assert_pull_fails (LiftApi *api, LiftRemoteError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = lift_api_pull (api, &everything, NULL, &error);

  g_assert_null (page);
  g_assert_error (error, LIFT_REMOTE_ERROR, (int) code);
}

static gpointer
pull_in_thread (gpointer api)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = lift_api_pull (api, &everything, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  return NULL;
}

static void
test_one_refresh_for_all (void)
{
  Server server = { 0 };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  g_autofree char *token = NULL;
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", pull_in_thread, api);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (server.refreshes, ==, 1);
  g_assert_cmpint (server.pulls, <=, 16);
  token = lift_api_dup_token (api);
  g_assert_cmpstr (token, ==, "t2");
  g_assert_finalize_object (g_steal_pointer (&api));
}

static gpointer
pull_and_fail (gpointer api)
{
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  return NULL;
}

static void
test_one_failed_refresh_for_all (void)
{
  Server server = { .refresh_status = 401, .refresh_answer = "{\"code\":\"SIGN_IN_AGAIN\"}" };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", pull_and_fail, api);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (server.refreshes, ==, 1);
  /* A refused refresh token is not shown again. */
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (server.refreshes, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&api));
}

static void
test_refused_twice (void)
{
  Server server = { .refuses = TRUE };
  g_autoptr (LiftApi) api = make_expired_api (&server);

  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (server.pulls, ==, 2);
  g_assert_cmpint (server.refreshes, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&api));
}

static void
test_base_server (void)
{
  Server server = { .bare = TRUE, .generation = 1 };
  g_autoptr (LiftApi) api = make_api (serve, &server);

  /* No token at all: nothing to ask the server with. */
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (server.pulls, ==, 0);
  /* Without refresh, a bare 401 asks for the password. */
  lift_api_set_tokens (api, "old", NULL);
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (server.refreshes, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&api));
}

/* A server that is down for a moment does not end the sign-in. */
static void
test_refresh_fails_for_now (void)
{
  Server server = { .refresh_status = 503, .refresh_answer = "{}" };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (GError) error = NULL;

  assert_pull_fails (api, LIFT_REMOTE_ERROR_SERVER);
  server.refresh_status = 0;
  page = lift_api_pull (api, &everything, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (server.refreshes, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&api));
}

static gpointer
pull_and_find_it_down (gpointer api)
{
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SERVER);
  return NULL;
}

/* A server in trouble is not asked by each thread in turn. */
static void
test_failure_shared (void)
{
  Server server = { .refresh_status = 503, .refresh_answer = "{}" };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", pull_and_find_it_down, api);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (server.refreshes, <, 8);
  g_assert_finalize_object (g_steal_pointer (&api));
}

/* Stands for the secrets and the other processes of the account. */
struct _Keeper
{
  GObject parent_instance;
  Server *server;
  char *token;
  char *refresh_token;
  gboolean locked;
  gboolean fails;
  int ends;
};

#define TEST_TYPE_KEEPER (keeper_get_type ())
G_DECLARE_FINAL_TYPE (Keeper, keeper, TEST, KEEPER, GObject)
static void keeper_iface_init (LiftTokenKeeperInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (Keeper,
                               keeper,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LIFT_TYPE_TOKEN_KEEPER, keeper_iface_init))

static gboolean
keeper_lock (LiftTokenKeeper *keeper,
             char **token,
             char **refresh_token,
             GCancellable *cancellable,
             GError **error)
{
  Keeper *self = TEST_KEEPER (keeper);

  g_assert_false (self->locked);
  if (self->fails)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no keyring");
      return FALSE;
    }
  self->locked = TRUE;
  *token = g_strdup (self->token);
  *refresh_token = g_strdup (self->refresh_token);
  return TRUE;
}

static gboolean
keeper_store (LiftTokenKeeper *keeper,
              const char *token,
              const char *refresh_token,
              GCancellable *cancellable,
              GError **error)
{
  Keeper *self = TEST_KEEPER (keeper);

  g_assert_true (self->locked);
  /* Stored before what failed is sent again. */
  g_assert_cmpint (self->server->pulls, ==, 1);
  g_free (self->token);
  self->token = g_strdup (token);
  g_free (self->refresh_token);
  self->refresh_token = g_strdup (refresh_token);
  self->server->stores++;
  return TRUE;
}

static gboolean
keeper_end (LiftTokenKeeper *keeper, GError **error)
{
  Keeper *self = TEST_KEEPER (keeper);

  g_assert_true (self->locked);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->refresh_token, g_free);
  self->ends++;
  return TRUE;
}

static void
keeper_unlock (LiftTokenKeeper *keeper)
{
  Keeper *self = TEST_KEEPER (keeper);

  g_assert_true (self->locked);
  self->locked = FALSE;
}

static void
keeper_iface_init (LiftTokenKeeperInterface *iface)
{
  iface->lock = keeper_lock;
  iface->store = keeper_store;
  iface->end = keeper_end;
  iface->unlock = keeper_unlock;
}

static void
keeper_finalize (GObject *object)
{
  g_free (TEST_KEEPER (object)->token);
  g_free (TEST_KEEPER (object)->refresh_token);
  G_OBJECT_CLASS (keeper_parent_class)->finalize (object);
}

static void
keeper_class_init (KeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = keeper_finalize;
}

static void
keeper_init (Keeper *self)
{
}

static void
test_stored_before_use (void)
{
  Server server = { 0 };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  g_autoptr (Keeper) keeper = g_object_new (TEST_TYPE_KEEPER, NULL);
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (GError) error = NULL;

  keeper->server = &server;
  keeper->token = g_strdup ("t0");
  keeper->refresh_token = g_strdup ("r1");
  lift_api_set_token_keeper (api, LIFT_TOKEN_KEEPER (keeper));
  page = lift_api_pull (api, &everything, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (server.stores, ==, 1);
  g_assert_cmpstr (keeper->token, ==, "t2");
  g_assert_cmpstr (keeper->refresh_token, ==, "r2");
  g_assert_false (keeper->locked);
  g_assert_finalize_object (g_steal_pointer (&api));
  g_assert_finalize_object (g_steal_pointer (&keeper));
}

/* What the server has ended is forgotten, so that another process learns of it without asking; a
 * server that is down has ended nothing. */
static void
test_ended (void)
{
  Server server = { .refresh_status = 503, .refresh_answer = "{}" };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  g_autoptr (LiftApi) next = make_api (serve, &server);
  g_autoptr (Keeper) keeper = g_object_new (TEST_TYPE_KEEPER, NULL);

  keeper->server = &server;
  keeper->token = g_strdup ("t0");
  keeper->refresh_token = g_strdup ("r1");
  lift_api_set_token_keeper (api, LIFT_TOKEN_KEEPER (keeper));
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SERVER);
  g_assert_cmpint (keeper->ends, ==, 0);
  server.refresh_status = 401;
  server.refresh_answer = "{\"code\":\"SIGN_IN_AGAIN\"}";
  assert_pull_fails (api, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (keeper->ends, ==, 1);
  g_assert_false (keeper->locked);
  server.pulls = server.refreshes = 0;
  lift_api_set_token_keeper (next, LIFT_TOKEN_KEEPER (keeper));
  assert_pull_fails (next, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_assert_cmpint (server.pulls + server.refreshes, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&api));
  g_assert_finalize_object (g_steal_pointer (&next));
  g_assert_finalize_object (g_steal_pointer (&keeper));
}

/* Another program renewed: its tokens are taken over, and the dead refresh token is not shown. */
static void
test_renewed_elsewhere (void)
{
  Server server = { 0 };
  g_autoptr (LiftApi) api = make_expired_api (&server);
  g_autoptr (Keeper) keeper = g_object_new (TEST_TYPE_KEEPER, NULL);
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (GError) error = NULL;

  server.generation = 7;
  keeper->server = &server;
  keeper->token = g_strdup ("t7");
  keeper->refresh_token = g_strdup ("r7");
  lift_api_set_token_keeper (api, LIFT_TOKEN_KEEPER (keeper));
  page = lift_api_pull (api, &everything, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (server.refreshes, ==, 0);
  g_assert_cmpint (server.stores, ==, 0);

  /* Without tokens in memory they are looked up; why that failed is told. */
  lift_api_set_tokens (api, NULL, NULL);
  keeper->fails = TRUE;
  g_assert_null (lift_api_pull (api, &everything, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  keeper->fails = FALSE;
  g_clear_pointer (&page, lift_pull_page_free);
  g_clear_error (&error);
  page = lift_api_pull (api, &everything, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&api));
}

/* One canned answer, and the request that it got. */
typedef struct
{
  guint status;
  const char *answer;
  const char *type;
  LiftRequest *request;
} Canned;

static LiftResponse *
answer_canned (LiftRequest *request, gpointer user_data, GError **error)
{
  Canned *canned = user_data;
  g_autoptr (GBytes) body = g_bytes_new (canned->answer, strlen (canned->answer));

  g_clear_pointer (&canned->request, lift_request_free);
  canned->request = lift_request_copy (request);
  return lift_response_new (canned->status, canned->type, body);
}

static void
assert_body (Canned *canned, const char *expected)
{
  gsize length;
  const char *text = g_bytes_get_data (canned->request->body, &length);

  g_assert_cmpmem (text, length, expected, strlen (expected));
}

static void
test_login (void)
{
  Canned canned = { 200,
                    "{\"token\":\"t\",\"refreshToken\":\"r\",\"expiresIn\":900,\"userId\":\"u\","
                    "\"userType\":\"athlete\",\"athleteId\":\"a\",\"name\":\"Åsa\"}",
                    "application/json" };
  g_autoptr (LiftApi) api = make_api (answer_canned, &canned);
  g_autoptr (LiftSignIn) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *refresh_token = NULL;

  answer = lift_api_login (api, "åsa", "s\"ecret", NULL, &error);
  g_assert_no_error (error);
  assert_body (&canned, "{\"username\":\"åsa\",\"password\":\"s\\\"ecret\"}");
  g_assert_cmpstr (canned.request->path, ==, "/api/v1/auth/login");
  g_assert_cmpstr (answer->athlete_id, ==, "a");
  g_assert_null (answer->coach_id);
  g_assert_cmpint (answer->expires_in, ==, 900);
  g_assert_cmpstr (answer->name, ==, "Åsa");
  refresh_token = lift_api_dup_refresh_token (api);
  g_assert_cmpstr (refresh_token, ==, "r");
  lift_request_free (canned.request);
  g_assert_finalize_object (g_steal_pointer (&api));
}

static void
test_login_failures (void)
{
  static const struct
  {
    Canned canned;
    LiftRemoteError code;
  } cases[] = {
    { { 401, "", NULL }, LIFT_REMOTE_ERROR_BAD_CREDENTIALS },
    { { 401, "{\"code\":\"INVALID_CREDENTIALS\"}", "application/problem+json" },
      LIFT_REMOTE_ERROR_BAD_CREDENTIALS },
    { { 200, "<html>Welcome to the hotel</html>", "text/html" }, LIFT_REMOTE_ERROR_NOT_OURS },
    { { 200, "{\"token\":\"t\"}", "application/json" }, LIFT_REMOTE_ERROR_NOT_OURS },
    { { 200, "{\"token\":7,\"userId\":\"u\",\"userType\":\"coach\"}", NULL },
      LIFT_REMOTE_ERROR_NOT_OURS },
    { { 429, "{\"code\":\"RATE_LIMITED\"}", "application/problem+json" },
      LIFT_REMOTE_ERROR_RATE_LIMITED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Canned canned = cases[i].canned;
      g_autoptr (LiftApi) api = make_api (answer_canned, &canned);
      g_autoptr (GError) error = NULL;
      g_autofree char *token = NULL;

      g_assert_null (lift_api_login (api, "u", "p", NULL, &error));
      g_assert_error (error, LIFT_REMOTE_ERROR, (int) cases[i].code);
      token = lift_api_dup_token (api);
      g_assert_null (token);
      lift_request_free (canned.request);
    }
}

static void
test_pull_request (void)
{
  Canned canned = { 200, EMPTY_PAGE, "application/json" };
  g_autoptr (LiftApi) api = make_api (answer_canned, &canned);
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (LiftPullPage) next = NULL;
  g_autoptr (GError) error = NULL;
  LiftPullRequest request = { .since = "2026-01-01T00:00:00Z",
                              .athlete_id = "a",
                              .entity_types = "SetPlan,SetLog",
                              .limit = 500 };

  lift_api_set_tokens (api, "t", NULL);
  page = lift_api_pull (api, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lift_request_get_query (canned.request, "since"), ==, request.since);
  g_assert_cmpstr (lift_request_get_query (canned.request, "athleteId"), ==, "a");
  g_assert_cmpstr (lift_request_get_query (canned.request, "entityTypes"), ==, "SetPlan,SetLog");
  g_assert_cmpstr (lift_request_get_query (canned.request, "limit"), ==, "500");
  g_assert_null (lift_request_get_query (canned.request, "cursor"));
  g_assert_cmpstr (canned.request->token, ==, "t");
  /* A cursor takes the place of the instant. */
  request.cursor = "c";
  request.limit = 0;
  next = lift_api_pull (api, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (lift_request_get_query (canned.request, "since"));
  g_assert_cmpstr (lift_request_get_query (canned.request, "cursor"), ==, "c");
  g_assert_null (lift_request_get_query (canned.request, "limit"));
  lift_request_free (canned.request);
}

static void
test_push (void)
{
  Canned canned = { 200, "{\"succeeded\":[],\"failed\":[],\"lastMutation\":320}", NULL };
  g_autoptr (LiftApi) api = make_api (answer_canned, &canned);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"changes\":{}}", 14);
  g_autoptr (LiftPushAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  lift_api_set_tokens (api, "t", NULL);
  answer = lift_api_push (api, body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->last_mutation, ==, 320);
  assert_body (&canned, "{\"changes\":{}}");
  g_assert_true (canned.request->repeatable);

  canned.status = 409;
  canned.answer = "{\"code\":\"MUTATION_GAP\",\"lastMutation\":12}";
  g_assert_null (lift_api_push (api, body, NULL, &error));
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_MUTATION_GAP);
  g_assert_cmpint (lift_remote_error_get_last_mutation (error), ==, 12);
  lift_request_free (canned.request);
}

/* Through HTTP: what stands between us and the server must not pass for it. */
static void
test_foreign_answers (void)
{
  static const char deep[] = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";
  g_autofree char *deep_object = g_strdup_printf ("{\"changesByType\":%s", deep);
  const struct
  {
    const char *type;
    const char *extra;
    const char *body;
  } cases[] = {
    { "text/html", "", "<html>Please accept the terms</html>" },
    { "application/json", "", deep_object },
    { "application/json", "", "{\"changesByType\":[]}" },
    { "application/json", "", "{\"changesByType\":{\"SetLog\":{}}}" },
    { "application/json", "", "{\"changesByType\":{" },
    { "application/json", "", "[]" },
    { "application/json", "", "" },
    { "application/json", "Content-Encoding: gzip\r\n", "not packed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
        cases[i].type, cases[i].extra, strlen (cases[i].body), cases[i].body);
      RawAnswer answer = { text };
      g_autoptr (RawServer) server = raw_server_new (&answer);
      g_autoptr (LiftTransport) transport = lift_soup_transport_new (
        raw_server_get_url (server), LIFT_SOUP_TRANSPORT_NONE, NULL);
      g_autoptr (LiftApi) api = lift_api_new (transport);

      lift_api_set_tokens (api, "t", NULL);
      assert_pull_fails (api, LIFT_REMOTE_ERROR_NOT_OURS);
    }
}

static void
test_logout (void)
{
  Canned canned = { 503, "", NULL };
  g_autoptr (LiftApi) api = make_api (answer_canned, &canned);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  lift_api_set_tokens (api, "t", NULL);
  g_assert_false (lift_api_logout (api, NULL, &error));
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER);
  token = lift_api_dup_token (api);
  g_assert_cmpstr (token, ==, "t");
  g_clear_error (&error);

  canned.status = 204;
  g_assert_true (lift_api_logout (api, NULL, &error));
  g_assert_null (lift_api_dup_token (api));
  /* Once more is no error: there is nothing left to end. */
  g_assert_true (lift_api_logout (api, NULL, &error));
  lift_request_free (canned.request);
}

static void
on_hint (const char *scope, gint64 seq, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%" G_GINT64_FORMAT ";", scope, seq);
}

static void
test_listen (void)
{
  RawAnswer answer = { "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                       "Connection: close\r\n\r\n"
                       ": hello\n\n"
                       "event: changed\r\ndata: {\"scope\":\"athlete:a\",\"seq\":47}\r\n\r\n"
                       "event: other\ndata: {\"scope\":\"athlete:b\",\"seq\":1}\n\n"
                       "event:changed\ndata: nonsense\n\n"
                       "event: changed\ndata: {\"scope\":\"coach:c\",\ndata: \"seq\":5}\n\n",
                       .drip_ms = 1 };
  g_autoptr (RawServer) server = raw_server_new (&answer);
  g_autoptr (LiftTransport) transport = lift_soup_transport_new (raw_server_get_url (server),
                                                                 LIFT_SOUP_TRANSPORT_NONE, NULL);
  g_autoptr (LiftApi) api = lift_api_new (transport);
  g_autoptr (GString) hints = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  lift_api_set_tokens (api, "t", NULL);
  g_assert_true (lift_api_listen (api, on_hint, hints, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (hints->str, ==, "athlete:a=47;coach:c=5;");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/api/one-refresh-for-all", test_one_refresh_for_all);
  g_test_add_func ("/remote/api/one-failed-refresh-for-all", test_one_failed_refresh_for_all);
  g_test_add_func ("/remote/api/refused-twice", test_refused_twice);
  g_test_add_func ("/remote/api/base-server", test_base_server);
  g_test_add_func ("/remote/api/refresh-fails-for-now", test_refresh_fails_for_now);
  g_test_add_func ("/remote/api/failure-shared", test_failure_shared);
  g_test_add_func ("/remote/api/stored-before-use", test_stored_before_use);
  g_test_add_func ("/remote/api/ended", test_ended);
  g_test_add_func ("/remote/api/renewed-elsewhere", test_renewed_elsewhere);
  g_test_add_func ("/remote/api/login", test_login);
  g_test_add_func ("/remote/api/login-failures", test_login_failures);
  g_test_add_func ("/remote/api/pull-request", test_pull_request);
  g_test_add_func ("/remote/api/push", test_push);
  g_test_add_func ("/remote/api/foreign-answers", test_foreign_answers);
  g_test_add_func ("/remote/api/logout", test_logout);
  g_test_add_func ("/remote/api/listen", test_listen);
  return g_test_run ();
}
