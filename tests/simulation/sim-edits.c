/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-world.h"

/* What the users do, each knowing only what their own device shows. */

typedef GType (*TypeFunc) (void);

GType (*const sim_types[]) (void) = {
  lift_body_weight_entry_get_type,
  lift_training_plan_get_type,
  lift_exercise_plan_get_type,
  lift_set_plan_get_type,
  lift_training_session_get_type,
  lift_exercise_session_get_type,
  lift_set_session_get_type,
  lift_variant_get_type,
  lift_exercise_get_type,
  lift_exercise_plan_variant_get_type,
  lift_exercise_session_variant_get_type,
  NULL,
};

static const TypeFunc athlete_types[] = {
  lift_body_weight_entry_get_type, lift_training_session_get_type, lift_exercise_session_get_type,
  lift_set_session_get_type,       lift_set_session_get_type,      lift_training_plan_get_type,
};

static const TypeFunc coach_types[] = {
  lift_training_plan_get_type, lift_exercise_plan_get_type,    lift_set_plan_get_type,
  lift_set_plan_get_type,      lift_training_session_get_type, lift_variant_get_type,
  lift_exercise_plan_get_type, lift_set_session_get_type,
};

/* Those of which there may be two where there should be one, and what they need. */
static const TypeFunc twin_types[] = {
  lift_exercise_get_type,
  lift_exercise_get_type,
  lift_exercise_plan_variant_get_type,
  lift_exercise_plan_variant_get_type,
  lift_exercise_plan_variant_get_type,
  lift_exercise_session_variant_get_type,
  lift_exercise_plan_get_type,
  lift_variant_get_type,
};

static const LiftEntityInfo *
choose_type (SimSeat *seat)
{
  SimWorld *world = seat->device->world;
  TypeFunc type;

  if (sim_has (world, SIM_TWINS) && sim_chance (world, 70))
    return lift_entity_info_for_gtype (twin_types[sim_below (world, G_N_ELEMENTS (twin_types))]());

  /* Where everybody may write. */
  if (world->plan.narrow)
    return lift_entity_info_for_gtype (
      athlete_types[sim_chance (world, 50) ? 1 : 1 + sim_below (world, 3)]());
  if (sim_chance (world, 40))
    return lift_entity_info_for_gtype (world->plan.seed % 2 ? LIFT_TYPE_TRAINING_SESSION
                                                            : LIFT_TYPE_TRAINING_PLAN);
  type = seat->device->is_coach ? coach_types[sim_below (world, G_N_ELEMENTS (coach_types))]
                                : athlete_types[sim_below (world, G_N_ELEMENTS (athlete_types))];

  return lift_entity_info_for_gtype (type ());
}

static GPtrArray *
list_rows (SimSeat *seat, GType type, gboolean with_deleted)
{
  g_autoptr (LiftQuery) query = lift_query_new (type);

  if (with_deleted)
    lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  return lift_store_query_sync (seat->store, query, NULL);
}

/* Mostly one of the first: people meet in the same rows. */
static LiftEntity *
choose_row (SimSeat *seat, GType type, gboolean with_deleted)
{
  SimWorld *world = seat->device->world;
  g_autoptr (GPtrArray) rows = list_rows (seat, type, with_deleted);
  guint n;

  if (rows == NULL || rows->len == 0)
    return NULL;
  n = sim_chance (world, 75) ? MIN (rows->len, 2) : rows->len;
  return g_object_ref (g_ptr_array_index (rows, sim_below (world, n)));
}

/* Returns: whether the write is on the disk. A device that dies on the way is started again, and
 * nobody was told that it was saved. */
static gboolean
commit (SimSeat *seat, LiftBatch *batch)
{
  SimDevice *device = seat->device;
  g_autoptr (GError) error = NULL;
  LiftBatch *inverse = lift_store_commit_sync (seat->store, batch, &error);

  if (inverse != NULL)
    {
      g_clear_pointer (&seat->inverse, lift_batch_unref);
      seat->inverse = inverse;
      return TRUE;
    }
  if (sim_disk_is_dead (device->path))
    sim_device_crash (device);
  else
    sim_trace (device->world, "device %u: not saved: %s", device->number, error->message);
  return FALSE;
}

/* The last write can be undone, even much later. */
static void
keep_undo (SimSeat *seat, const char *root)
{
  if (seat->inverse == NULL)
    return;
  g_free (seat->undo_root);
  seat->undo_root = g_strdup (root);
  g_clear_pointer (&seat->undo, lift_batch_unref);
  seat->undo = g_steal_pointer (&seat->inverse);
}

