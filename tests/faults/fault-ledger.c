/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-ledger.h"

#include "lift-registry.h"
#include "lift-sync-journal.h"

struct _FaultLedger
{
  GHashTable *entries; /* "Type/id/key" → Entry */
  guint confirmed;
};

typedef struct
{
  gboolean confirmed;
  GPtrArray *values; /* the last that was confirmed, and what was begun since */
} Entry;

static void
entry_free (Entry *entry)
{
  g_ptr_array_unref (entry->values);
  g_free (entry);
}

FaultLedger *
fault_ledger_new (void)
{
  FaultLedger *self = g_new0 (FaultLedger, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) entry_free);
  return self;
}

void
fault_ledger_free (FaultLedger *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static Entry *
get_entry (FaultLedger *self, const char *type, const char *id, const char *key)
{
  g_autofree char *name = g_strconcat (type, "/", id, "/", key, NULL);
  Entry *entry = g_hash_table_lookup (self->entries, name);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->values = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (self->entries, g_steal_pointer (&name), entry);
  return entry;
}

void
fault_ledger_try (
  FaultLedger *self, const char *type, const char *id, const char *key, const char *value)
{
  g_ptr_array_add (get_entry (self, type, id, key)->values, g_strdup (value));
}

void
fault_ledger_confirm (
  FaultLedger *self, const char *type, const char *id, const char *key, const char *value)
{
  Entry *entry = get_entry (self, type, id, key);

  g_ptr_array_set_size (entry->values, 0);
  g_ptr_array_add (entry->values, g_strdup (value));
  entry->confirmed = TRUE;
  self->confirmed++;
}

guint
fault_ledger_get_confirmed (FaultLedger *self)
{
  return self->confirmed;
}

/* Returns: (transfer full) (nullable): a field as text */
char *
fault_ledger_print_field (LiftEntity *row, const char *key)
{
  if (g_str_equal (key, "deletedAt"))
    return g_strdup (lift_entity_is_deleted (row) ? "yes" : "no");
  return lift_field_print (lift_entity_info_find (lift_entity_get_info (row), key), row);
}

/* Whether the journal keeps a value for the user, in whichever of its two places. */
static gboolean
is_in_journal (GPtrArray *conflicts, const char *id, const char *key, const char *value)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", value);

  for (guint i = 0; i < conflicts->len; i++)
    {
      LiftConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_strcmp0 (conflict->id, id) == 0 && g_strcmp0 (conflict->field, key) == 0 &&
          (g_strcmp0 (conflict->mine, quoted) == 0 || g_strcmp0 (conflict->mine, value) == 0 ||
           g_strcmp0 (conflict->theirs, quoted) == 0 || g_strcmp0 (conflict->theirs, value) == 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_known (Entry *entry, const char *value)
{
  for (guint i = 0; i < entry->values->len; i++)
    if (g_strcmp0 (entry->values->pdata[i], value) == 0)
      return TRUE;
  return FALSE;
}

static void
check_entry (Entry *entry, const char *name, LiftStore *store, GPtrArray *conflicts, GString *out)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftEntity)
    row = lift_store_get_sync (store, lift_registry_find (parts[0]), parts[1], &error);
  g_autofree char *value = row != NULL ? fault_ledger_print_field (row, parts[2]) : NULL;

  if (row == NULL)
    g_string_append_printf (out, "%s is nowhere%s%s\n", name, error != NULL ? ": " : "",
                            error != NULL ? error->message : "");
  else if (!is_known (entry, value) &&
           !is_in_journal (conflicts, parts[1], parts[2], entry->values->pdata[0]))
    g_string_append_printf (out, "%s holds %s, %s was confirmed (%u begun since)\n", name, value,
                            (char *) entry->values->pdata[0], entry->values->len - 1);
}

char *
fault_ledger_check (FaultLedger *self, LiftStore *store)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = lift_sync_list_conflicts (store, &error);
  GHashTableIter iter;
  gpointer name, entry;

  if (conflicts == NULL)
    return g_strdup_printf ("the journal cannot be read: %s\n", error->message);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, &entry))
    if (((Entry *) entry)->confirmed)
      check_entry (entry, name, store, conflicts, out);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
