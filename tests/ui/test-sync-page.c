/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-api.h"
#include "lift-format.h"
#include "lift-instant.h"
#include "lift-sync-journal.h"
#include "lift-sync-page.h"
#include "lift-sync-row.h"
#include "ui-fixture.h"

/* The page about the sync, over a store that was filled by hand: what it shows of each kind of
 * entry, and what its buttons do in the store. */

typedef struct
{
  LiftApi *api;
  LiftSyncManager *manager;
  GtkWidget *page;
  GtkWindow *window;
  LiftSyncAct act; /* what was done last, to which entry */
  gint64 entry;
} Page;

#define ME "018f0000-0000-7000-8000-000000000001"

static const char *const places[] = { "TrainingPlan", NULL };

static void
acted_cb (GtkWidget *widget, LiftSyncAct act, gint64 entry, Page *page)
{
  page->act = act;
  page->entry = entry;
}

static void
open_page (StoreFixture *self, Page *page)
{
  g_autoptr (LiftTransport) transport = g_object_new (TEST_TYPE_TRANSPORT, NULL);
  GtkWidget *overlay = adw_toast_overlay_new ();

  page->api = lift_api_new (transport);
  page->manager = lift_sync_manager_new (self->store, page->api, self->athlete);
  page->page = lift_sync_page_new (self->store, page->manager, NULL, ME, places);
  g_signal_connect (page->page, "acted", G_CALLBACK (acted_cb), page);
  g_object_add_weak_pointer (G_OBJECT (page->page), (gpointer *) &page->page);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page->page);
  page->window = ui_show (overlay);
}

static gboolean
is_ours_alone (gpointer data)
{
  return g_atomic_int_get (&((GObject *) data)->ref_count) == 1;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
close_page (StoreFixture *self, Page *page)
{
  gtk_window_destroy (page->window);
  ui_wait_until (is_gone, &page->page);
  ui_wait_until (is_ours_alone, page->manager);
  g_assert_finalize_object (page->manager);
  g_object_unref (page->api);
  ui_wait_until (is_ours_alone, self->store);
}

/* A plan with an exercise and a set, of which the server knows everything. */
static LiftSetPlan *
add_clean_set (StoreFixture *self)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  g_autoptr (LiftExercisePlan) line = store_fixture_add_exercise_plan (self, plan);
  LiftSetPlan *set = store_fixture_add_set (self, line);

  store_fixture_save_clean (self, plan);
  store_fixture_save_clean (self, line);
  store_fixture_save_clean (self, set);
  return set;
}

static void
set_load (StoreFixture *self, LiftSetPlan *set, double kg)
{
  g_autoptr (LiftSetPlan) row = store_fixture_load (self, set);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (row), "target-weight", kg, NULL);
  inverse = store_fixture_update (self, row, "targetWeight");
}

static LiftSetPlan *
add_edited_set (StoreFixture *self)
{
  LiftSetPlan *set = add_clean_set (self);

  set_load (self, set, 105);
  return set;
}

static void
refuse (StoreFixture *self, gpointer row, const char *next_retry_at)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO failure (type, id, faults, retry_count, next_retry_at) VALUES ('%s', '%s', "
    "'[{\"field\":\"targetWeight\",\"code\":\"OUT_OF_RANGE\",\"message\":\"is too much\"}]', 1, "
    "%s)",
    lift_entity_get_info (row)->name, LIFT_ENTITY (row)->id, next_retry_at);

  store_fixture_run_sql (self, sql);
}

static void
add_entry (StoreFixture *self, gpointer row, const char *kind, const char *values)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO conflict (at, type, id, kind, field, mine, theirs, version) VALUES (%" G_GINT64_FORMAT
    ", '%s', '%s', '%s', %s, 4)",
    lift_clock_get_time (LIFT_CLOCK (self->clock)), lift_entity_get_info (row)->name,
    LIFT_ENTITY (row)->id, kind, values);

  store_fixture_run_sql (self, sql);
}