/* What is there after a death in the middle of a write was written. */
static gboolean
is_there (SimSeat *seat, LiftEntity *row, const LiftField *field)
{
  LiftStore *store = seat->device->seats[0].store;
  g_autoptr (LiftEntity)
    now = store != NULL ? lift_store_get_sync (store, lift_entity_get_info (row), row->id, NULL)
                        : NULL;

  return now != NULL && (field == NULL || lift_field_equal (field, now, row));
}

/* A value that nobody else writes. */
static void
set_value (SimWorld *world, LiftEntity *row, const LiftField *field)
{
  g_autofree char *text = g_strdup_printf ("v%u", ++world->model->counter);

  if (lift_field_is_double (field))
    lift_field_set_double (field, row, 50 + world->model->counter / 1000.0);
  else
    lift_field_set_text (field, row, text);
}

/* Returns: (nullable): none in a row that is only made and deleted */
static const LiftField *
choose_field (SimWorld *world, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  const char *const *names = sim_watched_fields (info);
  guint n = g_strv_length ((char **) names);

  if (n < 2)
    return n == 1 ? lift_entity_info_find (info, names[0]) : NULL;
  return lift_entity_info_find (
    info, names[world->plan.narrow && sim_chance (world, 70) ? 0 : sim_below (world, 2)]);
}

static void
note_insert (SimSeat *seat, LiftEntity *row)
{
  SimModel *model = seat->device->world->model;
  const LiftEntityInfo *info = lift_entity_get_info (row);
  SimRow *added = sim_model_add_row (model, row, seat->device->number);

  for (const char *const *name = sim_watched_fields (info); *name != NULL; name++)
    sim_model_add_write (model, row, lift_entity_info_find (info, *name), NULL,
                         seat->device->number);
  keep_undo (seat, added->root);
}

static char *
choose_athlete (SimSeat *seat)
{
  g_autoptr (LiftEntity) athlete = NULL;

  if (!seat->device->is_coach)
    return g_strdup (sim_athlete_of (seat->device->world, seat->device->username));
  athlete = choose_row (seat, LIFT_TYPE_ATHLETE, FALSE);
  return athlete != NULL ? g_strdup (athlete->id) : NULL;
}

static char *
find_exercise (SimSeat *seat)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_limit (query, 1, 0);
  rows = lift_store_query_sync (seat->store, query, NULL);
  return rows != NULL && rows->len > 0 ? g_strdup (((LiftEntity *) rows->pdata[0])->id) : NULL;
}

/* A child takes the athlete of its parent. */
static gboolean
place_child (SimSeat *seat, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  const LiftEntityInfo *above = lift_registry_find (info->parent->target);
  g_autoptr (LiftEntity) parent = choose_row (seat, above->gtype, FALSE);
  LiftField *exercise = lift_entity_info_find (info, "exerciseId");
  g_autofree char *exercise_id = exercise != NULL ? find_exercise (seat) : NULL;

  if (parent == NULL)
    return FALSE;
  lift_field_set_text (info->parent, row, parent->id);
  lift_field_set_text (lift_entity_info_find (info, "athleteId"), row,
                       lift_entity_get_athlete_id (parent));
  if (exercise != NULL)
    lift_field_set_text (exercise, row, exercise_id);
  return TRUE;
}

static gboolean
place_root (SimSeat *seat, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  LiftField *day = lift_entity_info_find (info, "date");
  g_autofree char *athlete = choose_athlete (seat);

  if (day == NULL)
    day = lift_entity_info_find (info, "sessionDate");
  if (day == NULL)
    day = lift_entity_info_find (info, "measurementDate");
  if (day != NULL)
    lift_field_set_text (day, row, "2026-03-02");
  if (athlete != NULL)
    lift_field_set_text (lift_entity_info_find (info, "athleteId"), row, athlete);
  return athlete != NULL;
}

/* What people would call the same. */
static gboolean
place_exercise (SimSeat *seat, LiftEntity *row)
{
  static const char *const names[] = { "Sled", "sled", "Sléd", "Yoke" };
  g_autoptr (LiftEntity) coach = choose_row (seat, LIFT_TYPE_COACH, FALSE);
  const char *athlete = sim_athlete_of (seat->device->world, seat->device->username);

  if (athlete == NULL && coach == NULL)
    return FALSE;
  lift_entity_set (row, "name", names[sim_below (seat->device->world, G_N_ELEMENTS (names))],
                   athlete != NULL ? "athlete-id" : "coach-id",
                   athlete != NULL ? athlete : coach->id, NULL);
  return TRUE;
}

