/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-connectivity.h"

#include <NetworkManager.h>

#include "lift-server-url.h"

/**
 * LiftConnectivity:
 *
 * Whether it is worth trying to reach the server, and when it has become so. NetworkManager is
 * asked, and GNetworkMonitor where it does not run. It is a guess that only times syncs: whether
 * the server is there is decided by the outcome of a request. Belongs to the main context.
 */
struct _LiftConnectivity
{
  GObject parent_instance;

  gboolean available;
  NMClient *client;
  GNetworkMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (LiftConnectivity, lift_connectivity, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_AVAILABLE,
  N_PROPS
};

enum
{
  RECONNECTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* A server in the same building needs no internet, so a limited network will do. */
static gboolean
is_connected (NMState state)
{
  return state >= NM_STATE_CONNECTED_LOCAL || state == NM_STATE_UNKNOWN;
}

static gboolean
ask_network_manager (NMClient *client)
{
  switch (nm_client_get_connectivity (client))
    {
    case NM_CONNECTIVITY_FULL:
      return TRUE;
    case NM_CONNECTIVITY_LIMITED:
    case NM_CONNECTIVITY_UNKNOWN:
      return is_connected (nm_client_get_state (client));
    case NM_CONNECTIVITY_NONE:
    case NM_CONNECTIVITY_PORTAL:
    default:
      return FALSE;
    }
}

static gboolean
ask_monitor (GNetworkMonitor *monitor)
{
  return g_network_monitor_get_network_available (monitor) &&
         g_network_monitor_get_connectivity (monitor) != G_NETWORK_CONNECTIVITY_PORTAL;
}

static void
set_available (LiftConnectivity *self, gboolean available)
{
  if (self->available == available)
    return;
  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
  if (available)
    g_signal_emit (self, signals[RECONNECTED], 0);
}

static void update (LiftConnectivity *self);

/* Made only where it is needed: making it may ask services and wait for them. */
static GNetworkMonitor *
get_monitor (LiftConnectivity *self)
{
  if (self->monitor != NULL)
    return self->monitor;
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::connectivity", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return self->monitor;
}

static void
update (LiftConnectivity *self)
{
  if (self->client != NULL && nm_client_get_nm_running (self->client))
    set_available (self, ask_network_manager (self->client));
  else
    set_available (self, ask_monitor (get_monitor (self)));
}

static GWeakRef *
make_weak_ref (LiftConnectivity *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

static void
client_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (LiftConnectivity) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (NMClient) client = nm_client_new_finish (result, &error);
  const char *watched[] = { "notify::nm-running", "notify::connectivity", "notify::state" };

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL)
    return;
  if (client == NULL)
    g_debug ("NetworkManager cannot be asked: %s", error->message);
  g_set_object (&self->client, client);
  for (guint i = 0; client != NULL && i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (client, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
lift_connectivity_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, LIFT_CONNECTIVITY (object)->available);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lift_connectivity_finalize (GObject *object)
{
  LiftConnectivity *self = LIFT_CONNECTIVITY (object);

  g_clear_object (&self->client);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (lift_connectivity_parent_class)->finalize (object);
}

static void
lift_connectivity_class_init (LiftConnectivityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lift_connectivity_get_property;
  object_class->finalize = lift_connectivity_finalize;

  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, TRUE,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * LiftConnectivity::reconnected:
   *
   * The server has become reachable, as far as can be known: a good moment to sync.
   */
  signals[RECONNECTED] = g_signal_new ("reconnected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lift_connectivity_init (LiftConnectivity *self)
{
  self->available = TRUE;
}

/**
 * lift_connectivity_new:
 * @server: (nullable): the server's normalised address; one on this machine needs no network
 *
 * Starts to watch the network. Until the first answer, which comes through the thread's main
 * context, the network is taken to be there.
 *
 * Returns: (transfer full): the watch
 */
LiftConnectivity *
lift_connectivity_new (const char *server)
{
  LiftConnectivity *self = g_object_new (LIFT_TYPE_CONNECTIVITY, NULL);

  if (server == NULL || !lift_server_url_is_loopback (server))
    nm_client_new_async (NULL, client_cb, make_weak_ref (self));
  return self;
}

/**
 * lift_connectivity_get_available:
 *
 * Returns: whether it is worth trying
 */
gboolean
lift_connectivity_get_available (LiftConnectivity *self)
{
  g_return_val_if_fail (LIFT_IS_CONNECTIVITY (self), FALSE);

  return self->available;
}
