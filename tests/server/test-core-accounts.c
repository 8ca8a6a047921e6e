/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* Sign-in, tokens, registration, and the end of an account. */

static JsonObject *
parse (GString *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_assert_nonnull (text);
  object = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  return object;
}

static JsonObject *
login (Core *core, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    text = lift_server_login (core->server, username, CORE_PASSWORD, "test", &error);

  g_assert_no_error (error);
  return parse (text);
}

static void
assert_token (Core *core, const char *token, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerUser) user = lift_server_authenticate (core->server, token, &error);

  if (code < 0)
    g_assert_nonnull (user);
  else
    g_assert_error (error, LIFT_SERVER_ERROR, code);
}

static void
test_login (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) coach = login (core, "KIM");
  g_autoptr (JsonObject) athlete = login (core, "ann");
  g_autoptr (LiftServerUser) user = NULL;

  g_assert_cmpstr (lift_json_get_string (coach, "userType"), ==, "coach");
  g_assert_cmpstr (lift_json_get_string (coach, "userId"), ==, core->kim->id);
  g_assert_cmpstr (lift_json_get_string (coach, "coachId"), ==, core->kim->coach_id);
  g_assert_cmpint (lift_json_get_int (coach, "expiresIn", 0), ==, 3600);
  g_assert_cmpstr (lift_json_get_string (athlete, "userType"), ==, "athlete");
  g_assert_cmpstr (lift_json_get_string (athlete, "athleteId"), ==, core->ann->athlete_id);
  g_assert_cmpstr (lift_json_get_string (athlete, "name"), ==, "ann");
  user = lift_server_authenticate (core->server, lift_json_get_string (athlete, "token"), NULL);
  g_assert_false (user->is_coach);
  g_assert_cmpstr (user->coach_id, ==, core->kim->coach_id);
  /* A refresh token opens nothing. */
  assert_token (core, lift_json_get_string (coach, "refreshToken"),
                LIFT_SERVER_ERROR_UNAUTHENTICATED);
  assert_token (core, "", LIFT_SERVER_ERROR_UNAUTHENTICATED);
  assert_token (core, NULL, LIFT_SERVER_ERROR_UNAUTHENTICATED);
}

