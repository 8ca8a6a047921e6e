/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Store, sync and a real server on loopback. The limit sends and receives the same through a bare
 * socket and keeps the rows in plain SQLite, without reading or writing any JSON. */
#include "../server/http-client.h"
#include "bench-process.h"
#include "bench-raw.h"
#include "bench-wire.h"
#include "bench.h"
#include "lift-soup-transport.h"
#include "lift-sync-manager.h"

#include <string.h>

#define FEW 100

typedef enum
{
  CREATE,
  PUSH,
  NOTHING,
  PUSH_FEW,
  FIRST_PULL,
  N_PHASES,
} Phase;

static const char *const names[N_PHASES] = {
  [CREATE] = "create all rows",
  [PUSH] = "push them",
  [NOTHING] = "sync when nothing is new",
  [PUSH_FEW] = "create and push 100 rows",
  [FIRST_PULL] = "first pull of all rows by another device",
};

/* One device of a person. */
typedef struct
{
  LiftApi *api;
  LiftSignIn *sign_in;
  LiftStore *store;
  LiftSyncManager *manager;
} Device;

typedef struct
{
  char *folder;
  BenchProcess *server;
  guint run;
  GArray *ours[N_PHASES];
  GArray *limit[N_PHASES];
} World;

static LiftSignIn *
sign_in (BenchProcess *server, LiftApi *api, const char *name)
{
  g_autoptr (GError) error = NULL;
  LiftSignIn *answer = lift_api_login (api, name, BENCH_PASSWORD, NULL, &error);

  g_assert_no_error (error);
  lift_api_set_tokens (api, answer->token, answer->refresh_token);
  return answer;
}

static LiftApi *
make_api (BenchProcess *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftTransport) transport = lift_soup_transport_new (server->url, 0, &error);

  g_assert_no_error (error);
  return lift_api_new (transport);
}

static Device *
device_new (World *world, const char *person, guint number)
{
  Device *self = g_new0 (Device, 1);
  g_autofree char *path = g_strdup_printf ("%s/%s-%u.db", world->folder, person, number);
  g_autofree char *id = g_strdup_printf ("0190aaaa-bbbb-7ccc-8ddd-%012u", number);
  g_autoptr (GError) error = NULL;

  self->api = make_api (world->server);
  self->sign_in = sign_in (world->server, self->api, person);
  self->store = lift_store_open (path, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  self->manager = lift_sync_manager_new (self->store, self->api, id);
  return self;
}

static void
device_free (Device *self)
{
  g_object_unref (self->manager);
  g_object_unref (self->store);
  g_object_unref (self->api);
  lift_sign_in_free (self->sign_in);
  g_free (self);
}

static gint64
sync_device (Device *self, LiftSyncResult **result)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  *result = lift_sync_manager_sync_sync (self->manager, NULL, &error);
  start = g_get_monotonic_time () - start;
  g_assert_no_error (error);
  g_assert_no_error ((*result)->error);
  g_assert_cmpuint ((*result)->failed, ==, 0);
  return start;
}

static void
note (GArray *values, gint64 taken)
{
  double value = MAX (taken, 1);

  g_array_append_val (values, value);
}

static gint64
create_sets (BenchRows *rows, guint n)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Sets");
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiftSetSession) set = bench_rows_make_set (rows);

      lift_batch_insert (batch, LIFT_ENTITY (set));
    }
  bench_rows_commit (rows, batch);
  return g_get_monotonic_time () - start;
}

static gint64
push (Device *device, guint n)
{
  g_autoptr (LiftSyncResult) result = NULL;
  gint64 taken = sync_device (device, &result);

  g_assert_cmpuint (result->pushed, ==, n);
  return taken;
}

static void
pull_first (World *world, const char *person)
{
  Device *device = device_new (world, person, 2);
  g_autoptr (LiftSyncResult) result = NULL;

  note (world->ours[FIRST_PULL], sync_device (device, &result));
  g_assert_cmpuint (result->pulled, >=, bench_get_rows () + FEW);
  device_free (device);
}

