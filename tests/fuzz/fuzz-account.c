/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "lift-account-private.h"
#include "lift-accounts.h"
#include "lift-file-secrets.h"
#include "lift-virtual-clock.h"

/*
 * The files of an account on the disk, account.ini and the one that says who was here last, with
 * any bytes in them: an account that can be used, or an error that says what to do. What is read is
 * written so that it is read again as the same.
 */

static char *folder;
static char *account_folder;
static char *account_path;
static char *last_path;

static void
remove_folder (void)
{
  g_unlink (account_path);
  g_unlink (last_path);
  g_rmdir (account_folder);
  g_rmdir (folder);
}

static void
make_folder (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("fuzz-lift-XXXXXX", &error);
  g_assert_no_error (error);
  account_folder = g_build_filename (folder, "one", NULL);
  account_path = g_build_filename (account_folder, LIFT_ACCOUNT_FILE, NULL);
  last_path = g_build_filename (folder, "last.ini", NULL);
  g_assert_cmpint (g_mkdir (account_folder, 0700), ==, 0);
  atexit (remove_folder);
}

static void
write_file (const char *path, const char *data, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  fclose (file);
}

static void
compare (LiftAccount *a, LiftAccount *b)
{
  if (g_strcmp0 (lift_account_get_server (a), lift_account_get_server (b)) != 0 ||
      g_strcmp0 (lift_account_get_user_id (a), lift_account_get_user_id (b)) != 0 ||
      g_strcmp0 (lift_account_get_username (a), lift_account_get_username (b)) != 0 ||
      g_strcmp0 (lift_account_get_name (a), lift_account_get_name (b)) != 0 ||
      g_strcmp0 (lift_account_get_device_id (a), lift_account_get_device_id (b)) != 0 ||
      lift_account_get_signed_in (a) != lift_account_get_signed_in (b) ||
      lift_account_get_ended (a) != lift_account_get_ended (b))
    fuzz_fail ("another account when it is read again", lift_account_get_user_id (a));
}

/* Written to the disk for good, which is slow, now and then only. */
static void
check_again (LiftAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAccount) again = NULL;

  lift_account_save (account, &error);
  g_assert_no_error (error);
  again = lift_account_load (account_folder, &error);
  if (again == NULL)
    fuzz_fail ("our own file is not read", error->message);
  compare (account, again);
}

static void
check_account (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftAccount) account = NULL;
  g_autofree char *store = NULL;

  write_file (account_path, text, size);
  account = lift_account_load (account_folder, &error);
  fuzz_assert_error (account == NULL, error);
  if (account == NULL)
    return;
  store = lift_account_dup_store_path (account);
  if (lift_account_get_server (account) == NULL || lift_account_get_user_id (account) == NULL ||
      lift_account_get_device_id (account) == NULL || !g_str_has_prefix (store, account_folder))
    fuzz_fail ("an account that cannot be used", store);
  if (size % 16 == 0)
    check_again (account);
}

static void
check_list (const char *text, gsize size)
{
  g_autoptr (LiftSecrets) secrets = lift_file_secrets_new (folder);
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (0, 7);
  g_autoptr (LiftAccounts) accounts = lift_accounts_new (folder, secrets, LIFT_CLOCK (clock));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (LiftAccount) last = NULL;

  write_file (last_path, text, size);
  list = lift_accounts_list (accounts, &error);
  fuzz_assert_error (list == NULL, error);
  last = lift_accounts_dup_last (accounts, "athlete", &other_error);
  fuzz_assert_error (last == NULL, other_error);
}

/* GLib 2.74 warns of itself where a value has two escapes that it does not know. */
static gboolean
has_odd_escapes (const char *text, gsize size)
{
  guint odd = 0;

  for (gsize i = 0; i < size; i++)
    if (text[i] == '\\' && (i + 1 == size || memchr ("sntr\\", text[i + 1], 5) == NULL))
      odd++;
    else if (text[i] == '\\')
      i++;
  return odd > 1;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  const char *cut = size > 0 ? memchr (text, '\f', size) : NULL;
  gsize first = cut != NULL ? (gsize) (cut - text) : size;

  if (has_odd_escapes (text, size))
    return 0;
  if (folder == NULL)
    make_folder ();
  check_account (text, first);
  check_list (text + first, size - first);
  return 0;
}
