/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "http-client.h"
#include "lift-http-server.h"
#include "lift-json.h"
#include "lift-routes.h"
#include "lift-server-sqlite.h"
#include "lift-virtual-clock.h"

#define DEVICE "0190a0a0-0000-7000-8000-000000000001"
#define EXERCISE "0190a0a0-0000-7000-8000-000000000002"
#define PASSWORD "correct horse"

typedef struct
{
  char *dir;
  LiftVirtualClock *clock;
  LiftServer *server;
  LiftRoutes *routes;
} Fixture;

/* What came back of one call; @json is NULL where there is no body. */
typedef struct
{
  LiftHttpResponse *response;
  guint status;
  JsonObject *json;
} Reply;

static void
reply_free (Reply *self)
{
  lift_http_response_free (self->response);
  g_clear_pointer (&self->json, json_object_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static void
add_user (Fixture *self, const char *username, const char *role, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lift_server_add_user (self->server, username, PASSWORD, role, username,
                                              coach, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autofree char *path = NULL;

  self->dir = g_dir_make_tmp ("lift-routes-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->dir, "server.db", NULL);
  self->clock = lift_virtual_clock_new (1790000000 * G_TIME_SPAN_SECOND, 1);
  database = lift_server_sqlite_open (path, 2, &error);
  g_assert_no_error (error);
  self->server = lift_server_new (database, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (self->server, TRUE);
  self->routes = lift_routes_new (self->server, LIFT_CLOCK (self->clock));
  add_user (self, "cora", "coach", NULL);
  add_user (self, "ann", "athlete", "cora");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  lift_routes_free (self->routes);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->clock);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
}

static Reply *
send_request (Fixture *self, LiftHttpRequest *request)
{
  Reply *reply = g_new0 (Reply, 1);
  GBytes *body;

  reply->response = lift_routes_handle (request, self->routes);
  reply->status = lift_http_response_get_status (reply->response);
  body = lift_http_response_get_body (reply->response);
  if (g_bytes_get_size (body) > 0)
    reply->json = lift_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                                          NULL);
  return reply;
}

/* @path: may hold a query without escapes */
static LiftHttpRequest *
make_request (const char *method, const char *path, const char *token, const char *body)
{
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_auto (GStrv) query = g_strsplit (parts[1] != NULL ? parts[1] : "", "&", -1);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, body != NULL ? strlen (body) : 0);
  LiftHttpRequest *request = lift_http_request_new (method, parts[0]);

  for (guint i = 0; query[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (query[i], "=", 2);

      lift_http_request_add_query (request, pair[0], pair[1]);
    }
  if (token != NULL)
    lift_http_request_add_header (request, "Authorization", header);
  lift_http_request_set_peer (request, "192.0.2.1");
  lift_http_request_set_body (request, bytes);
  return request;
}

static Reply *
ask (Fixture *self, const char *method, const char *path, const char *token, const char *body)
{
  g_autoptr (LiftHttpRequest) request = make_request (method, path, token, body);

  return send_request (self, request);
}

static void
assert_problem (Reply *reply, guint status, const char *code)
{
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_nonnull (reply->json);
  g_assert_cmpstr (lift_json_get_string (reply->json, "code"), ==, code);
  g_assert_cmpint (lift_json_get_int (reply->json, "status", 0), ==, status);
  g_assert_cmpstr (lift_http_response_get_header (reply->response, "Content-Type"), ==,
                   "application/problem+json");
}

static Reply *
log_in (Fixture *self, const char *username, const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", username,
                                           password);

  return ask (self, "POST", "/api/v1/auth/login", NULL, body);
}

static char *
get_token (Fixture *self, const char *username)
{
  g_autoptr (Reply) reply = log_in (self, username, PASSWORD);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (lift_json_get_string (reply->json, "token"));
}

static void
test_health (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) health = ask (self, "GET", "/healthz", NULL, NULL);
  g_autoptr (Reply) ready = ask (self, "GET", "/readyz", NULL, NULL);
  g_autoptr (Reply) head = ask (self, "HEAD", "/healthz", NULL, NULL);

  g_assert_cmpuint (health->status, ==, 200);
  g_assert_cmpuint (ready->status, ==, 200);
  g_assert_cmpuint (head->status, ==, 200);
}

static void
test_not_there (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) unknown = ask (self, "GET", "/api/v1/sync", NULL, NULL);
  g_autoptr (Reply) slash = ask (self, "GET", "/healthz/", NULL, NULL);
  g_autoptr (Reply) get = ask (self, "GET", "/api/v1/auth/login", NULL, NULL);
  g_autoptr (Reply) post = ask (self, "POST", "/api/v1/sync/pull", NULL, NULL);

  assert_problem (unknown, 404, "NOT_FOUND");
  assert_problem (slash, 404, "NOT_FOUND");
  assert_problem (get, 405, "METHOD_NOT_ALLOWED");
  g_assert_cmpstr (lift_http_response_get_header (get->response, "Allow"), ==, "POST");
  assert_problem (post, 405, "METHOD_NOT_ALLOWED");
  g_assert_cmpstr (lift_http_response_get_header (post->response, "Allow"), ==, "GET, HEAD");
}

