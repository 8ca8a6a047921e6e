/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discard-fixture.h"

#include <string.h>

#include "lift-json.h"

gint64
sync_discard_do (SyncFixture *self, gpointer entity)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = -1;

  g_assert_true (lift_sync_discard (self->base.store, lift_entity_get_info (entity),
                                    LIFT_ENTITY (entity)->id, &entry, &error));
  g_assert_no_error (error);
  g_assert_cmpint (entry, >=, 0);
  return entry;
}

/* Everything that the store holds of rows and of the sync. */
static char *
dump (SyncFixture *self)
{
  g_autoptr (LiftDatabase)
    database = lift_database_open (self->base.path, LIFT_DATABASE_READ, NULL);
  g_autoptr (GString)
    sql = g_string_new ("SELECT coalesce (group_concat (x, char (10)), '') FROM (");

  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_string_append_printf (
      sql,
      "SELECT id || ' ' || coalesce (pending, '-') || coalesce (base, '-') || "
      "coalesce (deleted_at, '-') AS x FROM \"%s\" UNION ALL ",
      lift_registry_get (i)->table);
  g_string_append (sql,
                   "SELECT type || id || faults FROM failure UNION ALL "
                   "SELECT number || type || id || field || restored || dismissed FROM conflict)");
  return lift_database_dup_text (database, NULL, sql->str, "");
}

void
sync_discard_refuse (SyncFixture *self, gpointer entity, const char *word)
{
  g_autofree char *before = dump (self);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_sync_discard (self->base.store, lift_entity_get_info (entity),
                                     LIFT_ENTITY (entity)->id, NULL, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  after = dump (self);
  g_assert_cmpstr (after, ==, before);
}

void
sync_discard_restore (SyncFixture *self, gint64 number)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_no_error (error);
  /* The second time there is nothing left to do, and nothing is done. */
  g_assert_false (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
}

GPtrArray *
sync_discard_list_journal (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = lift_sync_list_conflicts (self->base.store, &error);

  g_assert_no_error (error);
  return entries;
}

/* Whether the row is there, deleted or not. */
gboolean
sync_discard_is_there (SyncFixture *self, gpointer entity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftEntity) row = lift_store_get_sync (self->base.store, lift_entity_get_info (entity),
                                                    LIFT_ENTITY (entity)->id, &error);

  g_assert_no_error (error);
  return row != NULL;
}

void
sync_discard_assert_row (SyncFixture *self, gpointer entity, gboolean deleted, gboolean dirty)
{
  g_autoptr (LiftEntity) row = store_fixture_load (&self->base, entity);

  g_assert_cmpint (lift_entity_is_deleted (row), ==, deleted);
  g_assert_cmpint (lift_entity_is_dirty (row), ==, dirty);
  g_assert_true (dirty || row->base == NULL);
}

void
sync_discard_assert_failures (SyncFixture *self, guint count)
{
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (self->base.store, NULL);

  g_assert_cmpuint (failed->len, ==, count);
}

void
sync_discard_sync_any (SyncFixture *self)
{
  lift_sync_result_free (sync_fixture_sync (self));
}

/* What the server has of one field, as text. */
static char *
get_from_server (SyncFixture *self, gpointer entity, const char *key)
{
  JsonObject *row = lift_test_server_get (self->server, lift_entity_get_info (entity)->name,
                                          LIFT_ENTITY (entity)->id);
  JsonNode *node = row != NULL ? json_object_get_member (row, key) : NULL;

  return node != NULL ? lift_json_node_to_text (node) : NULL;
}

void
sync_discard_assert_deleted (SyncFixture *self, gpointer entity, gboolean deleted)
{
  g_autofree char *at = get_from_server (self, entity, "deletedAt");

  g_assert_cmpint (at != NULL && !g_str_equal (at, "null"), ==, deleted);
}
