/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histories-cases.h"

#include <string.h>

static const Subject subjects[] = {
  { "body-weight", { lift_body_weight_entry_get_type }, 0, "weight" },
  { "plan",
    { lift_training_plan_get_type, lift_exercise_plan_get_type, lift_set_plan_get_type },
    0,
    "name" },
  { "set-plan",
    { lift_training_plan_get_type, lift_exercise_plan_get_type, lift_set_plan_get_type },
    2,
    "targetReps" },
  { "session",
    { lift_training_session_get_type, lift_exercise_session_get_type, lift_set_session_get_type },
    0,
    "name" },
  { "set-session",
    { lift_training_session_get_type, lift_exercise_session_get_type, lift_set_session_get_type },
    2,
    "actualReps" },
};

static const History histories[] = {
  { "add", "a" },
  { "add-edit", "ae" },
  { "add-delete", "ad" },
  { "add-delete-restore", "adr" },
  { "add-delete-add-another", "adn" },
  { "edit", "e" },
  { "edit-delete", "ed" },
  { "edit-delete-restore", "edr" },
  { "delete", "d" },
  { "delete-restore", "dr" },
  { "delete-restore-edit", "dre" },
  { "delete-add-another", "dn" },
};

static const char *const ways[N_WAYS] = { NULL, "resync", "resync-after-upload", "answer-lost",
                                          "answer-lost-resync" };

static const char *const durings[N_DURINGS] = {
  NULL,
  "edited-on-the-way-there",
  "edited-on-the-way-back",
  "deleted-on-the-way-there",
  "deleted-on-the-way-back",
  "restored-on-the-way-back",
};

static const char *const others[N_OTHERS] = {
  NULL,
  "edited-elsewhere",
  "other-field-edited-elsewhere",
  "deleted-elsewhere",
  "parent-deleted-elsewhere",
  "meanwhile-edited-elsewhere",
  "meanwhile-other-field-edited-elsewhere",
  "meanwhile-deleted-elsewhere",
  "then-edited-elsewhere",
  "then-other-field-edited-elsewhere",
  "then-deleted-elsewhere",
};

Moment
case_get_moment (const Case *scene)
{
  if (scene->other == OTHER_NONE)
    return MOMENT_NEVER;
  if (scene->other >= OTHER_EDIT_THEN)
    return MOMENT_BACK;
  return scene->other >= OTHER_EDIT_MEANWHILE ? MOMENT_THERE : MOMENT_FIRST;
}

gboolean
case_is_lost (const Case *scene)
{
  return scene->way == WAY_LOST || scene->way == WAY_LOST_RESYNC;
}

/* The slot that is left of the history: that of the row which was added last. */
guint
case_get_last_slot (const Case *scene)
{
  return strchr (scene->history->steps, 'n') != NULL ? 1 : 0;
}

gboolean
case_begins_with_add (const Case *scene)
{
  return scene->history->steps[0] == 'a';
}

/* Whether there is such a history at all, and it is not told under another name already. */
static gboolean
makes_sense (const Case *scene)
{
  Moment moment = case_get_moment (scene);

  if (scene->phone && scene->other == OTHER_NONE)
    return FALSE;
  /* Nothing can be brought back into what is gone. */
  if (scene->other == OTHER_DELETE_PARENT)
    return scene->subject->at > 0 &&
           (!g_str_has_suffix (scene->history->steps, "d") || scene->during == DURING_NONE);
  return moment == MOMENT_NEVER || moment == MOMENT_BACK || !case_begins_with_add (scene);
}

/* Each history meets everything that may come between; in one that is flat and in one that is a
 * part of others, each two of these meet as well. */
static gboolean
is_chosen (const Case *scene)
{
  guint special = (scene->way != WAY_PLAIN) + (scene->during != DURING_NONE) +
                  (scene->other != OTHER_NONE);
  gboolean first = scene->subject == &subjects[0], leaf = scene->subject == &subjects[2];

  if (g_strcmp0 (g_getenv ("LIFT_HISTORIES"), "all") == 0)
    return TRUE;
  if (special <= 1)
    return !scene->phone || first || leaf;
  if (scene->phone || special > 2)
    return FALSE;
  return (first && scene->way == WAY_PLAIN) ||
         (leaf && scene->way == WAY_LOST && scene->other == OTHER_NONE);
}

static char *
make_name (const Case *scene)
{
  GString *name = g_string_new (NULL);
  const char *parts[] = { ways[scene->way], others[scene->other], durings[scene->during],
                          scene->phone ? "by-phone" : NULL, NULL };

  g_string_printf (name, "/sync/histories/%s/%s/", scene->subject->name, scene->history->name);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (parts) - 1; i++)
    if (parts[i] != NULL)
      g_string_append_printf (name, "%s%s", n++ > 0 ? "+" : "", parts[i]);
  if (name->str[name->len - 1] == '/')
    g_string_append (name, "plain");
  return g_string_free (name, FALSE);
}

static void
add_case (const Case *scene, GTestDataFunc test)
{
  g_autofree char *name = NULL;

  if (!makes_sense (scene) || !is_chosen (scene))
    return;
  name = make_name (scene);
  g_test_add_data_func_full (name, g_memdup2 (scene, sizeof *scene), test, g_free);
}

static void
add_histories (const Subject *subject, const History *history, GTestDataFunc test)
{
  for (Way way = WAY_PLAIN; way < N_WAYS; way++)
    for (During during = DURING_NONE; during < N_DURINGS; during++)
      for (Other other = OTHER_NONE; other < N_OTHERS; other++)
        for (guint phone = 0; phone < 2; phone++)
          add_case (&(Case){ subject, history, way, during, other, phone }, test);
}

void
case_add_all (GTestDataFunc test)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    for (guint j = 0; j < G_N_ELEMENTS (histories); j++)
      add_histories (&subjects[i], &histories[j], test);
}
