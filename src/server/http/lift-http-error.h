/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIFT_HTTP_ERROR (lift_http_error_quark ())

/**
 * LiftHttpError:
 * @LIFT_HTTP_ERROR_ADDRESS: the text is no address to listen on
 * @LIFT_HTTP_ERROR_IN_USE: another program listens there
 * @LIFT_HTTP_ERROR_REFUSED: the system does not let this user listen there
 * @LIFT_HTTP_ERROR_TLS: the certificate or its key cannot be used
 * @LIFT_HTTP_ERROR_TOO_LARGE: a body unpacks to more than is allowed
 * @LIFT_HTTP_ERROR_ENCODING: a body is not what its Content-Encoding says
 * @LIFT_HTTP_ERROR_FAILED: anything else that keeps the server from starting
 */
typedef enum
{
  LIFT_HTTP_ERROR_ADDRESS,
  LIFT_HTTP_ERROR_IN_USE,
  LIFT_HTTP_ERROR_REFUSED,
  LIFT_HTTP_ERROR_TLS,
  LIFT_HTTP_ERROR_TOO_LARGE,
  LIFT_HTTP_ERROR_ENCODING,
  LIFT_HTTP_ERROR_FAILED,
} LiftHttpError;

GQuark lift_http_error_quark (void);

G_END_DECLS
