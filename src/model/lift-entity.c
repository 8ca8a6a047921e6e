/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-entity.h"

#include <math.h>
#include <string.h>

static LiftField common_fields[] = {
  LIFT_UUID (LiftEntity, id, LIFT_FIELD_REQUIRED, NULL),
  LIFT_INSTANT (LiftEntity, created_at, 0),
  LIFT_INSTANT (LiftEntity, updated_at, LIFT_FIELD_SERVER),
  LIFT_INTEGER (LiftEntity, version, LIFT_FIELD_SERVER, 0, 0),
  LIFT_INSTANT (LiftEntity, deleted_at, 0),
  LIFT_UUID (LiftEntity, created_by, LIFT_FIELD_SERVER, NULL),
  LIFT_UUID (LiftEntity, updated_by, LIFT_FIELD_SERVER, NULL),
  LIFT_INSTANT (LiftEntity, last_synced_at, LIFT_FIELD_LOCAL),
  LIFT_JSON_VALUE (LiftEntity, pending, LIFT_FIELD_LOCAL),
  LIFT_JSON_VALUE (LiftEntity, base, LIFT_FIELD_LOCAL),
  LIFT_JSON_VALUE (LiftEntity, held, LIFT_FIELD_LOCAL),
  LIFT_JSON_VALUE (LiftEntity, extra, LIFT_FIELD_LOCAL),
};

G_DEFINE_ABSTRACT_TYPE (LiftEntity, lift_entity, G_TYPE_OBJECT)

static GQuark
field_quark (void)
{
  return g_quark_from_static_string ("lift-field");
}

static void
lift_entity_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const LiftField *field = g_param_spec_get_qdata (pspec, field_quark ());

  if (lift_field_is_text (field))
    g_value_set_string (value, lift_field_get_text (field, object));
  else if (lift_field_is_double (field))
    g_value_set_double (value, lift_field_get_double (field, object));
  else if (field->kind == LIFT_FIELD_BOOLEAN)
    g_value_set_boolean (value, lift_field_get_int (field, object) == 1);
  else
    g_value_set_int64 (value, lift_field_get_int (field, object));
}

static gboolean
set_text (const LiftField *field, gpointer object, const char *text)
{
  if (g_strcmp0 (lift_field_get_text (field, object), text) == 0)
    return FALSE;
  lift_field_set_text (field, object, text);
  return TRUE;
}

static gboolean
set_double (const LiftField *field, gpointer object, double value)
{
  double old = lift_field_get_double (field, object);

  if (old == value || (isnan (old) && isnan (value)))
    return FALSE;
  lift_field_set_double (field, object, value);
  return TRUE;
}

static gboolean
set_int (const LiftField *field, gpointer object, gint64 value)
{
  if (lift_field_get_int (field, object) == value)
    return FALSE;
  lift_field_set_int (field, object, value);
  return TRUE;
}

static void
lift_entity_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const LiftField *field = g_param_spec_get_qdata (pspec, field_quark ());
  gboolean changed;

  if (lift_field_is_text (field))
    changed = set_text (field, object, g_value_get_string (value));
  else if (lift_field_is_double (field))
    changed = set_double (field, object, g_value_get_double (value));
  else if (field->kind == LIFT_FIELD_BOOLEAN)
    changed = set_int (field, object, g_value_get_boolean (value));
  else
    changed = set_int (field, object, g_value_get_int64 (value));
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
lift_entity_finalize (GObject *object)
{
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (object));

  for (guint i = 0; i < info->n_fields; i++)
    if (lift_field_is_text (info->fields[i]) && info->fields[i]->kind != LIFT_FIELD_CHOICE)
      g_free ((char *) lift_field_get_text (info->fields[i], object));
  G_OBJECT_CLASS (lift_entity_parent_class)->finalize (object);
}

/* What a property of the field looks like. Both nulls of numbers lie outside of what a range
 * could name, so the limits are looked at by validation alone. */
static GParamSpec *
make_pspec (const LiftField *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  if (lift_field_is_text (field))
    return g_param_spec_string (field->property, NULL, NULL, NULL, flags);
  if (lift_field_is_double (field))
    /* Lax, since GObject takes NaN for a value that had to be changed. */
    return g_param_spec_double (field->property, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                flags | G_PARAM_LAX_VALIDATION);
  if (field->kind == LIFT_FIELD_BOOLEAN)
    return g_param_spec_boolean (field->property, NULL, NULL, FALSE, flags);
  return g_param_spec_int64 (field->property, NULL, NULL, G_MININT64, G_MAXINT64, LIFT_INT_NULL,
                             flags);
}

