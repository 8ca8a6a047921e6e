/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "lift-message.h"

G_BEGIN_DECLS

/**
 * LiftSoupLink:
 * @context: of the thread that sends; its loop runs
 * @session: made and used in that thread only
 *
 * Where messages are sent.
 */
typedef struct
{
  GMainContext *context;
  SoupSession *session;
} LiftSoupLink;

void lift_soup_link_post (LiftSoupLink *link, GSourceFunc func, gpointer user_data);
LiftResponse *lift_soup_job_run (LiftSoupLink *link,
                                 SoupMessage *message,
                                 const LiftRequest *request,
                                 gboolean *unpacks,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
