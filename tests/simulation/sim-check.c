/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-store-writer.h"
#include "lift-sync-journal.h"
#include "sim-end.h"

/* What must hold when all faults have healed and nothing moves any more: of each device by itself,
 * and against the server. */

/* A device, with what its user may see and is told. */
typedef struct
{
  SimEnd *end;
  SimWorld *world;
  SimDevice *device;
  GHashTable *rows;    /* `Type/id` → LiftEntity */
  GHashTable *waiting; /* `Type/id` → LiftWaitingRow */
  LiftServerRights *rights;
} Screen;

/* Without what only this device keeps. */
static char *
print_row (LiftEntity *row)
{
  g_autoptr (LiftEntity) copy = lift_entity_copy (row);
  GString *out = g_string_new (NULL);

  g_clear_pointer (&copy->extra, g_free);
  lift_entity_write_json (copy, out, LIFT_FIELD_SET_ALL);
  return g_string_free (out, FALSE);
}

static gboolean
may_be_refused (SimWorld *world)
{
  return world->weak || (world->plan.faults & (SIM_LOCK | SIM_ACCESS | SIM_PUBLISH | SIM_RESTORE |
                                               SIM_OLD_COPY | SIM_TWINS | SIM_PURGE)) != 0;
}

static gboolean
count_retried (LiftDatabase *database, gpointer user_data, GError **error)
{
  return lift_database_get_int (database, user_data, error,
                                "SELECT count(*) FROM failure WHERE next_retry_at IS NOT NULL AND "
                                "faults NOT LIKE '%PARENT_MISSING%'",
                                "");
}

guint
sim_count_retried (SimDevice *device)
{
  gint64 count = 0;
  g_autoptr (GError) error = NULL;

  lift_store_read_sync (device->seats[0].store, count_retried, &count, &error);
  g_assert_no_error (error);
  return count;
}

static void
check_status (Screen *self)
{
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;
  guint parked = sim_has (self->world, SIM_NEWER_SERVER) && self->device->has_pulled ? 2 : 0;

  lift_store_get_status_sync (self->device->seats[0].store, &status, &error);
  g_assert_no_error (error);
  if (status.pending != status.needs_attention + status.retrying ||
      status.pending != g_hash_table_size (self->waiting) || sim_count_retried (self->device) > 0)
    sim_fail (self->world, "device %u: %u rows wait for ever, %u of them for their user, %u told",
              self->device->number, status.pending, status.needs_attention,
              g_hash_table_size (self->waiting));
  if (status.pending > 0 && !may_be_refused (self->world))
    sim_fail (self->world, "device %u: %u rows are refused, and nothing was wrong with them",
              self->device->number, status.needs_attention);
  if (status.parked != parked)
    sim_fail (self->world, "device %u: %u rows are parked, not %u", self->device->number,
              status.parked, parked);
}

/* What people do here is never out of range, and no answer is missing for good. */
static gboolean
is_reason (SimWorld *world, LiftFault *fault)
{
  if (fault->message == NULL || *fault->message == '\0')
    return FALSE;
  switch ((int) fault->code)
    {
    case LIFT_FAULT_LOCKED:
      return sim_has (world, SIM_LOCK);
    case LIFT_FAULT_FORBIDDEN:
    case LIFT_FAULT_BAD_REFERENCE:
    case LIFT_FAULT_PARENT_MISSING:
      return TRUE;
    case LIFT_FAULT_DUPLICATE:
      return sim_has (world, SIM_TWINS);
    default:
      return FALSE;
    }
}

/* What names a refused row is tried again now and then, for that may change. */
static gboolean
is_told (LiftWaitingRow *row)
{
  LiftFault *fault = row->faults->len > 0 ? row->faults->pdata[0] : NULL;

  return row->state == LIFT_WAITING_NEEDS_ATTENTION || row->state == LIFT_WAITING_HELD ||
         (row->state == LIFT_WAITING_RETRY && fault != NULL &&
          fault->code == LIFT_FAULT_PARENT_MISSING);
}

