/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-world.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>

#include "fault-template.h"
#include "fault-transport.h"
#include "lift-database.h"
#include "lift-json.h"
#include "lift-remote-error.h"
#include "lift-server-sqlite.h"

/* In the place of libsodium's own: a server that opens hashes a password for nobody, and thousands
 * of servers are opened here. */
int
crypto_pwhash_str_alg (char out[crypto_pwhash_STRBYTES],
                       const char *const password,
                       unsigned long long length,
                       unsigned long long passes,
                       size_t memory,
                       int algorithm)
{
  return crypto_pwhash_argon2id_str (out, password, length, crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                     crypto_pwhash_argon2id_MEMLIMIT_MIN);
}

static void
tell_ledger (FaultDevice *device,
             gboolean confirmed,
             const char *type,
             const char *id,
             const char *key,
             const char *value)
{
  if (confirmed)
    fault_ledger_confirm (device->ledger, type, id, key, value);
  else
    fault_ledger_try (device->ledger, type, id, key, value);
}

static void
init_device (
  FaultWorld *self, FaultDevice *device, const char *username, const char *file, const char *id)
{
  device->world = self;
  device->username = username;
  device->path = g_build_filename (self->folder, file, NULL);
  device->id = g_strdup (id);
  device->tell = tell_ledger;
  device->ledger = fault_ledger_new ();
}

FaultWorld *
fault_world_new (void)
{
  FaultWorld *self = g_new0 (FaultWorld, 1);

  self->folder = g_build_filename (g_get_tmp_dir (), "lift-faults-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (self->folder));
  self->server_path = g_build_filename (self->folder, "server.db", NULL);
  self->findings = g_string_new (NULL);
  self->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_bytes_unref);
  init_device (self, &self->athlete, "ann", "athlete.db", "0190aaaa-0000-7000-8000-000000000001");
  init_device (self, &self->coach, "kim", "coach.db", "0190aaaa-0000-7000-8000-000000000002");
  init_device (self, &self->fresh, "ann", "fresh.db", "0190aaaa-0000-7000-8000-000000000003");
  fault_template_make (self);
  return self;
}

static void
clear_device (FaultDevice *device)
{
  fault_world_close_device (device);
  g_free (device->path);
  g_free (device->id);
  g_free (device->token);
  g_free (device->refresh_token);
  fault_ledger_free (device->ledger);
}

void
fault_world_free (FaultWorld *self)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", self->folder);

  clear_device (&self->athlete);
  clear_device (&self->coach);
  clear_device (&self->fresh);
  fault_world_close_server (self);
  g_assert_cmpint (system (command), ==, 0);
  g_clear_object (&self->clock);
  g_hash_table_unref (self->images);
  g_string_free (self->findings, TRUE);
  g_free (self->server_path);
  g_free (self->folder);
  g_free (self);
}

static void
remove_beside (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_unlink (name);
}

static void
place_image (gpointer path, gpointer bytes, gpointer data)
{
  gsize length;
  const char *content = g_bytes_get_data (bytes, &length);

  remove_beside (path, "-wal");
  remove_beside (path, "-shm");
  remove_beside (path, "-journal");
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

static void
restart_ledger (FaultDevice *device)
{
  fault_ledger_free (device->ledger);
  device->ledger = fault_ledger_new ();
}

/* All files and the clock as they were when the template was made, and nobody running. */
void
fault_world_start (FaultWorld *self)
{
  fault_world_close_device (&self->athlete);
  fault_world_close_device (&self->coach);
  fault_world_close_device (&self->fresh);
  fault_world_close_server (self);
  g_hash_table_foreach (self->images, place_image, NULL);
  g_clear_object (&self->clock);
  self->clock = lift_virtual_clock_new (FAULT_START, 7);
  restart_ledger (&self->athlete);
  restart_ledger (&self->coach);
  restart_ledger (&self->fresh);
  fault_template_claim (&self->coach);
}

gboolean
fault_world_open_server (FaultWorld *self, GError **error)
{
  g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (self->server_path, 1, error);

  if (database == NULL)
    return FALSE;
  self->server = lift_server_new (database, LIFT_CLOCK (self->clock), error);
  if (self->server == NULL)
    return FALSE;
  lift_server_set_cheap_passwords (self->server, TRUE);
  lift_server_set_open_registration (self->server, TRUE);
  return TRUE;
}

void
fault_world_close_server (FaultWorld *self)
{
  if (self->server != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->server));
}

