/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-memory.h"

#include <sqlite3.h>

static struct
{
  sqlite3_mem_methods real;
  gboolean armed;
  gboolean paused;
  gboolean for_good;
  guint nth;
  guint count;
} memory;

static gboolean
fails (void)
{
  if (!memory.armed || memory.paused)
    return FALSE;
  memory.count++;
  return memory.count == memory.nth || (memory.for_good && memory.count > memory.nth);
}

static void *
fault_malloc (int size)
{
  return fails () ? NULL : memory.real.xMalloc (size);
}

static void *
fault_realloc (void *data, int size)
{
  return fails () ? NULL : memory.real.xRealloc (data, size);
}

void
fault_memory_install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &memory.real), ==, SQLITE_OK);
  methods = memory.real;
  methods.xMalloc = fault_malloc;
  methods.xRealloc = fault_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

void
fault_memory_arm (guint nth, gboolean for_good)
{
  memory.armed = TRUE;
  memory.paused = FALSE;
  memory.for_good = for_good;
  memory.nth = nth;
  memory.count = 0;
}

void
fault_memory_pause (void)
{
  memory.paused = TRUE;
}

void
fault_memory_resume (void)
{
  memory.paused = FALSE;
}

gboolean
fault_memory_disarm (void)
{
  memory.armed = FALSE;
  return memory.count >= memory.nth;
}
