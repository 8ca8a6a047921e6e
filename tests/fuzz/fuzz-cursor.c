/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-server.h"

#include <string.h>

/*
 * Any text as a cursor or another parameter of a pull, for a coach and for an athlete: an answer, or
 * a refusal that says what is wrong. What an answer gives out is taken back, and a pull that follows
 * it ends.
 *
 * An input is the lines cursor, since, limit, entityTypes and athleteId; a line that is missing or
 * says `-` is left out. One that begins with a byte 1 or 2 is the inside of a cursor, to which the
 * sum is added, as no change of bytes would find it: after 2 also the format and the epoch.
 */

#define MAX_PAGES 40

static void
seal (GByteArray *bytes, GString *out)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 sum[32];
  gsize size = sizeof sum;
  g_autofree char *text = NULL;

  g_checksum_update (checksum, bytes->data, bytes->len);
  g_checksum_get_digest (checksum, sum, &size);
  g_byte_array_append (bytes, sum, 8);
  text = g_base64_encode (bytes->data, bytes->len);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  g_string_append (out, text);
}

/* The format and the epoch are the first bytes of any cursor of this server. */
static char *
make_cursor (const uint8_t *data, size_t size)
{
  LiftServerPullRequest request = { .limit = "1" };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean more;

  if (data[0] == 2)
    {
      g_autofree char *cursor = fuzz_server_pull (FUZZ_KIM, &request, &more);
      g_autofree guint8 *plain = NULL;
      gsize length;

      cursor[strlen (cursor) / 4 * 4] = '\0';
      g_strdelimit (cursor, "-", '+');
      g_strdelimit (cursor, "_", '/');
      plain = g_base64_decode (cursor, &length);
      g_byte_array_append (bytes, plain, 17);
    }
  g_byte_array_append (bytes, data + 1, size - 1);
  seal (bytes, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
follow (guint user, const LiftServerPullRequest *first)
{
  gboolean more;
  g_autofree char *cursor = fuzz_server_pull (user, first, &more);

  for (guint pages = 0; cursor != NULL; pages++)
    {
      LiftServerPullRequest next = { .cursor = cursor,
                                     .limit = "200",
                                     .entity_types = first->entity_types,
                                     .athlete_id = first->athlete_id };
      gboolean had_more = more;
      char *after = fuzz_server_pull (user, &next, &more);

      if (after == NULL)
        fuzz_fail ("a cursor was given out and not taken back", cursor);
      g_free (cursor);
      cursor = after;
      if (!had_more && !more)
        return;
      if (pages > MAX_PAGES)
        fuzz_fail ("a pull without an end", cursor);
    }
}

static const char *
get_line (char **lines, guint n)
{
  if (n >= g_strv_length (lines) || g_str_equal (lines[n], "-"))
    return NULL;
  return g_utf8_validate (lines[n], -1, NULL) ? lines[n] : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 5);
  g_autofree char *made = NULL;
  LiftServerPullRequest request = { .cursor = get_line (lines, 0),
                                    .since = get_line (lines, 1),
                                    .limit = get_line (lines, 2),
                                    .entity_types = get_line (lines, 3),
                                    .athlete_id = get_line (lines, 4) };

  fuzz_server_begin ();
  if (size > 0 && (data[0] == 1 || data[0] == 2))
    {
      made = make_cursor (data, size);
      request = (LiftServerPullRequest){ .cursor = made, .limit = "100" };
    }
  follow (FUZZ_KIM, &request);
  follow (FUZZ_BOB, &request);
  fuzz_server_end ();
  return 0;
}
