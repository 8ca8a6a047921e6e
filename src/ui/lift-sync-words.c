/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-words.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

static char *
describe_waiting (guint pending)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u change waiting", "%u changes waiting", pending), pending);
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
 * whenever it is not on the server too.
 *
 * Returns: (transfer full): the words
 */
char *
lift_sync_words_for_state (const LiftSyncFigures *figures, gint64 now)
{
  g_autofree char *waiting = describe_waiting (figures->pending);

  if (figures->state == LIFT_SYNC_SIGNED_OUT && figures->pending > 0)
    return g_strdup_printf (_ ("Sign in again · saved on this computer · %s"), waiting);
  if (figures->state == LIFT_SYNC_SIGNED_OUT)
    return g_strdup (_ ("Sign in again · saved on this computer"));
  if (figures->state == LIFT_SYNC_PULLING || figures->state == LIFT_SYNC_PUSHING)
    return g_strdup (_ ("Syncing…"));
  if (figures->pending > 0)
    return g_strdup_printf (_ ("Saved on this computer · %s"), waiting);
  return describe_rest (figures, now);
}

/**
 * lift_sync_words_for_row:
 * @row: a row that the server refused
 * @now: the present instant, in microseconds
 *
 * Returns: (transfer full): why, and what happens next
 */
char *
lift_sync_words_for_row (LiftFailedRow *row, gint64 now)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; row->faults != NULL && i < row->faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (row->faults, i);
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", fault->message);
    }
  if (out->len == 0)
    g_string_append (out, _ ("The server did not say why."));
  g_string_append_c (out, '\n');
  if (row->next_retry_at == LIFT_INT_NULL)
    g_string_append (out, _ ("Waits for you: change it, or try again."));
  else if (row->next_retry_at <= now)
    g_string_append (out, _ ("Will be tried again now."));
  else
    g_string_append_printf (out, _ ("Will be tried again in %d min."),
                            (int) ((row->next_retry_at - now) / (60 * G_USEC_PER_SEC) + 1));
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
