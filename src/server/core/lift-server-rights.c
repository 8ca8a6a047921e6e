/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-entities.h"
#include "lift-json.h"
#include "lift-server-private.h"

/* How a user stands to a scope that they may read. */
typedef enum
{
  RELATION_NONE,
  RELATION_COACH_OF, /* a coach, in the scope of an athlete in their care */
  RELATION_ATHLETE,  /* an athlete, in their own scope */
  RELATION_COACH,    /* a coach, in their own scope */
  RELATION_IN_CARE,  /* an athlete, in the scope of their coach */
  RELATION_READER,   /* anybody, in the catalogue */
} Relation;

static Relation
get_relation (LiftServerRights *rights, const char *scope)
{
  if (!g_hash_table_contains (rights->scopes, scope))
    return RELATION_NONE;
  if (g_str_has_prefix (scope, "athlete:"))
    return rights->user->is_coach ? RELATION_COACH_OF : RELATION_ATHLETE;
  if (g_str_has_prefix (scope, "coach:"))
    return rights->user->is_coach ? RELATION_COACH : RELATION_IN_CARE;
  return RELATION_READER;
}

static gboolean
add_athletes (LiftServerRights *rights, LiftServerConnection *connection, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  result = lift_server_query (connection, &local_error, "SELECT id FROM athlete WHERE coach_id = ?",
                              "s", rights->user->coach_id);
  while (result != NULL && lift_server_result_next (result, &local_error))
    g_hash_table_add (rights->scopes,
                      g_strconcat ("athlete:", lift_server_result_get_text (result, 0), NULL));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_rights_load: (skip)
 * @user: outlives the rights
 *
 * Looks up what a user may do, in the transaction in which it is going to be done.
 *
 * Returns: (transfer full): the rights, or %NULL with @error
 */
LiftServerRights *
lift_server_rights_load (LiftServerConnection *connection, LiftServerUser *user, GError **error)
{
  g_autoptr (LiftServerRights) rights = g_new0 (LiftServerRights, 1);

  rights->user = user;
  rights->scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (rights->scopes, g_strdup (LIFT_SERVER_CATALOGUE));
  if (user->coach_id != NULL)
    g_hash_table_add (rights->scopes, g_strconcat ("coach:", user->coach_id, NULL));
  if (user->athlete_id != NULL)
    g_hash_table_add (rights->scopes, g_strconcat ("athlete:", user->athlete_id, NULL));
  if (user->is_coach && user->coach_id != NULL && !add_athletes (rights, connection, error))
    return NULL;
  return g_steal_pointer (&rights);
}

/**
 * lift_server_rights_free: (skip)
 */
void
lift_server_rights_free (LiftServerRights *rights)
{
  if (rights == NULL)
    return;
  g_hash_table_unref (rights->scopes);
  g_free (rights);
}

/**
 * lift_server_rights_may_read: (skip)
 */
gboolean
lift_server_rights_may_read (LiftServerRights *rights, const char *scope)
{
  return get_relation (rights, scope) != RELATION_NONE;
}

/**
 * lift_server_rights_may_write: (skip)
 *
 * Returns: whether the user may write rows of @info in @scope at all; what they may write of them
 *   says lift_server_rights_get_owned()
 */
gboolean
lift_server_rights_may_write (LiftServerRights *rights,
                              const LiftEntityInfo *info,
                              const char *scope)
{
  switch (get_relation (rights, scope))
    {
    case RELATION_COACH_OF:
      return info->gtype != LIFT_TYPE_EXERCISE && info->gtype != LIFT_TYPE_USER;
    case RELATION_ATHLETE:
    case RELATION_COACH:
      return TRUE;
    case RELATION_NONE:
    case RELATION_IN_CARE:
    case RELATION_READER:
    default:
      return FALSE;
    }
}

/**
 * lift_server_rights_write_scopes: (skip)
 * @out: where to add `{"athlete:…":"own"}`: each scope that the user may read, and whether it is
 *   their `own`, of an athlete in their `care`, or theirs to `read` alone
 */
void
lift_server_rights_write_scopes (LiftServerRights *rights, GString *out)
{
  static const char *const names[] = { [RELATION_COACH_OF] = "care",
                                       [RELATION_ATHLETE] = "own",
                                       [RELATION_COACH] = "own",
                                       [RELATION_IN_CARE] = "read",
                                       [RELATION_READER] = "read" };
  GHashTableIter iter;
  gpointer scope;

  g_string_append_c (out, '{');
  g_hash_table_iter_init (&iter, rights->scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    {
      lift_json_append_key (out, scope);
      lift_json_append_string (out, names[get_relation (rights, scope)]);
    }
  g_string_append_c (out, '}');
}

static LiftFieldSet
set_of (const LiftEntityInfo *info, const char *const *keys)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      LiftField *field = lift_entity_info_find (info, keys[i]);

      if (field != NULL)
        set |= (LiftFieldSet) 1 << field->index;
    }
  return set;
}

