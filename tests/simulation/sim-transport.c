/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-answer.h"
#include "lift-remote-error.h"
#include "lift-transport.h"
#include "sim-world.h"

/* The network of the simulation: between a device and the server, with everything that may happen
 * there. Everybody else may go on before and behind each step of the way. */

/* A row takes about half a kilobyte, and the longest page that cannot be cut a few. */
#define LONG_PUSH 2500
#define LONG_ANSWER 8000

#define SIM_TYPE_TRANSPORT (sim_transport_get_type ())
G_DECLARE_FINAL_TYPE (SimTransport, sim_transport, SIM, TRANSPORT, LiftTransport)

struct _SimTransport
{
  LiftTransport parent_instance;

  SimSeat *seat;
};

G_DEFINE_FINAL_TYPE (SimTransport, sim_transport, LIFT_TYPE_TRANSPORT)

static const SimFaults network_faults[] = {
  SIM_LOST_REQUEST, SIM_LOST_ANSWER, SIM_TWICE,  SIM_LATE,  SIM_CUT,
  SIM_PORTAL,       SIM_BUSY,        SIM_BROKEN, SIM_TOKEN,
};

/* One of those that the seed has switched on, for each fifth request. */
static SimFaults
choose_fault (SimWorld *world, SimDevice *device)
{
  SimFaults on[G_N_ELEMENTS (network_faults)];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (network_faults); i++)
    if (sim_has (world, network_faults[i]))
      on[n++] = network_faults[i];
  if (world->healed || n == 0 ||
      g_rand_int_range (device->network, 0, 100) >= (world->plan.narrow ? 40 : 22))
    return 0;
  return on[g_rand_int_range (device->network, 0, n)];
}

static LiftResponse *
lose (GError **error)
{
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "lost");
  return NULL;
}

static gboolean
is_push (LiftRequest *request)
{
  return g_str_has_suffix (request->path, "/sync/push");
}

/* Types and fields of a later version, as a newer server would send them to everybody. */
static LiftResponse *
add_unknown (LiftRequest *request, LiftResponse *response)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (response->body, NULL),
                                     g_bytes_get_size (response->body));
  g_autoptr (GString) out = g_string_new (text);

  if (response->status != 200 || !g_str_has_suffix (request->path, "/sync/pull"))
    return response;
  g_string_replace (out,
                    "\"trainingPlanId\":", "\"fromLater\":{\"a\":[1,2.5]},\"trainingPlanId\":", 0);
  if (lift_request_get_query (request, "cursor") == NULL)
    g_string_replace (out, "\"changesByType\":{",
                      "\"changesByType\":{\"Later\":[{\"id\":\"later-1\"},{\"id\":\"later-2\"}],",
                      1);
  lift_response_free (response);
  return core_answer_new (200, "application/json", out->str);
}

/* Somebody on the way looks at what is sent, and lets most of it pass. */
static gboolean
is_refused_on_the_way (SimWorld *world, LiftRequest *request)
{
  return world->proxy != 0 && is_push (request) &&
         (world->proxy_row == NULL ||
          g_strstr_len (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body),
                        world->proxy_row) != NULL);
}

static LiftResponse *
ask_server (SimWorld *world, LiftRequest *request, GError **error)
{
  LiftResponse *response;

  if (world->server == NULL)
    return lose (error);
  if (is_refused_on_the_way (world, request))
    return core_answer_new (world->proxy, "text/html", "not like that");
  if (is_push (request) && g_bytes_get_size (request->body) > world->max_push &&
      strstr (g_bytes_get_data (request->body, NULL), "},{\"mutation\"") != NULL)
    return core_answer_new (413, "text/html", "too large");
  response = sim_without_in_answer (world, request, core_answer (world->server, request));
  return sim_has (world, SIM_NEWER_SERVER) ? add_unknown (request, response) : response;
}

static LiftResponse *
cut (SimDevice *device, LiftResponse *whole)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (whole->body, NULL),
                                     g_bytes_get_size (whole->body));
  LiftResponse *part;

  text[g_rand_int_range (device->network, 0, strlen (text) + 1)] = '\0';
  part = core_answer_new (whole->status, whole->content_type, text);
  lift_response_free (whole);
  return part;
}

/* The access token is not good any more, or the whole sign-in is not. */
static void
spoil_token (SimSeat *seat)
{
  SimDevice *device = seat->device;
  SimWorld *world = device->world;
  g_autofree char *token = lift_api_dup_token (seat->api);
  g_autoptr (LiftServerUser) user = NULL;

  if (world->server == NULL)
    return;
  if (g_rand_boolean (device->network))
    {
      lift_virtual_clock_advance (world->clock, 2 * G_TIME_SPAN_HOUR);
      return;
    }
  user = lift_server_authenticate (world->server, token, NULL);
  if (user != NULL)
    lift_server_logout (world->server, user, NULL);
}

