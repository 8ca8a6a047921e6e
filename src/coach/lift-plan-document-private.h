/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-plan-document.h"
#include "lift-watch.h"

G_BEGIN_DECLS

struct _LiftPlanDocument
{
  GObject parent_instance;

  LiftStore *store;
  char *id;
  LiftTrainingPlan *plan;
  GListStore *lines;
  LiftWatch *watch;
};

G_END_DECLS
