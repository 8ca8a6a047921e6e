/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-json.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void
assert_refused (const char *data, gssize length, LiftJsonError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lift_json_parse (data, length, &error);

  if (node != NULL)
    g_error ("“%s” was taken for JSON", data);
  g_assert_error (error, LIFT_JSON_ERROR, (int) code);
}

static void
test_good (void)
{
  static const char *const GOOD[] = {
    "{}",
    "[]",
    "null",
    "1",
    "-1.5e3",
    "\"a\"",
    "true",
    " [1, {\"a\": [\"}\", \"\\\"{\"]}] ",
    "\"// no comment\"",
    "\"it's # fine\"",
    "\"\u00e9\n\"",
    "[1e400]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = lift_json_parse (GOOD[i], -1, &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_bad (void)
{
  static const char *const BAD[] = {
    "",           " ",         "{",      "}",        "[1,]",   "[1 2]",    "{\"a\"}",
    "{\"a\":}",   "{a: 1}",    "{} {}",  "[] x",     "\"a",    "'a'",      "/* x */ 1",
    "1 // x",     "# x\n1",    "[\xff]", "\"\xc3\"", "nan",    "Infinity", "[1]]",
    "{\"a\":1,}", "undefined", "1 2",    "1[2]",     "1\"a\"", "\"a\"1",   "\"a\" \"b\"",
    "null null",  "[1]\n[2]",  "[]{}",
  };
  /* Numbers and escapes that json-glib would take. */
  static const char *const LAX[] = {
    "[010]",  "[0x1F]",  "[$10]",     "[0b11]",      "[.5]",    "[1.]",    "[- 1]", "[+1]",
    "[1e]",   "[-]",     "[\"\\x\"]", "[\"\\u12\"]", "[\"\\\"", "[truex]", "[nul",  "[1",
    "{\"a\"", "{\"a\":", "[1}",       "-",           "[1.5e+]", "\"\\",    "1:2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    assert_refused (BAD[i], -1, LIFT_JSON_ERROR_SYNTAX);
  for (guint i = 0; i < G_N_ELEMENTS (LAX); i++)
    assert_refused (LAX[i], -1, LIFT_JSON_ERROR_SYNTAX);
}

/* Text cut short anywhere is refused, and nothing behind its end is looked at. */
static void
test_cut_short (void)
{
  static const char whole[] = "{\"a\":[1.5e-3,\"\\u00e9\\n\",true,{\"b\":null}]}";

  for (gsize n = 0; n < sizeof whole - 1; n++)
    {
      g_autofree char *part = g_memdup2 (whole, MAX (n, 1));

      assert_refused (part, n, LIFT_JSON_ERROR_SYNTAX);
    }
}

/* A whole number that does not fit 64 bits must not come out as another one. */
static void
test_wide_numbers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lift_json_parse (
    "[99999999999999999999, 9223372036854775807, -9223372036854775808, -9223372036854775809]", -1,
    &error);
  JsonArray *array;

  g_assert_no_error (error);
  array = json_node_get_array (node);
  g_assert_cmpfloat (json_array_get_double_element (array, 0), ==, 1e20);
  g_assert_true (json_node_get_value_type (json_array_get_element (array, 0)) == G_TYPE_DOUBLE);
  g_assert_cmpint (json_array_get_int_element (array, 1), ==, G_MAXINT64);
  g_assert_cmpint (json_array_get_int_element (array, 2), ==, G_MININT64);
  g_assert_true (json_node_get_value_type (json_array_get_element (array, 3)) == G_TYPE_DOUBLE);
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } CASES[] = {
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"a\\u00e9b\\u20AC\"", "a\u00e9b\u20ac" },
    { "\"\\ud83d\\ude00!\"", "\U0001f600!" },
    { "\"a\\u0000b\"", "a\ufffdb" },
    /* Halves of a pair. */
    { "\"\\ud83d\"", "\ufffd" },
    { "\"\\ude00x\"", "\ufffdx" },
    { "\"\\ud83d\\u0041\"", "\ufffdA" },
    { "\"\\ud83d\\ud83d\\ude00\"", "\ufffd\U0001f600" },
    { "\"\\ud83d\\n\"", "\ufffd\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = lift_json_parse (CASES[i].json, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (node), ==, CASES[i].text);
    }
  assert_refused ("\"\\ud83d\\u\"", -1, LIFT_JSON_ERROR_SYNTAX);
  assert_refused ("\"\\ud83d\\u12\"", -1, LIFT_JSON_ERROR_SYNTAX);
}

/* Decimals are read without strtod() where that is exact. */
static void
test_decimals (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 100000; i++)
    {
      guint digits = g_rand_int_range (random, 1, 18);
      g_autoptr (GString) text = g_string_new (g_rand_boolean (random) ? "-" : "");
      g_autoptr (JsonNode) node = NULL;

      g_string_append_printf (text, "%d.", g_rand_int_range (random, 0, 2000));
      while (digits-- > 0)
        g_string_append_c (text, '0' + g_rand_int_range (random, 0, 10));
      node = lift_json_parse (text->str, -1, NULL);
      if (node == NULL || json_node_get_double (node) != g_ascii_strtod (text->str, NULL))
        g_error ("%s is read as %.17g", text->str, node != NULL ? json_node_get_double (node) : 0);
    }
}