static void
test_login (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) coach = log_in (self, "cora", PASSWORD);
  g_autoptr (Reply) athlete = log_in (self, "ann", PASSWORD);

  g_assert_cmpuint (coach->status, ==, 200);
  g_assert_cmpstr (lift_json_get_string (coach->json, "userType"), ==, "coach");
  g_assert_nonnull (lift_json_get_string (coach->json, "token"));
  g_assert_nonnull (lift_json_get_string (coach->json, "refreshToken"));
  g_assert_nonnull (lift_json_get_string (coach->json, "userId"));
  g_assert_cmpint (lift_json_get_int (coach->json, "expiresIn", 0), >, 0);
  g_assert_cmpstr (lift_json_get_string (athlete->json, "userType"), ==, "athlete");
  g_assert_nonnull (lift_json_get_string (athlete->json, "athleteId"));
}

static void
test_login_wrong (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) wrong = log_in (self, "cora", "wrong horse");
  g_autoptr (Reply) unknown = log_in (self, "nobody", PASSWORD);

  assert_problem (wrong, 401, "INVALID_CREDENTIALS");
  assert_problem (unknown, 401, "INVALID_CREDENTIALS");
  g_assert_cmpstr (lift_json_get_string (wrong->json, "detail"), ==,
                   lift_json_get_string (unknown->json, "detail"));
  g_assert_cmpstr (lift_http_response_get_header (wrong->response, "WWW-Authenticate"), ==,
                   "Bearer");
}

static void
test_login_bad_bodies (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  const char *bodies[] = {
    NULL,
    "",
    "{",
    "[]",
    "null",
    "{\"username\":\"cora\"}",
    "{\"password\":\"x\"}",
    "{\"username\":1,\"password\":\"x\"}",
    "{\"username\":null,\"password\":null}",
    "\377",
    NULL,
  };

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  bodies[G_N_ELEMENTS (bodies) - 1] = deep->str;
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Reply) reply = ask (self, "POST", "/api/v1/auth/login", NULL, bodies[i]);

      assert_problem (reply, 400, "INVALID");
    }
}

static void
test_login_limit (Fixture *self, gconstpointer data)
{
  guint refused = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (Reply) reply = log_in (self, "ann", "wrong horse");
      const char *wait = lift_http_response_get_header (reply->response, "Retry-After");

      if (reply->status == 401)
        continue;
      assert_problem (reply, 429, "TOO_MANY_ATTEMPTS");
      g_assert_cmpint (g_ascii_strtoll (wait, NULL, 10), >=, 1);
      refused++;
    }
  g_assert_cmpuint (refused, >=, 3);
  g_assert_cmpuint (refused, <, 12);
  lift_virtual_clock_advance (self->clock, G_TIME_SPAN_HOUR);
  {
    g_autoptr (Reply) right = log_in (self, "ann", PASSWORD);

    g_assert_cmpuint (right->status, ==, 200);
  }
}

static Reply *
refresh (Fixture *self, Reply *sign_in)
{
  g_autofree char *body = g_strdup_printf ("{\"refreshToken\":\"%s\"}",
                                           lift_json_get_string (sign_in->json, "refreshToken"));

  return ask (self, "POST", "/api/v1/auth/refresh", NULL, body);
}

static Reply *
pull (Fixture *self, const char *token)
{
  return ask (self, "GET", "/api/v1/sync/pull", token, NULL);
}

