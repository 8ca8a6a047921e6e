/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-quick-entry-private.h"

#include "lift-number.h"
#include "lift-scan-private.h"
#include "lift-set-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
read_kind (LiftEntryParser *self, const char *kind)
{
  const char *p = self->p;

  if (!lift_entry_parser_begin_group (self))
    return FALSE;
  self->has_kind = TRUE;
  self->group->kind = kind;
  lift_scan_blanks (&p);
  if (!g_ascii_isdigit (*p))
    return lift_entry_parser_fail_syntax (self, _ ("Write the sets after the kind: w 2x5 60"));
  return TRUE;
}

static gboolean
read_count (LiftEntryParser *self, gint64 *count)
{
  guint64 value = 0;

  if (!g_ascii_isdigit (*self->p))
    return lift_entry_parser_fail_syntax (
      self, _ ("Write the repetitions after the ×: 3x5, 3x8-12, 1x5+ or 3x30s"));
  for (; g_ascii_isdigit (*self->p); self->p++)
    value = MIN (value * 10 + (*self->p - '0'), 100000);
  *count = value;
  return value <= 999 ||
         lift_entry_parser_fail_range (self, _ ("Repetitions must lie between 0 and 999"));
}

static gboolean
read_range_end (LiftEntryParser *self)
{
  if (!read_count (self, &self->group->reps_max))
    return FALSE;
  if (self->group->reps_max < self->group->reps)
    return lift_entry_parser_fail_range (
      self, _ ("A range goes from the smaller to the larger number: 3x8-12"));
  return TRUE;
}

static gboolean
read_open_end (LiftEntryParser *self)
{
  if (self->has_kind && g_strcmp0 (self->group->kind, "amrap") != 0)
    return lift_entry_parser_fail_conflict (
      self, _ ("A set with + is an open set and cannot be of another kind"));
  self->group->kind = "amrap";
  return TRUE;
}

static gboolean
read_reps (LiftEntryParser *self)
{
  const char *p = self->p;
  g_autofree char *word = lift_scan_word (&p);
  double value;

  if (lift_scan_distance (&self->p, &value))
    return lift_entry_parser_set_distance (self, value);
  if (lift_scan_duration (&self->p, TRUE, &value))
    return lift_entry_parser_set_duration (self, value);
  if (g_str_equal (word, "amrap") || g_str_equal (word, "max"))
    {
      self->p = p;
      return read_open_end (self);
    }
  if (*self->p == '?')
    self->p++;
  else if (*self->p != '+' && !read_count (self, &self->group->reps))
    return FALSE;
  if (lift_scan_dash (&self->p) && !read_range_end (self))
    return FALSE;
  if (*self->p != '+')
    return TRUE;
  self->p++;
  return read_open_end (self);
}

static gboolean
is_sets (const char *p)
{
  if (!g_ascii_isdigit (*p))
    return FALSE;
  while (g_ascii_isdigit (*p))
    p++;
  lift_scan_blanks (&p);
  return lift_scan_times (&p);
}

static gboolean
read_sets (LiftEntryParser *self)
{
  guint64 sets = g_ascii_strtoull (self->p, (char **) &self->p, 10);

  if (!(self->group != NULL && self->has_kind && self->group->sets == 0) &&
      !lift_entry_parser_begin_group (self))
    return FALSE;
  if (sets < 1 || sets > LIFT_PRESCRIPTION_MAX_SETS)
    return lift_entry_parser_fail_range (
      self, _ ("A group has 1 to 99 sets; the load stands after the repetitions: 3x5 100"));
  lift_scan_blanks (&self->p);
  lift_scan_times (&self->p);
  lift_scan_blanks (&self->p);
  self->group->sets = sets;
  if (self->group->kind == NULL)
    self->group->kind = "working";
  return read_reps (self);
}

static gboolean
read_effort (LiftEntryParser *self, gboolean is_rpe)
{
  double value;

  lift_scan_blanks (&self->p);
  if (!lift_number_read (&self->p, &value))
    return lift_entry_parser_fail_syntax (
      self, is_rpe ? _ ("Write the RPE as a number: @8 or @8.5")
                   : _ ("Write the repetitions in reserve as a number: r2"));
  return lift_entry_parser_set_effort (self, value, is_rpe);
}

