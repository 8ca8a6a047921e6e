/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-window.h"

struct _LiftWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwBin *sign_in_bin;
  AdwBin *content_bin;
  AdwBin *page_bin;
  AdwBin *bottom_bin;

  GSettings *settings;
  GtkWidget *focus_before; /* what had the focus before the page came */
  int content_width;
  guint notify_id;
};

enum
{
  PROP_0,
  PROP_CONTENT_WIDTH,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (LiftWindow, lift_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];

static gboolean
notify_width_cb (gpointer user_data)
{
  LiftWindow *self = user_data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT_WIDTH]);
  return G_SOURCE_REMOVE;
}

static void
lift_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LiftWindow *self = LIFT_WINDOW (widget);

  GTK_WIDGET_CLASS (lift_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->content_width == width)
    return;
  self->content_width = width;
  /* Who watches will change widgets, which must wait until this allocation is over. */
  if (self->notify_id == 0)
    self->notify_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_width_cb, self, NULL);
}

static void
save_size (LiftWindow *self)
{
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static void
restore_size (LiftWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
lift_window_close_request (GtkWindow *window)
{
  save_size (LIFT_WINDOW (window));
  return GTK_WINDOW_CLASS (lift_window_parent_class)->close_request (window);
}

static void
lift_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CONTENT_WIDTH:
      g_value_set_int (value, LIFT_WINDOW (object)->content_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lift_window_dispose (GObject *object)
{
  LiftWindow *self = LIFT_WINDOW (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lift_window_parent_class)->dispose (object);
}

static void
lift_window_class_init (LiftWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lift_window_get_property;
  object_class->dispose = lift_window_dispose;
  widget_class->size_allocate = lift_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = lift_window_close_request;

  /* Width of the window in pixels, told when it has changed. */
  properties[PROP_CONTENT_WIDTH] = g_param_spec_int ("content-width", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liftlogger/ui/lift-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, sign_in_bin);
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, content_bin);
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, page_bin);
  gtk_widget_class_bind_template_child (widget_class, LiftWindow, bottom_bin);
}

static void
lift_window_init (LiftWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lift_window_new:
 * @settings: (nullable): where the size is kept
 *
 * Returns: (transfer none): the window, which shows that something is being opened
 */
LiftWindow *
lift_window_new (GtkApplication *application, GSettings *settings)
{
  LiftWindow *self = g_object_new (LIFT_TYPE_WINDOW, "application", application, NULL);

  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      restore_size (self);
    }
  lift_window_show_opening (self);
  return self;
}

/**
 * lift_window_get_content:
 *
 * Returns: (transfer none) (nullable): what the program made for the open account
 */
GtkWidget *
lift_window_get_content (LiftWindow *self)
{
  return adw_bin_get_child (self->content_bin);
}

/**
 * lift_window_get_content_width:
 *
 * Returns: the width in pixels
 */
int
lift_window_get_content_width (LiftWindow *self)
{
  return self->content_width;
}

static void
show_page (LiftWindow *self, const char *name)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "opening"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

/**
 * lift_window_show_opening:
 *
 * Takes everything away and shows that something is going on.
 */
void
lift_window_show_opening (LiftWindow *self)
{
  show_page (self, "opening");
  lift_window_set_bottom_line (self, NULL);
  adw_bin_set_child (self->page_bin, NULL);
  adw_bin_set_child (self->content_bin, NULL);
  adw_bin_set_child (self->sign_in_bin, NULL);
}

/**
 * lift_window_show_sign_in:
 * @page: (transfer none): the sign-in page
 *
 * Shows the page. The content, if there is any, stays behind it.
 */
void
lift_window_show_sign_in (LiftWindow *self, GtkWidget *page)
{
  adw_bin_set_child (self->sign_in_bin, page);
  show_page (self, "sign-in");
  /* The stack has moved the focus on from where the page had put it. */
  gtk_widget_grab_focus (page);
}

/**
 * lift_window_show_content:
 * @content: (nullable): a new content, or %NULL to go back to what is there
 *
 * Shows the content, or the page over it, and takes the sign-in page away.
 */
void
lift_window_show_content (LiftWindow *self, GtkWidget *content)
{
  if (content != NULL)
    {
      adw_bin_set_child (self->page_bin, NULL);
      adw_bin_set_child (self->content_bin, content);
    }
  show_page (self, adw_bin_get_child (self->page_bin) != NULL ? "page" : "content");
  adw_bin_set_child (self->sign_in_bin, NULL);
}

/**
 * lift_window_show_page:
 * @page: a page with a header bar of its own
 *
 * Shows a page over the content, which stays behind it as it is.
 */
void
lift_window_show_page (LiftWindow *self, GtkWidget *page)
{
  g_set_weak_pointer (&self->focus_before, gtk_root_get_focus (GTK_ROOT (self)));
  adw_bin_set_child (self->page_bin, page);
  show_page (self, "page");
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/**
 * lift_window_close_page:
 *
 * Goes back from the page to the content, and to what had the focus there.
 */
void
lift_window_close_page (LiftWindow *self)
{
  if (adw_bin_get_child (self->page_bin) == NULL)
    return;
  show_page (self, "content");
  adw_bin_set_child (self->page_bin, NULL);
  if (self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
}

/**
 * lift_window_get_page:
 *
 * Returns: (transfer none) (nullable): the page over the content
 */
GtkWidget *
lift_window_get_page (LiftWindow *self)
{
  return adw_bin_get_child (self->page_bin);
}

/**
 * lift_window_set_bottom_line:
 * @widget: (nullable): what stands at the bottom whatever page is shown
 */
void
lift_window_set_bottom_line (LiftWindow *self, GtkWidget *widget)
{
  adw_bin_set_child (self->bottom_bin, widget);
}