static double
get_load (StoreFixture *self, LiftSetPlan *set)
{
  g_autoptr (LiftSetPlan) row = store_fixture_load (self, set);

  return row->target_weight;
}

/* The entry with that title. */
static GtkWidget *
wait_for_entry (Page *page, const char *title)
{
  GtkWidget *label = ui_wait_for (page->page, GTK_TYPE_LABEL, title);
  GtkWidget *row = gtk_widget_get_ancestor (label, LIFT_TYPE_SYNC_ROW);

  g_assert_nonnull (row);
  return row;
}

static gboolean
is_named (GtkWidget *button, const char *label)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0 ||
         (tooltip != NULL && g_str_has_prefix (tooltip, label));
}

static GtkWidget *
find_button (GtkWidget *top, const char *label)
{
  if (!gtk_widget_get_visible (top))
    return NULL;
  if (GTK_IS_BUTTON (top) && is_named (top, label))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (GtkWidget *top, const char *label)
{
  GtkWidget *button = find_button (top, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

typedef struct
{
  StoreFixture *fixture;
  const char *sql;
  gint64 value;
} Wanted;

static gboolean
has_value (gpointer data)
{
  Wanted *wanted = data;

  return store_fixture_get_int (wanted->fixture, wanted->sql) == wanted->value;
}

static void
wait_for_value (StoreFixture *self, const char *sql, gint64 value)
{
  Wanted wanted = { self, sql, value };

  ui_wait_until (has_value, &wanted);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSyncResult)
    answer = lift_sync_manager_sync_finish (LIFT_SYNC_MANAGER (source), result, NULL);

  *(gboolean *) user_data = TRUE;
}

static void
test_nothing (StoreFixture *self, gconstpointer data)
{
  Page page;

  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Nothing Waits");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Not synced yet");
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Waiting"));
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Export Unsynced Changes…"));
  close_page (self, &page);
}

/* What comes while the page is open is shown, and what it is said of follows. */
static void
test_waiting (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_clean_set (self);
  GtkWidget *row;

  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Nothing Waits");
  set_load (self, set, 105);
  row = wait_for_entry (&page, "Planned set · changed");
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "Target load: 100 kg → 105 kg"));
  g_assert_null (find_button (row, "Retry"));
  g_assert_nonnull (find_button (row, "Edit"));
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Nothing Waits"));
  close_page (self, &page);
}

static void
test_retry (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  GtkWidget *row;

  refuse (self, set, "NULL");
  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Needs Attention");
  row = wait_for_entry (&page, "Planned set · changed");
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "Target load is too much"));
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "Target load: 100 kg → 105 kg"));
  g_assert_null (find_button (page.page, "Retry All"));
  press (row, "Retry");
  wait_for_value (self, "SELECT count (*) FROM failure WHERE next_retry_at IS NOT NULL", 1);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Tried Again Later");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Will be tried again now.");
  close_page (self, &page);
}

static void
test_retry_all (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) one = add_edited_set (self);
  g_autoptr (LiftSetPlan) other = add_edited_set (self);

  refuse (self, one, "NULL");
  refuse (self, other, "NULL");
  open_page (self, &page);
  wait_for_entry (&page, "Planned set · changed");
  press (page.page, "Retry All");
  wait_for_value (self, "SELECT count (*) FROM failure WHERE next_retry_at IS NOT NULL", 2);
  close_page (self, &page);
}

/* When it goes again comes nearer without anybody asking. */
static void
test_later (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  gint64 now = lift_clock_get_time (LIFT_CLOCK (self->clock));
  g_autofree char *due = g_strdup_printf ("%" G_GINT64_FORMAT, now + 90 * G_USEC_PER_SEC);

  refuse (self, set, due);
  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Tried Again Later");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Will be tried again in 2 min.");
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Needs Attention"));
  close_page (self, &page);
}

