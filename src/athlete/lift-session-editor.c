/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-session-editor-private.h"

#include <glib/gi18n-lib.h>

#include "lift-edit.h"

enum
{
  DONE,
  FAILED,
  SETTLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftSessionEditor, lift_session_editor, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

typedef struct
{
  LiftSessionEditor *editor;
  char *done;
} Write;

static void
finish_write (Write *write, const GError *error)
{
  if (error != NULL)
    g_signal_emit (write->editor, signals[FAILED], 0, error);
  else if (write->done != NULL)
    g_signal_emit (write->editor, signals[DONE], 0, write->done);
  if (--write->editor->n_writes == 0)
    g_signal_emit (write->editor, signals[SETTLED], 0);
  g_object_unref (write->editor);
  g_free (write->done);
  g_free (write);
}

static void
undoable_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  lift_undo_commit_finish (LIFT_UNDO (source), result, &error);
  finish_write (user_data, error);
}

static void
quiet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_finish (LIFT_STORE (source), result, &error);

  finish_write (user_data, error);
}

static Write *
write_new (LiftSessionEditor *self, const char *done)
{
  Write *write = g_new0 (Write, 1);

  write->editor = g_object_ref (self);
  write->done = g_strdup (done);
  self->n_writes++;
  return write;
}

void
lift_session_editor_commit (LiftSessionEditor *self, LiftBatch *batch, const char *done)
{
  if (!lift_batch_is_empty (batch))
    lift_undo_commit_async (self->undo, batch, NULL, undoable_cb, write_new (self, done));
}

static void
commit_quietly (LiftSessionEditor *self, LiftBatch *batch)
{
  if (!lift_batch_is_empty (batch))
    lift_store_commit_async (self->store, batch, NULL, quiet_cb, write_new (self, NULL));
}

static void
add_difference (LiftBatch *batch, LiftSetSession *before, LiftSetSession *after)
{
  LiftFieldSet fields = lift_entity_diff (LIFT_ENTITY (before), LIFT_ENTITY (after));

  if (fields != LIFT_FIELD_SET_NONE)
    lift_batch_update (batch, LIFT_ENTITY (after), fields);
}

static gint64
get_now (LiftSessionEditor *self)
{
  return lift_clock_get_time (lift_store_get_clock (self->store));
}

static void
lift_session_editor_dispose (GObject *object)
{
  LiftSessionEditor *self = LIFT_SESSION_EDITOR (object);

  g_clear_object (&self->store);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->athlete_id, g_free);
  G_OBJECT_CLASS (lift_session_editor_parent_class)->dispose (object);
}

