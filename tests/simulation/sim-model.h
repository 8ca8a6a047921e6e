/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

/*
 * What the users did: every value was written once, by somebody who saw another one. From that
 * follows what the end may look like, whatever happened on the way.
 */

/* A value of a field, as JSON. */
typedef struct
{
  char *value;
  char *parent; /* nullable: what the writer saw */
  guint device;
  gboolean replaced;  /* somebody who saw it wrote another one */
  gboolean forgotten; /* nobody had it any more when the server went back to an older copy */
} SimWrite;

typedef struct
{
  char *key;          /* `Type/id/field` */
  char *row;          /* `Type/id` */
  GHashTable *writes; /* value → SimWrite */
  gboolean exempt;    /* a value came twice, by undo: nothing can be said */
} SimField;

typedef struct
{
  const LiftEntityInfo *info;
  char *id;
  char *key;               /* `Type/id` */
  char *root;              /* the key of the row at the top of its tree */
  gboolean deleted_itself; /* some user deleted this very row */
  gboolean forgotten;      /* as SimWrite's */
} SimRow;

/* A delete, with what whoever made it saw of the tree. */
typedef struct
{
  char *root;
  char *row;
  guint device;
  gint order;
  gboolean undone;
  GHashTable *seen; /* `Type/id/field` → value, and `Type/id` of each row */
} SimDelete;

/* Anything else that was done to a tree. */
typedef struct
{
  char *root;
  char *field; /* nullable: an insert, whose row is @value, or a restore */
  char *value; /* nullable */
  guint device;
  gint order;
} SimOp;

typedef struct
{
  GHashTable *fields; /* key → SimField */
  GHashTable *rows;   /* key → SimRow */
  GPtrArray *deletes; /* SimDelete */
  GPtrArray *ops;     /* SimOp */
  GHashTable *exempt_trees;
  gint order;
  guint counter;
} SimModel;

SimModel *sim_model_new (void);
void sim_model_free (SimModel *self);
char *sim_row_key (LiftEntity *row);
char *sim_field_key (LiftEntity *row, const LiftField *field);
char *sim_field_value (LiftEntity *row, const LiftField *field);

/* The fields of a type in which every value is written once: two, one or none. */
const char *const *sim_watched_fields (const LiftEntityInfo *info);

SimRow *sim_model_add_row (SimModel *self, LiftEntity *row, guint device);
void sim_model_add_write (
  SimModel *self, LiftEntity *row, const LiftField *field, const char *parent, guint device);
SimDelete *sim_model_add_delete (SimModel *self, SimRow *row, guint device);
void sim_model_add_restore (SimModel *self, SimRow *row, guint device);
SimRow *sim_model_find_row (SimModel *self, const char *key);
SimField *sim_model_find_field (SimModel *self, const char *key);
/* Whether @older is @value, or what its writer saw, and so on. */
gboolean sim_field_knows (SimField *self, const char *value, const char *older);
/* Nullable: why the tree of a row may not be alive as it is. */
char *sim_model_explain_alive (SimModel *self, const char *root);
/* Nobody holds what was written by now, but for what is in @held: values, and `Type/id`. */
void sim_model_forget (SimModel *self, GHashTable *held);
gboolean sim_model_is_deleted (SimModel *self, const char *root);
/* Whether whoever made some delete knew @value of @field. */
gboolean sim_model_delete_knew (SimModel *self, SimField *field, const char *value);
void sim_model_exempt_tree (SimModel *self, const char *root);
char *sim_model_explain_dead (SimModel *self, const char *root);

G_END_DECLS
