/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-set-plan-row.h"

#include <glib/gi18n-lib.h>

#include "lift-choices.h"
#include "lift-format.h"
#include "lift-set-target.h"
#include "lift-text-field.h"

#define DONE_CHARS 30

struct _LiftSetPlanRow
{
  GtkBox parent_instance;

  GtkMenuButton *kind_button;
  GtkLabel *kind_label;
  GtkWidget *reps_entry;
  GtkWidget *load_entry;
  GtkWidget *effort_entry;
  GtkWidget *notes_entry;
  GtkLabel *done_label;
  GtkWidget *remove_button;
  GtkBox *wide_box;
  GtkBox *tail_box;
  GtkBox *narrow_box;

  LiftDesk *desk;
  LiftPlanDocument *document;
  LiftPlanLine *line;
  LiftSetPlan *set;
};

G_DEFINE_FINAL_TYPE (LiftSetPlanRow, lift_set_plan_row, GTK_TYPE_BOX)

static void
commit (LiftSetPlanRow *self, LiftSetPlan *changed)
{
  lift_desk_take_batch (self->desk,
                        lift_plan_document_edit_set (self->document, self->set, changed), NULL);
}

static char *
save_target (LiftSetPlanRow *self, LiftSetTarget target, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSetPlan) changed = LIFT_SET_PLAN (lift_entity_copy (LIFT_ENTITY (self->set)));

  if (!lift_set_target_edit (changed, target, text, lift_desk_get_unit (self->desk), &error))
    return g_strdup (error->message);
  commit (self, changed);
  return NULL;
}

static char *
save_reps (GtkWidget *field, const char *text, gpointer user_data)
{
  return save_target (user_data, LIFT_SET_TARGET_REPS, text);
}

static char *
save_load (GtkWidget *field, const char *text, gpointer user_data)
{
  return save_target (user_data, LIFT_SET_TARGET_LOAD, text);
}

static char *
save_effort (GtkWidget *field, const char *text, gpointer user_data)
{
  return save_target (user_data, LIFT_SET_TARGET_EFFORT, text);
}

static char *
save_notes (GtkWidget *field, const char *text, gpointer user_data)
{
  LiftSetPlanRow *self = user_data;
  g_autoptr (LiftSetPlan) changed = LIFT_SET_PLAN (lift_entity_copy (LIFT_ENTITY (self->set)));

  lift_entity_set (LIFT_ENTITY (changed), "notes", *text != '\0' ? text : NULL, NULL);
  commit (self, changed);
  return NULL;
}

static void
remove_cb (LiftSetPlanRow *self)
{
  lift_desk_take_batch (self->desk,
                        lift_plan_document_remove_set (self->document, self->line, self->set),
                        _ ("Set removed"));
}

static void
set_kind_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LiftSetPlanRow *self = LIFT_SET_PLAN_ROW (widget);
  g_autoptr (LiftSetPlan) changed = LIFT_SET_PLAN (lift_entity_copy (LIFT_ENTITY (self->set)));

  lift_entity_set (LIFT_ENTITY (changed), "kind", g_variant_get_string (parameter, NULL), NULL);
  commit (self, changed);
}

/* Made when it is opened: there are many sets and few whose kind is changed. */
static void
create_kind_popover (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; lift_set_kinds[i] != NULL; i++)
    {
      g_autofree char *action = g_strdup_printf ("set.kind::%s", lift_set_kinds[i]);

      g_menu_append (menu, lift_format_set_kind (lift_set_kinds[i]), action);
    }
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static void
lift_set_plan_row_dispose (GObject *object)
{
  LiftSetPlanRow *self = LIFT_SET_PLAN_ROW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->document);
  g_clear_object (&self->line);
  g_clear_object (&self->set);
  G_OBJECT_CLASS (lift_set_plan_row_parent_class)->dispose (object);
}

static void
lift_set_plan_row_class_init (LiftSetPlanRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_set_plan_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-set-plan-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, kind_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, kind_label);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, reps_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, load_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, effort_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, notes_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, done_label);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, wide_box);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, tail_box);
  gtk_widget_class_bind_template_child (widget_class, LiftSetPlanRow, narrow_box);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_install_action (widget_class, "set.kind", "s", set_kind_cb);
}

static void
lift_set_plan_row_init (LiftSetPlanRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lift_text_field_attach (self->reps_entry, save_reps, self);
  lift_text_field_attach (self->load_entry, save_load, self);
  lift_text_field_attach (self->effort_entry, save_effort, self);
  lift_text_field_attach (self->notes_entry, save_notes, self);
  gtk_menu_button_set_create_popup_func (self->kind_button, create_kind_popover, NULL, NULL);
}

/**
 * lift_set_plan_row_new:
 *
 * Returns: (transfer none): a row that shows nothing yet
 */