static void
test_members (void)
{
  g_autoptr (JsonObject) object = lift_json_parse_object ("{\"b\":1,\"a\":2,\"b\":3}", -1, NULL);
  g_autoptr (GList) names = json_object_get_members (object);

  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpint (lift_json_get_int (object, "b", 0), ==, 3);
  g_assert_cmpstr (names->data, ==, "b");
  json_object_set_int_member (object, "c", 4);
  g_assert_cmpint (lift_json_get_int (object, "c", 0), ==, 4);
}

static void
test_nul (void)
{
  assert_refused ("[1]\0[2]", 7, LIFT_JSON_ERROR_SYNTAX);
  assert_refused ("\"a\0b\"", 5, LIFT_JSON_ERROR_SYNTAX);
  assert_refused ("\0", 1, LIFT_JSON_ERROR_SYNTAX);
}

/* Data need not end in a zero byte, and what lies behind its length is not read. */
static void
test_length (void)
{
  g_autofree char *data = g_memdup2 ("[12]xyz", 7);
  g_autofree char *exact = g_memdup2 ("[12]", 4);
  g_autoptr (JsonNode) node = lift_json_parse (data, 4, NULL);
  g_autoptr (JsonNode) other = lift_json_parse (exact, 4, NULL);

  g_assert_nonnull (node);
  g_assert_nonnull (other);
  assert_refused (data, 7, LIFT_JSON_ERROR_SYNTAX);
  assert_refused (data, 0, LIFT_JSON_ERROR_SYNTAX);
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append_c (text, '1');
  for (guint i = depth; i > 0; i--)
    g_string_append_c (text, (i - 1) % 2 == 0 ? ']' : '}');
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (LIFT_JSON_MAX_DEPTH);
  g_autofree char *deeper = nest (LIFT_JSON_MAX_DEPTH + 1);
  g_autoptr (JsonNode) node = lift_json_parse (deepest, -1, NULL);

  g_assert_nonnull (node);
  assert_refused (deeper, -1, LIFT_JSON_ERROR_TOO_DEEP);
}

/* Such text overflows the stack of json-glib. */
static void
test_hostile_depth (void)
{
  g_autofree char *brackets = g_strnfill (100 * 1024, '[');
  g_autofree char *braces = g_strnfill (100 * 1024, '{');
  g_autofree char *objects = nest (100 * 1024);
  g_autoptr (GString) quoted = g_string_new ("[\"\\\\\",");
  g_autoptr (GString) closed = g_string_new (NULL);

  assert_refused (brackets, -1, LIFT_JSON_ERROR_TOO_DEEP);
  assert_refused (braces, -1, LIFT_JSON_ERROR_SYNTAX);
  assert_refused (objects, -1, LIFT_JSON_ERROR_TOO_DEEP);
  g_string_append (quoted, brackets);
  assert_refused (quoted->str, -1, LIFT_JSON_ERROR_TOO_DEEP);
  /* Closing what is not open does not buy depth: a value has ended before. */
  for (guint i = 0; i < 1000; i++)
    g_string_append (closed, "]");
  g_string_append (closed, brackets);
  assert_refused (closed->str, -1, LIFT_JSON_ERROR_SYNTAX);
}

