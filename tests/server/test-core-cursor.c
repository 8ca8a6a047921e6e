/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "core-fixture.h"

/* What a client holds to say how far it has come. */

static void
add_athletes (Core *core, guint first, guint n)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (rows, "%s{'id':'%s','displayName':'A%u'}", i > 0 ? "," : "",
                            core_id (first + i), i);
  answer = core_push (core, core->kim, "{'changes':{'Athlete':[%s]}}", rows->str);
  core_assert_ok (answer, n);
}

/* The server takes back whatever cursor it gave, however many athletes a coach has. */
static void
test_many_athletes (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) all = NULL;
  g_autoptr (GHashTable) none = NULL;
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < 6; i++)
    add_athletes (core, 1000 + 500 * i, 500);
  all = core_pull_all (core, core->kim, "500", &cursor);
  g_assert_nonnull (core_get_row (all, "Athlete", core_id (3999)));
  g_test_message ("a cursor of %u athletes has %zu bytes", 3000, strlen (cursor));
  none = core_pull_all (core, core->kim, "500", &cursor);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

static GError *
refuse (Core *core, const char *cursor)
{
  LiftServerPullRequest request = { .cursor = cursor };

  return core_pull_error (core, core->kim, &request);
}

/* A cursor that was cut short, or of which one character is another, is none of ours. */
static void
test_damaged (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;

  g_hash_table_unref (core_pull_all (core, core->kim, "500", &cursor));
  for (gsize i = 1; i < strlen (cursor); i++)
    {
      g_autofree char *shorter = g_strndup (cursor, i);
      g_autofree char *other = g_strdup (cursor);
      g_autoptr (GError) cut = refuse (core, shorter);
      g_autoptr (GError) changed = NULL;

      g_assert_error (cut, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BAD_CURSOR);
      /* The last character holds bits that are no part of any byte. */
      if (cursor[i + 1] == '\0')
        break;
      other[i] = cursor[i] == 'A' ? 'B' : 'A';
      changed = refuse (core, other);
      g_assert_error (changed, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BAD_CURSOR);
    }
}

/* As @damaged, with a sum that fits: whoever makes up a cursor gets an answer and no harm is done. */
static void
test_made_up (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree char *cursor = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;

  g_hash_table_unref (core_pull_all (core, core->kim, "500", &cursor));
  g_strdelimit (cursor, "-", '+');
  g_strdelimit (cursor, "_", '/');
  {
    g_autofree char *padded = g_strconcat (cursor, "===" + (strlen (cursor) + 3) % 4, NULL);

    data = g_base64_decode (padded, &length);
  }
  for (guint i = 0; i < 500; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (data, length);
      gsize n = length - 8 - (i % 3 == 0 ? g_rand_int_range (rand, 0, length - 8) : 0);
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) answer = NULL;
      g_autofree char *text = NULL;
      LiftServerPullRequest request = { 0 };
      guint8 sum[32];
      gsize size = sizeof sum;

      if (i % 3 != 0)
        bytes[g_rand_int_range (rand, 0, n)] = g_rand_int_range (rand, 0, 256);
      g_checksum_update (checksum, bytes, n);
      g_checksum_get_digest (checksum, sum, &size);
      memcpy (bytes + n, sum, 8);
      text = g_base64_encode (bytes, n + 8);
      g_strdelimit (text, "+", '-');
      g_strdelimit (text, "/", '_');
      g_strdelimit (text, "=", '\0');
      request.cursor = text;
      answer = lift_server_pull (core->server, core->kim, &request, &error);
      if (answer == NULL)
        g_assert_true (g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BAD_CURSOR) ||
                       g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC) ||
                       g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/cursor/many-athletes", test_many_athletes);
  g_test_add_func ("/server/cursor/damaged", test_damaged);
  g_test_add_func ("/server/cursor/made-up", test_made_up);
  return g_test_run ();
}
