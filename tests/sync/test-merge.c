/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-edits.h"
#include "lift-entities.h"
#include "lift-held.h"
#include "lift-json.h"
#include "lift-merge.h"
#include "lift-retry.h"

/* The merge of one row, without store and server. */

#define ID "0190aaaa-0000-7000-8000-000000000001"
#define OTHER "0190aaaa-0000-7000-8000-00000000000b"
#define NOW G_GINT64_CONSTANT (1772366400000000)

static LiftWireRow *
make_server (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"" ID "\",%s}", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lift_json_parse_object (text, -1, &error);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftWireRow *row;

  g_assert_no_error (error);
  row = lift_wire_row_read (lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY), object,
                            faults);
  g_assert_nonnull (row);
  return row;
}

static LiftBodyWeightEntry *
make_local (double weight, const char *notes, const char *pending, const char *base)
{
  LiftBodyWeightEntry *entry = g_object_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, NULL);

  g_object_set (entry, "id", ID, "weight", weight, "notes", notes, "pending", pending, "base", base,
                "version", (gint64) 3, NULL);
  return entry;
}

typedef struct
{
  LiftBodyWeightEntry *row;
  GPtrArray *losses;
} Merged;

static void
merged_clear (Merged *merged)
{
  g_clear_object (&merged->row);
  g_clear_pointer (&merged->losses, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merged, merged_clear)

static Merged
merge (LiftBodyWeightEntry *local, const char *members, const char *sent, const char *body)
{
  g_autoptr (LiftWireRow) server = make_server (members);
  g_autoptr (LiftSentRow) under_way = NULL;
  Merged merged = { NULL, lift_loss_list_new () };

  if (sent != NULL)
    under_way = lift_sent_row_read (lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY), sent,
                                    body);
  merged.row = (LiftBodyWeightEntry *) lift_merge ((LiftEntity *) local, server, under_way, NOW,
                                                   merged.losses);
  return merged;
}

static void
test_new (void)
{
  g_auto (Merged) merged = merge (NULL, "\"weight\":80,\"version\":1,\"mood\":3", NULL, NULL);

  g_assert_cmpfloat (merged.row->weight, ==, 80);
  g_assert_cmpint (LIFT_ENTITY (merged.row)->last_synced_at, ==, NOW);
  g_assert_cmpstr (LIFT_ENTITY (merged.row)->extra, ==, "{\"mood\":3}");
  g_assert_false (lift_entity_is_dirty (LIFT_ENTITY (merged.row)));
}

static void
test_clean (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (80, "mine", NULL, NULL);
  g_auto (Merged) merged = merge (local, "\"weight\":81,\"version\":4", NULL, NULL);

  g_assert_cmpfloat (merged.row->weight, ==, 81);
  g_assert_cmpstr (merged.row->notes, ==, "mine");
  g_assert_cmpint (LIFT_ENTITY (merged.row)->version, ==, 4);
  g_assert_cmpuint (merged.losses->len, ==, 0);
}

static void
test_null_is_a_value (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (80, "mine", NULL, NULL);
  g_auto (Merged) merged = merge (local, "\"notes\":null", NULL, NULL);

  g_assert_cmpstr (merged.row->notes, ==, NULL);
}

static void
test_dirty (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (85, "old", "{\"weight\":7}", "{\"weight\":80}");
  g_auto (Merged) merged = merge (
    local, "\"weight\":79,\"notes\":\"new\",\"version\":5,\"updatedBy\":\"" OTHER "\"", NULL, NULL);
  LiftLoss *loss;

  g_assert_cmpfloat (merged.row->weight, ==, 85);
  g_assert_cmpstr (merged.row->notes, ==, "new");
  g_assert_cmpint (LIFT_ENTITY (merged.row)->version, ==, 5);
  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"weight\":7}");
  g_assert_cmpstr (LIFT_ENTITY (merged.row)->base, ==, "{\"weight\":79}");
  g_assert_cmpuint (merged.losses->len, ==, 1);
  loss = g_ptr_array_index (merged.losses, 0);
  g_assert_cmpstr (loss->field->key, ==, "weight");
  g_assert_cmpstr (loss->mine, ==, "85");
  g_assert_cmpstr (loss->theirs, ==, "79");
  g_assert_cmpstr (loss->by, ==, OTHER);
  g_assert_cmpint (loss->version, ==, 5);
}

