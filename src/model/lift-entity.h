/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "lift-clock.h"
#include "lift-field.h"

G_BEGIN_DECLS

typedef struct _LiftEntity LiftEntity;
typedef struct _LiftEntityClass LiftEntityClass;
typedef struct _LiftEntityInfo LiftEntityInfo;

#define LIFT_TYPE_ENTITY (lift_entity_get_type ())
#define LIFT_ENTITY(obj) (G_TYPE_CHECK_INSTANCE_CAST ((obj), LIFT_TYPE_ENTITY, LiftEntity))
#define LIFT_IS_ENTITY(obj) (G_TYPE_CHECK_INSTANCE_TYPE ((obj), LIFT_TYPE_ENTITY))
#define LIFT_ENTITY_GET_CLASS(obj) \
  (G_TYPE_INSTANCE_GET_CLASS ((obj), LIFT_TYPE_ENTITY, LiftEntityClass))
#define LIFT_ENTITY_CLASS(klass) ((LiftEntityClass *) (klass))
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftEntity, g_object_unref)

/**
 * LiftEntity:
 * @id: the primary key, a UUID made where the row was made
 * @created_at: when, in microseconds since 1970 UTC
 * @updated_at: the server's time of the last change that it has seen
 * @version: the server's count of changes; %LIFT_INT_NULL before the server has seen the row
 * @deleted_at: when it was deleted, or %LIFT_INT_NULL
 * @created_by: (nullable): id of the User who made it
 * @updated_by: (nullable): id of the User who changed it last
 * @last_synced_at: when this computer last heard from the server about the row
 * @pending: (nullable): JSON object from wire key to edit counter: what is not yet on the server.
 *   The key `*` stands for a row that the server has never seen
 * @base: (nullable): JSON object, the server's values of the fields in @pending
 * @held: (nullable): JSON object from wire key to whether the server has shown the row without it:
 *   what it took of this computer and never showed, for it does not know the field
 * @extra: (nullable): JSON object, what the server sent and this version does not know
 *
 * A row as an object. Every other member is named, typed and limited by the field table of its
 * class. Members are read directly; they are written with [method@Entity.set] or as properties,
 * so that watchers hear of it. An object belongs to one thread at a time.
 */
struct _LiftEntity
{
  GObject parent_instance;

  char *id;
  gint64 created_at;
  gint64 updated_at;
  gint64 version;
  gint64 deleted_at;
  char *created_by;
  char *updated_by;

  gint64 last_synced_at;
  char *pending;
  char *base;
  char *held;
  char *extra;
};

/**
 * LiftEntityInfo:
 * @name: the wire's name, `SetPlan`
 * @table: the SQL table, `set_plan`
 * @gtype: the GObject type
 * @fields: (array length=n_fields): the common fields, then the entity's own, by index
 * @parent: (nullable): the field that names the row that this one is a part of
 *
 * What the field table of an entity says, ready to be walked.
 */
struct _LiftEntityInfo
{
  const char *name;
  const char *table;
  GType gtype;
  LiftField **fields;
  guint n_fields;
  LiftField *parent;
};

/**
 * LiftEntityClass:
 * @info: the field table
 * @validate: (nullable): adds to @faults what is wrong between fields of which one is in @fields
 * @blank: what a new instance is a copy of
 * @blank_size: its size in bytes
 */
struct _LiftEntityClass
{
  GObjectClass parent_class;

  LiftEntityInfo *info;
  void (*validate) (LiftEntity *self, LiftFieldSet fields, GPtrArray *faults);
  gpointer blank;
  gsize blank_size;
};

#define LIFT_DECLARE_ENTITY(TypeName, type_name, TYPE_NAME) \
  typedef struct _##TypeName TypeName; \
  typedef struct \
  { \
    LiftEntityClass parent_class; \
  } TypeName##Class; \
  GType type_name##_get_type (void); \
  G_GNUC_UNUSED static inline TypeName *LIFT_##TYPE_NAME (gpointer object) \
  { \
    return G_TYPE_CHECK_INSTANCE_CAST (object, type_name##_get_type (), TypeName); \
  } \
  G_GNUC_UNUSED static inline gboolean LIFT_IS_##TYPE_NAME (gpointer object) \
  { \
    return G_TYPE_CHECK_INSTANCE_TYPE (object, type_name##_get_type ()); \
  } \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (TypeName, g_object_unref)

/* The whole of an entity but its struct and its table. @validate may be NULL. */
#define LIFT_DEFINE_ENTITY(TypeName, type_name, name, table_of_fields, validate_func) \
  G_DEFINE_FINAL_TYPE (TypeName, type_name, LIFT_TYPE_ENTITY) \
  static void type_name##_class_init (TypeName##Class *klass) \
  { \
    LIFT_ENTITY_CLASS (klass)->validate = validate_func; \
    lift_entity_class_set_fields (LIFT_ENTITY_CLASS (klass), name, table_of_fields, \
                                  G_N_ELEMENTS (table_of_fields)); \
  } \
  static void type_name##_init (TypeName *self) \
  { \
    lift_entity_init_fields (LIFT_ENTITY (self)); \
  }

GType lift_entity_get_type (void);
void lift_entity_class_set_fields (LiftEntityClass *klass,
                                   const char *name,
                                   LiftField *fields,
                                   guint n_fields);
void lift_entity_init_fields (LiftEntity *self);

gpointer lift_entity_new (GType gtype, LiftClock *clock);
LiftEntity *lift_entity_copy (LiftEntity *self);
const LiftEntityInfo *lift_entity_get_info (LiftEntity *self);
const LiftEntityInfo *lift_entity_info_for_gtype (GType gtype);
LiftField *lift_entity_info_find (const LiftEntityInfo *info, const char *key);
gboolean lift_entity_info_is_of_athlete (const LiftEntityInfo *info);
const char *lift_entity_info_get_owner_column (const LiftEntityInfo *info, LiftFieldFlags owner);
guint64 lift_entity_hash_version (const char *id, gint64 version, gboolean deleted);
LiftFieldSet lift_entity_info_get_editable (const LiftEntityInfo *info);

void lift_entity_set (LiftEntity *self, const char *first_property, ...) G_GNUC_NULL_TERMINATED;
LiftFieldSet lift_entity_assign (LiftEntity *self, LiftEntity *from, LiftFieldSet fields);
LiftFieldSet lift_entity_diff (LiftEntity *a, LiftEntity *b);
gboolean lift_entity_is_dirty (LiftEntity *self);
gboolean lift_entity_is_deleted (LiftEntity *self);
const char *lift_entity_get_parent_id (LiftEntity *self);
const char *lift_entity_get_athlete_id (LiftEntity *self);

gboolean lift_entity_validate (LiftEntity *self, LiftFieldSet fields, GPtrArray *faults);

void lift_entity_write_json (LiftEntity *self, GString *out, LiftFieldSet fields);
void lift_entity_write_members (LiftEntity *self, GString *out, LiftFieldSet fields);
LiftFieldSet lift_entity_read_json (LiftEntity *self, JsonObject *object, GPtrArray *faults);
LiftFieldSet lift_entity_info_get_wire (const LiftEntityInfo *info);

G_END_DECLS
