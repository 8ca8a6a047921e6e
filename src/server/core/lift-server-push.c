/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-ablation.h"
#include "lift-server-private.h"
#include "lift-uuid.h"

/* One push while it is answered. */
typedef struct
{
  LiftServer *server;
  LiftServerUser *user;
  char *device;      /* NULL from a client that knows no numbers */
  const char *epoch; /* NULL from a client that knows none */
  gint64 first_mutation;
  gboolean exact; /* a number comes again with the very same row or not at all */
  GPtrArray *items;
  gint64 last;      /* of the device, before and then after this push */
  gboolean careful; /* with a savepoint for each row */
} Push;

static void
clear_push (Push *push)
{
  g_clear_pointer (&push->items, g_ptr_array_unref);
  g_free (push->device);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Push, clear_push)

static void
free_item (LiftServerItem *item)
{
  json_object_unref (item->object);
  g_free (item->id);
  g_ptr_array_unref (item->faults);
  g_string_free (item->conflicts, TRUE);
  g_free (item->old_failure);
  g_free (item);
}

static gboolean
read_mutation (Push *push, LiftServerItem *item, GError **error)
{
  JsonNode *node = json_object_get_member (item->object, "mutation");

  if (node == NULL || push->device == NULL)
    return TRUE;
  item->mutation = lift_json_get_int (item->object, "mutation", 0);
  if (item->mutation < 1)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "mutation",
                             _ ("A mutation is a whole number from 1 on"));
  item->mark = lift_server_make_mark (item->type, item->object);
  return TRUE;
}

static gboolean
add_item (Push *push, const char *type, JsonNode *node, GError **error)
{
  LiftServerItem *item;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "changes",
                             _ ("Each row of changes must be an object"));
  if (push->items->len >= LIFT_SERVER_MAX_PUSH_ROWS)
    return lift_server_fail (error, LIFT_SERVER_ERROR_TOO_LARGE, "changes",
                             _ ("A push may hold at most %d rows. Send them in parts"),
                             LIFT_SERVER_MAX_PUSH_ROWS);
  item = g_new0 (LiftServerItem, 1);
  item->info = lift_registry_find (type);
  item->type = type;
  item->object = json_node_dup_object (node);
  item->id = lift_uuid_normalize (lift_json_get_string (item->object, "id"));
  item->order = push->items->len;
  item->faults = lift_fault_list_new ();
  item->conflicts = g_string_new (NULL);
  g_ptr_array_add (push->items, item);
  return read_mutation (push, item, error);
}

static gboolean
read_changes (Push *push, JsonObject *changes, GError **error)
{
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;

  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &type, &node))
    {
      JsonArray *rows = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (rows == NULL)
        return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "changes",
                                 _ ("Each type in changes must hold a list of rows"));
      for (guint i = 0; i < json_array_get_length (rows); i++)
        if (!add_item (push, type, json_array_get_element (rows, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_body (Push *push, JsonObject *body, GError **error)
{
  JsonObject *changes = lift_json_get_object (body, "changes");

  if (changes == NULL)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "changes",
                             _ ("A push needs an object named changes"));
  if (json_object_has_member (body, "deviceId") && !json_object_get_null_member (body, "deviceId"))
    {
      push->device = lift_uuid_normalize (lift_json_get_string (body, "deviceId"));
      if (push->device == NULL)
        return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "deviceId",
                                 _ ("The deviceId must be a UUID"));
    }
  push->first_mutation = lift_json_get_int (body, "firstMutation", 0);
  push->exact = lift_json_get_boolean (body, "exactRepeats", FALSE);
  push->epoch = lift_json_get_string (body, "epoch");
  return read_changes (push, changes, error);
}

/* Whoever writes must know the history that they write into: over a restored copy they would push
 * without what it has forgotten. */
static gboolean
check_epoch (Push *push, GError **error)
{
  g_autofree char *epoch = lift_server_dup_epoch (push->server);

  return push->epoch == NULL || g_str_equal (push->epoch, epoch) ||
         lift_server_fail (error, LIFT_SERVER_ERROR_RESYNC, "epoch",
                           _ ("The server was restored or replaced since. Pull everything anew"));
}

/* @gap: (transfer full): in words */
static gboolean
fail_gap (Push *push, GError *gap, GError **error)
{
  lift_server_error_set_last_mutation (gap, push->last);
  g_propagate_error (error, gap);
  return FALSE;
}

static gboolean
fail_missing (Push *push, GError **error)
{
  GError *gap = NULL;

  lift_server_fail (&gap, LIFT_SERVER_ERROR_MUTATION_GAP, NULL,
                    _ ("The last mutation of this device that arrived is %" G_GINT64_FORMAT
                       ". Send those after it first"),
                    push->last);
  return fail_gap (push, gap, error);
}

static gboolean
fail_other (Push *push, gint64 mutation, GError **error)
{
  GError *gap = NULL;

  lift_server_fail (&gap, LIFT_SERVER_ERROR_MUTATION_GAP, NULL,
                    _ ("Mutation %" G_GINT64_FORMAT
                       " of this device was another change. Go on after "
                       "%" G_GINT64_FORMAT),
                    mutation, push->last);
  return fail_gap (push, gap, error);
}

/* Says whether the numbers follow the device's last one without a gap; @newest is the last that
 * this push brings. */
static gboolean
check_numbers (Push *push, gint64 *newest, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  *newest = push->last;
  for (guint i = 0; i < push->items->len; i++)
    {
      LiftServerItem *item = g_ptr_array_index (push->items, i);

      if (item->mutation > 0)
        g_array_append_val (numbers, item->mutation);
    }
  g_array_sort (numbers, lift_server_compare_ints);
  if (push->first_mutation > push->last + 1)
    return fail_missing (push, error);
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);

      if (i > 0 && number == g_array_index (numbers, gint64, i - 1))
        return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "mutation",
                                 _ ("Mutation %" G_GINT64_FORMAT " is there twice"), number);
      if (number > *newest + 1)
        return fail_missing (push, error);
      *newest = MAX (*newest, number);
    }
  return TRUE;
}

