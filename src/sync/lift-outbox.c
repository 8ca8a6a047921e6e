/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-outbox.h"

#include <string.h>

#include "lift-ablation.h"
#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-retry.h"
#include "lift-sync-facts.h"

void
lift_flight_free (LiftFlight *self)
{
  g_free (self->type);
  g_free (self->id);
  g_free (self->sent);
  g_free (self->body);
  g_free (self);
}

/*
 * lift_outbox_get_last_mutation:
 *
 * Returns: the highest number that was given to a row, 0 before the first
 */
gint64
lift_outbox_get_last_mutation (LiftStoreWriter *writer)
{
  g_autofree char *text = lift_store_writer_dup_fact (writer, LIFT_FACT_MUTATION);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

gboolean
lift_outbox_set_last_mutation (LiftStoreWriter *writer, gint64 mutation, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, mutation);

  return lift_store_writer_set_fact (writer, LIFT_FACT_MUTATION, text, error);
}

static void
append_changed_fields (GString *out, JsonObject *pending)
{
  JsonObjectIter iter;
  const char *key;
  gboolean first = TRUE;

  lift_json_append_key (out, "changedFields");
  g_string_append_c (out, '[');
  json_object_iter_init_ordered (&iter, pending);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      if (g_str_equal (key, LIFT_EDITS_NEW) || g_str_equal (key, LIFT_EDITS_AGAIN))
        continue;
      if (!first)
        g_string_append_c (out, ',');
      lift_json_append_string (out, key);
      first = FALSE;
    }
  g_string_append_c (out, ']');
}

/* A row is always whole, for servers that know no changedFields; and a new one names a time and a
 * version, which those servers ask for and ours ignores. One that is given back names what was edited
 * since: no more counts where the row is there already. */