GtkWidget *
lift_set_plan_row_new (LiftDesk *desk, LiftPlanDocument *document, LiftPlanLine *line)
{
  LiftSetPlanRow *self = g_object_new (LIFT_TYPE_SET_PLAN_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->document = g_object_ref (document);
  self->line = g_object_ref (line);
  return GTK_WIDGET (self);
}

static void
name_field (GtkWidget *field, char *label)
{
  lift_text_field_set_label (field, label);
  g_free (label);
}

static void
name_fields (LiftSetPlanRow *self)
{
  g_autofree char *title = NULL;
  const char *of;
  int n = (int) self->set->set_number;

  g_object_get (self->line, "title", &title, NULL);
  of = title != NULL ? title : _ ("exercise");
  /* Translators: names of the fields of a set for screen readers: "Reps of set 2 of Back Squat". */
  name_field (self->reps_entry, g_strdup_printf (_ ("Reps of set %d of %s"), n, of));
  name_field (self->load_entry, g_strdup_printf (_ ("Load of set %d of %s"), n, of));
  name_field (self->effort_entry, g_strdup_printf (_ ("RPE of set %d of %s"), n, of));
  name_field (self->notes_entry, g_strdup_printf (_ ("Note on set %d of %s"), n, of));
  name_field (self->remove_button, g_strdup_printf (_ ("Remove set %d of %s"), n, of));
  name_field (GTK_WIDGET (self->kind_button), g_strdup_printf (_ ("Kind of set %d of %s"), n, of));
}

static void
show_target (LiftSetPlanRow *self, GtkWidget *field, LiftSetTarget target)
{
  g_autofree char *text = lift_set_target_print (self->set, target,
                                                 lift_desk_get_unit (self->desk));

  lift_text_field_show (field, text);
}

static void
show_done (LiftSetPlanRow *self, const LiftReviewSet *review)
{
  static const char *const classes[] = { "done-red", "done-yellow", "done-green", NULL };
  GtkWidget *label = GTK_WIDGET (self->done_label);
  g_autofree char *text = NULL;

  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_remove_css_class (label, classes[i]);
  gtk_widget_set_visible (label, review != NULL);
  if (review == NULL)
    return;
  text = g_strdup_printf ("%s %s%s%s", lift_compliance_get_symbol (review->compliance),
                          review->done, *review->deviation != '\0' ? " · " : "", review->deviation);
  gtk_label_set_text (self->done_label, text);
  if (review->compliance >= LIFT_COMPLIANCE_RED)
    gtk_widget_add_css_class (label, classes[review->compliance - LIFT_COMPLIANCE_RED]);
}

/* A row keeps its place while sets come and go elsewhere; what was typed is of the set that was
 * here. */
static void
leave_set (LiftSetPlanRow *self)
{
  GtkWidget *fields[] = { self->reps_entry, self->load_entry, self->effort_entry,
                          self->notes_entry };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      lift_text_field_flush (fields[i]);
      lift_text_field_give_up (fields[i]);
    }
}

/**
 * lift_set_plan_row_show:
 * @set: the set as the store has it
 * @review: what was done of the plan
 */
void
lift_set_plan_row_show (LiftSetPlanRow *self, LiftSetPlan *set, LiftPlanReview *review)
{
  if (self->set != NULL && !g_str_equal (LIFT_ENTITY (self->set)->id, LIFT_ENTITY (set)->id))
    leave_set (self);
  g_set_object (&self->set, set);
  name_fields (self);
  gtk_label_set_label (self->kind_label, lift_format_set_kind (set->kind));
  show_target (self, self->reps_entry, LIFT_SET_TARGET_REPS);
  show_target (self, self->load_entry, LIFT_SET_TARGET_LOAD);
  show_target (self, self->effort_entry, LIFT_SET_TARGET_EFFORT);
  lift_text_field_show (self->notes_entry, set->notes);
  show_done (self, lift_plan_review_find_set (review, LIFT_ENTITY (set)->id));
}

/**
 * lift_set_plan_row_set_narrow:
 *
 * Puts the note and what was done under the targets, or beside them.
 */
void
lift_set_plan_row_set_narrow (LiftSetPlanRow *self, gboolean narrow)
{
  GtkWidget *tail = GTK_WIDGET (self->tail_box);
  GtkBox *to = narrow ? self->narrow_box : self->wide_box;
  g_autoptr (GtkWidget) held = g_object_ref (tail);

  if (gtk_widget_get_parent (tail) == GTK_WIDGET (to))
    return;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (tail)), tail);
  gtk_box_append (to, tail);
  gtk_widget_set_hexpand (GTK_WIDGET (self->kind_button), narrow);
  gtk_label_set_width_chars (self->done_label, narrow ? -1 : DONE_CHARS);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->reps_entry), narrow ? 3 : 4);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->load_entry), narrow ? 5 : 6);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->effort_entry), narrow ? 3 : 4);
}
