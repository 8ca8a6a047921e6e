/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-json-private.h"

#include <string.h>

/* A whole number with more digits may not fit 64 bits. */
#define SAFE_DIGITS 18
/* A decimal with at most so many digits is the exact quotient of two doubles, rounded once. */
#define EXACT_DIGITS 15

#define REPLACEMENT 0xfffd

typedef struct
{
  const char *p;
  const char *end;
  guint depth;
  gboolean too_deep;
  GString *text; /* the string or number that was read last */
} Reader;

static JsonNode *read_value (Reader *self);

static int
peek (Reader *self)
{
  return self->p < self->end ? (guchar) *self->p : -1;
}

static gboolean
take (Reader *self, char c)
{
  if (peek (self) != (guchar) c)
    return FALSE;
  self->p++;
  return TRUE;
}

static void
skip_spaces (Reader *self)
{
  while (self->p < self->end &&
         (*self->p == ' ' || *self->p == '\t' || *self->p == '\r' || *self->p == '\n'))
    self->p++;
}

/* Four hexadecimal digits. */
static gboolean
read_code (Reader *self, gunichar *code)
{
  *code = 0;
  for (guint i = 0; i < 4; i++, self->p++)
    {
      if (self->p >= self->end || !g_ascii_isxdigit (*self->p))
        return FALSE;
      *code = *code * 16 + g_ascii_xdigit_value (*self->p);
    }
  return TRUE;
}

/* What follows `\u`. Half of a pair alone is no character, and texts end at a zero: both become the
 * character that stands for what cannot be read, since one bad text must not cost a whole push. */
static gboolean
read_unicode (Reader *self)
{
  gunichar code, low;

  if (!read_code (self, &code))
    return FALSE;
  if (code >= 0xd800 && code < 0xdc00 && self->end - self->p >= 6 && self->p[0] == '\\' &&
      self->p[1] == 'u')
    {
      const char *after = self->p;

      self->p += 2;
      if (!read_code (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low < 0xe000)
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      else
        self->p = after;
    }
  if (code == 0 || (code >= 0xd800 && code < 0xe000))
    code = REPLACEMENT;
  g_string_append_unichar (self->text, code);
  return TRUE;
}

static gboolean
read_escape (Reader *self)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (take (self, 'u'))
    return read_unicode (self);
  if (self->p >= self->end || *self->p == '\0')
    return FALSE;
  name = strchr (names, *self->p++);
  if (name == NULL)
    return FALSE;
  g_string_append_c (self->text, values[name - names]);
  return TRUE;
}

/* Into @text. */
static gboolean
read_string (Reader *self)
{
  const char *run;

  g_string_truncate (self->text, 0);
  if (!take (self, '"'))
    return FALSE;
  for (run = self->p; self->p < self->end; self->p++)
    if (*self->p == '"' || *self->p == '\\' || *self->p == '\0')
      {
        char c = *self->p;

        g_string_append_len (self->text, run, self->p - run);
        self->p++;
        if (c == '"')
          return TRUE;
        if (c == '\0' || !read_escape (self))
          return FALSE;
        run = self->p--;
      }
  return FALSE;
}

static JsonNode *
read_text (Reader *self)
{
  if (!read_string (self))
    return NULL;
  return json_node_init_string (json_node_alloc (), self->text->str);
}

static guint
skip_digits (Reader *self)
{
  const char *first = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;
  return self->p - first;
}

static gboolean
skip_exponent (Reader *self)
{
  if (!take (self, 'e') && !take (self, 'E'))
    return TRUE;
  if (!take (self, '+'))
    take (self, '-');
  return skip_digits (self) > 0;
}

/* The digits of a number without its point, which must be few enough to fit. */
static gint64
get_digits (const char *number, const char *end)
{
  gint64 value = 0;

  for (; number < end; number++)
    if (g_ascii_isdigit (*number))
      value = value * 10 + (*number - '0');
  return value;
}

static JsonNode *
make_double (double value)
{
  return json_node_init_double (json_node_alloc (), value);
}

/* Any number, slowly. Also whole ones that do not fit 64 bits: as doubles they are a fault of
 * their field and not a lie. */
