/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftServerExit:
 * @LIFT_SERVER_EXIT_DONE: it was done
 * @LIFT_SERVER_EXIT_USAGE: the command line cannot be understood
 * @LIFT_SERVER_EXIT_INVALID: what was given is wrong; the message says what
 * @LIFT_SERVER_EXIT_UNREACHABLE: the address, the database or a file cannot be used now
 * @LIFT_SERVER_EXIT_DAMAGED: the database is damaged
 *
 * Exit codes of the program, the same numbers as those of the client.
 */
typedef enum
{
  LIFT_SERVER_EXIT_DONE = 0,
  LIFT_SERVER_EXIT_USAGE = 1,
  LIFT_SERVER_EXIT_INVALID = 2,
  LIFT_SERVER_EXIT_UNREACHABLE = 4,
  LIFT_SERVER_EXIT_DAMAGED = 6,
} LiftServerExit;

/**
 * LiftServerOptions:
 * @help: (nullable): what is to be printed, for nothing else is asked for
 * @words: (array zero-terminated=1): the command and its arguments, never empty
 *
 * What the command line and the environment say.
 */
typedef struct
{
  char *listen;
  char *database;
  char *tls_cert;
  char *tls_key;
  char *role;
  char *name;
  char *coach;
  char *password_file;
  gboolean open_registration;
  gboolean version;
  char *help;
  char **words;
} LiftServerOptions;

gboolean
lift_server_options_parse (LiftServerOptions *self, int argc, char *argv[], GError **error);
void lift_server_options_clear (LiftServerOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiftServerOptions, lift_server_options_clear)

G_END_DECLS