static void
drop (LiftResponse *response)
{
  if (response != NULL)
    lift_response_free (response);
}

static LiftResponse *
give_up (LiftResponse *response, LiftRemoteError code, GError **error)
{
  drop (response);
  g_set_error_literal (error, LIFT_REMOTE_ERROR, code, "too much");
  return NULL;
}

/* A line that is slow for good, and one who takes no long answers. */
static LiftResponse *
limit (SimSeat *seat, LiftRequest *request, LiftResponse *response, GError **error)
{
  SimWorld *world = seat->device->world;
  gsize size = g_bytes_get_size (response->body);

  if (sim_has (world, SIM_SLOW) &&
      (size > LONG_ANSWER || (is_push (request) && g_bytes_get_size (request->body) > LONG_PUSH)))
    return give_up (response, LIFT_REMOTE_ERROR_TIMEOUT, error);
  if (sim_has (world, SIM_OVERSIZED) && size > LONG_ANSWER)
    return give_up (response, LIFT_REMOTE_ERROR_OVERSIZED, error);
  return response;
}

/* It may be all there before the time is up, or not. */
static gboolean
is_too_slow (SimSeat *seat, LiftRequest *request)
{
  return sim_has (seat->device->world, SIM_SLOW) && is_push (request) &&
         g_bytes_get_size (request->body) > LONG_PUSH && g_rand_boolean (seat->device->network);
}

static LiftResponse *
send_with_fault (SimSeat *seat, SimFaults fault, LiftRequest *request, GError **error)
{
  SimWorld *world = seat->device->world;

  switch ((int) fault)
    {
    case SIM_LOST_REQUEST:
      return lose (error);
    case SIM_LATE:
      g_queue_push_tail (&world->late, lift_request_copy (request));
      return lose (error);
    case SIM_LOST_ANSWER:
      drop (ask_server (world, request, NULL));
      return lose (error);
    case SIM_TWICE:
      drop (ask_server (world, request, NULL));
      sim_fiber_pause ();
      return ask_server (world, request, error);
    case SIM_PORTAL:
      return core_answer_new (200, "text/html", "<html>Welcome to the gym</html>");
    case SIM_BUSY:
      return core_answer_new (429, "text/plain", "slow down");
    case SIM_BROKEN:
      return core_answer_new (g_rand_boolean (seat->device->network) ? 500 : 503, "text/plain",
                              "oh");
    case SIM_TOKEN:
      spoil_token (seat);
      return ask_server (world, request, error);
    default:
      return ask_server (world, request, error);
    }
}

static LiftResponse *
sim_transport_send (LiftTransport *transport,
                    LiftRequest *request,
                    GCancellable *cancellable,
                    GError **error)
{
  SimSeat *seat = SIM_TRANSPORT (transport)->seat;
  SimDevice *device = seat->device;
  SimFaults fault = choose_fault (device->world, device);
  LiftResponse *response;

  sim_fiber_pause ();
  if (sim_disk_is_dead (device->path))
    return lose (error);
  sim_trace (device->world, "device %u: %s, fault %x", device->number, request->path, fault);
  if (is_too_slow (seat, request))
    return give_up (NULL, LIFT_REMOTE_ERROR_TIMEOUT, error);
  response = send_with_fault (seat, fault, request, error);
  if (response != NULL)
    response = limit (seat, request, response, error);
  if (response != NULL)
    sim_trace (device->world, "device %u: answer %u %.*s", device->number, response->status,
               (int) MIN (g_bytes_get_size (response->body), 600),
               (const char *) g_bytes_get_data (response->body, NULL));
  sim_fiber_pause ();
  if (response == NULL)
    return NULL;
  if (sim_disk_is_dead (device->path))
    {
      lift_response_free (response);
      return lose (error);
    }
  return fault == SIM_CUT ? cut (device, response) : response;
}

static void
sim_transport_class_init (SimTransportClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = sim_transport_send;
}

static void
sim_transport_init (SimTransport *self)
{
}

LiftTransport *
sim_transport_new (SimSeat *seat)
{
  SimTransport *self = g_object_new (SIM_TYPE_TRANSPORT, NULL);

  self->seat = seat;
  return LIFT_TRANSPORT (self);
}

/* One of the requests that were thought lost arrives after all, and nobody hears the answer. */
void
sim_deliver_late (SimWorld *world)
{
  g_autoptr (LiftRequest) request = NULL;
  guint n = g_queue_get_length (&world->late);

  if (n == 0)
    return;
  request = g_queue_pop_nth (&world->late, sim_below (world, n));
  drop (ask_server (world, request, NULL));
}
