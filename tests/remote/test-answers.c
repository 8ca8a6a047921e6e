/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-answers.h"
#include "lift-json.h"
#include "lift-remote-error.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lift_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
test_sign_in_base (void)
{
  g_autoptr (JsonObject)
    athlete = parse ("{\"token\":\"t\",\"userId\":\"u\",\"userType\":\"Athlete\"}");
  g_autoptr (JsonObject)
    coach = parse ("{\"token\":\"t\",\"userId\":\"u\",\"userType\":\"coach\"}");
  g_autoptr (LiftSignIn) first = lift_sign_in_from_json (athlete, NULL);
  g_autoptr (LiftSignIn) second = lift_sign_in_from_json (coach, NULL);
  g_autoptr (LiftSignIn) copy = lift_sign_in_copy (second);

  g_assert_cmpstr (first->athlete_id, ==, "u");
  g_assert_null (first->coach_id);
  g_assert_cmpstr (first->user_type, ==, "athlete");
  g_assert_null (first->refresh_token);
  g_assert_cmpint (first->expires_in, ==, -1);
  g_assert_cmpstr (copy->coach_id, ==, "u");
  g_assert_null (copy->athlete_id);
}

static void
test_pull_page (void)
{
  g_autoptr (JsonObject) object = parse (
    "{\"changesByType\":{\"SetLog\":[{\"id\":\"x\"}]},\"cursor\":\"c\",\"hasMore\":true,"
    "\"syncTimestamp\":\"2026-02-06T15:30:00.123456Z\",\"revoked\":[\"a\",3,\"b\"],"
    "\"digest\":{\"athlete:a\":{\"seq\":1}},\"news\":1}");
  g_autoptr (LiftPullPage) page = lift_pull_page_from_json (object, NULL);
  g_autoptr (LiftPullPage) copy = lift_pull_page_copy (page);

  g_assert_cmpuint (json_array_get_length (lift_json_get_array (copy->changes, "SetLog")), ==, 1);
  g_assert_cmpstr (copy->cursor, ==, "c");
  g_assert_true (copy->has_more);
  g_assert_cmpuint (g_strv_length (copy->revoked), ==, 2);
  g_assert_cmpstr (copy->revoked[1], ==, "b");
  g_assert_nonnull (copy->digest);
  g_assert_cmpstr (copy->sync_timestamp, ==, "2026-02-06T15:30:00.123456Z");
}

static void
test_pull_page_base (void)
{
  g_autoptr (JsonObject)
    object = parse ("{\"changesByType\":{},\"syncTimestamp\":\"2026-02-06T15:30:00Z\",\"stats\":{"
                    "\"SetLog\":{\"fetched\":2,\"hasMore\":true},\"SetPlan\":{\"hasMore\":false},"
                    "\"User\":[]}}");
  g_autoptr (LiftPullPage) page = lift_pull_page_from_json (object, NULL);

  g_assert_null (page->cursor);
  g_assert_true (page->has_more);
  g_assert_true (lift_pull_page_type_has_more (page, "SetLog"));
  g_assert_false (lift_pull_page_type_has_more (page, "SetPlan"));
  g_assert_false (lift_pull_page_type_has_more (page, "User"));
  g_assert_false (lift_pull_page_type_has_more (page, "Coach"));
  g_assert_cmpuint (g_strv_length (page->revoked), ==, 0);
  g_assert_null (page->digest);
}

static void
test_push_answer (void)
{
  g_autoptr (JsonObject) object = parse (
    "{\"succeeded\":[{\"entityType\":\"SetLog\",\"entityId\":\"x\"}],\"lastMutation\":9}");
  g_autoptr (LiftPushAnswer) answer = lift_push_answer_from_json (object, NULL);
  g_autoptr (LiftPushAnswer) copy = lift_push_answer_copy (answer);

  g_assert_cmpuint (json_array_get_length (copy->succeeded), ==, 1);
  g_assert_cmpuint (json_array_get_length (copy->failed), ==, 0);
  g_assert_cmpint (copy->last_mutation, ==, 9);
}

static void
test_push_answer_bad (void)
{
  static const char *bad[] = {
    "{}",
    "{\"succeeded\":{}}",
    "{\"succeeded\":[3],\"failed\":[]}",
    "{\"succeeded\":[],\"failed\":[{\"entityType\":\"SetLog\"}]}",
    "{\"succeeded\":[],\"failed\":[],\"lastMutation\":9223372036854775807}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) object = parse (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_push_answer_from_json (object, &error));
      g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/answers/sign-in-base", test_sign_in_base);
  g_test_add_func ("/remote/answers/pull-page", test_pull_page);
  g_test_add_func ("/remote/answers/pull-page-base", test_pull_page_base);
  g_test_add_func ("/remote/answers/push-answer", test_push_answer);
  g_test_add_func ("/remote/answers/push-answer-bad", test_push_answer_bad);
  return g_test_run ();
}