static gboolean
has_words (GtkWidget *top, const char *part)
{
  if (GTK_IS_LABEL (top) && strstr (gtk_label_get_label (GTK_LABEL (top)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child, part))
      return TRUE;
  return FALSE;
}

static void
test_discard (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  GtkWidget *row;

  refuse (self, set, "NULL");
  open_page (self, &page);
  row = wait_for_entry (&page, "Planned set · changed");
  press (row, "Discard My Change");
  /* An impatient second press is no second discard. */
  press (row, "Discard My Change");
  row = wait_for_entry (&page, "Planned set · change discarded");
  store_fixture_run_sql (self, "UPDATE conflict SET restored = restored");
  store_fixture_settle ();
  g_assert_false (has_words (GTK_WIDGET (page.window), "nothing of it waits"));
  g_assert_cmpfloat (get_load (self, set), ==, 100);
  ui_wait_for (GTK_WIDGET (page.window), GTK_TYPE_LABEL, "Your change was discarded");
  g_assert_cmpint (page.act, ==, LIFT_SYNC_ACT_DISCARD);
  g_assert_cmpint (page.entry, ==, 1);
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Needs Attention"));
  /* The copy is good for going back, also when the toast has gone. */
  press (row, "Restore");
  wait_for_entry (&page, "Planned set · changed");
  g_assert_cmpfloat (get_load (self, set), ==, 105);
  close_page (self, &page);
}

/* A row that was never sent goes with its discard; the copy says which it was, and brings it back. */
static void
test_discard_new (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  GtkWidget *row;

  open_page (self, &page);
  press (wait_for_entry (&page, "Plan · new"), "Discard My Change");
  row = wait_for_entry (&page, "Plan · change discarded");
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "Squat day · Monday, 2 March 2026"));
  g_assert_null (find_button (row, "Edit"));
  press (row, "Restore");
  wait_for_entry (&page, "Plan · new");
  g_assert_cmpint (store_fixture_get_int (self, "SELECT count (*) FROM training_plan"), ==, 1);
  close_page (self, &page);
}

/* What cannot be done says why, and is still there. */
static void
test_discard_fails (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  GtkWidget *row;

  open_page (self, &page);
  row = wait_for_entry (&page, "Planned set · changed");
  store_fixture_save_clean (self, set);
  press (row, "Discard My Change");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Nothing Waits");
  g_assert_true (has_words (GTK_WIDGET (page.window), "nothing of it waits"));
  g_assert_null (ui_find (GTK_WIDGET (page.window), GTK_TYPE_LABEL, "Your change was discarded"));
  close_page (self, &page);
}

static void
test_conflict (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (
    lift_clock_get_time (LIFT_CLOCK (self->clock)) / G_USEC_PER_SEC);

  add_entry (self, set, "conflict", "'targetWeight', '105', '110'");
  add_entry (self, set, "conflict", "'notes', 'null', '\"with a belt\"'");
  when = g_date_time_format (at, "%-d %B %Y, %H:%M");
  words = g_strdup_printf (
    "Somebody else changed Target load to 110 kg on %s; yours, 105 kg, was kept.", when);
  open_page (self, &page);
  press (wait_for_entry (&page, words), "Restore");
  wait_for_value (self, "SELECT count (*) FROM conflict WHERE restored = 1", 1);
  g_assert_cmpfloat (get_load (self, set), ==, 110);
  g_clear_pointer (&words, g_free);
  words = g_strdup_printf (
    "Somebody else changed Notes to “with a belt” on %s; yours, nothing, was kept.", when);
  press (wait_for_entry (&page, words), "Dismiss");
  wait_for_value (self, "SELECT count (*) FROM conflict WHERE dismissed = 1", 1);
  close_page (self, &page);
}

static void
test_notes (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_clean_set (self);
  GtkWidget *row;

  add_entry (self, set, "revived", "'deletedAt', '\"2026-03-02T10:00:00Z\"', NULL");
  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "What Happened");
  row = wait_for_entry (&page, "Planned set · came back");
  g_assert_null (find_button (row, "Restore"));
  /* What the journal tells is in the export too. */
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Export Unsynced Changes…");
  press (row, "Dismiss");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Nothing Waits");
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Export Unsynced Changes…"));
  close_page (self, &page);
}

