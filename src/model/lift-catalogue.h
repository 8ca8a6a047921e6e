/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-exercise.h"

G_BEGIN_DECLS

GPtrArray *lift_catalogue_load (void);

G_END_DECLS
