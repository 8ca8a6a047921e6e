/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-server-private.h"
#include "lift-text.h"

/* What the administrator does with accounts, and their owners with their passwords. */

/**
 * lift_server_account_free:
 * @account: (nullable) (transfer full): a line of the list of accounts
 */
void
lift_server_account_free (LiftServerAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->username);
  g_free (account->name);
  g_free (account->role);
  g_free (account->coach);
  g_free (account);
}

/**
 * lift_server_user_free:
 * @user: (nullable) (transfer full): who asked
 */
void
lift_server_user_free (LiftServerUser *user)
{
  if (user == NULL)
    return;
  g_free (user->id);
  g_free (user->session_id);
  g_free (user->coach_id);
  g_free (user->athlete_id);
  g_free (user);
}

static gboolean
find_user (LiftServerConnection *connection, const char *username, char **user_id, GError **error)
{
  g_autofree char *fold = lift_text_fold (username);

  if (!lift_server_dup_text (connection, user_id, error,
                             "SELECT user_id FROM account WHERE fold = ?", "s", fold))
    return FALSE;
  if (*user_id != NULL)
    return TRUE;
  return lift_server_fail (error, LIFT_SERVER_ERROR_NOT_FOUND, "username",
                           _ ("There is no account named %s"), username);
}

static gboolean
find_coach (LiftServerWork *work, const char *username, char **coach_id, GError **error)
{
  g_autofree char *user_id = NULL;

  if (username == NULL)
    return TRUE;
  if (!find_user (work->connection, username, &user_id, error) ||
      !lift_server_dup_text (work->connection, coach_id, error,
                             "SELECT id FROM coach WHERE user_id = ?", "s", user_id))
    return FALSE;
  if (*coach_id != NULL)
    return TRUE;
  return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "coach",
                           _ ("%s is an athlete and cannot be anybody's coach"), username);
}

static gboolean
check_role (const char *role, const char *coach, gboolean *is_coach, GError **error)
{
  *is_coach = g_strcmp0 (role, "coach") == 0;
  if (!*is_coach && g_strcmp0 (role, "athlete") != 0)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "role",
                             _ ("A role is either coach or athlete"));
  if (*is_coach && coach != NULL)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "coach",
                             _ ("Only an athlete can have a coach"));
  return TRUE;
}

/**
 * lift_server_add_user:
 * @role: `coach` or `athlete`
 * @name: (nullable): the person's name; the username if not given
 * @coach: (nullable): the username of the coach in whose care an athlete is
 *
 * Makes an account with its User row, and its Coach or Athlete row.
 *
 * Returns: (transfer full): the id of the user, or %NULL with @error
 */
char *
lift_server_add_user (LiftServer *self,
                      const char *username,
                      const char *password,
                      const char *role,
                      const char *name,
                      const char *coach,
                      GError **error)
{
  g_autoptr (LiftServerWork) work = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *coach_id = NULL;
  g_autofree char *id = NULL;
  gboolean is_coach;

  g_return_val_if_fail (LIFT_IS_SERVER (self), NULL);

  if (!check_role (role, coach, &is_coach, error) ||
      !lift_server_check_username (username, error) ||
      !lift_server_check_new_password (password, error))
    return NULL;
  hash = lift_server_hash_password (self, password, error);
  if (hash == NULL)
    return NULL;
  work = lift_server_work_begin (self, NULL, NULL, error);
  if (work == NULL || !find_coach (work, coach, &coach_id, error))
    return NULL;
  id = lift_server_create_user (work, is_coach, username, name != NULL ? name : username, coach_id,
                                NULL, error);
  if (id == NULL || !lift_server_insert_account (work, id, username, hash, error) ||
      !lift_server_work_commit (work, error))
    return NULL;
  return g_steal_pointer (&id);
}

/**
 * lift_server_set_password:
 *
 * Gives an account a new password, and ends all of its sign-ins.
 */
