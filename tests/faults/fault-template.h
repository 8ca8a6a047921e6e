/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-world.h"

G_BEGIN_DECLS

/* 2026-03-01 12:00 UTC */
#define FAULT_START G_GINT64_CONSTANT (1772366400000000)

void fault_template_make (FaultWorld *world);
/* What the coach was told is saved before each run. */
void fault_template_claim (FaultDevice *coach);
const char *fault_template_get_athlete (void);

G_END_DECLS
