/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-registry.h"
#include "lift-sync-facts.h"
#include "lift-sync-journal-private.h"

/* The reading side of the journal; lift-losses.c writes it. */

static const char *const kinds[] = {
  [LIFT_JOURNAL_CONFLICT] = "conflict",      [LIFT_JOURNAL_SET_ASIDE] = "setAside",
  [LIFT_JOURNAL_DISCARDED] = "discarded",    [LIFT_JOURNAL_REVIVED] = "revived",
  [LIFT_JOURNAL_PULLED_ANEW] = "pulledAnew",
};

/**
 * lift_journal_kind_to_string:
 *
 * Returns: (transfer none): its name in the store and in JSON, `setAside`
 */
const char *
lift_journal_kind_to_string (LiftJournalKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind];
}

/* A kind that a newer version wrote is told, and nothing more. */
static LiftJournalKind
parse_kind (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], text) == 0)
      return i;
  return LIFT_JOURNAL_PULLED_ANEW;
}

/**
 * lift_conflict_free:
 */
void
lift_conflict_free (LiftConflict *self)
{
  g_free (self->id);
  g_free (self->field);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->by);
  g_free (self->by_name);
  g_free (self);
}

/**
 * lift_conflict_is_restorable:
 *
 * Returns: whether there is a value to bring back; else the entry is only to be read and dismissed
 */
gboolean
lift_conflict_is_restorable (const LiftConflict *self)
{
  return self->kind != LIFT_JOURNAL_REVIVED && self->kind != LIFT_JOURNAL_PULLED_ANEW;
}

/*
 * lift_journal_get_int:
 *
 * Returns: the number in a column, %LIFT_INT_NULL for none
 */
gint64
lift_journal_get_int (LiftStatement *statement, int column)
{
  return lift_statement_is_null (statement, column) ? LIFT_INT_NULL
                                                    : lift_statement_get_int (statement, column);
}

/* A [base] server may name people by the ids of their profiles. */
#define PERSON_SQL(id) \
  "coalesce ((SELECT name FROM user WHERE id = " id "), " \
  "(SELECT display_name FROM coach WHERE user_id = " id " OR id = " id " LIMIT 1), " \
  "(SELECT display_name FROM athlete WHERE user_id = " id " OR id = " id " LIMIT 1))"

#define OF_ENTRY_SQL "(number = ?1 OR deed = (SELECT deed FROM conflict WHERE number = ?1))"

static LiftConflict *
read_entry (LiftStatement *statement)
{
  LiftConflict *self = g_new0 (LiftConflict, 1);

  self->number = lift_statement_get_int (statement, 0);
  self->at = lift_statement_get_int (statement, 1);
  self->info = lift_registry_find (lift_statement_get_text (statement, 2));
  self->id = g_strdup (lift_statement_get_text (statement, 3));
  self->field = g_strdup (lift_statement_get_text (statement, 4));
  self->mine = g_strdup (lift_statement_get_text (statement, 5));
  self->theirs = g_strdup (lift_statement_get_text (statement, 6));
  self->by = g_strdup (lift_statement_get_text (statement, 7));
  self->by_name = g_strdup (lift_statement_get_text (statement, 8));
  self->version = lift_journal_get_int (statement, 9);
  self->restored = lift_statement_get_int (statement, 10) != 0;
  self->kind = parse_kind (lift_statement_get_text (statement, 11));
  if (!lift_statement_is_null (statement, 12))
    self->deed = lift_statement_get_int (statement, 12);
  return self;
}

/*
 * lift_journal_list_open:
 * @number: an entry, to list it and those of its deed, also where they were dismissed; -1 for all
 *   that were not
 *
 * Entries about rows of a type that this version does not know (a newer one was here) cannot be
 * shown.
 *
 * Returns: (transfer full) (nullable) (element-type LiftConflict): what was not restored
 */
GPtrArray *
lift_journal_list_open (LiftDatabase *database, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_conflict_free);
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT number, at, type, id, field, mine, theirs, by_user, " PERSON_SQL (
      "by_user") ", "
                 "version, restored, kind, deed FROM conflict "
                 "WHERE restored = 0 AND CASE WHEN ?1 < 0 THEN dismissed = 0 ELSE " OF_ENTRY_SQL
                 " END "
                 "ORDER BY number",
    "i", number);

  while (statement != NULL && lift_statement_next (statement, &local_error))
    if (lift_registry_find (lift_statement_get_text (statement, 2)) != NULL)
      g_ptr_array_add (rows, read_entry (statement));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return g_steal_pointer (&rows);
  return NULL;
}

static gboolean
list_all (LiftDatabase *database, gpointer user_data, GError **error)
{
  GPtrArray **rows = user_data;

  *rows = lift_journal_list_open (database, -1, error);
  return *rows != NULL;
}

