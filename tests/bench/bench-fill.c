/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs a person in on a computer of their own, syncs, and puts many sets into the store, all as if
 * the server had confirmed them. For measuring how programs start. */
#include "bench-rows.h"
#include "lift-accounts.h"
#include "lift-registry.h"
#include "lift-soup-transport.h"
#include "lift-sync-manager.h"

#include <stdlib.h>

static void
stop_at (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

static void
sync_store (LiftStore *store, LiftApi *api, LiftAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncManager)
    manager = lift_sync_manager_new (store, api, lift_account_get_device_id (account));
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (manager, NULL, &error);

  stop_at (error);
  stop_at (result->error);
}

/* One's own, or for a coach the first of those in the coach's care. */
static char *
find_athlete (LiftStore *store, LiftAccount *account)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_ATHLETE);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!lift_account_is_coach (account))
    return g_strdup (lift_account_get_athlete_id (account));
  rows = lift_store_query_sync (store, query, &error);
  stop_at (error);
  g_assert_cmpuint (rows->len, >, 0);
  return g_strdup (LIFT_ENTITY (g_ptr_array_index (rows, 0))->id);
}

static void
fill (LiftStore *store, LiftAccount *account, guint n_sets)
{
  g_autofree char *athlete = find_athlete (store, account);
  g_autoptr (BenchRows) rows = bench_rows_new (store, athlete);

  bench_rows_fill (rows, n_sets);
  bench_rows_make_clean (store);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSecrets) secrets = NULL;
  g_autoptr (LiftAccounts) accounts = NULL;
  g_autoptr (LiftTransport) transport = NULL;
  g_autoptr (LiftApi) api = NULL;
  g_autoptr (LiftAccount) account = NULL;
  g_autoptr (LiftStore) store = NULL;
  g_autofree char *path = NULL;

  if (argc != 6)
    {
      g_printerr ("usage: bench-fill FOLDER SERVER USERNAME PASSWORD SETS\n");
      return 1;
    }
  secrets = lift_secrets_new_default (&error);
  stop_at (error);
  accounts = lift_accounts_new (argv[1], secrets, lift_clock_get_system ());
  transport = lift_soup_transport_new (argv[2], 0, &error);
  stop_at (error);
  api = lift_api_new (transport);
  account = lift_accounts_sign_in (accounts, api, argv[2], argv[3], argv[4], NULL, &error);
  stop_at (error);
  path = lift_account_dup_store_path (account);
  store = lift_store_open (path, lift_clock_get_system (), &error);
  stop_at (error);
  sync_store (store, api, account);
  fill (store, account, atoi (argv[5]));
  return 0;
}