static void
test_dirty_unchanged_there (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (85, "old", "{\"weight\":7}", "{\"weight\":80}");
  g_auto (Merged) merged = merge (local, "\"weight\":80,\"notes\":\"new\"", NULL, NULL);

  g_assert_cmpfloat (merged.row->weight, ==, 85);
  g_assert_cmpuint (merged.losses->len, ==, 0);
}

/* A part of a row says nothing about what is pending. */
static void
test_dirty_not_named (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (85, "old", "{\"weight\":7}", "{\"weight\":80}");
  g_auto (Merged) merged = merge (local, "\"version\":9", NULL, NULL);

  g_assert_cmpstr (LIFT_ENTITY (merged.row)->base, ==, "{\"weight\":80}");
  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"weight\":7}");
  g_assert_cmpint (LIFT_ENTITY (merged.row)->version, ==, 9);
}

static void
test_equal (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (85, "both", "{\"weight\":7,\"notes\":8}", "{\"weight\":80,\"notes\":null}");
  g_auto (Merged) one = merge (local, "\"weight\":85,\"notes\":null", NULL, NULL);
  g_auto (Merged) both = merge (local, "\"weight\":85,\"notes\":\"both\"", NULL, NULL);
  g_auto (Merged)
    sent = merge (local, "\"weight\":85,\"notes\":\"both\"", "{\"weight\":7}", "{\"weight\":85}");

  g_assert_cmpstr (LIFT_ENTITY (one.row)->pending, ==, "{\"notes\":8}");
  g_assert_cmpstr (LIFT_ENTITY (one.row)->base, ==, "{\"notes\":null}");
  g_assert_cmpstr (LIFT_ENTITY (both.row)->pending, ==, NULL);
  g_assert_cmpstr (LIFT_ENTITY (both.row)->base, ==, NULL);
  /* What is under way stays until it is answered. */
  g_assert_cmpstr (LIFT_ENTITY (sent.row)->pending, ==, "{\"weight\":7}");
}

/* What we sent is no loss to us, though the answer to it was. */
static void
test_own_value (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (86, "old", "{\"weight\":9}", "{\"weight\":80}");
  g_auto (Merged) merged = merge (local, "\"weight\":85", "{\"weight\":7}", "{\"weight\":85}");

  g_assert_cmpfloat (merged.row->weight, ==, 86);
  g_assert_cmpuint (merged.losses->len, ==, 0);
}

static void
test_new_row_came_back (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (86, "old", "{\"*\":1,\"weight\":9}", NULL);
  g_auto (Merged) merged = { NULL, NULL };

  LIFT_ENTITY (local)->version = LIFT_INT_NULL;
  merged = merge (local, "\"weight\":85,\"notes\":\"coach\",\"version\":2", "{\"*\":1}",
                  "{\"weight\":85,\"notes\":\"old\"}");
  g_assert_cmpfloat (merged.row->weight, ==, 86);
  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"weight\":9,\"notes\":1}");
  /* The coach wrote after us, or another copy of this store made the row. The repeat will tell; till
   * then both are kept. */
  g_assert_cmpstr (merged.row->notes, ==, "old");
  g_assert_cmpuint (merged.losses->len, ==, 1);
}

/* The answer to the repeat of a new row that a pull had shown meanwhile. */
static void
test_acknowledge_shown (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (85, "since", NULL, NULL);
  g_autoptr (LiftBodyWeightEntry) sent_row = make_local (85, "sent", NULL, NULL);
  g_autoptr (JsonObject)
    pending = lift_edits_parse ("{\"weight\":3,\"notes\":3,\"source\":4,\"sourceKey\":0}");
  g_autoptr (JsonObject) sent = lift_edits_parse ("{\"*\":3}");
  g_autofree char *left = NULL;

  lift_edits_acknowledge (pending, sent, LIFT_ENTITY (local), LIFT_ENTITY (sent_row));
  left = lift_edits_print (pending);
  g_assert_cmpstr (left, ==, "{\"notes\":3,\"source\":4,\"sourceKey\":0}");
}