static gboolean
place_pair (SimSeat *seat, LiftEntity *row)
{
  g_autoptr (LiftEntity) variant = choose_row (seat, LIFT_TYPE_VARIANT, FALSE);

  if (variant == NULL)
    return FALSE;
  lift_entity_set (row, "variant-id", variant->id, NULL);
  return place_child (seat, row);
}

static gboolean
place (SimSeat *seat, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (LiftEntity) coach = NULL;

  if (info->gtype == LIFT_TYPE_EXERCISE)
    return place_exercise (seat, row);
  if (lift_entity_info_find (info, "variantId") != NULL)
    return place_pair (seat, row);
  if (info->parent != NULL)
    return place_child (seat, row);
  if (info->gtype != LIFT_TYPE_VARIANT)
    return place_root (seat, row);
  coach = choose_row (seat, LIFT_TYPE_COACH, FALSE);
  if (coach == NULL)
    return FALSE;
  lift_entity_set (row, "coach-id", coach->id, NULL);
  return TRUE;
}

/* What the apps offer: nobody changes another's exercises and variants. */
static gboolean
is_offered (SimSeat *seat, LiftEntity *row)
{
  const char *athlete = sim_athlete_of (seat->device->world, seat->device->username);

  if (LIFT_IS_VARIANT (row))
    return seat->device->is_coach;
  return !LIFT_IS_EXERCISE (row) || g_strcmp0 (LIFT_EXERCISE (row)->athlete_id, athlete) == 0;
}

static gboolean
has_enough (SimSeat *seat, const LiftEntityInfo *info)
{
  g_autoptr (GPtrArray) rows = list_rows (seat, info->gtype, FALSE);

  return rows != NULL && rows->len >= 2;
}

static void
insert_row (SimSeat *seat)
{
  SimWorld *world = seat->device->world;
  const LiftEntityInfo *info = choose_type (seat);
  g_autoptr (LiftEntity) row = lift_entity_new (info->gtype, LIFT_CLOCK (seat->device->clock));
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");

  if ((world->plan.narrow && !sim_has (world, SIM_TWINS) && has_enough (seat, info)) ||
      !place (seat, row) || !is_offered (seat, row))
    return;
  for (const char *const *name = sim_watched_fields (info); *name != NULL; name++)
    set_value (world, row, lift_entity_info_find (info, *name));
  lift_batch_insert (batch, row);
  if (!commit (seat, batch) && !is_there (seat, row, NULL))
    return;
  sim_trace (world, "device %u: inserts %s %s", seat->device->number, info->name, row->id);
  note_insert (seat, row);
}

static void
note_shown_write (SimDevice *device, LiftEntity *row, const LiftField *field)
{
  g_hash_table_replace (device->shown, sim_field_key (row, field), sim_field_value (row, field));
}

static void
update_row (SimSeat *seat)
{
  SimWorld *world = seat->device->world;
  g_autoptr (LiftEntity) row = choose_row (seat, choose_type (seat)->gtype, FALSE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Update");
  g_autofree char *parent = NULL;
  g_autofree char *key = NULL;
  const LiftField *field;

  if (row == NULL || !is_offered (seat, row))
    return;
  key = sim_row_key (row);
  if (sim_model_find_row (world->model, key) == NULL)
    return;
  field = choose_field (world, row);
  if (field == NULL)
    return;
  parent = sim_field_value (row, field);
  set_value (world, row, field);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
  if (!commit (seat, batch) && !is_there (seat, row, field))
    return;
  sim_trace (world, "device %u: %s.%s = v%u over %s", seat->device->number, key, field->key,
             world->model->counter, parent);
  sim_model_add_write (world->model, row, field, parent, seat->device->number);
  note_shown_write (seat->device, row, field);
  keep_undo (seat, sim_model_find_row (world->model, key)->root);
}

/* What the user can see of a tree. */
static void
note_seen (SimSeat *seat, SimDelete *delete, GPtrArray *rows)
{
  SimModel *model = seat->device->world->model;

  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *row = rows->pdata[i];
      const LiftEntityInfo *info = lift_entity_get_info (row);
      g_autofree char *key = sim_row_key (row);
      SimRow *known = sim_model_find_row (model, key);

      if (known == NULL || !g_str_equal (known->root, delete->root))
        continue;
      g_hash_table_replace (delete->seen, g_steal_pointer (&key), g_strdup (""));
      for (const char *const *name = sim_watched_fields (info); *name != NULL; name++)
        {
          LiftField *field = lift_entity_info_find (info, *name);

          g_hash_table_replace (delete->seen, sim_field_key (row, field),
                                sim_field_value (row, field));
        }
    }
}

