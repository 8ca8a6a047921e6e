/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-digest.h"

#include <string.h>

#include "lift-edits.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-losses.h"
#include "lift-page.h"
#include "lift-registry.h"
#include "lift-sync-facts.h"

/*
 * The last net: with the last page the server says how many rows an athlete or a coach has and
 * what their ids, versions and tombstones add up to. Where that differs from what is here, a row
 * was missed or lost, and everything is pulled anew.
 */

#define ATHLETE "athlete:"
#define COACH "coach:"

typedef struct
{
  const char *owner;
  LiftFieldFlags owner_flag;
  gint64 purged_until; /* the server has forgotten what was deleted until then */
  gint64 rows;
  guint64 hash;
  gboolean unsettled; /* there are rows that the server does not have as they are here */
} Sum;

static gboolean
add_type (Sum *self, LiftDatabase *database, const LiftEntityInfo *info, GError **error)
{
  const char *column = lift_entity_info_get_owner_column (info, self->owner_flag);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;
  LiftStatement *statement;

  if (column == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT id, version, deleted_at IS NOT NULL, pending IS NOT NULL "
                         "FROM \"%s\" WHERE \"%s\" = ? AND "
                         "(last_synced_at IS NOT NULL OR pending IS NOT NULL)",
                         info->table, column);
  statement = lift_database_query (database, error, sql, "s", self->owner);
  while (statement != NULL && lift_statement_next (statement, &local_error))
    {
      self->rows++;
      self->hash += lift_entity_hash_version (lift_statement_get_text (statement, 0),
                                              lift_statement_get_int (statement, 1),
                                              lift_statement_get_int (statement, 2) == 1);
      self->unsettled |= lift_statement_get_int (statement, 3) == 1;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return TRUE;
  return FALSE;
}

/* Parked rows are the newest that the server sent, and not in the sum. Those whose owner cannot be
 * told may be anybody's. */
static gboolean
find_parked (Sum *self, LiftDatabase *database, GError **error)
{
  gint64 found;

  if (!lift_database_get_int (
        database, &found, error,
        "SELECT EXISTS (SELECT 1 FROM (SELECT "
        "CASE WHEN type IN ('Athlete', 'Coach', 'User') THEN id END AS self, "
        "CASE WHEN json_valid (json) THEN json ->> '$.athleteId' END AS athlete, "
        "CASE WHEN json_valid (json) THEN json ->> '$.coachId' END AS coach "
        "FROM parked) WHERE coalesce (self, athlete, coach) IS NULL "
        "OR ? IN (lower (self), lower (athlete), lower (coach)))",
        "s", self->owner))
    return FALSE;
  self->unsettled = found == 1;
  return TRUE;
}

static gboolean
sum_up (LiftDatabase *database, gpointer user_data, GError **error)
{
  Sum *self = user_data;

  if (!find_parked (self, database, error))
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!add_type (self, database, lift_registry_get (i), error))
      return FALSE;
  return TRUE;
}

/* The outcome of one comparison, to be noted. */
typedef struct
{
  const char *scope;
  gboolean same;
  gint64 now;
} Finding;

static gboolean
tell (LiftStoreWriter *writer, const Finding *finding, GError **error)
{
  LiftJournalLine line = { .kind = LIFT_JOURNAL_PULLED_ANEW,
                           .at = finding->now,
                           .info = lift_registry_find (
                             g_str_has_prefix (finding->scope, COACH) ? "Coach" : "Athlete"),
                           .id = strchr (finding->scope, ':') + 1,
                           .field = LIFT_EDITS_NEW,
                           .version = LIFT_INT_NULL };

  lift_store_writer_touch (writer, line.info, line.id);
  return lift_losses_write (lift_store_writer_get_database (writer), &line, error);
}

/* A scope that differed is pulled anew once. If it still differs, the two count something
 * differently, and pulling for ever would not help: it is left alone until it fits again. */
static gboolean
note (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Finding *finding = user_data;
  g_autofree char *name = g_strconcat (LIFT_FACT_DIGEST, finding->scope, NULL);
  g_autofree char *tried = lift_store_writer_dup_fact (writer, name);

  if (finding->same)
    return tried == NULL || lift_store_writer_set_fact (writer, name, NULL, error);
  if (tried != NULL)
    return TRUE;
  g_message ("The rows of %s differ from the server's; they are pulled anew", finding->scope);
  return tell (writer, finding, error) && lift_store_writer_set_fact (writer, name, "1", error) &&
         lift_store_writer_set_fact (writer, LIFT_FACT_RESYNC, LIFT_RESYNC_PLAIN, error);
}

static gboolean
forget (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Sum *self = user_data;

  return lift_page_forget (writer, self->owner, self->purged_until, error);
}

static gboolean
check_scope (LiftSyncRun *run, const char *scope, JsonObject *server, GError **error)
{
  Sum sum = { .owner = strchr (scope, ':') + 1,
              .owner_flag = g_str_has_prefix (scope, COACH) ? LIFT_FIELD_COACH
                                                            : LIFT_FIELD_ATHLETE };
  const char *purged = lift_json_get_string (server, "purgedUntil");
  Finding finding = { scope, FALSE, lift_sync_run_get_now (run) };
  g_autofree char *hash = NULL;

  if (purged != NULL && lift_instant_parse (purged, &sum.purged_until) &&
      !lift_store_write_sync (run->store, forget, &sum, error))
    return FALSE;
  if (!lift_store_read_sync (run->store, sum_up, &sum, error))
    return FALSE;
  if (sum.unsettled)
    return TRUE;
  hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sum.hash);
  finding.same = lift_json_get_int (server, "rows", -1) == sum.rows &&
                 g_strcmp0 (lift_json_get_string (server, "hash"), hash) == 0;
  return lift_store_write_sync (run->store, note, &finding, error);
}

/*
 * lift_digest_check:
 * @digest: (nullable): from the last page of a pull that was stored
 *
 * Compares the rows of each athlete and coach that it names, and asks for a resync where they
 * differ. What the server has forgotten since it was deleted goes here too. Scopes with rows that
 * are not pushed yet, and those that a row which is not readable yet may be of, are left for
 * another time.
 *
 * Returns: %FALSE with an error if it could not be looked
 */
gboolean
lift_digest_check (LiftSyncRun *run, JsonObject *digest, GError **error)
{
  JsonObjectIter iter;
  const char *scope;
  JsonNode *node;

  if (digest == NULL)
    return TRUE;
  json_object_iter_init (&iter, digest);
  while (json_object_iter_next (&iter, &scope, &node))
    if ((g_str_has_prefix (scope, ATHLETE) || g_str_has_prefix (scope, COACH)) &&
        JSON_NODE_HOLDS_OBJECT (node) &&
        !check_scope (run, scope, json_node_get_object (node), error))
      return FALSE;
  return TRUE;
}
