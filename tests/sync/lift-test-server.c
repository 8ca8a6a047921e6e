/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-test-server-private.h"

#include <string.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-remote-error.h"

typedef struct
{
  char *route;
  LiftResponse *response;
} Scripted;

G_DEFINE_FINAL_TYPE (LiftTestServer, lift_test_server, LIFT_TYPE_TRANSPORT)

static void
row_free (gpointer data)
{
  LiftTestRow *row = data;

  g_free (row->type);
  g_free (row->id);
  json_object_unref (row->object);
  g_free (row);
}

static void
scripted_free (gpointer data)
{
  Scripted *scripted = data;

  g_free (scripted->route);
  lift_response_free (scripted->response);
  g_free (scripted);
}

LiftResponse *
lift_test_server_respond (guint status, const char *content_type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return lift_response_new (status, content_type, body);
}

LiftResponse *
lift_test_server_problem (guint status, const char *code, gint64 last_mutation)
{
  g_autofree char *text = g_strdup_printf (
    "{\"title\":\"no\",\"status\":%u,\"code\":\"%s\",\"lastMutation\":%" G_GINT64_FORMAT "}",
    status, code, last_mutation);

  return lift_test_server_respond (status, "application/problem+json", text);
}

char *
lift_test_server_print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return lift_json_node_to_text (node);
}

static LiftTestRow *
find_row (LiftTestServer *self, const char *type, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiftTestRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->type, type) && g_str_equal (row->id, id))
        return row;
    }
  return NULL;
}

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const LiftTestRow *one = *(const LiftTestRow *const *) a;
  const LiftTestRow *two = *(const LiftTestRow *const *) b;

  return one->seq < two->seq ? -1 : one->seq > two->seq;
}

static LiftTestRow *
touch_row (LiftTestServer *self, const char *type, const char *id)
{
  LiftTestRow *row = find_row (self, type, id);
  g_autofree char *at = NULL;

  if (row == NULL)
    {
      row = g_new0 (LiftTestRow, 1);
      row->type = g_strdup (type);
      row->id = g_strdup (id);
      row->object = json_object_new ();
      g_ptr_array_add (self->rows, row);
    }
  row->seq = ++self->seq;
  at = lift_instant_format (LIFT_TEST_START + row->seq * G_TIME_SPAN_SECOND);
  json_object_set_string_member (row->object, "updatedAt", at);
  json_object_set_int_member (row->object, "version",
                              lift_json_get_int (row->object, "version", 0) + 1);
  g_ptr_array_sort (self->rows, compare_seq);
  return row;
}

static void
copy_member (JsonObject *to, JsonObject *from, const char *key)
{
  if (json_object_has_member (from, key))
    json_object_set_member (to, key, json_node_copy (json_object_get_member (from, key)));
}

static gboolean
is_ours (const char *key)
{
  static const char *const keys[] = { "version",  "updatedAt",     "updatedBy",
                                      "mutation", "changedFields", NULL };

  return !g_strv_contains (keys, key);
}

static void
copy_whole (JsonObject *to, JsonObject *from)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &key, NULL))
    if (is_ours (key))
      copy_member (to, from, key);
}

static gboolean
names_field (JsonArray *fields, const char *key)
{
  for (guint i = 0; i < json_array_get_length (fields); i++)
    if (g_str_equal (json_array_get_string_element (fields, i), key))
      return TRUE;
  return FALSE;
}

/* Client wins, field by field, and an edit beats a delete. */
static void
apply_row (LiftTestServer *self, const char *type, JsonObject *pushed)
{
  const char *id = lift_json_get_string (pushed, "id");
  gboolean whole = self->is_base || find_row (self, type, id) == NULL;
  JsonArray *fields = whole ? NULL : lift_json_get_array (pushed, "changedFields");
  LiftTestRow *row = touch_row (self, type, id);

  if (fields == NULL)
    copy_whole (row->object, pushed);
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    copy_member (row->object, pushed, json_array_get_string_element (fields, i));
  if (fields != NULL && !names_field (fields, "deletedAt"))
    json_object_set_null_member (row->object, "deletedAt");
  if (self->unknown != NULL)
    json_object_remove_member (row->object, self->unknown);
}

static void
append_failed (LiftTestServer *self, GString *out, const char *type, const char *id)
{
  const char *refusal = g_hash_table_lookup (self->refused, id);

  g_string_append_printf (out, "%s{\"entityType\":\"%s\",\"entityId\":\"%s\",%s}",
                          out->len > 0 ? "," : "", type, id, refusal);
}

static void
append_succeeded (LiftTestServer *self, GString *out, const char *type, const char *id)
{
  LiftTestRow *row = find_row (self, type, id);
  g_autoptr (JsonObject) part = json_object_new ();
  g_autofree char *text = NULL;

  copy_member (part, row->object, "id");
  copy_member (part, row->object, "updatedAt");
  copy_member (part, row->object, "version");
  text = lift_test_server_print (self->partial ? part : row->object);
  g_string_append_printf (out, "%s{\"entityType\":\"%s\",\"entityId\":\"%s\",\"entity\":%s}",
                          out->len > 0 ? "," : "", type, id, text);
}

