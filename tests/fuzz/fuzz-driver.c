/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define SLOWER 4
#else
#define SLOWER 1
#endif

/*
 * Runs a target without libFuzzer: each input that is kept, then mutations of them that are the
 * same each time, for a second or so.
 *
 * Usage: fuzz-NAME FOLDER... [FILE...]
 *
 * LIFT_FUZZ_ROUNDS sets how many mutations; without it the target has a second for them, up to
 * ROUNDS of them.
 */

#define ROUNDS 3000
#define SECOND G_USEC_PER_SEC
#define MAX_SIZE (64 * 1024)

/* Only targets whose input is JSON have one of their own. */
#pragma weak LLVMFuzzerCustomMutator

static GRand *mutator_rand;

typedef struct
{
  GPtrArray *names;
  GPtrArray *inputs;
} Corpus;

size_t
LLVMFuzzerMutate (uint8_t *data, size_t size, size_t max_size)
{
  for (int n = g_rand_int_range (mutator_rand, 1, 5); n > 0; n--)
    {
      gsize at = g_rand_int_range (mutator_rand, 0, MAX (size, 1));
      gsize wanted = g_rand_int_range (mutator_rand, 1, 9);
      gsize count = MIN (wanted, size - MIN (at, size));

      switch (g_rand_int_range (mutator_rand, 0, 3))
        {
        case 0:
          if (size > 0)
            data[at] = g_rand_int_range (mutator_rand, 0, 256);
          break;
        case 1:
          memmove (data + at, data + at + count, size - at - count);
          size -= count;
          break;
        default:
          if (size + count > max_size)
            break;
          memmove (data + at + count, data + at, size - at);
          size += count;
          break;
        }
    }
  return size;
}

static void
load_file (Corpus *corpus, const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_ptr_array_add (corpus->names, g_path_get_basename (path));
  g_ptr_array_add (corpus->inputs, g_bytes_new_take (text, length));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names: a folder has none of its own, and the mutations follow it. */
static void
load_folder (Corpus *corpus, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  for (guint i = 0; i < paths->len; i++)
    load_file (corpus, g_ptr_array_index (paths, i));
}

/* In memory of its exact size, so that the sanitizers see a read behind the end. */
static void
run_input (const uint8_t *data, gsize size)
{
  g_autofree uint8_t *copy = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
}

static void
test_kept (gconstpointer data)
{
  const Corpus *corpus = data;

  for (guint i = 0; i < corpus->inputs->len; i++)
    {
      gsize size;
      const uint8_t *bytes = g_bytes_get_data (g_ptr_array_index (corpus->inputs, i), &size);

      g_test_message ("%s", (const char *) g_ptr_array_index (corpus->names, i));
      run_input (bytes, size);
    }
  g_assert_cmpuint (corpus->inputs->len, >, 0);
}

static gsize
mutate (uint8_t *buffer, gsize size)
{
  if (LLVMFuzzerCustomMutator != NULL)
    return LLVMFuzzerCustomMutator (buffer, size, MAX_SIZE, g_rand_int (mutator_rand));
  return LLVMFuzzerMutate (buffer, size, MAX_SIZE);
}

static void
test_mutations (gconstpointer data)
{
  const Corpus *corpus = data;
  const char *wanted = g_getenv ("LIFT_FUZZ_ROUNDS");
  guint rounds = wanted != NULL ? (guint) atoi (wanted) : ROUNDS / SLOWER;
  gint64 end = g_get_monotonic_time () + (wanted != NULL ? G_MAXINT64 / 2 : (gint64) SECOND);
  g_autofree uint8_t *buffer = g_malloc (MAX_SIZE);
  guint done;

  mutator_rand = g_rand_new_with_seed (1);
  for (done = 0; done < rounds && g_get_monotonic_time () < end; done++)
    {
      guint which = g_rand_int_range (mutator_rand, 0, corpus->inputs->len);
      gsize size;
      const uint8_t *bytes = g_bytes_get_data (g_ptr_array_index (corpus->inputs, which), &size);

      size = MIN (size, MAX_SIZE);
      if (size > 0)
        memcpy (buffer, bytes, size);
      for (int n = g_rand_int_range (mutator_rand, 1, 4); n > 0; n--)
        size = mutate (buffer, size);
      run_input (buffer, size);
    }
  g_test_message ("%u mutations", done);
  g_clear_pointer (&mutator_rand, g_rand_free);
}

int
main (int argc, char **argv)
{
  Corpus corpus = { g_ptr_array_new_with_free_func (g_free),
                    g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };
  int result;

  g_test_init (&argc, &argv, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      load_folder (&corpus, argv[i]);
    else if (g_file_test (argv[i], G_FILE_TEST_EXISTS))
      load_file (&corpus, argv[i]);
  g_test_add_data_func ("/fuzz/kept", &corpus, test_kept);
  g_test_add_data_func ("/fuzz/mutations", &corpus, test_mutations);
  result = g_test_run ();
  g_ptr_array_unref (corpus.names);
  g_ptr_array_unref (corpus.inputs);
  return result;
}
