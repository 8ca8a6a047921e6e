/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-world.h"
#include "lift-database.h"
#include "lift-entities.h"

/* After the faults: no page is damaged, nothing that was confirmed is lost, the devices and the
 * server come to agree, and a device that has nothing yet sees the same rows. */

#define MAX_ROUNDS 5

static void
open_all (FaultWorld *self)
{
  g_autoptr (GError) error = NULL;

  if (self->server == NULL)
    fault_world_open_server (self, &error);
  if (error == NULL && self->athlete.store == NULL)
    fault_world_open_device (self, &self->athlete, &error);
  if (error == NULL && self->coach.store == NULL)
    fault_world_open_device (self, &self->coach, &error);
  if (error != NULL)
    fault_world_report (self, "without faults it does not open: %s", error->message);
}

static void
check_ledger (FaultWorld *self, FaultDevice *told, FaultDevice *asked)
{
  g_autofree char *lost = fault_ledger_check (told->ledger, asked->store);

  if (lost != NULL)
    fault_world_report (self, "what %s was told, on %s's device: %s", told->username,
                        asked->username, lost);
}

static void
check_pages (FaultWorld *self, FaultDevice *device)
{
  g_autoptr (GError) error = NULL;

  if (!lift_store_check_sync (device->store, &error))
    fault_world_report (self, "%s's store: %s", device->username, error->message);
}

/* Looks whether a store is whole and holds all that its user was told is saved. */
void
fault_world_check_store (FaultWorld *self, FaultDevice *device)
{
  check_pages (self, device);
  check_ledger (self, device, device);
}

/* The history of a field names each value once, since nobody writes a value twice: a repeat that
 * was applied again would put an old value back, and be replaced once more. */
static void
check_server (FaultWorld *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) raw = NULL;
  gint64 twice = 0;
  gint64 books = 0;

  if (!lift_server_check (self->server, &error))
    {
      fault_world_report (self, "the server's file: %s", error->message);
      return;
    }
  raw = lift_database_open (self->server_path, LIFT_DATABASE_READ, &error);
  if (raw == NULL ||
      !lift_database_get_int (raw, &twice, &error,
                              "SELECT count(*) FROM (SELECT 1 FROM history"
                              " WHERE field NOT IN ('deletedAt') AND old_value <> 'null'"
                              " GROUP BY type, id, field, old_value HAVING count(*) > 1)",
                              "") ||
      !lift_database_get_int (raw, &books, &error,
                              "SELECT count(*) FROM scope s WHERE s.all_rows <> (SELECT count(*)"
                              " FROM change c WHERE c.scope = s.name) OR s.seq <>"
                              " (SELECT max(seq) FROM change c WHERE c.scope = s.name)",
                              ""))
    fault_world_report (self, "the server's file: %s", error->message);
  else if (twice > 0 || books > 0)
    fault_world_report (self, "%d values were replaced twice, %d scopes do not add up", (int) twice,
                        (int) books);
}

static gboolean
waits (FaultWorld *self, FaultDevice *device, gboolean last)
{
  LiftStoreStatus status = { 0 };
  g_autoptr (GError) error = NULL;

  if (!lift_store_get_status_sync (device->store, &status, &error))
    fault_world_report (self, "%s's status: %s", device->username, error->message);
  if (last && (status.pending > 0 || status.parked > 0 || status.needs_attention > 0))
    fault_world_report (self, "%s: %u pending, %u retrying, %u in need of attention, %u parked",
                        device->username, status.pending, status.retrying, status.needs_attention,
                        status.parked);
  return status.pending > 0 || status.parked > 0;
}

static void
settle (FaultWorld *self)
{
  gboolean quiet = FALSE;

  for (guint i = 0; i < MAX_ROUNDS && !quiet; i++)
    {
      gboolean last = i + 1 == MAX_ROUNDS;

      quiet = fault_world_sync (&self->athlete);
      quiet = fault_world_sync (&self->coach) && quiet;
      quiet = fault_world_sync (&self->athlete) && quiet;
      quiet = !waits (self, &self->athlete, last) && !waits (self, &self->coach, last) && quiet;
      lift_virtual_clock_advance (self->clock, 9 * G_TIME_SPAN_MINUTE);
    }
  if (!quiet)
    fault_world_report (self, "it does not come to rest");
}

static void
print_type (FaultWorld *self, FaultDevice *device, GType gtype, GString *out)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (device->store, query, &error);
  if (rows == NULL)
    {
      fault_world_report (self, "%s's rows: %s", device->username, error->message);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      lift_entity_write_json (g_ptr_array_index (rows, i), out, LIFT_FIELD_SET_ALL);
      g_string_append_c (out, '\n');
    }
}

static char *
print_rows (FaultWorld *self, FaultDevice *device)
{
  GString *out = g_string_new (NULL);

  print_type (self, device, LIFT_TYPE_TRAINING_PLAN, out);
  print_type (self, device, LIFT_TYPE_EXERCISE_PLAN, out);
  print_type (self, device, LIFT_TYPE_SET_PLAN, out);
  print_type (self, device, LIFT_TYPE_TRAINING_SESSION, out);
  print_type (self, device, LIFT_TYPE_EXERCISE_SESSION, out);
  print_type (self, device, LIFT_TYPE_SET_SESSION, out);
  print_type (self, device, LIFT_TYPE_BODY_WEIGHT_ENTRY, out);
  return g_string_free (out, FALSE);
}

/* Tells of the first row that differs. */
static void
compare (FaultWorld *self, FaultDevice *a, FaultDevice *b)
{
  g_autofree char *rows_of_a = print_rows (self, a);
  g_autofree char *rows_of_b = print_rows (self, b);
  g_auto (GStrv) one = g_strsplit (rows_of_a, "\n", -1);
  g_auto (GStrv) other = g_strsplit (rows_of_b, "\n", -1);
  guint i = 0;

  while (one[i] != NULL && g_strcmp0 (one[i], other[i]) == 0)
    i++;
  if (one[i] != NULL || other[i] != NULL)
    fault_world_report (self, "the devices of %s and %s%s differ from row %u on:\n%s\nand\n%s",
                        a->username, b->username, b == &self->fresh ? " (a fresh one)" : "", i,
                        one[i], other[i]);
}

/* To pull everything takes as long as all the rest, so each fourth time has to do: the coach's
 * device has read all that is new from the server as well. */
static void
compare_with_fresh (FaultWorld *self)
{
  g_autoptr (GError) error = NULL;

  compare (self, &self->athlete, &self->coach);
  if (self->n_checks++ % 4 != 0 && fault_ledger_get_confirmed (self->fresh.ledger) == 0)
    return;
  fault_world_open_device (self, &self->fresh, &error);
  g_assert_no_error (error);
  if (!fault_world_sync (&self->fresh))
    fault_world_report (self, "a fresh device cannot pull");
  compare (self, &self->athlete, &self->fresh);
  check_ledger (self, &self->fresh, &self->athlete);
}

void
fault_world_check (FaultWorld *self)
{
  open_all (self);
  if (self->coach.store == NULL || self->athlete.store == NULL)
    return;
  fault_world_check_store (self, &self->athlete);
  check_pages (self, &self->coach);
  settle (self);
  check_server (self);
  compare_with_fresh (self);
  check_ledger (self, &self->athlete, &self->athlete);
  /* What the athlete has replaced of the coach's is in the athlete's journal. */
  check_ledger (self, &self->coach, &self->athlete);
}
