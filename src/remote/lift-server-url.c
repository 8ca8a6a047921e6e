/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-url.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-remote-error.h"

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost"))
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* People type a bare host name. A server on this machine speaks HTTP, any other one TLS. */
static char *
add_scheme (const char *text)
{
  g_autofree char *plain = NULL;
  g_autoptr (GUri) uri = NULL;
  gboolean local;

  if (strstr (text, "://") != NULL)
    return g_strdup (text);
  plain = g_strconcat ("http://", text, NULL);
  uri = g_uri_parse (plain, G_URI_FLAGS_ENCODED, NULL);
  local = uri != NULL && g_uri_get_host (uri) != NULL && is_loopback_host (g_uri_get_host (uri));
  return local ? g_steal_pointer (&plain) : g_strconcat ("https://", text, NULL);
}

/* GUri decodes the host, in which there may then be anything; no honest one has escapes. */
static gboolean
is_plain_text (const char *full)
{
  const char *host = strstr (full, "://") + strlen ("://");
  gsize length = strcspn (host, "/?#");

  for (const char *p = full; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || (*p == '%' && p >= host && p < host + length))
      return FALSE;
  return TRUE;
}

static gboolean
is_usable (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) &&
         g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0' &&
         strpbrk (g_uri_get_host (uri), " \"<>\\^`{|}%") == NULL &&
         g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL &&
         g_uri_get_fragment (uri) == NULL;
}

static char *
join (GUri *uri)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gboolean tls = g_str_equal (g_uri_get_scheme (uri), "https");
  int port = g_uri_get_port (uri);

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (port == (tls ? 443 : 80))
    port = -1;
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, port, path, NULL,
                     NULL);
}

/**
 * lift_server_url_normalize:
 * @text: a server's address as a person types it: `lift.example.org`, `https://example.org/lift/`
 *
 * Brings an address into the one form under which its accounts are kept: with scheme, lower-case
 * host, without a default port and closing slashes. A path is kept. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with %LIFT_REMOTE_ERROR_BAD_ADDRESS
 */
char *
lift_server_url_normalize (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *full = add_scheme (stripped);
  g_autoptr (GUri) uri = NULL;

  if (is_plain_text (full))
    uri = g_uri_parse (full, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || !is_usable (uri))
    {
      g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_ADDRESS,
                   _ ("“%s” is not a server address; write it like https://lift.example.org"),
                   stripped);
      return NULL;
    }
  return join (uri);
}

/**
 * lift_server_url_is_loopback:
 * @server: a normalised address
 *
 * Returns: whether the server is on this machine, and so is reached without a network
 */
gboolean
lift_server_url_is_loopback (const char *server)
{
  g_autofree char *host = lift_server_url_dup_host (server);

  return host != NULL && is_loopback_host (host);
}

/**
 * lift_server_url_is_plain:
 * @server: a normalised address
 *
 * Returns: whether what is sent there can be read on the way: HTTP to another machine
 */
gboolean
lift_server_url_is_plain (const char *server)
{
  return g_str_has_prefix (server, "http:") && !lift_server_url_is_loopback (server);
}

/**
 * lift_server_url_dup_host:
 * @server: a normalised address
 *
 * Returns: (transfer full) (nullable): the host's name, to name the server to people
 */
char *
lift_server_url_dup_host (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}
