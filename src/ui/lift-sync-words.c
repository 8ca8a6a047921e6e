/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-words.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

/* What was refused for good waits for a person, and is not counted twice. */
static guint
count_waiting (const LiftSyncFigures *figures)
{
  return figures->pending - MIN (figures->pending, figures->needs_attention);
}

static char *
describe_waiting (const LiftSyncFigures *figures)
{
  guint n = count_waiting (figures);

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u change waiting", "%u changes waiting", n), n);
}

/**
 * lift_sync_words_for_attention:
 * @n: how many rows wait for a person
 *
 * Returns: (transfer full): that, in words
 */
char *
lift_sync_words_for_attention (guint n)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u needs attention", "%u need attention", n), n);
}

static char *
describe_rest (const LiftSyncFigures *figures, gint64 now)
{
  g_autofree char *ago = NULL;

  if (figures->last_synced == LIFT_INT_NULL)
    return g_strdup (_ ("Saved on this computer · not synced yet"));
  ago = lift_format_relative_time (figures->last_synced, now);
  if (figures->state == LIFT_SYNC_OFFLINE)
    /* Translators: %s is "2 min ago". */
    return g_strdup_printf (_ ("Saved on this computer · offline, synced %s"), ago);
  /* Translators: %s is "2 min ago". */
  return g_strdup_printf (_ ("Synced %s"), ago);
}

/**
 * lift_sync_words_for_state:
 * @figures: what the sync manager says
 * @now: the present instant, in microseconds
 *
 * Where the data are, in one line. What was typed is always on this computer; the line says so
 * whenever it is not on the server too. What needs attention is said beside it.
 *
 * Returns: (transfer full): the words
 */
char *
lift_sync_words_for_state (const LiftSyncFigures *figures, gint64 now)
{
  g_autofree char *waiting = describe_waiting (figures);

  if (figures->state == LIFT_SYNC_SIGNED_OUT && count_waiting (figures) > 0)
    return g_strdup_printf (_ ("Sign in again · saved on this computer · %s"), waiting);
  if (figures->state == LIFT_SYNC_SIGNED_OUT)
    return g_strdup (_ ("Sign in again · saved on this computer"));
  if (figures->state == LIFT_SYNC_PULLING || figures->state == LIFT_SYNC_PUSHING)
    return g_strdup (_ ("Syncing…"));
  if (count_waiting (figures) > 0)
    return g_strdup_printf (_ ("Saved on this computer · %s"), waiting);
  if (figures->needs_attention > 0)
    return g_strdup (_ ("Saved on this computer"));
  return describe_rest (figures, now);
}

/* Each row is counted once; NULL where everything is on the server. */
static char *
describe_unsynced (const LiftSyncFigures *figures)
{
  g_autofree char *waiting = describe_waiting (figures);
  g_autofree char *attention = lift_sync_words_for_attention (figures->needs_attention);

  if (figures->needs_attention == 0)
    return count_waiting (figures) > 0 ? g_steal_pointer (&waiting) : NULL;
  if (count_waiting (figures) == 0)
    return g_steal_pointer (&attention);
  return g_strdup_printf ("%s · %s", waiting, attention);
}

/**
 * lift_sync_words_for_now:
 * @figures: what the sync manager says
 *
 * Returns: (transfer full): what goes on, without how long ago the last sync was
 */
char *
lift_sync_words_for_now (const LiftSyncFigures *figures)
{
  g_autofree char *rest = describe_unsynced (figures);

  if (figures->state == LIFT_SYNC_SIGNED_OUT)
    return g_strdup (_ ("Sign in again to sync"));
  if (figures->state == LIFT_SYNC_PULLING)
    return g_strdup (_ ("Fetching what is new…"));
  if (figures->state == LIFT_SYNC_PUSHING)
    return g_strdup (_ ("Sending what changed…"));
  if (figures->state == LIFT_SYNC_OFFLINE && rest != NULL)
    return g_strdup_printf (_ ("Offline · saved on this computer · %s"), rest);
  if (figures->state == LIFT_SYNC_OFFLINE)
    return g_strdup (_ ("Offline"));
  if (rest != NULL)
    return g_strdup_printf (_ ("Saved on this computer · %s"), rest);
  if (figures->last_synced == LIFT_INT_NULL)
    return g_strdup (_ ("Nothing waits"));
  return g_strdup (_ ("Everything is on the server"));
}

/**
 * lift_sync_words_for_last_sync:
 * @figures: what the sync manager says
 * @now: the present instant, in microseconds
 *
 * Returns: (transfer full): when this computer and the server were last at one
 */
char *
lift_sync_words_for_last_sync (const LiftSyncFigures *figures, gint64 now)
{
  g_autofree char *ago = NULL;
  g_autofree char *when = NULL;

  if (figures->last_synced == LIFT_INT_NULL)
    return g_strdup (_ ("Not synced yet"));
  ago = lift_format_relative_time (figures->last_synced, now);
  when = lift_format_instant (figures->last_synced);
  /* Translators: "Last synced 2 min ago, on 3 March 2026, 14:02". */
  return g_strdup_printf (_ ("Last synced %1$s, on %2$s"), ago, when);
}

/**
 * lift_sync_words_for_change:
 * @row: a row that waits
 *
 * Returns: (transfer full): what kind of row, and what was done to it: "Planned set · new"
 */
char *
lift_sync_words_for_change (const LiftWaitingRow *row)
{
  const char *type = lift_sync_words_for_type (row->info);

  switch (row->change)
    {
    case LIFT_WAITING_ADDED:
      /* Translators: %s is what kind of row, "Planned set". So in the following. */
      return g_strdup_printf (_ ("%s · new"), type);
    case LIFT_WAITING_DELETED:
      return g_strdup_printf (_ ("%s · deleted"), type);
    case LIFT_WAITING_EDITED:
    default:
      return g_strdup_printf (_ ("%s · changed"), type);
    }
}

/**
 * lift_sync_words_for_progress:
 * @row: a row that waits
 *
 * Returns: (nullable): whether it was sent already
 */
const char *
lift_sync_words_for_progress (const LiftWaitingRow *row)
{
  return row->under_way ? _ ("Sent; the server has not answered yet.") : NULL;
}

/* Most servers tell what is wrong with a field without its name: "must lie between 1 and 10". */
static char *
describe_fault (const LiftFault *fault)
{
  gunichar first = g_utf8_get_char (fault->message);

  if (fault->field != NULL && g_unichar_islower (first))
    /* Translators: a field and what is wrong with it, "RPE must lie between 1 and 10". */
    return g_strdup_printf (_ ("%1$s %2$s"), lift_format_field (fault->field), fault->message);
  return g_strdup (fault->message);
}

/**
 * lift_sync_words_for_faults:
 * @row: a row that the server refused
 *
 * Returns: (transfer full): why
 */
char *
lift_sync_words_for_faults (const LiftWaitingRow *row)
{
  GString *out = g_string_new (NULL);

  if (row->state == LIFT_WAITING_HELD)
    g_string_append (out, _ ("Goes once what it is a part of is on the server."));
  for (guint i = 0; row->state != LIFT_WAITING_HELD && i < row->faults->len; i++)
    {
      g_autofree char *words = describe_fault (g_ptr_array_index (row->faults, i));

      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", words);
    }
  if (out->len == 0)
    g_string_append (out, _ ("The server did not say why."));
  return g_string_free (out, FALSE);
}

/**
 * lift_sync_words_for_type:
 *
 * Returns: what people call a row of that type
 */
const char *
lift_sync_words_for_type (const LiftEntityInfo *info)
{
  return lift_format_entity (info->name);
}