/* What was dismissed can be had back: it may be the only copy. */
static void
test_dismiss (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  g_autoptr (GError) error = NULL;
  GtkWidget *top;

  open_page (self, &page);
  top = GTK_WIDGET (page.window);
  press (wait_for_entry (&page, "Plan · new"), "Discard My Change");
  press (wait_for_entry (&page, "Plan · change discarded"), "Dismiss");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Nothing Waits");
  ui_wait_for (top, GTK_TYPE_LABEL, "Taken off the list");
  g_assert_nonnull (find_button (top, "Undo"));
  g_assert_cmpint (page.act, ==, LIFT_SYNC_ACT_DISMISS);
  g_assert_true (lift_sync_recall_conflict (self->store, page.entry, &error));
  g_assert_no_error (error);
  press (wait_for_entry (&page, "Plan · change discarded"), "Restore");
  wait_for_entry (&page, "Plan · new");
  g_assert_false (lift_sync_recall_conflict (self->store, page.entry, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  close_page (self, &page);
}

/* Who deleted what was changed here, and what the button would do. */
static void
test_deletion (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_clean_set (self);
  g_autoptr (LiftSetPlan) other = add_clean_set (self);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (self, other);
  gint64 now = lift_clock_get_time (LIFT_CLOCK (self->clock));
  g_autofree char *when = lift_format_instant (now);
  g_autofree char *iso = lift_instant_format (now);
  g_autofree char *theirs = g_strdup_printf ("'deletedAt', NULL, '\"%s\"'", iso);
  g_autofree char *mine = g_strdup_printf ("'deletedAt', '\"%s\"', 'null'", iso);
  g_autofree char *words = NULL;
  g_autofree char *back = NULL;

  add_entry (self, set, "conflict", theirs);
  add_entry (self, other, "conflict", mine);
  store_fixture_run_sql (self, "UPDATE conflict SET by_user = '" ME "'");
  words = g_strdup_printf (
    "You, on another device, deleted it on %s; it was kept because of your change.", when);
  back = g_strdup_printf (
    "You, on another device, brought it back on %s; it stays deleted, since you deleted it.", when);
  open_page (self, &page);
  g_assert_null (find_button (wait_for_entry (&page, words), "Restore"));
  press (wait_for_entry (&page, words), "Delete It");
  wait_for_value (self, "SELECT count (*) FROM set_plan WHERE deleted_at IS NULL", 0);
  press (wait_for_entry (&page, back), "Bring It Back");
  wait_for_value (self, "SELECT count (*) FROM set_plan WHERE deleted_at IS NULL", 1);
  close_page (self, &page);
}

/* A row that nobody here may see any more is known from the journal alone. */
static void
test_set_aside (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (self, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (GString) values = g_string_new ("'*', '");
  GtkWidget *row;

  lift_entity_set (LIFT_ENTITY (plan), "name", "Bench day", "date", "2026-03-04", NULL);
  lift_entity_write_json (LIFT_ENTITY (plan), values, LIFT_FIELD_SET_ALL);
  g_string_append (values, "', NULL");
  add_entry (self, plan, "setAside", values->str);
  open_page (self, &page);
  row = wait_for_entry (&page, "Plan · set aside");
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "Bench day · Wednesday, 4 March 2026"));
  g_assert_null (find_button (row, "Edit"));
  press (row, "Restore");
  wait_for_entry (&page, "Plan · new");
  close_page (self, &page);
}

static void
edit_cb (GtkWidget *page, LiftPlace *place, gpointer user_data)
{
  *(LiftPlace **) user_data = lift_place_copy (place);
}

static void
test_edit (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  g_autoptr (LiftPlace) place = NULL;

  open_page (self, &page);
  g_signal_connect (page.page, "edit", G_CALLBACK (edit_cb), &place);
  press (wait_for_entry (&page, "Planned set · changed"), "Edit");
  g_assert_cmpstr (place->info->name, ==, "TrainingPlan");
  g_assert_cmpstr (place->part_id, ==, set->exercise_plan_id);
  g_assert_cmpstr (place->row_id, ==, LIFT_ENTITY (set)->id);
  g_assert_cmpstr (place->athlete_id, ==, self->athlete);
  close_page (self, &page);
}

/* A row that is gone, or is of a kind that the program does not show, has nowhere to go to. */
static void
test_no_edit (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_clean_set (self);
  g_autoptr (LiftTrainingSession) session = store_fixture_new (self, LIFT_TYPE_TRAINING_SESSION);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (self, set);

  lift_entity_set (LIFT_ENTITY (session), "session-date", "2026-03-02", NULL);
  store_fixture_insert (self, session);
  open_page (self, &page);
  g_assert_null (find_button (wait_for_entry (&page, "Planned set · deleted"), "Edit"));
  g_assert_null (find_button (wait_for_entry (&page, "Session · new"), "Edit"));
  close_page (self, &page);
}

/* Body weight is shown where the session of that day is. */
static void
test_place_of_body_weight (StoreFixture *self, gconstpointer data)
{
  const LiftEntityInfo *info = lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY);
  g_autoptr (LiftBodyWeightEntry) entry = store_fixture_new (self, LIFT_TYPE_BODY_WEIGHT_ENTRY);
  g_autoptr (LiftTrainingSession) session = store_fixture_new (self, LIFT_TYPE_TRAINING_SESSION);
  g_autoptr (LiftPlace) place = NULL;

  lift_entity_set (LIFT_ENTITY (entry), "weight", 80.0, "measurement-date", "2026-03-02", NULL);
  lift_entity_set (LIFT_ENTITY (session), "session-date", "2026-03-02", NULL);
  store_fixture_insert (self, entry);
  g_assert_null (lift_place_find (self->store, info, LIFT_ENTITY (entry)->id));
  store_fixture_insert (self, session);
  place = lift_place_find (self->store, info, LIFT_ENTITY (entry)->id);
  g_assert_cmpstr (place->info->name, ==, "TrainingSession");
  g_assert_cmpstr (place->id, ==, LIFT_ENTITY (session)->id);
  g_assert_cmpstr (place->part_id, ==, LIFT_ENTITY (entry)->id);
  g_assert_null (lift_place_find (self->store, info, self->athlete));
}

