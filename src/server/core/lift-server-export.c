/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-instant.h"
#include "lift-server-private.h"

/* All that the user may read, in one transaction, into one text for each type. */
static gboolean
collect (LiftServer *self,
         LiftServerRights *rights,
         LiftServerConnection *connection,
         GString **rows,
         GError **error)
{
  g_autoptr (LiftServerCursor) cursor = lift_server_cursor_new ();
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (LiftServerPage) page = lift_server_page_new (self, connection, rights);
      GHashTableIter iter;
      gpointer scope;

      g_hash_table_iter_init (&iter, rights->scopes);
      while (g_hash_table_iter_next (&iter, &scope, NULL))
        g_ptr_array_add (page->scopes, g_strdup (scope));
      page->limit = LIFT_SERVER_MAX_PULL_LIMIT;
      for (guint i = 0; i < page->n_types; i++)
        page->wanted[i] = TRUE;
      if (!lift_server_walk (page, cursor, &more, error))
        return FALSE;
      for (guint i = 0; i < page->n_types; i++)
        if (page->counts[i] > 0)
          g_string_append_printf (rows[i], "%s%s", rows[i]->len > 0 ? "," : "", page->rows[i]->str);
    }
  return TRUE;
}

static GString *
write_export (LiftServer *self, LiftServerUser *user, GString **rows)
{
  GString *out = g_string_new (NULL);
  g_autofree char *now = lift_instant_format (lift_server_get_now (self));

  g_string_append_printf (out, "{\"exportedAt\":\"%s\",\"userId\":\"%s\",\"changesByType\":{", now,
                          user->id);
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      lift_json_append_key (out, lift_registry_get (i)->name);
      g_string_append_c (out, '[');
      g_string_append_len (out, rows[i]->str, rows[i]->len);
      g_string_append_c (out, ']');
    }
  g_string_append (out, "}}");
  return out;
}

/**
 * lift_server_export_account:
 *
 * Returns: (transfer full): everything that the server would ever send to @user, as one JSON
 *   object with a list for each type, or %NULL with @error
 */
GString *
lift_server_export_account (LiftServer *self, LiftServerUser *user, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerRights) rights = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GString *out = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, NULL);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return NULL;
  rights = lift_server_rights_load (connection, user, error);
  if (rights == NULL)
    return NULL;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_ptr_array_add (rows, g_string_new (NULL));
  if (collect (self, rights, connection, (GString **) rows->pdata, error))
    out = write_export (self, user, (GString **) rows->pdata);
  for (guint i = 0; i < rows->len; i++)
    g_string_free (g_ptr_array_index (rows, i), TRUE);
  return out;
}
