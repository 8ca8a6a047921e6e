/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-entity.h"

#include <math.h>
#include <string.h>

#include "lift-uuid.h"

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

/**
 * lift_entity_new:
 * @gtype: an entity class
 * @clock: where its id and its time of birth come from
 *
 * Returns: (transfer full): a new row with an id and the fallback of each field
 */
gpointer
lift_entity_new (GType gtype, LiftClock *clock)
{
  LiftEntity *self = g_object_new (gtype, NULL);

  self->id = lift_uuid_new (clock);
  self->created_at = lift_clock_get_time (clock);
  return self;
}

/**
 * lift_entity_copy:
 *
 * Returns: (transfer full): another object with the same values
 */
LiftEntity *
lift_entity_copy (LiftEntity *self)
{
  LiftEntity *copy = g_object_new (G_OBJECT_TYPE (self), NULL);

  lift_entity_assign (copy, self, LIFT_FIELD_SET_ALL);
  return copy;
}

/**
 * lift_entity_get_info:
 *
 * Returns: (transfer none): the field table of the object's class
 */
const LiftEntityInfo *
lift_entity_get_info (LiftEntity *self)
{
  return LIFT_ENTITY_GET_CLASS (self)->info;
}

/**
 * lift_entity_info_for_gtype:
 *
 * Returns: (transfer none): the field table of an entity class
 */
const LiftEntityInfo *
lift_entity_info_for_gtype (GType gtype)
{
  LiftEntityClass *klass = g_type_class_peek (gtype);

  /* Entity classes are static types: once made they stay. */
  if (klass == NULL)
    klass = g_type_class_ref (gtype);
  return klass->info;
}

/**
 * lift_entity_info_find:
 * @key: a wire key, `targetReps`
 *
 * Returns: (nullable) (transfer none): the field
 */
LiftField *
lift_entity_info_find (const LiftEntityInfo *info, const char *key)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (g_str_equal (info->fields[i]->key, key))
      return info->fields[i];
  return NULL;
}

static LiftFieldSet
fields_without (const LiftEntityInfo *info, LiftFieldFlags flags)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i]->flags & flags) == 0)
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/**
 * lift_entity_info_get_editable:
 *
 * Returns: the fields that a client can change: neither local nor the server's, nor the id
 */
LiftFieldSet
lift_entity_info_get_editable (const LiftEntityInfo *info)
{
  return fields_without (info, LIFT_FIELD_LOCAL | LIFT_FIELD_SERVER) & ~(LiftFieldSet) 1;
}

/**
 * lift_entity_info_get_wire:
 *
 * Returns: the fields that travel
 */
LiftFieldSet
lift_entity_info_get_wire (const LiftEntityInfo *info)
{
  return fields_without (info, LIFT_FIELD_LOCAL);
}

/**
 * lift_entity_set:
 * @first_property: name of a property, then its value, and so on, then %NULL
 *
 * Sets properties in one go; a whole number is passed as gint64.
 */
void
lift_entity_set (LiftEntity *self, const char *first_property, ...)
{
  va_list args;

  va_start (args, first_property);
  g_object_set_valist (G_OBJECT (self), first_property, args);
  va_end (args);
}

/**
 * lift_entity_assign:
 * @from: an object of the same class
 * @fields: which ones
 *
 * Takes over values and tells watchers of those that changed.
 *
 * Returns: the fields that changed
 */
LiftFieldSet
lift_entity_assign (LiftEntity *self, LiftEntity *from, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);
  LiftFieldSet changed = lift_entity_diff (self, from) & fields;

  if (changed == LIFT_FIELD_SET_NONE)
    return changed;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < info->n_fields; i++)
    if (changed >> i & 1)
      {
        lift_field_copy (info->fields[i], self, from);
        g_object_notify_by_pspec (G_OBJECT (self), info->fields[i]->pspec);
      }
  g_object_thaw_notify (G_OBJECT (self));
  return changed;
}

/**
 * lift_entity_diff:
 * @b: an object of the same class
 *
 * Returns: the fields in which the two differ
 */
LiftFieldSet
lift_entity_diff (LiftEntity *a, LiftEntity *b)
{
  const LiftEntityInfo *info = lift_entity_get_info (a);
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  g_return_val_if_fail (info == lift_entity_get_info (b), LIFT_FIELD_SET_NONE);

  for (guint i = 0; i < info->n_fields; i++)
    if (!lift_field_equal (info->fields[i], a, b))
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/**
 * lift_entity_is_dirty:
 *
 * Returns: whether the row holds what the server has not confirmed
 */
gboolean
lift_entity_is_dirty (LiftEntity *self)
{
  return self->pending != NULL;
}

/**
 * lift_entity_is_deleted:
 *
 * Returns: whether the row is a tombstone
 */
gboolean
lift_entity_is_deleted (LiftEntity *self)
{
  return self->deleted_at != LIFT_INT_NULL;
}

/**
 * lift_entity_get_parent_id:
 *
 * Returns: (nullable): the id of the row that this one is a part of
 */
const char *
lift_entity_get_parent_id (LiftEntity *self)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);

  return info->parent != NULL ? lift_field_get_text (info->parent, self) : NULL;
}

/**
 * lift_entity_get_athlete_id:
 *
 * Returns: (nullable): the athlete whose data the row belongs to
 */
const char *
lift_entity_get_athlete_id (LiftEntity *self)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & LIFT_FIELD_ATHLETE)
      return lift_field_get_text (info->fields[i], self);
  return NULL;
}

/**
 * lift_entity_validate:
 * @fields: which ones to look at. A rule between fields is looked at if it is about one of them:
 *   two devices may have broken it together, and that is no reason to refuse what has nothing to do
 *   with it
 * @faults: (element-type LiftFault): where to add what is wrong
 *
 * Returns: whether nothing is wrong
 */
gboolean
lift_entity_validate (LiftEntity *self, LiftFieldSet fields, GPtrArray *faults)
{
  LiftEntityClass *klass = LIFT_ENTITY_GET_CLASS (self);
  guint before = faults->len;

  for (guint i = 0; i < klass->info->n_fields; i++)
    if (fields >> i & 1)
      {
        LiftFault *fault = lift_field_validate (klass->info->fields[i], self);

        if (fault != NULL)
          g_ptr_array_add (faults, fault);
      }
  if (klass->validate != NULL)
    klass->validate (self, fields, faults);
  return faults->len == before;
}
