/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-wrap-layout.h"

struct _LiftWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (LiftWrapLayout, lift_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Children that stand side by side: from @first up to, but without, @end. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;
  int width;
  int height;
} Line;

static int
get_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static Line
take_line (LiftWrapLayout *self, GtkWidget *first, int room)
{
  Line line = { first, first, 0, 0 };

  for (; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end))
    {
      int width, gap;

      if (!gtk_widget_should_layout (line.end))
        continue;
      width = MIN (get_width (line.end), room);
      gap = line.width > 0 ? self->spacing : 0;
      if (line.width > 0 && line.width + gap + width > room)
        break;
      line.width += gap + width;
      line.height = MAX (line.height, get_height (line.end, width));
    }
  return line;
}

static void
measure_width (LiftWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int least;

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
        widest = MAX (widest, least);
        all += get_width (child) + (all > 0 ? self->spacing : 0);
      }
  *minimum = widest;
  *natural = all;
}

static int
measure_height (LiftWrapLayout *self, GtkWidget *widget, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  while (child != NULL)
    {
      Line line = take_line (self, child, width >= 0 ? width : G_MAXINT);

      height += line.height + (height > 0 && line.height > 0 ? self->spacing : 0);
      child = line.end;
    }
  return height;
}

static GtkSizeRequestMode
lift_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lift_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LiftWrapLayout *self = LIFT_WRAP_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = measure_height (self, widget, for_size);
}

static void
allocate_line (LiftWrapLayout *self, const Line *line, int room, int y, gboolean rtl)
{
  int x = room - line->width;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int width = MIN (get_width (child), room);
      GtkAllocation place = { rtl ? room - x - width : x, y, width, line->height };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_size_allocate (child, &place, -1);
      x += width + self->spacing;
    }
}

static void
lift_wrap_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  LiftWrapLayout *self = LIFT_WRAP_LAYOUT (manager);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  while (child != NULL)
    {
      Line line = take_line (self, child, width);

      allocate_line (self, &line, width, y, rtl);
      y += line.height + self->spacing;
      child = line.end;
    }
}

static void
lift_wrap_layout_class_init (LiftWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = lift_wrap_layout_get_request_mode;
  manager_class->measure = lift_wrap_layout_measure;
  manager_class->allocate = lift_wrap_layout_allocate;
}

static void
lift_wrap_layout_init (LiftWrapLayout *self)
{
}

/**
 * lift_wrap_layout_new:
 * @spacing: between children and between lines, in pixels
 *
 * Returns: (transfer full): a layout manager
 */
GtkLayoutManager *
lift_wrap_layout_new (int spacing)
{
  LiftWrapLayout *self = g_object_new (LIFT_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