static char *
write_body (LiftEntity *row, JsonObject *pending)
{
  GString *out = g_string_new ("{");

  if (row->updated_at == LIFT_INT_NULL)
    row->updated_at = row->created_at;
  if (row->version == LIFT_INT_NULL)
    row->version = 1;
  lift_entity_write_members (row, out, LIFT_FIELD_SET_ALL);
  if ((!lift_edits_is_new (pending) || lift_edits_is_again (pending)) &&
      !lift_without (FIELD_MERGE))
    append_changed_fields (out, pending);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
store_flight (
  LiftStoreWriter *writer, LiftEntity *row, gint64 mutation, gsize *size, GError **error)
{
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  g_autofree char *sent = g_strdup (row->pending);
  g_autofree char *body = write_body (row, pending);

  *size = strlen (body);
  return lift_database_run (lift_store_writer_get_database (writer), error,
                            "INSERT INTO flight (mutation, type, id, sent, body) "
                            "VALUES (?, ?, ?, ?, ?)",
                            "issss", mutation, lift_entity_get_info (row)->name, row->id, sent,
                            body);
}

/* The ids of dirty rows of a type that are due and not under way. */
static GPtrArray *
list_due (
  LiftDatabase *database, const LiftEntityInfo *info, guint limit, gint64 now, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT id FROM \"%s\" t WHERE pending IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flight f "
    "WHERE f.type = ? AND f.id = t.id) AND " LIFT_RETRY_IS_DUE_SQL ("?") " ORDER BY id LIMIT ?",
    info->table);
  LiftStatement *statement = lift_database_query (database, error, sql, "ssiii", info->name,
                                                  info->name, now, now, (gint64) limit);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (lift_statement_next (statement, &local_error))
    g_ptr_array_add (ids, g_strdup (lift_statement_get_text (statement, 0)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&ids);
}

/*
 * lift_outbox_has_due:
 * @due: (out): whether there is a row that the next collection would take
 */
gboolean
lift_outbox_has_due (LiftDatabase *database, gint64 now, gboolean *due, GError **error)
{
  *due = FALSE;
  for (guint i = 0; i < lift_registry_get_size () && !*due; i++)
    {
      g_autoptr (GPtrArray) ids = list_due (database, lift_registry_get (i), 1, now, error);

      if (ids == NULL)
        return FALSE;
      *due = ids->len > 0;
    }
  return TRUE;
}

/* A collection of one batch. */
typedef struct
{
  LiftStoreWriter *writer;
  const LiftBatchLimit *limit;
  gint64 mutation;
  gint64 now;
  guint rows;
  gsize bytes;
} Collection;

static gboolean
is_full (Collection *self)
{
  return self->rows >= self->limit->rows || self->bytes >= self->limit->bytes;
}

static gboolean
collect_row (Collection *self, const LiftEntityInfo *info, const char *id, GError **error)
{
  g_autoptr (LiftEntity) row = lift_store_writer_load (self->writer, info, id, error);
  gsize size;

  if (row == NULL)
    return FALSE;
  if (!store_flight (self->writer, row, self->mutation + 1, &size, error))
    return FALSE;
  self->mutation++;
  self->rows++;
  self->bytes += size;
  return TRUE;
}

static gboolean
collect_type (Collection *self, const LiftEntityInfo *info, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (self->writer);
  g_autoptr (GPtrArray)
    ids = list_due (database, info, self->limit->rows - self->rows, self->now, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len && !is_full (self); i++)
    if (!collect_row (self, info, g_ptr_array_index (ids, i), error))
      return FALSE;
  return TRUE;
}

/*
 * lift_outbox_collect:
 * @limit: how many rows and bytes at most (one row goes whatever its size)
 * @collected: (out): how many there were
 *
 * Gives numbers to rows that are due, parents first, and stores them as they are now.
 */
gboolean
lift_outbox_collect (LiftStoreWriter *writer,
                     const LiftBatchLimit *limit,
                     gint64 now,
                     guint *collected,
                     GError **error)
{
  Collection self = { writer, limit, lift_outbox_get_last_mutation (writer), now };

  for (guint i = 0; i < lift_registry_get_size () && !is_full (&self); i++)
    if (!collect_type (&self, lift_registry_get (i), error))
      return FALSE;
  *collected = self.rows;
  return self.rows == 0 || lift_outbox_set_last_mutation (writer, self.mutation, error);
}

static LiftFlight *
read_flight (LiftStatement *statement)
{
  LiftFlight *self = g_new0 (LiftFlight, 1);

  self->mutation = lift_statement_get_int (statement, 0);
  self->type = g_strdup (lift_statement_get_text (statement, 1));
  self->info = lift_registry_find (self->type);
  self->id = g_strdup (lift_statement_get_text (statement, 2));
  self->sent = g_strdup (lift_statement_get_text (statement, 3));
  self->body = g_strdup (lift_statement_get_text (statement, 4));
  return self;
}

/*
 * lift_outbox_list:
 * @after: only numbers above it
 *
 * Returns: (transfer full) (nullable) (element-type LiftFlight): what is under way and due, by
 *   number, as much of it as one request takes and at least one
 */
GPtrArray *
lift_outbox_list (
  LiftDatabase *database, gint64 after, const LiftBatchLimit *limit, gint64 now, GError **error)
{
  g_autoptr (GPtrArray)
    flights = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_flight_free);
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement;
  gsize bytes = 0;

  statement = lift_database_query (
    database, error,
    "SELECT mutation, type, id, sent, body FROM flight t WHERE mutation > ? "
    "AND " LIFT_RETRY_IS_DUE_SQL ("t.type") " ORDER BY mutation LIMIT ?",
    "iiii", after, now, now, (gint64) limit->rows);
  while (statement != NULL && lift_statement_next (statement, &local_error))
    {
      LiftFlight *flight = read_flight (statement);

      bytes += strlen (flight->body);
      if (flights->len > 0 && bytes > limit->bytes)
        {
          lift_flight_free (flight);
          lift_statement_reset (statement);
          break;
        }
      g_ptr_array_add (flights, flight);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return g_steal_pointer (&flights);
  return NULL;
}

/*
 * lift_outbox_find:
 *
 * Returns: (transfer full) (nullable): the row as it is under way; %NULL with no error if it is not
 */
LiftFlight *
lift_outbox_find (LiftDatabase *database, const char *type, const char *id, GError **error)
{
  LiftStatement *statement = lift_database_query (
    database, error, "SELECT mutation, type, id, sent, body FROM flight WHERE type = ? AND id = ?",
    "ss", type, id);
  LiftFlight *flight = NULL;

  if (statement != NULL && lift_statement_next (statement, error))
    {
      flight = read_flight (statement);
      lift_statement_reset (statement);
    }
  return flight;
}

/*
 * lift_outbox_remove:
 *
 * The server has answered for a number.
 */
gboolean
lift_outbox_remove (LiftDatabase *database, gint64 mutation, GError **error)
{
  return lift_database_run (database, error, "DELETE FROM flight WHERE mutation = ?", "i",
                            mutation);
}

/*
 * lift_outbox_realign:
 * @last: the number that the server takes for this device's last
 *
 * The server's count and ours differ: it was restored from a backup, or a row that had a number
 * never came. By what it says, numbers above @last are free, so their rows may be sent again under
 * other numbers, as they are by then; they are still dirty. Numbers up to @last stay under way: the
 * server answers a repeat of them with the row as it stands. Going on from @last closes the gap.
 */
gboolean
lift_outbox_realign (LiftStoreWriter *writer, gint64 last, GError **error)
{
  return lift_database_run (lift_store_writer_get_database (writer), error,
                            "DELETE FROM flight WHERE mutation > ?", "i", last) &&
         lift_outbox_set_last_mutation (writer, last, error);
}

/*
 * lift_outbox_count_dirty:
 * @count: (out): rows with something that the server has not confirmed
 */
gboolean
lift_outbox_count_dirty (LiftDatabase *database, gint64 *count, GError **error)
{
  *count = 0;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM \"%s\" WHERE pending IS NOT NULL", lift_registry_get (i)->table);
      gint64 rows;

      if (!lift_database_get_int (database, &rows, error, sql, ""))
        return FALSE;
      *count += rows;
    }
  return TRUE;
}

