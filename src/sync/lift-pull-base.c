/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-run.h"

#include <glib/gi18n-lib.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-page.h"
#include "lift-remote-error.h"
#include "lift-sync-facts.h"

/*
 * The pull of a server that knows only the [base] parts: instants instead of cursors. Such a
 * server may commit a row with an earlier instant than one that was read already, so each pull
 * begins 60 s before the one before. The clock is the server's in both.
 */
#define OVERLAP (60 * G_TIME_SPAN_SECOND)

/*
 * BasePage:
 * @type: (nullable): the one type that was asked for, %NULL for all
 * @since: (nullable): what it was asked with
 */
typedef struct
{
  LiftPullPage *page;
  LiftPageContext context;
  const char *type;
  gint64 since;
} BasePage;

static char *
make_fact_name (const char *type)
{
  return g_strconcat (LIFT_FACT_SINCE_TYPE, type, NULL);
}

static gint64
get_newest (JsonArray *rows)
{
  gint64 newest = LIFT_INT_NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      const char *text = NULL;
      gint64 at;

      if (JSON_NODE_HOLDS_OBJECT (node))
        text = lift_json_get_string (json_node_get_object (node), "updatedAt");
      if (text != NULL && lift_instant_parse (text, &at))
        newest = MAX (newest, at);
    }
  return newest;
}

/* Where the next page of a type begins, %LIFT_INT_NULL if no page can follow this one. Rows may share
 * an instant, and a page may end between two such: so a microsecond before the newest. A page that
 * holds nothing but rows of one instant would then come again and again, and to go on behind it
 * would be to pass by those that it leaves out. */
static gint64
get_next_since (BasePage *self, const char *type)
{
  gint64 newest = get_newest (lift_json_get_array (self->page->changes, type));

  if (newest == LIFT_INT_NULL || newest - 1 > self->since || self->since == LIFT_INT_NULL)
    return newest == LIFT_INT_NULL ? newest : newest - 1;
  return LIFT_INT_NULL;
}

static gboolean
is_stuck (BasePage *self)
{
  return lift_pull_page_type_has_more (self->page, self->type) &&
         get_next_since (self, self->type) == LIFT_INT_NULL;
}

/* A first page that says nothing of its instants is asked for once more, from where it began. */
static char *
dup_beginning (LiftStoreWriter *writer)
{
  char *since = lift_store_writer_dup_fact (writer, LIFT_FACT_SINCE);

  return since != NULL ? since : lift_instant_format (0);
}

static gboolean
keep_type (LiftStoreWriter *writer, BasePage *self, const char *type, GError **error)
{
  g_autofree char *name = make_fact_name (type);
  g_autofree char *text = NULL;
  gint64 next = get_next_since (self, type);

  if (!lift_pull_page_type_has_more (self->page, type))
    return lift_store_writer_set_fact (writer, name, NULL, error);
  if (next == LIFT_INT_NULL && self->type != NULL)
    return TRUE;
  text = next != LIFT_INT_NULL ? lift_instant_format (next) : dup_beginning (writer);
  return lift_store_writer_set_fact (writer, name, text, error);
}

static gboolean
keep_types (LiftStoreWriter *writer, BasePage *self, GError **error)
{
  JsonObjectIter iter;
  const char *type;

  if (self->type != NULL)
    return keep_type (writer, self, self->type, error);
  if (self->page->stats == NULL)
    return TRUE;
  json_object_iter_init (&iter, self->page->stats);
  while (json_object_iter_next (&iter, &type, NULL))
    if (!keep_type (writer, self, type, error))
      return FALSE;
  return TRUE;
}

/* The first answer says where the next pull begins, once this one has come to its end. */
static gboolean
keep_next (LiftStoreWriter *writer, BasePage *self, GError **error)
{
  g_autofree char *text = NULL;
  gint64 at;

  if (self->type != NULL)
    return TRUE;
  if (self->page->sync_timestamp == NULL || !lift_instant_parse (self->page->sync_timestamp, &at))
    at = OVERLAP;
  text = lift_instant_format (at - OVERLAP);
  return lift_store_writer_set_fact (writer, LIFT_FACT_CURSOR, NULL, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_SINCE_NEXT, text, error);
}

static gboolean
apply_base_page (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  BasePage *self = user_data;

  return lift_page_apply (writer, self->page, &self->context, error) &&
         keep_types (writer, self, error) && keep_next (writer, self, error);
}

static gboolean
store_base_page (LiftSyncRun *run, BasePage *self, GError **error)
{
  self->context.now = lift_sync_run_get_now (run);
  self->context.taken = 0;
  if (!lift_store_write_sync (run->store, apply_base_page, self, error))
    return FALSE;
  run->result->pulled += self->context.taken;
  return TRUE;
}

/* As many rows as a server may send at once, for once. */
static LiftPullPage *
fetch_greater (LiftSyncRun *run, const LiftPullRequest *request, GError **error)
{
  guint usual = run->pull_limit;
  LiftPullPage *page;

  run->pull_limit = LIFT_SYNC_MAX_ROWS;
  page = lift_pull_fetch (run, request, error);
  run->pull_limit = MIN (usual, run->pull_limit);
  return page;
}

