/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-private.h"

/* A page ends here even if it may hold more rows: nobody has to keep much more than this. */
#define MAX_BYTES (4 * 1024 * 1024)

/**
 * lift_server_page_new: (skip)
 *
 * Returns: (transfer full): an empty page, of no types and no scopes yet
 */
LiftServerPage *
lift_server_page_new (LiftServer *self, LiftServerConnection *connection, LiftServerRights *rights)
{
  LiftServerPage *page = g_new0 (LiftServerPage, 1);

  page->server = self;
  page->connection = connection;
  page->rights = rights;
  page->n_types = lift_registry_get_size ();
  page->scopes = g_ptr_array_new_with_free_func (g_free);
  page->wanted = g_new0 (gboolean, page->n_types);
  page->rows = g_new0 (GString *, page->n_types);
  page->counts = g_new0 (guint, page->n_types);
  page->more = g_new0 (gboolean, page->n_types);
  for (guint i = 0; i < page->n_types; i++)
    page->rows[i] = g_string_new (NULL);
  return page;
}

/**
 * lift_server_page_free: (skip)
 */
void
lift_server_page_free (LiftServerPage *page)
{
  if (page == NULL)
    return;
  for (guint i = 0; i < page->n_types; i++)
    g_string_free (page->rows[i], TRUE);
  g_ptr_array_unref (page->scopes);
  g_free (page->wanted);
  g_free (page->rows);
  g_free (page->counts);
  g_free (page->more);
  g_free (page);
}

/**
 * lift_server_page_has_room: (skip)
 *
 * Returns: whether another row of the type fits. One always does, so that each page gets further.
 */
gboolean
lift_server_page_has_room (LiftServerPage *page, guint rank)
{
  return page->counts[rank] == 0 || (page->counts[rank] < page->limit && page->bytes < MAX_BYTES);
}

/**
 * lift_server_page_add: (skip)
 *
 * Adds what the user may know of @row, if anything.
 */
void
lift_server_page_add (LiftServerPage *page, guint rank, LiftServerRow *row)
{
  GString *out = page->rows[rank];
  gsize before = out->len;

  if (before > 0)
    g_string_append_c (out, ',');
  if (!lift_server_rights_write_row (page->rights, row, out))
    {
      g_string_truncate (out, before);
      return;
    }
  page->counts[rank]++;
  page->bytes += out->len - before;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  LiftServerRow *one = *(LiftServerRow **) a, *other = *(LiftServerRow **) b;

  return one->entity->updated_at < other->entity->updated_at ? -1 : 1;
}

/* The stamps of the next rows of a type in any of the scopes, from the index alone; one more than
 * there is room for, which tells whether there is more. */
static GArray *
find_stamps (LiftServerPage *page, guint rank, GPtrArray *scopes, gint64 since, GError **error)
{
  LiftServerTable *table = lift_server_get_table (page->server, lift_registry_get (rank));
  const char *sql = page->rights->user->is_coach ? table->stamps_since : table->stamps_since_shown;
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 room = (gint64) page->limit - page->counts[rank] + 1;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < scopes->len && local_error == NULL; i++)
    {
      g_autoptr (LiftServerResult) result = lift_server_query (
        page->connection, &local_error, sql, "sii", g_ptr_array_index (scopes, i), since, room);

      while (result != NULL && lift_server_result_next (result, &local_error))
        {
          gint64 stamp = lift_server_result_get_int (result, 0);

          g_array_append_val (stamps, stamp);
        }
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_array_sort (stamps, lift_server_compare_ints);
  return g_steal_pointer (&stamps);
}

static GPtrArray *
load_rows (
  LiftServerPage *page, guint rank, GPtrArray *scopes, gint64 since, gint64 until, GError **error)
{
  const LiftEntityInfo *info = lift_registry_get (rank);
  g_autoptr (GPtrArray)
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_server_row_free);

  for (guint i = 0; i < scopes->len; i++)
    {
      g_autoptr (GPtrArray)
        some = lift_server_rows_query (page->server, page->connection, info, error,
                                       lift_server_get_table (page->server, info)->load_since,
                                       "sii", g_ptr_array_index (scopes, i), since, until);

      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (rows, g_steal_pointer (&some));
    }
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

/**
 * lift_server_page_add_since: (skip)
 * @scopes: (element-type utf8): where to look
 * @since: (inout): the stamp after which to start, and then the one of the last row that was added
 *
 * Adds rows of a type by their stamps, over all scopes in one order. The page says whether there
 * are more.
 */
gboolean
lift_server_page_add_since (
  LiftServerPage *page, guint rank, GPtrArray *scopes, gint64 *since, GError **error)
{
  g_autoptr (GArray) stamps = find_stamps (page, rank, scopes, *since, error);
  g_autoptr (GPtrArray) rows = NULL;
  guint room = page->limit - page->counts[rank];
  guint n;

  if (stamps == NULL)
    return FALSE;
  n = MIN (stamps->len, room);
  page->more[rank] = stamps->len > n;
  if (n == 0)
    return TRUE;
  rows = load_rows (page, rank, scopes, *since, g_array_index (stamps, gint64, n - 1), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      LiftServerRow *row = g_ptr_array_index (rows, i);

      if (!lift_server_page_has_room (page, rank))
        {
          page->more[rank] = TRUE;
          break;
        }
      lift_server_page_add (page, rank, row);
      *since = row->entity->updated_at;
    }
  return TRUE;
}

/**
 * lift_server_page_write: (skip)
 *
 * Appends the members `changesByType` and `stats`.
 */
void
lift_server_page_write (LiftServerPage *page, GString *out)
{
  guint64 rows = 0;

  lift_json_append_key (out, "changesByType");
  g_string_append_c (out, '{');
  for (guint i = 0; i < page->n_types; i++)
    if (page->counts[i] > 0)
      {
        lift_json_append_key (out, lift_registry_get (i)->name);
        g_string_append_c (out, '[');
        g_string_append_len (out, page->rows[i]->str, page->rows[i]->len);
        g_string_append_c (out, ']');
        rows += page->counts[i];
      }
  g_string_append (out, "},\"stats\":{");
  for (guint i = 0; i < page->n_types; i++)
    if (page->counts[i] > 0 || page->more[i])
      {
        lift_json_append_key (out, lift_registry_get (i)->name);
        g_string_append_printf (out, "{\"fetched\":%u,\"count\":%u,\"hasMore\":%s}",
                                page->counts[i], page->counts[i], page->more[i] ? "true" : "false");
      }
  g_string_append_c (out, '}');
  lift_server_count (page->server, G_STRUCT_OFFSET (LiftServerCounts, rows_pulled), rows);
}