static JsonNode *
make_number (Reader *self, const char *number, gboolean whole)
{
  gint64 value;

  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, number, self->p - number);
  if (whole && g_ascii_string_to_signed (self->text->str, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return json_node_init_int (json_node_alloc (), value);
  return make_double (g_ascii_strtod (self->text->str, NULL));
}

static JsonNode *
make_decimal (const char *number, const char *end, guint decimals)
{
  static const double powers[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  double value = (double) get_digits (number, end) / powers[decimals];

  return make_double (*number == '-' ? -value : value);
}

static JsonNode *
read_number (Reader *self)
{
  const char *number = self->p;
  gboolean zero;
  guint digits, decimals;
  gint64 value;

  take (self, '-');
  zero = peek (self) == '0';
  digits = skip_digits (self);
  if (digits == 0 || (zero && digits > 1))
    return NULL;
  if (take (self, '.'))
    {
      decimals = skip_digits (self);
      if (decimals == 0)
        return NULL;
      if (digits + decimals <= EXACT_DIGITS && peek (self) != 'e' && peek (self) != 'E')
        return make_decimal (number, self->p, decimals);
      return skip_exponent (self) ? make_number (self, number, FALSE) : NULL;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    return skip_exponent (self) ? make_number (self, number, FALSE) : NULL;
  if (digits > SAFE_DIGITS)
    return make_number (self, number, TRUE);
  value = get_digits (number, self->p);
  return json_node_init_int (json_node_alloc (), *number == '-' ? -value : value);
}

static gboolean
take_word (Reader *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return FALSE;
  self->p += length;
  return TRUE;
}

static JsonNode *
read_word (Reader *self)
{
  if (take_word (self, "null"))
    return json_node_init_null (json_node_alloc ());
  if (take_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  return NULL;
}

static gboolean
read_member (Reader *self, gpointer object)
{
  g_autofree char *name = NULL;
  JsonNode *value;

  skip_spaces (self);
  if (!read_string (self))
    return FALSE;
  name = g_strndup (self->text->str, self->text->len);
  skip_spaces (self);
  if (!take (self, ':') || (value = read_value (self)) == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static gboolean
read_element (Reader *self, gpointer array)
{
  JsonNode *value = read_value (self);

  if (value == NULL)
    return FALSE;
  json_array_add_element (array, value);
  return TRUE;
}

/* What stands between brackets or braces, of which the first was taken. */
static gboolean
read_entries (Reader *self,
              gboolean (*read_entry) (Reader *self, gpointer container),
              gpointer container,
              char close)
{
  gboolean good;

  if (++self->depth > LIFT_JSON_MAX_DEPTH)
    {
      self->too_deep = TRUE;
      return FALSE;
    }
  skip_spaces (self);
  if (take (self, close))
    good = TRUE;
  else
    {
      do
        good = read_entry (self, container);
      while (good && take (self, ','));
      good = good && take (self, close);
    }
  self->depth--;
  return good;
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!read_entries (self, read_member, object, '}'))
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (!read_entries (self, read_element, array, ']'))
    return NULL;
  return json_node_init_array (json_node_alloc (), array);
}

/* A value and the spaces around it; NULL for none. */
static JsonNode *
read_value (Reader *self)
{
  JsonNode *node;

  skip_spaces (self);
  if (take (self, '{'))
    node = read_object (self);
  else if (take (self, '['))
    node = read_array (self);
  else if (peek (self) == '"')
    node = read_text (self);
  else if (peek (self) == '-' || g_ascii_isdigit (peek (self)))
    node = read_number (self);
  else
    node = read_word (self);
  skip_spaces (self);
  return node;
}

/*
 * lift_json_read:
 * @data: UTF-8 that need not end in a zero byte
 * @too_deep: (out): whether that is why nothing was read
 *
 * Reads what RFC 8259 allows, save that control characters may stand in strings; of two members
 * with one name the last counts. Recurses no deeper than %LIFT_JSON_MAX_DEPTH.
 *
 * Returns: (transfer full) (nullable): the root, which may be changed
 */
JsonNode *
lift_json_read (const char *data, gsize length, gboolean *too_deep)
{
  g_autoptr (GString) text = g_string_sized_new (64);
  Reader self = { .p = data, .end = data + length, .text = text };
  g_autoptr (JsonNode) root = read_value (&self);

  *too_deep = self.too_deep;
  return self.p == self.end ? g_steal_pointer (&root) : NULL;
}