static gboolean
read_rest (LiftEntryParser *self)
{
  double seconds;

  lift_scan_blanks (&self->p);
  if (!lift_scan_duration (&self->p, FALSE, &seconds))
    return lift_entry_parser_fail_syntax (self, _ ("Write the rest as a time: 120s, 2m or 2:00"));
  return lift_entry_parser_set_rest (self, seconds);
}

static gboolean
read_for (LiftEntryParser *self)
{
  double seconds;

  lift_scan_blanks (&self->p);
  if (!lift_scan_duration (&self->p, FALSE, &seconds))
    return lift_entry_parser_fail_syntax (
      self, _ ("Write the duration as a time: for30s, for2m or for1:30"));
  return lift_entry_parser_need_group (self) && lift_entry_parser_set_duration (self, seconds);
}

static gboolean
read_over (LiftEntryParser *self)
{
  double metres;

  lift_scan_blanks (&self->p);
  if (!lift_scan_distance (&self->p, &metres))
    return lift_entry_parser_fail_syntax (
      self, _ ("Write the distance with its unit: over400m or over1.5km"));
  return lift_entry_parser_need_group (self) && lift_entry_parser_set_distance (self, metres);
}

static gboolean
read_word (LiftEntryParser *self)
{
  char *tempo = NULL;
  g_autofree char *word = NULL;
  const char *kind;

  if (lift_scan_tempo (&self->p, &tempo))
    return lift_entry_parser_set_tempo (self, tempo);
  word = lift_scan_word (&self->p);
  kind = lift_set_kind_from_prefix (word);
  if (kind != NULL)
    return read_kind (self, kind);
  if (g_str_equal (word, "r") || g_str_equal (word, "rir") || g_str_equal (word, "rpe"))
    return read_effort (self, g_str_equal (word, "rpe"));
  if (g_str_equal (word, "rest"))
    return read_rest (self);
  if (g_str_equal (word, "for"))
    return read_for (self);
  if (g_str_equal (word, "over"))
    return read_over (self);
  if (g_str_equal (word, "opt"))
    return lift_entry_parser_set_optional (self);
  if (g_str_equal (word, "left") || g_str_equal (word, "right") || g_str_equal (word, "both"))
    return lift_entry_parser_set_side (self, g_intern_string (word));
  if (g_str_equal (word, "x"))
    return lift_entry_parser_fail_syntax (self, _ ("Write the number of sets before the ×: 3x5"));
  if (g_str_equal (word, "t"))
    return lift_entry_parser_fail_syntax (self,
                                          _ ("A tempo has four parts, such as t31X0 or t3-1-X-0"));
  return lift_entry_parser_fail_unknown (self);
}

/* A number is told from what follows it: %, a unit of time, kg or lb, else it is the load. */
static gboolean
read_number (LiftEntryParser *self)
{
  const char *after;
  g_autofree char *word = NULL;
  double value;

  if (lift_scan_duration (&self->p, TRUE, &value))
    return lift_entry_parser_set_rest (self, value);
  if (!lift_number_read (&self->p, &value))
    return lift_entry_parser_fail_unknown (self);
  after = self->p;
  lift_scan_blanks (&after);
  if (*after == '%')
    {
      self->p = after + 1;
      return lift_entry_parser_set_percent (self, value);
    }
  word = lift_scan_word (&after);
  if (lift_load_unit_from_text (word) != NULL || g_str_equal (word, "rir"))
    self->p = after;
  if (g_str_equal (word, "rir"))
    return lift_entry_parser_set_effort (self, value, FALSE);
  if (lift_load_unit_from_text (word) != NULL)
    return lift_entry_parser_set_load (self, value, lift_load_unit_from_text (word));
  return lift_entry_parser_set_load (self, value, self->unit);
}

static gboolean
read_item (LiftEntryParser *self)
{
  self->item = self->p;
  if (is_sets (self->p))
    return read_sets (self);
  if (*self->p == '@')
    {
      self->p++;
      return read_effort (self, TRUE);
    }
  if (*self->p == '+')
    return lift_entry_parser_fail_syntax (self, _ ("A step such as +2.5 stands alone in its cell"));
  if (g_ascii_isalpha (*self->p))
    return read_word (self);
  return read_number (self);
}

static void
skip_separators (LiftEntryParser *self)
{
  for (; *self->p != '\0' && strchr (" \t\r\n,;", *self->p) != NULL; self->p++)
    if (*self->p != ' ' && *self->p != '\t')
      self->is_parted = TRUE;
}