/**
 * lift_server_rights_get_owned: (skip)
 * @is_new: whether the row is being made
 *
 * Returns: the fields that this user cannot set: a whole row that names them leaves them as they
 *   are
 */
LiftFieldSet
lift_server_rights_get_owned (LiftServerRights *rights, const LiftEntityInfo *info, gboolean is_new)
{
  static const char *const user_keys[] = { "role", "coachId", NULL };
  static const char *const coach_keys[] = { "userId", NULL };
  static const char *const new_athlete_keys[] = { "userId", NULL };
  static const char *const athlete_keys[] = { "userId", "coachId", NULL };
  static const char *const plan_keys[] = { "isLocked", "status", NULL };
  static const char *const old_keys[] = { "createdAt", NULL };
  LiftFieldSet set = is_new ? LIFT_FIELD_SET_NONE : set_of (info, old_keys);

  if (info->gtype == LIFT_TYPE_USER)
    set |= set_of (info, user_keys);
  else if (info->gtype == LIFT_TYPE_COACH)
    set |= set_of (info, coach_keys);
  else if (info->gtype == LIFT_TYPE_ATHLETE)
    set |= set_of (info, is_new ? new_athlete_keys : athlete_keys);
  else if (info->gtype == LIFT_TYPE_TRAINING_PLAN && !rights->user->is_coach)
    set |= set_of (info, plan_keys);
  return set | lift_server_rights_get_secret (rights, info);
}

/**
 * lift_server_rights_get_secret: (skip)
 *
 * Returns: the fields of which this user must not even learn whether they hold a certain value
 */
LiftFieldSet
lift_server_rights_get_secret (LiftServerRights *rights, const LiftEntityInfo *info)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < info->n_fields && !rights->user->is_coach; i++)
    if (info->fields[i]->flags & LIFT_FIELD_COACH_ONLY)
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/* The fields that say which row it is and where it belongs. */
static LiftFieldSet
get_skeleton (const LiftEntityInfo *info)
{
  static const char *const keys[] = { "id",        "createdAt", "updatedAt", "version",
                                      "deletedAt", "createdBy", "updatedBy", NULL };
  LiftFieldSet set = set_of (info, keys);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & (LIFT_FIELD_ATHLETE | LIFT_FIELD_PARENT))
      set |= (LiftFieldSet) 1 << i;
  return set;
}

static LiftFieldSet
get_readable (LiftServerRights *rights, LiftServerRow *row)
{
  static const char *const name_keys[] = { "userId", "displayName", "name", "role", NULL };
  const LiftEntityInfo *info = lift_entity_get_info (row->entity);
  gboolean person = info->gtype == LIFT_TYPE_USER || info->gtype == LIFT_TYPE_COACH;
  Relation relation = get_relation (rights, row->scope);

  if (relation == RELATION_NONE)
    return LIFT_FIELD_SET_NONE;
  if (person && (relation == RELATION_IN_CARE || relation == RELATION_COACH_OF))
    return get_skeleton (info) | set_of (info, name_keys);
  return lift_entity_info_get_wire (info) & ~lift_server_rights_get_secret (rights, info);
}

/* What an athlete gets of a plan that was taken back: gone, and nothing of what it became. */
static void
write_withdrawn (LiftServerRow *row, GString *out)
{
  g_autoptr (LiftServerRow) masked = lift_server_row_copy (row);

  if (!lift_server_row_is_deleted (row))
    masked->entity->deleted_at = row->entity->updated_at;
  lift_entity_write_json (masked->entity, out, get_skeleton (lift_entity_get_info (row->entity)));
}

/**
 * lift_server_rights_write_row: (skip)
 * @out: where to add the row as JSON, holding what this user may know of it
 *
 * Returns: %FALSE if the row is nothing to this user; @out is then as it was
 */
gboolean
lift_server_rights_write_row (LiftServerRights *rights, LiftServerRow *row, GString *out)
{
  LiftFieldSet fields = get_readable (rights, row);

  if (fields == LIFT_FIELD_SET_NONE)
    return FALSE;
  if (row->hidden != LIFT_SERVER_SHOWN && !rights->user->is_coach)
    {
      if (row->hidden == LIFT_SERVER_DRAFT)
        return FALSE;
      write_withdrawn (row, out);
    }
  else
    lift_entity_write_json (row->entity, out, fields);
  return TRUE;
}
