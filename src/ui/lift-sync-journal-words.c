/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-sync-words.h"

/* The journal in words, and the values of what waits. They are read from the store, so all of it is
 * for workers. */

/* A new row begins with these, or they are in its name already: they are not what was entered. */
static const char *const unsaid_keys[] = {
  "name",      "displayName",      "exerciseNameSnapshot", "date",       "sessionDate",
  "setNumber", "measurementDate",  "orderIndex",           "orderInDay", "status",
  "unit",      "targetWeightUnit", "actualWeightUnit",     "weightUnit", NULL
};

/* What a value is of. */
typedef struct
{
  LiftStore *store;
  const LiftSyncView *view;
  const LiftEntityInfo *info;
  const char *id;
  const char *key;
} Place;

static gboolean
is_whole_row (const LiftConflict *entry)
{
  return g_str_equal (entry->field, "*");
}

static gboolean
is_deletion (const char *key)
{
  return g_str_equal (key, "deletedAt");
}

/**
 * lift_sync_words_is_something:
 * @json: (nullable): a value
 *
 * Returns: whether it is a value, and not its lack
 */
gboolean
lift_sync_words_is_something (const char *json)
{
  return json != NULL && !g_str_equal (json, "null");
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
dup_value (const Place *place, const char *json)
{
  LiftField *field = lift_entity_info_find (place->info, place->key);
  g_autoptr (LiftEntity) row = lift_store_get_sync (place->store, place->info, place->id, NULL);
  g_autoptr (LiftEntity) scratch = g_object_new (place->info->gtype, NULL);
  g_autoptr (JsonNode) node = json != NULL ? lift_json_parse (json, -1, NULL) : NULL;

  if (field == NULL || node == NULL)
    return g_strdup (json != NULL ? json : _ ("nothing"));
  lift_field_set_null (field, scratch);
  if (lift_field_read_json (field, scratch, node) != LIFT_FAULT_NONE)
    return g_strdup (json);
  if (field->kind == LIFT_FIELD_UUID && !lift_field_is_null (field, scratch))
    return dup_reference (place->store, field, scratch);
  return lift_format_value (field, scratch, get_unit (row, field, place->view->unit));
}

static char *
dup_new_value (const Place *place, const LiftWaitingValue *value)
{
  g_autofree char *now = NULL;

  if (value->field->kind == LIFT_FIELD_UUID || value->field->kind == LIFT_FIELD_BOOLEAN ||
      g_strv_contains (unsaid_keys, place->key) || is_deletion (place->key))
    return NULL;
  now = dup_value (place, value->now);
  /* Translators: a field and its value, "Load: 105 kg". */
  return g_strdup_printf (_ ("%1$s: %2$s"), lift_format_field (place->key), now);
}

static char *
dup_change (const Place *place, const LiftWaitingValue *value)
{
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (is_deletion (place->key))
    return g_strdup (_ ("Brought back after it had been deleted"));
  now = dup_value (place, value->now);
  if (value->before == NULL)
    return g_strdup_printf (_ ("%1$s: %2$s"), lift_format_field (place->key), now);
  before = dup_value (place, value->before);
  /* Translators: what the server has, and what was entered: "Load: 77 kg → 90 kg". */
  return g_strdup_printf (_ ("%1$s: %2$s → %3$s"), lift_format_field (place->key), before, now);
}

/**
 * lift_sync_words_for_values:
 * @store: where the row is
 * @row: a row that waits
 * @view: for whom
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): what was entered, and what the server has instead: "Load: 77 kg →
 *   90 kg", one below the other; of a new row what is not in its name; empty for a deleted one
 */
char *
lift_sync_words_for_values (LiftStore *store, const LiftWaitingRow *row, const LiftSyncView *view)
{
  gboolean is_new = row->change == LIFT_WAITING_ADDED;
  g_autoptr (GPtrArray) values = NULL;
  GString *out = g_string_new (NULL);

  if (row->change != LIFT_WAITING_DELETED)
    values = lift_sync_list_values (store, row->info, row->id, NULL);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const LiftWaitingValue *value = g_ptr_array_index (values, i);
      const Place place = { store, view, row->info, row->id, value->field->key };
      g_autofree char *words = is_new ? dup_new_value (&place, value) : dup_change (&place, value);

      if (words != NULL && out->len > 0)
        g_string_append (out, is_new ? " · " : "\n");
      g_string_append (out, words != NULL ? words : "");
    }
  return g_string_free (out, FALSE);
}

