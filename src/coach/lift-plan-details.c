/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-details.h"

#include <glib/gi18n-lib.h>

#include "lift-choices.h"
#include "lift-format.h"
#include "lift-text-field.h"

struct _LiftPlanDetails
{
  AdwBin parent_instance;

  GtkWidget *name_entry;
  AdwExpanderRow *expander;
  GtkMenuButton *date_button;
  GtkPopover *date_popover;
  GtkCalendar *calendar;
  AdwComboRow *kind_row;
  GtkSwitch *locked_switch;
  GtkWidget *notes_row;

  LiftDesk *desk;
  LiftPlanDocument *document;
  gboolean showing; /* what the store says, which is not an edit */
};

G_DEFINE_FINAL_TYPE (LiftPlanDetails, lift_plan_details, ADW_TYPE_BIN)

static LiftTrainingPlan *
get_plan (LiftPlanDetails *self)
{
  return self->document != NULL ? lift_plan_document_get_plan (self->document) : NULL;
}

static char *
save_name (GtkWidget *field, const char *text, gpointer user_data)
{
  LiftPlanDetails *self = user_data;
  g_autofree char *name = g_strstrip (g_strdup (text));

  if (*name == '\0')
    return g_strdup (_ ("A plan needs a name"));
  if (get_plan (self) != NULL)
    lift_desk_take_batch (
      self->desk, lift_plan_document_edit (self->document, _ ("Rename Plan"), "name", name, NULL),
      NULL);
  return NULL;
}

static char *
save_notes (GtkWidget *field, const char *text, gpointer user_data)
{
  LiftPlanDetails *self = user_data;

  if (get_plan (self) != NULL)
    lift_desk_take_batch (self->desk,
                          lift_plan_document_edit (self->document, _ ("Change Notes"), "notes",
                                                   *text != '\0' ? text : NULL, NULL),
                          NULL);
  return NULL;
}

static void
day_selected_cb (LiftPlanDetails *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  if (self->showing || get_plan (self) == NULL)
    return;
  gtk_popover_popdown (self->date_popover);
  lift_desk_take_batch (
    self->desk, lift_plan_document_edit (self->document, _ ("Move Plan"), "date", text, NULL),
    NULL);
}

static void
kind_selected_cb (LiftPlanDetails *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);

  if (self->showing || get_plan (self) == NULL)
    return;
  lift_desk_take_batch (
    self->desk,
    lift_plan_document_edit (self->document, _ ("Change Kind"), "kind",
                             selected > 0 ? lift_plan_kinds[selected - 1] : NULL, NULL),
    NULL);
}

static void
locked_toggled_cb (LiftPlanDetails *self)
{
  gboolean active = gtk_switch_get_active (self->locked_switch);

  if (self->showing || get_plan (self) == NULL)
    return;
  lift_desk_take_batch (self->desk,
                        lift_plan_document_edit (self->document,
                                                 active ? _ ("Lock Plan") : _ ("Unlock Plan"),
                                                 "is-locked", active, NULL),
                        NULL);
}

static void
lift_plan_details_dispose (GObject *object)
{
  LiftPlanDetails *self = LIFT_PLAN_DETAILS (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (lift_plan_details_parent_class)->dispose (object);
}

static void
lift_plan_details_class_init (LiftPlanDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_plan_details_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/Coach/lift-plan-details.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, name_entry);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, expander);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, date_button);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, date_popover);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, calendar);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, kind_row);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, locked_switch);
  gtk_widget_class_bind_template_child (widget_class, LiftPlanDetails, notes_row);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, locked_toggled_cb);
}

static void
lift_plan_details_init (LiftPlanDetails *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
  lift_text_field_attach (self->name_entry, save_name, self);
  lift_text_field_attach (self->notes_row, save_notes, self);
  lift_text_field_set_label (
    GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->notes_row))), _ ("Plan notes"));
}

static guint
find_kind (const char *kind)
{
  for (guint i = 0; kind != NULL && lift_plan_kinds[i] != NULL; i++)
    if (g_str_equal (lift_plan_kinds[i], kind))
      return i + 1;
  return 0;
}

static void
show_date (LiftPlanDetails *self, const char *text)
{
  int year, month, dom;
  LiftDay day;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *full = NULL;

  if (!lift_day_parse (text, &day))
    return;
  lift_day_to_date (day, &year, &month, &dom);
  date = g_date_time_new_utc (year, month, dom, 0, 0, 0);
  full = lift_format_day_full (day);
  gtk_menu_button_set_label (self->date_button, full);
  gtk_calendar_select_day (self->calendar, date);
}

static void
show_summary (LiftPlanDetails *self, LiftTrainingPlan *plan)
{
  GtkStringList *kinds = GTK_STRING_LIST (adw_combo_row_get_model (self->kind_row));
  g_autoptr (GString) text = g_string_new (gtk_menu_button_get_label (self->date_button));

  if (plan->kind != NULL)
    g_string_append_printf (text, " · %s",
                            gtk_string_list_get_string (kinds, find_kind (plan->kind)));
  if (plan->is_locked == 1)
    g_string_append_printf (text, " · %s", _ ("locked"));
  if (plan->notes != NULL)
    g_string_append_printf (text, " · %s", plan->notes);
  adw_expander_row_set_subtitle (self->expander, text->str);
}

/**
 * lift_plan_details_show:
 * @document: the plan, as the store has it now
 */
void
lift_plan_details_show (LiftPlanDetails *self, LiftDesk *desk, LiftPlanDocument *document)
{
  LiftTrainingPlan *plan = lift_plan_document_get_plan (document);

  g_set_object (&self->desk, desk);
  g_set_object (&self->document, document);
  if (plan == NULL)
    return;
  self->showing = TRUE;
  lift_text_field_show (self->name_entry, plan->name);
  lift_text_field_show (self->notes_row, plan->notes);
  show_date (self, plan->date);
  adw_combo_row_set_selected (self->kind_row, find_kind (plan->kind));
  gtk_switch_set_active (self->locked_switch, plan->is_locked == 1);
  show_summary (self, plan);
  self->showing = FALSE;
}

/**
 * lift_plan_details_leave:
 *
 * Writes what was typed and lets go of the plan.
 */
void
lift_plan_details_leave (LiftPlanDetails *self)
{
  if (self->document == NULL)
    return;
  lift_text_field_flush (self->name_entry);
  lift_text_field_flush (self->notes_row);
  g_clear_object (&self->document);
}

/**
 * lift_plan_details_focus_name:
 *
 * Puts the cursor into the name, with all of it selected.
 */
void
lift_plan_details_focus_name (LiftPlanDetails *self)
{
  gtk_widget_grab_focus (self->name_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->name_entry), 0, -1);
}
