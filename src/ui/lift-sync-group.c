/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-group.h"

#include <glib/gi18n-lib.h>

#include "lift-sync-row.h"

struct _LiftSyncGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *all_button;
  GtkListBox *list;
  GtkWidget *more_box;
  GtkLabel *more_label;

  LiftSyncSection section;
  GListStore *items;
  gint64 now;
};

enum
{
  ACT,
  ACT_ON_ALL,
  MORE,
  FOCUS_LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *title;
  const char *description;
} section_words[LIFT_SYNC_N_SECTIONS] = {
  [LIFT_SYNC_ATTENTION] = { N_ ("Needs Attention"),
                            N_ ("The server did not take these. They wait for you.") },
  [LIFT_SYNC_RETRIED] = { N_ ("Tried Again Later"),
                          N_ ("The server did not take these yet. Nothing needs to be done.") },
  [LIFT_SYNC_WAITING] = { N_ ("Waiting"), N_ ("Saved on this computer, sent with the next sync.") },
  [LIFT_SYNC_CONFLICTS] = { N_ ("Conflicts"),
                            N_ ("The same was changed elsewhere too. Yours stands; the other can "
                                "be had instead.") },
  [LIFT_SYNC_NOTES] = { N_ ("What Happened"), NULL },
};

G_DEFINE_FINAL_TYPE (LiftSyncGroup, lift_sync_group, ADW_TYPE_BIN)

static void
act_cb (LiftSyncGroup *self, LiftSyncAct act, GtkWidget *row)
{
  g_signal_emit (self, signals[ACT], 0, lift_sync_row_get_item (LIFT_SYNC_ROW (row)), act);
}

static void
all_clicked_cb (LiftSyncGroup *self)
{
  g_signal_emit (self, signals[ACT_ON_ALL], 0);
}

static void
more_clicked_cb (LiftSyncGroup *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  LiftSyncGroup *self = user_data;
  GtkWidget *row = lift_sync_row_new (item, self->section == LIFT_SYNC_WAITING, self->now);

  g_signal_connect_object (row, "act", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
lift_sync_group_dispose (GObject *object)
{
  LiftSyncGroup *self = LIFT_SYNC_GROUP (object);

  g_clear_object (&self->items);
  G_OBJECT_CLASS (lift_sync_group_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-sync-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSyncGroup, group);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncGroup, all_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncGroup, list);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncGroup, more_box);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncGroup, more_label);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
}

static void
lift_sync_group_class_init (LiftSyncGroupClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sync_group_dispose;
  signals[ACT] = g_signal_new ("act", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               LIFT_TYPE_SYNC_ITEM, G_TYPE_UINT);
  signals[ACT_ON_ALL] = g_signal_new ("act-on-all", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
  signals[MORE] = g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
  signals[FOCUS_LOST] = g_signal_new ("focus-lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lift_sync_group_init (LiftSyncGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (LIFT_TYPE_SYNC_ITEM);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row, self, NULL);
}

/**
 * lift_sync_group_new:
 * @section: which one
 *
 * Returns: (transfer none): a section, hidden since there is nothing in it yet
 */
GtkWidget *
lift_sync_group_new (LiftSyncSection section)
{
  LiftSyncGroup *self = g_object_new (LIFT_TYPE_SYNC_GROUP, "visible", FALSE, NULL);
  const char *title = g_dgettext (GETTEXT_PACKAGE, section_words[section].title);

  self->section = section;
  adw_preferences_group_set_title (self->group, title);
  if (section_words[section].description != NULL)
    adw_preferences_group_set_description (
      self->group, g_dgettext (GETTEXT_PACKAGE, section_words[section].description));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return GTK_WIDGET (self);
}

/* The entry that has the focus, or NULL. */
static GtkWidget *
get_focused_row (LiftSyncGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, LIFT_TYPE_SYNC_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)) ? row : NULL;
}

static GtkWidget *
find_staying (GtkWidget *row, GPtrArray *items, GtkWidget *(*step) (GtkWidget *) )
{
  while (row != NULL && !lift_sync_items_have (items, lift_sync_row_get_item (LIFT_SYNC_ROW (row))))
    row = step (row);
  return row;
}

/* Who walks through the list with keys goes on beside the entry that goes. That is done before it
 * goes: once the focus is lost, GTK chooses a place for it. */
static void
move_focus (LiftSyncGroup *self, GPtrArray *items)
{
  GtkWidget *row = get_focused_row (self);
  GtkWidget *next = row != NULL ? find_staying (row, items, gtk_widget_get_next_sibling) : NULL;

  if (row == NULL || next == row)
    return;
  if (next == NULL)
    next = find_staying (row, items, gtk_widget_get_prev_sibling);
  if (next != NULL)
    gtk_widget_grab_focus (next);
  else
    g_signal_emit (self, signals[FOCUS_LOST], 0);
}

static void
show_more (LiftSyncGroup *self, guint shown, guint total)
{
  guint rest = total > shown ? total - shown : 0;
  g_autofree char *words = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "and %'u more", "and %'u more", rest), rest);

  gtk_label_set_label (self->more_label, words);
  gtk_widget_set_visible (self->more_box, rest > 0);
}

/**
 * lift_sync_group_update:
 * @items: (element-type LiftSyncItem): what it is to show
 * @total: how many there are in all
 * @now: the present instant, in microseconds
 *
 * Shows other entries. Those that stay keep their widgets, the focus and their place on the screen.
 */
void
lift_sync_group_update (LiftSyncGroup *self, GPtrArray *items, guint total, gint64 now)
{
  self->now = now;
  move_focus (self, items);
  lift_sync_items_take_over (self->items, items);
  lift_sync_group_set_now (self, now);
  show_more (self, items->len, total);
  gtk_widget_set_visible (self->all_button, self->section == LIFT_SYNC_ATTENTION && total > 1);
  gtk_widget_set_visible (GTK_WIDGET (self), total > 0);
}

/**
 * lift_sync_group_set_now:
 * @now: the present instant, in microseconds
 *
 * Says how late it is.
 */
void
lift_sync_group_set_now (LiftSyncGroup *self, gint64 now)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    lift_sync_row_set_now (LIFT_SYNC_ROW (row), now);
}