static void
lift_session_editor_class_init (LiftSessionEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_session_editor_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lift_session_editor_init (LiftSessionEditor *self)
{
}

/**
 * lift_session_editor_new:
 * @athlete_id: whose session it is
 *
 * Returns: (transfer full): an editor
 */
LiftSessionEditor *
lift_session_editor_new (LiftStore *store, LiftUndo *undo, const char *athlete_id)
{
  LiftSessionEditor *self = g_object_new (LIFT_TYPE_SESSION_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->undo = g_object_ref (undo);
  self->athlete_id = g_strdup (athlete_id);
  return self;
}

/**
 * lift_session_editor_get_store:
 *
 * Returns: (transfer none): where it writes to
 */
LiftStore *
lift_session_editor_get_store (LiftSessionEditor *self)
{
  return self->store;
}

/**
 * lift_session_editor_is_writing:
 *
 * Returns: whether what was read from the store may be older than what was typed
 */
gboolean
lift_session_editor_is_writing (LiftSessionEditor *self)
{
  return self->n_writes > 0;
}

/**
 * lift_session_editor_log_set:
 * @set: the set as it is now
 * @values: what was done
 *
 * Writes down that a set was done, or corrects what was written; the time of the first stays.
 *
 * Returns: (transfer full): the set as it will be once the store has it
 */
LiftSetSession *
lift_session_editor_log_set (LiftSessionEditor *self,
                             LiftSetSession *set,
                             const LiftSetValues *values,
                             LiftMeasure measure)
{
  gboolean is_first = set->completed_at == LIFT_INT_NULL;
  LiftSetSession *after = LIFT_SET_SESSION (lift_entity_copy (LIFT_ENTITY (set)));
  g_autoptr (LiftBatch) batch = lift_batch_new (is_first ? _ ("Log Set") : _ ("Correct Set"));

  lift_set_values_apply (values, after, measure);
  if (is_first)
    lift_entity_set (LIFT_ENTITY (after), "completed-at", get_now (self), NULL);
  add_difference (batch, set, after);
  lift_session_editor_commit (self, batch, NULL);
  return after;
}

/**
 * lift_session_editor_unlog_set:
 *
 * Makes a set one that is still to be done; what was typed stays as a draft.
 *
 * Returns: (transfer full): the set as it will be once the store has it
 */
LiftSetSession *
lift_session_editor_unlog_set (LiftSessionEditor *self, LiftSetSession *set)
{
  LiftSetSession *after = LIFT_SET_SESSION (lift_entity_copy (LIFT_ENTITY (set)));
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Set Not Done"));

  lift_entity_set (LIFT_ENTITY (after), "completed-at", LIFT_INT_NULL, NULL);
  add_difference (batch, set, after);
  lift_session_editor_commit (self, batch, _ ("Set marked as not done"));
  return after;
}

/**
 * lift_session_editor_save_draft:
 * @values: what stands in the fields of a set that is not logged yet
 *
 * Keeps what is being typed, so that it is there after a crash.
 *
 * Returns: (transfer full): the set as it will be once the store has it
 */
LiftSetSession *
lift_session_editor_save_draft (LiftSessionEditor *self,
                                LiftSetSession *set,
                                const LiftSetValues *values,
                                LiftMeasure measure)
{
  LiftSetSession *after = LIFT_SET_SESSION (lift_entity_copy (LIFT_ENTITY (set)));
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_set_values_apply (values, after, measure);
  add_difference (batch, set, after);
  commit_quietly (self, batch);
  return after;
}

/**
 * lift_session_editor_set_text:
 * @entity: a session, or an exercise of it
 * @notes: what stands in its field for notes
 *
 * Keeps notes while they are typed.
 */
void
lift_session_editor_set_text (LiftSessionEditor *self, LiftEntity *entity, const char *notes)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_edit_add (batch, entity, "notes", *notes != '\0' ? notes : NULL, NULL);
  commit_quietly (self, batch);
}

/**
 * lift_session_editor_set_session_rpe:
 * @rpe: 0 to 10, or NaN for none
 *
 * Keeps how hard the whole session was.
 */
void
lift_session_editor_set_session_rpe (LiftSessionEditor *self,
                                     LiftTrainingSession *session,
                                     double rpe)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_edit_add (batch, LIFT_ENTITY (session), "session-rpe", rpe, NULL);
  commit_quietly (self, batch);
}

static void
write_weight_entry (
  LiftSessionEditor *self, LiftBatch *batch, LiftWorkout *workout, double kg, const char *unit)
{
  g_autoptr (LiftEntity) entry = NULL;

  if (workout->weight != NULL)
    {
      lift_edit_add (batch, LIFT_ENTITY (workout->weight), "weight", kg, "weight-unit", unit, NULL);
      return;
    }
  entry = lift_entity_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, lift_store_get_clock (self->store));
  lift_entity_set (entry, "athlete-id", self->athlete_id, "weight", kg, "weight-unit", unit,
                   "measurement-date", workout->session->session_date, "measured-at",
                   get_now (self), NULL);
  lift_batch_insert (batch, entry);
}

/**
 * lift_session_editor_set_body_weight:
 * @kg: in kilograms
 * @unit: in what it was typed
 *
 * Writes the body weight of the day, for the session and for the athlete's curve.
 */
void
lift_session_editor_set_body_weight (LiftSessionEditor *self,
                                     LiftWorkout *workout,
                                     double kg,
                                     const char *unit)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Body Weight"));

  lift_edit_add (batch, LIFT_ENTITY (workout->session), "body-weight", kg, NULL);
  write_weight_entry (self, batch, workout, kg, unit);
  lift_session_editor_commit (self, batch, NULL);
}

/**
 * lift_session_editor_finish:
 * @n_open: how many sets are not done, to be told
 *
 * Ends a session that is in progress.
 */
void
lift_session_editor_finish (LiftSessionEditor *self, LiftTrainingSession *session, guint n_open)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Finish Session"));
  g_autofree char *done = NULL;

  lift_edit_add (batch, LIFT_ENTITY (session), "status", "completed", "ended-at", get_now (self),
                 NULL);
  if (n_open > 0)
    done = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Session finished · %u set not done",
                                         "Session finished · %u sets not done", n_open),
                            n_open);
  lift_session_editor_commit (self, batch, done != NULL ? done : _ ("Session finished"));
}

/**
 * lift_session_editor_delete:
 *
 * Deletes a session with all that is in it.
 */
void
lift_session_editor_delete (LiftSessionEditor *self, LiftTrainingSession *session)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Delete Session"));

  lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (session)),
                     LIFT_ENTITY (session)->id);
  lift_session_editor_commit (self, batch, _ ("Session deleted"));
}
