/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-ablation.h"

guint lift_ablation = LIFT_ABLATION_NONE;

const char *const lift_ablation_names[] = { NULL,
#define NAME(SYMBOL, name, words) name,
                                            LIFT_ABLATIONS (NAME) };

const char *const lift_ablation_words[] = { NULL,
#define WORDS(SYMBOL, name, words) words,
                                            LIFT_ABLATIONS (WORDS) };
