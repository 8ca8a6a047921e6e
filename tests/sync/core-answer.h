/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-message.h"
#include "lift-server.h"

G_BEGIN_DECLS

/* What a server in this process answers to a request of the sync or a sign-in, without HTTP. */
LiftResponse *core_answer (LiftServer *server, LiftRequest *request);
LiftResponse *core_answer_new (guint status, const char *content_type, const char *text);

G_END_DECLS