/**
 * lift_sync_list_conflicts:
 *
 * Reads the journal: what was neither restored nor dismissed. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable) (element-type LiftConflict): the entries, oldest first
 */
GPtrArray *
lift_sync_list_conflicts (LiftStore *store, GError **error)
{
  GPtrArray *rows = NULL;

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  return lift_store_read_sync (store, list_all, &rows, error) ? rows : NULL;
}

static gboolean
touch_rows (LiftStoreWriter *writer, gint64 number, GError **error)
{
  g_autoptr (GPtrArray)
    entries = lift_journal_list_open (lift_store_writer_get_database (writer), number, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const LiftConflict *entry = g_ptr_array_index (entries, i);

      lift_store_writer_touch (writer, entry->info, entry->id);
    }
  return entries != NULL;
}

/*
 * lift_journal_set_no_entry:
 *
 * Returns: %FALSE, with an error
 */
gboolean
lift_journal_set_no_entry (gint64 number, GError **error)
{
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("There is no open conflict with the number %" G_GINT64_FORMAT), number);
  return FALSE;
}

/*
 * lift_journal_close:
 * @column: `restored` or `dismissed`
 *
 * Marks an entry, with those of its deed, and names their rows in `changed`. What was dismissed can
 * still be restored: it may be the only copy.
 */
gboolean
lift_journal_close (LiftStoreWriter *writer, gint64 number, const char *column, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  g_autofree char *sql = g_strdup_printf (
    "UPDATE conflict SET %s = 1 WHERE restored = 0 AND %s = 0 AND " OF_ENTRY_SQL, column, column);

  if (!touch_rows (writer, number, error) || !lift_database_run (database, error, sql, "i", number))
    return FALSE;
  return lift_database_get_changes (database) > 0 || lift_journal_set_no_entry (number, error);
}

static gboolean
dismiss (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_journal_close (writer, *(gint64 *) user_data, "dismissed", error);
}

/**
 * lift_sync_dismiss_conflict:
 * @number: which entry
 *
 * Takes an entry off the list, and with it all of the same deed; what stands stays. Who has the
 * number can still restore it, or have it on the list again. The store's `changed` follows. Blocks;
 * for workers.
 *
 * Returns: %FALSE with an error if there is no such entry, or not any more
 */
gboolean
lift_sync_dismiss_conflict (LiftStore *store, gint64 number, GError **error)
{
  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);

  return lift_store_write_sync (store, dismiss, &number, error);
}

static gboolean
recall (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  gint64 number = *(gint64 *) user_data;
  LiftDatabase *database = lift_store_writer_get_database (writer);

  if (!lift_database_run (database, error,
                          "UPDATE conflict SET dismissed = 0 "
                          "WHERE dismissed = 1 AND restored = 0 AND " OF_ENTRY_SQL,
                          "i", number))
    return FALSE;
  if (lift_database_get_changes (database) > 0)
    return touch_rows (writer, number, error);
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("There is no dismissed conflict with the number %" G_GINT64_FORMAT), number);
  return FALSE;
}

/**
 * lift_sync_recall_conflict:
 * @number: which entry
 *
 * Takes a dismissal back: the entry is on the list again, and with it all of the same deed. The
 * store's `changed` follows. Blocks; for workers.
 *
 * Returns: %FALSE with an error if no such entry was dismissed
 */
gboolean
lift_sync_recall_conflict (LiftStore *store, gint64 number, GError **error)
{
  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);

  return lift_store_write_sync (store, recall, &number, error);
}

typedef struct
{
  const char *id;
  char *name;
} Person;

static gboolean
read_name (LiftDatabase *database, gpointer user_data, GError **error)
{
  Person *person = user_data;
  g_autoptr (GError) local_error = NULL;

  person->name = lift_database_dup_text (database, &local_error, "SELECT " PERSON_SQL ("?1"), "s",
                                         person->id);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_sync_dup_person_name:
 * @id: (nullable): id of a User, as in `by`
 *
 * What a person is called, as far as this computer knows. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): the name
 */
char *
lift_sync_dup_person_name (LiftStore *store, const char *id)
{
  Person person = { id };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  if (id != NULL)
    lift_store_read_sync (store, read_name, &person, NULL);
  return person.name;
}

/**
 * lift_sync_dup_cursor:
 *
 * Where the next pull goes on, for those who look from outside.
 *
 * Returns: (transfer full) (nullable): the server's cursor, or %NULL before the first pull
 */
char *
lift_sync_dup_cursor (LiftStore *store, GError **error)
{
  return lift_store_dup_fact_sync (store, LIFT_FACT_CURSOR, error);
}