static void
test_refresh (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) sign_in = log_in (self, "ann", PASSWORD);
  g_autoptr (Reply) first = refresh (self, sign_in);
  g_autoptr (Reply) works = pull (self, lift_json_get_string (first->json, "token"));
  g_autoptr (Reply) second = refresh (self, sign_in);
  g_autoptr (Reply) ended = pull (self, lift_json_get_string (first->json, "token"));
  g_autoptr (Reply)
    nonsense = ask (self, "POST", "/api/v1/auth/refresh", NULL, "{\"refreshToken\":\"x\"}");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (works->status, ==, 200);
  assert_problem (second, 401, "SIGN_IN_AGAIN");
  g_assert_cmpuint (ended->status, ==, 401);
  assert_problem (nonsense, 401, "SIGN_IN_AGAIN");
}

static void
test_logout (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) sign_in = log_in (self, "ann", PASSWORD);
  const char *token = lift_json_get_string (sign_in->json, "token");
  g_autoptr (Reply) out = ask (self, "POST", "/api/v1/auth/logout", token, NULL);
  g_autoptr (Reply) dead = pull (self, token);
  g_autoptr (Reply) refreshed = refresh (self, sign_in);

  g_assert_cmpuint (out->status, ==, 204);
  g_assert_null (out->json);
  g_assert_cmpuint (dead->status, ==, 401);
  assert_problem (refreshed, 401, "SIGN_IN_AGAIN");
}

static void
test_register (Fixture *self, gconstpointer data)
{
  const char *body = "{\"username\":\"newton\",\"password\":\"apple apple apple\","
                     "\"name\":\"Newton\",\"userType\":\"coach\"}";
  const char *path = "/api/v1/auth/register";
  g_autoptr (Reply) closed = ask (self, "POST", path, NULL, body);
  g_autoptr (Reply) made = NULL;
  g_autoptr (Reply) taken = NULL;
  g_autoptr (Reply) bad = NULL;

  assert_problem (closed, 403, "REGISTRATION_CLOSED");
  lift_server_set_open_registration (self->server, TRUE);
  made = ask (self, "POST", path, NULL, body);
  g_assert_cmpuint (made->status, ==, 201);
  g_assert_nonnull (lift_json_get_string (made->json, "token"));
  taken = ask (self, "POST", path, NULL, body);
  assert_problem (taken, 409, "USERNAME_TAKEN");
  bad = ask (self, "POST", path, NULL, "{\"username\":\"x\"}");
  g_assert_cmpuint (bad->status, ==, 400);
}

static void
test_password (Fixture *self, gconstpointer data)
{
  const char *path = "/api/v1/auth/password";
  g_autofree char *token = get_token (self, "ann");
  g_autofree char *other = get_token (self, "ann");
  g_autoptr (Reply)
    wrong = ask (self, "POST", path, token,
                 "{\"oldPassword\":\"wrong horse\",\"newPassword\":\"another horse\"}");
  g_autoptr (Reply) nobody = ask (self, "POST", path, NULL, "{}");
  g_autoptr (Reply) empty = ask (self, "POST", path, token, "{}");
  g_autoptr (Reply)
    done = ask (self, "POST", path, token,
                "{\"oldPassword\":\"" PASSWORD "\",\"newPassword\":\"another horse\"}");
  g_autoptr (Reply) mine = pull (self, token);
  g_autoptr (Reply) theirs = pull (self, other);
  g_autoptr (Reply) again = log_in (self, "ann", PASSWORD);
  g_autoptr (Reply) new = log_in (self, "ann", "another horse");

  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (nobody->status, ==, 401);
  assert_problem (empty, 400, "INVALID");
  g_assert_cmpuint (done->status, ==, 204);
  g_assert_cmpuint (mine->status, ==, 200);
  g_assert_cmpuint (theirs->status, ==, 401);
  g_assert_cmpuint (again->status, ==, 401);
  g_assert_cmpuint (new->status, ==, 200);
}

static void
test_needs_user (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *path;
  } calls[] = {
    { "GET", "/api/v1/sync/pull" },      { "POST", "/api/v1/sync/push" },
    { "GET", "/api/v1/sync/events" },    { "POST", "/api/v1/auth/logout" },
    { "POST", "/api/v1/auth/password" }, { "POST", "/api/v1/invites" },
    { "GET", "/api/v1/account/export" }, { "DELETE", "/api/v1/account" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (LiftHttpRequest) basic = make_request (calls[i].method, calls[i].path, NULL, NULL);
      g_autoptr (Reply) bare = ask (self, calls[i].method, calls[i].path, NULL, "nonsense");
      g_autoptr (Reply) wrong = ask (self, calls[i].method, calls[i].path, "x", "nonsense");
      g_autoptr (Reply) empty = ask (self, calls[i].method, calls[i].path, "", "nonsense");
      g_autoptr (Reply) other = NULL;

      lift_http_request_add_header (basic, "Authorization", "Basic Y29yYTp4");
      other = send_request (self, basic);
      assert_problem (bare, 401, "UNAUTHENTICATED");
      g_assert_cmpuint (wrong->status, ==, 401);
      g_assert_cmpuint (empty->status, ==, 401);
      assert_problem (other, 401, "UNAUTHENTICATED");
    }
}

