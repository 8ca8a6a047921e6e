/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-athlete-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-athlete-row.h"
#include "lift-entity-list.h"
#include "lift-text.h"

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

struct _LiftAthleteList
{
  AdwBin parent_instance;

  AdwHeaderBar *header;
  GtkMenuButton *add_button;
  GtkPopover *add_popover;
  GtkEditable *name_entry;
  GtkWidget *confirm_button;
  GtkMenuButton *menu_button;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkListBox *list;

  LiftDesk *desk;
  LiftRoster *roster;
  GtkFilterListModel *shown;
  char *folded_search;
  char *selected_id;  /* who is, or is to be, chosen */
  char *announced_id; /* who was told to be chosen */
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftAthleteList, lift_athlete_list, ADW_TYPE_BIN)

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  LiftAthleteList *self = user_data;
  LiftAthlete *athlete = item;
  g_autofree char *folded = NULL;

  if (g_strcmp0 (athlete->status, "archived") == 0)
    return FALSE;
  if (self->folded_search == NULL || *self->folded_search == '\0')
    return TRUE;
  folded = lift_text_fold (athlete->display_name);
  return strstr (folded, self->folded_search) != NULL;
}

static void
show_page (LiftAthleteList *self)
{
  guint n_all = g_list_model_get_n_items (lift_roster_get_athletes (self->roster));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  if (n > 0 || !lift_roster_is_loaded (self->roster))
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, n_all > 0 ? "nobody" : "empty");
}

/* Whoever was chosen may have gone: deleted, or never added after all. */
static void
forget_lost (LiftAthleteList *self)
{
  LiftEntityList *athletes = LIFT_ENTITY_LIST (lift_roster_get_athletes (self->roster));

  if (self->announced_id == NULL || lift_entity_list_find (athletes, self->announced_id) != NULL)
    return;
  if (g_strcmp0 (self->selected_id, self->announced_id) == 0)
    g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->announced_id, g_free);
  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    g_signal_emit (self, signals[SELECTED], 0, NULL);
}

/* Who is chosen stays so, and somebody always is where there is anybody. */
static void
keep_selection (LiftAthleteList *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  GtkListBoxRow *found = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  for (GtkWidget *row = GTK_WIDGET (first); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (LIFT_ENTITY (lift_athlete_row_get_athlete (LIFT_ATHLETE_ROW (row)))->id,
                   self->selected_id) == 0)
      found = GTK_LIST_BOX_ROW (row);
  if (found == NULL && self->selected_id == NULL)
    found = first;
  if (found == NULL)
    return;
  if (!gtk_list_box_row_is_selected (found))
    gtk_list_box_select_row (self->list, found);
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (found));
}

static void
show_hints (LiftAthleteList *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    lift_athlete_row_show_hint (LIFT_ATHLETE_ROW (row), self->roster);
  show_page (self);
}

static void
items_changed_cb (LiftAthleteList *self)
{
  show_hints (self);
  forget_lost (self);
  keep_selection (self);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return lift_athlete_row_new (item);
}

static void
row_selected_cb (LiftAthleteList *self, GtkListBoxRow *row)
{
  LiftAthlete *athlete = row != NULL ? lift_athlete_row_get_athlete (LIFT_ATHLETE_ROW (row)) : NULL;

  /* A search that hides who is chosen does not take them away. */
  if (athlete == NULL || g_strcmp0 (self->announced_id, LIFT_ENTITY (athlete)->id) == 0)
    return;
  g_free (self->selected_id);
  g_free (self->announced_id);
  self->selected_id = g_strdup (LIFT_ENTITY (athlete)->id);
  self->announced_id = g_strdup (self->selected_id);
  g_signal_emit (self, signals[SELECTED], 0, athlete);
}

static void
row_activated_cb (LiftAthleteList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
search_changed_cb (LiftAthleteList *self)
{
  g_free (self->folded_search);
  self->folded_search = lift_text_fold (gtk_editable_get_text (self->search_entry));
  if (self->shown == NULL)
    return;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  show_page (self);
}

static void
search_activate_cb (LiftAthleteList *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first == NULL)
    return;
  gtk_list_box_select_row (self->list, first);
  gtk_editable_set_text (self->search_entry, "");
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static char *
dup_name (LiftAthleteList *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));
}