/* A quote within a comment would hide the brackets behind it. */
static void
test_hostile_comment (void)
{
  static const char *const STARTS[] = { "/*\"*/", "//\"\n", "#\"\n", "'\"'", "[/*\"*/" };
  g_autofree char *brackets = g_strnfill (100 * 1024, '[');

  for (guint i = 0; i < G_N_ELEMENTS (STARTS); i++)
    {
      g_autofree char *text = g_strconcat (STARTS[i], brackets, NULL);

      assert_refused (text, -1, LIFT_JSON_ERROR_SYNTAX);
    }
}

static void
test_object (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lift_json_parse_object (
    "{\"s\":\"x\",\"i\":7,\"d\":1.5,\"b\":true,\"n\":null,\"o\":{},\"a\":[1]}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lift_json_get_string (object, "s"), ==, "x");
  g_assert_null (lift_json_get_string (object, "i"));
  g_assert_null (lift_json_get_string (object, "n"));
  g_assert_null (lift_json_get_string (object, "missing"));
  g_assert_cmpint (lift_json_get_int (object, "i", -1), ==, 7);
  g_assert_cmpint (lift_json_get_int (object, "s", -1), ==, -1);
  g_assert_cmpint (lift_json_get_int (object, "d", -1), ==, -1);
  g_assert_cmpint (lift_json_get_int (object, "missing", -1), ==, -1);
  g_assert_true (lift_json_get_boolean (object, "b", FALSE));
  g_assert_true (lift_json_get_boolean (object, "i", TRUE));
  g_assert_nonnull (lift_json_get_object (object, "o"));
  g_assert_null (lift_json_get_object (object, "a"));
  g_assert_null (lift_json_get_object (object, "n"));
  g_assert_nonnull (lift_json_get_array (object, "a"));
  g_assert_null (lift_json_get_array (object, "o"));
}

static void
test_not_an_object (void)
{
  static const char *const BAD[] = { "[]", "1", "null", "\"{}\"" };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_json_parse_object (BAD[i], -1, &error));
      g_assert_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_TYPE);
    }
}

static double
make_double (GRand *random)
{
  guint64 bits = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);
  double value;

  memcpy (&value, &bits, sizeof value);
  return isfinite (value) ? value : 0;
}

static void
assert_double_back (double value)
{
  g_autoptr (GString) out = g_string_new ("[");
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  lift_json_append_double (out, value);
  g_assert_cmpfloat (g_ascii_strtod (out->str + 1, NULL), ==, value);
  g_string_append_c (out, ']');
  node = lift_json_parse (out->str, -1, NULL);
  if (node == NULL)
    g_error ("%s is not JSON", out->str);
  array = json_node_get_array (node);
  g_assert_cmpfloat (json_array_get_double_element (array, 0), ==, value);
}

static void
test_doubles (void)
{
  static const double SPECIAL[] = { 0,
                                    -0.0,
                                    0.1,
                                    102.5,
                                    1e15,
                                    -1e15,
                                    1e16,
                                    5e-324,
                                    1e-7,
                                    1e300,
                                    1.7976931348623157e308,
                                    2.2250738585072014e-308,
                                    225 * 0.45359237,
                                    999999999999999.9 };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint i = 0; i < G_N_ELEMENTS (SPECIAL); i++)
    {
      assert_double_back (SPECIAL[i]);
      assert_double_back (-SPECIAL[i]);
    }
  for (guint i = 0; i < 100000; i++)
    assert_double_back (make_double (random));
  for (int i = -50000; i < 200000; i++)
    assert_double_back (i / 100.0);
}

static void
test_double_is_short (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  lift_json_append_double (out, 102.5);
  g_string_append_c (out, ' ');
  lift_json_append_double (out, 100);
  g_string_append_c (out, ' ');
  lift_json_append_double (out, 0.1);
  g_assert_cmpstr (out->str, ==, "102.5 100 0.1");
}