static void
run_ours (World *world)
{
  g_autofree char *person = g_strdup_printf ("ours%u", world->run);
  Device *device = device_new (world, person, 1);
  g_autoptr (BenchRows) rows = bench_rows_new (device->store, device->sign_in->athlete_id);
  g_autoptr (LiftBatch) frame = lift_batch_new ("Exercise");
  gint64 taken;

  bench_rows_begin_exercise (rows, frame);
  bench_rows_commit (rows, frame);
  push (device, 2);
  note (world->ours[CREATE], create_sets (rows, bench_get_rows ()));
  note (world->ours[PUSH], push (device, bench_get_rows ()));
  push (device, 0);
  note (world->ours[NOTHING], push (device, 0));
  taken = create_sets (rows, FEW);
  note (world->ours[PUSH_FEW], taken + push (device, FEW));
  device_free (device);
  pull_first (world, person);
}

/* The limit, in the same steps. */
typedef struct
{
  World *world;
  char *token;
  Wire *wire;
  sqlite3 *database;
  BenchRows *rows;
  gint64 mutation;
  char *cursor;
} Bare;

/* Head and body go in one piece: in two, the second would wait 40 ms for the first to be
 * acknowledged. */
static Answer *
ask (Bare *self, const char *method, const char *path, GBytes *body)
{
  gsize length = body != NULL ? g_bytes_get_size (body) : 0;
  g_autoptr (GString) request = g_string_sized_new (length + 1024);
  Answer *answer;

  g_string_printf (request,
                   "%s /api/v1/sync/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                   "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   method, path, self->token, length);
  if (body != NULL)
    g_string_append_len (request, g_bytes_get_data (body, NULL), length);
  wire_send (self->wire, request->str, request->len);
  answer = wire_read (self->wire, TRUE);
  if (answer->status != 200)
    g_error ("The server answered %u: %.*s", answer->status, (int) answer->body->len,
             (char *) answer->body->data);
  return answer;
}

static void
post_bodies (Bare *self, GPtrArray *bodies)
{
  for (guint i = 0; i < bodies->len; i++)
    {
      g_autoptr (Answer) answer = ask (self, "POST", "push", g_ptr_array_index (bodies, i));

      g_assert_nonnull (
        g_strstr_len ((char *) answer->body->data, answer->body->len, "\"failed\":[]"));
    }
}

/* Goes on behind a page. Returns whether there is more. */
static gboolean
take_cursor (Bare *self, Answer *answer)
{
  const char *end = (char *) answer->body->data + answer->body->len;
  const char *start = g_strstr_len ((char *) answer->body->data, answer->body->len,
                                    "\"cursor\":\"");

  g_assert_nonnull (start);
  start += strlen ("\"cursor\":\"");
  g_free (self->cursor);
  self->cursor = g_strndup (start, strcspn (start, "\""));
  return g_strstr_len (start, end - start, "\"hasMore\":true") != NULL;
}

/* Returns how many bytes came. */
static gsize
pull_bare (Bare *self)
{
  gboolean more = TRUE;
  gsize n = 0;

  while (more)
    {
      g_autofree char *path = self->cursor != NULL
                                ? g_strdup_printf ("pull?limit=500&cursor=%s", self->cursor)
                                : g_strdup ("pull?limit=500");
      g_autoptr (Answer) answer = ask (self, "GET", path, NULL);

      more = take_cursor (self, answer);
      n += answer->body->len;
    }
  return n;
}

/* A set takes more than 300 bytes on the wire. */
static void
pull_all_bare (Bare *self, guint n)
{
  g_clear_pointer (&self->cursor, g_free);
  g_assert_cmpuint (pull_bare (self), >, 300 * n);
}

static void
insert_bare (Bare *self, guint n)
{
  bench_raw_insert_sets (self->database, self->rows->athlete, self->rows->exercise_session, n);
}

static void
push_bare (Bare *self, GPtrArray *bodies)
{
  pull_bare (self);
  post_bodies (self, bodies);
  bench_raw_exec (self->database, "UPDATE set_session SET pending = NULL, version = 1, "
                                  "updated_at = created_at WHERE pending IS NOT NULL");
}

