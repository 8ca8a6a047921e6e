/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plates.h"

#include "lift-json.h"
#include "lift-load.h"
#include "lift-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_WEIGHTS 32
#define MAX_PAIRS 50
#define MAX_PLATE 100.0

/* Pounds are no whole grams: bar, target and ten plates may be off by so much on one side. */
#define SLACK 8
#define NO_WAY G_MAXUINT16

/* More grams than any bar holds on one side; bounds time and memory. */
#define MAX_SIDE 600000

typedef struct
{
  double kg;
  int grams;
  guint pairs;
} Plate;

struct _LiftPlates
{
  GArray *plates; /* heaviest first */
};

/* For each weight of one side in units of `unit` grams: how few plates make it. Row i knows the
 * plates from i on, so that the way down the rows says which plates they are. */
typedef struct
{
  const GArray *plates;
  int unit;
  int size;
  guint16 *fewest;
} Table;

/**
 * lift_plates_new:
 *
 * Returns: (transfer full): no plates yet
 */
LiftPlates *
lift_plates_new (void)
{
  LiftPlates *self = g_new0 (LiftPlates, 1);

  self->plates = g_array_new (FALSE, FALSE, sizeof (Plate));
  return self;
}

/**
 * lift_plates_free:
 * @self: (transfer full): plates
 */
void
lift_plates_free (LiftPlates *self)
{
  g_array_unref (self->plates);
  g_free (self);
}

/**
 * lift_plates_add:
 * @kg: what one plate weighs: more than 0, at most 100
 * @pairs: how many pairs there are, at most 50
 *
 * Adds pairs of plates; plates of the same weight are counted together.
 *
 * Returns: whether there can be such plates
 */
gboolean
lift_plates_add (LiftPlates *self, double kg, guint pairs, GError **error)
{
  Plate plate = { kg, 0, pairs };
  guint i;

  if (!(kg >= 0.001 && kg <= MAX_PLATE) || pairs > MAX_PAIRS || self->plates->len == MAX_WEIGHTS)
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE,
                   _ ("A plate weighs up to 100 kg; there are at most 50 pairs of a weight and 32 "
                      "weights"));
      return FALSE;
    }
  plate.grams = round (kg * 1000);
  for (i = 0; i < self->plates->len; i++)
    {
      Plate *other = &g_array_index (self->plates, Plate, i);

      if (other->grams == plate.grams)
        {
          other->pairs = MIN (other->pairs + pairs, MAX_PAIRS);
          return TRUE;
        }
      if (other->grams < plate.grams)
        break;
    }
  if (pairs > 0)
    g_array_insert_val (self->plates, i, plate);
  return TRUE;
}

/**
 * lift_plates_new_default:
 * @unit: (nullable): `"lb"`, or kg
 *
 * Returns: (transfer full): what a gym has at a rack, for athletes who listed no plates
 */
LiftPlates *
lift_plates_new_default (const char *unit)
{
  static const double KG[] = { 25, 20, 15, 10, 5, 2.5, 1.25 };
  static const double LB[] = { 45, 35, 25, 10, 5, 2.5 };
  gboolean is_pounds = g_strcmp0 (unit, "lb") == 0;
  guint n = is_pounds ? G_N_ELEMENTS (LB) : G_N_ELEMENTS (KG);
  LiftPlates *self = lift_plates_new ();

  for (guint i = 0; i < n; i++)
    lift_plates_add (self, lift_load_to_kg (is_pounds ? LB[i] : KG[i], unit), i == 0 ? 6 : 2, NULL);
  return self;
}

static gboolean
add_node (LiftPlates *self, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  double kg = 0;
  gint64 pairs = -1;

  if (object != NULL)
    {
      kg = json_object_get_double_member_with_default (object, "weight", 0);
      pairs = lift_json_get_int (object, "pairs", -1);
    }
  if (object != NULL && pairs >= 0 && pairs <= MAX_PAIRS)
    return lift_plates_add (self, kg, pairs, error);
  g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX,
               _ ("Each plate needs a weight and a number of pairs from 0 to 50"));
  return FALSE;
}

/**
 * lift_plates_new_from_json:
 * @text: an athlete's `plates`: `[{"weight": kg, "pairs": n}]`
 *
 * Returns: (transfer full) (nullable): the plates, or %NULL with an error
 */
