/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <string.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-row.h"
#include "lift-sync-journal-private.h"

/* The way out when all else fails: what only this computer has, for people and for programs. */

#define FORMAT "liftlogger-unsynced"
#define FORMAT_VERSION 1

static const char *const changes[] = {
  [LIFT_WAITING_ADDED] = "added",
  [LIFT_WAITING_EDITED] = "edited",
  [LIFT_WAITING_DELETED] = "deleted",
};

static const char *const states[] = {
  [LIFT_WAITING_WAITS] = "waits",
  [LIFT_WAITING_UNDER_WAY] = "underWay",
  [LIFT_WAITING_RETRY] = "retry",
  [LIFT_WAITING_HELD] = "held",
  [LIFT_WAITING_NEEDS_ATTENTION] = "needsAttention",
};

static void
append_text (GString *out, const char *key, const char *text)
{
  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static void
append_int (GString *out, const char *key, gint64 value)
{
  lift_json_append_key (out, key);
  if (value == LIFT_INT_NULL)
    g_string_append (out, "null");
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

static void
append_instant (GString *out, const char *key, gint64 us)
{
  g_autofree char *text = us != LIFT_INT_NULL ? lift_instant_format (us) : NULL;

  append_text (out, key, text);
}

static void
append_boolean (GString *out, const char *key, gboolean value)
{
  lift_json_append_key (out, key);
  g_string_append (out, value ? "true" : "false");
}

/* A text that is JSON already. */
static void
append_json (GString *out, const char *key, const char *json)
{
  lift_json_append_key (out, key);
  g_string_append (out, json != NULL ? json : "null");
}

static void
append_fields (GString *out, const LiftEntityInfo *info, LiftFieldSet fields)
{
  gboolean first = TRUE;

  lift_json_append_key (out, "changedFields");
  g_string_append_c (out, '[');
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      {
        g_string_append (out, first ? "" : ",");
        lift_json_append_string (out, info->fields[i]->key);
        first = FALSE;
      }
  g_string_append_c (out, ']');
}

/**
 * lift_faults_append_json:
 * @faults: (element-type LiftFault): what is wrong with a row
 *
 * Appends the member `errors` to an object, as the server words it.
 */
void
lift_faults_append_json (GPtrArray *faults, GString *out)
{
  lift_json_append_key (out, "errors");
  g_string_append_c (out, '[');
  for (guint i = 0; i < faults->len; i++)
    {
      const LiftFault *fault = g_ptr_array_index (faults, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      append_text (out, "field", fault->field);
      append_text (out, "code", lift_fault_code_to_string (fault->code));
      append_text (out, "message", fault->message);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/**
 * lift_waiting_row_append_json:
 *
 * Appends the members that tell what waits to an object: `entityType`, `entityId`, `change`
 * (added, edited, deleted), `changedFields` (none of an added row), `since`, `state` (waits,
 * underWay, retry, held, needsAttention), `underWay`, `errors`, `retryCount`, `nextRetryAt`.
 */
void
lift_waiting_row_append_json (const LiftWaitingRow *self, GString *out)
{
  append_text (out, "entityType", self->info->name);
  append_text (out, "entityId", self->id);
  append_text (out, "change", changes[self->change]);
  append_fields (out, self->info, self->fields);
  append_instant (out, "since", self->since);
  append_text (out, "state", states[self->state]);
  append_boolean (out, "underWay", self->under_way);
  lift_faults_append_json (self->faults, out);
  append_int (out, "retryCount", self->retry_count);
  append_instant (out, "nextRetryAt", self->next_retry_at);
}

/**
 * lift_conflict_append_json:
 *
 * Appends the members of an entry of the journal to an object: `number`, `kind` (conflict,
 * setAside, discarded, revived, pulledAnew), `deed` (null where it stands alone), `at`,
 * `entityType`, `entityId`, `field`, `mine` and `theirs` (the values themselves), `by`, `byName`,
 * `version`, `restorable`, `restored`.
 */
void
lift_conflict_append_json (const LiftConflict *self, GString *out)
{
  append_int (out, "number", self->number);
  append_text (out, "kind", lift_journal_kind_to_string (self->kind));
  append_int (out, "deed", self->deed > 0 ? self->deed : LIFT_INT_NULL);
  append_instant (out, "at", self->at);
  append_text (out, "entityType", self->info->name);
  append_text (out, "entityId", self->id);
  append_text (out, "field", self->field);
  append_json (out, "mine", self->mine);
  append_json (out, "theirs", self->theirs);
  append_text (out, "by", self->by);
  append_text (out, "byName", self->by_name);
  append_int (out, "version", self->version);
  append_boolean (out, "restorable", lift_conflict_is_restorable (self));
  append_boolean (out, "restored", self->restored);
}

typedef struct
{
  GString *out;
  gint64 now;
} Export;

static gboolean
append_row (LiftDatabase *database, const LiftWaitingRow *waiting, GString *out, GError **error)
{
  g_autoptr (LiftEntity) row = lift_row_load (database, waiting->info, waiting->id, error);

  if (row == NULL)
    return FALSE;
  g_string_append_c (out, '{');
  lift_waiting_row_append_json (waiting, out);
  lift_json_append_key (out, "row");
  lift_entity_write_json (row, out, LIFT_FIELD_SET_ALL);
  append_json (out, "serverHas", row->base);
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_rows (LiftDatabase *database, GString *out, GError **error)
{
  g_autoptr (GPtrArray) rows = lift_journal_list_waiting (database, FALSE, error);

  if (rows == NULL)
    return FALSE;
  lift_json_append_key (out, "rows");
  g_string_append_c (out, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      if (!append_row (database, g_ptr_array_index (rows, i), out, error))
        return FALSE;
    }
  g_string_append (out, "\n]");
  return TRUE;
}

static gboolean
append_journal (LiftDatabase *database, GString *out, GError **error)
{
  g_autoptr (GPtrArray) entries = lift_journal_list_open (database, -1, error);

  if (entries == NULL)
    return FALSE;
  lift_json_append_key (out, "journal");
  g_string_append_c (out, '[');
  for (guint i = 0; i < entries->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n{" : "\n{");
      lift_conflict_append_json (g_ptr_array_index (entries, i), out);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "\n]");
  return TRUE;
}

static gboolean export(LiftDatabase *database, gpointer user_data, GError **error)
{
  Export *self = user_data;

  g_string_assign (self->out, "{");
  append_text (self->out, "format", FORMAT);
  append_int (self->out, "version", FORMAT_VERSION);
  append_instant (self->out, "exportedAt", self->now);
  if (!append_rows (database, self->out, error) || !append_journal (database, self->out, error))
    return FALSE;
  g_string_append (self->out, "}\n");
  return TRUE;
}

/**
 * lift_sync_export_unsynced:
 *
 * Writes down everything that is not on the server, of one moment, as a JSON object:
 *
 * - `format`: `liftlogger-unsynced`; `version`: 1; `exportedAt`
 * - `rows`: an object for each row that waits, parents first, with the members of
 *   [method@WaitingRow.append_json], `row` (the whole row as on the wire) and `serverHas` (the
 *   server's values of the fields that were changed; null for a new row)
 * - `journal`: the open entries, with the members of [method@Conflict.append_json]
 *
 * Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
lift_sync_export_unsynced (LiftStore *store, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Export self = { out };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  self.now = lift_clock_get_time (lift_store_get_clock (store));
  if (!lift_store_read_sync (store, export, &self, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* GLib names the file that it writes first, which nobody has asked for. */
static void
set_file_error (const char *path, const GError *source, GError **error)
{
  static const struct
  {
    GFileError code;
    int system_error;
  } known[] = {
    { G_FILE_ERROR_NOSPC, ENOSPC },   { G_FILE_ERROR_NOENT, ENOENT },
    { G_FILE_ERROR_NOTDIR, ENOTDIR }, { G_FILE_ERROR_ISDIR, EISDIR },
    { G_FILE_ERROR_ACCES, EACCES },   { G_FILE_ERROR_PERM, EPERM },
    { G_FILE_ERROR_ROFS, EROFS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_error_matches (source, G_FILE_ERROR, known[i].code))
      {
        lift_database_set_file_error (path, known[i].system_error, error);
        return;
      }
  lift_database_set_file_error (path, EIO, error);
}

/**
 * lift_sync_export_unsynced_to_file:
 * @path: (type filename): the file; one that is there is replaced, once all is written
 *
 * As [func@sync_export_unsynced], into a file that only its owner can read. Blocks; for workers.
 *
 * Returns: %FALSE with an error of %LIFT_DATABASE_ERROR, which names the file
 */
gboolean
lift_sync_export_unsynced_to_file (LiftStore *store, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  text = lift_sync_export_unsynced (store, error);
  if (text == NULL)
    return FALSE;
  if (g_file_set_contents_full (path, text, strlen (text),
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  set_file_error (path, local_error, error);
  return FALSE;
}
