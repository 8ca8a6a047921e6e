/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-server-commands.h"
#include "lift-server-password.h"
#include "lift-server-sqlite.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

static LiftServerExit
finish (gboolean done, const GError *error)
{
  return done ? LIFT_SERVER_EXIT_DONE : lift_server_report (error);
}

/* @format: what to say when it was done, with the user's name. */
static LiftServerExit
finish_user (gboolean done, const char *format, const char *username, const GError *error)
{
  g_autofree char *text = NULL;

  if (!done)
    return lift_server_report (error);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, username);
#pragma GCC diagnostic pop
  g_print ("%s\n", text);
  return LIFT_SERVER_EXIT_DONE;
}

static LiftServerExit
add_user (LiftServer *server, const LiftServerOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  char *password = lift_server_read_password (options->password_file, &error);

  if (password != NULL)
    id = lift_server_add_user (server, username, password, options->role, options->name,
                               options->coach, &error);
  lift_server_wipe_password (password);
  return finish_user (id != NULL,
                      g_str_equal (options->role, "coach") ? _ ("Added the coach %s.")
                                                           : _ ("Added the athlete %s."),
                      username, error);
}

static LiftServerExit
set_password (LiftServer *server, const LiftServerOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  char *password = lift_server_read_password (options->password_file, &error);
  gboolean done = password != NULL && lift_server_set_password (server, username, password, &error);

  lift_server_wipe_password (password);
  return finish_user (done, _ ("%s has a new password."), username, error);
}

static LiftServerExit
disable_user (LiftServer *server, const LiftServerOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  gboolean done = lift_server_set_disabled (server, username, TRUE, &error);

  return finish_user (done, _ ("%s is signed out everywhere, and cannot sign in."), username,
                      error);
}

static LiftServerExit
enable_user (LiftServer *server, const LiftServerOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  gboolean done = lift_server_set_disabled (server, username, FALSE, &error);

  return finish_user (done, _ ("%s can sign in again."), username, error);
}

static LiftServerExit
list_users (LiftServer *server, const LiftServerOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = lift_server_list_accounts (server, &error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const LiftServerAccount *account = accounts->pdata[i];

      g_print ("%s\t%s\t%s\t%s\t%s\n", account->username, account->role,
               account->coach != NULL ? account->coach : "-",
               account->disabled ? "disabled" : "active",
               account->name != NULL ? account->name : "");
    }
  return finish (accounts != NULL, error);
}

typedef struct
{
  const char *word;
  gboolean has_username;
  LiftServerExit (*run) (LiftServer *server,
                         const LiftServerOptions *options,
                         const char *username);
} UserCommand;

static const UserCommand user_commands[] = {
  { "add", TRUE, add_user },         { "list", FALSE, list_users },
  { "disable", TRUE, disable_user }, { "enable", TRUE, enable_user },
  { "passwd", TRUE, set_password },
};

static const UserCommand *
find_user_command (char **words)
{
  for (guint i = 0; i < G_N_ELEMENTS (user_commands); i++)
    if (g_str_equal (user_commands[i].word, words[1]) &&
        user_commands[i].has_username == (words[2] != NULL))
      return &user_commands[i];
  return NULL;
}

/**
 * lift_server_run_user:
 *
 * The commands on accounts.
 */
LiftServerExit
lift_server_run_user (const LiftServerOptions *options)
{
  const UserCommand *command = find_user_command (options->words);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = NULL;

  if (command == NULL)
    return lift_server_refuse_usage (_ ("write user add, disable, enable or passwd and a username, "
                                        "or user list"));
  if (command->run == add_user && g_strcmp0 (options->role, "coach") != 0 &&
      g_strcmp0 (options->role, "athlete") != 0)
    return lift_server_refuse_usage (_ ("user add needs --role coach or --role athlete"));
  server = lift_server_open (options, &error);
  return server != NULL ? command->run (server, options, options->words[2])
                        : lift_server_report (error);
}

/**
 * lift_server_migrate:
 *
 * Opening migrates; this does nothing else.
 */
LiftServerExit
lift_server_migrate (const LiftServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = lift_server_open (options, &error);

  return finish (server != NULL, error);
}

LiftServerExit
lift_server_run_backup (const LiftServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = lift_server_open (options, &error);
  gboolean done = server != NULL && lift_server_backup (server, options->words[1], &error);

  return finish (done, error);
}

static gboolean
replace_database (const char *path, const char *backup, GError **error)
{
  if (g_access (backup, R_OK) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The backup “%s” cannot be read. Nothing was changed"), backup);
      return FALSE;
    }
  return lift_server_lock_database (path, TRUE, error) &&
         lift_server_sqlite_restore (path, backup, error);
}

/**
 * lift_server_run_restore:
 *
 * Puts a backup in place and starts a new epoch, so that clients which have seen more than the
 * backup holds pull all again instead of missing what comes next.
 */
LiftServerExit
lift_server_run_restore (const LiftServerOptions *options)
{
  const char *path = lift_server_get_sqlite_path (options->database);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autoptr (LiftServer) server = NULL;

  if (path == NULL)
    return lift_server_refuse_usage (_ ("restore works on a database of the form sqlite:PATH"));
  if (!replace_database (path, options->words[1], &error))
    return lift_server_report (error);
  /* Opened under the lock that this process already holds alone. */
  database = lift_server_sqlite_open (path, LIFT_SERVER_READERS, &error);
  if (database != NULL)
    server = lift_server_new (database, lift_clock_get_system (), &error);
  return finish (server != NULL && lift_server_start_epoch (server, &error), error);
}

LiftServerExit
lift_server_run_check (const LiftServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = lift_server_open (options, &error);
  gboolean good = server != NULL && lift_server_check (server, &error);

  if (good)
    g_print ("%s\n", _ ("The database is whole"));
  return finish (good, error);
}