static void
test_pull (Fixture *self, gconstpointer data)
{
  g_autofree char *token = get_token (self, "ann");
  g_autoptr (Reply) all = pull (self, token);
  g_autoptr (Reply)
    some = ask (self, "GET", "/api/v1/sync/pull?entityTypes=Athlete&limit=1", token, NULL);
  g_autoptr (Reply) bad = ask (self, "GET", "/api/v1/sync/pull?cursor=x", token, NULL);

  g_assert_cmpuint (all->status, ==, 200);
  g_assert_nonnull (lift_json_get_object (all->json, "changesByType"));
  g_assert_nonnull (lift_json_get_string (all->json, "syncTimestamp"));
  g_assert_nonnull (lift_json_get_string (all->json, "cursor"));
  g_assert_cmpuint (some->status, ==, 200);
  g_assert_cmpuint (bad->status, ==, 400);
}

#define PUSH \
  "{\"deviceId\":\"" DEVICE \
  "\",\"firstMutation\":1,\"changes\":{\"Exercise\":[{\"id\":\"" EXERCISE \
  "\",\"name\":\"Zercher squat\",\"mutation\":1}]}}"

static void
test_push (Fixture *self, gconstpointer data)
{
  g_autofree char *token = get_token (self, "cora");
  g_autoptr (Reply) pushed = ask (self, "POST", "/api/v1/sync/push", token, PUSH);
  g_autoptr (Reply) gap = ask (self, "POST", "/api/v1/sync/push", token,
                               "{\"deviceId\":\"" DEVICE "\",\"firstMutation\":9,\"changes\":{"
                               "\"Exercise\":[{\"id\":\"" EXERCISE "\",\"name\":\"Z\","
                               "\"mutation\":9}]}}");
  g_autoptr (Reply) bad = ask (self, "POST", "/api/v1/sync/push", token, "[]");

  g_assert_cmpuint (pushed->status, ==, 200);
  g_assert_cmpint (
    lift_json_get_int (lift_json_get_object (pushed->json, "summary"), "totalReceived", 0), ==, 1);
  assert_problem (gap, 409, "MUTATION_GAP");
  g_assert_cmpint (lift_json_get_int (gap->json, "lastMutation", -1), ==, 1);
  assert_problem (bad, 400, "INVALID");
}

static void
test_invite (Fixture *self, gconstpointer data)
{
  g_autofree char *coach = get_token (self, "cora");
  g_autofree char *athlete = get_token (self, "ann");
  g_autoptr (Reply) made = ask (self, "POST", "/api/v1/invites", coach, NULL);
  g_autoptr (Reply) refused = ask (self, "POST", "/api/v1/invites", athlete, NULL);

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_nonnull (lift_json_get_string (made->json, "inviteCode"));
  assert_problem (refused, 403, "FORBIDDEN");
}

static void
test_account (Fixture *self, gconstpointer data)
{
  g_autofree char *token = get_token (self, "ann");
  g_autoptr (Reply) archive = ask (self, "GET", "/api/v1/account/export", token, NULL);
  g_autoptr (Reply)
    wrong = ask (self, "DELETE", "/api/v1/account", token, "{\"password\":\"wrong horse\"}");
  g_autoptr (Reply)
    done = ask (self, "DELETE", "/api/v1/account", token, "{\"password\":\"" PASSWORD "\"}");
  g_autoptr (Reply) after = pull (self, token);

  g_assert_cmpuint (archive->status, ==, 200);
  g_assert_nonnull (archive->json);
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (done->status, ==, 204);
  g_assert_cmpuint (after->status, ==, 401);
}

