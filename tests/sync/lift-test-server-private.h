/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-test-server.h"

G_BEGIN_DECLS

/* 2026-03-01 12:00 UTC */
#define LIFT_TEST_START G_GINT64_CONSTANT (1772366400000000)

typedef struct
{
  char *type;
  char *id;
  JsonObject *object;
  gint64 seq;
} LiftTestRow;

LiftResponse *lift_test_server_respond (guint status, const char *content_type, const char *text);
LiftResponse *lift_test_server_problem (guint status, const char *code, gint64 last_mutation);
char *lift_test_server_print (JsonObject *object);
LiftResponse *lift_test_server_pull_cursor (LiftTestServer *self, LiftRequest *request);
LiftResponse *lift_test_server_pull_since (LiftTestServer *self, LiftRequest *request);

G_END_DECLS
