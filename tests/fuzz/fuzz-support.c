/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What goes wrong as expected is logged for people, and here nobody reads. GLib would stop at a
 * breakpoint, of which libFuzzer makes no finding. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return G_LOG_WRITER_HANDLED;
  g_log_writer_standard_streams (level, fields, n_fields, data);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_log_set_writer_func (write_log, NULL, NULL);
  return 0;
}

/* Bytes as a text that ends in a zero, up to the first zero in it. */
char *
fuzz_text (const uint8_t *data, size_t size)
{
  return g_strndup ((const char *) data, size);
}

/* The lines of an input that has several parts, such as one answer after the other. */
char **
fuzz_lines (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);

  return g_strsplit (text, "\n", FUZZ_MAX_LINES);
}

void
fuzz_fail (const char *what, const char *detail)
{
  fprintf (stderr, "INVARIANT: %s: %s\n", what, detail != NULL ? detail : "");
  abort ();
}

/* A call that failed says why, in words; one that did not has no error. */
void
fuzz_assert_error (gboolean failed, const GError *error)
{
  if (failed != (error != NULL))
    fuzz_fail ("an error where there is none, or none where there is",
               error != NULL ? error->message : NULL);
  if (failed && (error->message == NULL || error->message[0] == '\0'))
    fuzz_fail ("an error without words", NULL);
  if (failed && !g_utf8_validate (error->message, -1, NULL))
    fuzz_fail ("an error that is not UTF-8", error->message);
}
