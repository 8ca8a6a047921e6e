/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* No device counts so far; what lies beyond would leave it no room to go on. */
#define LIFT_MUTATION_MAX (G_GINT64_CONSTANT (1) << 53)

#define LIFT_TYPE_SIGN_IN (lift_sign_in_get_type ())
#define LIFT_TYPE_PULL_PAGE (lift_pull_page_get_type ())
#define LIFT_TYPE_PUSH_ANSWER (lift_push_answer_get_type ())

typedef struct _LiftSignIn LiftSignIn;
typedef struct _LiftPullRequest LiftPullRequest;
typedef struct _LiftPullPage LiftPullPage;
typedef struct _LiftPushAnswer LiftPushAnswer;

/**
 * LiftSignIn:
 * @refresh_token: (nullable): %NULL from a server that has no refresh
 * @expires_in: seconds that @token lasts, or -1 if not said
 * @user_type: `coach` or `athlete`
 * @athlete_id: (nullable): set for an athlete; the user id where the server names none
 * @coach_id: (nullable): set for a coach; the user id where the server names none
 * @name: (nullable): the person's name
 *
 * The answer to a sign-in or a registration.
 */
struct _LiftSignIn
{
  char *token;
  char *refresh_token;
  gint64 expires_in;
  char *user_id;
  char *user_type;
  char *athlete_id;
  char *coach_id;
  char *name;
};

/**
 * LiftPullRequest:
 * @cursor: (nullable): from an earlier answer; takes the place of @since
 * @since: (nullable): an instant as the server wrote it
 * @athlete_id: (nullable): only this athlete's rows
 * @entity_types: (nullable): comma-separated types; %NULL for all
 * @limit: rows a type, 1 to 500, or 0 to leave it to the server
 *
 * What to ask a pull for. All zero asks for everything. The texts are borrowed.
 */
struct _LiftPullRequest
{
  const char *cursor;
  const char *since;
  const char *athlete_id;
  const char *entity_types;
  guint limit;
};

/**
 * LiftPullPage:
 * @changes: an array of rows for each type; every member is an array
 * @cursor: (nullable): %NULL from a [base] server
 * @has_more: ask again; from a [base] server: whether any type has more
 * @sync_timestamp: (nullable): an instant, for paging with `since`
 * @stats: (nullable): see lift_pull_page_type_has_more()
 * @revoked: ids of athletes whose rows are to be removed; never %NULL
 * @digest: (nullable): with the last page, a digest for each scope that changed
 * @epoch: (nullable): which history of the server the rows are of
 * @scopes: (nullable): with the first page of a pull of everything: each scope that the user may see,
 *   as `own`, `care` or `read`
 * @forgotten: (nullable): with the same page: `{"epoch","after","until"}` of each history,
 *   with the stamps of what was lost when it began
 *
 * One checked page of a pull.
 */
struct _LiftPullPage
{
  JsonObject *changes;
  char *cursor;
  gboolean has_more;
  char *sync_timestamp;
  JsonObject *stats;
  char **revoked;
  JsonObject *digest;
  char *epoch;
  JsonObject *scopes;
  JsonArray *forgotten;
};

/**
 * LiftPushAnswer:
 * @succeeded: objects with `entityType`, `entityId`, `entity`, `conflicts`; never %NULL
 * @failed: objects with `entityType`, `entityId`, `retryable`, `errors`; never %NULL
 * @last_mutation: the device's highest number that the server has, or -1 if not said
 * @epoch: (nullable): into which history of the server the rows went
 *
 * The checked answer to a push: each element is an object that names type and id.
 */
struct _LiftPushAnswer
{
  JsonArray *succeeded;
  JsonArray *failed;
  gint64 last_mutation;
  char *epoch;
};

GType lift_sign_in_get_type (void);
LiftSignIn *lift_sign_in_copy (const LiftSignIn *self);
void lift_sign_in_free (LiftSignIn *self);
LiftSignIn *lift_sign_in_from_json (JsonObject *object, GError **error);

GType lift_pull_page_get_type (void);
LiftPullPage *lift_pull_page_copy (const LiftPullPage *self);
void lift_pull_page_free (LiftPullPage *self);
LiftPullPage *lift_pull_page_from_json (JsonObject *object, GError **error);
gboolean lift_pull_page_type_has_more (const LiftPullPage *self, const char *type);

GType lift_push_answer_get_type (void);
LiftPushAnswer *lift_push_answer_copy (const LiftPushAnswer *self);
void lift_push_answer_free (LiftPushAnswer *self);
LiftPushAnswer *lift_push_answer_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftSignIn, lift_sign_in_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPullPage, lift_pull_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPushAnswer, lift_push_answer_free)

G_END_DECLS
