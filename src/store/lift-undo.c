/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-undo.h"

#include "lift-database.h"

/* How many steps back are kept. */
#define MAX_STEPS 100

typedef enum
{
  STEP_DO,
  STEP_UNDO,
  STEP_REDO,
} StepKind;

/* Commits follow each other into the store at once, whose closing waits for them; an undo, and what
 * is asked for behind it, waits for their ends, so that it takes back what it was meant for. */
typedef struct
{
  StepKind kind;
  LiftBatch *batch; /* of an undo or redo only while it is under way */
  GTask *task;      /* STEP_DO only */
  LiftUndo *undo;   /* while it is under way */
} Step;

struct _LiftUndo
{
  GObject parent_instance;

  LiftStore *store;
  GQueue undos; /* LiftBatch, the newest first */
  GQueue redos; /* LiftBatch, the newest first */
  GQueue steps; /* Step, those that wait */
  guint n_running;
  StepKind running; /* of those that are under way */
};

G_DEFINE_FINAL_TYPE (LiftUndo, lift_undo, G_TYPE_OBJECT)

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void run_next (LiftUndo *self);

static void
step_free (Step *step)
{
  g_clear_pointer (&step->batch, lift_batch_unref);
  g_clear_object (&step->task);
  g_clear_object (&step->undo);
  g_free (step);
}

static void
notify_all (LiftUndo *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
push (GQueue *queue, LiftBatch *batch)
{
  g_queue_push_head (queue, batch);
  while (queue->length > MAX_STEPS)
    lift_batch_unref (g_queue_pop_tail (queue));
}

/* A commit that changed nothing leaves nothing to take back. */
static void
keep_inverse (LiftUndo *self, StepKind kind, LiftBatch *inverse)
{
  if (lift_batch_is_empty (inverse))
    {
      lift_batch_unref (inverse);
      return;
    }
  if (kind == STEP_DO)
    g_queue_clear_full (&self->redos, (GDestroyNotify) lift_batch_unref);
  push (kind == STEP_UNDO ? &self->redos : &self->undos, inverse);
}

/* A full disk or a busy file says nothing of the rows: the step can be tried again. */
static gboolean
may_pass (const GError *error)
{
  return error->domain == LIFT_DATABASE_ERROR && error->code != LIFT_DATABASE_ERROR_CONSTRAINT;
}

static void
give_back (LiftUndo *self, Step *step, const GError *error)
{
  if (may_pass (error))
    push (step->kind == STEP_UNDO ? &self->undos : &self->redos, g_steal_pointer (&step->batch));
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  g_autoptr (LiftUndo) self = g_object_ref (step->undo);
  GError *error = NULL;
  LiftBatch *inverse = lift_store_commit_finish (LIFT_STORE (source), result, &error);

  self->n_running--;
  if (inverse != NULL)
    keep_inverse (self, step->kind, inverse);
  else if (step->task == NULL)
    give_back (self, step, error);
  notify_all (self);
  if (step->task != NULL && error != NULL)
    g_task_return_error (step->task, g_steal_pointer (&error));
  else if (step->task != NULL)
    g_task_return_boolean (step->task, TRUE);
  g_clear_error (&error);
  step_free (step);
  run_next (self);
}

/* Returns: FALSE if there is nothing to undo or redo. */
static gboolean
take_batch (LiftUndo *self, Step *step)
{
  if (step->kind != STEP_DO)
    step->batch = g_queue_pop_head (step->kind == STEP_UNDO ? &self->undos : &self->redos);
  return step->batch != NULL;
}

static gboolean
may_begin (LiftUndo *self, Step *step)
{
  return self->n_running == 0 || (step->kind == STEP_DO && self->running == STEP_DO);
}

static void
begin (LiftUndo *self, Step *step)
{
  self->n_running++;
  self->running = step->kind;
  step->undo = g_object_ref (self);
  lift_store_commit_async (self->store, step->batch,
                           step->task != NULL ? g_task_get_cancellable (step->task) : NULL,
                           commit_cb, step);
}

static void
run_next (LiftUndo *self)
{
  Step *step;

  while ((step = g_queue_peek_head (&self->steps)) != NULL && may_begin (self, step))
    {
      g_queue_pop_head (&self->steps);
      if (take_batch (self, step))
        begin (self, step);
      else
        step_free (step);
    }
}

static void
add_step (LiftUndo *self, StepKind kind, LiftBatch *batch, GTask *task)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->batch = batch != NULL ? lift_batch_ref (batch) : NULL;
  step->task = task;
  g_queue_push_tail (&self->steps, step);
  run_next (self);
}

static const char *
get_label (GQueue *queue)
{
  LiftBatch *batch = g_queue_peek_head (queue);

  return batch != NULL ? lift_batch_get_label (batch) : NULL;
}

static void
lift_undo_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LiftUndo *self = LIFT_UNDO (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undos.length > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redos.length > 0);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, get_label (&self->undos));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, get_label (&self->redos));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lift_undo_finalize (GObject *object)
{
  LiftUndo *self = LIFT_UNDO (object);

  g_queue_clear_full (&self->undos, (GDestroyNotify) lift_batch_unref);
  g_queue_clear_full (&self->redos, (GDestroyNotify) lift_batch_unref);
  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_undo_parent_class)->finalize (object);
}

static void
lift_undo_class_init (LiftUndoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lift_undo_finalize;
  object_class->get_property = lift_undo_get_property;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * LiftUndo::failed:
   * @error: why
   *
   * An undo or redo could not be made. If the rows have changed since, it is dropped from the
   * journal; after an error of LIFT_DATABASE_ERROR, which may pass, it can be asked for again.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lift_undo_init (LiftUndo *self)
{
}

/**
 * lift_undo_new:
 *
 * Returns: (transfer full): an empty journal
 */
LiftUndo *
lift_undo_new (LiftStore *store)
{
  LiftUndo *self = g_object_new (LIFT_TYPE_UNDO, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * lift_undo_commit_async:
 *
 * As [method@Store.commit_async], and remembers how to take it back. What could be redone no
 * longer can.
 */
void
lift_undo_commit_async (LiftUndo *self,
                        LiftBatch *batch,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lift_undo_commit_async);
  g_task_set_check_cancellable (task, FALSE);
  add_step (self, STEP_DO, batch, task);
}

/**
 * lift_undo_commit_finish:
 *
 * Returns: whether it was written
 */
gboolean
lift_undo_commit_finish (LiftUndo *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lift_undo_undo:
 *
 * Takes back the newest commit that was not taken back, after those under way; does nothing if
 * there is none.
 */
void
lift_undo_undo (LiftUndo *self)
{
  g_return_if_fail (LIFT_IS_UNDO (self));

  add_step (self, STEP_UNDO, NULL, NULL);
}

/**
 * lift_undo_redo:
 *
 * Makes again what was taken back last.
 */
void
lift_undo_redo (LiftUndo *self)
{
  g_return_if_fail (LIFT_IS_UNDO (self));

  add_step (self, STEP_REDO, NULL, NULL);
}

/**
 * lift_undo_clear:
 *
 * Forgets the journal. What was written stays.
 */
void
lift_undo_clear (LiftUndo *self)
{
  g_return_if_fail (LIFT_IS_UNDO (self));

  g_queue_clear_full (&self->undos, (GDestroyNotify) lift_batch_unref);
  g_queue_clear_full (&self->redos, (GDestroyNotify) lift_batch_unref);
  notify_all (self);
}