static void
look_at_tree (SimSeat *seat, SimDelete *delete)
{
  for (guint i = 0; sim_types[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) rows = list_rows (seat, sim_types[i](), TRUE);

      if (rows != NULL)
        note_seen (seat, delete, rows);
    }
}

static void
delete_row (SimSeat *seat, LiftEntity *row, SimRow *known)
{
  SimWorld *world = seat->device->world;
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");
  SimDelete *delete;

  delete = sim_model_add_delete (world->model, known, seat->device->number);
  look_at_tree (seat, delete);
  lift_batch_delete (batch, known->info, known->id);
  if (commit (seat, batch))
    {
      sim_trace (world, "device %u: deletes %s", seat->device->number, known->key);
      keep_undo (seat, known->root);
      return;
    }
  /* It may have been made all the same, or not: nothing follows for the tree. */
  g_hash_table_add (world->model->exempt_trees, g_strdup (known->root));
}

static void
restore_row (SimSeat *seat, LiftEntity *row, SimRow *known)
{
  SimWorld *world = seat->device->world;
  g_autoptr (LiftBatch) batch = lift_batch_new ("Restore");

  lift_batch_restore (batch, known->info, known->id);
  if (commit (seat, batch))
    {
      sim_trace (world, "device %u: restores %s", seat->device->number, known->key);
      sim_model_add_restore (world->model, known, seat->device->number);
      keep_undo (seat, known->root);
    }
  else
    g_hash_table_add (world->model->exempt_trees, g_strdup (known->root));
}

static void
delete_or_restore (SimSeat *seat)
{
  g_autoptr (LiftEntity) row = choose_row (seat, choose_type (seat)->gtype, TRUE);
  g_autofree char *key = row != NULL ? sim_row_key (row) : NULL;
  SimRow *known = key != NULL ? sim_model_find_row (seat->device->world->model, key) : NULL;

  if (known == NULL || !is_offered (seat, row))
    return;
  if (lift_entity_is_deleted (row))
    restore_row (seat, row, known);
  else
    delete_row (seat, row, known);
}

static void
undo (SimSeat *seat)
{
  g_autoptr (LiftBatch) undo = g_steal_pointer (&seat->undo);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (GError) error = NULL;

  if (undo == NULL)
    return;
  /* A value may come a second time by this. */
  sim_model_exempt_tree (seat->device->world->model, seat->undo_root);
  inverse = lift_store_commit_sync (seat->store, undo, &error);
  sim_trace (seat->device->world, "device %u: undoes: %s", seat->device->number,
             error != NULL ? error->message : "done");
  if (sim_disk_is_dead (seat->device->path))
    sim_device_crash (seat->device);
}

static void
change_plan (SimSeat *seat, gboolean lock)
{
  SimWorld *world = seat->device->world;
  g_autoptr (LiftEntity) row = choose_row (seat, LIFT_TYPE_TRAINING_PLAN, FALSE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Plan");
  LiftField *field;

  if (row == NULL || !seat->device->is_coach)
    return;
  field = lift_entity_info_find (lift_entity_get_info (row), lock ? "isLocked" : "status");
  if (lock)
    lift_field_set_int (field, row, lift_field_get_int (field, row) == 1 ? 0 : 1);
  else
    lift_field_set_text (field, row,
                         g_strcmp0 (lift_field_get_text (field, row), "draft") == 0 ? "published"
                                                                                    : "draft");
  lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
  if (commit (seat, batch))
    {
      g_autofree char *key = sim_row_key (row);

      sim_trace (world, "device %u: changes %s of %s", seat->device->number, field->key, key);
      g_hash_table_add (world->model->exempt_trees, g_steal_pointer (&key));
    }
}

void
sim_edit (SimSeat *seat)
{
  SimWorld *world = seat->device->world;
  guint choice = sim_below (world, 100);

  if (choice < (sim_has (world, SIM_TWINS) ? 50 : 25))
    insert_row (seat);
  else if (choice < 75)
    update_row (seat);
  else if (choice < 90 && sim_has (world, SIM_DELETE))
    delete_or_restore (seat);
  else if (choice < 92 && sim_has (world, SIM_UNDO))
    undo (seat);
  else if (choice < 95 && sim_has (world, SIM_LOCK))
    change_plan (seat, TRUE);
  else if (choice < 98 && sim_has (world, SIM_PUBLISH))
    change_plan (seat, FALSE);
  else
    update_row (seat);
}