static void
check_waiting (Screen *self, const char *key)
{
  LiftWaitingRow *row = g_hash_table_lookup (self->waiting, key);

  if (row == NULL || !is_told (row))
    sim_fail (self->world, "device %u: the user is not told that %s waits for them",
              self->device->number, key);
  else if (row->faults->len == 0 || !is_reason (self->world, row->faults->pdata[0]))
    sim_fail (self->world, "device %u: %s waits, and its user is told no reason: %s",
              self->device->number, key,
              row->faults->len > 0 ? ((LiftFault *) row->faults->pdata[0])->message : "none");
}

static gboolean
is_person (LiftEntity *row)
{
  return LIFT_IS_USER (row) || LIFT_IS_COACH (row) || LIFT_IS_ATHLETE (row);
}

static gboolean
is_shown (SimDevice *device, LiftServerRow *row)
{
  return device->is_coach || row->hidden == LIFT_SERVER_SHOWN;
}

/* People see of each other what they may. */
static LiftEntity *
cut_person (Screen *self, LiftServerRow *row, LiftEntity *local)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftEntity *seen = lift_entity_copy (local);

  lift_server_rights_write_row (self->rights, row, text);
  object = lift_json_parse_object (text->str, text->len, NULL);
  lift_entity_read_json (seen, object, faults);
  return seen;
}

static void
compare_row (Screen *self, const char *key, LiftServerRow *row, LiftEntity *local)
{
  SimDevice *device = self->device;
  g_autoptr (LiftEntity) seen = local != NULL && is_person (local) ? cut_person (self, row, local)
                                                                   : g_object_ref (row->entity);
  g_autofree char *theirs = print_row (seen);
  g_autofree char *ours = local != NULL ? print_row (local) : NULL;

  if (local != NULL && lift_entity_is_dirty (local))
    return;
  if (!is_shown (device, row))
    {
      if (local != NULL && !lift_entity_is_deleted (local))
        sim_fail (self->world, "device %u shows %s, which is not for it", device->number, key);
    }
  else if (g_strcmp0 (ours, theirs) != 0)
    sim_fail (self->world, "device %u differs in %s: %s, not %s", device->number, key,
              ours != NULL ? ours : "nothing", theirs);
}

/* Where a row lives; of one that the server never had, where it would. */
static char *
find_scope (SimEnd *end, const char *key, LiftEntity *row)
{
  LiftServerRow *there = g_hash_table_lookup (end->server, key);
  const char *athlete = lift_entity_get_athlete_id (row);
  g_autofree char *coach = NULL;

  if (there != NULL)
    return g_strdup (there->scope);
  if (athlete != NULL)
    return g_strconcat ("athlete:", athlete, NULL);
  g_object_get (row, "coach-id", &coach, NULL);
  return g_strconcat ("coach:", coach, NULL);
}

/* What an earlier coach had named stays: the athlete's own history speaks of it. */
static gboolean
may_stay (SimDevice *device, LiftEntity *row)
{
  return !device->is_coach && (LIFT_IS_VARIANT (row) || LIFT_IS_EXERCISE (row) ||
                               LIFT_IS_COACH (row) || LIFT_IS_USER (row));
}

/* What the server forgot of another's rows may be nowhere else, so it stays until they give it back. */
static gboolean
is_kept (Screen *self, const char *key, LiftEntity *row)
{
  g_autofree char *scope = find_scope (self->end, key, row);

  return sim_has (self->world, SIM_RESTORE) && row->last_synced_at == LIFT_INT_NULL &&
         !g_hash_table_contains (self->end->server, key) &&
         !lift_server_rights_may_write (self->rights, lift_entity_get_info (row), scope);
}

static void
check_own (Screen *self, const char *key, LiftEntity *row)
{
  g_autofree char *scope = find_scope (self->end, key, row);
  gboolean dirty = lift_entity_is_dirty (row);

  if (!lift_server_rights_may_read (self->rights, scope) &&
      (dirty || !may_stay (self->device, row)))
    sim_fail (self->world, "device %u has %s, which is not its own", self->device->number, key);
  /* That a tombstone was purged is learnt with the next change of its scope. */
  else if (!dirty && !lift_entity_is_deleted (row) &&
           !g_hash_table_contains (self->end->server, key) && !is_kept (self, key, row))
    sim_fail (self->world, "device %u has %s, which the server does not have", self->device->number,
              key);
  if (sim_has (self->world, SIM_NEWER_SERVER) && !self->world->weak && !dirty &&
      LIFT_IS_EXERCISE_PLAN (row) && row->extra == NULL)
    sim_fail (self->world, "device %u lost what it does not know of %s", self->device->number, key);
}

