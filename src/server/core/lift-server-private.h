/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-registry.h"
#include "lift-server.h"

G_BEGIN_DECLS

#define LIFT_SERVER_ACCESS_SECONDS 3600
#define LIFT_SERVER_REFRESH_SECONDS (90 * 86400)
#define LIFT_SERVER_INVITE_SECONDS (14 * 86400)
#define LIFT_SERVER_MIN_PASSWORD 8
#define LIFT_SERVER_MAX_PASSWORD 1024
#define LIFT_SERVER_CATALOGUE "catalogue"

/* For arrays of gint64, such as stamps and numbers of mutations. */
static inline int
lift_server_compare_ints (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* The statements of one entity type, made once from its field table. */
typedef struct
{
  const LiftEntityInfo *info;
  LiftField **columns; /* the wire's fields */
  guint n_columns;
  GPtrArray *children; /* of LiftEntityInfo: types whose rows are parts of rows of this type */
  char *names;         /* the columns and then scope, hidden, delete_group */
  char *load;          /* by id */
  char *store;         /* insert or overwrite */
  char *load_children; /* by the parent's id */
  char *load_group;    /* by scope and delete_group */
  char *load_since;    /* by scope, after a stamp and up to another */
  char *stamps_since;  /* the stamps of those, athlete's view last */
  char *stamps_since_shown;
  char *find_unique; /* by scope and unique_key */
} LiftServerTable;

struct _LiftServer
{
  GObject parent_instance;

  LiftServerDatabase *database;
  LiftClock *clock;
  GPtrArray *tables; /* of LiftServerTable, by rank */
  char *epoch;
  char *decoy; /* a hash to check for users that are not there */
  int open_registration;
  int cheap_passwords;

  GMutex lock; /* guards what follows, and epoch */
  LiftServerCounts counts;
  GHashTable *attempts; /* folded username → Attempts */
};

/**
 * LiftServerVisibility:
 * @LIFT_SERVER_SHOWN: the athlete sees it
 * @LIFT_SERVER_DRAFT: part of a plan that the athlete has never seen
 * @LIFT_SERVER_WITHDRAWN: part of a plan that was published once: deleted for the athlete
 *
 * What the column `hidden` of a row says.
 */
typedef enum
{
  LIFT_SERVER_SHOWN,
  LIFT_SERVER_DRAFT,
  LIFT_SERVER_WITHDRAWN,
} LiftServerVisibility;

/**
 * LiftServerRow:
 * @entity: the row as all see it who may see all
 * @scope: where it lives, for good
 * @delete_group: the stamp of the delete that took it, or %LIFT_INT_NULL
 *
 * A row with what the server alone knows of it.
 */
typedef struct
{
  LiftEntity *entity;
  char *scope;
  LiftServerVisibility hidden;
  gint64 delete_group;
} LiftServerRow;

/**
 * LiftServerRights:
 * @scopes: (element-type utf8): what the user may read at all
 *
 * What a user may do, looked up in the transaction that needs it.
 */
typedef struct
{
  LiftServerUser *user;
  GHashTable *scopes;
} LiftServerRights;

/**
 * LiftServerWork:
 * @user_id: (nullable): who writes; %NULL for the server itself
 * @device: (nullable): from which device
 * @stamp: the newest time given to a row; no two rows ever get the same
 * @begun: the newest time that a row had when the transaction began
 * @touches: rows that need a new position at the end
 * @deletions: (element-type gint64 gint64): the groups of deletes of this push, and the instants
 *   that the client put on them
 * @said: the instant of the delete that is under way, or %LIFT_INT_NULL
 * @living: (element-type utf8 LiftEntityInfo): rows that are not deleted, nor anything that they are
 *   a part of; forgotten as soon as any row changes
 *
 * A transaction that writes rows.
 */
typedef struct
{
  LiftServer *server;
  LiftServerConnection *connection;
  const char *user_id;
  const char *device;
  gint64 stamp;
  gint64 begun;
  GHashTable *deletions;
  gint64 said;
  GArray *touches;
  GHashTable *living;
  GHashTable *moved; /* scope → gint64 newest position, after the commit */
} LiftServerWork;

/* lift-server-schema.c */
gboolean lift_server_schema_update (LiftServerConnection *connection, GError **error);

/* lift-server-tables.c */
GPtrArray *lift_server_tables_new (void);
LiftServerTable *lift_server_get_table (LiftServer *self, const LiftEntityInfo *info);

/* lift-server-rows.c */
void lift_server_row_free (LiftServerRow *row);
LiftServerRow *lift_server_row_from_result (LiftServerTable *table, LiftServerResult *result);
gboolean lift_server_row_load (LiftServer *self,
                               LiftServerConnection *connection,
                               const LiftEntityInfo *info,
                               const char *id,
                               LiftServerRow **row,
                               GError **error);
GPtrArray *lift_server_rows_query (LiftServer *self,
                                   LiftServerConnection *connection,
                                   const LiftEntityInfo *info,
                                   GError **error,
                                   const char *sql,
                                   const char *types,
                                   ...);
gboolean lift_server_row_store (LiftServerWork *work,
                                LiftServerRow *row,
                                LiftServerRow *before,
                                GError **error);
gboolean lift_server_row_is_deleted (LiftServerRow *row);
LiftServerRow *lift_server_row_copy (LiftServerRow *row);
char *lift_server_unique_key (LiftEntity *entity);

/* lift-server-feed.c */
LiftServerWork *
lift_server_work_begin (LiftServer *self, const char *user_id, const char *device, GError **error);
gboolean lift_server_work_flush (LiftServerWork *work, GError **error);
gboolean lift_server_work_commit (LiftServerWork *work, GError **error);
void lift_server_work_free (LiftServerWork *work);
gint64 lift_server_work_next_stamp (LiftServerWork *work);
void lift_server_work_touch (LiftServerWork *work, LiftServerRow *row, LiftServerRow *before);
void lift_server_row_add_to_digest (LiftServerRow *row,
                                    int sign,
                                    gint64 *all_rows,
                                    gint64 *all_hash,
                                    gint64 *shown_rows,
                                    gint64 *shown_hash);

/* lift-server-history.c */
gboolean lift_server_history_add (LiftServerWork *work,
                                  LiftServerRow *before,
                                  LiftFieldSet fields,
                                  GError **error);
gboolean lift_server_history_conflicts (LiftServerWork *work,
                                        LiftServerRow *before,
                                        LiftFieldSet fields,
                                        gint64 base_version,
                                        GString *out,
                                        GError **error);

/* lift-server-rights.c */
LiftServerRights *
lift_server_rights_load (LiftServerConnection *connection, LiftServerUser *user, GError **error);
void lift_server_rights_free (LiftServerRights *rights);
gboolean lift_server_rights_may_read (LiftServerRights *rights, const char *scope);
void lift_server_rights_write_scopes (LiftServerRights *rights, GString *out);
gboolean lift_server_rights_may_write (LiftServerRights *rights,
                                       const LiftEntityInfo *info,
                                       const char *scope);
LiftFieldSet lift_server_rights_get_owned (LiftServerRights *rights,
                                           const LiftEntityInfo *info,
                                           gboolean is_new);
LiftFieldSet lift_server_rights_get_secret (LiftServerRights *rights, const LiftEntityInfo *info);
gboolean lift_server_rights_write_row (LiftServerRights *rights, LiftServerRow *row, GString *out);

/* lift-server-tree.c */
gboolean lift_server_tree_load_parent (LiftServerWork *work,
                                       LiftServerRow *row,
                                       LiftServerRow **parent,
                                       GError **error);
gboolean lift_server_tree_join (LiftServerWork *work,
                                LiftServerRow *row,
                                LiftServerRow *root,
                                GError **error);
gboolean lift_server_tree_delete (LiftServerWork *work, LiftServerRow *row, GError **error);
gboolean lift_server_tree_revive (LiftServerWork *work, LiftServerRow *row, GError **error);
gboolean lift_server_tree_has_parents (LiftServerWork *work,
                                       LiftServerRow *row,
                                       gboolean *has,
                                       GError **error);
gboolean lift_server_tree_set_hidden (LiftServerWork *work, LiftServerRow *row, GError **error);
gboolean lift_server_tree_find_plan (LiftServerWork *work,
                                     LiftServerRow *row,
                                     LiftServerRow **plan,
                                     GError **error);

/* lift-server-cursor.c */
typedef struct
{
  char *scope;
  gint64 seq;        /* everything up to here has come */
  gboolean snapshot; /* still being walked through */
  gboolean changed;  /* something came of it since the last page of the last pull */
} LiftServerPosition;

typedef struct
{
  char *types;          /* comma-separated and sorted; `*` for all */
  GPtrArray *positions; /* of LiftServerPosition, by scope */
  char *walk_type;      /* the type that the snapshot has come to, NULL if none is under way */
  gint64 walk_stamp;
} LiftServerCursor;

LiftServerCursor *lift_server_cursor_new (void);
void lift_server_cursor_free (LiftServerCursor *cursor);
LiftServerCursor *lift_server_cursor_parse (LiftServer *self, const char *text, GError **error);
char *lift_server_cursor_print (LiftServer *self, LiftServerCursor *cursor);
LiftServerPosition *lift_server_cursor_find (LiftServerCursor *cursor, const char *scope);
LiftServerPosition *
lift_server_cursor_add (LiftServerCursor *cursor, const char *scope, gint64 seq, gboolean snapshot);
void lift_server_cursor_remove (LiftServerCursor *cursor, LiftServerPosition *position);

/* lift-server-page.c */
typedef struct
{
  LiftServer *server;
  LiftServerConnection *connection;
  LiftServerRights *rights;
  GPtrArray *scopes; /* of utf8: those asked for, in order */
  gboolean *wanted;  /* by rank: types asked for */
  GString **rows;    /* by rank: JSON */
  guint *counts;
  gboolean *more;
  guint n_types;
  guint limit;
  gsize bytes;
} LiftServerPage;

LiftServerPage *
lift_server_page_new (LiftServer *self, LiftServerConnection *connection, LiftServerRights *rights);
void lift_server_page_free (LiftServerPage *page);
gboolean lift_server_page_has_room (LiftServerPage *page, guint rank);
void lift_server_page_add (LiftServerPage *page, guint rank, LiftServerRow *row);
gboolean lift_server_page_add_since (
  LiftServerPage *page, guint rank, GPtrArray *scopes, gint64 *since, GError **error);
void lift_server_page_write (LiftServerPage *page, GString *out);

/* lift-server-walk.c */
gboolean
lift_server_walk (LiftServerPage *page, LiftServerCursor *cursor, gboolean *more, GError **error);

/* lift-server-passwords.c */
char *lift_server_hash_password (LiftServer *self, const char *password, GError **error);
gboolean lift_server_check_password (const char *hash, const char *password);
gboolean lift_server_check_new_password (const char *password, GError **error);
gboolean lift_server_allow_attempt (LiftServer *self, const char *fold, GError **error);
void lift_server_note_attempt (LiftServer *self, const char *fold, gboolean good);

/* lift-server-tokens.c */
char *lift_server_new_secret (LiftServer *self);
char *lift_server_hash_token (const char *token);
gboolean lift_server_issue_tokens (LiftServer *self,
                                   LiftServerConnection *connection,
                                   const char *session,
                                   GString *out,
                                   GError **error);
gboolean lift_server_start_session (LiftServer *self,
                                    LiftServerConnection *connection,
                                    const char *user_id,
                                    const char *device,
                                    GString *out,
                                    GError **error);
gboolean lift_server_end_sessions (LiftServer *self,
                                   LiftServerConnection *connection,
                                   const char *user_id,
                                   const char *but,
                                   GError **error);

/* lift-server-accounts.c */
gboolean lift_server_check_username (const char *username, GError **error);
gboolean lift_server_insert_account (LiftServerWork *work,
                                     const char *user_id,
                                     const char *username,
                                     const char *hash,
                                     GError **error);
char *lift_server_create_user (LiftServerWork *work,
                               gboolean is_coach,
                               const char *username,
                               const char *name,
                               const char *coach_id,
                               LiftServerRow *profile,
                               GError **error);
GString *lift_server_sign_in (LiftServer *self,
                              LiftServerConnection *connection,
                              const char *user_id,
                              const char *device,
                              GError **error);

/* lift-server-devices.c */
gboolean lift_server_device_load (LiftServerWork *work, gint64 *last, GError **error);
guint64 lift_server_make_mark (const char *type, JsonObject *object);
gboolean
lift_server_device_store (LiftServerWork *work, gint64 last, GArray *marks, GError **error);
gboolean lift_server_device_knows_other (
  LiftServerWork *work, gint64 mutation, guint64 mark, gboolean *knows, GError **error);
gboolean lift_server_device_add_failure (LiftServerWork *work,
                                         gint64 mutation,
                                         const char *failure,
                                         GError **error);
gboolean lift_server_device_find_failure (LiftServerWork *work,
                                          gint64 mutation,
                                          char **failure,
                                          GError **error);

/* lift-server-merge.c */
typedef struct
{
  const LiftEntityInfo *info; /* NULL for a type that is not known */
  const char *type;
  char *id;
  JsonObject *object;
  gint64 mutation; /* 0 for none */
  guint64 mark;    /* of a row with a number */
  guint order;
  gint64 deletes_at; /* when the client deleted a row that is there; LIFT_INT_NULL for the others */

  GPtrArray *faults; /* of LiftFault; what is wrong */
  GString *conflicts;
  char *old_failure; /* JSON, of a repeat */
} LiftServerItem;

/* lift-server-history.c */
gboolean
lift_server_history_repeat_conflicts (LiftServerWork *work, LiftServerItem *item, GError **error);

typedef struct
{
  LiftServerWork *work;
  LiftServerRights *rights;
  GHashTable *failed; /* of `Type/id` */
} LiftServerMerge;

gboolean lift_server_merge (LiftServerMerge *merge, LiftServerItem *item, GError **error);

/* lift-server-order.c */
gboolean
lift_server_order_items (LiftServerMerge *merge, GPtrArray *items, gint64 last, GError **error);

/* lift-server-references.c */
gboolean lift_server_check_references (LiftServerMerge *merge,
                                       LiftServerItem *item,
                                       LiftServerRow *row,
                                       LiftFieldSet fields,
                                       LiftServerRow **parent,
                                       GError **error);

/* lift-server.c */
void lift_server_count (LiftServer *self, gsize offset, guint64 by);
char *lift_server_dup_epoch (LiftServer *self);
gboolean
lift_server_epoch_load (LiftServer *self, LiftServerConnection *connection, GError **error);
gboolean
lift_server_epoch_write_forgotten (LiftServerConnection *connection, GString *out, GError **error);
gint64 lift_server_get_now (LiftServer *self);
gboolean lift_server_get_int (LiftServerConnection *connection,
                              gint64 *value,
                              GError **error,
                              const char *sql,
                              const char *types,
                              ...);
gboolean lift_server_dup_text (LiftServerConnection *connection,
                               char **text,
                               GError **error,
                               const char *sql,
                               const char *types,
                               ...);
gboolean lift_server_fail (GError **error, int code, const char *field, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerRow, lift_server_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerRights, lift_server_rights_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerWork, lift_server_work_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerCursor, lift_server_cursor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerPage, lift_server_page_free)

G_END_DECLS
