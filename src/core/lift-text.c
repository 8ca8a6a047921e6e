/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-text.h"

static gboolean
is_kept (gunichar c)
{
  return c == '\n' || c == '\t' || !g_unichar_iscntrl (c);
}

/**
 * lift_text_clean:
 * @text: (nullable): what somebody typed or sent
 *
 * Brings text into the one form that is stored: valid UTF-8, composed (NFC), trimmed, without
 * control characters other than newline and tab.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if @text was %NULL
 */
char *
lift_text_clean (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) kept = NULL;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  kept = g_string_sized_new (32);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (is_kept (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  /* Composed last: what a control character stood between may now be one character. */
  return g_strstrip (g_utf8_normalize (kept->str, kept->len, G_NORMALIZE_NFC));
}

/**
 * lift_text_fold:
 * @text: UTF-8
 *
 * Makes the form in which names are compared and searched: without case and accents.
 *
 * Returns: (transfer full): the folded text
 */
char *
lift_text_fold (const char *text)
{
  g_autofree char *split = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autoptr (GString) bare = g_string_sized_new (32);

  for (const char *p = split != NULL ? split : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_utf8_casefold (bare->str, bare->len);
}