gboolean
lift_server_set_password (LiftServer *self,
                          const char *username,
                          const char *password,
                          GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *user_id = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && username != NULL, FALSE);

  if (!lift_server_check_new_password (password, error))
    return FALSE;
  hash = lift_server_hash_password (self, password, error);
  if (hash == NULL)
    return FALSE;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL && find_user (connection, username, &user_id, error) &&
         lift_server_run (connection, error, "UPDATE account SET password = ? WHERE user_id = ?",
                          "ss", hash, user_id) &&
         lift_server_end_sessions (self, connection, user_id, NULL, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

/**
 * lift_server_set_disabled:
 *
 * Keeps the owner of an account out, at once, or lets them in again. Their data stay.
 */
gboolean
lift_server_set_disabled (LiftServer *self, const char *username, gboolean disabled, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *user_id = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && username != NULL, FALSE);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL && find_user (connection, username, &user_id, error) &&
         lift_server_run (connection, error, "UPDATE account SET disabled = ? WHERE user_id = ?",
                          "is", (gint64) (disabled != FALSE), user_id) &&
         (!disabled || lift_server_end_sessions (self, connection, user_id, NULL, error)) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

static LiftServerAccount *
read_account (LiftServerResult *result)
{
  LiftServerAccount *account = g_new0 (LiftServerAccount, 1);

  account->username = g_strdup (lift_server_result_get_text (result, 0));
  account->name = g_strdup (lift_server_result_get_text (result, 1));
  account->role = g_ascii_strdown (lift_server_result_get_text (result, 2), -1);
  account->coach = g_strdup (lift_server_result_get_text (result, 3));
  account->disabled = lift_server_result_get_int (result, 4) != 0;
  return account;
}

/**
 * lift_server_list_accounts:
 *
 * Returns: (transfer full) (element-type LiftServerAccount): all accounts by their names, or %NULL
 *   with @error
 */
GPtrArray *
lift_server_list_accounts (LiftServer *self, GError **error)
{
  g_autoptr (GPtrArray)
    accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_server_account_free);
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self), NULL);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return NULL;
  result = lift_server_query (connection, &local_error,
                              "SELECT a.username, u.name, u.role, b.username, a.disabled"
                              " FROM account a JOIN \"user\" u ON u.id = a.user_id"
                              " LEFT JOIN athlete p ON p.user_id = u.id"
                              " LEFT JOIN coach c ON c.id = p.coach_id"
                              " LEFT JOIN account b ON b.user_id = c.user_id ORDER BY a.fold",
                              "");
  while (result != NULL && lift_server_result_next (result, &local_error))
    g_ptr_array_add (accounts, read_account (result));
  if (local_error == NULL)
    return g_steal_pointer (&accounts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The old password of a user who is signed in; wrong ones are counted as at the sign-in. */
static gboolean
check_own_password (LiftServer *self, LiftServerUser *user, const char *password, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *hash = NULL;
  gboolean good;

  if (!lift_server_allow_attempt (self, user->id, error))
    return FALSE;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL ||
      !lift_server_dup_text (connection, &hash, error,
                             "SELECT password FROM account WHERE user_id = ?", "s", user->id))
    return FALSE;
  g_clear_pointer (&connection, lift_server_connection_rollback);
  good = hash != NULL && password != NULL && lift_server_check_password (hash, password);
  lift_server_note_attempt (self, user->id, good);
  if (good)
    return TRUE;
  return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID_CREDENTIALS, "oldPassword",
                           _ ("The password is wrong"));
}

/**
 * lift_server_change_password:
 * @old_password: (nullable): what it is now
 * @new_password: (nullable): what it shall be
 *
 * Changes the password; every other sign-in of the account ends.
 */
gboolean
lift_server_change_password (LiftServer *self,
                             LiftServerUser *user,
                             const char *old_password,
                             const char *new_password,
                             GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, FALSE);

  if (!lift_server_check_new_password (new_password, error) ||
      !check_own_password (self, user, old_password, error))
    return FALSE;
  hash = lift_server_hash_password (self, new_password, error);
  if (hash == NULL)
    return FALSE;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL &&
         lift_server_run (connection, error, "UPDATE account SET password = ? WHERE user_id = ?",
                          "ss", hash, user->id) &&
         lift_server_end_sessions (self, connection, user->id, user->session_id, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

static gboolean
erase_scope (LiftServer *self, LiftServerConnection *connection, const char *scope, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      LiftServerTable *table = g_ptr_array_index (self->tables, i);
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE scope = ?",
                                              table->info->table);

      if (!lift_server_run (connection, error, sql, "s", scope))
        return FALSE;
    }
  return lift_server_run (connection, error, "DELETE FROM change WHERE scope = ?", "s", scope) &&
         lift_server_run (connection, error, "DELETE FROM history WHERE scope = ?", "s", scope) &&
         lift_server_run (connection, error, "DELETE FROM scope WHERE name = ?", "s", scope);
}