/* Whoever has to sign in again can do so from here. */
static void
test_signed_out (StoreFixture *self, gconstpointer data)
{
  Page page;
  gboolean done = FALSE;

  open_page (self, &page);
  lift_sync_manager_sync_async (page.manager, NULL, synced_cb, &done);
  store_fixture_wait (&done);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "Sign in again to sync");
  g_assert_nonnull (find_button (page.page, "Sign In…"));
  g_assert_null (ui_find (page.page, GTK_TYPE_LABEL, "Sync Now"));
  close_page (self, &page);
}

static void
insert_plans (StoreFixture *self, guint n)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Many");
  g_autoptr (LiftBatch) inverse = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiftTrainingPlan) plan = store_fixture_new (self, LIFT_TYPE_TRAINING_PLAN);

      lift_entity_set (LIFT_ENTITY (plan), "name", "Many", "date", "2026-03-02", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (plan));
    }
  inverse = store_fixture_commit (self, batch);
}

/* Ten thousand rows do not become ten thousand widgets. */
static void
test_many (StoreFixture *self, gconstpointer data)
{
  Page page;

  insert_plans (self, 120);
  open_page (self, &page);
  ui_wait_for (page.page, GTK_TYPE_LABEL, "and 70 more");
  press (page.page, "Show More");
  ui_wait_for (page.page, GTK_TYPE_LABEL, "and 20 more");
  press (page.page, "Show More");
  while (ui_find (page.page, GTK_TYPE_LABEL, "and 20 more") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find_button (page.page, "Show More"));
  close_page (self, &page);
}

