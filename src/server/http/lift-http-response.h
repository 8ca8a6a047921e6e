/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-http-stream.h"

G_BEGIN_DECLS

/**
 * LiftHttpResponse:
 *
 * One answer: whole, or a stream. How it reaches the client (packed, in pieces) is the server's
 * concern.
 */
typedef struct _LiftHttpResponse LiftHttpResponse;

/**
 * LiftHttpHeaderFunc:
 *
 * Called for each header of an answer.
 */
typedef void (*LiftHttpHeaderFunc) (const char *name, const char *value, gpointer user_data);

LiftHttpResponse *lift_http_response_new (guint status, const char *content_type, GBytes *body);
LiftHttpResponse *lift_http_response_new_json (guint status, GString *json);
LiftHttpResponse *lift_http_response_new_problem (
  guint status, const char *code, const char *title, const char *detail, gboolean retryable);
LiftHttpResponse *lift_http_response_new_problem_with (guint status,
                                                       const char *code,
                                                       const char *title,
                                                       const char *detail,
                                                       gboolean retryable,
                                                       const char *members);
LiftHttpResponse *lift_http_response_new_stream (const char *content_type, LiftHttpStream *stream);
void lift_http_response_free (LiftHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftHttpResponse, lift_http_response_free)

guint lift_http_response_get_status (LiftHttpResponse *self);
const char *lift_http_response_get_header (LiftHttpResponse *self, const char *name);
GBytes *lift_http_response_get_body (LiftHttpResponse *self);
LiftHttpStream *lift_http_response_get_stream (LiftHttpResponse *self);
void lift_http_response_set_body (LiftHttpResponse *self, GBytes *body);
void lift_http_response_set_header (LiftHttpResponse *self, const char *name, const char *value);
void lift_http_response_set_retry_after (LiftHttpResponse *self, guint seconds);
void lift_http_response_foreach_header (LiftHttpResponse *self,
                                        LiftHttpHeaderFunc func,
                                        gpointer user_data);

G_END_DECLS