static void
test_new_row_known_there (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (86, "mine", "{\"*\":4}", NULL);
  g_auto (Merged) merged = merge (local, "\"weight\":86,\"notes\":\"theirs\"", NULL, NULL);

  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"notes\":4}");
  g_assert_cmpstr (merged.row->notes, ==, "mine");
  g_assert_cmpuint (merged.losses->len, ==, 1);
}

/* The server was restored, and another device that had the row too was there first. */
static void
test_row_is_new_again (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (86, "mine", "{\"*\":4}", NULL);
  g_auto (Merged) merged = merge (local, "\"weight\":86,\"notes\":\"theirs\",\"version\":1",
                                  "{\"*\":4}", "{\"weight\":86,\"notes\":\"mine\"}");

  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"notes\":4}");
  g_assert_cmpstr (merged.row->notes, ==, "mine");
  g_assert_cmpuint (merged.losses->len, ==, 1);
}

/* What the server left out it does not have, so it is still to be sent. */
static void
test_new_row_known_in_part (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (86, "mine", "{\"*\":4}", NULL);
  g_auto (Merged) merged = merge (local, "\"weight\":86", NULL, NULL);

  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"notes\":4}");
  g_assert_cmpstr (merged.row->notes, ==, "mine");
  g_assert_cmpuint (merged.losses->len, ==, 0);
}

#define DELETED "\"deletedAt\":\"2026-03-01T11:00:00Z\""

static void
test_deleted_there (void)
{
  g_autoptr (LiftBodyWeightEntry) clean = make_local (80, NULL, NULL, NULL);
  g_autoptr (LiftBodyWeightEntry)
    dirty = make_local (85, NULL, "{\"weight\":7}", "{\"weight\":80}");
  g_auto (Merged) gone = merge (clean, "\"weight\":80," DELETED, NULL, NULL);
  g_auto (Merged) kept = merge (dirty, "\"weight\":80," DELETED, NULL, NULL);
  g_auto (Merged) again = merge (kept.row, "\"weight\":80," DELETED, NULL, NULL);

  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (gone.row)));
  g_assert_false (lift_entity_is_deleted (LIFT_ENTITY (kept.row)));
  g_assert_cmpstr (LIFT_ENTITY (kept.row)->pending, ==, "{\"weight\":7}");
  g_assert_cmpuint (kept.losses->len, ==, 1);
  g_assert_cmpstr (((LiftLoss *) kept.losses->pdata[0])->field->key, ==, "deletedAt");
  /* Told once. */
  g_assert_cmpuint (again.losses->len, ==, 0);
}

/* The delete stands; that somebody wrote in the row meanwhile is told, and an echo is not. */
static void
test_changed_under_delete (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (80, NULL, "{\"deletedAt\":7}", "{\"deletedAt\":null}");
  g_auto (Merged) told = { 0 };
  g_auto (Merged) same = { 0 };
  LiftLoss *loss;

  LIFT_ENTITY (local)->deleted_at = NOW;
  told = merge (local, "\"weight\":80,\"notes\":\"read me\",\"deletedAt\":null,\"version\":4", NULL,
                NULL);
  same = merge (local, "\"weight\":80,\"notes\":null,\"deletedAt\":null,\"version\":4", NULL, NULL);
  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (told.row)));
  g_assert_cmpstr (told.row->notes, ==, "read me");
  g_assert_cmpuint (told.losses->len, ==, 1);
  loss = told.losses->pdata[0];
  g_assert_cmpstr (loss->field->key, ==, "deletedAt");
  g_assert_cmpstr (loss->theirs, ==, "null");
  g_assert_cmpuint (same.losses->len, ==, 0);
}