/* Of two copies of one client's data that both go on, each gives out the same numbers: what comes
 * second is no repeat, and to answer it as one would lose it. */
static gboolean
check_repeats (Push *push, LiftServerWork *work, GError **error)
{
  for (guint i = 0; i < push->items->len && push->exact && !lift_without (OLD_COPY); i++)
    {
      LiftServerItem *item = g_ptr_array_index (push->items, i);
      gboolean other;

      if (item->mutation == 0 || item->mutation > push->last)
        continue;
      if (!lift_server_device_knows_other (work, item->mutation, item->mark, &other, error))
        return FALSE;
      if (other)
        return fail_other (push, item->mutation, error);
    }
  return TRUE;
}

static gboolean
store_numbers (Push *push, LiftServerWork *work, gint64 newest, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (guint64));

  g_array_set_size (marks, newest - push->last);
  for (guint i = 0; i < push->items->len; i++)
    {
      LiftServerItem *item = g_ptr_array_index (push->items, i);

      if (item->mutation > push->last)
        g_array_index (marks, guint64, item->mutation - push->last - 1) = item->mark;
    }
  return marks->len == 0 || lift_server_device_store (work, push->last, marks, error);
}

static void
check_item (LiftServerItem *item)
{
  gboolean has_id = lift_json_get_string (item->object, "id") != NULL;

  if (item->info == NULL)
    g_ptr_array_add (item->faults, lift_fault_new (LIFT_FAULT_UNKNOWN_TYPE, NULL,
                                                   _ ("This server knows no such type")));
  else if (item->id == NULL)
    g_ptr_array_add (item->faults,
                     lift_field_fault (item->info->fields[0],
                                       has_id ? LIFT_FAULT_BAD_FORMAT : LIFT_FAULT_REQUIRED));
}

static void
note_failure (GHashTable *failed, LiftServerItem *item)
{
  if (item->id != NULL && (item->faults->len > 0 || item->old_failure != NULL))
    g_hash_table_add (failed, g_strdup_printf ("%s/%s", item->type, item->id));
}

