/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "store-fixture.h"

/* Some value of the kind, often the ones that are easily lost: nothing, nought and emptiness. */
static void
fill_field (GRand *rand, const LiftField *field, LiftEntity *entity)
{
  static const char *const texts[] = { "", "0", "plain", "ünï\n\tcode 💪", "it's; DROP TABLE x--" };
  static const gint64 wholes[] = { 0, 1, -1, G_MAXINT64, G_MININT64 + 1, 1772366400000000 };
  static const double numbers[] = { 0, -0.5, 0.1, 102.5, 1e300, -1e-300 };

  if (g_rand_int_range (rand, 0, 4) == 0)
    lift_field_set_null (field, entity);
  else if (field->kind == LIFT_FIELD_CHOICE)
    lift_field_set_text (field, entity, field->choices[0]);
  else if (lift_field_is_text (field))
    lift_field_set_text (field, entity, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
  else if (lift_field_is_double (field))
    lift_field_set_double (field, entity,
                           numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))]);
  else
    lift_field_set_int (field, entity, wholes[g_rand_int_range (rand, 0, G_N_ELEMENTS (wholes))]);
}

static gboolean
save (LiftStoreWriter *writer, gpointer data, GError **error)
{
  return lift_store_writer_save (writer, data, error);
}

static void
check_round_trip (StoreFixture *fixture, GRand *rand, const LiftEntityInfo *info)
{
  g_autoptr (LiftEntity) entity = lift_entity_new (info->gtype, LIFT_CLOCK (fixture->clock));
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < info->n_fields; i++)
    fill_field (rand, info->fields[i], entity);
  g_assert_true (lift_store_write_sync (fixture->store, save, entity, &error));
  g_assert_no_error (error);
  row = store_fixture_load (fixture, entity);
  g_assert_cmpuint (lift_entity_diff (entity, row), ==, 0);
}

static void
test_all_types_come_back_as_saved (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260301);

  g_assert_cmpuint (lift_registry_get_size (), >=, 14);
  for (guint i = 0; i < lift_registry_get_size (); i++)
    for (guint run = 0; run < 30; run++)
      check_round_trip (fixture, rand, lift_registry_get (i));
}

/* Each field alone: null, then its nought or emptiness, then null again. */
static void
check_field (StoreFixture *fixture, const LiftEntityInfo *info, const LiftField *field)
{
  g_autoptr (LiftEntity) entity = lift_entity_new (info->gtype, LIFT_CLOCK (fixture->clock));

  for (guint pass = 0; pass < 3; pass++)
    {
      g_autoptr (LiftEntity) row = NULL;

      if (pass != 1)
        lift_field_set_null (field, entity);
      else if (lift_field_is_text (field))
        lift_field_set_text (field, entity, "");
      else if (lift_field_is_double (field))
        lift_field_set_double (field, entity, 0);
      else
        lift_field_set_int (field, entity, 0);
      g_assert_true (lift_store_write_sync (fixture->store, save, entity, NULL));
      row = store_fixture_load (fixture, entity);
      g_assert_cmpint (lift_field_is_null (field, row), ==, pass != 1);
      g_assert_true (lift_field_equal (field, row, entity));
    }
}

static void
test_null_nought_and_empty_are_kept_apart (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      for (guint j = 1; j < info->n_fields; j++)
        check_field (fixture, info, info->fields[j]);
    }
}

