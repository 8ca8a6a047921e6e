/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-transport.h"

G_BEGIN_DECLS

/**
 * LiftSoupTransportFlags:
 * @LIFT_SOUP_TRANSPORT_ALLOW_PLAIN: `http://` also to other machines, so that whoever can listen
 *   on the way reads passwords; only when a person asked for it
 */
typedef enum
{
  LIFT_SOUP_TRANSPORT_NONE = 0,
  LIFT_SOUP_TRANSPORT_ALLOW_PLAIN = 1 << 0,
} LiftSoupTransportFlags;

#define LIFT_TYPE_SOUP_TRANSPORT (lift_soup_transport_get_type ())
G_DECLARE_FINAL_TYPE (LiftSoupTransport, lift_soup_transport, LIFT, SOUP_TRANSPORT, LiftTransport)

LiftTransport *
lift_soup_transport_new (const char *server, LiftSoupTransportFlags flags, GError **error);
const char *lift_soup_transport_get_server (LiftSoupTransport *self);

G_END_DECLS