static gboolean
leave_coach (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  g_autoptr (LiftServerRow) before = lift_server_row_copy (row);

  lift_entity_set (row->entity, "coach-id", NULL, "updated-at", lift_server_work_next_stamp (work),
                   "version", row->entity->version + 1, NULL);
  return lift_server_row_store (work, row, before, error);
}

/* Nobody signs in as this one: only the coach could reach it. */
static gboolean
is_paper (LiftServerRow *row)
{
  LiftField *user = lift_entity_info_find (lift_entity_get_info (row->entity), "userId");

  return user != NULL && lift_field_is_null (user, row->entity);
}

/* Athletes who can sign in keep their data and are in nobody's care; those whom only the coach
 * could reach go with the coach. @type is that of their profiles or of their users. */
static gboolean
leave_athletes (LiftServerWork *work, const char *type, const char *coach_id, GError **error)
{
  const LiftEntityInfo *info = lift_registry_find (type);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE coach_id = ?",
                                          lift_server_get_table (work->server, info)->names,
                                          info->table);
  g_autoptr (GPtrArray)
    rows = lift_server_rows_query (work->server, work->connection, info, error, sql, "s", coach_id);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LiftServerRow *row = g_ptr_array_index (rows, i);

      if (is_paper (row) ? !erase_scope (work->server, work->connection, row->scope, error)
                         : !leave_coach (work, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
leave_all (LiftServerWork *work, const char *coach_id, GError **error)
{
  return leave_athletes (work, "Athlete", coach_id, error) &&
         leave_athletes (work, "User", coach_id, error);
}

/* What nobody can follow any more: a coach's invites, or those to take over this profile. */
static gboolean
erase_invites (LiftServerConnection *connection, LiftServerUser *user, GError **error)
{
  if (user->is_coach)
    return lift_server_run (connection, error, "DELETE FROM invite WHERE coach_id = ?", "s",
                            user->coach_id);
  return lift_server_run (connection, error, "DELETE FROM invite WHERE athlete_id = ?", "s",
                          user->athlete_id);
}

static gboolean
erase_account (LiftServerWork *work, LiftServerUser *user, GError **error)
{
  LiftServerConnection *connection = work->connection;
  g_autofree char *scope = g_strconcat (user->is_coach ? "coach:" : "athlete:",
                                        user->is_coach ? user->coach_id : user->athlete_id, NULL);

  return (!user->is_coach || leave_all (work, user->coach_id, error)) &&
         erase_scope (work->server, connection, scope, error) &&
         lift_server_end_sessions (work->server, connection, user->id, NULL, error) &&
         erase_invites (connection, user, error) &&
         lift_server_run (connection, error, "DELETE FROM device WHERE user_id = ?", "s",
                          user->id) &&
         lift_server_run (connection, error, "DELETE FROM failure WHERE user_id = ?", "s",
                          user->id) &&
         lift_server_run (connection, error, "DELETE FROM mark WHERE user_id = ?", "s", user->id) &&
         lift_server_run (connection, error, "DELETE FROM deletion WHERE user_id = ?", "s",
                          user->id) &&
         lift_server_run (connection, error, "DELETE FROM account WHERE user_id = ?", "s",
                          user->id);
}

/**
 * lift_server_delete_account:
 * @password: (nullable): asked for again
 *
 * Erases an account and its rows, tombstones and history included, at once.
 */
gboolean
lift_server_delete_account (LiftServer *self,
                            LiftServerUser *user,
                            const char *password,
                            GError **error)
{
  g_autoptr (LiftServerWork) work = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, FALSE);

  if (!check_own_password (self, user, password, error))
    return FALSE;
  work = lift_server_work_begin (self, user->id, NULL, error);
  return work != NULL && erase_account (work, user, error) && lift_server_work_commit (work, error);
}