static char *
make_string (GRand *random)
{
  GString *text = g_string_new (NULL);

  for (guint n = g_rand_int_range (random, 0, 12); n > 0; n--)
    {
      gunichar c = g_rand_int_range (random, 1, g_rand_boolean (random) ? 0x80 : 0x10ffff);

      if (g_unichar_validate (c))
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

static void
test_strings (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *text = make_string (random);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;

      lift_json_append_string (out, text);
      for (const char *p = out->str; *p != '\0'; p++)
        g_assert_false (g_ascii_iscntrl (*p));
      node = lift_json_parse (out->str, -1, NULL);
      if (node == NULL)
        g_error ("%s is not JSON", out->str);
      g_assert_cmpstr (json_node_get_string (node), ==, text);
    }
}

static void
test_append (void)
{
  g_autoptr (GString) out = g_string_new ("{");

  lift_json_append_key (out, "a");
  lift_json_append_string (out, NULL);
  lift_json_append_key (out, "b");
  lift_json_append_string (out, "x\"\\\n\t\001\177é");
  lift_json_append_key (out, "c");
  g_string_append (out, "{");
  lift_json_append_key (out, "d");
  lift_json_append_string (out, "");
  g_string_append (out, "}}");
  g_assert_cmpstr (out->str, ==,
                   "{\"a\":null,\"b\":\"x\\\"\\\\\\n\\u0009\\u0001\\u007fé\",\"c\":{\"d\":\"\"}}");
}

static void
test_to_text (void)
{
  g_autoptr (JsonNode) node = lift_json_parse ("{ \"a\" : [ 1 , 2.5 , null ] }", -1, NULL);
  g_autofree char *text = lift_json_node_to_text (node);

  g_assert_cmpstr (text, ==, "{\"a\":[1,2.5,null]}");
}

/* What cannot be written must not make the rest of a text unreadable. */
static void
test_to_text_is_read_back (void)
{
  static const char *const TEXTS[][2] = {
    { "[0.1, 2.0, -0.5e-7]", "[0.1,2,-5e-08]" },
    { "{\"a\":1e999,\"b\":{},\"c\":{\"d\":true}}", "{\"a\":null,\"b\":{},\"c\":{\"d\":true}}" },
    { "[\"{\", {\"\\\"\": \"\\u007f\"}, []]", "[\"{\",{\"\\\"\":\"\\u007f\"},[]]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (JsonNode) node = lift_json_parse (TEXTS[i][0], -1, NULL);
      g_autofree char *text = lift_json_node_to_text (node);
      g_autoptr (JsonNode) again = lift_json_parse (text, -1, NULL);

      g_assert_cmpstr (text, ==, TEXTS[i][1]);
      g_assert_nonnull (again);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/json/good", test_good);
  g_test_add_func ("/core/json/bad", test_bad);
  g_test_add_func ("/core/json/escapes", test_escapes);
  g_test_add_func ("/core/json/decimals", test_decimals);
  g_test_add_func ("/core/json/members", test_members);
  g_test_add_func ("/core/json/nul", test_nul);
  g_test_add_func ("/core/json/cut-short", test_cut_short);
  g_test_add_func ("/core/json/wide-numbers", test_wide_numbers);
  g_test_add_func ("/core/json/length", test_length);
  g_test_add_func ("/core/json/depth", test_depth);
  g_test_add_func ("/core/json/hostile-depth", test_hostile_depth);
  g_test_add_func ("/core/json/hostile-comment", test_hostile_comment);
  g_test_add_func ("/core/json/object", test_object);
  g_test_add_func ("/core/json/not-an-object", test_not_an_object);
  g_test_add_func ("/core/json/doubles", test_doubles);
  g_test_add_func ("/core/json/double-is-short", test_double_is_short);
  g_test_add_func ("/core/json/strings", test_strings);
  g_test_add_func ("/core/json/append", test_append);
  g_test_add_func ("/core/json/to-text", test_to_text);
  g_test_add_func ("/core/json/to-text-is-read-back", test_to_text_is_read_back);
  return g_test_run ();
}
