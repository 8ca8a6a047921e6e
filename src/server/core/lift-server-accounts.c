/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-entities.h"
#include "lift-server-private.h"
#include "lift-text.h"
#include "lift-uuid.h"

#define MAX_USERNAME 100

/**
 * lift_server_check_username: (skip)
 * @username: (nullable): what somebody wants to be called
 */
gboolean
lift_server_check_username (const char *username, GError **error)
{
  g_autofree char *clean = lift_text_clean (username);

  if (username == NULL || *username == '\0' || !g_str_equal (clean, username) ||
      strchr (username, '\n') != NULL || g_utf8_strlen (username, -1) > MAX_USERNAME)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "username",
                             _ ("A username has 1 to %d characters on one line, without space at "
                                "its ends"),
                             MAX_USERNAME);
  return TRUE;
}

/**
 * lift_server_insert_account: (skip)
 * @hash: from lift_server_hash_password()
 */
gboolean
lift_server_insert_account (
  LiftServerWork *work, const char *user_id, const char *username, const char *hash, GError **error)
{
  g_autofree char *fold = lift_text_fold (username);
  g_autofree char *other = NULL;

  if (!lift_server_dup_text (work->connection, &other, error,
                             "SELECT user_id FROM account WHERE fold = ?", "s", fold))
    return FALSE;
  if (other != NULL)
    return lift_server_fail (error, LIFT_SERVER_ERROR_USERNAME_TAKEN, "username",
                             _ ("The username %s is taken. Choose another"), username);
  return lift_server_run (work->connection, error,
                          "INSERT INTO account (user_id, username, fold, password, disabled,"
                          " created) VALUES (?, ?, ?, ?, 0, ?)",
                          "ssssi", user_id, username, fold, hash, work->stamp);
}

static LiftServerRow *
new_row (LiftServerWork *work, GType gtype, const char *id, gboolean is_coach)
{
  LiftServerRow *row = g_new0 (LiftServerRow, 1);
  gint64 stamp = lift_server_work_next_stamp (work);

  row->entity = g_object_new (gtype, "id", id, "created-at", stamp, "updated-at", stamp, "version",
                              G_GINT64_CONSTANT (1), "created-by", id, "updated-by", id, NULL);
  row->scope = g_strconcat (is_coach ? "coach:" : "athlete:", id, NULL);
  row->delete_group = LIFT_INT_NULL;
  return row;
}

static gboolean
store_user (LiftServerWork *work,
            const char *id,
            gboolean is_coach,
            const char *username,
            const char *name,
            const char *coach_id,
            GError **error)
{
  g_autoptr (LiftServerRow) row = new_row (work, LIFT_TYPE_USER, id, is_coach);

  lift_entity_set (row->entity, "email", username, "name", name, "role",
                   is_coach ? "COACH" : "ATHLETE", "coach-id", coach_id, NULL);
  return lift_server_row_store (work, row, NULL, error);
}

static gboolean
store_profile (LiftServerWork *work,
               const char *id,
               gboolean is_coach,
               const char *name,
               const char *coach_id,
               GError **error)
{
  g_autoptr (LiftServerRow)
    row = new_row (work, is_coach ? LIFT_TYPE_COACH : LIFT_TYPE_ATHLETE, id, is_coach);

  lift_entity_set (row->entity, "user-id", id, "display-name", name, NULL);
  if (!is_coach)
    lift_entity_set (row->entity, "coach-id", coach_id, NULL);
  return lift_server_row_store (work, row, NULL, error);
}

static gboolean
take_over (LiftServerWork *work, LiftServerRow *profile, GError **error)
{
  g_autoptr (LiftServerRow) before = lift_server_row_copy (profile);

  lift_entity_set (profile->entity, "user-id", before->entity->id, "updated-by", before->entity->id,
                   "updated-at", lift_server_work_next_stamp (work), "version",
                   before->entity->version + 1, NULL);
  return lift_server_row_store (work, profile, before, error);
}

/**
 * lift_server_create_user: (skip)
 * @coach_id: (nullable): in whose care an athlete is
 * @profile: (nullable): the Athlete row that a coach had made of this person
 *
 * Makes the rows of a person who can sign in. User, and Coach or Athlete, have the same id: a
 * client that is not told the one takes the other for it.
 *
 * Returns: (transfer full): the id, or %NULL with @error
 */