typedef struct
{
  GString *succeeded;
  GString *failed;
  gboolean gap;
} Pushed;

static void
push_row (LiftTestServer *self, const char *type, JsonObject *object, Pushed *pushed)
{
  const char *id = lift_json_get_string (object, "id");
  gint64 mutation = lift_json_get_int (object, "mutation", 0);
  gboolean repeat = !self->is_base && mutation <= self->last_mutation;

  if (g_hash_table_contains (self->refused, id))
    append_failed (self, pushed->failed, type, id);
  else
    {
      if (!repeat || find_row (self, type, id) == NULL)
        apply_row (self, type, object);
      if (g_strcmp0 (self->forget_in_answer, id) != 0)
        append_succeeded (self, pushed->succeeded, type, id);
    }
  self->last_mutation = MAX (self->last_mutation, mutation);
}

static int
compare_mutation (gconstpointer a, gconstpointer b)
{
  JsonObject *one = *(JsonObject *const *) a;
  JsonObject *two = *(JsonObject *const *) b;

  return lift_json_get_int (one, "mutation", 0) < lift_json_get_int (two, "mutation", 0) ? -1 : 1;
}

static GPtrArray *
sort_rows (JsonObject *changes, GHashTable *types)
{
  GPtrArray *rows = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;

  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &type, &node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);

        g_ptr_array_add (rows, row);
        g_hash_table_insert (types, row, (gpointer) type);
      }
  g_ptr_array_sort (rows, compare_mutation);
  return rows;
}

static char *
print_push_answer (LiftTestServer *self, Pushed *pushed)
{
  g_autofree char *last = self->is_base ? g_strdup ("")
                                        : g_strdup_printf (",\"lastMutation\":%" G_GINT64_FORMAT,
                                                           self->last_mutation);

  return g_strdup_printf ("{\"succeeded\":[%s],\"failed\":[%s]%s}", pushed->succeeded->str,
                          pushed->failed->str, last);
}

static LiftResponse *
push_rows (LiftTestServer *self, JsonObject *body)
{
  g_autoptr (GHashTable) types = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) rows = sort_rows (lift_json_get_object (body, "changes"), types);
  g_autoptr (GString) succeeded = g_string_new (NULL);
  g_autoptr (GString) failed = g_string_new (NULL);
  g_autofree char *text = NULL;
  Pushed pushed = { succeeded, failed };

  if (self->max_rows > 0 && rows->len > self->max_rows)
    return lift_test_server_problem (413, "TOO_LARGE", 0);
  if (!self->is_base && lift_json_get_int (body, "firstMutation", 0) > self->last_mutation + 1)
    return lift_test_server_problem (409, "MUTATION_GAP", self->last_mutation);
  for (guint i = 0; i < rows->len; i++)
    push_row (self, g_hash_table_lookup (types, g_ptr_array_index (rows, i)),
              g_ptr_array_index (rows, i), &pushed);
  text = print_push_answer (self, &pushed);
  return lift_test_server_respond (200, "application/json", text);
}

static LiftResponse *
fail (LiftTestServer *self, guint status)
{
  LiftResponse *response = lift_test_server_problem (status, "FAULT", 0);

  if (self->retry_after > 0)
    response->retry_after = self->retry_after;
  return response;
}

static LiftResponse *
lose (LiftResponse *response, LiftRemoteError code, GError **error)
{
  g_clear_pointer (&response, lift_response_free);
  g_set_error_literal (error, LIFT_REMOTE_ERROR, (int) code, "lost");
  return NULL;
}

static guint
count_rows (const char *body)
{
  guint count = 0;

  for (const char *at = strstr (body, "\"mutation\":"); at != NULL;
       at = strstr (at + 1, "\"mutation\":"))
    count++;
  return count;
}

static LiftResponse *
push (LiftTestServer *self, LiftRequest *request, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonObject) body = lift_json_parse_object (text, length, NULL);
  LiftResponse *response;

  g_assert_nonnull (body);
  if (self->slow_rows > 0 && count_rows (text) > self->slow_rows)
    return lose (NULL, LIFT_REMOTE_ERROR_TIMEOUT, error);
  response = push_rows (self, body);
  if (self->before_answer != NULL)
    {
      g_mutex_unlock (&self->mutex);
      self->before_answer (self->before_answer_data);
      g_mutex_lock (&self->mutex);
    }
  if (self->max_answer > 0 && count_rows (text) > self->max_answer)
    return lose (response, LIFT_REMOTE_ERROR_OVERSIZED, error);
  if (self->lose_answers == 0)
    return response;
  self->lose_answers--;
  return lose (response, LIFT_REMOTE_ERROR_OFFLINE, error);
}

static LiftResponse *
take_scripted (LiftTestServer *self, const char *route)
{
  for (GList *l = self->scripted.head; l != NULL; l = l->next)
    {
      Scripted *scripted = l->data;
      LiftResponse *response;

      if (!g_str_equal (scripted->route, route))
        continue;
      response = g_steal_pointer (&scripted->response);
      g_free (scripted->route);
      g_free (scripted);
      g_queue_delete_link (&self->scripted, l);
      return response;
    }
  return NULL;
}

