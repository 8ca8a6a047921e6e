/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-accounts.h"
#include "lift-store.h"
#include "lift-sync-manager.h"

G_BEGIN_DECLS

/**
 * LiftExit:
 *
 * How the program ends; scripts rely on the numbers.
 */
typedef enum
{
  LIFT_EXIT_DONE = 0,
  LIFT_EXIT_USAGE = 1,
  LIFT_EXIT_INVALID = 2,
  LIFT_EXIT_PARTIAL = 3,
  LIFT_EXIT_OFFLINE = 4,
  LIFT_EXIT_SIGN_IN = 5,
  LIFT_EXIT_DAMAGED = 6,
} LiftExit;

/**
 * LiftCli:
 *
 * What a command works with: the options that stand before any command, and what was opened for
 * it so far.
 */
typedef struct
{
  char *data_dir;
  char *server;
  gboolean json;

  LiftAccounts *accounts;
  LiftAccount *account;
  LiftApi *api;
  LiftStore *store;
} LiftCli;

typedef LiftExit (*LiftCommandFunc) (LiftCli *self, int argc, char **argv);

/**
 * LiftCommand:
 *
 * A word of the command line, what stands behind it, and what it is for.
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  LiftCommandFunc run;
} LiftCommand;

extern const LiftCommand lift_cli_commands[];

void lift_cli_clear (LiftCli *self);
gboolean lift_cli_parse (
  LiftCli *self, const LiftCommand *command, const GOptionEntry *entries, int *argc, char ***argv);
const LiftCommand *lift_cli_find_command (const char *name);
LiftExit lift_cli_usage (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);
LiftExit lift_cli_fail (GError *error);

gboolean lift_cli_open_accounts (LiftCli *self, GError **error);
gboolean lift_cli_open_store (LiftCli *self, GError **error);
gboolean lift_cli_open_store_to_read (LiftCli *self, GError **error);
LiftSyncManager *lift_cli_open_manager (LiftCli *self, GError **error);

LiftExit lift_cli_login (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_logout (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_status (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_sync (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_watch (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_retry (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_conflicts (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_waiting (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_discard (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_export (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_doctor (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_list (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_get (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_create (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_update (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_delete (LiftCli *self, int argc, char **argv);
LiftExit lift_cli_restore (LiftCli *self, int argc, char **argv);

const LiftEntityInfo *lift_cli_find_type (const char *name, GError **error);
char *lift_cli_parse_id (const char *text, GError **error);
void lift_cli_unknown_field (const LiftEntityInfo *info, const char *key, GError **error);
LiftFieldSet lift_cli_assign (LiftEntity *entity, char **assignments, GError **error);
void lift_cli_print_row (LiftEntity *entity);
void lift_cli_print_line (LiftEntity *entity);
char *lift_cli_dup_time (gint64 us);
gboolean lift_cli_is_due (LiftCli *self, gint64 next_retry_at);
void lift_cli_tell (LiftCli *self, const char *text);
void lift_cli_tell_none (LiftCli *self, const char *text);
void lift_cli_append_title (GString *out, const char *title);
void lift_cli_print_title (const LiftEntityInfo *info, const char *id, const char *title);
void lift_cli_append_row (LiftEntity *entity, GString *out);

G_END_DECLS
