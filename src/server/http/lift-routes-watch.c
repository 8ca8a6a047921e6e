/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-routes-private.h"

LiftHttpResponse *
lift_route_health (LiftCall *call, GError **error)
{
  return lift_http_response_new_json (200, g_string_new ("{\"status\":\"ok\"}"));
}

LiftHttpResponse *
lift_route_ready (LiftCall *call, GError **error)
{
  return lift_server_ping (call->server, error) ? lift_route_health (call, error) : NULL;
}

static void
write_counts (LiftServer *server, GString *out)
{
  LiftServerCounts counts = { 0 };

  lift_server_get_counts (server, &counts);
  lift_metrics_write_value (out, "rows_pushed_total", "counter", "Rows taken from clients.",
                            counts.rows_pushed);
  lift_metrics_write_value (out, "rows_failed_total", "counter", "Rows refused.",
                            counts.rows_failed);
  lift_metrics_write_value (out, "rows_pulled_total", "counter", "Rows given to clients.",
                            counts.rows_pulled);
  lift_metrics_write_value (out, "sign_ins_total", "counter", "Sign-ins.", counts.sign_ins);
  lift_metrics_write_value (out, "sign_ins_refused_total", "counter", "Wrong passwords.",
                            counts.sign_ins_refused);
  lift_metrics_write_value (out, "database_connections", "gauge", "Connections to the database.",
                            counts.connections);
  lift_metrics_write_value (out, "database_connections_busy", "gauge", "Of these, in use.",
                            counts.busy_connections);
}

LiftHttpResponse *
lift_route_metrics (LiftCall *call, GError **error)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  lift_metrics_write (call->routes->metrics, out);
  write_counts (call->server, out);
  lift_metrics_write_value (out, "open_streams", "gauge", "Clients that listen for changes.",
                            lift_events_get_count (call->routes->events));
  body = g_string_free_to_bytes (out);
  return lift_http_response_new (200, "text/plain; version=0.0.4", body);
}

LiftHttpResponse *
lift_route_events (LiftCall *call, GError **error)
{
  g_autoptr (LiftHttpStream)
    stream = lift_events_add (call->routes->events, call->user, call->token, error);

  return stream != NULL ? lift_http_response_new_stream ("text/event-stream", stream) : NULL;
}