static LiftResponse *
answer_pull (LiftTestServer *self, LiftRequest *request, GError **error)
{
  gint64 limit = g_ascii_strtoll (lift_request_get_query (request, "limit"), NULL, 10);
  GString *log = g_string_new ("pull?");
  LiftResponse *scripted;

  for (guint i = 0; i < request->query->len; i += 2)
    g_string_append_printf (log, "%s=%s&", (char *) g_ptr_array_index (request->query, i),
                            (char *) g_ptr_array_index (request->query, i + 1));
  g_ptr_array_add (self->requests, g_string_free (log, FALSE));
  scripted = take_scripted (self, "pull");
  if (scripted != NULL)
    return scripted;
  if (self->fail_pull != 0)
    return fail (self, self->fail_pull);
  if (self->slow_limit > 0 && limit > self->slow_limit)
    return lose (NULL, LIFT_REMOTE_ERROR_TIMEOUT, error);
  if (self->max_limit > 0 && limit > self->max_limit)
    return lose (NULL, LIFT_REMOTE_ERROR_OVERSIZED, error);
  return self->is_base ? lift_test_server_pull_since (self, request)
                       : lift_test_server_pull_cursor (self, request);
}

static LiftResponse *
answer_push (LiftTestServer *self, LiftRequest *request, GError **error)
{
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);
  LiftResponse *scripted;

  g_ptr_array_add (self->requests, g_strdup_printf ("push %.*s", (int) length, body));
  scripted = take_scripted (self, "push");
  if (scripted != NULL)
    return scripted;
  if (self->fail_push != 0)
    return fail (self, self->fail_push);
  return push (self, request, error);
}

static LiftResponse *
lift_test_server_send (LiftTransport *transport,
                       LiftRequest *request,
                       GCancellable *cancellable,
                       GError **error)
{
  LiftTestServer *self = LIFT_TEST_SERVER (transport);
  LiftResponse *response;

  g_mutex_lock (&self->mutex);
  if (g_str_has_suffix (request->path, "/sync/pull"))
    response = answer_pull (self, request, error);
  else if (g_str_has_suffix (request->path, "/sync/push"))
    response = answer_push (self, request, error);
  else
    response = lift_test_server_problem (401, "SIGN_IN_AGAIN", 0);
  g_mutex_unlock (&self->mutex);
  return response;
}

static void
lift_test_server_finalize (GObject *object)
{
  LiftTestServer *self = LIFT_TEST_SERVER (object);

  g_queue_clear_full (&self->scripted, scripted_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->refused);
  g_free (self->revoked);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (lift_test_server_parent_class)->finalize (object);
}

static void
lift_test_server_class_init (LiftTestServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_test_server_finalize;
  LIFT_TRANSPORT_CLASS (klass)->send = lift_test_server_send;
}

static void
lift_test_server_init (LiftTestServer *self)
{
  g_mutex_init (&self->mutex);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->page = 500;
  self->epoch = 1;
}

LiftTestServer *
lift_test_server_new (void)
{
  return g_object_new (LIFT_TYPE_TEST_SERVER, NULL);
}

void
lift_test_server_script (
  LiftTestServer *self, const char *route, guint status, const char *content_type, const char *body)
{
  Scripted *scripted = g_new0 (Scripted, 1);

  scripted->route = g_strdup (route);
  scripted->response = lift_test_server_respond (status, content_type, body);
  g_queue_push_tail (&self->scripted, scripted);
}

void
lift_test_server_put (LiftTestServer *self, const char *type, const char *json)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lift_json_parse_object (json, -1, &error);
  JsonObjectIter iter;
  const char *key;
  LiftTestRow *row;

  g_assert_no_error (error);
  row = touch_row (self, type, lift_json_get_string (object, "id"));
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, NULL))
    copy_member (row->object, object, key);
}

JsonObject *
lift_test_server_get (LiftTestServer *self, const char *type, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  LiftTestRow *row = find_row (self, type, id);

  return row != NULL ? row->object : NULL;
}

guint
lift_test_server_count (LiftTestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->rows->len;
}

void
lift_test_server_refuse (LiftTestServer *self,
                         const char *id,
                         const char *errors,
                         gboolean retryable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (errors == NULL)
    g_hash_table_remove (self->refused, id);
  else
    g_hash_table_insert (
      self->refused, g_strdup (id),
      g_strdup_printf ("\"retryable\":%s,\"errors\":%s", retryable ? "true" : "false", errors));
}

const char *
lift_test_server_get_request (LiftTestServer *self, const char *prefix, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->requests->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (self->requests, i), prefix) && index-- == 0)
      return g_ptr_array_index (self->requests, i);
  return NULL;
}

guint
lift_test_server_count_requests (LiftTestServer *self, const char *prefix)
{
  guint count = 0;

  while (lift_test_server_get_request (self, prefix, count) != NULL)
    count++;
  return count;
}