static void
test_wrong_password (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) nobody = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (lift_server_login (core->server, "kim", "wrong horse", NULL, &wrong));
  g_assert_null (lift_server_login (core->server, "nobody", "wrong horse", NULL, &nobody));
  g_assert_error (wrong, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
  g_assert_error (nobody, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
  g_assert_cmpstr (wrong->message, ==, nobody->message);
  g_assert_null (lift_server_login (core->server, "kim", NULL, NULL, &missing));
  g_assert_error (missing, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
}

static void
test_too_many_attempts (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_clear_error (&error);
      g_assert_null (lift_server_login (core->server, "kim", "wrong horse", NULL, &error));
      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
    }
  g_clear_error (&error);
  g_assert_null (lift_server_login (core->server, "Kim", CORE_PASSWORD, NULL, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS);
  g_assert_cmpint (lift_server_error_get_retry_after (error), ==, 2);
  lift_virtual_clock_advance (core->clock, 2 * G_USEC_PER_SEC);
  json_object_unref (login (core, "kim"));
}

static void
test_refresh (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = login (core, "kim");
  g_autoptr (JsonObject) other = login (core, "kim");
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;

  lift_virtual_clock_advance (core->clock, 3601 * (gint64) G_USEC_PER_SEC);
  assert_token (core, lift_json_get_string (first, "token"), LIFT_SERVER_ERROR_TOKEN_EXPIRED);
  text = lift_server_refresh (core->server, lift_json_get_string (first, "refreshToken"), &error);
  g_assert_no_error (error);
  second = parse (text);
  assert_token (core, lift_json_get_string (second, "token"), -1);
  /* The second use ends every token of that sign-in, and of no other. */
  g_assert_null (
    lift_server_refresh (core->server, lift_json_get_string (first, "refreshToken"), &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_SIGN_IN_AGAIN);
  assert_token (core, lift_json_get_string (second, "token"), LIFT_SERVER_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_null (
    lift_server_refresh (core->server, lift_json_get_string (second, "refreshToken"), &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_SIGN_IN_AGAIN);
  g_string_free (g_steal_pointer (&text), TRUE);
  text = lift_server_refresh (core->server, lift_json_get_string (other, "refreshToken"), NULL);
  g_assert_nonnull (text);
}

static void
test_refresh_expires (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = login (core, "kim");
  g_autoptr (GError) error = NULL;

  lift_virtual_clock_advance (core->clock, 91 * 86400 * (gint64) G_USEC_PER_SEC);
  g_assert_null (
    lift_server_refresh (core->server, lift_json_get_string (first, "refreshToken"), &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_SIGN_IN_AGAIN);
}

static void
test_logout (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = login (core, "kim");
  g_autoptr (JsonObject) other = login (core, "kim");
  g_autoptr (LiftServerUser)
    user = lift_server_authenticate (core->server, lift_json_get_string (first, "token"), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_server_logout (core->server, user, &error));
  assert_token (core, lift_json_get_string (first, "token"), LIFT_SERVER_ERROR_UNAUTHENTICATED);
  g_assert_null (
    lift_server_refresh (core->server, lift_json_get_string (first, "refreshToken"), &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_SIGN_IN_AGAIN);
  assert_token (core, lift_json_get_string (other, "token"), -1);
}

static void
test_change_password (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = login (core, "kim");
  g_autoptr (JsonObject) other = login (core, "kim");
  g_autoptr (LiftServerUser)
    user = lift_server_authenticate (core->server, lift_json_get_string (first, "token"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;

  g_assert_false (lift_server_change_password (core->server, user, "wrong", "long enough", &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
  g_clear_error (&error);
  g_assert_false (lift_server_change_password (core->server, user, CORE_PASSWORD, "short", &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (
    lift_server_change_password (core->server, user, CORE_PASSWORD, "long enough", &error));
  assert_token (core, lift_json_get_string (first, "token"), -1);
  assert_token (core, lift_json_get_string (other, "token"), LIFT_SERVER_ERROR_UNAUTHENTICATED);
  text = lift_server_login (core->server, "kim", "long enough", NULL, &error);
  g_assert_nonnull (text);
}

static void
test_administrator (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = login (core, "ann");
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  LiftServerAccount *ann;

  accounts = lift_server_list_accounts (core->server, &error);
  g_assert_cmpuint (accounts->len, ==, 4);
  ann = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (ann->username, ==, "ann");
  g_assert_cmpstr (ann->role, ==, "athlete");
  g_assert_cmpstr (ann->coach, ==, "kim");
  g_assert_true (lift_server_set_disabled (core->server, "Ann", TRUE, &error));
  assert_token (core, lift_json_get_string (first, "token"), LIFT_SERVER_ERROR_UNAUTHENTICATED);
  g_assert_null (lift_server_login (core->server, "ann", CORE_PASSWORD, NULL, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
  g_clear_error (&error);
  g_assert_true (lift_server_set_disabled (core->server, "ann", FALSE, &error));
  g_assert_true (lift_server_set_password (core->server, "ann", CORE_PASSWORD, &error));
  json_object_unref (login (core, "ann"));
  g_assert_false (lift_server_set_password (core->server, "zoe", CORE_PASSWORD, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_NOT_FOUND);
}

static void
test_bad_users (void)
{
  static const struct
  {
    const char *username, *password, *role, *coach;
    int code;
  } cases[] = {
    { "KIM", CORE_PASSWORD, "coach", NULL, LIFT_SERVER_ERROR_USERNAME_TAKEN },
    { "", CORE_PASSWORD, "coach", NULL, LIFT_SERVER_ERROR_INVALID },
    { " max", CORE_PASSWORD, "coach", NULL, LIFT_SERVER_ERROR_INVALID },
    { "max", "1234567", "coach", NULL, LIFT_SERVER_ERROR_INVALID },
    { "max", CORE_PASSWORD, "king", NULL, LIFT_SERVER_ERROR_INVALID },
    { "max", CORE_PASSWORD, "coach", "kim", LIFT_SERVER_ERROR_INVALID },
    { "max", CORE_PASSWORD, "athlete", "ann", LIFT_SERVER_ERROR_INVALID },
    { "max", CORE_PASSWORD, "athlete", "zoe", LIFT_SERVER_ERROR_NOT_FOUND },
  };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_server_add_user (core->server, cases[i].username, cases[i].password,
                                           cases[i].role, NULL, cases[i].coach, &error));
      g_assert_error (error, LIFT_SERVER_ERROR, cases[i].code);
    }
}

static void
test_register (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerRegistration registration = {
    .username = "max", .password = CORE_PASSWORD, .name = "Max", .user_type = "coach"
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_assert_null (lift_server_register (core->server, &registration, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_REGISTRATION_CLOSED);
  g_clear_error (&error);
  lift_server_set_open_registration (core->server, TRUE);
  text = lift_server_register (core->server, &registration, &error);
  g_assert_no_error (error);
  answer = parse (text);
  g_assert_cmpstr (lift_json_get_string (answer, "userType"), ==, "coach");
  assert_token (core, lift_json_get_string (answer, "token"), -1);
  g_assert_null (lift_server_register (core->server, &registration, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_USERNAME_TAKEN);
}

/* An invite hands over the profile that the coach had made, with all that is in it. */
static void
test_invite (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) invite = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonObject) parsed = NULL;
  g_autoptr (JsonObject) paper = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (LiftServerUser) pat = NULL;
  g_autoptr (GHashTable) rows = NULL;
  LiftServerRegistration registration = {
    .username = "pat", .password = CORE_PASSWORD, .name = "Pat", .user_type = "athlete"
  };

  g_assert_null (lift_server_create_invite (core->server, core->ann, NULL, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (
    lift_server_create_invite (core->server, core->kim, core->bob->athlete_id, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_FORBIDDEN);
  g_clear_error (&error);
  paper = core_push (core, core->kim, "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat'}]}}",
                     core_id (70));
  core_assert_ok (paper, 1);
  core_add_plan (core, core->kim, core_id (70), 1);
  invite = lift_server_create_invite (core->server, core->kim, core_id (70), &error);
  g_assert_no_error (error);
  parsed = parse (invite);
  registration.invite_code = lift_json_get_string (parsed, "inviteCode");
  text = lift_server_register (core->server, &registration, &error);
  g_assert_no_error (error);
  answer = parse (text);
  g_assert_cmpstr (lift_json_get_string (answer, "athleteId"), ==, core_id (70));
  pat = lift_server_authenticate (core->server, lift_json_get_string (answer, "token"), &error);
  g_assert_no_error (error);
  rows = core_pull_all (core, pat, "100", NULL);
  g_assert_nonnull (core_get_row (rows, "SetPlan", core_id (3)));
  registration.username = "pat2";
  g_assert_null (lift_server_register (core->server, &registration, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
}

static void
test_export_and_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonObject) archive = NULL;
  JsonObject *types;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  text = lift_server_export_account (core->server, core->ann, &error);
  g_assert_no_error (error);
  archive = parse (text);
  types = lift_json_get_object (archive, "changesByType");
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (types, "SetPlan")), ==, 2);
  g_assert_null (strstr (text->str, "argon2"));

  g_assert_false (lift_server_delete_account (core->server, core->kim, "wrong horse", &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
  g_clear_error (&error);
  /* The coach goes; Ann keeps what is hers. */
  g_assert_true (lift_server_delete_account (core->server, core->kim, CORE_PASSWORD, &error));
  g_assert_null (lift_server_login (core->server, "kim", CORE_PASSWORD, NULL, &error));
  {
    g_autoptr (LiftServerUser) ann = core_sign_in (core, "ann");
    g_autoptr (GHashTable) rows = core_pull_all (core, ann, "100", NULL);

    g_assert_null (ann->coach_id);
    g_assert_nonnull (core_get_row (rows, "SetPlan", core_id (3)));
    g_assert_null (core_get_row (rows, "Coach", core->kim->coach_id));
  }
}

static void
test_real_cost (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  double seconds;

  lift_server_set_cheap_passwords (core->server, FALSE);
  g_assert_true (lift_server_set_password (core->server, "kim", CORE_PASSWORD, &error));
  g_test_timer_start ();
  text = lift_server_login (core->server, "kim", CORE_PASSWORD, NULL, &error);
  seconds = g_test_timer_elapsed ();
  g_assert_no_error (error);
  g_test_message ("a sign-in takes %.0f ms", seconds * 1000);
  g_assert_cmpfloat (seconds, >, 0.005);
}

static gpointer
hammer (gpointer data)
{
  Core *core = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GString) text = NULL;
      LiftServerPullRequest request = { .limit = "500" };

      g_assert_true (lift_server_ping (core->server, NULL));
      text = lift_server_pull (core->server, core->ann, &request, NULL);
      g_assert_nonnull (text);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (Core) core = core_new ();
  GThread *threads[4];
  LiftServerCounts counts;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", hammer, core);
  for (guint i = 0; i < 20; i++)
    core_add_plan (core, core->kim, core->ann->athlete_id, 100 + 10 * i);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  lift_server_get_counts (core->server, &counts);
  g_assert_cmpuint (counts.rows_pushed, ==, 80);
  g_assert_cmpuint (counts.busy_connections, ==, 0);
}

static void
on_changed (LiftServer *server, const char *scope, gint64 seq, GString *heard)
{
  g_string_append_printf (heard, "%s %" G_GINT64_FORMAT ";", scope, seq);
}

static void
test_signal (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autofree char *expected = NULL;
  g_auto (GStrv) scopes = NULL;

  g_signal_connect (core->server, "changed", G_CALLBACK (on_changed), heard);
  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  expected = g_strdup_printf ("athlete:%s 6;", core->ann->athlete_id);
  g_assert_cmpstr (heard->str, ==, expected);
  scopes = lift_server_dup_scopes (core->server, core->kim, NULL);
  g_assert_cmpuint (g_strv_length (scopes), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/accounts/login", test_login);
  g_test_add_func ("/server/accounts/wrong-password", test_wrong_password);
  g_test_add_func ("/server/accounts/too-many-attempts", test_too_many_attempts);
  g_test_add_func ("/server/accounts/refresh", test_refresh);
  g_test_add_func ("/server/accounts/refresh-expires", test_refresh_expires);
  g_test_add_func ("/server/accounts/logout", test_logout);
  g_test_add_func ("/server/accounts/change-password", test_change_password);
  g_test_add_func ("/server/accounts/administrator", test_administrator);
  g_test_add_func ("/server/accounts/bad-users", test_bad_users);
  g_test_add_func ("/server/accounts/register", test_register);
  g_test_add_func ("/server/accounts/invite", test_invite);
  g_test_add_func ("/server/accounts/export-and-delete", test_export_and_delete);
  g_test_add_func ("/server/accounts/real-cost", test_real_cost);
  g_test_add_func ("/server/accounts/threads", test_threads);
  g_test_add_func ("/server/accounts/signal", test_signal);
  return g_test_run ();
}
