/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-instant.h"
#include "lift-server-private.h"
#include "lift-uuid.h"

#define DEFAULT_LIMIT 100

/* One pull while it is answered. */
typedef struct
{
  LiftServer *server;
  LiftServerUser *user;
  guint limit;
  gint64 since; /* 0: everything */
  gboolean by_time;
  gboolean anew; /* nothing is known of what the client has */
  char *athlete_id;
  char *types; /* sorted; `*` for all */
  LiftServerCursor *cursor;
} Pull;

static void
clear_pull (Pull *pull)
{
  g_free (pull->athlete_id);
  g_free (pull->types);
  lift_server_cursor_free (pull->cursor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, clear_pull)

static gboolean
read_limit (Pull *pull, const char *text, GError **error)
{
  guint64 limit = DEFAULT_LIMIT;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &limit, NULL))
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "limit",
                             _ ("The limit must be a whole number from 1 to %d"),
                             LIFT_SERVER_MAX_PULL_LIMIT);
  if (limit > LIFT_SERVER_MAX_PULL_LIMIT)
    return lift_server_fail (error, LIFT_SERVER_ERROR_TOO_LARGE, "limit",
                             _ ("A page holds at most %d rows of a type"),
                             LIFT_SERVER_MAX_PULL_LIMIT);
  pull->limit = limit;
  return TRUE;
}

static gboolean
read_since (Pull *pull, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!lift_instant_parse (text, &pull->since))
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "since",
                             _ ("Since must be a time such as 2026-02-06T15:30:00Z"));
  pull->since = MAX (pull->since, 0);
  pull->by_time = TRUE;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

static gboolean
read_types (Pull *pull, const char *text, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_auto (GStrv) parts = NULL;

  if (text == NULL || *text == '\0')
    {
      pull->types = g_strdup ("*");
      return TRUE;
    }
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (lift_registry_find (parts[i]) == NULL)
        return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "entityTypes",
                                 _ ("This server knows no such type among entityTypes"));
      if (!g_ptr_array_find_with_equal_func (names, parts[i], g_str_equal, NULL))
        g_ptr_array_add (names, parts[i]);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  pull->types = g_strjoinv (",", (char **) names->pdata);
  return TRUE;
}

static gboolean
read_athlete (Pull *pull, const char *text, GError **error)
{
  if (text == NULL || *text == '\0')
    return TRUE;
  pull->athlete_id = lift_uuid_normalize (text);
  if (pull->athlete_id == NULL)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "athleteId",
                             _ ("The athleteId must be a UUID"));
  return TRUE;
}

/* Whether a list of types holds all of another. */
static gboolean
covers (const char *types, const char *others)
{
  g_auto (GStrv) have = g_strsplit (types, ",", -1);
  g_auto (GStrv) want = g_strsplit (others, ",", -1);

  if (g_str_equal (types, "*"))
    return TRUE;
  for (guint i = 0; want[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) have, want[i]))
      return FALSE;
  return TRUE;
}

/* Positions say how far a client has come in the types that it asked for. Asked for others, they
 * say nothing, and the pull begins anew rather than skip what it never sent. */
static gboolean
read_cursor (Pull *pull, const char *text, GError **error)
{
  if (text != NULL && *text != '\0')
    {
      pull->cursor = lift_server_cursor_parse (pull->server, text, error);
      if (pull->cursor == NULL)
        return FALSE;
      pull->since = 0;
      pull->by_time = FALSE;
      if (!covers (pull->cursor->types, pull->types))
        g_clear_pointer (&pull->cursor, lift_server_cursor_free);
    }
  if (pull->cursor == NULL)
    pull->cursor = lift_server_cursor_new ();
  g_free (pull->cursor->types);
  pull->cursor->types = g_strdup (pull->types);
  return TRUE;
}

static gboolean
read_request (Pull *pull, const LiftServerPullRequest *request, GError **error)
{
  pull->anew = request->cursor == NULL && request->since == NULL;
  return read_limit (pull, request->limit, error) && read_since (pull, request->since, error) &&
         read_types (pull, request->entity_types, error) &&
         read_athlete (pull, request->athlete_id, error) &&
         read_cursor (pull, request->cursor, error);
}

/* The catalogue and the coach's own rows come before those of athletes, which name them. */
static int
compare_scopes (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char **) a, *other = *(const char **) b;
  gboolean one_last = g_str_has_prefix (one, "athlete:");
  gboolean other_last = g_str_has_prefix (other, "athlete:");

  return one_last != other_last ? one_last - other_last : strcmp (one, other);
}

