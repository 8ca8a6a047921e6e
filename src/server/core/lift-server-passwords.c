/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "lift-server-private.h"

#define MEMORY_BYTES (19 * 1024 * 1024)
#define PASSES 2
/* Wrong passwords in a row that cost nothing, and the longest wait that they can lead to. */
#define FREE_ATTEMPTS 5
#define MAX_WAIT_SECONDS 60
/* Names remembered at once; an attacker who tries more only makes the server forget. */
#define MAX_NAMES 10000

typedef struct
{
  guint failures;
  gint64 next; /* monotonic */
} Attempts;

/**
 * lift_server_hash_password: (skip)
 *
 * Returns: (transfer full): an Argon2id hash with its salt and cost, or %NULL with @error
 */
char *
lift_server_hash_password (LiftServer *self, const char *password, GError **error)
{
  gboolean cheap = g_atomic_int_get (&self->cheap_passwords);
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str_alg (hash, password, strlen (password),
                             cheap ? crypto_pwhash_argon2id_OPSLIMIT_MIN : PASSES,
                             cheap ? crypto_pwhash_argon2id_MEMLIMIT_MIN : MEMORY_BYTES,
                             crypto_pwhash_ALG_ARGON2ID13) == 0)
    return g_strdup (hash);
  lift_server_fail (error, LIFT_SERVER_ERROR_BUSY, NULL,
                    _ ("The server is short of memory. Try again later"));
  return NULL;
}

/**
 * lift_server_check_password: (skip)
 *
 * Returns: whether @password is the one that @hash was made of
 */
gboolean
lift_server_check_password (const char *hash, const char *password)
{
  return strlen (password) <= LIFT_SERVER_MAX_PASSWORD &&
         crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

/**
 * lift_server_check_new_password: (skip)
 * @password: (nullable): what somebody wants to have as a password
 */
gboolean
lift_server_check_new_password (const char *password, GError **error)
{
  glong length = password != NULL ? g_utf8_strlen (password, -1) : 0;

  if (length < LIFT_SERVER_MIN_PASSWORD)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "password",
                             _ ("A password needs at least %d characters"),
                             LIFT_SERVER_MIN_PASSWORD);
  if (strlen (password) > LIFT_SERVER_MAX_PASSWORD)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "password",
                             _ ("A password may have at most %d bytes"), LIFT_SERVER_MAX_PASSWORD);
  return TRUE;
}

/**
 * lift_server_allow_attempt: (skip)
 * @fold: a folded username, of an account or not
 *
 * Whether a password may be tried for @fold now; if not, the error says when.
 */
gboolean
lift_server_allow_attempt (LiftServer *self, const char *fold, GError **error)
{
  gint64 now = lift_clock_get_monotonic (self->clock);
  GError *wait = NULL;
  Attempts *attempts;
  gint64 seconds = 0;

  g_mutex_lock (&self->lock);
  attempts = g_hash_table_lookup (self->attempts, fold);
  if (attempts != NULL && attempts->next > now)
    seconds = (attempts->next - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_mutex_unlock (&self->lock);
  if (seconds == 0)
    return TRUE;
  lift_server_fail (&wait, LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS, NULL,
                    _ ("Too many wrong passwords. Wait %" G_GINT64_FORMAT " s, then try again"),
                    seconds);
  lift_server_error_set_retry_after (wait, seconds);
  g_propagate_error (error, wait);
  return FALSE;
}

/**
 * lift_server_note_attempt: (skip)
 * @good: whether the password was right
 */
void
lift_server_note_attempt (LiftServer *self, const char *fold, gboolean good)
{
  Attempts *attempts;

  g_mutex_lock (&self->lock);
  if (good)
    g_hash_table_remove (self->attempts, fold);
  else
    {
      if (g_hash_table_size (self->attempts) >= MAX_NAMES)
        g_hash_table_remove_all (self->attempts);
      attempts = g_hash_table_lookup (self->attempts, fold);
      if (attempts == NULL)
        {
          attempts = g_new0 (Attempts, 1);
          g_hash_table_insert (self->attempts, g_strdup (fold), attempts);
        }
      if (++attempts->failures > FREE_ATTEMPTS)
        attempts->next = lift_clock_get_monotonic (self->clock) +
                         MIN (1 << MIN (attempts->failures - FREE_ATTEMPTS, 16), MAX_WAIT_SECONDS) *
                           G_USEC_PER_SEC;
    }
  g_mutex_unlock (&self->lock);
}
