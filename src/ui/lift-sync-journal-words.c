/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-sync-words.h"

/* The journal in words. It is read from the store, so all of it is for workers. */

static gboolean
is_whole_row (const LiftConflict *entry)
{
  return g_str_equal (entry->field, "*");
}

/* A load that was typed in a unit is shown in it, whatever the person's own is. */
static const char *
get_unit (LiftEntity *row, const LiftField *field, const char *unit)
{
  g_autofree char *key = g_strconcat (field->key, "Unit", NULL);
  LiftField *own = row != NULL ? lift_entity_info_find (lift_entity_get_info (row), key) : NULL;
  const char *text = own != NULL ? lift_field_get_text (own, row) : NULL;

  return text != NULL ? text : unit;
}

static char *
dup_reference (LiftStore *store, const LiftField *field, LiftEntity *row)
{
  const LiftEntityInfo *info = field->target != NULL ? lift_registry_find (field->target) : NULL;
  const char *id = lift_field_get_text (field, row);
  g_autofree char *words = info != NULL && id != NULL
                             ? lift_sync_dup_title (store, info, id, NULL, lift_format_day_full)
                             : g_strdup ("");

  return *words != '\0' ? g_steal_pointer (&words) : g_strdup (_ ("another one"));
}

/* A value of a newer version may not be readable here; then it is shown as it came. */
static char *
dup_value (LiftStore *store, const LiftConflict *entry, const char *json, const char *unit)
{
  LiftField *field = lift_entity_info_find (entry->info, entry->field);
  g_autoptr (LiftEntity) row = lift_store_get_sync (store, entry->info, entry->id, NULL);
  g_autoptr (LiftEntity) scratch = g_object_new (entry->info->gtype, NULL);
  g_autoptr (JsonNode) node = json != NULL ? lift_json_parse (json, -1, NULL) : NULL;

  if (field == NULL || node == NULL)
    return g_strdup (json != NULL ? json : _ ("nothing"));
  lift_field_set_null (field, scratch);
  if (lift_field_read_json (field, scratch, node) != LIFT_FAULT_NONE)
    return g_strdup (json);
  if (field->kind == LIFT_FIELD_UUID && !lift_field_is_null (field, scratch))
    return dup_reference (store, field, scratch);
  return lift_format_value (field, scratch, get_unit (row, field, unit));
}

static const char *
get_person (const LiftConflict *entry)
{
  return entry->by_name != NULL ? entry->by_name : _ ("Somebody else");
}

static char *
describe_conflict (LiftStore *store, const LiftConflict *entry, const char *unit)
{
  g_autofree char *theirs = dup_value (store, entry, entry->theirs, unit);
  g_autofree char *mine = dup_value (store, entry, entry->mine, unit);
  g_autofree char *when = lift_format_instant (entry->at);

  /* Translators: "Anna Berg changed Load to 105 kg on 3 March 2026, 14:02; yours, 100 kg, was
   * kept." */
  return g_strdup_printf (_ ("%1$s changed %2$s to %3$s on %4$s; yours, %5$s, was kept."),
                          get_person (entry), lift_format_field (entry->field), theirs, when, mine);
}

/**
 * lift_sync_words_for_journal:
 * @store: where the row is
 * @entry: an entry of the journal
 * @unit: in what loads are shown
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): what happened, in a sentence
 */
char *
lift_sync_words_for_journal (LiftStore *store, const LiftConflict *entry, const char *unit)
{
  g_autofree char *when = lift_format_instant (entry->at);

  switch (entry->kind)
    {
    case LIFT_JOURNAL_SET_ASIDE:
      return g_strdup_printf (
        _ ("Your access to it ended on %s, before this was sent. A copy is kept here."), when);
    case LIFT_JOURNAL_DISCARDED:
      return g_strdup_printf (_ ("You discarded it on %s. A copy is kept here."), when);
    case LIFT_JOURNAL_REVIVED:
      return g_strdup_printf (_ ("It had been deleted. %1$s changed it, so it came back on %2$s."),
                              get_person (entry), when);
    case LIFT_JOURNAL_PULLED_ANEW:
      return g_strdup_printf (_ ("What was here differed from what the server has, so it was "
                                 "fetched again on %s. What you entered was kept."),
                              when);
    case LIFT_JOURNAL_CONFLICT:
    default:
      return describe_conflict (store, entry, unit);
    }
}

/**
 * lift_sync_words_for_part:
 * @store: where the row is
 * @entry: an entry of the journal
 * @unit: in what loads are shown
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): the value that was discarded; empty for other entries and whole rows
 */
char *
lift_sync_words_for_part (LiftStore *store, const LiftConflict *entry, const char *unit)
{
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;

  if (entry->kind != LIFT_JOURNAL_DISCARDED || is_whole_row (entry))
    return g_strdup ("");
  theirs = dup_value (store, entry, entry->theirs, unit);
  mine = dup_value (store, entry, entry->mine, unit);
  /* Translators: "Load: 105 kg, now 100 kg". */
  return g_strdup_printf (_ ("%1$s: %2$s, now %3$s"), lift_format_field (entry->field), theirs,
                          mine);
}

/**
 * lift_sync_words_for_entry:
 * @entry: an entry of the journal
 *
 * Returns: (transfer full): what kind of row it is about, and what happened, in few words
 */
char *
lift_sync_words_for_entry (const LiftConflict *entry)
{
  const char *type = lift_sync_words_for_type (entry->info);

  switch (entry->kind)
    {
    case LIFT_JOURNAL_SET_ASIDE:
      /* Translators: %s is what kind of row, "Planned set". So in the following. */
      return g_strdup_printf (_ ("%s · set aside"), type);
    case LIFT_JOURNAL_DISCARDED:
      return g_strdup_printf (_ ("%s · change discarded"), type);
    case LIFT_JOURNAL_REVIVED:
      return g_strdup_printf (_ ("%s · came back"), type);
    case LIFT_JOURNAL_PULLED_ANEW:
      return g_strdup_printf (_ ("%s · fetched again"), type);
    case LIFT_JOURNAL_CONFLICT:
    default:
      return g_strdup (type);
    }
}
