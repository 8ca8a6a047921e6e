/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* A coach and an athlete do anything to a few plans, in any order, while two clients follow their
 * cursors with pages of any size. In the end each client holds what a fresh one gets. */

#define STEPS 150
#define PLANS 3

typedef struct
{
  LiftServerUser *user;
  GHashTable *rows;
  char *cursor;
} Client;

static void
take_page (Core *core, Client *client, GRand *rand)
{
  static const char *const limits[] = { "1", "3", "7", "500" };
  LiftServerPullRequest request = { .limit = limits[g_rand_int_range (rand, 0, 4)],
                                    .cursor = client->cursor };
  g_autoptr (JsonObject) page = core_pull (core, client->user, &request);
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;

  json_object_iter_init (&iter, lift_json_get_object (page, "changesByType"));
  while (json_object_iter_next (&iter, &type, &node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        JsonNode *row = json_array_get_element (json_node_get_array (node), i);

        g_hash_table_insert (
          client->rows,
          g_strdup_printf ("%s/%s", type, lift_json_get_string (json_node_get_object (row), "id")),
          lift_json_node_to_text (row));
      }
  g_free (client->cursor);
  client->cursor = g_strdup (lift_json_get_string (page, "cursor"));
}

static void
assert_in_step (Core *core, Client *client)
{
  g_autoptr (GHashTable) fresh = core_pull_all (core, client->user, "500", NULL);
  g_autoptr (GHashTable) rest = core_pull_all (core, client->user, "500", &client->cursor);
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, rest);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), row);

      g_hash_table_insert (client->rows, g_strdup (key), lift_json_node_to_text (node));
    }
  g_assert_cmpuint (g_hash_table_size (client->rows), ==, g_hash_table_size (fresh));
  g_hash_table_iter_init (&iter, fresh);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), row);
      g_autofree char *text = lift_json_node_to_text (node);

      g_assert_cmpstr (g_hash_table_lookup (client->rows, key), ==, text);
    }
}

static const char *
pick (GRand *rand, const char **type)
{
  guint plan = g_rand_int_range (rand, 0, PLANS) * 10;
  guint part = g_rand_int_range (rand, 0, 4);

  *type = part == 0 ? "TrainingPlan" : part == 1 ? "ExercisePlan" : "SetPlan";
  return core_id (plan + 1 + part);
}

static void
act (Core *core, GRand *rand, guint step)
{
  LiftServerUser *user = g_rand_boolean (rand) ? core->kim : core->ann;
  static const char *const statuses[] = { "draft", "published", "cancelled" };
  g_autoptr (JsonObject) answer = NULL;
  const char *type;
  const char *id = pick (rand, &type);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      answer = core_push (core, user,
                          "{'changes':{'%s':[{'id':'%s','deletedAt':'2026-03-01T00:00:00Z',"
                          "'changedFields':['deletedAt']}]}}",
                          type, id);
      break;
    case 1:
      answer = core_push (core, user,
                          "{'changes':{'%s':[{'id':'%s','deletedAt':null,"
                          "'changedFields':['deletedAt']}]}}",
                          type, id);
      break;
    case 2:
      answer = core_push (core, core->kim,
                          "{'changes':{'TrainingPlan':[{'id':'%s','status':'%s',"
                          "'changedFields':['status']}]}}",
                          core_id (g_rand_int_range (rand, 0, PLANS) * 10 + 1),
                          statuses[g_rand_int_range (rand, 0, 3)]);
      break;
    case 3:
      answer = core_push (core, user,
                          "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s',"
                          "'exercisePlanId':'%s','setNumber':7}]}}",
                          core_id (1000 + step), core->ann->athlete_id,
                          core_id (g_rand_int_range (rand, 0, PLANS) * 10 + 2));
      break;
    case 4:
      answer = core_push (core, user,
                          "{'changes':{'ExercisePlan':[{'id':'%s','trainingPlanId':'%s',"
                          "'changedFields':['trainingPlanId']}]}}",
                          core_id (g_rand_int_range (rand, 0, PLANS) * 10 + 2),
                          core_id (g_rand_int_range (rand, 0, PLANS) * 10 + 1));
      break;
    default:
      answer = core_push (core, user,
                          "{'changes':{'%s':[{'id':'%s','notes':'%u','version':1,"
                          "'changedFields':['notes']}]}}",
                          type, id, step);
    }
  g_assert_cmpuint (core_count (answer, "succeeded") + core_count (answer, "failed"), ==, 1);
}

static gboolean
is_live (JsonObject *row)
{
  return row != NULL && json_object_get_null_member (row, "deletedAt");
}

/* What lives has a parent that lives, for the coach and for the athlete. */
static void
assert_no_orphans (Core *core, LiftServerUser *user)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, user, "500", NULL);
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      if (!is_live (row))
        continue;
      if (g_str_has_prefix (key, "SetPlan/"))
        g_assert_true (is_live (
          core_get_row (rows, "ExercisePlan", lift_json_get_string (row, "exercisePlanId"))));
      if (g_str_has_prefix (key, "ExercisePlan/"))
        g_assert_true (is_live (
          core_get_row (rows, "TrainingPlan", lift_json_get_string (row, "trainingPlanId"))));
    }
}

static void
run_seed (guint32 seed)
{
  g_autoptr (Core) core = core_new ();
  GRand *rand = g_rand_new_with_seed (seed);
  Client clients[] = { { core->kim, NULL, NULL }, { core->ann, NULL, NULL } };

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < PLANS; i++)
    core_add_plan (core, core->kim, core->ann->athlete_id, 10 * i + 1);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i].rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint step = 0; step < STEPS; step++)
    {
      act (core, rand, step);
      take_page (core, &clients[g_rand_int_range (rand, 0, 2)], rand);
    }
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      assert_in_step (core, &clients[i]);
      assert_no_orphans (core, clients[i].user);
      g_hash_table_unref (clients[i].rows);
      g_free (clients[i].cursor);
    }
  g_rand_free (rand);
}

static void
test_random (void)
{
  const char *count = g_getenv ("LIFT_SEEDS");
  guint n = count != NULL ? (guint) g_ascii_strtoull (count, NULL, 10) : 12;

  for (guint32 seed = 1; seed <= n; seed++)
    run_seed (seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/random/in-step", test_random);
  return g_test_run ();
}
