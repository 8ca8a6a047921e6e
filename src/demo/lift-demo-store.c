/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-demo-store.h"

#include <glib/gi18n-lib.h>

#include "lift-accounts.h"
#include "lift-entities.h"
#include "lift-file-secrets.h"
#include "lift-sample.h"
#include "lift-soup-transport.h"
#include "lift-sync-manager.h"
#include "lift-virtual-clock.h"

#define SEED 2026

/* One signed-in computer of the demonstration. */
typedef struct
{
  LiftAccount *account;
  LiftApi *api;
  LiftStore *store;
} Computer;

static void
computer_clear (Computer *self)
{
  if (self->store != NULL)
    lift_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->account);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Computer, computer_clear)

static gboolean
computer_open (Computer *self, LiftDemoWorld *world, const char *username, GError **error)
{
  g_autofree char *folder = lift_demo_world_dup_data_dir (world, username);
  g_autofree char *secrets_folder = g_build_filename (folder, "secrets", NULL);
  g_autoptr (LiftSecrets) secrets = lift_file_secrets_new (secrets_folder);
  g_autoptr (LiftAccounts) accounts = lift_accounts_new (folder, secrets, lift_clock_get_system ());
  g_autoptr (LiftTransport)
    transport = lift_soup_transport_new (world->address, LIFT_SOUP_TRANSPORT_NONE, error);
  g_autofree char *path = NULL;

  if (transport == NULL)
    return FALSE;
  self->api = lift_api_new (transport);
  self->account = lift_accounts_sign_in (accounts, self->api, world->address, username,
                                         LIFT_SAMPLE_PASSWORD, NULL, error);
  if (self->account == NULL)
    return FALSE;
  path = lift_account_dup_store_path (self->account);
  self->store = lift_store_open (path, lift_clock_get_system (), error);
  return self->store != NULL;
}

static gboolean
computer_sync (Computer *self, GError **error)
{
  g_autoptr (LiftSyncManager) manager = lift_sync_manager_new (
    self->store, self->api, lift_account_get_device_id (self->account));
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (manager, NULL, error);

  if (result == NULL)
    return FALSE;
  if (lift_sync_result_is_success (result))
    return TRUE;
  if (result->error != NULL)
    g_propagate_error (error, g_error_copy (result->error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The server refused %u sample rows"),
                 result->failed);
  return FALSE;
}

static gboolean
commit (LiftStore *store, LiftBatch *batch, GError **error)
{
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (store, batch, error);

  return inverse != NULL;
}

static GPtrArray *
read_rows (LiftStore *store, GType gtype, const char *athlete, const char *order, GError **error)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);

  if (athlete != NULL)
    lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, athlete);
  lift_query_order_by (query, order, FALSE);
  return lift_store_query_sync (store, query, error);
}

static GHashTable *
index_exercises (LiftStore *store, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (store, LIFT_TYPE_EXERCISE, NULL, "name", error);
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LiftExercise *exercise = rows->pdata[i];

      g_hash_table_insert (index, g_strdup (exercise->name), g_strdup (LIFT_ENTITY (exercise)->id));
    }
  return index;
}

static gboolean
add_sessions (LiftSample *sample,
              const LiftSampleAthlete *who,
              const char *id,
              LiftStore *store,
              GError **error)
{
  g_autoptr (GPtrArray) plans = read_rows (store, LIFT_TYPE_TRAINING_PLAN, id, "date", error);
  g_autoptr (GPtrArray)
    exercises = read_rows (store, LIFT_TYPE_EXERCISE_PLAN, id, "orderIndex", error);
  g_autoptr (GPtrArray) sets = read_rows (store, LIFT_TYPE_SET_PLAN, id, "setNumber", error);
  g_autoptr (LiftBatch) batch = NULL;

  if (plans == NULL || exercises == NULL || sets == NULL)
    return FALSE;
  batch = lift_sample_make_sessions (sample, who, id, plans, exercises, sets);
  return commit (store, batch, error);
}

static gboolean
fill_athlete (LiftSample *sample, LiftAthlete *athlete, LiftStore *store, GError **error)
{
  const char *id = LIFT_ENTITY (athlete)->id;

  for (guint i = 0; i < lift_sample_n_athletes; i++)
    {
      const LiftSampleAthlete *who = &lift_sample_athletes[i];
      g_autoptr (LiftBatch) batch = NULL;

      if (g_strcmp0 (who->name, athlete->display_name) != 0)
        continue;
      batch = lift_sample_make_plans (sample, who, id);
      return commit (store, batch, error) && add_sessions (sample, who, id, store, error);
    }
  return TRUE;
}

/**
 * lift_demo_fill:
 *
 * As the coach: eight weeks of plans for each athlete and what was done of them, synced.
 *
 * Returns: whether that worked
 */
gboolean
lift_demo_fill (LiftDemoWorld *world, GError **error)
{
  g_auto (Computer) computer = { NULL };
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (g_get_real_time (), SEED);
  g_autoptr (GHashTable) exercises = NULL;
  g_autoptr (GPtrArray) athletes = NULL;
  LiftSample sample = { LIFT_CLOCK (clock), lift_day_today (LIFT_CLOCK (clock)), NULL };

  if (!computer_open (&computer, world, LIFT_SAMPLE_COACH, error) ||
      !computer_sync (&computer, error))
    return FALSE;
  sample.exercises = exercises = index_exercises (computer.store, error);
  athletes = read_rows (computer.store, LIFT_TYPE_ATHLETE, NULL, "displayName", error);
  if (athletes == NULL)
    return FALSE;
  for (guint i = 0; i < athletes->len; i++)
    if (!fill_athlete (&sample, athletes->pdata[i], computer.store, error))
      return FALSE;
  return computer_sync (&computer, error);
}

/**
 * lift_demo_sign_in:
 *
 * Signs a person in on a computer of their own and fetches what is theirs.
 *
 * Returns: whether that worked
 */
gboolean
lift_demo_sign_in (LiftDemoWorld *world, const char *username, GError **error)
{
  g_auto (Computer) computer = { NULL };

  return computer_open (&computer, world, username, error) && computer_sync (&computer, error);
}
