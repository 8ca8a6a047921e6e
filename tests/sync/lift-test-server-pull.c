/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-test-server-private.h"

/* Rows behind a position, by type, as many as a page takes. */
typedef struct
{
  GHashTable *types; /* type → GString of rows */
  GHashTable *counts;
  gint64 last;
  guint taken;
  guint limit;
  gboolean more;
} Page;

static void
add_row (Page *page, LiftTestRow *row)
{
  GString *rows = g_hash_table_lookup (page->types, row->type);
  g_autofree char *text = lift_test_server_print (row->object);

  if (rows == NULL)
    {
      rows = g_string_new (NULL);
      g_hash_table_insert (page->types, row->type, rows);
    }
  g_string_append_printf (rows, "%s%s", rows->len > 0 ? "," : "", text);
  page->last = row->seq;
  page->taken++;
}

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static char *
print_changes (Page *page)
{
  GString *out = g_string_new (NULL);
  GHashTableIter iter;
  gpointer type, rows;

  g_hash_table_iter_init (&iter, page->types);
  while (g_hash_table_iter_next (&iter, &type, &rows))
    g_string_append_printf (out, "%s\"%s\":[%s]", out->len > 0 ? "," : "", (char *) type,
                            ((GString *) rows)->str);
  return g_string_free (out, FALSE);
}

LiftResponse *
lift_test_server_pull_cursor (LiftTestServer *self, LiftRequest *request)
{
  const char *cursor = lift_request_get_query (request, "cursor");
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, string_free);
  Page page = { types };
  g_autofree char *changes = NULL;
  g_autofree char *text = NULL;
  guint epoch = self->epoch;

  if (cursor != NULL)
    g_assert_cmpint (sscanf (cursor, "%u:%" G_GINT64_FORMAT, &epoch, &page.last), ==, 2);
  if (epoch != self->epoch)
    return lift_test_server_problem (410, "RESYNC", 0);
  for (guint i = 0; i < self->rows->len && !page.more; i++)
    {
      LiftTestRow *row = g_ptr_array_index (self->rows, i);

      if (row->seq <= page.last)
        continue;
      page.more = page.taken >= self->page;
      if (!page.more)
        add_row (&page, row);
    }
  changes = print_changes (&page);
  text = g_strdup_printf ("{\"changesByType\":{%s},\"syncTimestamp\":\"2026-03-01T12:00:00Z\","
                          "\"cursor\":\"%u:%" G_GINT64_FORMAT
                          "\",\"hasMore\":%s,\"revoked\":[%s]%s%s}",
                          changes, self->epoch, page.last, page.more ? "true" : "false",
                          self->revoked != NULL ? self->revoked : "",
                          self->digest != NULL && !page.more ? ",\"digest\":" : "",
                          self->digest != NULL && !page.more ? self->digest : "");
  return lift_test_server_respond (200, "application/json", text);
}

static void
add_base_row (
  LiftTestServer *self, Page *page, GHashTable *counts, GString *stats, LiftTestRow *row)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, row->type));

  g_hash_table_insert (counts, row->type, GUINT_TO_POINTER (count + 1));
  if (count < page->limit)
    add_row (page, row);
  else if (count == page->limit)
    g_string_append_printf (stats, "%s\"%s\":{\"hasMore\":true}", stats->len > 0 ? "," : "",
                            row->type);
}

LiftResponse *
lift_test_server_pull_since (LiftTestServer *self, LiftRequest *request)
{
  const char *since = lift_request_get_query (request, "since");
  const char *only = lift_request_get_query (request, "entityTypes");
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, string_free);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) stats = g_string_new (NULL);
  g_autofree char *now = lift_instant_format (LIFT_TEST_START +
                                              (self->seq + 1) * G_TIME_SPAN_SECOND);
  g_autofree char *changes = NULL;
  g_autofree char *text = NULL;
  const char *limit = lift_request_get_query (request, "limit");
  Page page = { types };
  gint64 after = G_MININT64;

  page.limit = MIN (self->page, g_ascii_strtoull (limit, NULL, 10));
  if (since != NULL)
    g_assert_true (lift_instant_parse (since, &after));
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiftTestRow *row = g_ptr_array_index (self->rows, i);
      gint64 at = 0;

      lift_instant_parse (lift_json_get_string (row->object, "updatedAt"), &at);
      if (at > after && (only == NULL || g_str_equal (only, row->type)))
        add_base_row (self, &page, counts, stats, row);
    }
  changes = print_changes (&page);
  text = g_strdup_printf ("{\"changesByType\":{%s},\"syncTimestamp\":\"%s\",\"stats\":{%s}}",
                          changes, now, stats->str);
  return lift_test_server_respond (200, "application/json", text);
}