static void
test_deleted_on_both_sides (void)
{
  g_autoptr (LiftBodyWeightEntry)
    local = make_local (80, NULL, "{\"deletedAt\":7}", "{\"deletedAt\":null}");
  g_autoptr (LiftBodyWeightEntry) edited = make_local (85, NULL, "{\"weight\":6,\"deletedAt\":7}",
                                                       "{\"weight\":80,\"deletedAt\":null}");

  LIFT_ENTITY (local)->deleted_at = NOW;
  LIFT_ENTITY (edited)->deleted_at = NOW;
  {
    g_auto (Merged) merged = merge (local, DELETED, NULL, NULL);
    g_auto (Merged) other = merge (edited, "\"weight\":80," DELETED, NULL, NULL);

    /* It is sent, for there it may only have gone along with another row; and nothing is lost. */
    g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, "{\"deletedAt\":7}");
    g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (merged.row)));
    g_assert_cmpuint (merged.losses->len, ==, 0);
    /* Sent without its delete, the edit would bring the row back. */
    g_assert_cmpstr (LIFT_ENTITY (other.row)->pending, ==, "{\"weight\":6,\"deletedAt\":7}");
    g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (other.row)));
  }
}

static void
test_acknowledge (void)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (86, "both", NULL, NULL);
  g_autoptr (LiftBodyWeightEntry) sent_row = make_local (85, "both", NULL, NULL);
  g_autoptr (JsonObject) pending = lift_edits_parse ("{\"weight\":9,\"notes\":4,\"source\":10}");
  g_autoptr (JsonObject) sent = lift_edits_parse ("{\"weight\":3,\"notes\":4}");
  g_autoptr (JsonObject) new = lift_edits_parse ("{\"*\":3}");
  g_autoptr (JsonObject) sent_new = lift_edits_parse ("{\"*\":3}");
  g_autofree char *left = NULL;
  g_autofree char *left_of_new = NULL;

  lift_edits_acknowledge (pending, sent, LIFT_ENTITY (local), LIFT_ENTITY (sent_row));
  left = lift_edits_print (pending);
  g_assert_cmpstr (left, ==, "{\"weight\":9,\"source\":10}");
  /* Whatever a new row holds that was not sent is still to be sent. */
  lift_edits_acknowledge (new, sent_new, LIFT_ENTITY (local), LIFT_ENTITY (sent_row));
  left_of_new = lift_edits_print (new);
  g_assert_cmpstr (left_of_new, ==, "{\"weight\":3}");
}

static void
test_bad_rows (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"weight\":80}",
    "{\"id\":7}",
    "{\"id\":\"" ID "\",\"weight\":\"heavy\"}",
    "{\"id\":\"not-an-id\"}",
    "{\"id\":null}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) object = lift_json_parse_object (bad[i], -1, NULL);
      g_autoptr (GPtrArray) faults = lift_fault_list_new ();

      g_assert_null (lift_wire_row_read (lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY),
                                         object, faults));
      g_assert_cmpuint (faults->len, >, 0);
    }
}

static void
test_delays (void)
{
  static const gint64 seconds[] = { -1, 30, 60, 120, 240, 480, -1, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    g_assert_cmpint (lift_retry_get_delay (i), ==,
                     seconds[i] < 0 ? -1 : seconds[i] * G_TIME_SPAN_SECOND);
}

/* Sent 105 and the answer is lost; somebody else writes 105 too. The number may still be applied, so
 * its answer has to find the field as it was sent. */
static void
test_equal_while_under_way (void)
{
  static const char sent[] = "{\"weight\":7}";
  static const char body[] = "{\"id\":\"" ID "\",\"weight\":105}";
  g_autoptr (LiftBodyWeightEntry) local = make_local (105, "same", sent, "{\"weight\":100}");
  g_auto (Merged)
    merged = merge (local, "\"weight\":105,\"version\":4,\"updatedBy\":\"" OTHER "\"", sent, body);
  g_auto (Merged) idle = merge (local, "\"weight\":105,\"version\":4", NULL, NULL);

  g_assert_cmpstr (LIFT_ENTITY (merged.row)->pending, ==, sent);
  g_assert_cmpuint (merged.losses->len, ==, 0);
  g_assert_null (LIFT_ENTITY (idle.row)->pending);
}

/* The server took `source` and, where @held says so, has shown the row without it. */
static Merged
merge_held (const char *held, const char *pending, const char *base, const char *members)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (80, "same", pending, base);

  g_object_set (local, "source", "scale", "held", held, NULL);
  return merge (local, members, NULL, NULL);
}

