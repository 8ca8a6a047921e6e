/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LIFT_JSON_MAX_DEPTH 16

#define LIFT_JSON_ERROR (lift_json_error_quark ())

/**
 * LiftJsonError:
 * @LIFT_JSON_ERROR_TOO_DEEP: nested over %LIFT_JSON_MAX_DEPTH
 * @LIFT_JSON_ERROR_SYNTAX: not JSON
 * @LIFT_JSON_ERROR_TYPE: JSON, but not of the expected shape
 */
typedef enum
{
  LIFT_JSON_ERROR_TOO_DEEP,
  LIFT_JSON_ERROR_SYNTAX,
  LIFT_JSON_ERROR_TYPE,
} LiftJsonError;

GQuark lift_json_error_quark (void);

JsonNode *lift_json_parse (const char *data, gssize length, GError **error);
JsonObject *lift_json_parse_object (const char *data, gssize length, GError **error);
const char *lift_json_get_string (JsonObject *object, const char *key);
gint64 lift_json_get_int (JsonObject *object, const char *key, gint64 fallback);
gboolean lift_json_get_boolean (JsonObject *object, const char *key, gboolean fallback);
JsonObject *lift_json_get_object (JsonObject *object, const char *key);
JsonArray *lift_json_get_array (JsonObject *object, const char *key);

void lift_json_append_string (GString *out, const char *text);
void lift_json_append_double (GString *out, double value);
void lift_json_append_key (GString *out, const char *key);
char *lift_json_node_to_text (JsonNode *node);

G_END_DECLS
