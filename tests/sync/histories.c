/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histories.h"

static void
commit (Device *device, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (device->store, batch, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inverse);
}

const LiftEntityInfo *
stage_get_info (Stage *self, guint place)
{
  return lift_entity_info_for_gtype (self->subject->types[place]());
}

LiftEntity *
stage_load (Stage *self, Device *device, guint slot, guint place)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = NULL;

  if (self->ids[slot][place] != NULL)
    row = lift_store_get_sync (device->store, stage_get_info (self, place), self->ids[slot][place],
                               &error);
  g_assert_no_error (error);
  return row;
}

char *
stage_dup_value (Stage *self, Device *device, guint slot, const char *key)
{
  g_autoptr (LiftEntity) row = stage_load (self, device, slot, self->subject->at);

  if (row == NULL)
    return NULL;
  return lift_field_print (lift_entity_info_find (lift_entity_get_info (row), key), row);
}

/* A value that nobody else writes; the texts of numbers are numbers. */
static char *
make_value (Stage *self, const LiftField *field)
{
  self->counter++;
  if (field->kind == LIFT_FIELD_TEXT)
    return g_strdup_printf ("v%u", self->counter);
  return g_strdup_printf ("%u", self->counter);
}

static void
type_value (Stage *self, LiftEntity *row, const char *key, Typed *typed)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);
  char **place = g_str_equal (key, "notes") ? &typed->notes : &typed->second;

  g_free (*place);
  *place = make_value (self, field);
  g_assert_cmpint (lift_field_scan (field, row, *place), ==, LIFT_FAULT_NONE);
}

static const char *
get_exercise (Device *device)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_limit (query, 1, 0);
  rows = lift_store_query_sync (device->store, query, NULL);
  return g_intern_string (LIFT_ENTITY (rows->pdata[0])->id);
}

static void
set_if_there (LiftEntity *row, const char *key, const char *text)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  if (field != NULL)
    g_assert_cmpint (lift_field_scan (field, row, text), ==, LIFT_FAULT_NONE);
}

static LiftEntity *
make_row (Stage *self, Device *device, guint slot, guint place)
{
  LiftEntity *row = lift_entity_new (self->subject->types[place](), LIFT_CLOCK (world_clock));
  const LiftField *parent = lift_entity_get_info (row)->parent;

  set_if_there (row, "athleteId", self->world->athlete);
  set_if_there (row, "name", "A day");
  set_if_there (row, "weight", "80");
  set_if_there (row, "date", "2026-03-02");
  set_if_there (row, "sessionDate", "2026-03-02");
  set_if_there (row, "measurementDate", "2026-03-02");
  set_if_there (row, "exerciseId", get_exercise (device));
  if (parent != NULL)
    set_if_there (row, parent->key, self->ids[slot][place - 1]);
  g_assert_null (self->ids[slot][place]);
  self->ids[slot][place] = g_strdup (row->id);
  return row;
}

/* Adds the rows from @first on, each a part of the one before. */
static void
add_rows (Stage *self, Device *device, guint slot, guint first, guint last, Typed *typed)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");

  for (guint place = first; place <= last && self->subject->types[place] != NULL; place++)
    {
      g_autoptr (LiftEntity) row = make_row (self, device, slot, place);

      if (place == self->subject->at)
        {
          type_value (self, row, "notes", typed);
          type_value (self, row, self->subject->second, typed);
        }
      lift_batch_insert (batch, row);
    }
  commit (device, batch);
}

void
stage_add (Stage *self, Device *device, guint slot, Phase *phase)
{
  guint at = self->subject->at;
  Typed *typed = &phase->slots[slot];

  /* A second row is a part of the same parent. */
  if (slot > 0 && at > 0)
    self->ids[slot][at - 1] = g_strdup (self->ids[0][at - 1]);
  add_rows (self, device, slot, at, MAX_CHAIN, typed);
  typed->added = typed->touched = TRUE;
  typed->deleted = FALSE;
}