static gboolean
choose (Pull *pull, LiftServerPage *page, LiftServerRights *rights, GError **error)
{
  GHashTableIter iter;
  gpointer scope;
  g_autofree char *only = NULL;

  if (pull->athlete_id != NULL)
    only = g_strconcat ("athlete:", pull->athlete_id, NULL);
  if (only != NULL && !lift_server_rights_may_read (rights, only))
    return lift_server_fail (error, LIFT_SERVER_ERROR_FORBIDDEN, "athleteId",
                             _ ("This athlete's data are not yours to see"));
  g_hash_table_iter_init (&iter, rights->scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    if (only == NULL || g_str_equal (only, scope))
      g_ptr_array_add (page->scopes, g_strdup (scope));
  g_ptr_array_sort (page->scopes, compare_scopes);
  page->limit = pull->limit;
  for (guint i = 0; i < page->n_types; i++)
    page->wanted[i] = g_str_equal (pull->types, "*") ||
                      covers (pull->types, lift_registry_get (i)->name);
  return TRUE;
}

/* Forgets the scopes that are no longer the user's, and names the athletes among them. */
static void
write_revoked (Pull *pull, LiftServerRights *rights, GString *out)
{
  gboolean first = TRUE;

  g_string_append (out, ",\"revoked\":[");
  for (guint i = pull->cursor->positions->len; i > 0; i--)
    {
      LiftServerPosition *position = g_ptr_array_index (pull->cursor->positions, i - 1);

      if (lift_server_rights_may_read (rights, position->scope))
        continue;
      if (g_str_has_prefix (position->scope, "athlete:"))
        {
          g_string_append_printf (out, "%s\"%s\"", first ? "" : ",",
                                  position->scope + strlen ("athlete:"));
          first = FALSE;
        }
      lift_server_cursor_remove (pull->cursor, position);
    }
  g_string_append_c (out, ']');
}

/* What was deleted until then is not counted any more. */
static void
write_purged (gint64 stamp, GString *out)
{
  g_autofree char *text = stamp > 0 ? lift_instant_format (stamp) : NULL;

  if (text != NULL)
    g_string_append_printf (out, ",\"purgedUntil\":\"%s\"", text);
}

static gboolean
write_one_digest (LiftServerPage *page, LiftServerPosition *position, GString *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  gboolean is_coach = page->rights->user->is_coach;

  result = lift_server_query (page->connection, &local_error,
                              is_coach ? "SELECT all_rows, all_hash, purged_stamp FROM scope"
                                         " WHERE name = ?"
                                       : "SELECT shown_rows, shown_hash, purged_stamp FROM scope"
                                         " WHERE name = ?",
                              "s", position->scope);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      lift_json_append_key (out, position->scope);
      g_string_append_printf (out,
                              "{\"seq\":%" G_GINT64_FORMAT ",\"rows\":%" G_GINT64_FORMAT
                              ",\"hash\":\"%016" G_GINT64_MODIFIER "x\"",
                              position->seq, lift_server_result_get_int (result, 0),
                              (guint64) lift_server_result_get_int (result, 1));
      write_purged (lift_server_result_get_int (result, 2), out);
      g_string_append_c (out, '}');
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* With the last page of a pull of all types: what a client that missed nothing holds now of each
 * scope of which something came. */
static gboolean
write_digest (Pull *pull, LiftServerPage *page, GString *out, GError **error)
{
  g_string_append (out, ",\"digest\":{");
  for (guint i = 0; i < pull->cursor->positions->len; i++)
    {
      LiftServerPosition *position = g_ptr_array_index (pull->cursor->positions, i);

      if (position->changed && g_str_equal (pull->types, "*") &&
          !write_one_digest (page, position, out, error))
        return FALSE;
      position->changed = FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
get_stamp (LiftServerPage *page, gint64 *stamp, GError **error)
{
  if (!lift_server_get_int (page->connection, stamp, error, "SELECT stamp FROM server", ""))
    return FALSE;
  *stamp = MAX (*stamp, 1);
  return TRUE;
}

static void
write_since (gint64 stamp, GString *out)
{
  g_autofree char *text = lift_instant_format (stamp);

  g_string_append_printf (out, ",\"syncTimestamp\":\"%s\"", text);
}

static gboolean
write_cursor (Pull *pull, LiftServerPage *page, gboolean more, GString *out, GError **error)
{
  g_autofree char *text = NULL;

  if (!more && !write_digest (pull, page, out, error))
    return FALSE;
  text = lift_server_cursor_print (pull->server, pull->cursor);
  g_string_append_printf (out, ",\"cursor\":\"%s\",\"hasMore\":%s", text, more ? "true" : "false");
  return TRUE;
}

/* A client that follows the cursor. One that named nothing, and goes on with `since`, is sent to the
 * start unless it has all: only so does it skip nothing. */
static gboolean
answer_cursor (Pull *pull, LiftServerPage *page, GString *out, GError **error)
{
  gboolean more;
  gint64 stamp;

  if (!lift_server_walk (page, pull->cursor, &more, error) || !get_stamp (page, &stamp, error))
    return FALSE;
  lift_server_page_write (page, out);
  write_since (more ? 1 : stamp, out);
  write_revoked (pull, page->rights, out);
  return write_cursor (pull, page, more, out, error);
}

/* A client that goes by time has all until now, so its cursor may start there; not in a scope that
 * was purged of what had been deleted since its time, which is walked through anew. */
static gboolean
place_cursor (Pull *pull, LiftServerPage *page, GError **error)
{
  for (guint i = 0; i < page->scopes->len; i++)
    {
      const char *scope = g_ptr_array_index (page->scopes, i);
      gint64 seq, purged;

      if (!lift_server_get_int (page->connection, &seq, error,
                                "SELECT seq FROM scope WHERE name = ?", "s", scope) ||
          !lift_server_get_int (page->connection, &purged, error,
                                "SELECT purged_stamp FROM scope WHERE name = ?", "s", scope))
        return FALSE;
      if (purged > pull->since)
        continue;
      lift_server_cursor_add (pull->cursor, scope, MAX (seq, 0), FALSE);
    }
  return TRUE;
}

/* A client that names a time, be it the beginning, and no cursor. It gets the first rows of each
 * type, so that it can go on from the last one of the type that lags most: every page takes it
 * further, and a type that has come whole comes again only as far as it is newer than that. */
static gboolean
answer_since (Pull *pull, LiftServerPage *page, GString *out, GError **error)
{
  gint64 stamp, skips = G_MAXINT64;

  for (guint i = 0; i < page->n_types; i++)
    {
      gint64 since = pull->since;

      if (!page->wanted[i])
        continue;
      if (!lift_server_page_add_since (page, i, page->scopes, &since, error))
        return FALSE;
      if (page->more[i])
        skips = MIN (skips, since);
    }
  if (!get_stamp (page, &stamp, error))
    return FALSE;
  lift_server_page_write (page, out);
  write_since (MIN (skips, stamp), out);
  g_string_append (out, ",\"revoked\":[]");
  if (skips == G_MAXINT64)
    return place_cursor (pull, page, error) && write_cursor (pull, page, FALSE, out, error);
  g_string_append (out, ",\"hasMore\":true");
  return TRUE;
}

/* Which history this is. Whoever pulls everything also needs to know what of theirs is not in it,
 * and whose rows they may see at all. */
static gboolean
write_epoch (Pull *pull, LiftServerPage *page, GString *out, GError **error)
{
  g_autofree char *epoch = lift_server_dup_epoch (pull->server);

  g_string_append_printf (out, ",\"epoch\":\"%s\"", epoch);
  if (!pull->anew)
    return TRUE;
  g_string_append (out, ",\"scopes\":");
  lift_server_rights_write_scopes (page->rights, out);
  g_string_append (out, ",\"forgotten\":");
  return lift_server_epoch_write_forgotten (page->connection, out, error);
}

static GString *
answer (Pull *pull, LiftServerConnection *connection, GError **error)
{
  g_autoptr (LiftServerRights) rights = lift_server_rights_load (connection, pull->user, error);
  g_autoptr (LiftServerPage) page = NULL;
  g_autoptr (GString) out = g_string_new ("{");
  gboolean done;

  if (rights == NULL)
    return NULL;
  page = lift_server_page_new (pull->server, connection, rights);
  if (!choose (pull, page, rights, error))
    return NULL;
  done = pull->by_time ? answer_since (pull, page, out, error)
                       : answer_cursor (pull, page, out, error);
  if (!done)
    return NULL;
  if (!write_epoch (pull, page, out, error))
    return NULL;
  g_string_append_c (out, '}');
  return g_steal_pointer (&out);
}

/**
 * lift_server_pull:
 * @user: who pulls
 * @request: the parameters, unchecked
 *
 * Answers one page of a pull as PROTOCOL.md, part 4, has it, out of one unchanging view of the
 * data.
 *
 * Returns: (transfer full): the page as JSON, or %NULL with @error
 */
GString *
lift_server_pull (LiftServer *self,
                  LiftServerUser *user,
                  const LiftServerPullRequest *request,
                  GError **error)
{
  g_auto (Pull) pull = { .server = self, .user = user };
  g_autoptr (LiftServerConnection) connection = NULL;
  GString *text;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL && request != NULL, NULL);

  if (!read_request (&pull, request, error))
    return NULL;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return NULL;
  text = answer (&pull, connection, error);
  g_clear_pointer (&connection, lift_server_connection_rollback);
  return text;
}