static gboolean
save_then_fail (LiftStoreWriter *writer, gpointer data, GError **error)
{
  g_assert_true (lift_store_writer_save (writer, data, error));
  g_assert_true (lift_store_writer_set_fact (writer, "cursor", "9", error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "on purpose");
  return FALSE;
}

static void
test_failed_write_takes_all_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftEntity) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (GError) error = NULL;
  g_autofree char *fact = NULL;

  g_assert_false (lift_store_write_sync (fixture->store, save_then_fail, plan, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_null (lift_store_get_sync (fixture->store, lift_entity_get_info (plan), plan->id, NULL));
  fact = lift_store_dup_fact_sync (fixture->store, "cursor", NULL);
  g_assert_null (fact);
}

static gboolean
use_writer (LiftStoreWriter *writer, gpointer data, GError **error)
{
  LiftEntity *plan = data;
  const LiftEntityInfo *info = lift_entity_get_info (plan);
  g_autoptr (LiftEntity) row = NULL;
  g_autofree char *fact = NULL;
  gint64 edit = lift_store_writer_next_edit (writer);

  g_assert_cmpint (lift_store_writer_next_edit (writer), ==, edit + 1);
  g_assert_true (lift_store_writer_save (writer, plan, error));
  row = lift_store_writer_load (writer, info, plan->id, error);
  g_assert_nonnull (row);
  g_assert_true (lift_store_writer_remove (writer, info, plan->id, error));
  g_assert_null (lift_store_writer_load (writer, info, plan->id, error));
  g_assert_true (lift_store_writer_set_fact (writer, "cursor", "a", error));
  g_assert_true (lift_store_writer_set_fact (writer, "cursor", "b", error));
  fact = lift_store_writer_dup_fact (writer, "cursor");
  g_assert_cmpstr (fact, ==, "b");
  return TRUE;
}

static void
test_writer_sees_its_own_writes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftEntity) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (GError) error = NULL;
  g_autofree char *fact = NULL;

  g_assert_true (lift_store_write_sync (fixture->store, use_writer, plan, &error));
  g_assert_no_error (error);
  store_fixture_reopen (fixture);
  fact = lift_store_dup_fact_sync (fixture->store, "cursor", NULL);
  g_assert_cmpstr (fact, ==, "b");
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT value FROM fact WHERE name = 'edit'"),
                   ==, 2);
}

/* What is not on the disk is not reported as saved; with room again all goes on. */
static void
test_full_disk_refuses_and_goes_on (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Big");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *notes = g_strnfill (9000, 'n');
  gint64 before = store_fixture_get_int (fixture, "SELECT count(*) FROM training_plan");

  lift_entity_set (LIFT_ENTITY (plan), "notes", notes, NULL);
  for (guint i = 0; i < 200; i++)
    {
      lift_entity_set (LIFT_ENTITY (plan), "id", NULL, NULL);
      LIFT_ENTITY (plan)->id = lift_uuid_new (LIFT_CLOCK (fixture->clock));
      lift_batch_insert (batch, LIFT_ENTITY (plan));
    }
  store_fixture_run_sql (fixture, "PRAGMA max_page_count = 1");
  g_assert_null (lift_store_commit_sync (fixture->store, batch, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL);
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT count(*) FROM training_plan"), ==,
                   before);
  store_fixture_run_sql (fixture, "PRAGMA max_page_count = 1000000");
  inverse = store_fixture_commit (fixture, batch);
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT count(*) FROM training_plan"), ==,
                   before + 200);
}

static void
test_inline_store_does_the_same (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftStore)
    store = lift_store_open_inline (":memory:", LIFT_CLOCK (fixture->clock), &error);
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;

  g_assert_no_error (error);
  lift_entity_set (LIFT_ENTITY (plan), "name", "A", "date", "2026-03-02", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  inverse = lift_store_commit_sync (store, batch, &error);
  g_assert_no_error (error);
  row = lift_store_get_sync (store, lift_entity_get_info (LIFT_ENTITY (plan)),
                             LIFT_ENTITY (plan)->id, &error);
  g_assert_nonnull (row);
  g_assert_true (lift_store_check_sync (store, &error));
  lift_store_close (store);
  g_assert_null (lift_store_commit_sync (store, inverse, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/rows/" name, test_##func)
  ADD ("all-types-come-back-as-saved", all_types_come_back_as_saved);
  ADD ("null-nought-and-empty-are-kept-apart", null_nought_and_empty_are_kept_apart);
  ADD ("failed-write-takes-all-back", failed_write_takes_all_back);
  ADD ("writer-sees-its-own-writes", writer_sees_its_own_writes);
  ADD ("full-disk-refuses-and-goes-on", full_disk_refuses_and_goes_on);
  ADD ("inline-store-does-the-same", inline_store_does_the_same);
  return g_test_run ();
}
