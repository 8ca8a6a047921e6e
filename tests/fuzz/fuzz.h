/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * What every target shares. A target is one file with LLVMFuzzerTestOneInput(); libFuzzer runs it
 * for hours (tests/fuzz/run), and fuzz-driver.c runs the kept corpus and some mutations of it with
 * the other tests. A broken invariant aborts, and so does a warning of GLib.
 */

/* The names and shapes are libFuzzer's. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t max_size);

#define FUZZ_MAX_LINES 4

char *fuzz_text (const uint8_t *data, size_t size);
char **fuzz_lines (const uint8_t *data, size_t size);
void fuzz_fail (const char *what, const char *detail) G_GNUC_NORETURN;
void fuzz_assert_error (gboolean failed, const GError *error);

G_END_DECLS
