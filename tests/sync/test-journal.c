/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lift-json.h"
#include "sync-fixture.h"

/* What the journal tells people, what it brings back, and the export of all that waits. */

#define OTHER "0190aaaa-0000-7000-8000-00000000000b"

static GPtrArray *
list (SyncFixture *self, guint count)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = lift_sync_list_conflicts (self->base.store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, count);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts + sync_fixture_get_status (self).notes,
                    ==, count);
  return entries;
}

static LiftConflict *
first (GPtrArray *entries)
{
  return g_ptr_array_index (entries, 0);
}

static void
refuse_restore (SyncFixture *self, gint64 number, const char *word)
{
  g_autoptr (GError) error = NULL;
  gint64 changes = store_fixture_get_int (&self->base, "SELECT count (*) FROM conflict WHERE "
                                                       "restored = 0 AND dismissed = 0");

  g_assert_false (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == LIFT_MODEL_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  /* It is still there. */
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM conflict WHERE "
                                                       "restored = 0 AND dismissed = 0"),
                   ==, changes);
}

static void
restore (SyncFixture *self, gint64 number)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_no_error (error);
}

/* Both change one field; ours stays, theirs is told. */
static LiftBodyWeightEntry *
make_conflict (SyncFixture *self)
{
  LiftBodyWeightEntry *entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_put (self, LIFT_ENTITY (entry)->id, "\"weight\":90");
  sync_fixture_sync_well (self);
  return entry;
}

static void
put_person (SyncFixture *self, const char *type, const char *json)
{
  lift_test_server_put (self->server, type, json);
}

static void
test_by_name (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = make_conflict (self);
  g_autoptr (GPtrArray) unknown = list (self, 1);
  g_autoptr (GPtrArray) known = NULL;
  g_autofree char *name = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *none = NULL;

  g_assert_cmpint (first (unknown)->kind, ==, LIFT_JOURNAL_CONFLICT);
  g_assert_cmpstr (first (unknown)->mine, ==, "81");
  g_assert_cmpstr (first (unknown)->theirs, ==, "90");
  g_assert_cmpstr (first (unknown)->by, ==, OTHER);
  g_assert_cmpstr (first (unknown)->by_name, ==, NULL);
  put_person (self, "Coach",
              "{\"id\":\"0190aaaa-0000-7000-8000-00000000000c\",\"userId\":\"" OTHER "\","
              "\"displayName\":\"Coach Anna\"}");
  sync_fixture_sync_well (self);
  known = list (self, 1);
  g_assert_cmpstr (first (known)->by_name, ==, "Coach Anna");
  /* A sign-in says it best. */
  put_person (self, "User",
              "{\"id\":\"" OTHER "\",\"name\":\"Anna\",\"email\":\"a@b.c\",\"role\":\"COACH\"}");
  sync_fixture_sync_well (self);
  name = lift_sync_dup_person_name (self->base.store, OTHER);
  g_assert_cmpstr (name, ==, "Anna");
  nobody = lift_sync_dup_person_name (self->base.store, "nobody");
  g_assert_null (nobody);
  none = lift_sync_dup_person_name (self->base.store, NULL);
  g_assert_null (none);
}

static void
test_restore_value (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = make_conflict (self);
  g_autoptr (GPtrArray) entries = list (self, 1);
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  restore (self, first (entries)->number);
  after = sync_fixture_load (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (after->weight, ==, 90);
  refuse_restore (self, first (entries)->number, "no open conflict");
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 90);
}

static void
test_restore_same_value (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = make_conflict (self);
  g_autoptr (GPtrArray) entries = list (self, 1);
  g_autoptr (GPtrArray) none = NULL;

  /* It has that value by now: nothing is to be written, but the entry is settled. */
  sync_fixture_set_weight (self, entry, 90);
  restore (self, first (entries)->number);
  none = list (self, 0);
}

