/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-store.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "lift-edits.h"
#include "lift-remote-error.h"
#include "lift-sync-manager.h"
#include "lift-virtual-clock.h"

/*
 * A whole sync with a server that answers as it likes: each line of the input is the answer to one
 * request, whatever that was, with a status before it if it is not 200 (`409 {"code":…}`); then the
 * line is dead, or where `*` follows, the last answer comes for ever. The sync ends, and what was edited here and that no answer named stays as it is.
 */

#define MAX_ANSWERS 12
#define MAX_REQUESTS 60
#define DEVICE "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"

typedef struct
{
  LiftTransport parent_instance;

  char **lines;
  guint next;
  guint requests;
} FuzzServerSide;

typedef LiftTransportClass FuzzServerSideClass;

GType fuzz_server_side_get_type (void);
G_DEFINE_FINAL_TYPE (FuzzServerSide, fuzz_server_side, LIFT_TYPE_TRANSPORT)

static char *folder;
static char *path;
static char *template_text;
static gsize template_size;

static LiftResponse *
make_response (const char *line)
{
  char *text;
  guint64 status = g_ascii_strtoull (line, &text, 10);
  gboolean given = text > line && *text == ' ' && status >= 100 && status < 600;
  const char *shown = given ? text + 1 : line;
  g_autoptr (GBytes) body = g_bytes_new (shown, strlen (shown));

  return lift_response_new (given ? status : 200, "application/json", body);
}

static LiftResponse *
answer (LiftTransport *transport, LiftRequest *request, GCancellable *cancellable, GError **error)
{
  FuzzServerSide *self = (FuzzServerSide *) transport;

  if (++self->requests > MAX_REQUESTS)
    fuzz_fail ("a sync without an end", request->path);
  if (self->next > 0 && g_strcmp0 (self->lines[self->next], "*") == 0)
    return make_response (self->lines[self->next - 1]);
  if (self->lines[self->next] != NULL)
    return make_response (self->lines[self->next++]);
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "dead");
  return NULL;
}

static void
fuzz_server_side_class_init (FuzzServerSideClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = answer;
}

static void
fuzz_server_side_init (FuzzServerSide *self)
{
}

static void
remove_files (void)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".sync", ".lock" };
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_clear_pointer (&dir, g_dir_close);
}

static void
clean_up (void)
{
  remove_files ();
  g_rmdir (folder);
}

static void
make_template (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("fuzz-lift-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "store.db", NULL);
  atexit (clean_up);
  fuzz_store_make_file (path);
  g_file_get_contents (path, &template_text, &template_size, &error);
  g_assert_no_error (error);
}

/* Without the wait for the disk of g_file_set_contents(). */
static LiftStore *
open_copy (LiftClock *clock)
{
  g_autoptr (GError) error = NULL;
  FILE *file;
  LiftStore *store;

  remove_files ();
  file = g_fopen (path, "wb");
  g_assert_cmpuint (fwrite (template_text, 1, template_size, file), ==, template_size);
  fclose (file);
  store = lift_store_open_inline (path, clock, &error);
  g_assert_no_error (error);
  return store;
}

static void
run_sync (LiftStore *store, char **lines)
{
  g_autoptr (LiftTransport) transport = g_object_new (fuzz_server_side_get_type (), NULL);
  g_autoptr (LiftApi) api = lift_api_new (transport);
  g_autoptr (LiftSyncManager) manager = NULL;
  g_autoptr (LiftSyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ((FuzzServerSide *) transport)->lines = lines;
  lift_api_set_tokens (api, "token", "refresh");
  manager = lift_sync_manager_new (store, api, DEVICE);
  result = lift_sync_manager_sync_sync (manager, NULL, &error);
  fuzz_assert_error (result == NULL, error);
  if (result != NULL && result->error != NULL)
    fuzz_assert_error (TRUE, result->error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
list_rows (LiftStoreWriter *writer, gpointer data, GError **error)
{
  *(GHashTable **) data = fuzz_store_list_rows (writer);
  fuzz_store_check (writer);
  return TRUE;
}

static GHashTable *
look (LiftStore *store)
{
  GHashTable *rows = NULL;
  g_autoptr (GError) error = NULL;

  lift_store_write_sync (store, list_rows, &rows, &error);
  g_assert_no_error (error);
  return rows;
}

static void
check_row (const char *name, LiftEntity *before, LiftEntity *after)
{
  const LiftEntityInfo *info = lift_entity_get_info (before);
  g_autoptr (JsonObject) pending = lift_edits_parse (before->pending);
  LiftFieldSet fields = lift_edits_get_fields (pending, info);

  if (after == NULL)
    fuzz_fail ("an edited row is gone", name);
  for (guint i = 0; i < info->n_fields && !lift_edits_is_new (pending); i++)
    if ((fields >> i & 1) && !g_str_equal (info->fields[i]->key, "deletedAt") &&
        !lift_field_equal (info->fields[i], before, after))
      fuzz_fail ("an edit was lost", name);
  if (!lift_entity_is_dirty (after) && !lift_edits_is_new (pending) &&
      lift_entity_is_deleted (before) != lift_entity_is_deleted (after))
    fuzz_fail ("a delete or its opposite was lost", name);
}

static void
check_edits (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer name, row;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &name, &row))
    if (lift_entity_is_dirty (row))
      check_row (name, row, g_hash_table_lookup (after, name));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_ANSWERS);
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (FUZZ_NOW, 7);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  LiftStore *store;

  if (folder == NULL)
    make_template ();
  store = open_copy (LIFT_CLOCK (clock));
  before = look (store);
  run_sync (store, lines);
  after = look (store);
  /* Taken by the server, or taken away: what is left then is for fuzz-answer and fuzz-page. */
  if (strstr (text, "succeeded") == NULL && strstr (text, "revoked") == NULL)
    check_edits (before, after);
  g_object_unref (store);
  return 0;
}
