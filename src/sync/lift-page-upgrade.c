/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-page.h"

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-sync-facts.h"

/*
 * Fields that an earlier version did not know lie in `extra`. The version that knows them finds
 * them there once, when the fields that it knows are not those that were known the last time.
 */

/* What of the field tables matters here: the name of every field of every type. */
static char *
make_fingerprint (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      g_checksum_update (checksum, (const guchar *) info->name, -1);
      for (guint j = 0; j < info->n_fields; j++)
        {
          g_checksum_update (checksum, (const guchar *) " ", 1);
          g_checksum_update (checksum, (const guchar *) info->fields[j]->key, -1);
        }
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Moves what is known by now into its field, unless that was edited since. A value that cannot be
 * read stays where it is. */
static gboolean
unpack (LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (JsonObject) extra = lift_edits_parse (row->extra);
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  gboolean changed = FALSE;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const LiftField *field = info->fields[i];
      JsonNode *node = json_object_get_member (extra, field->key);

      if (node == NULL || (field->flags & LIFT_FIELD_LOCAL) ||
          (!json_object_has_member (pending, field->key) &&
           lift_field_read_json (field, row, node) != LIFT_FAULT_NONE))
        continue;
      json_object_remove_member (extra, field->key);
      changed = TRUE;
    }
  g_free (row->extra);
  row->extra = lift_edits_print (extra);
  return changed;
}

static gboolean
unpack_type (LiftStoreWriter *writer, const LiftEntityInfo *info, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE extra IS NOT NULL",
                                          info->table);
  g_autoptr (GPtrArray)
    ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (LiftEntity)
        row = lift_store_writer_load (writer, info, g_ptr_array_index (ids, i), error);

      if (row == NULL || (unpack (row) && !lift_store_writer_save (writer, row, error)))
        return FALSE;
    }
  return ids != NULL;
}

/*
 * lift_page_unpack_extra:
 *
 * Gives fields that are new in this version the values that the server had sent already.
 */
gboolean
lift_page_unpack_extra (LiftStoreWriter *writer, GError **error)
{
  g_autofree char *known = lift_store_writer_dup_fact (writer, LIFT_FACT_FIELDS);
  g_autofree char *fingerprint = make_fingerprint ();

  if (g_strcmp0 (known, fingerprint) == 0)
    return TRUE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!unpack_type (writer, lift_registry_get (i), error))
      return FALSE;
  return lift_store_writer_set_fact (writer, LIFT_FACT_FIELDS, fingerprint, error);
}
