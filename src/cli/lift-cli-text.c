/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-uuid.h"

/**
 * lift_cli_find_type:
 * @name: what was typed: `SetPlan`, in any case
 *
 * Returns: (nullable): the entity type, or %NULL with an error that lists them
 */
const LiftEntityInfo *
lift_cli_find_type (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      if (g_ascii_strcasecmp (info->name, name) == 0)
        return info;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", info->name);
    }
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_UNKNOWN_TYPE,
               _ ("There is no type \"%s\". The types are: %s"), name, names->str);
  return NULL;
}

/**
 * lift_cli_parse_id:
 *
 * Returns: (transfer full) (nullable): the id in lower case, or %NULL with an error
 */
char *
lift_cli_parse_id (const char *text, GError **error)
{
  char *id = lift_uuid_normalize (text);

  if (id == NULL)
    g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_FORMAT,
                 _ ("id: \"%s\" is not the id of a row, which \"list\" and \"waiting\" print"),
                 text);
  return id;
}

/**
 * lift_cli_unknown_field:
 * @info: the type
 * @key: what was typed in place of a field
 *
 * Sets an error that lists the fields of @info which one may write.
 */
void
lift_cli_unknown_field (const LiftEntityInfo *info, const char *key, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    if (!(info->fields[i]->flags & (LIFT_FIELD_LOCAL | LIFT_FIELD_SERVER)))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", info->fields[i]->key);
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_UNKNOWN_FIELD,
               _ ("%s has no field \"%s\". Its fields are: %s"), info->name, key, names->str);
}

static LiftField *
find_field (const LiftEntityInfo *info, const char *key, GError **error)
{
  LiftField *field = lift_entity_info_find (info, key);

  if (field == NULL)
    lift_cli_unknown_field (info, key, error);
  else if (field->flags & (LIFT_FIELD_LOCAL | LIFT_FIELD_SERVER))
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_FORBIDDEN,
                   _ ("%s: %s: is not set by hand: the server or this program does"), info->name,
                   key);
      return NULL;
    }
  return field;
}

static LiftField *
assign (LiftEntity *entity, const char *assignment, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);
  const char *equals = strchr (assignment, '=');
  g_autofree char *key = NULL;
  LiftField *field;
  LiftFaultCode code;

  if (equals == NULL)
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_FORMAT,
                   _ ("\"%s\" is not of the form FIELD=VALUE"), assignment);
      return NULL;
    }
  key = g_strndup (assignment, equals - assignment);
  field = find_field (info, key, error);
  if (field == NULL)
    return NULL;
  code = lift_field_scan (field, entity, equals + 1);
  if (code != LIFT_FAULT_NONE)
    {
      g_autoptr (GPtrArray) faults = lift_fault_list_new ();

      g_ptr_array_add (faults, lift_field_fault (field, code));
      lift_fault_list_to_error (faults, info->name, error);
      return NULL;
    }
  return field;
}

/**
 * lift_cli_assign:
 * @assignments: (array zero-terminated=1): texts `FIELD=VALUE`
 *
 * Gives fields of @entity the values that were typed.
 *
 * Returns: the fields that were named; %LIFT_FIELD_SET_NONE with an error
 */
LiftFieldSet
lift_cli_assign (LiftEntity *entity, char **assignments, GError **error)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (; *assignments != NULL; assignments++)
    {
      LiftField *field = assign (entity, *assignments, error);

      if (field == NULL)
        return LIFT_FIELD_SET_NONE;
      set |= (LiftFieldSet) 1 << field->index;
    }
  return set;
}

static void
append_changed_fields (LiftEntity *entity, GString *out)
{
  g_autoptr (JsonObject) pending = NULL;
  JsonObjectIter iter;
  const char *key;
  gboolean first = TRUE;

  g_string_append_c (out, '[');
  if (entity->pending != NULL)
    pending = lift_json_parse_object (entity->pending, -1, NULL);
  if (pending != NULL && !json_object_has_member (pending, "*"))
    {
      json_object_iter_init_ordered (&iter, pending);
      while (json_object_iter_next_ordered (&iter, &key, NULL))
        {
          g_string_append (out, first ? "" : ",");
          lift_json_append_string (out, key);
          first = FALSE;
        }
    }
  g_string_append_c (out, ']');
}

