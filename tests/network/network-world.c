/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network-world.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "lift-http-server.h"
#include "lift-json.h"
#include "lift-routes.h"
#include "lift-server-sqlite.h"
#include "lift-soup-transport.h"
#include "lift-uuid.h"

/* Seconds; the shortest that the transport counts. */
#define PATIENCE 1

struct _NetworkServer
{
  LiftServer *core;
  LiftRoutes *routes;
  LiftHttpServer *http;
};

#define TYPE_HASTY_TRANSPORT (hasty_transport_get_type ())
G_DECLARE_FINAL_TYPE (HastyTransport, hasty_transport, TEST, HASTY_TRANSPORT, LiftTransport)

/* The real transport, with less patience. */
struct _HastyTransport
{
  LiftTransport parent_instance;

  LiftTransport *soup;
};

G_DEFINE_FINAL_TYPE (HastyTransport, hasty_transport, LIFT_TYPE_TRANSPORT)

static LiftResponse *
hasty_transport_send (LiftTransport *transport,
                      LiftRequest *request,
                      GCancellable *cancellable,
                      GError **error)
{
  request->connect_seconds = request->idle_seconds = PATIENCE;
  return lift_transport_send (TEST_HASTY_TRANSPORT (transport)->soup, request, cancellable, error);
}

static void
hasty_transport_finalize (GObject *object)
{
  g_assert_finalize_object (TEST_HASTY_TRANSPORT (object)->soup);
  G_OBJECT_CLASS (hasty_transport_parent_class)->finalize (object);
}

static void
hasty_transport_class_init (HastyTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hasty_transport_finalize;
  LIFT_TRANSPORT_CLASS (klass)->send = hasty_transport_send;
}

static void
hasty_transport_init (HastyTransport *self)
{
}

static LiftTransport *
make_transport (guint16 port)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  HastyTransport *self = g_object_new (TYPE_HASTY_TRANSPORT, NULL);

  self->soup = lift_soup_transport_new (url, LIFT_SOUP_TRANSPORT_NONE, &error);
  g_assert_no_error (error);
  return LIFT_TRANSPORT (self);
}

static NetworkServer *
server_new (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "server.db", NULL);
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  NetworkServer *self = g_new0 (NetworkServer, 1);

  database = lift_server_sqlite_open (path, 2, &error);
  g_assert_no_error (error);
  self->core = lift_server_new (database, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (self->core, TRUE);
  g_free (
    lift_server_add_user (self->core, "ben", "correct horse", "athlete", "Ben", NULL, &error));
  g_assert_no_error (error);
  self->routes = lift_routes_new (self->core, lift_clock_get_system ());
  self->http = lift_http_server_new (lift_routes_handle, self->routes);
  lift_http_server_start (self->http, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  return self;
}

static void
server_free (NetworkServer *self)
{
  lift_http_server_stop (self->http);
  g_assert_finalize_object (self->http);
  lift_routes_free (self->routes);
  g_assert_finalize_object (self->core);
  g_free (self);
}

static void
sign_in (NetworkWorld *world, NetworkComputer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSignIn) answer = lift_api_login (self->api, "ben", "correct horse", NULL, &error);

  g_assert_no_error (error);
  if (world->athlete == NULL)
    world->athlete = g_strdup (answer->athlete_id);
}

static void
computer_set_up (NetworkWorld *world, NetworkComputer *self, const char *name, guint16 port)
{
  g_autofree char *path = g_build_filename (world->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  self->store = lift_store_open_inline (path, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  self->device = lift_uuid_new (lift_clock_get_system ());
  self->transport = make_transport (port);
  self->api = lift_api_new (self->transport);
  sign_in (world, self);
  self->manager = lift_sync_manager_new (self->store, self->api, self->device);
  network_computer_sync_well (self);
}

static gboolean
is_alone (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

/* Counting goes on in threads, which let go of the store in their own time. */
static void
computer_tear_down (NetworkComputer *self)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < deadline &&
         (g_main_context_iteration (NULL, FALSE) || !is_alone (self->manager)))
    continue;
  g_assert_finalize_object (self->manager);
  g_assert_finalize_object (self->api);
  g_assert_finalize_object (self->transport);
  g_assert_finalize_object (self->store);
  g_free (self->device);
}

void
network_world_set_up (NetworkWorld *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->folder = g_dir_make_tmp ("lift-network-XXXXXX", &error);
  g_assert_no_error (error);
  self->server = server_new (self->folder);
  port = lift_http_server_get_port (self->server->http);
  self->proxy = network_proxy_new (port);
  computer_set_up (self, &self->near, "near.db", network_proxy_get_port (self->proxy));
  computer_set_up (self, &self->far, "far.db", port);
}

void
network_world_tear_down (NetworkWorld *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", self->folder);

  computer_tear_down (&self->near);
  computer_tear_down (&self->far);
  network_proxy_free (self->proxy);
  server_free (self->server);
  g_assert_cmpint (system (command), ==, 0);
  g_free (self->folder);
  g_free (self->athlete);
}

void
network_world_break (NetworkWorld *self, const NetworkFault *fault)
{
  network_proxy_set_fault (self->proxy, fault);
}

void
network_world_heal (NetworkWorld *self)
{
  network_proxy_set_fault (self->proxy, NULL);
}

static void
commit (NetworkComputer *self, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (self->store, batch, &error);

  g_assert_no_error (error);
}

/* Returns: (transfer full): the id of a new body weight */
char *
network_world_add (NetworkWorld *self, NetworkComputer *computer)
{
  g_autoptr (LiftEntity)
    row = lift_entity_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, lift_clock_get_system ());
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");

  lift_entity_set (row, "athlete-id", self->athlete, "weight", 80.5, "measurement-date",
                   "2026-03-01", NULL);
  lift_batch_insert (batch, row);
  commit (computer, batch);
  return g_strdup (row->id);
}

LiftEntity *
network_computer_load (NetworkComputer *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (
    self->store, lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY), id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

void
network_computer_edit (NetworkComputer *self, const char *id, const char *key, const char *text)
{
  g_autoptr (LiftEntity) row = network_computer_load (self, id);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  lift_field_set_text (field, row, text);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
  commit (self, batch);
}

LiftSyncResult *
network_computer_sync (NetworkComputer *self)
{
  g_autoptr (GError) error = NULL;
  LiftSyncResult *result = lift_sync_manager_sync_sync (self->manager, NULL, &error);

  g_assert_no_error (error);
  return result;
}

void
network_computer_sync_well (NetworkComputer *self)
{
  g_autoptr (LiftSyncResult) result = network_computer_sync (self);

  g_assert_no_error (result->error);
  g_assert_cmpuint (result->failed, ==, 0);
}

static char *
describe (NetworkComputer *self)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_BODY_WEIGHT_ENTRY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GString *text = g_string_new (NULL);

  lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (self->store, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *row = g_ptr_array_index (rows, i);

      g_assert_false (lift_entity_is_dirty (row));
      lift_entity_write_json (row, text, LIFT_FIELD_SET_ALL);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

void
network_world_assert_agreed (NetworkWorld *self)
{
  g_autofree char *near = describe (&self->near);
  g_autofree char *far = describe (&self->far);

  g_assert_cmpstr (near, ==, far);
}

void
network_world_settle (NetworkWorld *self)
{
  network_world_heal (self);
  network_computer_sync_well (&self->near);
  network_computer_sync_well (&self->far);
  network_computer_sync_well (&self->near);
  network_world_assert_agreed (self);
}
