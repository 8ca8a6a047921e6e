/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIFT_MODEL_ERROR (lift_model_error_quark ())

/**
 * LiftFaultCode:
 * @LIFT_FAULT_NONE: nothing is wrong
 * @LIFT_FAULT_REQUIRED: a value is missing
 * @LIFT_FAULT_OUT_OF_RANGE: a number outside its limits or off its step
 * @LIFT_FAULT_TOO_LONG: a text with too many characters
 * @LIFT_FAULT_BAD_FORMAT: not of the form that the field asks for
 * @LIFT_FAULT_BAD_REFERENCE: names a row that does not exist or does not fit
 * @LIFT_FAULT_PARENT_MISSING: the row that this one belongs to is not there
 * @LIFT_FAULT_LOCKED: the plan is locked by the coach
 * @LIFT_FAULT_FORBIDDEN: not for this user to write
 * @LIFT_FAULT_UNKNOWN_TYPE: no such entity type
 * @LIFT_FAULT_DUPLICATE: another row has what must be unique
 * @LIFT_FAULT_INTERNAL: nobody's fault but the program's
 * @LIFT_FAULT_UNKNOWN_FIELD: no such field (never on the wire)
 *
 * What can be wrong with a row; the codes of row errors on the wire, and of %LIFT_MODEL_ERROR.
 */
typedef enum
{
  LIFT_FAULT_NONE,
  LIFT_FAULT_REQUIRED,
  LIFT_FAULT_OUT_OF_RANGE,
  LIFT_FAULT_TOO_LONG,
  LIFT_FAULT_BAD_FORMAT,
  LIFT_FAULT_BAD_REFERENCE,
  LIFT_FAULT_PARENT_MISSING,
  LIFT_FAULT_LOCKED,
  LIFT_FAULT_FORBIDDEN,
  LIFT_FAULT_UNKNOWN_TYPE,
  LIFT_FAULT_DUPLICATE,
  LIFT_FAULT_INTERNAL,
  LIFT_FAULT_UNKNOWN_FIELD,
} LiftFaultCode;

/**
 * LiftFault:
 * @code: what is wrong
 * @field: (nullable): the wire key of the field, `targetRpe`
 * @message: a sentence for people
 *
 * One thing that is wrong with one row.
 */
typedef struct
{
  LiftFaultCode code;
  char *field;
  char *message;
} LiftFault;

GQuark lift_model_error_quark (void);
const char *lift_fault_code_to_string (LiftFaultCode code);
LiftFaultCode lift_fault_code_from_string (const char *text);

LiftFault *lift_fault_new (LiftFaultCode code, const char *field, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void lift_fault_free (LiftFault *fault);
GPtrArray *lift_fault_list_new (void);
void lift_fault_list_to_error (GPtrArray *faults, const char *what, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftFault, lift_fault_free)

G_END_DECLS
