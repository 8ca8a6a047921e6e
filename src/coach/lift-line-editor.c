/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-line-editor-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lift-set-plan-row.h"
#include "lift-text-field.h"

static guint next_signal;

G_DEFINE_FINAL_TYPE (LiftLineEditor, lift_line_editor, GTK_TYPE_BOX)

static char *
save_cue (GtkWidget *field, const char *text, gpointer user_data)
{
  LiftLineEditor *self = user_data;

  lift_desk_take_batch (self->desk,
                        lift_plan_document_edit_line (self->document, self->line, _ ("Change Cue"),
                                                      "notes", *text != '\0' ? text : NULL, NULL),
                        NULL);
  return NULL;
}

static void
save_sets (LiftLineEditor *self, LiftQuickEntry *entry)
{
  lift_desk_take_batch (self->desk, lift_plan_document_set_sets (self->document, self->line, entry),
                        NULL);
}

static void
entered_cb (LiftLineEditor *self, LiftQuickEntry *entry)
{
  if (entry != NULL)
    save_sets (self, entry);
  g_signal_emit (self, next_signal, 0);
}

static void
left_cb (LiftLineEditor *self, LiftQuickEntry *entry)
{
  save_sets (self, entry);
}

static gboolean
lift_line_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIFT_LINE_EDITOR (widget)->sets_entry));
}

static void
lift_line_editor_dispose (GObject *object)
{
  LiftLineEditor *self = LIFT_LINE_EDITOR (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->document);
  g_clear_object (&self->review);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (lift_line_editor_parent_class)->dispose (object);
}

static void
lift_line_editor_class_init (LiftLineEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_line_editor_dispose;
  widget_class->grab_focus = lift_line_editor_grab_focus;
  next_signal = g_signal_new ("next", LIFT_TYPE_LINE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
  g_type_ensure (LIFT_TYPE_SETS_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-line-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, title_box);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, handle);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, variants_button);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, variants_label);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, sets_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, cue_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, sets_box);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, note_label);
  gtk_widget_class_bind_template_child (widget_class, LiftLineEditor, add_set_button);
  lift_line_editor_install_actions (widget_class);
}

static void
lift_line_editor_init (LiftLineEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lift_text_field_attach (self->cue_entry, save_cue, self);
  g_signal_connect_swapped (self->sets_entry, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->sets_entry, "left", G_CALLBACK (left_cb), self);
  lift_line_editor_add_dnd (self);
}

/**
 * lift_line_editor_new:
 *
 * Returns: (transfer none): the editor of one exercise
 */
GtkWidget *
lift_line_editor_new (LiftDesk *desk,
                      LiftPlanDocument *document,
                      LiftPlanReview *review,
                      LiftPlanLine *line)
{
  LiftLineEditor *self = g_object_new (LIFT_TYPE_LINE_EDITOR, NULL);

  self->desk = g_object_ref (desk);
  self->document = g_object_ref (document);
  self->review = g_object_ref (review);
  self->line = g_object_ref (line);
  lift_line_editor_refresh (self);
  return GTK_WIDGET (self);
}

/**
 * lift_line_editor_get_line:
 *
 * Returns: (transfer none): its exercise
 */
LiftPlanLine *
lift_line_editor_get_line (LiftLineEditor *self)
{
  return self->line;
}

static void
name_part (GtkWidget *widget, char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
}

static void
show_title (LiftLineEditor *self)
{
  g_autofree char *title = NULL;
  g_autofree char *variants = NULL;
  const char *name;

  g_object_get (self->line, "title", &title, "variants-text", &variants, NULL);
  name = title != NULL ? title : _ ("Unknown exercise");
  gtk_label_set_text (self->title_label, name);
  gtk_label_set_text (self->variants_label, *variants != '\0' ? variants : _ ("+ variant"));
  if (*variants != '\0')
    gtk_widget_remove_css_class (self->variants_button, "dim-label");
  else
    gtk_widget_add_css_class (self->variants_button, "dim-label");
  name_part (self->variants_button, *variants != '\0'
                                      ? g_strdup_printf (_ ("Variants of %s: %s"), name, variants)
                                      : g_strdup_printf (_ ("Variants of %s"), name));
  name_part (self->cue_entry, g_strdup_printf (_ ("Cue for %s"), name));
  name_part (self->add_set_button, g_strdup_printf (_ ("Add set to %s"), name));
  name_part (self->menu_button, g_strdup_printf (_ ("Menu of %s"), name));
  name_part (GTK_WIDGET (self), g_strdup (name));
}

/* Rows are kept by their place, so that the one with the focus keeps it. */
static void
show_sets (LiftLineEditor *self)
{
  GListModel *sets = lift_plan_line_get_sets (self->line);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->sets_box));

  for (guint i = 0; i < g_list_model_get_n_items (sets); i++)
    {
      g_autoptr (LiftSetPlan) set = g_list_model_get_item (sets, i);

      if (row == NULL)
        {
          row = lift_set_plan_row_new (self->desk, self->document, self->line);
          gtk_box_append (self->sets_box, row);
        }
      lift_set_plan_row_set_narrow (LIFT_SET_PLAN_ROW (row), self->narrow);
      lift_set_plan_row_show (LIFT_SET_PLAN_ROW (row), set, self->review);
      row = gtk_widget_get_next_sibling (row);
    }
  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      gtk_box_remove (self->sets_box, row);
      row = next;
    }
}

/**
 * lift_line_editor_refresh:
 *
 * Shows what the store says now.
 */
void
lift_line_editor_refresh (LiftLineEditor *self)
{
  g_autofree char *note = lift_plan_review_dup_line_note (
    self->review, lift_plan_line_get_id (self->line), lift_desk_get_unit (self->desk));
  g_autofree char *cue = NULL;

  g_object_get (self->line, "cue", &cue, NULL);
  show_title (self);
  lift_sets_entry_show_line (self->sets_entry, self->desk, self->line);
  lift_text_field_show (self->cue_entry, cue);
  show_sets (self);
  gtk_label_set_text (self->note_label, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), *note != '\0');
  lift_line_editor_update_actions (self);
}

/**
 * lift_line_editor_set_narrow:
 *
 * Says whether there is room for everything of a set in one line.
 */
void
lift_line_editor_set_narrow (LiftLineEditor *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  show_sets (self);
}
