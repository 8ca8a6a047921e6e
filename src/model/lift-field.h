/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lift-fault.h"

G_BEGIN_DECLS

/* How "no value" looks in the storage of a field, and in its property. */
#define LIFT_INT_NULL G_MININT64
#define LIFT_NUMBER_NULL ((double) NAN)

/**
 * LiftFieldKind:
 * @LIFT_FIELD_UUID: `char *`, lower case; a reference to another row where @target is set
 * @LIFT_FIELD_TEXT: `char *`, cleaned by [func@text_clean]
 * @LIFT_FIELD_DAY: `char *`, `YYYY-MM-DD`
 * @LIFT_FIELD_LIST: `char *`, a JSON array of texts
 * @LIFT_FIELD_JSON: `char *`, any JSON value
 * @LIFT_FIELD_CHOICE: `const char *`, interned, one of @choices
 * @LIFT_FIELD_INTEGER: `gint64`
 * @LIFT_FIELD_INSTANT: `gint64`, microseconds since 1970 UTC
 * @LIFT_FIELD_BOOLEAN: `gint64`, 0 or 1
 * @LIFT_FIELD_NUMBER: `double`
 *
 * What a field holds and how it lies in the struct. No value is %NULL, %LIFT_INT_NULL or NaN.
 */
typedef enum
{
  LIFT_FIELD_UUID,
  LIFT_FIELD_TEXT,
  LIFT_FIELD_DAY,
  LIFT_FIELD_LIST,
  LIFT_FIELD_JSON,
  LIFT_FIELD_CHOICE,
  LIFT_FIELD_INTEGER,
  LIFT_FIELD_INSTANT,
  LIFT_FIELD_BOOLEAN,
  LIFT_FIELD_NUMBER,
} LiftFieldKind;

/**
 * LiftFieldFlags:
 * @LIFT_FIELD_REQUIRED: may not be null
 * @LIFT_FIELD_PARENT: the row that this one is a part of; a delete of it covers this row
 * @LIFT_FIELD_ATHLETE: the athlete whose scope the row lives in
 * @LIFT_FIELD_COACH: the coach whose scope the row lives in, where no athlete is named
 * @LIFT_FIELD_SERVER: set by the server, never taken from a client
 * @LIFT_FIELD_LOCAL: book-keeping of this computer, never on the wire
 * @LIFT_FIELD_COACH_ONLY: neither sent to the athlete nor written by one
 */
typedef enum
{
  LIFT_FIELD_REQUIRED = 1 << 0,
  LIFT_FIELD_PARENT = 1 << 1,
  LIFT_FIELD_ATHLETE = 1 << 2,
  LIFT_FIELD_COACH = 1 << 3,
  LIFT_FIELD_SERVER = 1 << 4,
  LIFT_FIELD_LOCAL = 1 << 5,
  LIFT_FIELD_COACH_ONLY = 1 << 6,
} LiftFieldFlags;

typedef struct _LiftField LiftField;

/**
 * LiftFieldSet:
 *
 * A set of fields of one entity type, bit n being the field with index n.
 */
typedef guint64 LiftFieldSet;

#define LIFT_FIELD_SET_NONE ((LiftFieldSet) 0)
#define LIFT_FIELD_SET_ALL (~(LiftFieldSet) 0)

/**
 * LiftField:
 * @name: the member of the struct, and the column
 * @offset: where the value lies in the instance
 * @min: least number, or least characters of a text
 * @max: greatest number, or most characters of a text
 * @step: what a number is a multiple of; 0: anything
 * @choices: (nullable): the values of a choice or of the entries of a list
 * @target: (nullable): the entity type that a UUID names
 * @fallback: (nullable): what a new row starts with, as text
 * @check: (nullable): a further test of a text; says whether it is well formed
 * @index: the bit in a [alias@FieldSet]
 * @property: the GObject property, `target-reps`
 * @key: the wire key, `targetReps`
 *
 * One field of an entity. The members from @index on are filled in when the class is made.
 */
struct _LiftField
{
  const char *name;
  gsize offset;
  LiftFieldKind kind;
  LiftFieldFlags flags;
  double min;
  double max;
  double step;
  const char *const *choices;
  const char *target;
  const char *fallback;
  gboolean (*check) (const char *text);

  guint index;
  const char *property;
  const char *key;
  GParamSpec *pspec;
};

#define LIFT_FIELD(Type, member, Kind, Flags, ...) \
  { \
    .name = #member, .offset = G_STRUCT_OFFSET (Type, member), .kind = LIFT_FIELD_##Kind, \
    .flags = (LiftFieldFlags) (Flags), __VA_ARGS__ \
  }
#define LIFT_UUID(Type, member, Flags, Target) \
  LIFT_FIELD (Type, member, UUID, Flags, .target = Target)
