/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-fault.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (lift - model - error - quark, lift_model_error)

static const char *const code_names[] = {
  [LIFT_FAULT_NONE] = "NONE",
  [LIFT_FAULT_REQUIRED] = "REQUIRED",
  [LIFT_FAULT_OUT_OF_RANGE] = "OUT_OF_RANGE",
  [LIFT_FAULT_TOO_LONG] = "TOO_LONG",
  [LIFT_FAULT_BAD_FORMAT] = "BAD_FORMAT",
  [LIFT_FAULT_BAD_REFERENCE] = "BAD_REFERENCE",
  [LIFT_FAULT_PARENT_MISSING] = "PARENT_MISSING",
  [LIFT_FAULT_LOCKED] = "LOCKED",
  [LIFT_FAULT_FORBIDDEN] = "FORBIDDEN",
  [LIFT_FAULT_UNKNOWN_TYPE] = "UNKNOWN_TYPE",
  [LIFT_FAULT_DUPLICATE] = "DUPLICATE",
  [LIFT_FAULT_INTERNAL] = "INTERNAL",
  [LIFT_FAULT_UNKNOWN_FIELD] = "UNKNOWN_FIELD",
};

/**
 * lift_fault_code_to_string:
 *
 * Returns: the code as the wire writes it
 */
const char *
lift_fault_code_to_string (LiftFaultCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (code_names), "INTERNAL");

  return code_names[code];
}

/**
 * lift_fault_code_from_string:
 * @text: (nullable): a code from the wire
 *
 * Returns: the code, %LIFT_FAULT_INTERNAL for one that this version does not know
 */
LiftFaultCode
lift_fault_code_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_names); i++)
    if (g_strcmp0 (text, code_names[i]) == 0)
      return i;
  return LIFT_FAULT_INTERNAL;
}

/**
 * lift_fault_new:
 * @field: (nullable): the wire key of the field that is wrong
 * @format: the sentence for people, as for printf
 *
 * Returns: (transfer full): a fault
 */
LiftFault *
lift_fault_new (LiftFaultCode code, const char *field, const char *format, ...)
{
  LiftFault *self = g_new0 (LiftFault, 1);
  va_list args;

  self->code = code;
  self->field = g_strdup (field);
  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
  return self;
}

/**
 * lift_fault_free:
 * @fault: (nullable) (transfer full): a fault
 */
void
lift_fault_free (LiftFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->field);
  g_free (fault->message);
  g_free (fault);
}

/**
 * lift_fault_list_new:
 *
 * Returns: (transfer full) (element-type LiftFault): an empty list that owns its faults
 */
GPtrArray *
lift_fault_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lift_fault_free);
}

/**
 * lift_fault_list_to_error:
 * @faults: (element-type LiftFault): at least one
 * @what: the entity type that they are about
 *
 * Sets @error of %LIFT_MODEL_ERROR, coded as the first fault; the message names every field.
 */
void
lift_fault_list_to_error (GPtrArray *faults, const char *what, GError **error)
{
  g_autoptr (GString) text = g_string_new (what);

  g_return_if_fail (faults->len > 0);

  for (guint i = 0; i < faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (faults, i);

      g_string_append (text, i == 0 ? ": " : "; ");
      if (fault->field != NULL)
        g_string_append_printf (text, "%s: ", fault->field);
      g_string_append (text, fault->message);
    }
  g_set_error_literal (error, LIFT_MODEL_ERROR, ((LiftFault *) g_ptr_array_index (faults, 0))->code,
                       text->str);
}