/* A row that waits for its user may have lost what it was made in, of which they are told; one whose
 * parent's delete was refused lives on under it. */
static void
check_parent (Screen *self, const char *key, LiftEntity *row)
{
  const LiftField *parent = lift_entity_get_info (row)->parent;
  g_autofree char *above = NULL;
  LiftEntity *found;

  if (parent == NULL || lift_entity_is_deleted (row) || lift_entity_is_dirty (row) ||
      lift_entity_get_parent_id (row) == NULL)
    return;
  above = g_strconcat (parent->target, "/", lift_entity_get_parent_id (row), NULL);
  found = g_hash_table_lookup (self->rows, above);
  if (found != NULL && lift_entity_is_dirty (found))
    return;
  if (found == NULL || lift_entity_is_deleted (found))
    sim_fail (self->world, "device %u shows %s without %s", self->device->number, key, above);
}

static void
check_rows (Screen *self)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      check_own (self, key, row);
      check_parent (self, key, row);
      if (lift_entity_is_dirty (row))
        check_waiting (self, key);
      if (lift_entity_is_dirty (row) || is_kept (self, key, row))
        sim_end_add_waiting (self->end, row);
    }
  g_hash_table_iter_init (&iter, self->end->server);
  while (g_hash_table_iter_next (&iter, &key, &row))
    if (lift_server_rights_may_read (self->rights, ((LiftServerRow *) row)->scope))
      compare_row (self, key, row, g_hash_table_lookup (self->rows, key));
}

/* What the sync page of the device would tell. */
static GHashTable *
list_waiting (SimDevice *device)
{
  GHashTable *waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) lift_waiting_row_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = lift_sync_list_waiting (device->seats[0].store, &error);

  g_assert_no_error (error);
  g_ptr_array_set_free_func (list, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      LiftWaitingRow *row = list->pdata[i];

      g_hash_table_replace (waiting, g_strconcat (row->info->name, "/", row->id, NULL), row);
    }
  return waiting;
}

static LiftServerUser *
identify (SimDevice *device)
{
  g_autofree char *token = lift_api_dup_token (device->seats[0].api);
  LiftServerUser *user = lift_server_authenticate (device->world->server, token, NULL);
  g_autoptr (GError) error = NULL;

  if (user != NULL)
    return user;
  sim_device_sign_in (device);
  user = lift_server_authenticate (device->world->server, device->token, &error);
  g_assert_no_error (error);
  return user;
}

static LiftServerRights *
find_rights (SimWorld *world, LiftServerUser *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerConnection)
    connection = lift_server_database_begin (world->server->database, LIFT_SERVER_READ, &error);
  LiftServerRights *rights = lift_server_rights_load (connection, user, &error);

  g_assert_no_error (error);
  return rights;
}

static void
check_device (SimEnd *end, SimDevice *device)
{
  g_autoptr (GHashTable) rows = sim_end_read_device (device);
  g_autoptr (GHashTable) waiting = list_waiting (device);
  g_autoptr (LiftServerUser) user = identify (device);
  g_autoptr (LiftServerRights) rights = find_rights (end->world, user);
  Screen self = { end, end->world, device, rows, waiting, rights };

  check_status (&self);
  check_rows (&self);
  sim_end_add_journal (end, device, rows);
}

static void
open_only (SimDevice *device)
{
  if (device->rival != NULL)
    sim_device_close (device->rival);
  if (!sim_device_open (device))
    sim_fail (device->world, "device %u cannot open its store", device->number);
}

void
sim_check (SimWorld *world)
{
  g_autoptr (SimEnd) end = sim_end_new (world);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < world->n_devices; i++)
    {
      open_only (&world->devices[i]);
      if (world->violation != NULL)
        return;
      check_device (end, &world->devices[i]);
    }
  sim_check_values (end);
  if (!world->weak && world->alarms > 0)
    sim_fail (world, "a digest found a difference");
  if (world->plan.seed % 8 == 0 && !lift_server_check (world->server, &error))
    sim_fail (world, "the server's database is not whole: %s", error->message);
}
