/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftHttpStream:
 *
 * An answer without an end, which somebody writes to while the client reads. It costs no thread:
 * the connection sleeps while there is nothing to send. Usable from any thread; never blocks.
 */
typedef struct _LiftHttpStream LiftHttpStream;

LiftHttpStream *lift_http_stream_new (void);
LiftHttpStream *lift_http_stream_ref (LiftHttpStream *self);
void lift_http_stream_unref (LiftHttpStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftHttpStream, lift_http_stream_unref)

gboolean lift_http_stream_write (LiftHttpStream *self, const char *text);
void lift_http_stream_end (LiftHttpStream *self);

G_END_DECLS
