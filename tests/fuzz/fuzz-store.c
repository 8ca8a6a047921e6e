/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include <string.h>

#include "lift-edits.h"
#include "lift-entities.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-retry.h"
#include "lift-virtual-clock.h"

#define ID(n) "\"00000000-0000-7000-8000-0000000000" n "\""
#define COMMON \
  "\"createdAt\":\"2026-02-01T08:00:00Z\",\"updatedAt\":\"2026-02-02T08:00:00Z\",\"version\":3"
#define WHO "\"athleteId\":" ID ("01") ","
#define ENTRY(n, day) \
  "{\"id\":" ID (n) "," WHO COMMON ",\"weight\":80.5,\"measurementDate\":\"" day "\"}"
#define SET(n, reps) \
  "{\"id\":" ID (n) "," WHO COMMON ",\"exercisePlanId\":" ID ("11") ",\"setNumber\":" reps \
                                                                    ",\"targetReps\":" reps \
                                                                    ",\"targetWeight\":100}"

/* What the server had sent before. */
static const char *const first_page = "{\"changesByType\":{\"TrainingPlan\":[{\"id\":" ID (
  "10") "," WHO COMMON ",\"name\":\"Squat day\",\"date\":\"2026-03-02\",\"isLocked\":false}],"
        "\"ExercisePlan\":[{\"id\":" ID ("11") "," WHO
          COMMON ",\"trainingPlanId\":" ID ("10") ",\"exerciseId\":" ID (
            "0e") ",\"orderIndex\":0}],"
                  "\"SetPlan\":[" SET ("12", "1") "," SET ("13", "2") "," SET (
                    "14",
                    "3") "],"
                         "\"BodyWeightEntry\":[" ENTRY ("20", "2026-02-01") "," ENTRY ("21", "2026-02-02") "," ENTRY (
                           "22",
                           "2026-02-03") "," ENTRY ("23",
                                                    "2026-02-04") "," ENTRY ("24",
                                                                             "2026-02-05") "],"
                                                                                           "\"Exercise\":[{\"id\":" ID (
                                                                                             "0e") "," COMMON
                                                                                                   ",\"name\":\"Front squat\"}],"
                                                                                                   "\"FutureType\":[{\"id\":" ID (
                                                                                                     "90") ",\"x\":1}]},"
                                                                                                           "\"cursor\":\"c\",\"hasMore\":false,\"syncTimestamp\":\"2026-02-02T08:00:00Z\"}";

typedef struct
{
  LiftTransport parent_instance;

  guint status;
  const char *content_type;
  const char *text;
} FuzzTransport;

typedef LiftTransportClass FuzzTransportClass;

GType fuzz_transport_get_type (void);
G_DEFINE_FINAL_TYPE (FuzzTransport, fuzz_transport, LIFT_TYPE_TRANSPORT)

static FuzzTransport *transport;
static LiftApi *api;
static LiftStore *store;
static LiftVirtualClock *clock_now;

/* What has no end comes in pieces, here of three bytes. */
static void
send_chunks (LiftRequest *request)
{
  gsize left = strlen (transport->text);

  for (const char *p = transport->text; left > 0;)
    {
      gsize length = MIN (left, 3);
      g_autoptr (GBytes) chunk = g_bytes_new (p, length);

      request->chunk_func (chunk, request->chunk_data);
      p += length;
      left -= length;
    }
}

static LiftResponse *
send_answer (LiftTransport *self, LiftRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (transport->text, strlen (transport->text));

  if (request->chunk_func != NULL)
    send_chunks (request);
  return lift_response_new (transport->status, transport->content_type, body);
}

static void
fuzz_transport_class_init (FuzzTransportClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = send_answer;
}

static void
fuzz_transport_init (FuzzTransport *self)
{
}

LiftApi *
fuzz_store_get_api (void)
{
  if (api == NULL)
    {
      transport = g_object_new (fuzz_transport_get_type (), NULL);
      api = lift_api_new (LIFT_TRANSPORT (transport));
      lift_api_set_tokens (api, "token", NULL);
    }
  return api;
}