static void
name_changed_cb (LiftAthleteList *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->confirm_button, *name != '\0');
}

static void
add_cb (LiftAthleteList *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *done = g_strdup_printf (_ ("%s added"), name);

  if (*name == '\0')
    return;
  gtk_popover_popdown (self->add_popover);
  gtk_editable_set_text (self->name_entry, "");
  gtk_editable_set_text (self->search_entry, "");
  g_clear_pointer (&self->selected_id, g_free);
  lift_desk_take_batch (self->desk,
                        lift_roster_add_athlete (self->roster, name, &self->selected_id), done);
}

/* Rows are walked with the arrows. The list is one stop of Tab: who is chosen stays chosen when
 * somebody tabs past. */
static gboolean
lift_athlete_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LiftAthleteList *self = LIFT_ATHLETE_LIST (widget);
  gboolean is_in_list = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  if (is_in_list && gtk_widget_get_focus_child (widget) != NULL)
    {
      if (direction == GTK_DIR_TAB_FORWARD)
        return FALSE;
      if (direction == GTK_DIR_TAB_BACKWARD)
        return gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
    }
  return GTK_WIDGET_CLASS (lift_athlete_list_parent_class)->focus (widget, direction);
}

static void
lift_athlete_list_dispose (GObject *object)
{
  LiftAthleteList *self = LIFT_ATHLETE_LIST (object);

  if (self->roster != NULL)
    g_signal_handlers_disconnect_by_data (self->roster, self);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  g_clear_object (&self->roster);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->folded_search, g_free);
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->announced_id, g_free);
  G_OBJECT_CLASS (lift_athlete_list_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, header);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, add_button);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, add_popover);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, name_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, stack);
  gtk_widget_class_bind_template_child (widget_class, LiftAthleteList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
lift_athlete_list_class_init (LiftAthleteListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_athlete_list_dispose;
  widget_class->focus = lift_athlete_list_focus;
  signals[SELECTED] = g_signal_new ("selected", LIFT_TYPE_ATHLETE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, LIFT_TYPE_ATHLETE);
  signals[ACTIVATED] = g_signal_new ("activated", LIFT_TYPE_ATHLETE_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-athlete-list.ui");
  bind_template (widget_class);
}

static void
lift_athlete_list_init (LiftAthleteList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lift_athlete_list_set_desk:
 *
 * Says what it works with, once.
 */
void
lift_athlete_list_set_desk (LiftAthleteList *self, LiftDesk *desk)
{
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->roster = lift_roster_new (desk);
  self->shown = gtk_filter_list_model_new (
    g_object_ref (lift_roster_get_athletes (self->roster)),
    GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, NULL, NULL);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (self->roster, "loaded", G_CALLBACK (show_hints), self);
}

/**
 * lift_athlete_list_set_menu:
 * @menu: the main menu of the program
 */
void
lift_athlete_list_set_menu (LiftAthleteList *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

/**
 * lift_athlete_list_set_folded:
 *
 * Says whether it has the window to itself.
 */
void
lift_athlete_list_set_folded (LiftAthleteList *self, gboolean folded)
{
  adw_header_bar_set_show_end_title_buttons (self->header, folded);
}

/**
 * lift_athlete_list_select:
 * @id: an athlete
 *
 * Chooses them, as a click would; a search that hides them ends.
 */
void
lift_athlete_list_select (LiftAthleteList *self, const char *id)
{
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  gtk_editable_set_text (self->search_entry, "");
  keep_selection (self);
}

/**
 * lift_athlete_list_search:
 *
 * Puts the cursor where names are searched.
 */
void
lift_athlete_list_search (LiftAthleteList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * lift_athlete_list_ask_name:
 *
 * Asks for the name of a new athlete.
 */
void
lift_athlete_list_ask_name (LiftAthleteList *self)
{
  gtk_menu_button_popup (self->add_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}