static void
test_restore_refused (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = make_conflict (self);
  g_autoptr (GPtrArray) entries = list (self, 1);
  g_autoptr (LiftBatch) undo = NULL;
  g_autoptr (LiftBatch) redo = NULL;
  gint64 number = first (entries)->number;

  refuse_restore (self, number + 1, "no open conflict");
  refuse_restore (self, -1, "no open conflict");
  /* Deleted meanwhile. */
  undo = store_fixture_delete (&self->base, entry);
  refuse_restore (self, number, "restore it");
  redo = store_fixture_commit (&self->base, undo);
  /* Written by somebody with other ideas of the field. */
  store_fixture_run_sql (&self->base, "UPDATE conflict SET theirs = '\"heavy\"'");
  refuse_restore (self, number, "weight");
  store_fixture_run_sql (&self->base, "UPDATE conflict SET theirs = '-4'");
  refuse_restore (self, number, "weight");
  store_fixture_run_sql (&self->base, "UPDATE conflict SET theirs = '90', field = 'colour'");
  refuse_restore (self, number, "colour");
  /* Gone altogether. */
  store_fixture_run_sql (&self->base, "UPDATE conflict SET theirs = '90', field = 'weight';"
                                      "DELETE FROM body_weight_entry");
  refuse_restore (self, number, "no longer there");
  /* A type that only a newer version knows. */
  store_fixture_run_sql (&self->base, "UPDATE conflict SET type = 'Hologram'");
  refuse_restore (self, number, "no open conflict");
}

static void
test_unknown_kind (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = make_conflict (self);
  g_autoptr (GPtrArray) entries = NULL;

  store_fixture_run_sql (&self->base, "UPDATE conflict SET kind = 'foretold'");
  entries = list (self, 1);
  g_assert_false (lift_conflict_is_restorable (first (entries)));
  refuse_restore (self, first (entries)->number, "only tells");
}

static void
end_access (SyncFixture *self)
{
  self->server->revoked = g_strdup_printf ("\"%s\"", self->base.athlete);
  sync_fixture_sync_well (self);
  g_clear_pointer (&self->server->revoked, g_free);
}

/* Access ended while a plan and its parts had never been sent. */
static void
test_set_aside_tree (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (LiftSetPlan) set = store_fixture_add_set (&self->base, part);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (LiftSetPlan) back = NULL;

  end_access (self);
  entries = list (self, 3);
  for (guint i = 0; i < entries->len; i++)
    {
      LiftConflict *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (entry->kind, ==, LIFT_JOURNAL_SET_ASIDE);
      g_assert_cmpstr (entry->field, ==, "*");
      g_assert_cmpstr (entry->theirs, ==, NULL);
      g_assert_cmpint (entry->deed, ==, 0);
    }
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 3);
  /* The part brings what it is a part of. */
  for (guint i = 0; i < entries->len; i++)
    if (((LiftConflict *) entries->pdata[i])->info == lift_entity_get_info (LIFT_ENTITY (set)))
      restore (self, ((LiftConflict *) entries->pdata[i])->number);
  back = store_fixture_load (&self->base, set);
  g_assert_cmpint (back->target_reps, ==, 5);
  none = list (self, 0);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 3);
}

/* What the part was a part of had been sent, so it was not set aside, and is gone. */
static void
test_set_aside_orphan (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  sync_fixture_sync_well (self);
  part = store_fixture_add_exercise_plan (&self->base, plan);
  end_access (self);
  entries = list (self, 1);
  refuse_restore (self, first (entries)->number, "trainingPlanId");
}

/* Access came back, and with it the row: only what had been changed is an edit of it. */
static void
test_set_aside_and_back (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (LiftBodyWeightEntry) back = NULL;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  end_access (self);
  entries = list (self, 1);
  g_assert_nonnull (strstr (first (entries)->theirs, "\"weight\":80"));
  sync_fixture_put (self, id, "\"notes\":\"written meanwhile\"");
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  restore (self, first (entries)->number);
  back = sync_fixture_load (self, id);
  g_assert_cmpfloat (back->weight, ==, 81);
  g_assert_cmpstr (back->notes, ==, "written meanwhile");
  sync_fixture_assert_pending (self, id, "weight");
}

/* A store of before the journal had kinds. */
static void
test_older_store (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) other = make_conflict (self);
  g_autoptr (GPtrArray) entries = NULL;

  sync_fixture_set_weight (self, entry, 81);
  end_access (self);
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE \"%s\" DROP COLUMN held",
                                              lift_registry_get (i)->table);

      store_fixture_run_sql (&self->base, sql);
    }
  store_fixture_run_sql (&self->base, "UPDATE conflict SET theirs = NULL WHERE field = '*';"
                                      "DROP INDEX conflict_deed;"
                                      "ALTER TABLE conflict DROP COLUMN deed;"
                                      "ALTER TABLE conflict DROP COLUMN kind;"
                                      "PRAGMA user_version = 3");
  sync_fixture_reopen (self);
  entries = list (self, 2);
  g_assert_cmpint (first (entries)->kind, ==, LIFT_JOURNAL_CONFLICT);
  g_assert_cmpint (((LiftConflict *) entries->pdata[1])->kind, ==, LIFT_JOURNAL_SET_ASIDE);
  restore (self, ((LiftConflict *) entries->pdata[1])->number);
  sync_fixture_assert_pending (self, LIFT_ENTITY (entry)->id, "*");
}