void
stage_edit (Stage *self, Device *device, guint slot, const char *key, Phase *phase)
{
  Typed *typed = &phase->slots[slot];
  const LiftEntityInfo *info = stage_get_info (self, self->subject->at);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  g_autoptr (LiftEntity) row = NULL;

  row = stage_load (self, device, slot, self->subject->at);
  g_assert_nonnull (row);
  if (lift_entity_is_deleted (row))
    {
      stage_restore (self, device, slot, phase);
      g_clear_object (&row);
      row = stage_load (self, device, slot, self->subject->at);
    }
  type_value (self, row, key, typed);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index);
  commit (device, batch);
  typed->touched = TRUE;
  typed->deleted = FALSE;
}

void
stage_delete (Stage *self, Device *device, guint slot, Phase *phase)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  lift_batch_delete (batch, stage_get_info (self, self->subject->at),
                     self->ids[slot][self->subject->at]);
  commit (device, batch);
  phase->slots[slot].touched = phase->slots[slot].deleted = TRUE;
}

void
stage_delete_parent (Stage *self, Device *device, Phase *phase)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete all");

  lift_batch_delete (batch, stage_get_info (self, 0), self->ids[0][0]);
  commit (device, batch);
  for (guint slot = 0; slot < N_SLOTS; slot++)
    phase->slots[slot].touched = phase->slots[slot].deleted = TRUE;
  phase->slots[0].parent_deleted = TRUE;
}

void
stage_restore (Stage *self, Device *device, guint slot, Phase *phase)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Restore");

  lift_batch_restore (batch, stage_get_info (self, self->subject->at),
                      self->ids[slot][self->subject->at]);
  commit (device, batch);
  phase->slots[slot].touched = TRUE;
  phase->slots[slot].deleted = FALSE;
}

/* A world takes its time, most of it for the catalogue: it serves some histories. */
#define HISTORIES_A_WORLD 40

static World world;
static guint n_histories;

void
stage_close_world (void)
{
  if (n_histories > 0)
    world_clear (&world);
  n_histories = 0;
}

static World *
take_world (void (*during) (gpointer device))
{
  if (n_histories == HISTORIES_A_WORLD)
    stage_close_world ();
  if (n_histories++ == 0)
    world_init (&world, 1, 3, during);
  return &world;
}

/* Everybody has synced once, so that nobody asks again how far the server counts, and the rows
 * that the history needs are everywhere. */
void
stage_init (Stage *self, const Subject *subject, void (*during) (gpointer device))
{
  Typed nothing = { 0 };

  /* From a number that every field takes. */
  *self = (Stage){ .subject = subject, .counter = 100 };
  self->world = take_world (during);
  if (subject->at > 0)
    add_rows (self, &self->world->devices[0], 0, 0, subject->at - 1, &nothing);
  for (guint i = 0; i < self->world->n_devices; i++)
    world_sync_device (&self->world->devices[i]);
}

void
stage_clear (Stage *self)
{
  for (guint slot = 0; slot < N_SLOTS; slot++)
    for (guint place = 0; place < MAX_CHAIN; place++)
      g_free (self->ids[slot][place]);
}

void
phase_clear (Phase *phase)
{
  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      g_free (phase->slots[slot].notes);
      g_free (phase->slots[slot].second);
    }
  *phase = (Phase){ 0 };
}

static gboolean
take_value (const char **held, const char *typed)
{
  if (typed == NULL || g_strcmp0 (*held, typed) == 0)
    return FALSE;
  *held = typed;
  return TRUE;
}

/*
 * expected_apply:
 *
 * What reached the server after something else, without knowing of it, stands: field by field. A
 * delete stands until somebody edits or restores, which brings the row back as one change, and
 * writes what was typed as a second one.
 */
void
expected_apply (Expected *self, const Typed *typed)
{
  gboolean came = !self->exists && typed->added;
  gboolean deleted = self->deleted;
  gboolean wrote;

  if (!typed->touched || (!self->exists && !came))
    return;
  wrote = take_value (&self->notes, typed->notes);
  wrote = take_value (&self->second, typed->second) || wrote;
  self->exists = TRUE;
  self->deleted = typed->deleted;
  if (came)
    self->version = 1;
  else
    self->version += (deleted && !typed->deleted) + (wrote || (!deleted && typed->deleted));
}
