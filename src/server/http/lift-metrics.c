/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-metrics.h"

/* Upper bounds in microseconds; the last bucket has none. */
static const gint64 bounds[] = { 1000,   2500,   5000,   10000,   25000,   50000,
                                 100000, 250000, 500000, 1000000, 2500000, 10000000 };

#define N_BUCKETS (G_N_ELEMENTS (bounds) + 1)

typedef struct
{
  const char *name;
  GHashTable *statuses;
  guint64 buckets[N_BUCKETS];
  guint64 count;
  gint64 sum;
} Route;

struct _LiftMetrics
{
  GMutex lock;
  Route *routes;
  guint n_routes;
};

/**
 * lift_metrics_new:
 * @routes: (array zero-terminated=1): fixed names; never a path as it was sent, for anybody can
 *   make up as many of those as they like
 *
 * Returns: (transfer full): counters of requests, usable from any thread
 */
LiftMetrics *
lift_metrics_new (const char *const *routes)
{
  LiftMetrics *self = g_new0 (LiftMetrics, 1);

  g_mutex_init (&self->lock);
  self->n_routes = g_strv_length ((char **) routes);
  self->routes = g_new0 (Route, self->n_routes);
  for (guint i = 0; i < self->n_routes; i++)
    {
      self->routes[i].name = routes[i];
      self->routes[i].statuses = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    }
  return self;
}

void
lift_metrics_free (LiftMetrics *self)
{
  for (guint i = 0; i < self->n_routes; i++)
    g_hash_table_unref (self->routes[i].statuses);
  g_free (self->routes);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
count_status_locked (Route *route, guint status)
{
  guint64 *count = g_hash_table_lookup (route->statuses, GUINT_TO_POINTER (status));

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (route->statuses, GUINT_TO_POINTER (status), count);
    }
  (*count)++;
}

/**
 * lift_metrics_count:
 * @index: of the route's name
 * @us: how long it took
 *
 * Counts one request.
 */
void
lift_metrics_count (LiftMetrics *self, guint index, guint status, gint64 us)
{
  Route *route;
  guint bucket = 0;

  g_return_if_fail (index < self->n_routes);

  route = &self->routes[index];
  while (bucket < G_N_ELEMENTS (bounds) && us > bounds[bucket])
    bucket++;
  g_mutex_lock (&self->lock);
  count_status_locked (route, status);
  route->buckets[bucket]++;
  route->count++;
  route->sum += us;
  g_mutex_unlock (&self->lock);
}

static void
append_seconds (GString *out, gint64 us)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.6g", us / 1e6));
}

static void
write_statuses_locked (const Route *route, GString *out)
{
  GHashTableIter iter;
  gpointer status;
  gpointer count;

  g_hash_table_iter_init (&iter, route->statuses);
  while (g_hash_table_iter_next (&iter, &status, &count))
    g_string_append_printf (
      out, "liftlogger_requests_total{route=\"%s\",status=\"%u\"} %" G_GUINT64_FORMAT "\n",
      route->name, GPOINTER_TO_UINT (status), *(guint64 *) count);
}

static void
write_histogram_locked (const Route *route, GString *out)
{
  guint64 below = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      below += route->buckets[i];
      g_string_append_printf (out, "liftlogger_request_seconds_bucket{route=\"%s\",le=\"",
                              route->name);
      if (i < G_N_ELEMENTS (bounds))
        append_seconds (out, bounds[i]);
      else
        g_string_append (out, "+Inf");
      g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", below);
    }
  g_string_append_printf (out, "liftlogger_request_seconds_sum{route=\"%s\"} ", route->name);
  append_seconds (out, route->sum);
  g_string_append_printf (
    out, "\nliftlogger_request_seconds_count{route=\"%s\"} %" G_GUINT64_FORMAT "\n", route->name,
    route->count);
}

/**
 * lift_metrics_write:
 *
 * Appends the counters of the routes that were asked for, in the Prometheus text format.
 */
void
lift_metrics_write (LiftMetrics *self, GString *out)
{
  g_mutex_lock (&self->lock);
  g_string_append (out, "# HELP liftlogger_requests_total Requests answered.\n"
                        "# TYPE liftlogger_requests_total counter\n");
  for (guint i = 0; i < self->n_routes; i++)
    write_statuses_locked (&self->routes[i], out);
  g_string_append (out, "# HELP liftlogger_request_seconds Time to answer.\n"
                        "# TYPE liftlogger_request_seconds histogram\n");
  for (guint i = 0; i < self->n_routes; i++)
    if (self->routes[i].count > 0)
      write_histogram_locked (&self->routes[i], out);
  g_mutex_unlock (&self->lock);
}

/**
 * lift_metrics_write_value:
 * @type: "counter" or "gauge"
 *
 * Appends one value that has no labels.
 */
void
lift_metrics_write_value (
  GString *out, const char *name, const char *type, const char *help, guint64 value)
{
  g_string_append_printf (out,
                          "# HELP liftlogger_%s %s\n# TYPE liftlogger_%s %s\nliftlogger_%s "
                          "%" G_GUINT64_FORMAT "\n",
                          name, help, name, type, name, value);
}