/* The entry in hand keeps the focus while others come and go, and hands it on when it goes. */
static void
test_focus (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  g_autoptr (LiftTrainingPlan) plan = NULL;
  GtkWidget *button;

  refuse (self, set, "NULL");
  open_page (self, &page);
  button = find_button (wait_for_entry (&page, "Planned set · changed"), "Retry");
  gtk_widget_grab_focus (button);
  plan = store_fixture_add_plan (self);
  wait_for_entry (&page, "Plan · new");
  g_assert_true (gtk_window_get_focus (page.window) == button);
  press (wait_for_entry (&page, "Planned set · changed"), "Discard My Change");
  wait_for_entry (&page, "Planned set · change discarded");
  g_assert_nonnull (gtk_window_get_focus (page.window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (page.window), page.page));
  close_page (self, &page);
}

static void
ignore_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
}

/* What a program has, without which its buttons are out of reach. */
static void
add_actions (Page *page)
{
  static const GActionEntry entries[] = { { "sync", ignore_cb }, { "sign-in-again", ignore_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (page->window), "app", G_ACTION_GROUP (group));
}

/* Also where there is nothing to go on to, and Sync Now is not there. */
static void
test_focus_signed_out (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftSetPlan) set = add_edited_set (self);
  gboolean done = FALSE;
  GtkWidget *button;

  open_page (self, &page);
  add_actions (&page);
  lift_sync_manager_sync_async (page.manager, NULL, synced_cb, &done);
  store_fixture_wait (&done);
  button = find_button (wait_for_entry (&page, "Planned set · changed"), "Discard My Change");
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  wait_for_entry (&page, "Planned set · change discarded");
  g_assert_nonnull (gtk_window_get_focus (page.window));
  g_assert_true (gtk_widget_get_mapped (gtk_window_get_focus (page.window)));
  close_page (self, &page);
}

/* Buttons and lists are told apart by who cannot see them. */
static void
test_names (StoreFixture *self, gconstpointer data)
{
  Page page;
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (self);
  GtkWidget *button;
  GtkWidget *list;

  open_page (self, &page);
  button = find_button (wait_for_entry (&page, "Plan · new"), "Discard My Change");
  gtk_test_accessible_assert_property (
    button, GTK_ACCESSIBLE_PROPERTY_LABEL,
    "Discard My Change: Plan · new · Squat day · Monday, 2 March 2026");
  list = gtk_widget_get_ancestor (ui_find (page.page, GTK_TYPE_LABEL, "Export Unsynced Changes…"),
                                  GTK_TYPE_LIST_BOX);
  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Export");
  close_page (self, &page);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  STORE_TEST ("/ui/sync-page/nothing", test_nothing);
  STORE_TEST ("/ui/sync-page/waiting", test_waiting);
  STORE_TEST ("/ui/sync-page/retry", test_retry);
  STORE_TEST ("/ui/sync-page/retry-all", test_retry_all);
  STORE_TEST ("/ui/sync-page/later", test_later);
  STORE_TEST ("/ui/sync-page/discard", test_discard);
  STORE_TEST ("/ui/sync-page/discard-new", test_discard_new);
  STORE_TEST ("/ui/sync-page/discard-fails", test_discard_fails);
  STORE_TEST ("/ui/sync-page/conflict", test_conflict);
  STORE_TEST ("/ui/sync-page/notes", test_notes);
  STORE_TEST ("/ui/sync-page/dismiss", test_dismiss);
  STORE_TEST ("/ui/sync-page/deletion", test_deletion);
  STORE_TEST ("/ui/sync-page/set-aside", test_set_aside);
  STORE_TEST ("/ui/sync-page/edit", test_edit);
  STORE_TEST ("/ui/sync-page/no-edit", test_no_edit);
  STORE_TEST ("/ui/sync-page/place-of-body-weight", test_place_of_body_weight);
  STORE_TEST ("/ui/sync-page/signed-out", test_signed_out);
  STORE_TEST ("/ui/sync-page/many", test_many);
  STORE_TEST ("/ui/sync-page/focus", test_focus);
  STORE_TEST ("/ui/sync-page/focus-signed-out", test_focus_signed_out);
  STORE_TEST ("/ui/sync-page/names", test_names);
  return g_test_run ();
}