/* The texts are borrowed until the next answer. */
void
fuzz_store_set_answer (guint status, const char *content_type, const char *text)
{
  fuzz_store_get_api ();
  transport->status = status;
  transport->content_type = content_type;
  transport->text = text;
}

static gboolean
take_first_page (LiftStoreWriter *writer, gpointer data, GError **error)
{
  LiftPageContext context = { .now = FUZZ_NOW };
  LiftPullRequest request = { 0 };
  g_autoptr (LiftPullPage) page = NULL;

  fuzz_store_set_answer (200, "application/json", first_page);
  page = lift_api_pull (fuzz_store_get_api (), &request, NULL, error);
  return page != NULL && lift_page_apply (writer, page, &context, error);
}

static LiftEntity *
load (GType gtype, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (store, lift_entity_info_for_gtype (gtype), id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

static void
commit (LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (store, batch, &error);

  g_assert_no_error (error);
}

static void
edit (GType gtype, const char *id, const char *key, const char *text)
{
  g_autoptr (LiftEntity) row = load (gtype, id);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  g_assert_cmpint (lift_field_scan (field, row, text), ==, LIFT_FAULT_NONE);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
  commit (batch);
}

static void delete (GType gtype, const char *id)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  lift_batch_delete (batch, lift_entity_info_for_gtype (gtype), id);
  commit (batch);
}

static void
add_entry (const char *id, const char *day)
{
  g_autoptr (LiftEntity) row = g_object_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, NULL);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");

  lift_entity_set (row, "id", id, "athlete-id", "00000000-0000-7000-8000-000000000001", "weight",
                   90.0, "measurement-date", day, NULL);
  lift_batch_insert (batch, row);
  commit (batch);
}

static gboolean
collect (LiftStoreWriter *writer, gpointer data, GError **error)
{
  LiftBatchLimit limit = { 100, 1000000 };
  guint collected;

  /* The server has answered for some before, which it may forget. */
  return lift_outbox_set_last_mutation (writer, 4, error) &&
         lift_outbox_collect (writer, &limit, FUZZ_NOW, &collected, error);
}

static gboolean
refuse_one (LiftStoreWriter *writer, gpointer data, GError **error)
{
  LiftRefusal refusal = { NULL, FALSE };

  return lift_retry_record (lift_store_writer_get_database (writer), "BodyWeightEntry",
                            "00000000-0000-7000-8000-000000000024", &refusal, FUZZ_NOW, error);
}

static void
write_well (LiftStoreWriteFunc func)
{
  g_autoptr (GError) error = NULL;

  lift_store_write_sync (store, func, NULL, &error);
  g_assert_no_error (error);
}

/* 12 edited and under way, 13 edited since too, 14 clean; 20 deleted and under way, 21 edited and
 * not under way, 22 clean, 23 deleted and not under way, 24 refused; 30 new and under way, 31 new
 * and edited since, 32 new and not under way. */
static void
make_rows (void)
{
  write_well (take_first_page);
  edit (LIFT_TYPE_SET_PLAN, "00000000-0000-7000-8000-000000000012", "targetReps", "6");
  edit (LIFT_TYPE_SET_PLAN, "00000000-0000-7000-8000-000000000013", "targetReps", "7");
  edit (LIFT_TYPE_SET_PLAN, "00000000-0000-7000-8000-000000000013", "notes", "slow");
  delete (LIFT_TYPE_BODY_WEIGHT_ENTRY, "00000000-0000-7000-8000-000000000020");
  edit (LIFT_TYPE_BODY_WEIGHT_ENTRY, "00000000-0000-7000-8000-000000000024", "weight", "70");
  write_well (refuse_one);
  add_entry ("00000000-0000-7000-8000-000000000030", "2026-02-10");
  add_entry ("00000000-0000-7000-8000-000000000031", "2026-02-11");
  write_well (collect);
  edit (LIFT_TYPE_SET_PLAN, "00000000-0000-7000-8000-000000000013", "targetReps", "8");
  edit (LIFT_TYPE_BODY_WEIGHT_ENTRY, "00000000-0000-7000-8000-000000000031", "weight", "91");
  edit (LIFT_TYPE_BODY_WEIGHT_ENTRY, "00000000-0000-7000-8000-000000000021", "weight", "81");
  delete (LIFT_TYPE_BODY_WEIGHT_ENTRY, "00000000-0000-7000-8000-000000000023");
  add_entry ("00000000-0000-7000-8000-000000000032", "2026-02-12");
}

static LiftStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;

  if (clock_now == NULL)
    clock_now = lift_virtual_clock_new (FUZZ_NOW, 7);
  store = lift_store_open_inline (path, LIFT_CLOCK (clock_now), &error);
  g_assert_no_error (error);
  make_rows ();
  return store;
}

void
fuzz_store_make_file (const char *path)
{
  LiftStore *kept = store;

  g_object_unref (open_store (path));
  store = kept;
}

typedef struct
{
  LiftStoreWriteFunc func;
  gpointer data;
} Try;

static gboolean
try_it (LiftStoreWriter *writer, gpointer data, GError **error)
{
  Try *self = data;
  g_autoptr (GError) local_error = NULL;
  gboolean done = self->func (writer, self->data, &local_error);

  fuzz_assert_error (!done, local_error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "taken back");
  return FALSE;
}

void
fuzz_store_try (LiftStoreWriteFunc func, gpointer data)
{
  Try self = { func, data };
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    open_store (":memory:");
  lift_store_write_sync (store, try_it, &self, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_rows (LiftStoreWriter *writer, const LiftEntityInfo *info, GHashTable *rows)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\"%s", info->table,
                                          g_str_equal (info->name, "Exercise")
                                            ? " WHERE id LIKE '00000000-%' OR pending IS NOT NULL"
                                            : "");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      LiftEntity *row = lift_store_writer_load (writer, info, id, &error);

      g_assert_no_error (error);
      g_assert_nonnull (row);
      g_hash_table_insert (rows, g_strconcat (info->name, "/", id, NULL), row);
    }
}

/* All rows but the catalogue, of which there are many. */
GHashTable *
fuzz_store_list_rows (LiftStoreWriter *writer)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    add_rows (writer, lift_registry_get (i), rows);
  return rows;
}

GPtrArray *
fuzz_store_list_flights (LiftStoreWriter *writer)
{
  LiftBatchLimit limit = { 100, 1000000 };
  g_autoptr (GError) error = NULL;
  GPtrArray *flights = lift_outbox_list (lift_store_writer_get_database (writer), 0, &limit,
                                         FUZZ_NOW, &error);

  g_assert_no_error (error);
  return flights;
}

/* @sql has two parameters, type and id. */
gint64
fuzz_store_count (LiftStoreWriter *writer, const char *sql, const char *type, const char *id)
{
  g_autoptr (GError) error = NULL;
  gint64 count;

  lift_database_get_int (lift_store_writer_get_database (writer), &count, &error, sql, "ss", type,
                         id);
  g_assert_no_error (error);
  return count;
}

static void
check_book (const char *what, const char *text)
{
  g_autoptr (JsonObject) object = text != NULL ? lift_json_parse_object (text, -1, NULL) : NULL;

  if (text != NULL && object == NULL)
    fuzz_fail (what, text);
}

/* What each row has to be, whatever came: its book-keeping can be read. What is under way may be of a
 * row that has gone with the access to it. */
void
fuzz_store_check (LiftStoreWriter *writer)
{
  g_autoptr (GHashTable) rows = fuzz_store_list_rows (writer);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LiftEntity *row = value;

      check_book ("unreadable pending", row->pending);
      check_book ("unreadable base", row->base);
      check_book ("unreadable extra", row->extra);
      if (row->id == NULL || row->id[0] == '\0')
        fuzz_fail ("a row without an id", key);
    }
}
