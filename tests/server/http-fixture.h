/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-http-server.h"

/* A server on a free port that answers /hello, /echo (its body), /size, /slow, /big, /huge, /empty
 * and /stream (which joins @streams), and 404 else. */
typedef struct
{
  LiftHttpServer *server;
  guint16 port;
  LiftHttpLimits limits;
  gint served;
  gint running;
  gint most;
  gint logged;
  guint last_status;
  GMutex lock;
  GPtrArray *streams;
} Fixture;

void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
LiftHttpStream *fixture_get_stream (Fixture *self, guint index);
void fixture_restart (Fixture *self);
