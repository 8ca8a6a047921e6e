/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-server-private.h"

/* Opaque to the client: format, epoch, types, walk, positions, then eight bytes of SHA-256 over
 * all of it, in base64url. It holds no secret and gives no right, so nothing is signed: whoever
 * makes up positions only harms their own pull. An athlete takes some 26 characters. There is no
 * limit here, since what was given out must be taken back; lift_http_limits_init() sets one. */

#define FORMAT 1
#define SUM_BYTES 8

enum
{
  KIND_CATALOGUE,
  KIND_COACH,
  KIND_ATHLETE,
  KIND_MASK = 0x0f,
  FLAG_CHANGED = 0x40,
  FLAG_SNAPSHOT = 0x80,
};

static const char *const prefixes[] = { LIFT_SERVER_CATALOGUE, "coach:", "athlete:" };

static void
free_position (LiftServerPosition *position)
{
  g_free (position->scope);
  g_free (position);
}

/**
 * lift_server_cursor_new: (skip)
 *
 * Returns: (transfer full): a cursor of a client that has nothing yet
 */
LiftServerCursor *
lift_server_cursor_new (void)
{
  LiftServerCursor *cursor = g_new0 (LiftServerCursor, 1);

  cursor->types = g_strdup ("*");
  cursor->positions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_position);
  return cursor;
}

/**
 * lift_server_cursor_free: (skip)
 */
void
lift_server_cursor_free (LiftServerCursor *cursor)
{
  if (cursor == NULL)
    return;
  g_free (cursor->types);
  g_free (cursor->walk_type);
  g_ptr_array_unref (cursor->positions);
  g_free (cursor);
}

/**
 * lift_server_cursor_find: (skip)
 *
 * Returns: (nullable) (transfer none): how far @scope has come
 */
LiftServerPosition *
lift_server_cursor_find (LiftServerCursor *cursor, const char *scope)
{
  for (guint i = 0; i < cursor->positions->len; i++)
    {
      LiftServerPosition *position = g_ptr_array_index (cursor->positions, i);

      if (g_str_equal (position->scope, scope))
        return position;
    }
  return NULL;
}

/**
 * lift_server_cursor_add: (skip)
 */
LiftServerPosition *
lift_server_cursor_add (LiftServerCursor *cursor, const char *scope, gint64 seq, gboolean snapshot)
{
  LiftServerPosition *position = g_new0 (LiftServerPosition, 1);

  position->scope = g_strdup (scope);
  position->seq = seq;
  position->snapshot = snapshot;
  g_ptr_array_add (cursor->positions, position);
  return position;
}

/**
 * lift_server_cursor_remove: (skip)
 */
void
lift_server_cursor_remove (LiftServerCursor *cursor, LiftServerPosition *position)
{
  g_ptr_array_remove (cursor->positions, position);
}

static void
put_number (GByteArray *out, guint64 number)
{
  do
    {
      guint8 byte = (number & 0x7f) | (number > 0x7f ? 0x80 : 0);

      g_byte_array_append (out, &byte, 1);
      number >>= 7;
    }
  while (number > 0);
}

static void
put_text (GByteArray *out, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  put_number (out, length);
  if (length > 0)
    g_byte_array_append (out, (const guint8 *) text, length);
}

/* A UUID as its sixteen bytes, which keeps the cursor of a coach of hundreds short. */
static void
put_uuid (GByteArray *out, const char *uuid)
{
  for (const char *p = uuid; *p != '\0'; p++)
    if (*p != '-')
      {
        guint8 byte = g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]);

        g_byte_array_append (out, &byte, 1);
        p++;
      }
}

static void
put_position (GByteArray *out, LiftServerPosition *position)
{
  guint8 kind = KIND_CATALOGUE;

  if (g_str_has_prefix (position->scope, prefixes[KIND_COACH]))
    kind = KIND_COACH;
  else if (g_str_has_prefix (position->scope, prefixes[KIND_ATHLETE]))
    kind = KIND_ATHLETE;
  put_number (out, kind | (position->snapshot ? FLAG_SNAPSHOT : 0) |
                     (position->changed ? FLAG_CHANGED : 0));
  if (kind != KIND_CATALOGUE)
    put_uuid (out, position->scope + strlen (prefixes[kind]));
  put_number (out, position->seq);
}

static void
get_sum (const guint8 *data, gsize length, guint8 *sum)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (checksum, data, length);
  g_checksum_get_digest (checksum, sum, &size);
}

/**
 * lift_server_cursor_print: (skip)
 *
 * Returns: (transfer full): the cursor as text that goes into an address without escapes
 */
