/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-text.h"

#include <string.h>

static void
assert_clean (const char *text, const char *expected)
{
  g_autofree char *clean = lift_text_clean (text);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  assert_clean (NULL, NULL);
  assert_clean ("", "");
  assert_clean ("  Back Squat \n", "Back Squat");
  assert_clean ("a\tb\nc", "a\tb\nc");
  assert_clean ("a\r\nb", "a\nb");
  assert_clean ("a\001\033[31mb\177\302\205", "a[31mb");
  assert_clean ("   ", "");
}

static void
test_composes (void)
{
  assert_clean ("Cafe\xcc\x81", "Caf\xc3\xa9");
  assert_clean ("A\xcc\x8a", "\xc3\x85");
  /* What a control character kept apart composes once it is gone. */
  assert_clean ("e\001\xcc\x81", "\xc3\xa9");
}

static void
test_repairs (void)
{
  assert_clean ("a\xff"
                "b",
                "a\xef\xbf\xbd"
                "b");
  assert_clean ("\xc3", "\xef\xbf\xbd");
  assert_clean ("\xed\xa0\x80x", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx");
}

static gboolean
is_clean (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  if (composed == NULL || !g_str_equal (composed, text))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && *p != '\n' && *p != '\t')
      return FALSE;
  return *text == '\0' ||
         (!g_ascii_isspace (text[0]) && !g_ascii_isspace (text[strlen (text) - 1]));
}

static const gunichar PIECES[] = { 'a',   'e',    'E',    ' ',     '\t',    '\n',   '\r',
                                   1,     0x7f,   0x85,   0x301,   0x308,   0x327,  0x345,
                                   0xe9,  0x130,  0x131,  0xdf,    0x1e9e,  0x3a3,  0x3c2,
                                   0x390, 0x1100, 0x1161, 0x11a8,  0xac00,  0xfb01, 0x212b,
                                   0xa0,  0x200b, 0xfeff, 0x1d15e, 0x1f600, 0xfffd, 0x2126 };

static char *
make_text (GRand *random)
{
  GString *text = g_string_new (NULL);

  for (guint n = g_rand_int_range (random, 0, 10); n > 0; n--)
    {
      if (g_rand_int_range (random, 0, 20) == 0)
        g_string_append_c (text, g_rand_int_range (random, 0x80, 0x100));
      else
        g_string_append_unichar (text, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
    }
  return g_string_free (text, FALSE);
}

static void
test_clean_once (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *text = make_text (random);
      g_autofree char *once = lift_text_clean (text);
      g_autofree char *twice = lift_text_clean (once);

      g_assert_cmpstr (once, ==, twice);
      g_assert_true (is_clean (once));
    }
}

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = lift_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("Back SQUAT", "back squat");
  assert_fold ("Élévation", "elevation");
  assert_fold ("E\xcc\x81", "e");
  assert_fold ("Kreuzheben über Kopf", "kreuzheben uber kopf");
  assert_fold ("Stoß", "stoss");
  assert_fold ("ﬁt", "fit");
  assert_fold ("Å", "a");
  assert_fold ("İ", "i");
  assert_fold ("ΣΊΣΥΦΟΣ", "σισυφοσ");
  assert_fold ("жим лёжа", "жим лежа");
  assert_fold ("", "");
  /* Text that is none is never equal to a name. */
  assert_fold ("\xff", "");
}

/* GLib folds each case of these letters to the other. */
static gboolean
is_cherokee (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_CHEROKEE;
}

/* Every character there is: folding a folded name changes nothing. */
static void
test_fold_once (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[7] = "";
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (!g_unichar_validate (c) || is_cherokee (c))
        continue;
      g_unichar_to_utf8 (c, text);
      once = lift_text_fold (text);
      twice = lift_text_fold (once);
      if (!g_str_equal (once, twice))
        g_error ("U+%04X folds to “%s”, then to “%s”", c, once, twice);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/text/clean", test_clean);
  g_test_add_func ("/core/text/composes", test_composes);
  g_test_add_func ("/core/text/repairs", test_repairs);
  g_test_add_func ("/core/text/clean-once", test_clean_once);
  g_test_add_func ("/core/text/fold", test_fold);
  g_test_add_func ("/core/text/fold-once", test_fold_once);
  return g_test_run ();
}