static void
assert_held (Merged *merged, const char *source, const char *held, const char *pending)
{
  g_assert_cmpstr (merged->row->source, ==, source);
  g_assert_cmpstr (LIFT_ENTITY (merged->row)->held, ==, held);
  g_assert_cmpstr (LIFT_ENTITY (merged->row)->pending, ==, pending);
}

#define LEFT_ASIDE "{\"source\":true}"
#define NOT_TOLD "{\"source\":false}"
#define EDIT_AGAIN "{\"source\":0}"

static void
test_held_learnt (void)
{
  g_auto (Merged) same = merge_held (LEFT_ASIDE, NULL, NULL, "\"source\":\"scale\"");
  g_auto (Merged) empty = merge_held (LEFT_ASIDE, NULL, NULL, "\"source\":null,\"version\":3");
  g_auto (Merged) later = merge_held (LEFT_ASIDE, NULL, NULL, "\"source\":null,\"version\":9");
  g_auto (Merged) filled = merge_held (LEFT_ASIDE, NULL, NULL, "\"source\":\"hand\",\"version\":9");

  assert_held (&same, "scale", NULL, NULL);
  assert_held (&empty, "scale", NULL, EDIT_AGAIN);
  g_assert_cmpstr (LIFT_ENTITY (empty.row)->base, ==, "{\"source\":null}");
  g_assert_cmpuint (empty.losses->len, ==, 0);
  assert_held (&later, "scale", NULL, EDIT_AGAIN);
  g_assert_cmpuint (later.losses->len, ==, 0);
  /* Two values that did not know each other: the usual conflict. */
  assert_held (&filled, "scale", NULL, EDIT_AGAIN);
  g_assert_cmpuint (filled.losses->len, ==, 1);
  g_assert_cmpstr (((LiftLoss *) filled.losses->pdata[0])->theirs, ==, "\"hand\"");
}

static void
test_held_not_shown (void)
{
  g_auto (Merged) part = merge_held (NOT_TOLD, NULL, NULL, "\"version\":4");
  g_auto (Merged) whole = merge_held (NOT_TOLD, NULL, NULL, "\"weight\":80,\"version\":4");
  g_auto (Merged) still = merge_held (LEFT_ASIDE, NULL, NULL, "\"version\":4");

  assert_held (&part, "scale", NOT_TOLD, NULL);
  assert_held (&whole, "scale", LEFT_ASIDE, NULL);
  assert_held (&still, "scale", LEFT_ASIDE, NULL);
}

/* It was never shown without the field, so the value is a newer one. */
static void
test_held_after_a_part (void)
{
  g_auto (Merged) newer = merge_held (NOT_TOLD, NULL, NULL, "\"source\":\"hand\",\"version\":5");
  g_auto (Merged) emptied = merge_held (NOT_TOLD, NULL, NULL, "\"source\":null,\"version\":5");

  assert_held (&newer, "hand", NULL, NULL);
  assert_held (&emptied, NULL, NULL, NULL);
  g_assert_cmpuint (newer.losses->len + emptied.losses->len, ==, 0);
}

static void
test_held_and_edited (void)
{
  static const char pending[] = "{\"source\":7}";
  static const char base[] = "{\"source\":\"tape\"}";
  g_auto (Merged) unseen = merge_held (LEFT_ASIDE, pending, base, "\"weight\":80");
  g_auto (Merged) learnt = merge_held (LEFT_ASIDE, pending, base, "\"source\":null");

  /* The base is what the user saw before the edit, for a discard to return to. */
  assert_held (&unseen, "scale", LEFT_ASIDE, pending);
  g_assert_cmpstr (LIFT_ENTITY (unseen.row)->base, ==, base);
  assert_held (&learnt, "scale", NULL, pending);
  g_assert_cmpuint (learnt.losses->len, ==, 0);
}