static void
put_row (SyncFixture *self, gpointer entity, const char *members)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",%s}", LIFT_ENTITY (entity)->id, members);

  lift_test_server_put (self->server, lift_entity_get_info (entity)->name, json);
}

/* Deleted here and sent; then somebody's edit brings it back, with what went with it. */
static void
test_revived (SyncFixture *self, gconstpointer data)
{
  static const char back[] = "\"deletedAt\":null,\"updatedBy\":\"" OTHER "\"";
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (LiftSetPlan) set = store_fixture_add_set (&self->base, part);
  g_autoptr (LiftBatch) undo = store_fixture_delete (&self->base, plan);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) none = NULL;

  sync_fixture_sync_well (self);
  /* Whatever order they come in. */
  put_row (self, set, back);
  put_row (self, part, back);
  put_row (self, plan, back);
  self->server->page = 1;
  sync_fixture_sync_well (self);
  entries = list (self, 1);
  g_assert_cmpint (first (entries)->kind, ==, LIFT_JOURNAL_REVIVED);
  g_assert_cmpstr (first (entries)->id, ==, LIFT_ENTITY (plan)->id);
  g_assert_true (first (entries)->info == lift_entity_get_info (LIFT_ENTITY (plan)));
  g_assert_cmpstr (first (entries)->by, ==, OTHER);
  g_assert_nonnull (strstr (first (entries)->mine, "2026"));
  g_assert_false (lift_conflict_is_restorable (first (entries)));
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 1);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  refuse_restore (self, first (entries)->number, "only tells");
  g_assert_true (lift_sync_dismiss_conflict (self->base.store, first (entries)->number, NULL));
  none = list (self, 0);
}

/* Brought back by whoever had deleted it, or by an undo here: that is no news. */
static void
test_revived_by_the_same (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) other = sync_fixture_add_entry (self, 81);
  g_autoptr (LiftBatch) undo = NULL;
  g_autoptr (LiftBatch) undo_other = NULL;
  g_autoptr (LiftBatch) redo = NULL;
  g_autoptr (GPtrArray) none = NULL;

  sync_fixture_sync_well (self);
  put_row (self, entry, "\"deletedAt\":\"2026-03-01T11:00:00Z\",\"updatedBy\":\"" OTHER "\"");
  undo_other = store_fixture_delete (&self->base, other);
  sync_fixture_sync_well (self);
  put_row (self, entry, "\"deletedAt\":null,\"updatedBy\":\"" OTHER "\"");
  redo = store_fixture_commit (&self->base, undo_other);
  sync_fixture_sync_well (self);
  none = list (self, 0);
}

/* The digest of a pull differs: the athlete's rows come anew, and the journal says so, once. */
static void
test_pulled_anew (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autofree char *answer = g_strdup_printf (
    "{\"changesByType\":{},\"cursor\":\"0:1\",\"hasMore\":false,\"digest\":"
    "{\"athlete:%s\":{\"seq\":1,\"rows\":7,\"hash\":\"0123456789abcdef\"}}}",
    self->base.athlete);
  g_autoptr (GPtrArray) entries = NULL;

  sync_fixture_sync_well (self);
  for (guint i = 0; i < 2; i++)
    {
      lift_test_server_script (self->server, "pull", 200, "application/json", answer);
      if (i == 0)
        g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "*pulled anew*");
      sync_fixture_sync_well (self);
    }
  g_test_assert_expected_messages ();
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  entries = list (self, 1);
  g_assert_cmpint (first (entries)->kind, ==, LIFT_JOURNAL_PULLED_ANEW);
  g_assert_cmpstr (first (entries)->info->name, ==, "Athlete");
  g_assert_cmpstr (first (entries)->id, ==, self->base.athlete);
  g_assert_cmpint (first (entries)->at, ==, lift_clock_get_time (LIFT_CLOCK (self->base.clock)));
  refuse_restore (self, first (entries)->number, "only tells");
}

static JsonObject *export(SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lift_sync_export_unsynced (self->base.store, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = lift_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lift_json_get_string (object, "format"), ==, "liftlogger-unsynced");
  g_assert_cmpint (lift_json_get_int (object, "version", -1), ==, 1);
  return object;
}