/*
 * @stuck: (out): whether the server has more of this type that cannot be had
 *
 * Asks for one page of one type.
 */
static gboolean
page_type (LiftSyncRun *run,
           const char *type,
           const char *since,
           GHashTable *seen,
           gboolean *stuck,
           GError **error)
{
  LiftPullRequest request = { .since = since, .entity_types = type };
  g_autoptr (LiftPullPage) page = lift_pull_fetch (run, &request, error);
  BasePage self = { page, { 0, seen }, type, LIFT_INT_NULL };

  if (page == NULL)
    return FALSE;
  lift_instant_parse (since, &self.since);
  if (is_stuck (&self) && run->pull_limit < LIFT_SYNC_MAX_ROWS)
    {
      lift_pull_page_free (page);
      self.page = page = fetch_greater (run, &request, error);
      if (page == NULL)
        return FALSE;
    }
  *stuck = is_stuck (&self);
  return store_base_page (run, &self, error);
}

/* The next type that has more, in the order of their names. */
typedef struct
{
  char *after;
  char *name;
  char *since;
} NextType;

static void
next_type_clear (NextType *self)
{
  g_clear_pointer (&self->after, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->since, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NextType, next_type_clear)

static gboolean
read_next_type (LiftDatabase *database, gpointer user_data, GError **error)
{
  NextType *next = user_data;
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT name, value FROM fact WHERE name LIKE '" LIFT_FACT_SINCE_TYPE "%' AND name > ? "
    "ORDER BY name LIMIT 1",
    "s", next->after);

  g_clear_pointer (&next->name, g_free);
  g_clear_pointer (&next->since, g_free);
  if (statement != NULL && lift_statement_next (statement, &local_error))
    {
      next->name = g_strdup (lift_statement_get_text (statement, 0));
      next->since = g_strdup (lift_statement_get_text (statement, 1));
      lift_statement_reset (statement);
    }
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The next sync asks for everything from where this one did, for nothing says what did not come. */
static gboolean
give_up (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_store_writer_set_fact (writer, LIFT_FACT_SINCE_NEXT, NULL, error) &&
         lift_database_run (lift_store_writer_get_database (writer), error,
                            "DELETE FROM fact WHERE name LIKE '" LIFT_FACT_SINCE_TYPE "%'", "");
}

static gboolean
check_complete (LiftSyncRun *run, const char *stuck, GError **error)
{
  if (*stuck == '\0')
    return TRUE;
  if (lift_store_write_sync (run->store, give_up, NULL, error))
    g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER,
                 /* Translators: %s are types of rows, as “SetPlan, TrainingPlan”. */
                 _ ("The server cannot send all rows of %s: more of them have one time of change "
                    "than it sends at once. The rest is synced. Tell whoever runs the server; it "
                    "has to send up to 500 rows, or give each a time of its own"),
                 stuck);
  return FALSE;
}

/* Pages every type to its end; how far each has come is in the store. One that does not get to its
 * end keeps back no other. */
static gboolean
page_types (LiftSyncRun *run, GHashTable *seen, GError **error)
{
  g_auto (NextType) next = { g_strdup (""), NULL, NULL };
  g_autoptr (GString) all_stuck = g_string_new (NULL);

  for (;;)
    {
      const char *type;
      gboolean stuck;

      if (!lift_store_read_sync (run->store, read_next_type, &next, error))
        return FALSE;
      if (next.name == NULL)
        return check_complete (run, all_stuck->str, error);
      type = next.name + strlen (LIFT_FACT_SINCE_TYPE);
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !page_type (run, type, next.since, seen, &stuck, error))
        return FALSE;
      if (!stuck)
        continue;
      g_string_append_printf (all_stuck, "%s%s", all_stuck->len > 0 ? ", " : "", type);
      g_free (next.after);
      next.after = g_strdup (next.name);
    }
}

static gboolean
finish (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  LiftPageContext *context = user_data;
  g_autofree char *next = lift_store_writer_dup_fact (writer, LIFT_FACT_SINCE_NEXT);

  if (context->seen != NULL && !lift_page_sweep (writer, context, error))
    return FALSE;
  return lift_store_writer_set_fact (writer, LIFT_FACT_SINCE, next, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_SINCE_NEXT, NULL, error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_RESYNC, NULL, error);
}

/*
 * lift_pull_base:
 * @first: (nullable) (transfer full): the answer for all types, %NULL to go on with a pull that
 *   was cut short
 * @seen: (nullable): see [struct@LiftPageContext]
 */
gboolean
lift_pull_base (LiftSyncRun *run, LiftPullPage *first, GHashTable *seen, GError **error)
{
  g_autoptr (LiftPullPage) page = first;
  BasePage self = { page, { 0, seen }, NULL, LIFT_INT_NULL };
  LiftPageContext context = { lift_sync_run_get_now (run), seen };

  run->report (run, LIFT_SYNC_PULLING, 0.25);
  if (page != NULL && !store_base_page (run, &self, error))
    return FALSE;
  return page_types (run, seen, error) &&
         lift_store_write_sync (run->store, finish, &context, error);
}
