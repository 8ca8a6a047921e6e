/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Operations that can fail. Locks of the file and of the index of its log are of one kind. */
typedef enum
{
  FAULT_READ = 1 << 0,
  FAULT_WRITE = 1 << 1,
  FAULT_SYNC = 1 << 2,
  FAULT_TRUNCATE = 1 << 3,
  FAULT_OPEN = 1 << 4,
  FAULT_DELETE = 1 << 5,
  FAULT_LOCK = 1 << 6,
  FAULT_MAP = 1 << 7, /* of the index of the log into memory */
  FAULT_SIZE = 1 << 8,
  FAULT_ACCESS = 1 << 9,
} FaultOps;

/* What of a write that fails arrives all the same. */
typedef enum
{
  FAULT_KEEPS_HALF,
  FAULT_KEEPS_NONE,
  FAULT_KEEPS_SOME, /* any sectors */
  FAULT_KEEPS_ALL,  /* and only the word for it is missing */
} FaultKeeps;

/**
 * FaultPlan:
 * @ops: which operations count
 * @code: what a failing one answers; 0: the process is killed there, with SIGKILL
 * @nth: which of them fails first
 * @times: how many fail, from that one on
 * @lies: a failing one says that it went well
 * @file: (nullable): only files with this in their names
 */
typedef struct
{
  FaultOps ops;
  int code;
  FaultKeeps keeps;
  guint nth;
  guint times;
  gboolean lies;
  const char *file;
} FaultPlan;

void fault_disk_install (void);
void fault_disk_arm_plan (const FaultPlan *plan);
void fault_disk_arm (guint nth, int code, gboolean for_good);
gboolean fault_disk_disarm (void);

G_END_DECLS