static void
append_row (GString *out, const LiftFlight *flight)
{
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"mutation\":%" G_GINT64_FORMAT ",", flight->mutation);
  /* A body is an object; without one only on a disk that somebody has meddled with. */
  g_string_append (out, flight->body[0] != '\0' ? flight->body + 1 : "}");
}

static void
append_type (GString *out, GPtrArray *flights, const char *type)
{
  lift_json_append_key (out, type);
  g_string_append_c (out, '[');
  for (guint i = 0; i < flights->len; i++)
    {
      const LiftFlight *flight = g_ptr_array_index (flights, i);

      if (g_str_equal (flight->type, type))
        append_row (out, flight);
    }
  g_string_append_c (out, ']');
}

/*
 * lift_outbox_write_request:
 * @flights: (element-type LiftFlight): one batch, by number
 * @first: the number of the first
 * @epoch: (nullable): which history of the server the rows were made on
 *
 * Returns: (transfer full): the body of the push; the same flights make the same bytes, and it says
 *   so: a number that comes with anything else is that of another copy of this store
 */
GBytes *
lift_outbox_write_request (GPtrArray *flights,
                           const char *device_id,
                           gint64 first,
                           const char *epoch)
{
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  GString *out = g_string_new ("{");

  lift_json_append_key (out, "deviceId");
  lift_json_append_string (out, device_id);
  lift_json_append_key (out, "firstMutation");
  g_string_append_printf (out, "%" G_GINT64_FORMAT, first);
  lift_json_append_key (out, "exactRepeats");
  g_string_append (out, "true");
  if (epoch != NULL)
    {
      lift_json_append_key (out, "epoch");
      lift_json_append_string (out, epoch);
    }
  lift_json_append_key (out, "changes");
  g_string_append_c (out, '{');
  for (guint i = 0; i < flights->len; i++)
    {
      const LiftFlight *flight = g_ptr_array_index (flights, i);

      if (g_hash_table_add (written, flight->type))
        append_type (out, flights, flight->type);
    }
  g_string_append (out, "}}");
  return g_string_free_to_bytes (out);
}
