/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "comma-locale.h"
#include "lift-quick-entry.h"

#define ROUNDS 20000

static const char *const KINDS[] = { "warmup", "working", "top",     "backoff", "drop",
                                     "amrap",  "failure", "cluster", "myo" };
static const char *const UNITS[] = { "kg", "lb" };
static const char *const TEMPOS[] = { "31X0", "3-1-X-0", "10-0-1-12", "0000", "xxxx", "20X1" };
static const char *const SIDES[] = { "left", "right", "both" };

#define PICK(random, list) list[g_rand_int_range (random, 0, G_N_ELEMENTS (list))]

static gboolean
one_in (GRand *random, int n)
{
  return g_rand_int_range (random, 0, n) == 0;
}

static void
make_work (GRand *random, LiftPrescription *set)
{
  if (!one_in (random, 5))
    set->reps = g_rand_int_range (random, 0, 1000);
  if (one_in (random, 3))
    set->reps_max = g_rand_int_range (random, MAX (set->reps, 0), 1000);
  if (one_in (random, 4))
    set->duration = g_rand_int_range (random, 0, 86401);
  if (one_in (random, 4))
    set->distance = one_in (random, 2) ? g_rand_int_range (random, 0, 1000001)
                                       : g_rand_double_range (random, 0, 1000000);
}

static void
make_load (GRand *random, LiftPrescription *set)
{
  if (!one_in (random, 3))
    {
      set->unit = PICK (random, UNITS);
      set->weight = lift_load_to_kg (g_rand_int_range (random, -50000, 200001) / 100.0, set->unit);
      /* Imported loads have any number of decimals; in kilograms they stay as they are. */
      if (one_in (random, 4))
        {
          set->unit = "kg";
          set->weight = g_rand_double_range (random, -500, 2000);
        }
    }
  if (one_in (random, 3))
    set->percent = one_in (random, 2) ? g_rand_int_range (random, 0, 401) / 2.0
                                      : g_rand_double_range (random, 0, 200);
}

static LiftPrescription *
make_prescription (GRand *random)
{
  LiftPrescription *set = lift_prescription_new ();

  set->sets = g_rand_int_range (random, 1, 100);
  set->kind = PICK (random, KINDS);
  make_work (random, set);
  make_load (random, set);
  if (one_in (random, 3))
    set->rpe = g_rand_int_range (random, 2, 21) / 2.0;
  else if (one_in (random, 3))
    set->rir = g_rand_int_range (random, 0, 41) / 2.0;
  if (one_in (random, 3))
    set->tempo = g_strdup (PICK (random, TEMPOS));
  if (one_in (random, 3))
    set->rest = g_rand_int_range (random, 0, 3601);
  if (one_in (random, 5))
    set->side = PICK (random, SIDES);
  set->is_optional = one_in (random, 5);
  return set;
}

static LiftQuickEntry *
make_entry (GRand *random)
{
  LiftQuickEntry *entry = lift_quick_entry_new ();

  for (guint n = g_rand_int_range (random, 1, 6); n > 0; n--)
    {
      g_autoptr (LiftPrescription) set = make_prescription (random);

      lift_quick_entry_append (entry, set);
    }
  return entry;
}

static void
assert_same (const LiftQuickEntry *a, const LiftQuickEntry *b, const char *text)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->groups->len, ==, b->groups->len);
  for (guint i = 0; i < a->groups->len; i++)
    {
      LiftPrescription *x = g_ptr_array_index (a->groups, i);
      LiftPrescription *y = g_ptr_array_index (b->groups, i);

      if (x->sets != y->sets || !lift_prescription_equal (x, y))
        g_error ("group %u of “%s” reads back differently", i, text);
    }
}

static void
check_identity (GRand *random)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      const char *unit = PICK (random, UNITS);
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftQuickEntry) entry = make_entry (random);
      g_autofree char *text = lift_quick_entry_print (entry, unit);
      g_autoptr (LiftQuickEntry) back = lift_quick_entry_parse (text, unit, NULL, &error);
      g_autofree char *words = lift_quick_entry_describe (entry);

      if (back == NULL)
        g_error ("“%s”: %s", text, error->message);
      assert_same (entry, back, text);
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

static void
test_identity (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  check_identity (random);
}

static void
test_identity_in_comma_locale (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  if (!comma_locale_enter ())
    {
      comma_locale_leave ();
      g_test_skip ("this computer has no locale with a decimal comma and cannot make one");
      return;
    }
  check_identity (random);
  comma_locale_leave ();
}

static const char *const PIECES[] = {
  "3x5",  "1x5+", "x",    "×",  " ",    " ",      ",",   ";",     "\n",  "100",  "102,5",
  "@",    "@8",   "r",    "r2", "85%",  "%",      "t",   "31X0",  "-",   "+",    "120s",
  "2m",   "1:30", ":",    "lb", "kg",   "w",      "top", "amrap", "?",   "left", "opt",
  "for",  "over", "400m", "0",  "9999", "3x8-12", "é",   "-20",   "rir", "rest", "\xe2\x88\x92",
  "1e99", "nan",  ".",    ".5", "5.",   "=",      "#",   "99x",   "x99", "bo",   "myo",
};

/* Nothing that can be typed breaks the reader, and what it takes it prints and takes again. */
static void
test_anything (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint accepted = 0;

  for (guint i = 0; i < 300000; i++)
    {
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftQuickEntry) entry = NULL;
      LiftTextSpan span = { 0, 0 };

      for (guint n = g_rand_int_range (random, 1, 8); n > 0; n--)
        g_string_append (typed, PICK (random, PIECES));
      entry = lift_quick_entry_parse (typed->str, "kg", &span, &error);
      if (entry != NULL)
        {
          g_autofree char *text = lift_quick_entry_print (entry, "kg");
          g_autoptr (LiftQuickEntry) back = lift_quick_entry_parse (text, "kg", NULL, NULL);

          if (back == NULL)
            g_error ("“%s” is printed as “%s”, which is not read", typed->str, text);
          assert_same (entry, back, text);
          accepted++;
          continue;
        }
      g_assert_true (error->domain == LIFT_TRAINING_ERROR);
      g_assert_cmpuint (span.start, <, span.end);
      g_assert_cmpuint (span.end, <=, typed->len);
      g_assert_true (g_utf8_validate_len (typed->str, span.start, NULL));
      g_assert_true (g_utf8_validate_len (typed->str + span.start, span.end - span.start, NULL));
    }
  g_assert_cmpuint (accepted, >, 5000);
}

/* Every beginning of a good text is typed on the way to it. */
static void
test_beginnings (void)
{
  const char *text = "w 2x5 60kg, 3×8–12 102,5 @8.5 t3-1-X-0 2:30 for30s over1.5km left opt";

  for (gsize n = 0; n <= strlen (text); n++)
    {
      g_autofree char *part = g_strndup (text, n);
      g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (part, "kg", NULL, NULL);

      if (n == strlen (text))
        g_assert_nonnull (entry);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/quick-entry/identity", test_identity);
  g_test_add_func ("/training/quick-entry/identity-in-comma-locale", test_identity_in_comma_locale);
  g_test_add_func ("/training/quick-entry/anything", test_anything);
  g_test_add_func ("/training/quick-entry/beginnings", test_beginnings);
  return g_test_run ();
}