char *
lift_server_cursor_print (LiftServer *self, LiftServerCursor *cursor)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *epoch = lift_server_dup_epoch (self);
  guint8 sum[32];
  char *text;

  put_number (out, FORMAT);
  put_uuid (out, epoch);
  put_text (out, cursor->types);
  put_text (out, cursor->walk_type);
  put_number (out, cursor->walk_stamp);
  put_number (out, cursor->positions->len);
  for (guint i = 0; i < cursor->positions->len; i++)
    put_position (out, g_ptr_array_index (cursor->positions, i));
  get_sum (out->data, out->len, sum);
  g_byte_array_append (out, sum, SUM_BYTES);
  text = g_base64_encode (out->data, out->len);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  for (char *end = text + strlen (text); end > text && end[-1] == '='; end--)
    end[-1] = '\0';
  return text;
}

typedef struct
{
  const guint8 *data;
  gsize left;
  gboolean bad;
} Reader;

static guint64
take_number (Reader *reader)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte;

      if (reader->left == 0)
        break;
      byte = *reader->data++;
      reader->left--;
      number |= (guint64) (byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return number;
    }
  reader->bad = TRUE;
  return 0;
}

static char *
take_text (Reader *reader)
{
  guint64 length = take_number (reader);
  char *text;

  if (reader->bad || length > reader->left)
    {
      reader->bad = TRUE;
      return g_strdup ("");
    }
  text = g_strndup ((const char *) reader->data, length);
  reader->data += length;
  reader->left -= length;
  return text;
}

static char *
take_uuid (Reader *reader)
{
  GString *text = g_string_sized_new (36);

  if (reader->left < 16)
    reader->bad = TRUE;
  for (guint i = 0; i < 16 && !reader->bad; i++)
    {
      g_string_append_printf (text, "%02x", *reader->data++);
      reader->left--;
      if (i == 3 || i == 5 || i == 7 || i == 9)
        g_string_append_c (text, '-');
    }
  return g_string_free (text, FALSE);
}

static void
take_position (Reader *reader, LiftServerCursor *cursor)
{
  guint64 flags = take_number (reader);
  guint kind = flags & KIND_MASK;
  g_autofree char *uuid = NULL;
  g_autofree char *scope = NULL;
  LiftServerPosition *position;

  if (kind > KIND_ATHLETE)
    {
      reader->bad = TRUE;
      return;
    }
  if (kind != KIND_CATALOGUE)
    uuid = take_uuid (reader);
  scope = g_strconcat (prefixes[kind], uuid, NULL);
  position = lift_server_cursor_add (cursor, scope, take_number (reader) & G_MAXINT64,
                                     (flags & FLAG_SNAPSHOT) != 0);
  position->changed = (flags & FLAG_CHANGED) != 0;
}

static guint8 *
decode (const char *text, gsize *length)
{
  g_autoptr (GString) padded = g_string_new (text);
  guint8 *data;
  guint8 sum[32];

  if (strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    "0123456789-_") != padded->len)
    return NULL;
  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  data = g_base64_decode (padded->str, length);
  if (*length > SUM_BYTES)
    {
      get_sum (data, *length - SUM_BYTES, sum);
      if (memcmp (data + *length - SUM_BYTES, sum, SUM_BYTES) == 0)
        {
          *length -= SUM_BYTES;
          return data;
        }
    }
  g_free (data);
  return NULL;
}

static void
take_all (Reader *reader, LiftServerCursor *cursor)
{
  guint64 n;

  g_free (cursor->types);
  cursor->types = take_text (reader);
  cursor->walk_type = take_text (reader);
  if (cursor->walk_type[0] == '\0')
    g_clear_pointer (&cursor->walk_type, g_free);
  cursor->walk_stamp = take_number (reader) & G_MAXINT64;
  n = take_number (reader);
  for (guint64 i = 0; i < n && !reader->bad; i++)
    take_position (reader, cursor);
  if (reader->left > 0)
    reader->bad = TRUE;
}

/**
 * lift_server_cursor_parse: (skip)
 * @text: what a client sent
 *
 * Returns: (transfer full): the cursor, or %NULL with BAD_CURSOR or RESYNC
 */
LiftServerCursor *
lift_server_cursor_parse (LiftServer *self, const char *text, GError **error)
{
  g_autoptr (LiftServerCursor) cursor = lift_server_cursor_new ();
  g_autofree char *ours = lift_server_dup_epoch (self);
  g_autofree char *epoch = NULL;
  g_autofree guint8 *data = NULL;
  Reader reader = { NULL, 0, FALSE };

  reader.data = data = decode (text, &reader.left);
  if (data == NULL || take_number (&reader) != FORMAT)
    reader.bad = TRUE;
  epoch = take_uuid (&reader);
  if (!reader.bad && !g_str_equal (epoch, ours))
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_RESYNC, "cursor",
                        _ ("The server was restored or replaced since. Pull everything anew"));
      return NULL;
    }
  if (!reader.bad)
    take_all (&reader, cursor);
  if (reader.bad)
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_BAD_CURSOR, "cursor",
                        _ ("This is no cursor of this server. Leave it out to pull everything"));
      return NULL;
    }
  return g_steal_pointer (&cursor);
}
