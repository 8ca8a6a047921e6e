/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-set-kind.h"

#include <glib/gi18n-lib.h>

/* The first prefix is the one printed; working sets have none. */
static const struct
{
  const char *wire;
  const char *prefixes[5];
} KINDS[] = {
  { "working", { "", "work", "working" } },
  { "warmup", { "w", "wu", "warmup", "warm-up" } },
  { "top", { "top" } },
  { "backoff", { "bo", "backoff", "back-off" } },
  { "drop", { "drop", "ds" } },
  { "amrap", { "amrap" } },
  { "failure", { "fail", "failure" } },
  { "cluster", { "cl", "cluster" } },
  { "myo", { "myo" } },
};

/**
 * lift_set_kind_from_wire:
 * @text: (nullable): a kind as stored
 *
 * Returns: (nullable): the same kind as a static string, or %NULL if there is no such kind
 */
const char *
lift_set_kind_from_wire (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (text, KINDS[i].wire) == 0)
      return KINDS[i].wire;
  return NULL;
}

/**
 * lift_set_kind_from_prefix:
 * @text: a word of the quick entry, such as `w` or `top`, in any case
 *
 * Returns: (nullable): the kind as a static string, or %NULL if the word names none
 */
const char *
lift_set_kind_from_prefix (const char *text)
{
  if (*text == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    for (guint j = 0; KINDS[i].prefixes[j] != NULL; j++)
      if (g_ascii_strcasecmp (text, KINDS[i].prefixes[j]) == 0)
        return KINDS[i].wire;
  return NULL;
}

/**
 * lift_set_kind_get_prefix:
 * @kind: (nullable): a kind as stored
 *
 * Returns: the word that stands before its sets, `""` for working sets
 */
const char *
lift_set_kind_get_prefix (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (kind, KINDS[i].wire) == 0)
      return KINDS[i].prefixes[0];
  return "";
}

/**
 * lift_set_kind_describe:
 * @kind: (nullable): a kind as stored; anything unknown is called a set
 *
 * Returns: (transfer full): "3 warm-up sets" in the user's language
 */
char *
lift_set_kind_describe (const char *kind, guint sets)
{
  if (g_strcmp0 (kind, "warmup") == 0)
    return g_strdup_printf (ngettext ("%u warm-up set", "%u warm-up sets", sets), sets);
  if (g_strcmp0 (kind, "top") == 0)
    return g_strdup_printf (ngettext ("%u top set", "%u top sets", sets), sets);
  if (g_strcmp0 (kind, "backoff") == 0)
    return g_strdup_printf (ngettext ("%u back-off set", "%u back-off sets", sets), sets);
  if (g_strcmp0 (kind, "drop") == 0)
    return g_strdup_printf (ngettext ("%u drop set", "%u drop sets", sets), sets);
  if (g_strcmp0 (kind, "failure") == 0)
    return g_strdup_printf (ngettext ("%u set to failure", "%u sets to failure", sets), sets);
  if (g_strcmp0 (kind, "cluster") == 0)
    return g_strdup_printf (ngettext ("%u cluster set", "%u cluster sets", sets), sets);
  if (g_strcmp0 (kind, "myo") == 0)
    return g_strdup_printf (ngettext ("%u myo-rep set", "%u myo-rep sets", sets), sets);
  return g_strdup_printf (ngettext ("%u set", "%u sets", sets), sets);
}

/**
 * lift_set_kind_is_counted:
 * @kind: (nullable): a kind as stored
 *
 * Returns: whether such sets count for compliance and tonnage: all but warm-ups
 */
gboolean
lift_set_kind_is_counted (const char *kind)
{
  return g_strcmp0 (kind, "warmup") != 0;
}

/**
 * lift_set_kind_gives_maximum:
 * @kind: (nullable): a kind as stored
 *
 * Returns: whether a one-repetition maximum may be estimated from such a set: not from warm-ups,
 *   failed and drop sets
 */
gboolean
lift_set_kind_gives_maximum (const char *kind)
{
  return g_strcmp0 (kind, "warmup") != 0 && g_strcmp0 (kind, "failure") != 0 &&
         g_strcmp0 (kind, "drop") != 0;
}
