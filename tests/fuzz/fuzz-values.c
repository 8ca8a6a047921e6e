/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "lift-day.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-load.h"
#include "lift-number.h"
#include "lift-registry.h"
#include "lift-text.h"
#include "lift-uuid.h"

/*
 * Single values: days, instants, UUIDs, numbers, loads, texts and every field of every type from a
 * text and from JSON. What is read is printed and read again as the same. The first two bytes
 * choose a type and a field; the rest is the text.
 */

static void
check_day (const char *text)
{
  LiftDay day, again;
  g_autofree char *printed = NULL;

  if (!lift_day_parse (text, &day))
    return;
  printed = lift_day_format (day);
  if (!lift_day_parse (printed, &again) || again != day || !g_str_has_prefix (text, printed))
    fuzz_fail ("another day", text);
}

static void
check_instant (const char *text)
{
  gint64 us, again;
  g_autofree char *printed = NULL;

  if (!lift_instant_parse (text, &us))
    return;
  printed = lift_instant_format (us);
  if (!lift_instant_parse (printed, &again) || again != us)
    fuzz_fail ("another instant", text);
}

static void
check_uuid (const char *text)
{
  g_autofree char *uuid = lift_uuid_normalize (text);
  g_autofree char *again = uuid != NULL ? lift_uuid_normalize (uuid) : NULL;

  if (uuid != NULL && (strlen (uuid) != 36 || g_strcmp0 (uuid, again) != 0))
    fuzz_fail ("another UUID", text);
}

/* Numbers are printed to 20 decimals at most, and nobody loads less than a gram. */
static gboolean
is_too_fine (const char *text)
{
  guint run = 0;

  for (const char *p = text; *p != '\0' && run <= 9; p++)
    run = g_ascii_isdigit (*p) ? run + 1 : 0;
  return run > 9;
}

static void
check_number (const char *text)
{
  const char *cursor = text;
  double value;
  g_autofree char *printed = NULL;
  double again;

  if (!lift_number_read (&cursor, &value))
    return;
  if (cursor <= text || cursor > text + strlen (text) || !isfinite (value))
    fuzz_fail ("no number", text);
  if (is_too_fine (text))
    return;
  printed = lift_number_format_exact (value);
  cursor = printed;
  if (!lift_number_read (&cursor, &again) || *cursor != '\0' || again != value)
    fuzz_fail ("another number", text);
}

static void
check_load (const char *text)
{
  g_autoptr (GError) error = NULL;
  const char *unit = NULL;
  double kg, again;
  gboolean done;
  g_autofree char *number = NULL;
  g_autofree char *printed = NULL;

  done = lift_load_parse (text, "kg", &kg, &unit, &error);
  fuzz_assert_error (!done, error);
  if (error != NULL || is_too_fine (text))
    return;
  number = lift_load_format_exact (kg, unit);
  printed = g_strconcat (number, unit, NULL);
  if (!isfinite (kg) || kg < LIFT_LOAD_MIN || kg > LIFT_LOAD_MAX ||
      !lift_load_parse (printed, "kg", &again, &unit, NULL) || again != kg)
    fuzz_fail ("another load", text);
}

static void
check_text (const char *text)
{
  g_autofree char *clean = lift_text_clean (text);
  g_autofree char *again = lift_text_clean (clean);
  g_autofree char *folded = lift_text_fold (text);

  if (clean != NULL && (g_strcmp0 (clean, again) != 0 || !g_utf8_validate (clean, -1, NULL)))
    fuzz_fail ("not clean", text);
  if (folded != NULL && !g_utf8_validate (folded, -1, NULL))
    fuzz_fail ("not folded", text);
}

static LiftEntity *
make_row (const LiftEntityInfo *info)
{
  return g_object_new (info->gtype, NULL);
}

static void
check_scan (const LiftEntityInfo *info, const LiftField *field, const char *text)
{
  g_autoptr (LiftEntity) one = make_row (info);
  g_autoptr (LiftEntity) other = make_row (info);
  g_autofree char *printed = NULL;

  if (lift_field_scan (field, one, text) != LIFT_FAULT_NONE)
    return;
  printed = lift_field_print (field, one);
  if (printed != NULL && (lift_field_scan (field, other, printed) != LIFT_FAULT_NONE ||
                          !lift_field_equal (field, one, other)))
    fuzz_fail (field->key, text);
}

/* What a row takes from JSON, it writes so that it takes it again. */
static void
check_json (const LiftEntityInfo *info, const LiftField *field, const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);
  g_autoptr (LiftEntity) one = make_row (info);
  g_autoptr (LiftEntity) other = make_row (info);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (JsonNode) written = NULL;
  LiftFault *fault;

  if (node == NULL)
    node = json_node_init_string (json_node_alloc (), text);
  if (lift_field_read_json (field, one, node) != LIFT_FAULT_NONE)
    return;
  lift_field_write_json (field, one, out);
  written = lift_json_parse (out->str, out->len, NULL);
  if (written == NULL || lift_field_read_json (field, other, written) != LIFT_FAULT_NONE ||
      !lift_field_equal (field, one, other))
    fuzz_fail (field->key, out->str);
  fault = lift_field_validate (field, one);
  g_clear_pointer (&fault, lift_fault_free);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = size > 2 ? fuzz_text (data + 2, size - 2) : g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const LiftEntityInfo *info;

  info = lift_registry_get (size > 1 ? data[0] % lift_registry_get_size () : 0);
  check_day (valid);
  check_instant (valid);
  check_uuid (valid);
  check_number (valid);
  check_load (valid);
  check_text (valid);
  check_scan (info, info->fields[size > 1 ? data[1] % info->n_fields : 0], valid);
  check_json (info, info->fields[size > 1 ? data[1] % info->n_fields : 0], valid);
  return 0;
}