/* The database refused a row: it goes back as if it had not been sent, the others stay. */
static gboolean
back_out (LiftServerWork *work, LiftServerItem *item, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;

  if (!g_error_matches (cause, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  g_message ("%s %s could not be stored: %s", item->type, item->id, cause->message);
  g_array_set_size (work->touches, 0);
  g_hash_table_remove_all (work->living);
  g_ptr_array_set_size (item->faults, 0);
  g_string_truncate (item->conflicts, 0);
  g_ptr_array_add (item->faults, lift_fault_new (LIFT_FAULT_INTERNAL, NULL,
                                                 _ ("The server could not store this row")));
  return lift_server_connection_savepoint (work->connection, 'b', error);
}

static gboolean
merge_one (Push *push, LiftServerMerge *merge, LiftServerItem *item, GError **error)
{
  LiftServerWork *work = merge->work;
  GError *cause = NULL;

  if (!push->careful)
    return lift_server_merge (merge, item, error);
  if (!lift_server_connection_savepoint (work->connection, 's', error))
    return FALSE;
  if ((!lift_server_merge (merge, item, &cause) || !lift_server_work_flush (work, &cause)) &&
      !back_out (work, item, cause, error))
    return FALSE;
  return lift_server_connection_savepoint (work->connection, 'r', error);
}

static gboolean
apply_item (Push *push, LiftServerMerge *merge, LiftServerItem *item, GError **error)
{
  if (item->mutation > 0 && item->mutation <= push->last && !lift_without (REPEATS))
    {
      if (!lift_server_device_find_failure (merge->work, item->mutation, &item->old_failure,
                                            error) ||
          !lift_server_history_repeat_conflicts (merge->work, item, error))
        return FALSE;
    }
  else
    {
      check_item (item);
      if (item->faults->len == 0 && !merge_one (push, merge, item, error))
        return FALSE;
    }
  note_failure (merge->failed, item);
  return TRUE;
}

static gboolean
is_retryable (LiftServerItem *item)
{
  for (guint i = 0; i < item->faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (item->faults, i);

      if (fault->code != LIFT_FAULT_PARENT_MISSING && fault->code != LIFT_FAULT_INTERNAL)
        return FALSE;
    }
  return TRUE;
}

static void
write_name (LiftServerItem *item, GString *out)
{
  const char *id = item->id != NULL ? item->id : lift_json_get_string (item->object, "id");

  g_string_append (out, "{\"entityType\":");
  lift_json_append_string (out, item->type);
  g_string_append (out, ",\"entityId\":");
  lift_json_append_string (out, id);
}

static void
write_failure (LiftServerItem *item, GString *out)
{
  write_name (item, out);
  g_string_append_printf (out, ",\"retryable\":%s,\"errors\":[",
                          is_retryable (item) ? "true" : "false");
  for (guint i = 0; i < item->faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (item->faults, i);

      g_string_append (out, i > 0 ? ",{\"field\":" : "{\"field\":");
      lift_json_append_string (out, fault->field);
      g_string_append_printf (
        out, ",\"code\":\"%s\",\"message\":", lift_fault_code_to_string (fault->code));
      lift_json_append_string (out, fault->message);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

/* The row as it stands now, also for a repeat: an answer kept from the first time would make
 * devices differ. */
static gboolean
write_success (LiftServerMerge *merge, LiftServerItem *item, GString *out, GError **error)
{
  LiftServerWork *work = merge->work;
  gsize start = out->len;
  g_autoptr (LiftServerRow) row = NULL;

  if (item->info != NULL && item->id != NULL &&
      !lift_server_row_load (work->server, work->connection, item->info, item->id, &row, error))
    return FALSE;
  write_name (item, out);
  g_string_append (out, ",\"entity\":");
  if (row != NULL && lift_server_rights_write_row (merge->rights, row, out))
    {
      g_string_append_printf (out, ",\"conflicts\":[%s]}", item->conflicts->str);
      return TRUE;
    }
  g_string_truncate (out, start);
  g_ptr_array_add (item->faults, lift_fault_new (LIFT_FAULT_FORBIDDEN, NULL,
                                                 _ ("This row is no longer yours to see")));
  return TRUE;
}

typedef struct
{
  GString *succeeded;
  GString *failed;
  guint n_succeeded;
  guint n_failed;
} Answer;

static void
clear_answer (Answer *answer)
{
  if (answer->succeeded != NULL)
    g_string_free (answer->succeeded, TRUE);
  if (answer->failed != NULL)
    g_string_free (answer->failed, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, clear_answer)

static gboolean
answer_failure (
  Push *push, LiftServerMerge *merge, LiftServerItem *item, Answer *answer, GError **error)
{
  g_autoptr (GString) text = g_string_new (item->old_failure);

  if (item->old_failure == NULL)
    write_failure (item, text);
  if (answer->n_failed++ > 0)
    g_string_append_c (answer->failed, ',');
  g_string_append (answer->failed, text->str);
  return item->mutation <= push->last ||
         lift_server_device_add_failure (merge->work, item->mutation, text->str, error);
}

static gboolean
answer_item (
  Push *push, LiftServerMerge *merge, LiftServerItem *item, Answer *answer, GError **error)
{
  if (item->faults->len == 0 && item->old_failure == NULL)
    {
      gsize start = answer->succeeded->len;

      if (answer->n_succeeded > 0)
        g_string_append_c (answer->succeeded, ',');
      if (!write_success (merge, item, answer->succeeded, error))
        return FALSE;
      if (item->faults->len == 0)
        {
          answer->n_succeeded++;
          return TRUE;
        }
      g_string_truncate (answer->succeeded, start);
    }
  return answer_failure (push, merge, item, answer, error);
}

static GString *
finish_answer (Push *push, Answer *answer, gint64 newest)
{
  g_autofree char *epoch = lift_server_dup_epoch (push->server);
  GString *out = g_string_sized_new (answer->succeeded->len + answer->failed->len + 256);

  g_string_append_printf (out, "{\"succeeded\":[%s],\"failed\":[", answer->succeeded->str);
  g_string_append_len (out, answer->failed->str, answer->failed->len);
  g_string_append_printf (out,
                          "],\"summary\":{\"totalReceived\":%u,\"succeeded\":%u,\"failed\":%u}",
                          push->items->len, answer->n_succeeded, answer->n_failed);
  if (push->device != NULL)
    g_string_append_printf (out, ",\"lastMutation\":%" G_GINT64_FORMAT, newest);
  g_string_append_printf (out, ",\"epoch\":\"%s\"", epoch);
  g_string_append_c (out, '}');
  return out;
}

static gboolean
apply_all (Push *push, LiftServerMerge *merge, Answer *answer, gint64 *newest, GError **error)
{
  if (push->device != NULL && !lift_server_device_load (merge->work, &push->last, error))
    return FALSE;
  if (!check_epoch (push, error) || !check_numbers (push, newest, error) ||
      !check_repeats (push, merge->work, error))
    return FALSE;
  if (!lift_server_order_items (merge, push->items, push->last, error))
    return FALSE;
  for (guint i = 0; i < push->items->len; i++)
    if (!apply_item (push, merge, g_ptr_array_index (push->items, i), error))
      return FALSE;
  for (guint i = 0; i < push->items->len; i++)
    if (!answer_item (push, merge, g_ptr_array_index (push->items, i), answer, error))
      return FALSE;
  return store_numbers (push, merge->work, *newest, error);
}

static GString *
run (Push *push, GError **error)
{
  g_autoptr (GHashTable) failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LiftServerRights) rights = NULL;
  g_autoptr (LiftServerWork) work = NULL;
  g_auto (Answer) answer = { g_string_new (NULL), g_string_new (NULL), 0, 0 };
  LiftServerMerge merge;
  gint64 newest;

  work = lift_server_work_begin (push->server, push->user->id, push->device, error);
  if (work == NULL)
    return NULL;
  rights = lift_server_rights_load (work->connection, push->user, error);
  if (rights == NULL)
    return NULL;
  merge = (LiftServerMerge){ .work = work, .rights = rights, .failed = failed };
  if (!apply_all (push, &merge, &answer, &newest, error) || !lift_server_work_commit (work, error))
    return NULL;
  lift_server_count (push->server, G_STRUCT_OFFSET (LiftServerCounts, rows_pushed),
                     answer.n_succeeded);
  lift_server_count (push->server, G_STRUCT_OFFSET (LiftServerCounts, rows_failed),
                     answer.n_failed);
  return finish_answer (push, &answer, newest);
}

static void
reset_items (Push *push)
{
  for (guint i = 0; i < push->items->len; i++)
    {
      LiftServerItem *item = g_ptr_array_index (push->items, i);

      g_ptr_array_set_size (item->faults, 0);
      g_string_truncate (item->conflicts, 0);
      g_clear_pointer (&item->old_failure, g_free);
    }
}

/**
 * lift_server_push:
 * @user: who pushes
 * @body: `{"deviceId","firstMutation","changes"}` as PROTOCOL.md, part 5, has it, and `epoch`, if
 *   the client knows of one. With `"exactRepeats":true`, a number that was another change is refused
 *   as a gap is; from a client that does not say so it is a repeat
 *
 * Merges rows into the database: each succeeds or fails on its own, and what is answered as
 * succeeded is durable. Savepoints cost, so rows go without until the database refuses one; then
 * all is done again with one for each row.
 *
 * Returns: (transfer full): the answer as JSON, or %NULL with @error
 */
GString *
lift_server_push (LiftServer *self, LiftServerUser *user, JsonObject *body, GError **error)
{
  g_auto (Push) push = { .server = self, .user = user };
  g_autoptr (GError) first = NULL;
  GString *answer;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL && body != NULL, NULL);

  push.items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  if (!read_body (&push, body, error))
    return NULL;
  answer = run (&push, &first);
  if (answer == NULL && g_error_matches (first, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL))
    {
      g_clear_error (&first);
      reset_items (&push);
      push.careful = TRUE;
      answer = run (&push, &first);
    }
  if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  return answer;
}
