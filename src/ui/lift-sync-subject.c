/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-day.h"
#include "lift-athlete.h"
#include "lift-format.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-set-plan.h"
#include "lift-set-session.h"
#include "lift-sync-words.h"

/* What a row has that people call it by. */
static const char *const name_keys[] = { "name", "exerciseNameSnapshot", "displayName",
                                         "username" };
static const char *const day_keys[] = { "date", "sessionDate", "measurementDate" };

static char *
dup_text (LiftEntity *row, const char *const *keys, gsize n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      LiftField *field = lift_entity_info_find (lift_entity_get_info (row), keys[i]);
      char *text = NULL;

      if (field != NULL)
        g_object_get (row, field->property, &text, NULL);
      if (text != NULL)
        return text;
    }
  return NULL;
}

static LiftEntity *
follow (LiftStore *store, LiftEntity *row, const char *key)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);
  g_autofree char *id = NULL;

  if (field == NULL || field->target == NULL)
    return NULL;
  g_object_get (row, field->property, &id, NULL);
  return id != NULL ? lift_store_get_sync (store, lift_registry_find (field->target), id, NULL)
                    : NULL;
}

static char *
dup_name (LiftStore *store, LiftEntity *row)
{
  char *name = dup_text (row, name_keys, G_N_ELEMENTS (name_keys));
  static const char *const named_by[] = { "exerciseId", "variantId" };

  for (gsize i = 0; name == NULL && i < G_N_ELEMENTS (named_by); i++)
    {
      g_autoptr (LiftEntity) other = follow (store, row, named_by[i]);

      if (other != NULL)
        name = dup_text (other, name_keys, G_N_ELEMENTS (name_keys));
    }
  return name;
}

static char *
dup_place (LiftEntity *row)
{
  g_autofree char *date = dup_text (row, day_keys, G_N_ELEMENTS (day_keys));
  gint64 number = 0;
  LiftDay day;

  if (date != NULL && lift_day_parse (date, &day))
    return lift_format_day_full (day);
  if (LIFT_IS_SET_PLAN (row) || LIFT_IS_SET_SESSION (row))
    g_object_get (row, "set-number", &number, NULL);
  return number > 0 ? g_strdup_printf (_ ("set %d"), (int) number) : NULL;
}

static void
prepend (GString *out, char *part)
{
  if (part != NULL && out->len > 0)
    g_string_prepend (out, " · ");
  if (part != NULL)
    g_string_prepend (out, part);
  g_free (part);
}

/* From the whole to the part. Takes the row. */
static char *
describe (LiftStore *store, LiftEntity *row)
{
  GString *out = g_string_new (NULL);

  /* People are what all rows are a part of; that needs no saying. */
  while (row != NULL && (out->len == 0 || !LIFT_IS_ATHLETE (row)))
    {
      LiftField *parent = lift_entity_get_info (row)->parent;
      LiftEntity *next = parent != NULL ? follow (store, row, parent->key) : NULL;

      prepend (out, dup_place (row));
      prepend (out, dup_name (store, row));
      g_object_unref (row);
      row = next;
    }
  g_clear_object (&row);
  return g_string_free (out, FALSE);
}

/**
 * lift_sync_words_for_subject:
 * @store: where the row is
 * @info: its type
 * @id: its id
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): which row it is, from the whole to the part: "Lower A · Friday 20
 *   November · Back Squat · set 3"; empty if it is not there
 */
char *
lift_sync_words_for_subject (LiftStore *store, const LiftEntityInfo *info, const char *id)
{
  return describe (store, lift_store_get_sync (store, info, id, NULL));
}

/**
 * lift_sync_words_for_kept:
 * @store: where the rows are that it was a part of
 * @info: its type
 * @json: (nullable): a row that is no longer there, as the journal keeps it
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full): which row it was; empty if that cannot be said
 */
char *
lift_sync_words_for_kept (LiftStore *store, const LiftEntityInfo *info, const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? lift_json_parse (json, -1, NULL) : NULL;
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftEntity *row;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup ("");
  row = g_object_new (info->gtype, NULL);
  lift_entity_read_json (row, json_node_get_object (node), faults);
  return describe (store, row);
}
