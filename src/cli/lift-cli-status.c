/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-sync-journal.h"

static void
append_text (GString *out, const char *key, const char *text)
{
  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static void
append_count (GString *out, const char *key, guint count)
{
  lift_json_append_key (out, key);
  g_string_append_printf (out, "%u", count);
}

static char *
format_or_null (gint64 us)
{
  return us != LIFT_INT_NULL ? lift_instant_format (us) : NULL;
}

static gboolean
is_signed_in (LiftCli *self)
{
  return lift_account_get_signed_in (self->account) && !lift_account_get_ended (self->account);
}

typedef void (*OtherFunc) (LiftAccount *account, guint pending, gpointer user_data);

/* Calls @func for each other account with changes that only this computer has: whoever signed in
 * after them sees nothing of those. */
static void
for_each_other (LiftCli *self, OtherFunc func, gpointer user_data)
{
  g_autoptr (GPtrArray) all = lift_accounts_list (self->accounts, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      LiftAccount *account = g_ptr_array_index (all, i);
      gboolean is_other = !g_str_equal (lift_account_get_directory (account),
                                        lift_account_get_directory (self->account));
      g_autofree char *path = lift_account_dup_store_path (account);
      guint pending = is_other ? lift_store_count_pending (path, lift_clock_get_system ()) : 0;

      if (pending > 0)
        func (account, pending, user_data);
    }
}

static void
append_other (LiftAccount *account, guint pending, gpointer user_data)
{
  GString *out = user_data;

  g_string_append (out, g_str_has_suffix (out->str, "[") ? "{" : ",{");
  append_text (out, "account", lift_account_get_username (account));
  append_text (out, "server", lift_account_get_server (account));
  append_count (out, "pending", pending);
  g_string_append_c (out, '}');
}

static void
print_other (LiftAccount *account, guint pending, gpointer user_data)
{
  g_print (g_dngettext (GETTEXT_PACKAGE,
                        "On this computer, %s on %s has %u change that is not on the server\n",
                        "On this computer, %s on %s has %u changes that are not on the server\n",
                        pending),
           lift_account_get_username (account), lift_account_get_server (account), pending);
}

static void
print_status_json (LiftCli *self, const LiftStoreStatus *status, gint64 next_retry)
{
  g_autoptr (GString) out = g_string_new ("{");
  g_autofree char *cursor = lift_sync_dup_cursor (self->store, NULL);
  g_autofree char *synced = format_or_null (status->last_synced_at);
  g_autofree char *next = format_or_null (next_retry);

  append_text (out, "account", lift_account_get_username (self->account));
  append_text (out, "userType", lift_account_get_user_type (self->account));
  append_text (out, "server", lift_account_get_server (self->account));
  lift_json_append_key (out, "signedIn");
  g_string_append (out, is_signed_in (self) ? "true" : "false");
  append_count (out, "pending", status->pending);
  append_count (out, "retrying", status->retrying);
  append_count (out, "needsAttention", status->needs_attention);
  append_count (out, "conflicts", status->conflicts);
  append_count (out, "notes", status->notes);
  append_count (out, "parked", status->parked);
  append_text (out, "nextRetryAt", next);
  append_text (out, "lastSyncedAt", synced);
  append_text (out, "cursor", cursor);
  lift_json_append_key (out, "otherAccounts");
  g_string_append_c (out, '[');
  for_each_other (self, append_other, out);
  g_print ("%s]}\n", out->str);
}

static void
print_retrying (LiftCli *self, guint count, gint64 next_retry)
{
  g_autofree char *next = next_retry != LIFT_INT_NULL ? lift_cli_dup_time (next_retry) : NULL;

  if (next == NULL)
    g_print (_ ("Retried by itself: %u\n"), count);
  else if (lift_cli_is_due (self, next_retry))
    g_print (_ ("Retried by itself: %u (with the next sync)\n"), count);
  else
    g_print (_ ("Retried by itself: %u (from %s)\n"), count, next);
}

static const char *
describe_sign_in (LiftCli *self)
{
  if (is_signed_in (self))
    return _ ("yes");
  return lift_account_get_signed_in (self->account)
           ? _ ("no, the server has ended the sign-in; sign in again")
           : _ ("no");
}

static void
print_status_text (LiftCli *self, const LiftStoreStatus *status, gint64 next_retry)
{
  g_autofree char *synced = status->last_synced_at != LIFT_INT_NULL
                              ? lift_cli_dup_time (status->last_synced_at)
                              : g_strdup (_ ("never"));

  g_print (_ ("Account: %s (%s) on %s\n"), lift_account_get_username (self->account),
           lift_account_get_user_type (self->account), lift_account_get_server (self->account));
  g_print (_ ("Signed in: %s\n"), describe_sign_in (self));
  g_print (_ ("Waiting to be sent: %u\n"), status->pending);
  print_retrying (self, status->retrying, next_retry);
  g_print (_ ("Needs attention: %u\n"), status->needs_attention);
  g_print (_ ("Conflicts: %u\n"), status->conflicts);
  g_print (_ ("Other notes in the journal: %u\n"), status->notes);
  if (status->parked > 0)
    g_print (_ ("Kept for a newer version of this program: %u\n"), status->parked);
  g_print (_ ("Last synced: %s\n"), synced);
  for_each_other (self, print_other, NULL);
}

/* When the first of the refused rows is tried again. */
static gboolean
find_next_retry (LiftStore *store, gint64 *next, GError **error)
{
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (store, error);

  *next = LIFT_INT_NULL;
  for (guint i = 0; failed != NULL && i < failed->len; i++)
    {
      const LiftFailedRow *row = g_ptr_array_index (failed, i);

      if (row->next_retry_at != LIFT_INT_NULL &&
          (*next == LIFT_INT_NULL || row->next_retry_at < *next))
        *next = row->next_retry_at;
    }
  return failed != NULL;
}

/**
 * lift_cli_status:
 *
 * `status [--json]`
 */
LiftExit
lift_cli_status (LiftCli *self, int argc, char **argv)
{
  LiftStoreStatus status;
  gint64 next_retry;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("status"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1)
    return lift_cli_usage ("status", "%s", _ ("It takes no arguments"));
  if (!lift_cli_open_store_to_read (self, &error) ||
      !lift_store_get_status_sync (self->store, &status, &error) ||
      !find_next_retry (self->store, &next_retry, &error))
    return lift_cli_fail (error);
  if (self->json)
    print_status_json (self, &status, next_retry);
  else
    print_status_text (self, &status, next_retry);
  return LIFT_EXIT_DONE;
}
