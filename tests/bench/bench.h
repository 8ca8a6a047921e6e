/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenchFunc:
 *
 * Does one thing once. What it takes to get ready and to clean up stays outside of the time.
 *
 * Returns: how long the thing itself took, in microseconds
 */
typedef gint64 (*BenchFunc) (gpointer data);

void bench_init (int *argc, char ***argv, const GOptionEntry *entries);
guint bench_get_rows (void);

/* Each figure is a line of a Markdown table: what, ours, the limit, and the ratio of the two. */
void bench_heading (const char *title);
void bench_compare (const char *what, BenchFunc ours, BenchFunc limit, gpointer data);
void bench_compare_often (const char *what, BenchFunc ours, BenchFunc limit, gpointer data);
void bench_report (const char *what, BenchFunc ours, gpointer data);
void bench_report_pairs (const char *what, GArray *ours, GArray *limit);
void bench_report_memory (const char *what);
guint bench_get_runs (void);

char *bench_make_folder (void);
void bench_remove_folder (const char *folder);
void bench_copy_file (const char *from, const char *to);

G_END_DECLS
