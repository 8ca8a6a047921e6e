/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vectors.h"

static JsonObject *
load (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
run (const char *path, const char *formula, VectorFunc func)
{
  g_autoptr (JsonObject) root = load (path);
  JsonArray *vectors = json_object_get_array_member (root, formula);

  g_assert_nonnull (vectors);
  g_assert_cmpuint (json_array_get_length (vectors), >, 0);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    func (json_array_get_object_element (vectors, i));
}

void
vectors_foreach (const char *formula, VectorFunc func)
{
  g_autofree char *own = g_test_build_filename (G_TEST_DIST, "training", "vectors.json", NULL);
  const char *shared_dir = g_getenv ("LIFT_SHARED_DIR");

  run (own, formula, func);
  if (shared_dir != NULL)
    {
      g_autofree char *shared = g_build_filename (shared_dir, "vectors", "formulas.json", NULL);

      if (g_file_test (shared, G_FILE_TEST_EXISTS))
        run (shared, formula, func);
    }
}

double
vector_get (JsonObject *vector, const char *key)
{
  g_assert_true (json_object_has_member (vector, key));
  return json_object_get_double_member (vector, key);
}
