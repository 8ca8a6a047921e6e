/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-login-limiter.h"

#include "lift-text.h"

#include <gio/gio.h>

/* A person mistypes a few times; from one address a whole gym may sign in. */
#define FREE_OF_NAME 8
#define FREE_OF_ADDRESS 60
#define LONGEST_S 900
#define FORGET_S 900
#define MOST_ENTRIES 8192

typedef struct
{
  guint failures;
  gint64 last;
  gint64 next;
} Entry;

struct _LiftLoginLimiter
{
  GMutex lock;
  LiftClock *clock;
  GHashTable *entries;
};

/**
 * lift_login_limiter_new:
 *
 * Slows down who guesses passwords: for each name from one address, and for each address over all
 * names. Other addresses are not slowed, so nobody can lock somebody else out.
 *
 * Returns: (transfer full): the limiter, usable from any thread
 */
LiftLoginLimiter *
lift_login_limiter_new (LiftClock *clock)
{
  LiftLoginLimiter *self = g_new0 (LiftLoginLimiter, 1);

  g_mutex_init (&self->lock);
  self->clock = g_object_ref (clock);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
lift_login_limiter_free (LiftLoginLimiter *self)
{
  g_mutex_clear (&self->lock);
  g_object_unref (self->clock);
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* One customer has a whole /64 of IPv6 addresses. */
static char *
make_address_key (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  const guint8 *bytes = inet != NULL ? g_inet_address_to_bytes (inet) : NULL;
  GString *key;

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (address);
  key = g_string_new (NULL);
  for (guint i = 0; i < 8; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

static char *
make_name_key (const char *name, const char *address)
{
  g_autofree char *folded = lift_text_fold (name);

  return g_strconcat (address, "\n", folded, NULL);
}

static gboolean
is_forgotten (const Entry *entry, gint64 now)
{
  return now >= entry->next && now - entry->last > FORGET_S * G_TIME_SPAN_SECOND;
}

static gboolean
remove_forgotten (gpointer key, gpointer value, gpointer now)
{
  return is_forgotten (value, *(gint64 *) now);
}

/* Somebody with many addresses must not fill the memory: the oldest goes. */
static void
make_room_locked (LiftLoginLimiter *self, gint64 now)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  gpointer oldest = NULL;
  gint64 last = G_MAXINT64;

  if (g_hash_table_size (self->entries) < MOST_ENTRIES)
    return;
  g_hash_table_foreach_remove (self->entries, remove_forgotten, &now);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Entry *) value)->last < last)
      {
        last = ((Entry *) value)->last;
        oldest = key;
      }
  if (oldest != NULL && g_hash_table_size (self->entries) >= MOST_ENTRIES)
    g_hash_table_remove (self->entries, oldest);
}

static Entry *
ensure_entry_locked (LiftLoginLimiter *self, const char *key, gint64 now)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    {
      make_room_locked (self, now);
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (key), entry);
    }
  else if (is_forgotten (entry, now))
    *entry = (Entry){ 0 };
  return entry;
}

static gint64
get_wait_locked (LiftLoginLimiter *self, const char *key, gint64 now)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  return entry != NULL ? MAX (entry->next - now, 0) : 0;
}

static gint64
get_pause (guint failures, guint free_failures)
{
  guint doublings = failures < free_failures ? 0 : failures - free_failures + 1;

  return doublings == 0 ? 0 : MIN (1 << MIN (doublings, 16), LONGEST_S) * G_TIME_SPAN_SECOND;
}

/* Beyond the free failures only one attempt is let in at a time, so that many at once do not slip
 * through before the first of them has failed. */
static void
hold_others_locked (LiftLoginLimiter *self, const char *key, guint free_failures, gint64 now)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry != NULL && !is_forgotten (entry, now))
    entry->next = now + get_pause (entry->failures, free_failures);
}

static void
count_locked (LiftLoginLimiter *self, const char *key, guint free_failures, gint64 now)
{
  Entry *entry = ensure_entry_locked (self, key, now);

  entry->last = now;
  entry->failures++;
  entry->next = now + get_pause (entry->failures, free_failures);
}

static void
uncount_locked (LiftLoginLimiter *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return;
  entry->failures -= entry->failures > 0;
  entry->next = 0;
}

/**
 * lift_login_limiter_begin:
 * @name: (nullable): whose password is tried
 * @address: from where
 *
 * Asks whether an attempt may be made now.
 *
 * Returns: 0 if it may, or after how many seconds to try again
 */
guint
lift_login_limiter_begin (LiftLoginLimiter *self, const char *name, const char *address)
{
  g_autofree char *address_key = make_address_key (address);
  g_autofree char *name_key = make_name_key (name != NULL ? name : "", address_key);
  gint64 now = lift_clock_get_monotonic (self->clock);
  gint64 wait;

  g_mutex_lock (&self->lock);
  wait = MAX (get_wait_locked (self, address_key, now), get_wait_locked (self, name_key, now));
  if (wait == 0)
    {
      hold_others_locked (self, address_key, FREE_OF_ADDRESS, now);
      hold_others_locked (self, name_key, FREE_OF_NAME, now);
    }
  g_mutex_unlock (&self->lock);
  return (wait + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND;
}

/**
 * lift_login_limiter_fail:
 *
 * Says that the password was wrong.
 */
void
lift_login_limiter_fail (LiftLoginLimiter *self, const char *name, const char *address)
{
  g_autofree char *address_key = make_address_key (address);
  g_autofree char *name_key = make_name_key (name != NULL ? name : "", address_key);
  gint64 now = lift_clock_get_monotonic (self->clock);

  g_mutex_lock (&self->lock);
  count_locked (self, address_key, FREE_OF_ADDRESS, now);
  count_locked (self, name_key, FREE_OF_NAME, now);
  g_mutex_unlock (&self->lock);
}

/**
 * lift_login_limiter_succeed:
 *
 * Says that the password was right: the failures before it were slips.
 */
void
lift_login_limiter_succeed (LiftLoginLimiter *self, const char *name, const char *address)
{
  g_autofree char *address_key = make_address_key (address);
  g_autofree char *name_key = make_name_key (name != NULL ? name : "", address_key);

  g_mutex_lock (&self->lock);
  uncount_locked (self, address_key);
  g_hash_table_remove (self->entries, name_key);
  g_mutex_unlock (&self->lock);
}