gboolean
fault_world_open_device (FaultWorld *self, FaultDevice *device, GError **error)
{
  g_assert (device->store == NULL);
  device->store = (self->threads ? lift_store_open : lift_store_open_inline) (
    device->path, LIFT_CLOCK (self->clock), error);
  if (device->store == NULL)
    return FALSE;
  device->transport = self->connect != NULL ? self->connect (device) : fault_transport_new (device);
  device->api = lift_api_new (device->transport);
  lift_api_set_tokens (device->api, device->token, device->refresh_token);
  device->manager = lift_sync_manager_new (device->store, device->api, device->id);
  return TRUE;
}

void
fault_world_close_device (FaultDevice *device)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (device->store == NULL)
    return;
  g_assert_finalize_object (g_steal_pointer (&device->manager));
  g_assert_finalize_object (g_steal_pointer (&device->api));
  g_assert_finalize_object (g_steal_pointer (&device->transport));
  g_assert_finalize_object (g_steal_pointer (&device->store));
}

void
fault_world_sign_in (FaultWorld *self, FaultDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    answer = lift_server_login (self->server, device->username, FAULT_PASSWORD, "test", &error);
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (error);
  object = lift_json_parse_object (answer->str, answer->len, &error);
  g_free (device->token);
  g_free (device->refresh_token);
  device->token = g_strdup (lift_json_get_string (object, "token"));
  device->refresh_token = g_strdup (lift_json_get_string (object, "refreshToken"));
  if (device->api != NULL)
    lift_api_set_tokens (device->api, device->token, device->refresh_token);
}

void
fault_world_report (FaultWorld *self, const char *format, ...)
{
  va_list args;

  self->n_findings++;
  va_start (args, format);
  g_string_append_vprintf (self->findings, format, args);
  va_end (args);
  g_string_append_c (self->findings, '\n');
}

/* What a user can act on: no room, busy, no access, no memory; or a server that says so. */
static gboolean
is_clear (const GError *error)
{
  if (error->domain == LIFT_DATABASE_ERROR)
    return error->code == LIFT_DATABASE_ERROR_FULL || error->code == LIFT_DATABASE_ERROR_BUSY ||
           error->code == LIFT_DATABASE_ERROR_ACCESS || error->code == LIFT_DATABASE_ERROR_MEMORY;
  if (error->domain == LIFT_SERVER_ERROR)
    return error->code == LIFT_SERVER_ERROR_BUSY || error->code == LIFT_SERVER_ERROR_INTERNAL;
  if (error->domain == LIFT_REMOTE_ERROR)
    return error->code == LIFT_REMOTE_ERROR_OFFLINE || error->code == LIFT_REMOTE_ERROR_SERVER;
  return FALSE;
}

void
fault_world_expect (FaultWorld *self, const GError *error, const char *what)
{
  if (error == NULL)
    fault_world_report (self, "%s failed without a word", what);
  else if (!is_clear (error))
    fault_world_report (self, "%s: %s %d: %s", what, g_quark_to_string (error->domain), error->code,
                        error->message);
}

/* Returns: (nullable): the row; %NULL also if it could not be read */
LiftEntity *
fault_world_load (FaultDevice *device, GType gtype, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (device->store, lift_entity_info_for_gtype (gtype), id,
                                         &error);

  if (error != NULL)
    fault_world_expect (device->world, error, "reading a row");
  return row;
}

/* @id: (nullable) */
LiftEntity *
fault_world_new_row (FaultDevice *device, GType gtype, const char *id)
{
  LiftEntity *row = lift_entity_new (gtype, LIFT_CLOCK (device->world->clock));
  const LiftField *athlete = lift_entity_info_find (lift_entity_get_info (row), "athleteId");

  if (id != NULL)
    {
      g_free (row->id);
      row->id = g_strdup (id);
    }
  lift_field_set_text (athlete, row, fault_template_get_athlete ());
  return row;
}

/* Returns: whether it went well from end to end */
gboolean
fault_world_sync (FaultDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (device->manager, NULL, &error);

  lift_virtual_clock_advance (device->world->clock, G_TIME_SPAN_SECOND);
  if (result == NULL)
    fault_world_expect (device->world, error, "a sync");
  else if (result->error != NULL)
    fault_world_expect (device->world, result->error, "a leg of a sync");
  return result != NULL && result->error == NULL && result->failed == 0;
}