#define LIFT_TEXT(Type, member, Flags, Max, ...) \
  LIFT_FIELD (Type, member, TEXT, Flags, .max = Max, __VA_ARGS__)
#define LIFT_DAY(Type, member, Flags) LIFT_FIELD (Type, member, DAY, Flags, .max = 10)
#define LIFT_LIST(Type, member, Flags, Choices) \
  LIFT_FIELD (Type, member, LIST, Flags, .max = 4000, .choices = Choices)
#define LIFT_JSON_VALUE(Type, member, Flags, ...) \
  LIFT_FIELD (Type, member, JSON, Flags, .max = 4000, __VA_ARGS__)
#define LIFT_CHOICE(Type, member, Flags, Choices, ...) \
  LIFT_FIELD (Type, member, CHOICE, Flags, .choices = Choices, __VA_ARGS__)
#define LIFT_INTEGER(Type, member, Flags, Min, Max, ...) \
  LIFT_FIELD (Type, member, INTEGER, Flags, .min = Min, .max = Max, __VA_ARGS__)
#define LIFT_INSTANT(Type, member, Flags) LIFT_FIELD (Type, member, INSTANT, Flags)
#define LIFT_BOOLEAN(Type, member, Flags) \
  LIFT_FIELD (Type, member, BOOLEAN, Flags, .max = 1, .fallback = "false")
#define LIFT_NUMBER(Type, member, Flags, Min, Max, ...) \
  LIFT_FIELD (Type, member, NUMBER, Flags, .min = Min, .max = Max, __VA_ARGS__)

/* The value of a field inside an instance. */
#define LIFT_FIELD_POINTER(instance, field) ((gpointer) ((guint8 *) (instance) + (field)->offset))

/* In the header, since each row goes through these for each of its fields. */

/**
 * lift_field_is_text:
 *
 * Returns: whether the value lies in the instance as a pointer to text
 */
static inline gboolean
lift_field_is_text (const LiftField *field)
{
  return field->kind <= LIFT_FIELD_CHOICE;
}

/**
 * lift_field_is_double:
 *
 * Returns: whether the value lies in the instance as a double
 */
static inline gboolean
lift_field_is_double (const LiftField *field)
{
  return field->kind == LIFT_FIELD_NUMBER;
}

/**
 * lift_field_get_text:
 * @field: a field that [method@Field.is_text]
 *
 * Returns: (nullable) (transfer none): its value in @instance
 */
static inline const char *
lift_field_get_text (const LiftField *field, gconstpointer instance)
{
  return *(const char **) LIFT_FIELD_POINTER (instance, field);
}

/**
 * lift_field_get_int:
 *
 * Returns: the value of a whole-number, truth or instant field, %LIFT_INT_NULL for none
 */
static inline gint64
lift_field_get_int (const LiftField *field, gconstpointer instance)
{
  return *(gint64 *) LIFT_FIELD_POINTER (instance, field);
}

/**
 * lift_field_get_double:
 *
 * Returns: the value of a number field, NaN for none
 */
static inline double
lift_field_get_double (const LiftField *field, gconstpointer instance)
{
  return *(double *) LIFT_FIELD_POINTER (instance, field);
}

/**
 * lift_field_set_int:
 *
 * Sets a whole-number, truth or instant field.
 */
static inline void
lift_field_set_int (const LiftField *field, gpointer instance, gint64 value)
{
  *(gint64 *) LIFT_FIELD_POINTER (instance, field) = value;
}

/**
 * lift_field_set_double:
 *
 * Sets a number field.
 */
static inline void
lift_field_set_double (const LiftField *field, gpointer instance, double value)
{
  *(double *) LIFT_FIELD_POINTER (instance, field) = value;
}

void lift_field_set_text (const LiftField *field, gpointer instance, const char *text);

void lift_field_set_null (const LiftField *field, gpointer instance);
gboolean lift_field_is_null (const LiftField *field, gconstpointer instance);
gboolean lift_field_equal (const LiftField *field, gconstpointer a, gconstpointer b);
void lift_field_copy (const LiftField *field, gpointer to, gconstpointer from);

char *lift_field_print (const LiftField *field, gconstpointer instance);
LiftFaultCode lift_field_scan (const LiftField *field, gpointer instance, const char *text);
LiftFaultCode lift_field_read_json (const LiftField *field, gpointer instance, JsonNode *node);
void lift_field_write_json (const LiftField *field, gconstpointer instance, GString *out);
char *lift_field_dup_json (const LiftField *field, gconstpointer instance);
LiftFault *lift_field_validate (const LiftField *field, gconstpointer instance);
LiftFault *lift_field_fault (const LiftField *field, LiftFaultCode code);

G_END_DECLS