char *
lift_server_create_user (LiftServerWork *work,
                         gboolean is_coach,
                         const char *username,
                         const char *name,
                         const char *coach_id,
                         LiftServerRow *profile,
                         GError **error)
{
  g_autofree char *clean = lift_text_clean (name);
  g_autofree char *id = profile != NULL ? g_strdup (profile->entity->id)
                                        : lift_uuid_new (work->server->clock);
  gboolean stored;

  if (clean == NULL || *clean == '\0' || g_utf8_strlen (clean, -1) > 100)
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "name",
                        _ ("A name has 1 to 100 characters"));
      return NULL;
    }
  stored = profile != NULL ? take_over (work, profile, error)
                           : store_profile (work, id, is_coach, clean, coach_id, error);
  if (!stored || !store_user (work, id, is_coach, username, clean, coach_id, error))
    return NULL;
  return g_steal_pointer (&id);
}

static void
append_text (GString *out, const char *key, const char *text)
{
  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static gboolean
write_person (LiftServerConnection *connection, const char *user_id, GString *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = lift_server_query (
    connection, &local_error,
    "SELECT u.role, u.name, c.id, p.id FROM \"user\" u LEFT JOIN coach c ON c.user_id = u.id"
    " LEFT JOIN athlete p ON p.user_id = u.id WHERE u.id = ?",
    "s", user_id);

  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      gboolean is_coach = g_strcmp0 (lift_server_result_get_text (result, 0), "COACH") == 0;

      append_text (out, "userId", user_id);
      append_text (out, "userType", is_coach ? "coach" : "athlete");
      append_text (out, is_coach ? "coachId" : "athleteId",
                   lift_server_result_get_text (result, is_coach ? 2 : 3));
      append_text (out, "name", lift_server_result_get_text (result, 1));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_sign_in: (skip)
 *
 * Returns: (transfer full): the answer to a sign-in, or %NULL with @error
 */
GString *
lift_server_sign_in (LiftServer *self,
                     LiftServerConnection *connection,
                     const char *user_id,
                     const char *device,
                     GError **error)
{
  g_autoptr (GString) out = g_string_new ("{");

  if (!lift_server_start_session (self, connection, user_id, device, out, error) ||
      !write_person (connection, user_id, out, error))
    return NULL;
  g_string_append_c (out, '}');
  lift_server_count (self, G_STRUCT_OFFSET (LiftServerCounts, sign_ins), 1);
  return g_steal_pointer (&out);
}

/* The id and the password hash of an account that may sign in; of none, NULL and the decoy, so
 * that a name that is not there takes as long as a wrong password. */
static gboolean
find_account (LiftServer *self, const char *fold, char **user_id, char **hash, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return FALSE;
  result = lift_server_query (connection, &local_error,
                              "SELECT user_id, password FROM account WHERE fold = ?"
                              " AND disabled = 0",
                              "s", fold);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      *user_id = g_strdup (lift_server_result_get_text (result, 0));
      *hash = g_strdup (lift_server_result_get_text (result, 1));
    }
  else
    *hash = g_strdup (self->decoy);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_sign_in (
  LiftServer *self, const char *fold, const char *password, char **user_id, GError **error)
{
  g_autofree char *hash = NULL;

  if (!lift_server_allow_attempt (self, fold, error) ||
      !find_account (self, fold, user_id, &hash, error))
    return FALSE;
  if (lift_server_check_password (hash, password) && *user_id != NULL)
    {
      lift_server_note_attempt (self, fold, TRUE);
      return TRUE;
    }
  lift_server_note_attempt (self, fold, FALSE);
  lift_server_count (self, G_STRUCT_OFFSET (LiftServerCounts, sign_ins_refused), 1);
  return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID_CREDENTIALS, NULL,
                           _ ("The username or the password is wrong"));
}

/**
 * lift_server_login:
 * @username: (nullable): without regard to case and accents
 * @password: (nullable): the password
 * @device: (nullable): a label for people, such as the User-Agent
 *
 * Signs in. Takes the time of an Argon2id hash, for a name that is not there too.
 *
 * Returns: (transfer full): the tokens and who it is, as PROTOCOL.md, part 2, has it, or %NULL with
 *   INVALID_CREDENTIALS or TOO_MANY_ATTEMPTS
 */
GString *
lift_server_login (
  LiftServer *self, const char *username, const char *password, const char *device, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *fold = NULL;
  g_autofree char *user_id = NULL;
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self), NULL);

  if (username == NULL || password == NULL)
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_INVALID,
                        username == NULL ? "username" : "password",
                        _ ("A sign-in needs a username and a password"));
      return NULL;
    }
  fold = lift_text_fold (username);
  if (!check_sign_in (self, fold, password, &user_id, error))
    return NULL;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  if (connection == NULL)
    return NULL;
  out = lift_server_sign_in (self, connection, user_id, device, error);
  if (out == NULL || !lift_server_connection_commit (g_steal_pointer (&connection), error))
    return NULL;
  return g_steal_pointer (&out);
}
