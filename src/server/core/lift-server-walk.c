/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-ablation.h"
#include "lift-server-private.h"

/* A client that follows a cursor: scopes that it has nothing of are walked through together, type
 * by type, parents first, each type by its stamps; then comes what changed in any scope since its
 * walk began. A row that changes during the walk gets a higher stamp and a higher position, so it
 * is met again and never missed. */

static gboolean
get_seq (LiftServerPage *page, const char *scope, gint64 *seq, gint64 *purged, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  *seq = *purged = 0;
  result = lift_server_query (page->connection, &local_error,
                              "SELECT seq, purged FROM scope WHERE name = ?", "s", scope);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      *seq = lift_server_result_get_int (result, 0);
      *purged = lift_server_result_get_int (result, 1);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Begins to walk through the scopes that the cursor does not know. */
static gboolean
start (LiftServerPage *page, LiftServerCursor *cursor, GError **error)
{
  for (guint i = 0; i < page->scopes->len; i++)
    {
      const char *scope = g_ptr_array_index (page->scopes, i);
      gint64 seq, purged;

      if (lift_server_cursor_find (cursor, scope) != NULL)
        continue;
      if (!get_seq (page, scope, &seq, &purged, error))
        return FALSE;
      if (lift_without (GAINED_SCOPE) && cursor->positions->len > 0 && cursor->walk_type == NULL)
        {
          lift_server_cursor_add (cursor, scope, seq, FALSE);
          continue;
        }
      lift_server_cursor_add (cursor, scope, seq, TRUE)->changed = TRUE;
      g_free (cursor->walk_type);
      cursor->walk_type = g_strdup (lift_registry_get (0)->name);
      cursor->walk_stamp = 0;
    }
  return TRUE;
}

static GPtrArray *
get_walked (LiftServerPage *page, LiftServerCursor *cursor)
{
  GPtrArray *scopes = g_ptr_array_new ();

  for (guint i = 0; i < page->scopes->len; i++)
    {
      const char *scope = g_ptr_array_index (page->scopes, i);
      LiftServerPosition *position = lift_server_cursor_find (cursor, scope);

      if (position != NULL && position->snapshot)
        g_ptr_array_add (scopes, (gpointer) scope);
    }
  return scopes;
}

/* Scopes that are walked through and not asked for now would be passed by as the others go on:
 * they start anew when they are asked for again. One that is no longer the user's stays for now, to
 * be named: a part of it has been sent. */
static void
leave_others (LiftServerPage *page, LiftServerCursor *cursor)
{
  gboolean walks = FALSE;

  for (guint i = cursor->positions->len; i > 0; i--)
    {
      LiftServerPosition *position = g_ptr_array_index (cursor->positions, i - 1);

      if (!position->snapshot)
        continue;
      if (g_ptr_array_find_with_equal_func (page->scopes, position->scope, g_str_equal, NULL))
        walks = TRUE;
      else if (lift_server_rights_may_read (page->rights, position->scope))
        lift_server_cursor_remove (cursor, position);
    }
  if (!walks)
    g_clear_pointer (&cursor->walk_type, g_free);
}

static void
end_walk (LiftServerCursor *cursor)
{
  for (guint i = 0; i < cursor->positions->len; i++)
    {
      LiftServerPosition *position = g_ptr_array_index (cursor->positions, i);

      position->snapshot = FALSE;
    }
  g_clear_pointer (&cursor->walk_type, g_free);
}

static gboolean
walk_on (LiftServerPage *page, LiftServerCursor *cursor, GError **error)
{
  g_autoptr (GPtrArray) scopes = get_walked (page, cursor);
  const LiftEntityInfo *info = lift_registry_find (cursor->walk_type);
  guint rank = info != NULL ? lift_registry_get_rank (info) : page->n_types;

  for (; rank < page->n_types; rank++)
    {
      if (page->wanted[rank] &&
          !lift_server_page_add_since (page, rank, scopes, &cursor->walk_stamp, error))
        return FALSE;
      if (page->more[rank])
        {
          g_free (cursor->walk_type);
          cursor->walk_type = g_strdup (lift_registry_get (rank)->name);
          for (guint i = rank + 1; i < page->n_types; i++)
            page->more[i] = page->wanted[i];
          return TRUE;
        }
      cursor->walk_stamp = 0;
    }
  end_walk (cursor);
  return TRUE;
}

static gboolean
add_change (LiftServerPage *page, guint rank, const char *id, GError **error)
{
  g_autoptr (LiftServerRow) row = NULL;

  if (!lift_server_row_load (page->server, page->connection, lift_registry_get (rank), id, &row,
                             error))
    return FALSE;
  if (row != NULL)
    lift_server_page_add (page, rank, row);
  return TRUE;
}

/* Adds the changes of a scope in their order, until the page is full. */
static gboolean
follow (LiftServerPage *page, LiftServerPosition *position, gboolean *more, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  result = lift_server_query (page->connection, &local_error,
                              "SELECT seq, type, id FROM change WHERE scope = ? AND seq > ?"
                              " ORDER BY seq",
                              "si", position->scope, position->seq);
  while (result != NULL && lift_server_result_next (result, &local_error))
    {
      const LiftEntityInfo *info = lift_registry_find (lift_server_result_get_text (result, 1));
      guint rank = info != NULL ? lift_registry_get_rank (info) : page->n_types;

      if (rank < page->n_types && page->wanted[rank])
        {
          if (!lift_server_page_has_room (page, rank))
            {
              *more = page->more[rank] = TRUE;
              if (lift_without (UNIQUE_POSITIONS))
                position->seq = lift_server_result_get_int (result, 0);
              return TRUE;
            }
          if (!add_change (page, rank, lift_server_result_get_text (result, 2), &local_error))
            break;
          position->changed = TRUE;
        }
      position->seq = lift_server_result_get_int (result, 0);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
follow_scope (LiftServerPage *page, LiftServerPosition *position, gboolean *more, GError **error)
{
  gint64 seq, purged;

  if (!get_seq (page, position->scope, &seq, &purged, error))
    return FALSE;
  if (position->seq > seq || position->seq < purged)
    return lift_server_fail (error, LIFT_SERVER_ERROR_RESYNC, "cursor",
                             _ ("The cursor is too old for this server, or too new. Pull "
                                "everything anew"));
  if (position->seq < seq && !follow (page, position, more, error))
    return FALSE;
  if (!*more)
    position->seq = seq;
  return TRUE;
}

/**
 * lift_server_walk: (skip)
 * @page: knows the scopes and types that are asked for
 * @cursor: is moved on
 * @more: (out): whether the client has to ask again
 *
 * Fills a page with what follows @cursor.
 */
gboolean
lift_server_walk (LiftServerPage *page, LiftServerCursor *cursor, gboolean *more, GError **error)
{
  *more = FALSE;
  leave_others (page, cursor);
  if (cursor->walk_type != NULL && !walk_on (page, cursor, error))
    return FALSE;
  if (cursor->walk_type == NULL)
    {
      if (!start (page, cursor, error))
        return FALSE;
      if (cursor->walk_type != NULL && !walk_on (page, cursor, error))
        return FALSE;
    }
  *more = cursor->walk_type != NULL;
  for (guint i = 0; i < page->scopes->len && !*more; i++)
    {
      LiftServerPosition *position = lift_server_cursor_find (cursor,
                                                              g_ptr_array_index (page->scopes, i));

      if (!follow_scope (page, position, more, error))
        return FALSE;
    }
  return TRUE;
}