static void
test_metrics (Fixture *self, gconstpointer data)
{
  g_autoptr (Reply) health = ask (self, "GET", "/healthz", NULL, NULL);
  g_autoptr (Reply) made_up = ask (self, "GET", "/made\"up", NULL, NULL);
  g_autoptr (Reply) metrics = ask (self, "GET", "/metrics", NULL, NULL);
  GBytes *body = lift_http_response_get_body (metrics->response);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_nonnull (
    strstr (text, "liftlogger_requests_total{route=\"/healthz\",status=\"200\"} 1\n"));
  g_assert_nonnull (strstr (text, "liftlogger_requests_total{route=\"other\",status=\"404\"} 1\n"));
  g_assert_nonnull (
    strstr (text, "liftlogger_request_seconds_bucket{route=\"/healthz\",le=\"+Inf\"} 1\n"));
  g_assert_nonnull (strstr (text, "\nliftlogger_open_streams 0\n"));
  g_assert_nonnull (strstr (text, "\nliftlogger_rows_pushed_total 0\n"));
  g_assert_null (strstr (text, "made"));
}

static LiftHttpServer *
start_http (Fixture *self)
{
  LiftHttpServer *http = lift_http_server_new (lift_routes_handle, self->routes);
  g_autoptr (GError) error = NULL;

  lift_http_server_start (http, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  return http;
}

static Wire *
listen_for_events (LiftHttpServer *http, const char *token)
{
  Wire *wire = wire_open (lift_http_server_get_port (http));
  g_autoptr (Answer) answer = NULL;
  g_autofree char *type = NULL;

  wire_printf (
    wire, "GET /api/v1/sync/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", token);
  answer = wire_read (wire, TRUE);
  type = answer_dup_header (answer, "Content-Type");
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (type, ==, "text/event-stream");
  g_assert_true (wire_wait_for (wire, ": hello\n\n"));
  return wire;
}

/* A commit is told within a second to who may see it, and to nobody else. */
static void
test_events (Fixture *self, gconstpointer data)
{
  g_autoptr (LiftHttpServer) http = start_http (self);
  g_autofree char *coach = get_token (self, "cora");
  g_autofree char *stranger = NULL;
  g_autoptr (Wire) theirs = listen_for_events (http, coach);
  g_autoptr (Wire) others = NULL;
  g_autoptr (Reply) pushed = NULL;
  gint64 begin;

  add_user (self, "carl", "coach", NULL);
  stranger = get_token (self, "carl");
  others = listen_for_events (http, stranger);
  begin = g_get_monotonic_time ();
  pushed = ask (self, "POST", "/api/v1/sync/push", coach, PUSH);
  g_assert_cmpuint (pushed->status, ==, 200);
  g_assert_true (wire_wait_for (theirs, "event: changed\ndata: {\"scope\":\""));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_TIME_SPAN_SECOND);
  lift_http_server_stop (http);
  g_assert_false (wire_wait_for (others, "event: changed"));
}

/* An athlete who joins is news to the coach at once, though the stream is older than that. */
static void
test_events_of_new_athlete (Fixture *self, gconstpointer data)
{
  g_autoptr (LiftHttpServer) http = start_http (self);
  g_autofree char *coach = get_token (self, "cora");
  g_autofree char *stranger = NULL;
  g_autoptr (Wire) theirs = listen_for_events (http, coach);
  g_autoptr (Wire) others = NULL;
  gint64 begin;

  add_user (self, "carl", "coach", NULL);
  stranger = get_token (self, "carl");
  others = listen_for_events (http, stranger);
  begin = g_get_monotonic_time ();
  add_user (self, "dan", "athlete", "cora");
  g_assert_true (wire_wait_for (theirs, "event: changed\ndata: {\"scope\":\"athlete:"));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_TIME_SPAN_SECOND);
  lift_http_server_stop (http);
  g_assert_false (wire_wait_for (others, "event: changed\ndata: {\"scope\":\"athlete:"));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "health", test_health },
    { "not-there", test_not_there },
    { "login", test_login },
    { "login-wrong", test_login_wrong },
    { "login-bad-bodies", test_login_bad_bodies },
    { "login-limit", test_login_limit },
    { "refresh", test_refresh },
    { "logout", test_logout },
    { "register", test_register },
    { "password", test_password },
    { "needs-user", test_needs_user },
    { "pull", test_pull },
    { "push", test_push },
    { "invite", test_invite },
    { "account", test_account },
    { "metrics", test_metrics },
    { "events", test_events },
    { "events-of-new-athlete", test_events_of_new_athlete },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/routes/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
