/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-manager.h"

G_DEFINE_QUARK (lift - sync - error - quark, lift_sync_error)
G_DEFINE_BOXED_TYPE (LiftSyncResult, lift_sync_result, lift_sync_result_copy, lift_sync_result_free)

GType
lift_sync_state_get_type (void)
{
  static const GEnumValue values[] = {
    { LIFT_SYNC_IDLE, "LIFT_SYNC_IDLE", "idle" },
    { LIFT_SYNC_PULLING, "LIFT_SYNC_PULLING", "pulling" },
    { LIFT_SYNC_PUSHING, "LIFT_SYNC_PUSHING", "pushing" },
    { LIFT_SYNC_OFFLINE, "LIFT_SYNC_OFFLINE", "offline" },
    { LIFT_SYNC_SIGNED_OUT, "LIFT_SYNC_SIGNED_OUT", "signed-out" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LiftSyncState", values));
  return type;
}

/**
 * lift_sync_result_copy:
 *
 * Returns: (transfer full): a copy
 */
LiftSyncResult *
lift_sync_result_copy (const LiftSyncResult *self)
{
  LiftSyncResult *copy = g_memdup2 (self, sizeof *self);

  copy->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  return copy;
}

/**
 * lift_sync_result_free:
 */
void
lift_sync_result_free (LiftSyncResult *self)
{
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * lift_sync_result_is_success:
 *
 * Returns: whether everything that was due went both ways
 */
gboolean
lift_sync_result_is_success (const LiftSyncResult *self)
{
  return self->error == NULL && self->failed == 0;
}

/**
 * lift_sync_result_is_partial:
 *
 * Returns: whether something went through and something did not
 */
gboolean
lift_sync_result_is_partial (const LiftSyncResult *self)
{
  return !lift_sync_result_is_success (self) &&
         (self->error == NULL || self->pulled > 0 || self->pushed > 0);
}