static const char *
intern_kebab (const char *name)
{
  g_autofree char *text = g_strdup (name);

  return g_intern_string (g_strdelimit (text, "_", '-'));
}

static const char *
intern_camel (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (name[0] == '_' && name[1] != '\0')
      g_string_append_c (out, g_ascii_toupper (*++name));
    else
      g_string_append_c (out, *name);
  return g_intern_string (out->str);
}

static const char *
intern_snake (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    {
      if (p > name && g_ascii_isupper (*p))
        g_string_append_c (out, '_');
      g_string_append_c (out, g_ascii_tolower (*p));
    }
  return g_intern_string (out->str);
}

static void
install_field (GObjectClass *klass, LiftField *field, guint id)
{
  if (field->pspec == NULL)
    {
      field->property = intern_kebab (field->name);
      field->key = intern_camel (field->name);
      field->pspec = make_pspec (field);
      g_param_spec_set_qdata (field->pspec, field_quark (), field);
    }
  g_object_class_install_property (klass, id, field->pspec);
}

static void
lift_entity_class_init (LiftEntityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lift_entity_get_property;
  object_class->set_property = lift_entity_set_property;
  object_class->finalize = lift_entity_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (common_fields); i++)
    install_field (object_class, &common_fields[i], i + 1);
}

static void
lift_entity_init (LiftEntity *self)
{
}

/* What a new instance holds: null or the fallback in each field. Copied as a whole, which costs a
 * tenth of going through the fields again. */
static void
make_blank (LiftEntityClass *klass)
{
  const LiftEntityInfo *info = klass->info;
  GTypeQuery query;
  guint8 *blank;

  g_type_query (info->gtype, &query);
  blank = g_malloc0 (query.instance_size);
  for (guint i = 0; i < info->n_fields; i++)
    {
      LiftField *field = info->fields[i];

      lift_field_set_null (field, blank);
      if (field->fallback != NULL)
        lift_field_scan (field, blank, field->fallback);
      /* Instances share what the template points to, so it must be interned. */
      g_assert (!lift_field_is_text (field) || field->kind == LIFT_FIELD_CHOICE ||
                lift_field_get_text (field, blank) == NULL);
    }
  klass->blank = blank;
  klass->blank_size = query.instance_size;
}

/**
 * lift_entity_init_fields: (skip)
 *
 * Gives each field its fallback or null. Called by LIFT_DEFINE_ENTITY(), since only the init of
 * the class itself sees its own table.
 */
void
lift_entity_init_fields (LiftEntity *self)
{
  LiftEntityClass *klass = LIFT_ENTITY_GET_CLASS (self);
  gsize start = G_STRUCT_OFFSET (LiftEntity, id);

  memcpy ((guint8 *) self + start, (guint8 *) klass->blank + start, klass->blank_size - start);
}

/**
 * lift_entity_class_set_fields: (skip)
 * @name: the wire's name of the entity
 * @fields: (array length=n_fields): its own fields, in static storage
 *
 * Makes properties, keys and columns from a field table. Called by LIFT_DEFINE_ENTITY().
 */
void
lift_entity_class_set_fields (LiftEntityClass *klass,
                              const char *name,
                              LiftField *fields,
                              guint n_fields)
{
  LiftEntityInfo *info = g_new0 (LiftEntityInfo, 1);
  guint n_common = G_N_ELEMENTS (common_fields);

  g_assert (n_common + n_fields <= 64);
  /* GObject reports properties as "not overridden" unless the class has the two methods. */
  G_OBJECT_CLASS (klass)->get_property = lift_entity_get_property;
  G_OBJECT_CLASS (klass)->set_property = lift_entity_set_property;
  info->name = name;
  info->table = intern_snake (name);
  info->gtype = G_TYPE_FROM_CLASS (klass);
  info->n_fields = n_common + n_fields;
  info->fields = g_new (LiftField *, info->n_fields);
  for (guint i = 0; i < info->n_fields; i++)
    {
      LiftField *field = i < n_common ? &common_fields[i] : &fields[i - n_common];

      if (i >= n_common)
        install_field (G_OBJECT_CLASS (klass), field, i + 1);
      field->index = i;
      info->fields[i] = field;
      if (field->flags & LIFT_FIELD_PARENT)
        info->parent = field;
    }
  klass->info = info;
  make_blank (klass);
}
