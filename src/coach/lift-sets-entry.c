/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sets-entry.h"

#include <glib/gi18n-lib.h>

#include "lift-plan-sets.h"

struct _LiftSetsEntry
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkLabel *preview;
  LiftDesk *desk;
  LiftPlanLine *line;
  char *shown;
};

enum
{
  ENTERED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftSetsEntry, lift_sets_entry, GTK_TYPE_BOX)

static gboolean
is_edited (LiftSetsEntry *self)
{
  return g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->shown) != 0;
}

static LiftQuickEntry *
read_entry (LiftSetsEntry *self, LiftTextSpan *span, GError **error)
{
  g_autoptr (LiftQuickEntry)
    typed = lift_quick_entry_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                    lift_desk_get_unit (self->desk), span, error);

  if (typed == NULL)
    return NULL;
  *span = (LiftTextSpan){ 0, G_MAXINT };
  return lift_plan_sets_resolve (lift_plan_line_get_sets (self->line), typed, error);
}

static void
underline (LiftSetsEntry *self, const LiftTextSpan *span)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (span != NULL)
    {
      PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

      line->start_index = span->start;
      line->end_index = MAX (span->end, span->start + 1);
      pango_attr_list_insert (attributes, line);
    }
  gtk_entry_set_attributes (self->entry, attributes);
}

static void
show_preview (LiftSetsEntry *self, const char *text, gboolean is_fault)
{
  GtkWidget *preview = GTK_WIDGET (self->preview);

  gtk_label_set_text (self->preview, text);
  gtk_widget_set_visible (preview, *text != '\0');
  gtk_widget_remove_css_class (preview, is_fault ? "dim-label" : "error");
  gtk_widget_add_css_class (preview, is_fault ? "error" : "dim-label");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
    is_fault ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (LiftSetsEntry *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftQuickEntry) entry = NULL;
  LiftTextSpan span = { 0, 0 };
  g_autofree char *words = NULL;

  if (self->line == NULL)
    return;
  entry = read_entry (self, &span, &error);
  underline (self, entry == NULL ? &span : NULL);
  if (entry == NULL)
    show_preview (self, error->message, TRUE);
  else if (is_edited (self) && entry->groups->len == 0)
    show_preview (self, _ ("Enter removes all sets"), FALSE);
  else
    {
      words = lift_quick_entry_describe (entry);
      show_preview (self, words, FALSE);
    }
}

/* What was typed is shown in its canonical form from now on. */
static void
accept (LiftSetsEntry *self, LiftQuickEntry *entry, guint signal)
{
  g_free (self->shown);
  self->shown = lift_quick_entry_print (entry, lift_desk_get_unit (self->desk));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown);
  g_signal_emit (self, signals[signal], 0, entry);
}

static void
activate_cb (LiftSetsEntry *self)
{
  LiftTextSpan span;
  g_autoptr (LiftQuickEntry) entry = read_entry (self, &span, NULL);

  if (entry == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (!is_edited (self))
    {
      g_signal_emit (self, signals[ENTERED], 0, NULL);
      return;
    }
  accept (self, entry, ENTERED);
}

/* What was typed in full and is left is meant; half of it is not. */
static void
leave_cb (LiftSetsEntry *self)
{
  LiftTextSpan span;
  g_autoptr (LiftQuickEntry) entry = NULL;

  if (self->line == NULL || !is_edited (self))
    return;
  entry = read_entry (self, &span, NULL);
  if (entry == NULL || entry->groups->len == 0)
    return;
  accept (self, entry, LEFT);
}

static gboolean
key_pressed_cb (LiftSetsEntry *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape || !is_edited (self))
    return GDK_EVENT_PROPAGATE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return GDK_EVENT_STOP;
}

static gboolean
lift_sets_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIFT_SETS_ENTRY (widget)->entry));
}

static void
lift_sets_entry_dispose (GObject *object)
{
  LiftSetsEntry *self = LIFT_SETS_ENTRY (object);

  g_clear_object (&self->line);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (lift_sets_entry_parent_class)->dispose (object);
}

static void
lift_sets_entry_class_init (LiftSetsEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sets_entry_dispose;
  widget_class->grab_focus = lift_sets_entry_grab_focus;
  signals[ENTERED] = g_signal_new ("entered", LIFT_TYPE_SETS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LEFT] = g_signal_new ("left", LIFT_TYPE_SETS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
add_controllers (LiftSetsEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

static void
lift_sets_entry_init (LiftSetsEntry *self)
{
  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->preview = GTK_LABEL (gtk_label_new (NULL));
  self->shown = g_strdup ("");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_entry_set_placeholder_text (self->entry, _ ("Sets: w 2x5 60, 3x5 100 @8"));
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "numeric");
  gtk_label_set_xalign (self->preview, 0);
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->preview), 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->preview), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->preview), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->preview));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->preview, NULL, -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "unmap", G_CALLBACK (leave_cb), self);
  add_controllers (self);
}

/**
 * lift_sets_entry_new:
 *
 * Returns: (transfer none): an entry for no exercise yet
 */
GtkWidget *
lift_sets_entry_new (void)
{
  return g_object_new (LIFT_TYPE_SETS_ENTRY, NULL);
}

/**
 * lift_sets_entry_show_line:
 * @line: the exercise as the store has it now
 *
 * Shows its sets, unless somebody is typing other ones just now.
 */
void
lift_sets_entry_show_line (LiftSetsEntry *self, LiftDesk *desk, LiftPlanLine *line)
{
  g_autofree char *text = lift_plan_sets_print (lift_plan_line_get_sets (line),
                                                lift_desk_get_unit (desk));
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  gboolean edited = is_edited (self) && self->line != NULL;

  g_set_object (&self->desk, desk);
  g_set_object (&self->line, line);
  g_object_get (line, "title", &title, NULL);
  /* Translators: name of the entry in which the sets of an exercise are typed. */
  label = g_strdup_printf (_ ("Sets of %s"), title != NULL ? title : _ ("exercise"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  if (!edited && is_edited (self))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown);
  else
    changed_cb (self);
}
