/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-entities.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-uuid.h"
#include "lift-virtual-clock.h"

static void
fill_number (LiftField *field, LiftEntity *entity, guint32 dice)
{
  double span = field->max > field->min ? field->max - field->min : 1000;
  double value = field->min + span * (dice / (double) G_MAXUINT32);

  if (lift_field_is_double (field))
    lift_field_set_double (field, entity, value);
  else
    lift_field_set_int (field, entity, (gint64) value);
}

static void
fill (LiftField *field, LiftEntity *entity, LiftClock *clock)
{
  g_autofree char *id = lift_uuid_new (clock);

  if (field->flags & LIFT_FIELD_LOCAL)
    return;
  if (field->kind == LIFT_FIELD_UUID)
    lift_field_set_text (field, entity, id);
  else if (field->kind == LIFT_FIELD_TEXT)
    lift_field_set_text (field, entity, "«Kniebeuge»\n\t\"80 %\" \\ 🏋");
  else if (field->kind == LIFT_FIELD_DAY)
    lift_field_set_text (field, entity, "2024-02-29");
  else if (field->kind == LIFT_FIELD_LIST)
    lift_field_set_text (field, entity, "[\"quads\",\"glutes\"]");
  else if (field->kind == LIFT_FIELD_JSON)
    lift_field_set_text (field, entity, "[{\"weight\":20,\"pairs\":4}]");
  else if (field->kind == LIFT_FIELD_CHOICE)
    lift_field_set_text (field, entity, field->choices[0]);
  else if (field->kind == LIFT_FIELD_INSTANT)
    lift_field_set_int (field, entity, 1770000000123456);
  else if (field->kind == LIFT_FIELD_BOOLEAN)
    lift_field_set_int (field, entity, lift_clock_random_below (clock, 2));
  else
    fill_number (field, entity, lift_clock_random_below (clock, G_MAXUINT32));
}

static LiftEntity *
round_trip (LiftEntity *entity)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (GError) error = NULL;
  LiftEntity *back = g_object_new (G_OBJECT_TYPE (entity), NULL);
  LiftFieldSet seen;

  lift_entity_write_json (entity, text, LIFT_FIELD_SET_ALL);
  object = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  seen = lift_entity_read_json (back, object, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (seen, ==, lift_entity_info_get_wire (lift_entity_get_info (entity)));
  return back;
}

static void
test_every_field_of_every_type_survives (void)
{
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (1770000000000000, 42);

  for (guint run = 0; run < 200; run++)
    {
      const LiftEntityInfo *info = lift_registry_get (run % lift_registry_get_size ());
      g_autoptr (LiftEntity) entity = g_object_new (info->gtype, NULL);
      g_autoptr (LiftEntity) back = NULL;

      for (guint i = 0; i < info->n_fields; i++)
        fill (info->fields[i], entity, LIFT_CLOCK (clock));
      back = round_trip (entity);
      g_assert_cmpuint (lift_entity_diff (entity, back), ==, 0);
    }
}

static void
test_every_null_survives (void)
{
  for (guint t = 0; t < lift_registry_get_size (); t++)
    {
      const LiftEntityInfo *info = lift_registry_get (t);
      g_autoptr (LiftEntity) entity = g_object_new (info->gtype, NULL);
      g_autoptr (LiftEntity) back = NULL;

      for (guint i = 0; i < info->n_fields; i++)
        lift_field_set_null (info->fields[i], entity);
      back = round_trip (entity);
      for (guint i = 0; i < info->n_fields; i++)
        g_assert_true (lift_field_is_null (info->fields[i], back));
    }
}

static LiftFieldSet
read_text (LiftEntity *entity, const char *text, GPtrArray *faults)
{
  g_autoptr (JsonObject) object = lift_json_parse_object (text, -1, NULL);

  g_assert_nonnull (object);
  return lift_entity_read_json (entity, object, faults);
}

static void
test_an_absent_key_leaves_its_field (void)
{
  g_autoptr (LiftSetPlan)
    set = g_object_new (LIFT_TYPE_SET_PLAN, "target-reps", (gint64) 5, "notes", "keep", NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  LiftFieldSet seen = read_text (LIFT_ENTITY (set), "{\"targetReps\":null}", faults);

  g_assert_cmpint (set->target_reps, ==, LIFT_INT_NULL);
  g_assert_cmpstr (set->notes, ==, "keep");
  g_assert_cmpint (__builtin_popcountll (seen), ==, 1);
}

static void
test_unknown_keys_are_kept_and_sent_back (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  read_text (LIFT_ENTITY (set),
             "{\"velocity\":{\"mean\":0.5},\"isDirty\":true,\"lastSyncedAt\":\"x\",\"mutation\":3}",
             faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpstr (LIFT_ENTITY (set)->extra, ==, "{\"velocity\":{\"mean\":0.5}}");
  lift_entity_write_json (LIFT_ENTITY (set), text, LIFT_FIELD_SET_ALL);
  g_assert_nonnull (g_strstr_len (text->str, -1, ",\"velocity\":{\"mean\":0.5}}"));
  g_assert_null (g_strstr_len (text->str, -1, "isDirty"));
}

static void
test_an_unknown_choice_from_a_newer_server_is_kept (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  read_text (LIFT_ENTITY (set), "{\"kind\":\"isometric\"}", faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpstr (set->kind, ==, "isometric");
}

static void
assert_fault (const char *text, const char *field, LiftFaultCode code)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  read_text (LIFT_ENTITY (set), text, faults);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((LiftFault *) faults->pdata[0])->field, ==, field);
  g_assert_cmpint (((LiftFault *) faults->pdata[0])->code, ==, code);
}

static void
test_wrong_types_name_their_field (void)
{
  assert_fault ("{\"targetReps\":\"5\"}", "targetReps", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"targetReps\":5.5}", "targetReps", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"targetWeight\":1e999}", "targetWeight", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"targetWeight\":[1]}", "targetWeight", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"notes\":7}", "notes", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"id\":\"\"}", "id", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"isOptional\":1}", "isOptional", LIFT_FAULT_BAD_FORMAT);
  assert_fault ("{\"createdAt\":\"2026-02-06\"}", "createdAt", LIFT_FAULT_BAD_FORMAT);
}

static void
test_a_whole_number_may_be_written_as_a_fraction (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  read_text (LIFT_ENTITY (set), "{\"targetReps\":5.0,\"targetWeight\":100}", faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpint (set->target_reps, ==, 5);
  g_assert_cmpfloat (set->target_weight, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/every-field-survives", test_every_field_of_every_type_survives);
  g_test_add_func ("/json/every-null-survives", test_every_null_survives);
  g_test_add_func ("/json/absent-key", test_an_absent_key_leaves_its_field);
  g_test_add_func ("/json/unknown-keys", test_unknown_keys_are_kept_and_sent_back);
  g_test_add_func ("/json/unknown-choice", test_an_unknown_choice_from_a_newer_server_is_kept);
  g_test_add_func ("/json/wrong-types", test_wrong_types_name_their_field);
  g_test_add_func ("/json/whole-as-fraction", test_a_whole_number_may_be_written_as_a_fraction);
  return g_test_run ();
}