LiftPlates *
lift_plates_new_from_json (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = lift_json_parse (text, -1, error);
  g_autoptr (LiftPlates) self = lift_plates_new ();
  JsonArray *array;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX,
                   _ ("The plates must be a JSON array"));
      return NULL;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_node (self, json_array_get_element (array, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

static const Plate *
get_plate (const Table *table, guint i)
{
  return &g_array_index (table->plates, Plate, i);
}

static guint16 *
get_row (const Table *table, guint i)
{
  return table->fewest + (gsize) i * table->size;
}

static int
greatest_divisor (int a, int b)
{
  while (b != 0)
    {
      int rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static void
fill_row (Table *table, guint i)
{
  const Plate *plate = get_plate (table, i);
  const guint16 *below = get_row (table, i + 1);
  guint16 *row = get_row (table, i);
  int weight = plate->grams / table->unit;

  for (int s = 0; s < table->size; s++)
    {
      row[s] = below[s];
      for (guint n = 1; n <= plate->pairs && (gint64) n * weight <= s; n++)
        if (below[s - n * weight] != NO_WAY)
          row[s] = MIN (row[s], below[s - n * weight] + n);
    }
}

/* @limit: the heaviest side of interest, in grams. */
static void
table_init (Table *table, const GArray *plates, int limit)
{
  table->plates = plates;
  table->unit = 0;
  for (guint i = 0; i < plates->len; i++)
    table->unit = greatest_divisor (table->unit, get_plate (table, i)->grams);
  table->unit = MAX (table->unit, 1);
  table->size = limit / table->unit + 1;
  table->fewest = g_new (guint16, (gsize) table->size * (plates->len + 1));
  for (int s = 0; s < table->size; s++)
    get_row (table, plates->len)[s] = s == 0 ? 0 : NO_WAY;
  for (guint i = plates->len; i > 0; i--)
    fill_row (table, i - 1);
}

/* What all plates of one side weigh, or as much of it as is ever of interest. */
static int
get_total (const GArray *plates)
{
  gint64 total = 0;

  for (guint i = 0; i < plates->len; i++)
    total += (gint64) g_array_index (plates, Plate, i).grams *
             g_array_index (plates, Plate, i).pairs;
  return MIN (total, MAX_SIDE);
}

/* The heaviest side that is not over @side, but where several are right to the slack, the one of
 * the fewest plates. */
static int
find_best (const Table *table, int side)
{
  const guint16 *row = get_row (table, 0);
  int best = -1;

  for (int s = table->size - 1; s >= 0; s--)
    {
      gint64 grams = (gint64) s * table->unit;

      if (best >= 0 && grams < side - SLACK)
        break;
      if (row[s] != NO_WAY && grams <= side + SLACK && (best < 0 || row[s] < row[best]))
        best = s;
    }
  return best;
}

/* Takes as many of the heaviest plate as the fewest plates in all allow, then of the next. */
static double
collect (const Table *table, int best, GArray *per_side)
{
  double sum = 0;

  for (guint i = 0; i < table->plates->len; i++)
    {
      const Plate *plate = get_plate (table, i);
      const guint16 *below = get_row (table, i + 1);
      int weight = plate->grams / table->unit, n = plate->pairs;

      while (n > 0 && (n * weight > best || below[best - n * weight] == NO_WAY ||
                       below[best - n * weight] + n != get_row (table, i)[best]))
        n--;
      best -= n * weight;
      sum += n * plate->kg;
      for (; n > 0; n--)
        g_array_append_val (per_side, plate->kg);
    }
  return sum;
}

/**
 * lift_plates_load:
 * @bar: what the empty bar weighs, in kg
 * @target: what the bar should weigh in all, in kg, at most 2000
 *
 * Chooses the plates that come nearest to @target without going over it; among those the fewest,
 * and among those the heaviest first.
 *
 * Returns: (transfer full): the plates of one side; none where the bar alone is too heavy
 */
LiftPlateLoad *
lift_plates_load (LiftPlates *self, double bar, double target)
{
  LiftPlateLoad *load = g_new0 (LiftPlateLoad, 1);
  int side;
  Table table;

  load->per_side = g_array_new (FALSE, FALSE, sizeof (double));
  load->achieved = NAN;
  load->shortfall = target - bar;
  if (!isfinite (target - bar))
    return load;
  side = round (CLAMP (target - bar, -LIFT_LOAD_MAX, LIFT_LOAD_MAX) * 500);
  if (side < -SLACK)
    return load;
  side = CLAMP (side, 0, get_total (self->plates));
  table_init (&table, self->plates, side + SLACK);
  load->achieved = bar + 2 * collect (&table, find_best (&table, side), load->per_side);
  load->shortfall = target - load->achieved;
  g_free (table.fewest);
  return load;
}

static int
get_heaviest (const GArray *plates)
{
  return plates->len > 0 ? g_array_index (plates, Plate, 0).grams : 0;
}

/**
 * lift_plates_get_next:
 * @bar: what the empty bar weighs, in kg
 * @load: a load in kg
 * @direction: above 0 for the next heavier load, else the next lighter
 *
 * Returns: the next load in kg that can be made with these plates, or NaN if there is none
 */
double
lift_plates_get_next (LiftPlates *self, double bar, double load, int direction)
{
  g_autoptr (GArray) plates = g_array_new (FALSE, FALSE, sizeof (double));
  int total = get_total (self->plates), step = direction > 0 ? 1 : -1, s;
  double side = (load - bar) * 500, next = NAN;
  Table table;

  if (!isfinite (side))
    return NAN;
  if (direction > 0 && side < -SLACK)
    return bar;
  side = CLAMP (side, -2.0 * SLACK, total + 2.0 * SLACK);
  /* One plate more than the heaviest choice that is not over @load is over it, so that the next
   * load lies at most the heaviest plate away. */
  table_init (&table, self->plates,
              MIN (total, MAX (side, 0) + get_heaviest (self->plates) + SLACK));
  s = direction > 0 ? ceil ((side + SLACK) / table.unit) : floor ((side - SLACK) / table.unit);
  if (direction <= 0)
    s = MIN (s, table.size - 1);
  while (s >= 0 && s < table.size && get_row (&table, 0)[s] == NO_WAY)
    s += step;
  if (s >= 0 && s < table.size)
    next = bar + 2 * collect (&table, s, plates);
  g_free (table.fewest);
  return next;
}

/**
 * lift_plate_load_print:
 * @unit: (nullable): the unit to show; %NULL is kg
 *
 * Returns: (transfer full): the plates of one side in the user's locale: "25 15 1.25"
 */
char *
lift_plate_load_print (const LiftPlateLoad *self, const char *unit)
{
  GString *out = g_string_sized_new (32);

  for (guint i = 0; i < self->per_side->len; i++)
    {
      g_autofree char *plain = lift_load_format (g_array_index (self->per_side, double, i), unit);
      g_autofree char *number = lift_number_localize (plain);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", number);
    }
  return g_string_free (out, FALSE);
}

/**
 * lift_plate_load_free:
 * @self: (transfer full): a load
 */
void
lift_plate_load_free (LiftPlateLoad *self)
{
  g_array_unref (self->per_side);
  g_free (self);
}
