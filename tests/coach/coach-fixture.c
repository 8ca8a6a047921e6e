/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coach-fixture.h"

#include <glib/gstdio.h>

#include "lift-plan-sets.h"
#include "lift-watch.h"

/* 2026-11-19 12:00 UTC */
#define START G_GINT64_CONSTANT (1795089600000000)
#define TIMEOUT_SECONDS 20

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CoachFixture *self = user_data;
  g_autoptr (GError) error = NULL;

  lift_undo_commit_finish (LIFT_UNDO (source), result, &error);
  g_assert_no_error (error);
  self->waiting--;
}

static void
commit (LiftBatch *batch, const char *done, gpointer user_data)
{
  CoachFixture *self = user_data;

  self->waiting++;
  self->unseen = TRUE;
  lift_undo_commit_async (self->undo, batch, NULL, committed_cb, self);
}

static void
changed_cb (CoachFixture *self)
{
  self->unseen = FALSE;
}

void
coach_fixture_set_up (CoachFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (LiftAthlete) athlete = NULL;

  self->folder = g_dir_make_tmp ("lift-coach-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "store.db", NULL);
  self->clock = lift_virtual_clock_new (START, 11);
  self->store = lift_store_open (path, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
  self->undo = lift_undo_new (self->store);
  self->desk = lift_desk_new (self->store, NULL, NULL, commit, self);
  athlete = coach_fixture_add (self, LIFT_TYPE_ATHLETE, "display-name", "Ana", NULL);
  self->athlete_id = g_strdup (LIFT_ENTITY (athlete)->id);
}

/* A thread that has just ended its work may still hold what it worked for. */
static gboolean
is_last_reference (gpointer data)
{
  return g_atomic_int_get ((int *) &G_OBJECT (data)->ref_count) == 1;
}

static void
finalize (gpointer object)
{
  coach_fixture_wait (is_last_reference, object);
  g_assert_finalize_object (object);
}

void
coach_fixture_tear_down (CoachFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  coach_fixture_settle (self);
  finalize (self->desk);
  finalize (self->undo);
  lift_store_close (self->store);
  finalize (self->store);
  g_assert_finalize_object (self->clock);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->athlete_id);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
coach_fixture_wait (CoachFixtureFunc func, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + TIMEOUT_SECONDS * G_USEC_PER_SEC;
  guint timer = g_timeout_add (20, wake_cb, NULL);

  while (!func (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
}

static gboolean
is_still (gpointer data)
{
  CoachFixture *self = data;

  return self->waiting == 0 && !self->unseen && !lift_watch_is_any_reading ();
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, NULL);

  *(gboolean *) user_data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* Lists of rows ask by themselves: a question after theirs gives them the time to be answered. */
static void
ask_once (CoachFixture *self)
{
  gboolean answered = FALSE;
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_USER);

  lift_store_query_async (self->store, &query, 1, NULL, asked_cb, &answered);
  coach_fixture_wait (is_set, &answered);
}

void
coach_fixture_settle (CoachFixture *self)
{
  for (int i = 0; i < 3; i++)
    {
      coach_fixture_wait (is_still, self);
      ask_once (self);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

void
coach_fixture_take (CoachFixture *self, LiftBatch *batch)
{
  lift_desk_take_batch (self->desk, batch, NULL);
  coach_fixture_settle (self);
}

static void
take_back (CoachFixture *self, const char *property, void (*func) (LiftUndo *))
{
  gboolean possible = FALSE;

  g_object_get (self->undo, property, &possible, NULL);
  g_assert_true (possible);
  self->unseen = TRUE;
  func (self->undo);
  coach_fixture_settle (self);
}

void
coach_fixture_undo (CoachFixture *self)
{
  take_back (self, "can-undo", lift_undo_undo);
}

void
coach_fixture_redo (CoachFixture *self)
{
  take_back (self, "can-redo", lift_undo_redo);
}

gpointer
coach_fixture_add (CoachFixture *self, GType gtype, const char *property, ...)
{
  LiftEntity *entity = lift_entity_new (gtype, LIFT_CLOCK (self->clock));
  LiftField *field = lift_entity_info_find (lift_entity_get_info (entity), "athleteId");
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  if (field != NULL)
    lift_field_set_text (field, entity, self->athlete_id);
  va_start (args, property);
  g_object_set_valist (G_OBJECT (entity), property, args);
  va_end (args);
  lift_batch_insert (batch, entity);
  self->unseen = TRUE;
  inverse = lift_store_commit_sync (self->store, batch, &error);
  g_assert_no_error (error);
  return entity;
}

LiftExercise *
coach_fixture_find_exercise (CoachFixture *self, const char *name)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_where (query, "name", LIFT_QUERY_EQUAL, name);
  rows = lift_store_query_sync (self->store, query, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_object_ref (rows->pdata[0]);
}

LiftTrainingPlan *
coach_fixture_add_plan (CoachFixture *self, const char *name, const char *date)
{
  return coach_fixture_add (self, LIFT_TYPE_TRAINING_PLAN, "name", name, "date", date, "status",
                            "published", NULL);
}

static gboolean
has_plan (gpointer data)
{
  return lift_plan_document_get_plan (data) != NULL;
}

LiftPlanDocument *
coach_fixture_open (CoachFixture *self, LiftTrainingPlan *plan)
{
  LiftPlanDocument *document = lift_plan_document_new (self->store, LIFT_ENTITY (plan)->id);

  coach_fixture_wait (has_plan, document);
  return document;
}

LiftPlanLine *
coach_fixture_add_line (CoachFixture *self, LiftPlanDocument *document, const char *exercise)
{
  g_autoptr (LiftExercise) row = coach_fixture_find_exercise (self, exercise);
  GListModel *lines = lift_plan_document_get_lines (document);
  guint n = g_list_model_get_n_items (lines);

  coach_fixture_take (self, lift_plan_document_add_line (document, row, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, n + 1);
  return g_list_model_get_item (lines, n);
}

void
coach_fixture_type_sets (CoachFixture *self,
                         LiftPlanDocument *document,
                         LiftPlanLine *line,
                         const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftQuickEntry) typed = lift_quick_entry_parse (text, "kg", NULL, &error);
  g_autoptr (LiftQuickEntry) sets = NULL;

  g_assert_no_error (error);
  sets = lift_plan_sets_resolve (lift_plan_line_get_sets (line), typed, &error);
  g_assert_no_error (error);
  coach_fixture_take (self, lift_plan_document_set_sets (document, line, sets));
}

char *
coach_fixture_dump (CoachFixture *self, GType gtype)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);
  g_autoptr (GPtrArray) rows = NULL;
  GString *out = g_string_new (NULL);

  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (self->store, query, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const LiftEntityInfo *info = lift_entity_get_info (rows->pdata[i]);

      lift_entity_write_json (rows->pdata[i], out, lift_entity_info_get_editable (info));
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
