/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include <string.h>

#include "lift-acknowledge.h"
#include "lift-edits.h"
#include "lift-json.h"
#include "lift-merge.h"

/*
 * Answers to a push, one a line, each to what is under way then. What the answer does not name as
 * taken stays pending with its value; what was edited after it was sent stays pending whatever the
 * answer says, unless the server has the same value by then; and what is not under way is left alone,
 * but for the instant of a delete that was answered in part. Where all starts over, a row that is new
 * here may be there.
 */

static gboolean
names (JsonObject *row, const char *name)
{
  g_autofree char *id = g_ascii_strdown (lift_json_get_string (row, "entityId"), -1);
  g_autofree char *other = g_strconcat (lift_json_get_string (row, "entityType"), "/", id, NULL);

  return g_str_equal (other, name);
}

static gboolean
is_named (JsonArray *rows, const char *name)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (names (json_array_get_object_element (rows, i), name))
      return TRUE;
  return FALSE;
}

/* Whether the server has come to the value that was to be sent. */
static gboolean
has_value (JsonArray *rows, const char *name, const LiftField *field, LiftEntity *row)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *element = json_array_get_object_element (rows, i);
      JsonObject *object = lift_json_get_object (element, "entity");
      g_autoptr (GPtrArray) faults = lift_fault_list_new ();
      g_autoptr (LiftWireRow) server = NULL;

      if (object != NULL && names (element, name))
        server = lift_wire_row_read (lift_entity_get_info (row), object, faults);
      if (server != NULL && lift_field_equal (field, server->entity, row))
        return TRUE;
    }
  return FALSE;
}

static LiftFlight *
find_flight (GPtrArray *flights, const char *name)
{
  for (guint i = 0; i < flights->len; i++)
    {
      LiftFlight *flight = g_ptr_array_index (flights, i);
      g_autofree char *other = g_strconcat (flight->type, "/", flight->id, NULL);

      if (g_str_equal (other, name))
        return flight;
    }
  return NULL;
}

/* Every field that is pending under a number that was not sent. */
static void
check_newer (
  JsonArray *succeeded, const char *name, LiftFlight *flight, LiftEntity *before, LiftEntity *after)
{
  const LiftEntityInfo *info = lift_entity_get_info (before);
  g_autoptr (JsonObject) pending = lift_edits_parse (before->pending);
  g_autoptr (JsonObject) left = lift_edits_parse (after->pending);
  g_autoptr (JsonObject) sent = lift_edits_parse (flight->sent);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const LiftField *field = info->fields[i];
      gint64 number = lift_json_get_int (pending, field->key, -1);

      if (number < 0 || number == lift_json_get_int (sent, field->key, -1))
        continue;
      if (lift_json_get_int (left, field->key, -1) != number && !lift_edits_is_new (left) &&
          !has_value (succeeded, name, field, before))
        fuzz_fail ("a newer edit is no longer pending", name);
      if (!lift_field_equal (field, before, after))
        fuzz_fail ("a newer edit has lost its value", name);
    }
}

static gboolean
is_same_pending (LiftEntity *before, LiftEntity *after, gboolean realigned)
{
  g_autoptr (JsonObject) left = lift_edits_parse (after->pending);
  g_autofree char *text = NULL;

  if (!realigned || !lift_edits_is_new (left) || strstr (before->pending, "\"+\"") != NULL)
    return g_strcmp0 (before->pending, after->pending) == 0;
  json_object_remove_member (left, LIFT_EDITS_AGAIN);
  text = lift_edits_print (left);
  return g_strcmp0 (before->pending, text) == 0;
}

static LiftFieldSet
get_bit (const LiftEntityInfo *info, const char *key)
{
  return (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index;
}

static void
check_same (const char *name, LiftEntity *before, LiftEntity *after, gboolean realigned)
{
  const LiftEntityInfo *info = lift_entity_get_info (before);
  LiftFieldSet differ = lift_entity_diff (before, after) & ~get_bit (info, "pending");

  if (lift_entity_is_deleted (before) && lift_entity_is_deleted (after))
    differ &= ~get_bit (info, "deletedAt");
  if (differ != LIFT_FIELD_SET_NONE || !is_same_pending (before, after, realigned) ||
      g_strcmp0 (before->base, after->base) != 0)
    fuzz_fail ("a row changed that was not answered", name);
}

static void
check_row (GPtrArray *flights,
           GPtrArray *left,
           const LiftPushAnswer *answer,
           gboolean realigned,
           const char *name,
           LiftEntity *before,
           LiftEntity *after)
{
  LiftFlight *flight = find_flight (flights, name);
  gboolean taken = flight != NULL && !realigned && is_named (answer->succeeded, name) &&
                   !is_named (answer->failed, name);

  if (after == NULL)
    fuzz_fail ("a row is gone", name);
  if (!taken)
    check_same (name, before, after, realigned);
  else
    check_newer (answer->succeeded, name, flight, before, after);
  if (flight != NULL && !realigned && !taken && !is_named (answer->failed, name) &&
      find_flight (left, name) == NULL)
    fuzz_fail ("no longer under way, and nobody said so", name);
}

static void
check_rows (LiftStoreWriter *writer,
            GPtrArray *flights,
            const LiftPushAnswer *answer,
            gboolean realigned,
            GHashTable *before)
{
  g_autoptr (GHashTable) after = fuzz_store_list_rows (writer);
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_flight_free);
  GHashTableIter iter;
  gpointer name, row;

  for (guint i = 0; i < flights->len; i++)
    {
      const LiftFlight *flight = g_ptr_array_index (flights, i);
      LiftFlight *found = lift_outbox_find (lift_store_writer_get_database (writer), flight->type,
                                            flight->id, NULL);

      if (found != NULL)
        g_ptr_array_add (left, found);
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &name, &row))
    check_row (flights, left, answer, realigned, name, row, g_hash_table_lookup (after, name));
}

static void
take_answer (LiftStoreWriter *writer, const char *text)
{
  g_autoptr (GPtrArray) flights = fuzz_store_list_flights (writer);
  g_autoptr (GBytes) body = lift_outbox_write_request (flights, "device", 1, NULL);
  g_autoptr (GHashTable) before = fuzz_store_list_rows (writer);
  g_autoptr (LiftPushAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  LiftPushTally tally = { 0 };

  fuzz_store_set_answer (200, "application/json", text);
  answer = lift_api_push (fuzz_store_get_api (), body, NULL, &error);
  fuzz_assert_error (answer == NULL, error);
  if (answer == NULL)
    return;
  if (!lift_acknowledge (writer, flights, answer, FUZZ_NOW, &tally, &error))
    fuzz_fail ("an answer was not taken", error->message);
  check_rows (writer, flights, answer, tally.realigned, before);
  fuzz_store_check (writer);
}

static gboolean
take_answers (LiftStoreWriter *writer, gpointer data, GError **error)
{
  char **lines = data;

  for (guint i = 0; lines[i] != NULL; i++)
    take_answer (writer, lines[i]);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (GStrv) lines = fuzz_lines (data, size);

  fuzz_store_try (take_answers, lines);
  return 0;
}
