/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-answers.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"
#include "lift-remote-error.h"

G_DEFINE_BOXED_TYPE (LiftSignIn, lift_sign_in, lift_sign_in_copy, lift_sign_in_free)
G_DEFINE_BOXED_TYPE (LiftPullPage, lift_pull_page, lift_pull_page_copy, lift_pull_page_free)
G_DEFINE_BOXED_TYPE (LiftPushAnswer, lift_push_answer, lift_push_answer_copy, lift_push_answer_free)

static void
set_not_ours (GError **error, const char *what)
{
  g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS,
               _ ("The server's answer cannot be understood (%s); check the server address"), what);
}

/**
 * lift_sign_in_copy:
 *
 * Returns: (transfer full): a copy
 */
LiftSignIn *
lift_sign_in_copy (const LiftSignIn *self)
{
  LiftSignIn *copy = g_memdup2 (self, sizeof *self);

  copy->token = g_strdup (self->token);
  copy->refresh_token = g_strdup (self->refresh_token);
  copy->user_id = g_strdup (self->user_id);
  copy->user_type = g_strdup (self->user_type);
  copy->athlete_id = g_strdup (self->athlete_id);
  copy->coach_id = g_strdup (self->coach_id);
  copy->name = g_strdup (self->name);
  return copy;
}

/**
 * lift_sign_in_free:
 */
void
lift_sign_in_free (LiftSignIn *self)
{
  g_free (self->token);
  g_free (self->refresh_token);
  g_free (self->user_id);
  g_free (self->user_type);
  g_free (self->athlete_id);
  g_free (self->coach_id);
  g_free (self->name);
  g_free (self);
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static char *
dup_or (JsonObject *object, const char *key, const char *fallback)
{
  const char *text = lift_json_get_string (object, key);

  return g_strdup (is_filled (text) ? text : fallback);
}

/**
 * lift_sign_in_from_json:
 *
 * Reads the answer to a sign-in. A server that names no athlete or coach means the user's own id.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with %LIFT_REMOTE_ERROR_NOT_OURS
 */
LiftSignIn *
lift_sign_in_from_json (JsonObject *object, GError **error)
{
  const char *token = lift_json_get_string (object, "token");
  const char *user_id = lift_json_get_string (object, "userId");
  const char *user_type = lift_json_get_string (object, "userType");
  g_autofree char *type = g_ascii_strdown (user_type != NULL ? user_type : "", -1);
  gboolean coach = g_str_equal (type, "coach");
  LiftSignIn *self;

  if (!is_filled (token) || !is_filled (user_id) || (!coach && !g_str_equal (type, "athlete")))
    {
      set_not_ours (error, "token, userId, userType");
      return NULL;
    }
  self = g_new0 (LiftSignIn, 1);
  self->token = g_strdup (token);
  self->refresh_token = dup_or (object, "refreshToken", NULL);
  self->expires_in = lift_json_get_int (object, "expiresIn", -1);
  self->user_id = g_strdup (user_id);
  self->athlete_id = dup_or (object, "athleteId", coach ? NULL : user_id);
  self->coach_id = dup_or (object, "coachId", coach ? user_id : NULL);
  self->user_type = g_steal_pointer (&type);
  self->name = dup_or (object, "name", NULL);
  return self;
}

/**
 * lift_pull_page_copy:
 *
 * Returns: (transfer full): a copy that shares the JSON
 */
LiftPullPage *
lift_pull_page_copy (const LiftPullPage *self)
{
  LiftPullPage *copy = g_memdup2 (self, sizeof *self);

  copy->changes = json_object_ref (self->changes);
  copy->cursor = g_strdup (self->cursor);
  copy->sync_timestamp = g_strdup (self->sync_timestamp);
  copy->stats = self->stats != NULL ? json_object_ref (self->stats) : NULL;
  copy->revoked = g_strdupv (self->revoked);
  copy->digest = self->digest != NULL ? json_object_ref (self->digest) : NULL;
  copy->epoch = g_strdup (self->epoch);
  copy->scopes = self->scopes != NULL ? json_object_ref (self->scopes) : NULL;
  copy->forgotten = self->forgotten != NULL ? json_array_ref (self->forgotten) : NULL;
  return copy;
}

/**
 * lift_pull_page_free:
 */
void
lift_pull_page_free (LiftPullPage *self)
{
  json_object_unref (self->changes);
  g_free (self->cursor);
  g_free (self->sync_timestamp);
  g_clear_pointer (&self->stats, json_object_unref);
  g_strfreev (self->revoked);
  g_clear_pointer (&self->digest, json_object_unref);
  g_free (self->epoch);
  g_clear_pointer (&self->scopes, json_object_unref);
  g_clear_pointer (&self->forgotten, json_array_unref);
  g_free (self);
}

static gboolean
holds_only_arrays (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &node))
    if (!JSON_NODE_HOLDS_ARRAY (node))
      return FALSE;
  return TRUE;
}

