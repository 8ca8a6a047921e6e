/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-retry.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"
#include "lift-registry.h"

/*
 * The retry queue: why a row was refused, how often, and when it goes again. It holds no copy of
 * the row; what goes is the row as it is then. Times are wall times, for they outlive the process;
 * one that lies too far ahead comes from a clock that was set back since, and is due.
 */

/*
 * lift_retry_get_delay:
 * @retry_count: 1 after the first refusal
 *
 * Returns: microseconds until the next try, or -1 when the row has had its five
 */
gint64
lift_retry_get_delay (guint retry_count)
{
  if (retry_count == 0 || retry_count > LIFT_RETRY_MAX)
    return -1;
  return (30 * G_TIME_SPAN_SECOND) << (retry_count - 1);
}

static char *
print_errors (const LiftRefusal *refusal)
{
  g_autoptr (JsonNode) node = NULL;
  GString *out;

  if (refusal->errors != NULL && json_array_get_length (refusal->errors) > 0)
    {
      node = json_node_init_array (json_node_alloc (), refusal->errors);
      return lift_json_node_to_text (node);
    }
  out = g_string_new ("[{\"code\":\"INTERNAL\",\"message\":");
  lift_json_append_string (out, _ ("The server did not say whether it took the row"));
  g_string_append (out, "}]");
  return g_string_free (out, FALSE);
}

static gboolean
write_failure (LiftDatabase *database,
               const char *type,
               const char *id,
               const LiftRefusal *refusal,
               gint64 count,
               gint64 next,
               GError **error)
{
  g_autofree char *faults = print_errors (refusal);

  return lift_database_run (database, error,
                            "INSERT INTO failure (type, id, faults, retry_count, next_retry_at) "
                            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (type, id) DO UPDATE SET "
                            "faults = excluded.faults, retry_count = excluded.retry_count, "
                            "next_retry_at = excluded.next_retry_at",
                            "sssii", type, id, faults, count, next);
}

static gboolean
get_count (LiftDatabase *database, const char *type, const char *id, gint64 *count, GError **error)
{
  if (!lift_database_get_int (database, count, error,
                              "SELECT retry_count FROM failure WHERE type = ? AND id = ?", "ss",
                              type, id))
    return FALSE;
  if (*count == LIFT_INT_NULL)
    *count = 0;
  return TRUE;
}

/*
 * lift_retry_record:
 *
 * Puts a refused row in the queue, one step further than it was. After five retries, and at once
 * where trying again is of no use, it waits for an edit or for the user.
 */
gboolean
lift_retry_record (LiftDatabase *database,
                   const char *type,
                   const char *id,
                   const LiftRefusal *refusal,
                   gint64 now,
                   GError **error)
{
  gint64 count;
  gint64 delay;

  if (!get_count (database, type, id, &count, error))
    return FALSE;
  delay = refusal->retryable ? lift_retry_get_delay (count + 1) : -1;
  return write_failure (database, type, id, refusal, MIN (count + 1, LIFT_RETRY_MAX),
                        delay >= 0 ? now + delay : LIFT_INT_NULL, error);
}

/*
 * lift_retry_hold:
 *
 * Puts a row in the queue whose parent was refused. That is not a failure of its own: it takes no
 * step, and lift_retry_release_children() lets it go as soon as the parent is taken. It is tried
 * by itself now and then, should the parent come another way.
 */
gboolean
lift_retry_hold (LiftDatabase *database,
                 const char *type,
                 const char *id,
                 const LiftRefusal *refusal,
                 gint64 now,
                 GError **error)
{
  gint64 count;

  if (!get_count (database, type, id, &count, error))
    return FALSE;
  return write_failure (database, type, id, refusal, count,
                        now + lift_retry_get_delay (LIFT_RETRY_MAX), error);
}

/*
 * lift_retry_clear:
 *
 * Takes a row out of the queue.
 */
gboolean
lift_retry_clear (LiftDatabase *database, const char *type, const char *id, GError **error)
{
  return lift_database_run (database, error, "DELETE FROM failure WHERE type = ? AND id = ?", "ss",
                            type, id);
}

/* Nearly always nothing waits, and then nothing is looked for. */
static gboolean
has_any (LiftDatabase *database, gboolean *any, GError **error)
{
  gint64 found;

  if (!lift_database_get_int (database, &found, error, "SELECT EXISTS (SELECT 1 FROM failure)", ""))
    return FALSE;
  *any = found == 1;
  return TRUE;
}

static gboolean
release_type (LiftDatabase *database, const LiftEntityInfo *child, const char *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "DELETE FROM failure WHERE type = ? AND faults LIKE '%%PARENT_MISSING%%' AND id IN "
    "(SELECT id FROM \"%s\" WHERE \"%s\" = ?)",
    child->table, child->parent->name);

  return lift_database_run (database, error, sql, "ss", child->name, id);
}

/*
 * lift_retry_release_children:
 * @id: a row that the server has now
 *
 * Makes due what waited for it.
 */
gboolean
lift_retry_release_children (LiftDatabase *database,
                             const LiftEntityInfo *info,
                             const char *id,
                             GError **error)
{
  gboolean any;

  if (!has_any (database, &any, error))
    return FALSE;
  for (guint i = 0; any && i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *child = lift_registry_get (i);

      if (child->parent != NULL && g_strcmp0 (child->parent->target, info->name) == 0 &&
          !release_type (database, child, id, error))
        return FALSE;
    }
  return TRUE;
}

/* From the failures to the rows: they are few, and references have no index. */
static char *
make_naming_sql (const LiftEntityInfo *info)
{
  GString *sql = g_string_new ("DELETE FROM failure WHERE type = ?1 AND "
                               "(faults LIKE '%\"BAD_REFERENCE\"%' OR "
                               "faults LIKE '%\"PARENT_MISSING\"%') AND EXISTS (SELECT 1 FROM ");

  g_string_append_printf (sql, "\"%s\" t WHERE t.id = failure.id AND (0", info->table);
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->target != NULL)
      g_string_append_printf (sql, " OR t.\"%s\" IN (SELECT value FROM json_each (?2))",
                              info->fields[i]->name);
  g_string_append (sql, "))");
  return g_string_free (sql, FALSE);
}

/*
 * lift_retry_release_naming:
 * @ids: a JSON array of rows that the server has, as is known only now
 *
 * Makes due what was refused for a row that it names, where it names one of these. Nobody would edit
 * it to mend that: the row was missing for a while, as after a restore, until its owner gave it back.
 */
gboolean
lift_retry_release_naming (LiftDatabase *database, const char *ids, GError **error)
{
  gboolean any;

  if (!has_any (database, &any, error))
    return FALSE;
  for (guint i = 0; any && i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);
      g_autofree char *sql = make_naming_sql (info);

      if (!lift_database_run (database, error, sql, "ss", info->name, ids))
        return FALSE;
    }
  return TRUE;
}

/*
 * lift_retry_get_next:
 * @delay: (out): microseconds until the first row is due, 0 for one that is, -1 for none
 */
gboolean
lift_retry_get_next (LiftDatabase *database, gint64 now, gint64 *delay, GError **error)
{
  gint64 next;

  if (!lift_database_get_int (database, &next, error,
                              "SELECT min (CASE WHEN next_retry_at > ? + " LIFT_RETRY_HORIZON_SQL
                              " THEN ? ELSE next_retry_at END) FROM failure "
                              "WHERE next_retry_at IS NOT NULL",
                              "ii", now, now))
    return FALSE;
  *delay = next == LIFT_INT_NULL ? -1 : MAX (next - now, 0);
  return TRUE;
}