static Bare *
bare_new (World *world, LiftStore *catalogue)
{
  Bare *self = g_new0 (Bare, 1);
  g_autofree char *person = g_strdup_printf ("bare%u", world->run);
  g_autofree char *path = g_strdup_printf ("%s/%s.db", world->folder, person);
  g_autoptr (LiftApi) api = make_api (world->server);
  LiftSignIn *answer = sign_in (world->server, api, person);

  self->world = world;
  self->token = g_strdup (answer->token);
  self->wire = wire_open (world->server->port);
  self->rows = bench_rows_new (catalogue, answer->athlete_id);
  bench_copy_file (lift_store_get_path (catalogue), path);
  self->database = bench_raw_open (path);
  lift_sign_in_free (answer);
  return self;
}

static void
bare_free (Bare *self)
{
  wire_close (self->wire);
  bench_raw_close (self->database);
  bench_rows_free (self->rows);
  g_free (self->token);
  g_free (self->cursor);
  g_free (self);
}

/* Runs one step and notes what it took. */
#define TIME(world, phase, step) \
  G_STMT_START \
  { \
    gint64 start = g_get_monotonic_time (); \
    step; \
    note ((world)->limit[phase], g_get_monotonic_time () - start); \
  } \
  G_STMT_END

static void
run_limit (World *world, LiftStore *catalogue)
{
  Bare *self = bare_new (world, catalogue);
  guint n = bench_get_rows ();
  g_autoptr (GPtrArray) frame = bench_wire_make_frame (self->rows, 1, &self->mutation);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) few = NULL;

  post_bodies (self, frame);
  all = bench_wire_make_sets (self->rows, n, &self->mutation);
  few = bench_wire_make_sets (self->rows, FEW, &self->mutation);
  TIME (world, CREATE, insert_bare (self, n));
  TIME (world, PUSH, push_bare (self, all));
  pull_bare (self);
  TIME (world, NOTHING, pull_bare (self));
  TIME (world, PUSH_FEW, (insert_bare (self, FEW), push_bare (self, few)));
  TIME (world, FIRST_PULL, (pull_all_bare (self, n + FEW), insert_bare (self, n + FEW)));
  bare_free (self);
}

static LiftStore *
open_catalogue (World *world)
{
  g_autofree char *path = g_build_filename (world->folder, "catalogue.db", NULL);
  g_autoptr (GError) error = NULL;
  LiftStore *store = lift_store_open (path, lift_clock_get_system (), &error);

  /* Closed and opened again, so that the file is whole without its log. */
  g_assert_no_error (error);
  g_object_unref (store);
  store = lift_store_open (path, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  return store;
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->folder = bench_make_folder ();
  self->server = bench_process_new (self->folder);
  for (guint i = 0; i < bench_get_runs (); i++)
    {
      g_autofree char *ours = g_strdup_printf ("ours%u", i);
      g_autofree char *bare = g_strdup_printf ("bare%u", i);

      bench_process_add_athlete (self->server, ours);
      bench_process_add_athlete (self->server, bare);
    }
  bench_process_start (self->server);
  for (guint i = 0; i < N_PHASES; i++)
    {
      self->ours[i] = g_array_new (FALSE, FALSE, sizeof (double));
      self->limit[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  return self;
}

static void
world_free (World *self)
{
  bench_process_free (self->server);
  bench_remove_folder (self->folder);
  for (guint i = 0; i < N_PHASES; i++)
    {
      g_array_unref (self->ours[i]);
      g_array_unref (self->limit[i]);
    }
  g_free (self->folder);
  g_free (self);
}

int
main (int argc, char **argv)
{
  World *world;
  LiftStore *catalogue;

  bench_init (&argc, &argv, NULL);
  g_print ("%u rows, %u runs\n", bench_get_rows (), bench_get_runs ());
  world = world_new ();
  catalogue = open_catalogue (world);
  for (; world->run < bench_get_runs (); world->run++)
    {
      run_ours (world);
      run_limit (world, catalogue);
    }
  bench_heading ("Sync with a server on loopback");
  for (guint i = 0; i < N_PHASES; i++)
    bench_report_pairs (names[i], world->ours[i], world->limit[i]);
  g_object_unref (catalogue);
  world_free (world);
  bench_report_memory ("Memory at most");
  return 0;
}
