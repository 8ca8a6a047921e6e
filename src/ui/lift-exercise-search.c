/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-exercise-search.h"

#include <string.h>

#include "lift-format.h"
#include "lift-json.h"
#include "lift-text.h"

enum
{
  RANK_NONE,
  RANK_INSIDE,
  RANK_ALIAS,
  RANK_WORDS,
  RANK_PREFIX,
  RANK_EXACT,
};

static gboolean
starts_a_word (const char *text, const char *word)
{
  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    if (p == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (p))))
      return TRUE;
  return FALSE;
}

/* How well the words of a search, in any order, fit one name. */
static guint
rank_text (const char *text, const char *search, char **words)
{
  guint rank = RANK_WORDS;

  if (g_str_equal (text, search))
    return RANK_EXACT;
  if (g_str_has_prefix (text, search))
    return RANK_PREFIX;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (text, words[i]) == NULL)
        return RANK_NONE;
      if (!starts_a_word (text, words[i]))
        rank = RANK_INSIDE;
    }
  return rank;
}

static JsonArray *
read_list (const char *text, JsonNode **root)
{
  *root = text != NULL ? lift_json_parse (text, -1, NULL) : NULL;
  return *root != NULL && JSON_NODE_HOLDS_ARRAY (*root) ? json_node_get_array (*root) : NULL;
}

static guint
rank_aliases (const char *aliases, const char *search, char **words)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *list = read_list (aliases, &root);
  guint best = RANK_NONE;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *folded = lift_text_fold (json_array_get_string_element (list, i));
      best = MAX (best, rank_text (folded, search, words));
    }
  /* An alias that is hit exactly is as good as the name; a part of one is less. */
  return best == RANK_EXACT ? RANK_EXACT : MIN (best, RANK_ALIAS);
}

/**
 * lift_exercise_search_rank:
 * @folded: what was typed, folded with [func@text_fold]; empty fits everything
 *
 * Compares a search with the name and the aliases of an exercise.
 *
 * Returns: 0 if it does not fit, else the more the better it fits
 */
guint
lift_exercise_search_rank (LiftExercise *exercise, const char *folded)
{
  g_autofree char *name = lift_text_fold (exercise->name);
  g_autofree char *search = g_strstrip (g_strdup (folded));
  g_auto (GStrv) words = NULL;

  if (*search == '\0')
    return RANK_INSIDE;
  words = g_strsplit_set (search, " \t", -1);
  return MAX (rank_text (name, search, words), rank_aliases (exercise->aliases, search, words));
}

static void
append_part (GString *out, const char *separator, const char *words)
{
  g_string_append_printf (out, "%s%s", out->len > 0 ? separator : "", words);
}

/**
 * lift_exercise_describe:
 *
 * Returns: (transfer full): its muscles and equipment in words, "quads, glutes · barbell"
 */
char *
lift_exercise_describe (LiftExercise *exercise)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *muscles = read_list (exercise->primary_muscles, &root);
  GString *out = g_string_new (NULL);

  for (guint i = 0; muscles != NULL && i < json_array_get_length (muscles); i++)
    append_part (out, ", ", lift_format_muscle (json_array_get_string_element (muscles, i)));
  if (exercise->equipment != NULL)
    append_part (out, " · ", lift_format_equipment (exercise->equipment));
  return g_string_free (out, FALSE);
}