static char **
read_revoked (JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *ids = lift_json_get_array (object, "revoked");

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

static gboolean
any_type_has_more (const LiftPullPage *self)
{
  JsonObjectIter iter;
  const char *type;

  if (self->stats == NULL)
    return FALSE;
  json_object_iter_init (&iter, self->stats);
  while (json_object_iter_next (&iter, &type, NULL))
    if (lift_pull_page_type_has_more (self, type))
      return TRUE;
  return FALSE;
}

static JsonObject *
ref_member (JsonObject *object, const char *key)
{
  JsonObject *member = lift_json_get_object (object, key);

  return member != NULL ? json_object_ref (member) : NULL;
}

/**
 * lift_pull_page_from_json:
 *
 * Reads the answer to a pull. The rows themselves are not looked at.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %LIFT_REMOTE_ERROR_NOT_OURS
 */
LiftPullPage *
lift_pull_page_from_json (JsonObject *object, GError **error)
{
  JsonObject *changes = lift_json_get_object (object, "changesByType");
  JsonArray *forgotten = lift_json_get_array (object, "forgotten");
  LiftPullPage *self;

  if (changes == NULL || !holds_only_arrays (changes))
    {
      set_not_ours (error, "changesByType");
      return NULL;
    }
  self = g_new0 (LiftPullPage, 1);
  self->changes = json_object_ref (changes);
  self->cursor = dup_or (object, "cursor", NULL);
  self->sync_timestamp = dup_or (object, "syncTimestamp", NULL);
  self->stats = ref_member (object, "stats");
  self->digest = ref_member (object, "digest");
  self->revoked = read_revoked (object);
  self->epoch = dup_or (object, "epoch", NULL);
  self->scopes = ref_member (object, "scopes");
  self->forgotten = forgotten != NULL ? json_array_ref (forgotten) : NULL;
  if (self->cursor != NULL)
    self->has_more = lift_json_get_boolean (object, "hasMore", FALSE);
  else
    self->has_more = any_type_has_more (self);
  return self;
}

/**
 * lift_pull_page_type_has_more:
 *
 * Returns: whether the server has more rows of @type than came; what a [base] server is paged by
 */
gboolean
lift_pull_page_type_has_more (const LiftPullPage *self, const char *type)
{
  JsonObject *stats = self->stats != NULL ? lift_json_get_object (self->stats, type) : NULL;

  return stats != NULL && lift_json_get_boolean (stats, "hasMore", FALSE);
}

/**
 * lift_push_answer_copy:
 *
 * Returns: (transfer full): a copy that shares the JSON
 */
LiftPushAnswer *
lift_push_answer_copy (const LiftPushAnswer *self)
{
  LiftPushAnswer *copy = g_memdup2 (self, sizeof *self);

  json_array_ref (self->succeeded);
  json_array_ref (self->failed);
  copy->epoch = g_strdup (self->epoch);
  return copy;
}

/**
 * lift_push_answer_free:
 */
void
lift_push_answer_free (LiftPushAnswer *self)
{
  json_array_unref (self->succeeded);
  json_array_unref (self->failed);
  g_free (self->epoch);
  g_free (self);
}

static gboolean
names_row (JsonNode *node)
{
  JsonObject *row;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  row = json_node_get_object (node);
  return lift_json_get_string (row, "entityType") != NULL &&
         lift_json_get_string (row, "entityId") != NULL;
}

static gboolean
all_name_rows (JsonArray *rows)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    if (!names_row (json_array_get_element (rows, i)))
      return FALSE;
  return TRUE;
}

/**
 * lift_push_answer_from_json:
 *
 * Reads the answer to a push. An answer of which one element is not understood is refused whole:
 * taking the rest would leave the caller with a row that was neither taken nor refused.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with %LIFT_REMOTE_ERROR_NOT_OURS
 */
LiftPushAnswer *
lift_push_answer_from_json (JsonObject *object, GError **error)
{
  JsonArray *succeeded = lift_json_get_array (object, "succeeded");
  JsonArray *failed = lift_json_get_array (object, "failed");
  LiftPushAnswer *self;

  if ((succeeded == NULL && failed == NULL) || !all_name_rows (succeeded) ||
      !all_name_rows (failed))
    {
      set_not_ours (error, "succeeded, failed");
      return NULL;
    }
  if (lift_json_get_int (object, "lastMutation", -1) > LIFT_MUTATION_MAX)
    {
      set_not_ours (error, "lastMutation");
      return NULL;
    }
  self = g_new0 (LiftPushAnswer, 1);
  self->succeeded = succeeded != NULL ? json_array_ref (succeeded) : json_array_new ();
  self->failed = failed != NULL ? json_array_ref (failed) : json_array_new ();
  self->last_mutation = lift_json_get_int (object, "lastMutation", -1);
  self->epoch = dup_or (object, "epoch", NULL);
  return self;
}