/* An edit of a tombstone would bring the row back. */
static void
test_held_in_a_tombstone (void)
{
  g_auto (Merged) gone = merge_held (LEFT_ASIDE, NULL, NULL, "\"source\":null," DELETED);
  g_auto (Merged) back = merge (gone.row, "\"source\":null,\"deletedAt\":null", NULL, NULL);

  assert_held (&gone, "scale", LEFT_ASIDE, NULL);
  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (gone.row)));
  assert_held (&back, "scale", NULL, EDIT_AGAIN);
  g_assert_false (lift_entity_is_deleted (LIFT_ENTITY (back.row)));
}

static void
assert_noted (const char *held, const char *sent, const char *members, const char *expected)
{
  g_autoptr (LiftBodyWeightEntry) local = make_local (80, NULL, NULL, NULL);
  g_autoptr (LiftWireRow) server = make_server (members);

  g_object_set (local, "source", "scale", "held", held, NULL);
  lift_held_note_sent (LIFT_ENTITY (local), server->seen, sent);
  g_assert_cmpstr (LIFT_ENTITY (local)->held, ==, expected);
}

static void
test_held_noted (void)
{
  /* Not what is empty, and not what every server knows. */
  assert_noted (NULL, "{\"*\":1}", "\"weight\":80,\"version\":1", NOT_TOLD);
  assert_noted (NULL, "{\"*\":1}", "\"version\":1", "{\"weight\":false,\"source\":false}");
  assert_noted (NULL, "{\"source\":3,\"bodyFatPercent\":3}", "\"weight\":80", NOT_TOLD);
  assert_noted (NULL, "{\"weight\":3}", "\"weight\":80", NULL);
  assert_noted (LEFT_ASIDE, "{\"weight\":3}", "\"weight\":80", LEFT_ASIDE);
  assert_noted (LEFT_ASIDE, "{\"source\":3}", "\"weight\":80", LEFT_ASIDE);
  assert_noted (LEFT_ASIDE, "{\"source\":3}", "\"source\":\"rounded\"", NULL);
  /* Shown, but not sent: the merge has to look at it. */
  assert_noted (LEFT_ASIDE, "{\"weight\":3}", "\"weight\":80,\"source\":null", LEFT_ASIDE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/merge/new", test_new);
  g_test_add_func ("/sync/merge/clean", test_clean);
  g_test_add_func ("/sync/merge/null-is-a-value", test_null_is_a_value);
  g_test_add_func ("/sync/merge/dirty", test_dirty);
  g_test_add_func ("/sync/merge/dirty-unchanged-there", test_dirty_unchanged_there);
  g_test_add_func ("/sync/merge/dirty-not-named", test_dirty_not_named);
  g_test_add_func ("/sync/merge/equal", test_equal);
  g_test_add_func ("/sync/merge/own-value", test_own_value);
  g_test_add_func ("/sync/merge/new-row-came-back", test_new_row_came_back);
  g_test_add_func ("/sync/merge/new-row-known-there", test_new_row_known_there);
  g_test_add_func ("/sync/merge/row-is-new-again", test_row_is_new_again);
  g_test_add_func ("/sync/merge/new-row-known-in-part", test_new_row_known_in_part);
  g_test_add_func ("/sync/merge/deleted-there", test_deleted_there);
  g_test_add_func ("/sync/merge/changed-under-delete", test_changed_under_delete);
  g_test_add_func ("/sync/merge/deleted-on-both-sides", test_deleted_on_both_sides);
  g_test_add_func ("/sync/merge/acknowledge", test_acknowledge);
  g_test_add_func ("/sync/merge/acknowledge-shown", test_acknowledge_shown);
  g_test_add_func ("/sync/merge/bad-rows", test_bad_rows);
  g_test_add_func ("/sync/merge/delays", test_delays);
  g_test_add_func ("/sync/merge/equal-while-under-way", test_equal_while_under_way);
  g_test_add_func ("/sync/merge/held/learnt", test_held_learnt);
  g_test_add_func ("/sync/merge/held/not-shown", test_held_not_shown);
  g_test_add_func ("/sync/merge/held/after-a-part", test_held_after_a_part);
  g_test_add_func ("/sync/merge/held/and-edited", test_held_and_edited);
  g_test_add_func ("/sync/merge/held/in-a-tombstone", test_held_in_a_tombstone);
  g_test_add_func ("/sync/merge/held/noted", test_held_noted);
  return g_test_run ();
}
