/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-clock.h"
#include "lift-json.h"
#include "lift-server-database.h"
#include "lift-server-error.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SERVER (lift_server_get_type ())
G_DECLARE_FINAL_TYPE (LiftServer, lift_server, LIFT, SERVER, GObject)

#define LIFT_SERVER_MAX_PUSH_ROWS 500
#define LIFT_SERVER_MAX_PULL_LIMIT 500

/**
 * LiftServerUser:
 * @id: the User row
 * @session_id: the sign-in that the token belongs to
 * @is_coach: a coach, else an athlete
 * @coach_id: (nullable): a coach's own Coach row; for an athlete the coach in whose care they are
 * @athlete_id: (nullable): an athlete's own Athlete row; %NULL for a coach
 *
 * Who asks. Made by [method@Server.authenticate] and good for one request: rights are looked up
 * again for the next. Rights come from here alone, never from what a request holds.
 */
typedef struct
{
  char *id;
  char *session_id;
  gboolean is_coach;
  char *coach_id;
  char *athlete_id;
} LiftServerUser;

/**
 * LiftServerPullRequest:
 *
 * The parameters of a pull as they stood in the request, %NULL for those that did not.
 */
typedef struct
{
  const char *since;
  const char *athlete_id;
  const char *entity_types;
  const char *limit;
  const char *cursor;
} LiftServerPullRequest;

/**
 * LiftServerRegistration:
 * @user_type: `coach` or `athlete`
 * @invite_code: (nullable): from [method@Server.create_invite]
 * @device: (nullable): a label for the sign-in, such as the User-Agent
 *
 * What a new account needs. The texts are borrowed; any may be %NULL, which is then refused.
 */
typedef struct
{
  const char *username;
  const char *password;
  const char *name;
  const char *user_type;
  const char *invite_code;
  const char *device;
} LiftServerRegistration;

/**
 * LiftServerAccount:
 * @role: `coach` or `athlete`
 * @coach: (nullable): the username of an athlete's coach
 *
 * A line of the list of accounts.
 */
typedef struct
{
  char *username;
  char *name;
  char *role;
  char *coach;
  gboolean disabled;
} LiftServerAccount;

/**
 * LiftServerCounts:
 * @busy_connections: database connections that are in use now
 *
 * Sums since the server was opened, for metrics.
 */
typedef struct
{
  guint64 rows_pushed;
  guint64 rows_failed;
  guint64 rows_pulled;
  guint64 sign_ins;
  guint64 sign_ins_refused;
  guint busy_connections;
  guint connections;
} LiftServerCounts;

/* Every call blocks, and may be made from any thread. Calls that answer a request return the
 * JSON body of its success. */
LiftServer *lift_server_new (LiftServerDatabase *database, LiftClock *clock, GError **error);
void lift_server_set_open_registration (LiftServer *self, gboolean open);
void lift_server_set_cheap_passwords (LiftServer *self, gboolean cheap);
gboolean lift_server_ping (LiftServer *self, GError **error);
gboolean lift_server_check (LiftServer *self, GError **error);
gboolean lift_server_backup (LiftServer *self, const char *path, GError **error);
gboolean lift_server_purge (LiftServer *self, guint max_rows, guint *purged, GError **error);
gboolean lift_server_start_epoch (LiftServer *self, GError **error);
void lift_server_get_counts (LiftServer *self, LiftServerCounts *counts);

GString *lift_server_login (
  LiftServer *self, const char *username, const char *password, const char *device, GError **error);
GString *lift_server_refresh (LiftServer *self, const char *refresh_token, GError **error);
gboolean lift_server_logout (LiftServer *self, LiftServerUser *user, GError **error);
GString *
lift_server_register (LiftServer *self, const LiftServerRegistration *registration, GError **error);
gboolean lift_server_change_password (LiftServer *self,
                                      LiftServerUser *user,
                                      const char *old_password,
                                      const char *new_password,
                                      GError **error);
GString *lift_server_create_invite (LiftServer *self,
                                    LiftServerUser *user,
                                    const char *athlete_id,
                                    GError **error);
GString *lift_server_export_account (LiftServer *self, LiftServerUser *user, GError **error);
gboolean lift_server_delete_account (LiftServer *self,
                                     LiftServerUser *user,
                                     const char *password,
                                     GError **error);
LiftServerUser *lift_server_authenticate (LiftServer *self, const char *token, GError **error);

GString *lift_server_pull (LiftServer *self,
                           LiftServerUser *user,
                           const LiftServerPullRequest *request,
                           GError **error);
GString *
lift_server_push (LiftServer *self, LiftServerUser *user, JsonObject *body, GError **error);
char **lift_server_dup_scopes (LiftServer *self, LiftServerUser *user, GError **error);

char *lift_server_add_user (LiftServer *self,
                            const char *username,
                            const char *password,
                            const char *role,
                            const char *name,
                            const char *coach,
                            GError **error);
gboolean lift_server_set_password (LiftServer *self,
                                   const char *username,
                                   const char *password,
                                   GError **error);
gboolean lift_server_set_disabled (LiftServer *self,
                                   const char *username,
                                   gboolean disabled,
                                   GError **error);
GPtrArray *lift_server_list_accounts (LiftServer *self, GError **error);

void lift_server_user_free (LiftServerUser *user);
void lift_server_account_free (LiftServerAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerUser, lift_server_user_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerAccount, lift_server_account_free)

/**
 * LiftServer::changed:
 * @scope: what changed, such as `athlete:ID`
 * @seq: its newest position
 *
 * Emitted after the commit, in the thread that called; connect with g_signal_connect() and hand
 * over to the event loop. Who may hear of it: those whose [method@Server.dup_scopes] names it.
 */

G_END_DECLS
