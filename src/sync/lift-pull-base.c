/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-run.h"

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-page.h"
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

/* Where the next page of a type begins. Rows may share an instant, and a page may end between
 * two such: so a microsecond before the newest, unless that would ask for the same again. */
static gint64
get_next_since (BasePage *self, const char *type)
{
  gint64 newest = get_newest (lift_json_get_array (self->page->changes, type));

  if (newest == LIFT_INT_NULL || newest - 1 > self->since || self->since == LIFT_INT_NULL)
    return newest == LIFT_INT_NULL ? newest : newest - 1;
  return newest > self->since ? newest : LIFT_INT_NULL;
}

static gboolean
keep_type (LiftStoreWriter *writer, BasePage *self, const char *type, GError **error)
{
  g_autofree char *name = make_fact_name (type);
  g_autofree char *text = NULL;
  gint64 next = get_next_since (self, type);

  if (next != LIFT_INT_NULL && lift_pull_page_type_has_more (self->page, type))
    text = lift_instant_format (next);
  return lift_store_writer_set_fact (writer, name, text, error);
}

static gboolean
keep_types (LiftStoreWriter *writer, BasePage *self, GError **error)
{
  JsonObjectIter iter;
  const char *type;

  if (self->type != NULL)
    return keep_type (writer, self, self->type, error);
  json_object_iter_init (&iter, self->page->changes);
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

/* Asks for one page of one type. */
static gboolean
page_type (LiftSyncRun *run, const char *type, const char *since, GHashTable *seen, GError **error)
{
  LiftPullRequest request = { .since = since, .entity_types = type };
  g_autoptr (LiftPullPage) page = lift_pull_fetch (run, &request, error);
  BasePage self = { page, { 0, seen }, type, LIFT_INT_NULL };

  if (page == NULL)
    return FALSE;
  lift_instant_parse (since, &self.since);
  return store_base_page (run, &self, error);
}

static gboolean
read_next_type (LiftDatabase *database, gpointer user_data, GError **error)
{
  char **pair = user_data;
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT name, value FROM fact WHERE name LIKE '" LIFT_FACT_SINCE_TYPE "%' LIMIT 1", "");

  if (statement != NULL && lift_statement_next (statement, &local_error))
    {
      pair[0] = g_strdup (lift_statement_get_text (statement, 0) + strlen (LIFT_FACT_SINCE_TYPE));
      pair[1] = g_strdup (lift_statement_get_text (statement, 1));
      lift_statement_reset (statement);
    }
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Pages every type to its end; how far each has come is in the store. */
static gboolean
page_types (LiftSyncRun *run, GHashTable *seen, GError **error)
{
  for (;;)
    {
      char *pair[2] = { NULL, NULL };
      g_autofree char *type = NULL;
      g_autofree char *since = NULL;

      if (!lift_store_read_sync (run->store, read_next_type, pair, error))
        return FALSE;
      type = pair[0];
      since = pair[1];
      if (type == NULL)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !page_type (run, type, since, seen, error))
        return FALSE;
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
