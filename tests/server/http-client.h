/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A client that says what it is told, byte for byte, and waits for nothing for ever. */
typedef struct
{
  int fd;
  GString *unread;
} Wire;

/* What came back; @status is 0 if the connection ended without an answer. */
typedef struct
{
  guint status;
  char *head;
  GByteArray *body;
} Answer;

Wire *wire_open (guint16 port);
void wire_close (Wire *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_close)
gboolean wire_send (Wire *self, const void *data, gssize length);
void wire_printf (Wire *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
Answer *wire_read (Wire *self, gboolean has_body);
gboolean wire_wait_for (Wire *self, const char *text);
gboolean wire_is_closed_within (Wire *self, guint ms);

Answer *wire_ask (guint16 port, const char *request);
Answer *wire_post (guint16 port, const char *path, const char *headers, GBytes *body);

void answer_free (Answer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
char *answer_dup_header (Answer *self, const char *name);
char *answer_dup_text (Answer *self);
void answer_assert_problem (Answer *self, guint status, const char *code);