static JsonObject *
find_exported (JsonObject *export, gpointer entity)
{
  JsonArray *rows = lift_json_get_array (export, "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (lift_json_get_string (row, "entityId"), LIFT_ENTITY (entity)->id) == 0)
        return row;
    }
  g_assert_not_reached ();
}

static void
test_export (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) edited = make_conflict (self);
  g_autoptr (LiftBodyWeightEntry) added = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonObject *row;

  sync_fixture_set_notes (self, edited, "\"quoted\" \\ ünïcode");
  added = sync_fixture_add_entry (self, 77.25);
  lift_test_server_refuse (self->server, LIFT_ENTITY (added)->id, SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (edited)->id, SYNC_REFUSAL, TRUE);
  lift_sync_result_free (sync_fixture_sync (self));
  object = export(self);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (object, "rows")), ==, 2);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (object, "journal")), ==, 1);

  row = find_exported (object, added);
  g_assert_cmpstr (lift_json_get_string (row, "entityType"), ==, "BodyWeightEntry");
  g_assert_cmpstr (lift_json_get_string (row, "change"), ==, "added");
  g_assert_cmpstr (lift_json_get_string (row, "state"), ==, "needsAttention");
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (row, "changedFields")), ==, 0);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (row, "errors")), ==, 1);
  g_assert_true (json_object_get_null_member (row, "serverHas"));
  g_assert_cmpfloat (json_object_get_double_member (lift_json_get_object (row, "row"), "weight"),
                     ==, 77.25);

  row = find_exported (object, edited);
  g_assert_cmpstr (lift_json_get_string (row, "change"), ==, "edited");
  g_assert_cmpstr (json_array_get_string_element (lift_json_get_array (row, "changedFields"), 0),
                   ==, "notes");
  g_assert_cmpstr (lift_json_get_string (lift_json_get_object (row, "row"), "notes"), ==,
                   "\"quoted\" \\ ünïcode");
  g_assert_true (json_object_has_member (lift_json_get_object (row, "serverHas"), "notes"));
}

/* A row of the export makes the same row in another store. */
static void
test_export_is_readable (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (JsonObject) object = export(self);
  g_autoptr (LiftEntity) read = g_object_new (LIFT_TYPE_TRAINING_PLAN, NULL);
  g_autoptr (LiftEntity) row = store_fixture_load (&self->base, plan);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftFieldSet wire = lift_entity_info_get_wire (lift_entity_get_info (row));

  lift_entity_read_json (read, lift_json_get_object (find_exported (object, plan), "row"), faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_true ((lift_entity_diff (read, row) & wire) == LIFT_FIELD_SET_NONE);
}

static void
test_export_to_file (SyncFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.folder, "unsynced.json", NULL);
  g_autofree char *nowhere = g_build_filename (self->base.folder, "no", "such.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (path, "of the last time", -1, NULL));
  g_chmod (path, 0644);
  g_assert_true (lift_sync_export_unsynced_to_file (self->base.store, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "{\"format\":\"liftlogger-unsynced\""));
  g_assert_false (lift_sync_export_unsynced_to_file (self->base.store, nowhere, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS);
  /* The file that was asked for, and not one that is written on the way. */
  g_assert_nonnull (strstr (error->message, "such.json cannot"));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/journal/by-name", test_by_name);
  SYNC_TEST ("/sync/journal/restore-value", test_restore_value);
  SYNC_TEST ("/sync/journal/restore-same-value", test_restore_same_value);
  SYNC_TEST ("/sync/journal/restore-refused", test_restore_refused);
  SYNC_TEST ("/sync/journal/unknown-kind", test_unknown_kind);
  SYNC_TEST ("/sync/journal/set-aside-tree", test_set_aside_tree);
  SYNC_TEST ("/sync/journal/set-aside-orphan", test_set_aside_orphan);
  SYNC_TEST ("/sync/journal/set-aside-and-back", test_set_aside_and_back);
  SYNC_TEST ("/sync/journal/older-store", test_older_store);
  SYNC_TEST ("/sync/journal/revived", test_revived);
  SYNC_TEST ("/sync/journal/revived-by-the-same", test_revived_by_the_same);
  SYNC_TEST ("/sync/journal/pulled-anew", test_pulled_anew);
  SYNC_TEST ("/sync/journal/export", test_export);
  SYNC_TEST ("/sync/journal/export-is-readable", test_export_is_readable);
  SYNC_TEST ("/sync/journal/export-to-file", test_export_to_file);
  return g_test_run ();
}
