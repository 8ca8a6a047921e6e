/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* How long the code of an invite works. */

/* @athlete_id: (nullable): the profile to take over */
static char *
invite (Core *core, const char *athlete_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    text = lift_server_create_invite (core->server, core->kim, athlete_id, &error);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  return g_strdup (lift_json_get_string (answer, "inviteCode"));
}

static gboolean
works (Core *core, const char *code)
{
  LiftServerRegistration registration = {
    .username = "pat",
    .password = CORE_PASSWORD,
    .name = "Pat",
    .user_type = "athlete",
    .invite_code = code,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = lift_server_register (core->server, &registration, &error);

  if (text == NULL)
    g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
  return text != NULL;
}

static void
add_profile (Core *core, guint n)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim, "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat'}]}}", core_id (n));

  core_assert_ok (answer, 1);
}

static void
set_deleted (Core *core, guint n, const char *instant)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim,
    "{'changes':{'Athlete':[{'id':'%s','deletedAt':%s,'changedFields':['deletedAt']}]}}",
    core_id (n), instant);

  core_assert_ok (answer, 1);
}

static void
delete_account (Core *core, LiftServerUser *user)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_server_delete_account (core->server, user, CORE_PASSWORD, &error));
  g_assert_no_error (error);
}

/* An athlete who leaves takes none of the coach's invites along. */
static void
test_athlete_leaves (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *code = invite (core, NULL);

  delete_account (core, core->ann);
  g_assert_true (works (core, code));
}

static void
test_coach_leaves (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *code = invite (core, NULL);

  delete_account (core, core->kim);
  g_assert_false (works (core, code));
}

/* A profile that the coach deleted is not handed over. */
static void
test_deleted_profile (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *code = NULL;

  add_profile (core, 70);
  code = invite (core, core_id (70));
  set_deleted (core, 70, "'2026-03-01T12:00:00Z'");
  g_assert_false (works (core, code));
  /* What was refused is not used up. */
  set_deleted (core, 70, "null");
  g_assert_true (works (core, code));
}

static void
test_taken_profile (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  add_profile (core, 70);
  first = invite (core, core_id (70));
  second = invite (core, core_id (70));
  g_assert_true (works (core, first));
  g_assert_false (works (core, second));
}

static void
test_expires (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *code = invite (core, NULL);

  lift_virtual_clock_advance (core->clock, (14 * 86400 + 1) * (gint64) G_USEC_PER_SEC);
  g_assert_false (works (core, code));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/invites/athlete-leaves", test_athlete_leaves);
  g_test_add_func ("/server/invites/coach-leaves", test_coach_leaves);
  g_test_add_func ("/server/invites/deleted-profile", test_deleted_profile);
  g_test_add_func ("/server/invites/taken-profile", test_taken_profile);
  g_test_add_func ("/server/invites/expires", test_expires);
  return g_test_run ();
}
