/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "version-roles.h"

#include <stdio.h>
#include <unistd.h>

#include "lift-entities.h"
#include "lift-http-server.h"
#include "lift-registry.h"
#include "lift-routes.h"
#include "lift-server-sqlite.h"
#include "lift-soup-transport.h"
#include "lift-store-schema.h"
#include "lift-sync-journal.h"
#include "lift-sync-manager.h"
#include "lift-test-comment.h"

static void
become (const char *version)
{
  if (g_str_equal (version, "next"))
    {
      lift_registry_add (LIFT_TYPE_TEST_COMMENT);
      lift_store_add_migration (LIFT_TEST_COMMENT_SQL);
    }
  /* The last field of the type, source, is one that this version has never heard of. */
  if (g_str_equal (version, "before"))
    ((LiftEntityInfo *) lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY))->n_fields--;
}

static void
wait_for_end_of_input (void)
{
  char byte;

  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
}

int
version_serve (const char *version, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "server.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autoptr (LiftServer) server = NULL;
  g_autoptr (LiftRoutes) routes = NULL;
  g_autoptr (LiftHttpServer) http = NULL;

  become (version);
  database = lift_server_sqlite_open (path, 2, &error);
  g_assert_no_error (error);
  server = lift_server_new (database, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (server, TRUE);
  /* It is there already when the database is. */
  g_free (lift_server_add_user (server, "ben", "correct horse", "athlete", "Ben", NULL, NULL));
  routes = lift_routes_new (server, lift_clock_get_system ());
  http = lift_http_server_new (lift_routes_handle, routes);
  lift_http_server_start (http, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  printf ("%u\n", lift_http_server_get_port (http));
  fflush (stdout);
  wait_for_end_of_input ();
  lift_http_server_stop (http);
  return 0;
}

typedef struct
{
  LiftStore *store;
  LiftSyncManager *manager;
  char *athlete;
} User;

static void
commit (User *self, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (self->store, batch, &error);

  g_assert_no_error (error);
}

static LiftFieldSet
set_text (LiftEntity *row, const char *key, const char *text)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  g_assert_nonnull (field);
  g_assert_cmpint (lift_field_scan (field, row, text), ==, LIFT_FAULT_NONE);
  return (LiftFieldSet) 1 << field->index;
}

/* add TYPE ID KEY=VALUE… */
static void
add (User *self, char **words)
{
  g_autoptr (LiftEntity)
    row = lift_entity_new (lift_registry_find (words[0])->gtype, lift_clock_get_system ());
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");

  g_free (row->id);
  row->id = g_strdup (words[1]);
  set_text (row, "athleteId", self->athlete);
  for (guint i = 2; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

      set_text (row, pair[0], pair[1]);
    }
  lift_batch_insert (batch, row);
  commit (self, batch);
}

static LiftEntity *
load (User *self, const char *type, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (self->store, lift_registry_find (type), id, &error);

  g_assert_no_error (error);
  return row;
}

/* edit TYPE ID KEY VALUE */
static void
edit (User *self, char **words)
{
  g_autoptr (LiftEntity) row = load (self, words[0], words[1]);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");

  g_assert_nonnull (row);
  lift_batch_update (batch, row, set_text (row, words[2], words[3]));
  commit (self, batch);
}

/* delete TYPE ID, restore TYPE ID */
static void
delete_row (User *self, char **words)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");

  lift_batch_delete (batch, lift_registry_find (words[0]), words[1]);
  commit (self, batch);
}

static void
restore_row (User *self, char **words)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Restore");

  lift_batch_restore (batch, lift_registry_find (words[0]), words[1]);
  commit (self, batch);
}

static void
show (User *self, char **words)
{
  g_autoptr (LiftEntity) row = load (self, words[0], words[1]);
  g_autoptr (GString) text = g_string_new (NULL);

  if (row != NULL)
    lift_entity_write_json (row, text, LIFT_FIELD_SET_ALL);
  printf ("%s\n", row != NULL ? text->str : "nothing");
}

static void
retry (User *self, char **words)
{
  g_autoptr (GError) error = NULL;

  lift_sync_retry_now (self->store, lift_registry_find (words[0]), words[1], &error);
  g_assert_no_error (error);
}

static void
sync_and_tell (User *self, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (self->manager, NULL, &error);
  LiftStoreStatus status;

  g_assert_no_error (error);
  g_assert_no_error (result->error);
  lift_store_get_status_sync (self->store, &status, &error);
  g_assert_no_error (error);
  printf ("pulled %u pushed %u failed %u pending %u parked %u attention %u\n", result->pulled,
          result->pushed, result->failed, status.pending, status.parked, status.needs_attention);
}

static const struct
{
  const char *name;
  void (*run) (User *self, char **words);
} deeds[] = {
  { "delete", delete_row },  { "restore", restore_row }, { "add", add },
  { "edit", edit },          { "show", show },           { "retry", retry },
  { "sync", sync_and_tell },
};

static void
do_deed (User *self, char **words)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].name, words[0]))
      {
        deeds[i].run (self, words + 1);
        return;
      }
  g_assert_not_reached ();
}

static LiftApi *
sign_in (const char *port, char **athlete)
{
  g_autofree char *url = g_strconcat ("http://127.0.0.1:", port, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftTransport)
    transport = lift_soup_transport_new (url, LIFT_SOUP_TRANSPORT_NONE, &error);
  g_autoptr (LiftSignIn) answer = NULL;
  LiftApi *api;

  g_assert_no_error (error);
  api = lift_api_new (transport);
  answer = lift_api_login (api, "ben", "correct horse", NULL, &error);
  g_assert_no_error (error);
  *athlete = g_strdup (answer->athlete_id);
  return api;
}

int
version_use (
  const char *version, const char *folder, const char *name, const char *port, char **words)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.db", folder, name);
  g_autofree char *device = g_strdup_printf ("0190ffff-0000-7000-8000-0000000000%02x", name[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftApi) api = NULL;
  User self = { 0 };

  become (version);
  self.store = lift_store_open_inline (path, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  api = sign_in (port, &self.athlete);
  self.manager = lift_sync_manager_new (self.store, api, device);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) deed = g_strsplit (words[i], " ", -1);

      do_deed (&self, deed);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self.manager);
  g_object_unref (self.store);
  g_free (self.athlete);
  return 0;
}
