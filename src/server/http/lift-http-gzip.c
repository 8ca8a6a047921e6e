/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-gzip.h"

#include "lift-http-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define CHUNK 32768

/* Level 3 packs as fast as level 1 and smaller; 6 takes twice the time (measured). */
#define LEVEL 3

static void
set_encoding_error (GError **error)
{
  g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_ENCODING,
               _ ("The body is not the gzip data that its Content-Encoding promises"));
}

/* Runs @converter over all of @input. A second member, or anything else after the end, is refused:
 * two readers that disagree on where a body ends is how requests are smuggled. */
static GBytes *
convert (GConverter *converter, GBytes *input, gsize limit, GError **error)
{
  g_autoptr (GByteArray) output = g_byte_array_new ();
  gsize left;
  const guint8 *data = g_bytes_get_data (input, &left);
  guint8 chunk[CHUNK];
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      gsize eaten = 0;
      gsize made = 0;

      result = g_converter_convert (converter, data, left, chunk, sizeof chunk,
                                    G_CONVERTER_INPUT_AT_END, &eaten, &made, NULL);
      if (result == G_CONVERTER_ERROR)
        return set_encoding_error (error), NULL;
      if (output->len + made > limit)
        {
          g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TOO_LARGE,
                       _ ("The body unpacks to more than %" G_GSIZE_FORMAT " bytes"), limit);
          return NULL;
        }
      g_byte_array_append (output, chunk, made);
      /* Of no bytes there is no pointer either. */
      data = eaten > 0 ? data + eaten : data;
      left -= eaten;
    }
  if (left > 0)
    return set_encoding_error (error), NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}

/**
 * lift_http_gunzip:
 * @packed: one gzip member
 * @limit: how many bytes it may unpack to; never more than that and one chunk is held
 *
 * Returns: (transfer full) (nullable): the plain bytes, or %NULL with %LIFT_HTTP_ERROR_TOO_LARGE
 *   or %LIFT_HTTP_ERROR_ENCODING
 */
GBytes *
lift_http_gunzip (GBytes *packed, gsize limit, GError **error)
{
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  if (g_bytes_get_size (packed) == 0)
    return set_encoding_error (error), NULL;
  return convert (G_CONVERTER (gunzip), packed, limit, error);
}

/**
 * lift_http_gzip:
 *
 * Returns: (transfer full) (nullable): @plain as one gzip member
 */
GBytes *
lift_http_gzip (GBytes *plain)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);

  return convert (G_CONVERTER (gzip), plain, G_MAXSIZE / 2, NULL);
}

/* Reads one element, such as "gzip;q=0.5". */
static gboolean
read_coding (const char *element, char **name)
{
  g_auto (GStrv) parts = g_strsplit (element, ";", -1);
  gboolean wanted = TRUE;

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      const char *parameter = g_strstrip (parts[i]);

      if (g_ascii_strncasecmp (parameter, "q=", 2) == 0)
        wanted = g_ascii_strtod (parameter + 2, NULL) > 0;
    }
  *name = g_ascii_strdown (parts[0] != NULL ? g_strstrip (parts[0]) : "", -1);
  return wanted;
}

/**
 * lift_http_accepts_gzip:
 * @accept_encoding: (nullable): the value of the header of that name
 *
 * Returns: whether an answer may be packed
 */
gboolean
lift_http_accepts_gzip (const char *accept_encoding)
{
  g_auto (GStrv) elements = g_strsplit (accept_encoding != NULL ? accept_encoding : "", ",", -1);
  gboolean any = FALSE;

  for (guint i = 0; elements[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      gboolean wanted = read_coding (elements[i], &name);

      if (g_str_equal (name, "gzip") || g_str_equal (name, "x-gzip"))
        return wanted;
      if (g_str_equal (name, "*"))
        any = wanted;
    }
  return any;
}
