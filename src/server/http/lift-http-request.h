/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftHttpRequest:
 *
 * One whole request, checked and unpacked. It does not know which server it came by, so that a test
 * can make one. Not to be changed once a handler sees it.
 */
typedef struct _LiftHttpRequest LiftHttpRequest;

LiftHttpRequest *lift_http_request_new (const char *method, const char *path);
void lift_http_request_free (LiftHttpRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftHttpRequest, lift_http_request_free)

const char *lift_http_request_get_method (LiftHttpRequest *self);
const char *lift_http_request_get_path (LiftHttpRequest *self);
const char *lift_http_request_get_query (LiftHttpRequest *self, const char *name);
const char *lift_http_request_get_header (LiftHttpRequest *self, const char *name);
const char *lift_http_request_get_peer (LiftHttpRequest *self);
const char *lift_http_request_get_id (LiftHttpRequest *self);
GBytes *lift_http_request_get_body (LiftHttpRequest *self);

gboolean lift_http_request_add_query (LiftHttpRequest *self, const char *name, const char *value);
void lift_http_request_add_header (LiftHttpRequest *self, const char *name, const char *value);
void lift_http_request_set_peer (LiftHttpRequest *self, const char *address);
void lift_http_request_set_id (LiftHttpRequest *self, const char *id);
void lift_http_request_set_body (LiftHttpRequest *self, GBytes *body);

G_END_DECLS