static gboolean
read_groups (LiftEntryParser *self)
{
  for (skip_separators (self); *self->p != '\0'; skip_separators (self))
    {
      gboolean is_kind;

      if (!read_item (self))
        return FALSE;
      is_kind = self->group->sets == 0 && self->has_kind;
      if (!lift_scan_at_end (self->p) && !(is_kind && g_ascii_isdigit (*self->p)))
        return lift_entry_parser_fail_unknown (self);
    }
  return TRUE;
}

static gboolean
is_word_of_skipping (const char *text)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  const char *p = word;

  return lift_scan_times (&p) && *p == '\0';
}

/* `+2.5` and `-2.5` are steps when they begin a cell, and so is `x0.9`. */
static gboolean
is_step (const char *text)
{
  const char *p = text;
  double value;

  lift_scan_blanks (&p);
  if (lift_scan_times (&p))
    return g_ascii_isdigit (*p);
  return !g_ascii_isdigit (*p) && lift_number_read (&p, &value);
}

static gboolean
parse_step (LiftEntryParser *self)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (self->text));

  self->entry->kind = LIFT_QUICK_ENTRY_STEP;
  if (lift_step_parse (trimmed, &self->entry->step, self->error))
    return TRUE;
  if (self->span != NULL)
    *self->span = (LiftTextSpan){ 0, strlen (self->text) };
  return FALSE;
}

static gboolean
parse_sets (LiftEntryParser *self)
{
  if (!read_groups (self))
    return FALSE;
  if (self->group == NULL)
    self->entry->kind = LIFT_QUICK_ENTRY_EMPTY;
  else if (self->group->sets == 0)
    self->entry->kind = LIFT_QUICK_ENTRY_CHANGE;
  else
    self->entry->kind = LIFT_QUICK_ENTRY_SETS;
  return TRUE;
}

/**
 * lift_quick_entry_parse:
 * @text: UTF-8 as typed into a cell
 * @default_unit: (nullable): the unit meant when none is typed; %NULL is kg
 * @span: (out) (optional): on an error, the part of @text it is about
 *
 * Reads the quick entry of the plan grid. Groups of equal sets are parted by commas, or simply
 * begin with their sets; a decimal comma has digits on both sides. A group is
 *
 * - its kind: `w` warm-up, `top`, `bo` back-off, `drop`, `amrap`, `fail` (to failure), `cl`
 *   cluster, `myo`; nothing for working sets;
 * - `3x5`, `3x8-12`, `1x5+` (five or more), `1x+` (as many as possible), `3x30s`, `3x1:30`,
 *   `3x2min`, `4x400m`, `3x?` (left open);
 * - in any order: load `100`, `100kg`, `225 lb`, `-20` (assistance); percentage `85%`; `@8`; `r2`;
 *   tempo `t31X0`, `t3-1-X-0`; rest `120s`, `2m`, `2:00`, `rest 90`; `for30s`, `over400m` for a
 *   duration or distance beside repetitions; `left`, `right`, `both`; `opt`.
 *
 * A cell may also hold targets only (`102.5 @8`: a change), a step (`+2.5`, `-1 RIR`, `x0.9`; see
 * [func@step_parse]) or `x`, which skips it. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): what the cell says, or %NULL with an error of
 *   %LIFT_TRAINING_ERROR whose message a coach can act on
 */
LiftQuickEntry *
lift_quick_entry_parse (const char *text,
                        const char *default_unit,
                        LiftTextSpan *span,
                        GError **error)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_new ();
  LiftEntryParser parser = { .text = text, .p = text, .item = text, .entry = entry };
  gboolean is_good = TRUE;

  g_return_val_if_fail (text != NULL, NULL);

  parser.unit = lift_load_unit_from_text (default_unit);
  parser.unit = parser.unit != NULL ? parser.unit : "kg";
  parser.span = span;
  parser.error = error;
  if (!g_utf8_validate (text, -1, NULL))
    is_good = lift_entry_parser_fail_syntax (&parser, _ ("This is not text"));
  else if (is_word_of_skipping (text))
    entry->kind = LIFT_QUICK_ENTRY_SKIP;
  else
    is_good = is_step (text) ? parse_step (&parser) : parse_sets (&parser);
  return is_good ? g_steal_pointer (&entry) : NULL;
}
