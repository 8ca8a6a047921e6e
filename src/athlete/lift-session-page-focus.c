/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-session-page-private.h"

/* Room that is left around the set in hand, in pixels. */
#define MARGIN 120

static LiftSetRow *
first_open_row (LiftExerciseCard *card)
{
  GPtrArray *rows = lift_exercise_card_get_rows (card);

  for (guint i = 0; i < rows->len; i++)
    if (!lift_set_row_is_done (rows->pdata[i]))
      return rows->pdata[i];
  return NULL;
}

static guint
count_done (LiftExerciseCard *card)
{
  GPtrArray *rows = lift_exercise_card_get_rows (card);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += lift_set_row_is_done (rows->pdata[i]) ? 1 : 0;
  return n;
}

static guint
find_card_of (LiftSessionPage *self, LiftSetRow *row)
{
  for (guint i = 0; i < self->card_list->len; i++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (row), self->card_list->pdata[i]))
      return i;
  return 0;
}

/* In a superset the exercise of which fewest sets are done is next: A1, A2, A1, A2. */
static LiftSetRow *
next_in_group (LiftSessionPage *self, const char *group, guint from)
{
  LiftSetRow *best = NULL;
  guint fewest = G_MAXUINT;

  for (guint i = 0; i < self->card_list->len; i++)
    {
      LiftExerciseCard *card = self->card_list->pdata[(from + i) % self->card_list->len];
      LiftSetRow *row = first_open_row (card);
      guint n_done;

      if (row == NULL || g_strcmp0 (lift_exercise_card_get_group (card), group) != 0)
        continue;
      n_done = count_done (card);
      if (n_done < fewest)
        {
          fewest = n_done;
          best = row;
        }
    }
  return best;
}

static LiftSetRow *
next_below (LiftExerciseCard *card, LiftSetRow *after)
{
  GPtrArray *rows = lift_exercise_card_get_rows (card);
  guint index = 0;

  g_ptr_array_find (rows, after, &index);
  for (guint i = index + 1; i < rows->len; i++)
    if (!lift_set_row_is_done (rows->pdata[i]))
      return rows->pdata[i];
  return first_open_row (card);
}

/* The set that is done after another one, or NULL when all are done. */
LiftSetRow *
lift_session_page_find_next (LiftSessionPage *self, LiftSetRow *after)
{
  guint index = after != NULL ? find_card_of (self, after) : 0;
  LiftExerciseCard *card;
  LiftSetRow *row = NULL;

  if (self->card_list->len == 0)
    return NULL;
  card = self->card_list->pdata[index];
  if (lift_exercise_card_get_group (card) != NULL)
    row = next_in_group (self, lift_exercise_card_get_group (card),
                         after != NULL ? index + 1 : index);
  else if (after != NULL)
    row = next_below (card, after);
  for (guint i = 0; row == NULL && i < self->card_list->len; i++)
    row = first_open_row (self->card_list->pdata[(index + i) % self->card_list->len]);
  return row;
}

static void
mark (LiftSessionPage *self, LiftSetRow *next)
{
  for (guint i = 0; i < self->card_list->len; i++)
    {
      GPtrArray *rows = lift_exercise_card_get_rows (self->card_list->pdata[i]);
      for (guint j = 0; j < rows->len; j++)
        lift_set_row_set_is_next (rows->pdata[j], rows->pdata[j] == (gpointer) next);
    }
  /* One accent: the next set, and once there is none, to finish. */
  if (next == NULL && self->card_list->len > 0)
    gtk_widget_add_css_class (self->finish_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->finish_button, "suggested-action");
}

static LiftSetRow *
focused_row (LiftSessionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, LIFT_TYPE_SET_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self)) ? LIFT_SET_ROW (row) : NULL;
}

/* Gives the accent to the set in hand, or to the first that is open. */
void
lift_session_page_mark_next (LiftSessionPage *self)
{
  LiftSetRow *row = focused_row (self);

  if (row == NULL || lift_set_row_is_done (row))
    row = lift_session_page_find_next (self, NULL);
  mark (self, row);
}

static void
scroll_to (LiftSessionPage *self, GtkWidget *row)
{
  GtkWidget *content = gtk_widget_get_parent (GTK_WIDGET (self->cards));
  double x, y;

  if (!gtk_widget_translate_coordinates (row, content, 0, 0, &x, &y))
    return;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), y - MARGIN,
                             y + gtk_widget_get_height (row) + MARGIN);
}

/* A row that is new has its place only after the next layout, which comes after this frame. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LiftSessionPage *self = LIFT_SESSION_PAGE (widget);
  LiftSetRow *row = focused_row (self);

  if (self->n_frames++ == 0)
    return G_SOURCE_CONTINUE;
  if (row != NULL)
    scroll_to (self, GTK_WIDGET (row));
  return G_SOURCE_REMOVE;
}

static void
focus (LiftSessionPage *self, LiftSetRow *row)
{
  if (row == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  self->n_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* Puts the cursor into the first set that is open; where nothing is yet, on what adds it. */
void
lift_session_page_focus_first (LiftSessionPage *self)
{
  if (self->card_list->len == 0)
    gtk_widget_grab_focus (self->add_button);
  else
    focus (self, lift_session_page_find_next (self, NULL));
}

static gboolean
has_set (LiftWorkout *workout, const char *id)
{
  for (guint i = 0; i < workout->exercises->len; i++)
    {
      GPtrArray *sets = ((LiftWorkoutExercise *) workout->exercises->pdata[i])->sets;
      for (guint j = 0; j < sets->len; j++)
        if (g_str_equal (LIFT_ENTITY (((LiftWorkoutSet *) sets->pdata[j])->set)->id, id))
          return TRUE;
    }
  return FALSE;
}

/* Puts the cursor into the first set that was not there before. */
void
lift_session_page_focus_new (LiftSessionPage *self, LiftWorkout *before)
{
  for (guint i = 0; before != NULL && i < self->card_list->len; i++)
    {
      GPtrArray *rows = lift_exercise_card_get_rows (self->card_list->pdata[i]);
      for (guint j = 0; j < rows->len; j++)
        if (!has_set (before, lift_set_row_get_id (rows->pdata[j])))
          {
            focus (self, rows->pdata[j]);
            return;
          }
    }
}

static LiftSetRow *
find_wanted (LiftSessionPage *self)
{
  for (guint i = 0; i < self->card_list->len; i++)
    {
      LiftExerciseCard *card = self->card_list->pdata[i];
      GPtrArray *rows = lift_exercise_card_get_rows (card);
      gboolean is_part = g_strcmp0 (lift_exercise_card_get_id (card), self->focus_part_id) == 0;

      for (guint j = 0; j < rows->len; j++)
        if (g_strcmp0 (lift_set_row_get_id (rows->pdata[j]), self->focus_row_id) == 0)
          return rows->pdata[j];
      if (is_part && rows->len > 0)
        return rows->pdata[0];
    }
  return NULL;
}

/* Puts the cursor into the set that was asked for, or into the fields of the session. */
void
lift_session_page_focus_wanted (LiftSessionPage *self)
{
  LiftSetRow *row = find_wanted (self);

  if (row != NULL)
    focus (self, row);
  else if (self->focus_part_id != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->weight_row));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->notes_row));
}
