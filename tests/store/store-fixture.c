/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)

void
store_fixture_set_up (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("lift-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "account", "store.db", NULL);
  self->clock = lift_virtual_clock_new (START, 7);
  self->athlete = lift_uuid_new (LIFT_CLOCK (self->clock));
  self->store = lift_store_open (self->path, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}

void
store_fixture_tear_down (StoreFixture *self, gconstpointer data)
{
  if (self->store != NULL)
    g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->clock);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->athlete);
}

void
store_fixture_reopen (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&self->store));
  self->store = lift_store_open (self->path, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
}

gpointer
store_fixture_new (StoreFixture *self, GType gtype)
{
  LiftEntity *entity = lift_entity_new (gtype, LIFT_CLOCK (self->clock));
  LiftField *field = lift_entity_info_find (lift_entity_get_info (entity), "athleteId");

  if (field != NULL)
    lift_field_set_text (field, entity, self->athlete);
  return entity;
}

LiftTrainingPlan *
store_fixture_add_plan (StoreFixture *self)
{
  LiftTrainingPlan *plan = store_fixture_new (self, LIFT_TYPE_TRAINING_PLAN);

  lift_entity_set (LIFT_ENTITY (plan), "name", "Squat day", "date", "2026-03-02", NULL);
  store_fixture_insert (self, plan);
  return plan;
}

const char *
store_fixture_get_exercise (StoreFixture *self)
{
  static char *id;

  if (id == NULL)
    {
      g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
      g_autoptr (GPtrArray) rows = lift_store_query_sync (self->store, query, NULL);

      id = g_strdup (LIFT_ENTITY (g_ptr_array_index (rows, 0))->id);
    }
  return id;
}

LiftExercisePlan *
store_fixture_add_exercise_plan (StoreFixture *self, LiftTrainingPlan *plan)
{
  LiftExercisePlan *entity = store_fixture_new (self, LIFT_TYPE_EXERCISE_PLAN);

  lift_entity_set (LIFT_ENTITY (entity), "training-plan-id", LIFT_ENTITY (plan)->id, "exercise-id",
                   store_fixture_get_exercise (self), NULL);
  store_fixture_insert (self, entity);
  return entity;
}

LiftSetPlan *
store_fixture_add_set (StoreFixture *self, LiftExercisePlan *plan)
{
  LiftSetPlan *set = store_fixture_new (self, LIFT_TYPE_SET_PLAN);

  lift_entity_set (LIFT_ENTITY (set), "exercise-plan-id", LIFT_ENTITY (plan)->id, "target-reps",
                   (gint64) 5, "target-weight", 100.0, NULL);
  store_fixture_insert (self, set);
  return set;
}

/* Commits what must be fine. Returns the inverse. */
LiftBatch *
store_fixture_commit (StoreFixture *self, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  LiftBatch *inverse = lift_store_commit_sync (self->store, batch, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inverse);
  return inverse;
}

/* What is in the file, as a number that any write would change. */
static gint64
get_fingerprint (StoreFixture *self)
{
  g_autoptr (GString) sql = g_string_new ("SELECT 0");

  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_string_append_printf (sql,
                            " + (SELECT 7 * count (*) + total (length (pending)) + "
                            "total (length (base)) + total (deleted_at %% 1000003) FROM %s)",
                            lift_registry_get (i)->table);
  g_string_append (sql, " + (SELECT total (1000 * value) FROM fact)");
  return store_fixture_get_int (self, sql->str);
}

/* Commits what must be refused with a message that has @word in it, and write nothing. */
void
store_fixture_refuse (StoreFixture *self, LiftBatch *batch, LiftFaultCode code, const char *word)
{
  g_autoptr (GError) error = NULL;
  gint64 before = get_fingerprint (self);

  g_assert_null (lift_store_commit_sync (self->store, batch, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpint (get_fingerprint (self), ==, before);
}

void
store_fixture_insert (StoreFixture *self, gpointer entity)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");
  g_autoptr (LiftBatch) inverse = NULL;

  lift_batch_insert (batch, entity);
  inverse = store_fixture_commit (self, batch);
}

LiftFieldSet
store_fixture_field (gpointer entity, const char *key)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (entity), key);

  g_assert_nonnull (field);
  return (LiftFieldSet) 1 << field->index;
}

LiftBatch *
store_fixture_update (StoreFixture *self, gpointer entity, const char *key)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Update");

  lift_batch_update (batch, entity, store_fixture_field (entity, key));
  return store_fixture_commit (self, batch);
}

LiftBatch *
store_fixture_delete (StoreFixture *self, gpointer entity)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  lift_batch_delete (batch, lift_entity_get_info (entity), LIFT_ENTITY (entity)->id);
  return store_fixture_commit (self, batch);
}

/* The row as it is in the store now. */
gpointer
store_fixture_load (StoreFixture *self, gpointer entity)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (self->store, lift_entity_get_info (entity),
                                         LIFT_ENTITY (entity)->id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

static gboolean
save (LiftStoreWriter *writer, gpointer data, GError **error)
{
  return lift_store_writer_save (writer, data, error);
}

/* As if the server had just sent the row. */
void
store_fixture_save_clean (StoreFixture *self, gpointer entity)
{
  g_autoptr (LiftEntity) row = lift_entity_copy (entity);
  g_autoptr (GError) error = NULL;

  lift_entity_set (row, "version", (gint64) 3, "pending", NULL, "base", NULL, NULL);
  g_assert_true (lift_store_write_sync (self->store, save, row, &error));
  g_assert_no_error (error);
}

static gboolean
run_sql (LiftStoreWriter *writer, gpointer data, GError **error)
{
  return lift_database_exec (lift_store_writer_get_database (writer), data, error);
}

void
store_fixture_run_sql (StoreFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_store_write_sync (self->store, run_sql, (gpointer) sql, &error));
  g_assert_no_error (error);
}

/* Looks at the file beside the store, with SQL of its own. */
gint64
store_fixture_get_int (StoreFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) database = lift_database_open (self->path, LIFT_DATABASE_READ, &error);
  gint64 value;

  g_assert_no_error (error);
  g_assert_true (lift_database_get_int (database, &value, &error, sql, ""));
  g_assert_no_error (error);
  return value;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
store_fixture_wait (gboolean *done)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!*done && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_true (*done);
}

void
store_fixture_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
