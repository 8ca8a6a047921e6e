/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* The published inputs and outputs of the formulas: our copy, and the one beside the project where
 * there is one. */
typedef void (*VectorFunc) (JsonObject *vector);

void vectors_foreach (const char *formula, VectorFunc func);
double vector_get (JsonObject *vector, const char *key);