/**
 * lift_cli_append_row:
 *
 * Appends a row as JSON with its local state: `isDirty`, `lastSyncedAt`, `changedFields` (empty
 * for a row that the server has never seen).
 */
void
lift_cli_append_row (LiftEntity *entity, GString *out)
{
  g_autofree char *synced = entity->last_synced_at != LIFT_INT_NULL
                              ? lift_instant_format (entity->last_synced_at)
                              : NULL;

  g_string_append_c (out, '{');
  lift_entity_write_members (entity, out, LIFT_FIELD_SET_ALL);
  lift_json_append_key (out, "isDirty");
  g_string_append (out, lift_entity_is_dirty (entity) ? "true" : "false");
  lift_json_append_key (out, "lastSyncedAt");
  lift_json_append_string (out, synced);
  lift_json_append_key (out, "changedFields");
  append_changed_fields (entity, out);
  g_string_append_c (out, '}');
}

/**
 * lift_cli_print_row:
 *
 * Prints a row for people: a line for each field that has a value.
 */
void
lift_cli_print_row (LiftEntity *entity)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);

  for (guint i = 0; i < info->n_fields; i++)
    {
      g_autofree char *text = lift_field_print (info->fields[i], entity);

      if (!(info->fields[i]->flags & LIFT_FIELD_LOCAL) && *text != '\0')
        g_print ("%s: %s\n", info->fields[i]->key, text);
    }
  g_print ("isDirty: %s\n", lift_entity_is_dirty (entity) ? "true" : "false");
}

/* One row in one line: a newline in a text would break what reads the lines. */
static char *
flatten (char *text)
{
  return g_strdelimit (text, "\n\t", ' ');
}

/**
 * lift_cli_print_line:
 *
 * Prints a row in one line: its id, then `field=value` for each own field that has a value,
 * separated by tabs.
 */
void
lift_cli_print_line (LiftEntity *entity)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);

  g_print ("%s", entity->id);
  for (guint i = 0; i < info->n_fields; i++)
    {
      gboolean own = info->fields[i]->pspec->owner_type == info->gtype;
      g_autofree char *text = lift_field_print (info->fields[i], entity);

      if (own && *text != '\0')
        g_print ("\t%s=%s", info->fields[i]->key, flatten (text));
    }
  g_print ("%s\n", lift_entity_is_deleted (entity) ? "\tdeleted" : "");
}

/**
 * lift_cli_dup_time:
 *
 * Returns: (transfer full): an instant for people, in their time zone, to the minute
 */
char *
lift_cli_dup_time (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup (_ ("unknown"));
}

/**
 * lift_cli_is_due:
 * @next_retry_at: when a refused row is tried again
 *
 * Returns: whether the next sync sends it, whenever that is
 */
gboolean
lift_cli_is_due (LiftCli *self, gint64 next_retry_at)
{
  return next_retry_at <= lift_clock_get_time (lift_store_get_clock (self->store));
}

/**
 * lift_cli_tell:
 * @text: what was done
 *
 * Says it to people; programs get their JSON and nothing else.
 */
void
lift_cli_tell (LiftCli *self, const char *text)
{
  if (!self->json)
    g_print ("%s\n", text);
}

/**
 * lift_cli_tell_none:
 * @text: that there is nothing to list
 *
 * As lift_cli_tell(), on standard error: the list itself is empty.
 */
void
lift_cli_tell_none (LiftCli *self, const char *text)
{
  if (!self->json)
    g_printerr ("%s\n", text);
}

/**
 * lift_cli_append_title:
 *
 * Ends an object with the member `title`: what a row is called.
 */
void
lift_cli_append_title (GString *out, const char *title)
{
  lift_json_append_key (out, "title");
  lift_json_append_string (out, *title != '\0' ? title : NULL);
  g_string_append_c (out, '}');
}

/**
 * lift_cli_print_title:
 *
 * Prints the first line of an item: its type, its id for other commands, and what it is called.
 */
void
lift_cli_print_title (const LiftEntityInfo *info, const char *id, const char *title)
{
  g_print ("%s %s", info->name, id);
  g_print (*title != '\0' ? "  %s\n" : "%s\n", title);
}