static const char *
get_person (const LiftConflict *entry, const LiftSyncView *view)
{
  if (entry->by != NULL && g_strcmp0 (entry->by, view->user) == 0)
    /* Translators: begins a sentence, as does a name: "You, on another device, changed ...". */
    return _ ("You, on another device,");
  return entry->by_name != NULL ? entry->by_name : _ ("Somebody else");
}

/* When it was deleted is the value itself. */
static char *
dup_deletion_time (const LiftConflict *entry)
{
  LiftField *field = lift_entity_info_find (entry->info, entry->field);
  g_autoptr (LiftEntity) scratch = g_object_new (entry->info->gtype, NULL);
  g_autoptr (JsonNode) node = lift_json_parse (entry->theirs, -1, NULL);

  if (node == NULL || lift_field_read_json (field, scratch, node) != LIFT_FAULT_NONE ||
      lift_field_is_null (field, scratch))
    return lift_format_instant (entry->at);
  return lift_format_instant (scratch->deleted_at);
}

static char *
describe_deletion (const LiftConflict *entry, const LiftSyncView *view)
{
  g_autofree char *when = NULL;

  if (!lift_sync_words_is_something (entry->theirs))
    {
      when = lift_format_instant (entry->at);
      return g_strdup_printf (_ ("%1$s brought it back on %2$s; it stays deleted, since you "
                                 "deleted it."),
                              get_person (entry, view), when);
    }
  when = dup_deletion_time (entry);
  /* Translators: "Anna Berg deleted it on 3 March 2026, 14:02; ...". */
  return g_strdup_printf (_ ("%1$s deleted it on %2$s; it was kept because of your change."),
                          get_person (entry, view), when);
}

static char *
describe_conflict (LiftStore *store, const LiftConflict *entry, const LiftSyncView *view)
{
  const Place place = { store, view, entry->info, entry->id, entry->field };
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *when = NULL;

  if (is_deletion (entry->field))
    return describe_deletion (entry, view);
  theirs = dup_value (&place, entry->theirs);
  mine = dup_value (&place, entry->mine);
  when = lift_format_instant (entry->at);
  /* Translators: "Anna Berg changed Load to 105 kg on 3 March 2026, 14:02; yours, 100 kg, was
   * kept." */
  return g_strdup_printf (_ ("%1$s changed %2$s to %3$s on %4$s; yours, %5$s, was kept."),
                          get_person (entry, view), lift_format_field (entry->field), theirs, when,
                          mine);
}

/**
 * lift_sync_words_for_journal:
 * @store: where the row is
 * @entry: an entry of the journal
 * @view: for whom
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): what happened, in a sentence
 */
char *
lift_sync_words_for_journal (LiftStore *store, const LiftConflict *entry, const LiftSyncView *view)
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
                              get_person (entry, view), when);
    case LIFT_JOURNAL_PULLED_ANEW:
      return g_strdup_printf (_ ("What was here differed from what the server has, so it was "
                                 "fetched again on %s. What you entered was kept."),
                              when);
    case LIFT_JOURNAL_CONFLICT:
    default:
      return describe_conflict (store, entry, view);
    }
}

/**
 * lift_sync_words_for_part:
 * @store: where the row is
 * @entry: an entry of the journal
 * @view: for whom
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): the value that was discarded; empty for other entries and whole rows
 */
char *
lift_sync_words_for_part (LiftStore *store, const LiftConflict *entry, const LiftSyncView *view)
{
  const Place place = { store, view, entry->info, entry->id, entry->field };
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;

  if (entry->kind != LIFT_JOURNAL_DISCARDED || is_whole_row (entry))
    return g_strdup ("");
  if (is_deletion (entry->field))
    return g_strdup (lift_sync_words_is_something (entry->theirs)
                       ? _ ("You had deleted it; it is there again.")
                       : _ ("You had brought it back; it is deleted again."));
  theirs = dup_value (&place, entry->theirs);
  mine = dup_value (&place, entry->mine);
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
