/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-uuid.h"

/*
 * Pages of a pull, one a line, taken by a store. A page that is no page is an error and changes
 * nothing; any other is taken whole: each of its rows is in its table or parked, what was edited
 * here keeps its value, and the same page once more changes nothing.
 */

/* A row without an id is parked under a sum of its text, which is not looked for. */
static void
check_row (LiftStoreWriter *writer, const char *type, JsonNode *node)
{
  const LiftEntityInfo *info = lift_registry_find (type);
  const char *id = JSON_NODE_HOLDS_OBJECT (node)
                     ? lift_json_get_string (json_node_get_object (node), "id")
                     : NULL;
  g_autofree char *lower = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  g_autofree char *uuid = id != NULL ? lift_uuid_normalize (id) : NULL;
  g_autoptr (LiftEntity) row = NULL;

  if (id == NULL || id[0] == '\0')
    return;
  if (info != NULL && uuid != NULL)
    row = lift_store_writer_load (writer, info, uuid, NULL);
  if (row == NULL &&
      fuzz_store_count (writer, "SELECT count (*) FROM parked WHERE type = ? AND id = ?", type,
                        lower) != 1)
    fuzz_fail ("neither taken nor parked", id);
}

static void
check_rows (LiftStoreWriter *writer, const LiftPullPage *page)
{
  JsonObjectIter iter;
  const char *type;
  JsonNode *rows;

  json_object_iter_init (&iter, page->changes);
  while (json_object_iter_next (&iter, &type, &rows))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (rows)); i++)
      check_row (writer, type, json_array_get_element (json_node_get_array (rows), i));
}

static void
check_edit (const char *name, const LiftField *field, LiftEntity *before, LiftEntity *after)
{
  if (g_str_equal (field->key, "deletedAt"))
    {
      if (lift_entity_is_deleted (before) != lift_entity_is_deleted (after))
        fuzz_fail ("a delete or its opposite was lost", name);
    }
  else if (!lift_field_equal (field, before, after))
    fuzz_fail ("an edit was lost", name);
}

/* What of a new row was sent may come back changed: then the server has it. */
static void
check_edits (LiftStoreWriter *writer, const char *name, LiftEntity *before, LiftEntity *after)
{
  const LiftEntityInfo *info = lift_entity_get_info (before);
  g_autoptr (JsonObject) pending = lift_edits_parse (before->pending);
  LiftFieldSet fields = lift_edits_get_fields (pending, info);

  if (after == NULL)
    fuzz_fail ("an edited row is gone", name);
  if (lift_edits_is_new (pending) &&
      fuzz_store_count (writer, "SELECT count (*) FROM flight WHERE type = ? AND id = ?",
                        info->name, before->id) > 0)
    return;
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      check_edit (name, info->fields[i], before, after);
}

static void
check_dirty (LiftStoreWriter *writer, GHashTable *before)
{
  g_autoptr (GHashTable) after = fuzz_store_list_rows (writer);
  GHashTableIter iter;
  gpointer name, row;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &name, &row))
    if (lift_entity_is_dirty (row))
      check_edits (writer, name, row, g_hash_table_lookup (after, name));
}

static void
apply (LiftStoreWriter *writer, const LiftPullPage *page, guint *taken)
{
  LiftPageContext context = { .now = FUZZ_NOW };
  g_autoptr (GError) error = NULL;

  if (!lift_page_apply (writer, page, &context, &error))
    fuzz_fail ("a page was not taken", error->message);
  *taken = context.taken;
}

/* Twice, for rows of the page that name one row may differ from each other. */
static void
check_again (LiftStoreWriter *writer, const LiftPullPage *page)
{
  g_autoptr (GHashTable) before = NULL;
  guint taken;

  apply (writer, page, &taken);
  before = fuzz_store_list_rows (writer);
  check_dirty (writer, before);
}

static void
take_page (LiftStoreWriter *writer, const char *text)
{
  LiftPullRequest request = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPullPage) page = NULL;
  g_autoptr (GHashTable) before = NULL;
  guint taken;

  fuzz_store_set_answer (200, "application/json", text);
  page = lift_api_pull (fuzz_store_get_api (), &request, NULL, &error);
  fuzz_assert_error (page == NULL, error);
  if (page == NULL)
    return;
  before = fuzz_store_list_rows (writer);
  apply (writer, page, &taken);
  if (page->revoked[0] == NULL)
    {
      check_rows (writer, page);
      check_dirty (writer, before);
    }
  check_again (writer, page);
  fuzz_store_check (writer);
}

static gboolean
replay (LiftStoreWriter *writer)
{
  LiftPageContext context = { .now = FUZZ_NOW };
  g_autoptr (GError) error = NULL;

  if (!lift_page_replay_parked (writer, &context, &error))
    fuzz_fail ("what is parked cannot be tried again", error->message);
  fuzz_store_check (writer);
  return TRUE;
}

static gboolean
take_pages (LiftStoreWriter *writer, gpointer data, GError **error)
{
  char **lines = data;

  for (guint i = 0; lines[i] != NULL; i++)
    take_page (writer, lines[i]);
  return replay (writer);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (GStrv) lines = fuzz_lines (data, size);

  fuzz_store_try (take_pages, lines);
  return 0;
}
