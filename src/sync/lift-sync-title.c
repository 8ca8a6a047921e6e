/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-athlete.h"
#include "lift-edits.h"
#include "lift-registry.h"
#include "lift-row.h"
#include "lift-sync-journal-private.h"

/* What a row is called: nobody knows their rows by id. */

/* What a row has that people call it by; a set has its number alone. */
static const char *const name_keys[] = { "name", "exerciseNameSnapshot", "displayName",
                                         "username" };
static const char *const day_keys[] = { "date", "sessionDate", "measurementDate" };
static const char *const named_by[] = { "exerciseId", "variantId" };

static char *
dup_value (LiftEntity *row, const char *const *keys, gsize n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      LiftField *field = lift_entity_info_find (lift_entity_get_info (row), keys[i]);

      if (field != NULL && !lift_field_is_null (field, row))
        return lift_field_print (field, row);
    }
  return NULL;
}

static LiftEntity *
follow (LiftDatabase *database, LiftEntity *row, const LiftField *field)
{
  const char *id = field != NULL ? lift_field_get_text (field, row) : NULL;

  return id != NULL && field->target != NULL
           ? lift_row_load (database, lift_registry_find (field->target), id, NULL)
           : NULL;
}

static char *
dup_name (LiftDatabase *database, LiftEntity *row)
{
  char *name = dup_value (row, name_keys, G_N_ELEMENTS (name_keys));

  for (gsize i = 0; name == NULL && i < G_N_ELEMENTS (named_by); i++)
    {
      g_autoptr (LiftEntity) other = follow (
        database, row, lift_entity_info_find (lift_entity_get_info (row), named_by[i]));

      if (other != NULL)
        name = dup_value (other, name_keys, G_N_ELEMENTS (name_keys));
    }
  return name;
}

static char *
dup_day (LiftEntity *row, LiftDayPrinter print_day)
{
  g_autofree char *text = dup_value (row, day_keys, G_N_ELEMENTS (day_keys));
  LiftDay day;

  return text != NULL && print_day != NULL && lift_day_parse (text, &day) ? print_day (day)
                                                                          : g_steal_pointer (&text);
}

static char *
dup_place (LiftEntity *row, LiftDayPrinter print_day)
{
  static const char *const keys[] = { "setNumber" };
  char *day = dup_day (row, print_day);
  g_autofree char *number = NULL;

  if (day != NULL)
    return day;
  number = dup_value (row, keys, G_N_ELEMENTS (keys));
  /* Translators: which set of an exercise, "set 3". */
  return number != NULL ? g_strdup_printf (_ ("set %s"), number) : NULL;
}

static void
prepend (GString *out, char *part)
{
  g_autofree char *owned = part;

  if (owned != NULL && out->len > 0)
    g_string_prepend (out, " · ");
  if (owned != NULL)
    g_string_prepend (out, owned);
}

/*
 * lift_journal_dup_title:
 * @row: a row, which need not be in the store
 * @print_day: (nullable): how days are written, as `2026-11-20` if %NULL
 *
 * Returns: (transfer full): as [func@sync_dup_title]
 */
char *
lift_journal_dup_title (LiftDatabase *database, LiftEntity *row, LiftDayPrinter print_day)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (LiftEntity) at = g_object_ref (row);

  /* People are what all rows are a part of; that needs no saying. */
  while (at != NULL && (out->len == 0 || !LIFT_IS_ATHLETE (at)))
    {
      LiftEntity *next = follow (database, at, lift_entity_get_info (at)->parent);

      prepend (out, dup_place (at, print_day));
      prepend (out, dup_name (database, at));
      g_object_unref (at);
      at = next;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  const char *json;
  LiftDayPrinter print_day;
  char *title;
} Title;

static LiftEntity *
read_json (const LiftEntityInfo *info, const char *json)
{
  g_autoptr (JsonObject) object = lift_edits_parse (json);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftEntity *row = g_object_new (info->gtype, NULL);

  lift_entity_read_json (row, object, faults);
  return row;
}

static gboolean
read_title (LiftDatabase *database, gpointer user_data, GError **error)
{
  Title *self = user_data;
  g_autoptr (LiftEntity) row = lift_row_load (database, self->info, self->id, NULL);

  if (row == NULL && self->json != NULL)
    row = read_json (self->info, self->json);
  self->title = row != NULL ? lift_journal_dup_title (database, row, self->print_day)
                            : g_strdup ("");
  return TRUE;
}

/**
 * lift_sync_dup_title:
 * @info: the type of a row
 * @id: the row
 * @json: (nullable): the row as JSON, in case that it is not in the store any more
 * @print_day: (nullable): how days are written, as `2026-11-20` if %NULL
 *
 * Says which row it is, from the whole to the part: `Lower A · 2026-11-20 · Back Squat · set 3`.
 * Blocks; for workers.
 *
 * Returns: (transfer full): the words; empty where nothing is known that people would call it by
 */
char *
lift_sync_dup_title (LiftStore *store,
                     const LiftEntityInfo *info,
                     const char *id,
                     const char *json,
                     LiftDayPrinter print_day)
{
  Title self = { info, id, json, print_day };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);
  g_return_val_if_fail (info != NULL && id != NULL, NULL);

  return lift_store_read_sync (store, read_title, &self, NULL) ? self.title : g_strdup ("");
}
