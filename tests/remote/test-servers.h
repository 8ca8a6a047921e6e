/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "lift-transport.h"

G_BEGIN_DECLS

/* A SoupServer on loopback in a thread of its own. */
typedef struct _TestServer TestServer;

TestServer *test_server_new (SoupServerCallback handler, gpointer user_data);
TestServer *
test_server_new_tls (SoupServerCallback handler, gpointer user_data, GTlsCertificate *certificate);
const char *test_server_get_url (TestServer *self);
void test_server_free (TestServer *self);

/* A server that answers each connection with the same bytes, whatever it was asked. */
typedef struct
{
  const char *answer;
  gsize length;
  /* Milliseconds between two bytes; 0 for all at once. */
  guint drip_ms;
  /* Milliseconds to keep quiet after the answer. */
  guint hold_ms;
} RawAnswer;

typedef struct _RawServer RawServer;

RawServer *raw_server_new (const RawAnswer *answer);
const char *raw_server_get_url (RawServer *self);
char *raw_server_dup_request (RawServer *self);
void raw_server_free (RawServer *self);

/* A transport that calls a function. */
typedef LiftResponse *(*FakeHandler) (LiftRequest *request, gpointer user_data, GError **error);

#define TEST_TYPE_FAKE_TRANSPORT (fake_transport_get_type ())
G_DECLARE_FINAL_TYPE (FakeTransport, fake_transport, TEST, FAKE_TRANSPORT, LiftTransport)

LiftTransport *fake_transport_new (FakeHandler handler, gpointer user_data);
LiftResponse *fake_json (guint status, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
