/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-address.h"

#include "lift-http-error.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <string.h>

#define BACKLOG 512

static GSocketAddress *
fail (const char *text, GError **error)
{
  g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_ADDRESS,
               _ ("“%s” is no address to listen on. Write it as 127.0.0.1:8484, [::1]:8484, "
                  "0.0.0.0:8484 or :8484"),
               text);
  return NULL;
}

static gboolean
split (const char *text, char **host, guint16 *port)
{
  const char *colon = strrchr (text, ':');
  guint64 number;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = number;
  *host = g_strndup (text, colon - text);
  return TRUE;
}

/**
 * lift_http_address_parse:
 * @text: HOST:PORT with HOST a numeric address, one of IPv6 in brackets, "localhost", or nothing
 * @any: (out) (optional): whether HOST was left out, which means every address of both families
 *
 * Names are not looked up: a server that listens on what a name server says is a surprise.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with %LIFT_HTTP_ERROR_ADDRESS
 */
GSocketAddress *
lift_http_address_parse (const char *text, gboolean *any, GError **error)
{
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint16 port;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  if (!split (text, &host, &port))
    return fail (text, error);
  length = strlen (host);
  if (any != NULL)
    *any = length == 0;
  if (length == 0)
    address = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  else if (g_str_equal (host, "localhost"))
    address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  else if (host[0] == '[' && host[length - 1] == ']')
    {
      g_autofree char *inner = g_strndup (host + 1, length - 2);

      if (strchr (inner, ':') != NULL)
        address = g_inet_address_new_from_string (inner);
    }
  else if (strchr (host, ':') == NULL)
    address = g_inet_address_new_from_string (host);
  return address != NULL ? g_inet_socket_address_new (address, port) : fail (text, error);
}

/**
 * lift_http_address_is_loopback:
 *
 * Returns: whether @text is an address that only this computer can reach
 */
gboolean
lift_http_address_is_loopback (const char *text)
{
  g_autoptr (GSocketAddress) address = lift_http_address_parse (text, NULL, NULL);

  return address != NULL && g_inet_address_get_is_loopback (
                              g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
translate (const char *text, GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_IN_USE,
                 _ ("Another program already listens on %s. Stop it, or choose another address "
                    "with --listen"),
                 text);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_REFUSED,
                 _ ("This user may not listen on %s. Choose a port of 1024 or above with --listen"),
                 text);
  else
    g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_REFUSED,
                 _ ("Cannot listen on %s: %s. Choose an address of this computer with --listen"),
                 text, cause->message);
}

static GSocket *
listen_on (GSocketAddress *address, gboolean both, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6 &&
      !g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, !both, error))
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/* A computer may have IPv6 switched off: then ":8484" means every address of IPv4. */
static GSocket *
listen_on_any (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) six = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GInetAddress) four = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) first = g_inet_socket_address_new (six, port);
  g_autoptr (GSocketAddress) second = g_inet_socket_address_new (four, port);
  g_autoptr (GError) local_error = NULL;
  GSocket *socket = listen_on (first, TRUE, &local_error);

  if (socket != NULL)
    return socket;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return listen_on (second, FALSE, error);
}

/**
 * lift_http_address_listen:
 * @text: as for [func@http_address_parse]; port 0 lets the system choose one
 *
 * Returns: (transfer full) (nullable): a socket that listens, or %NULL with an error that names
 *   the address and what to do
 */
GSocket *
lift_http_address_listen (const char *text, GError **error)
{
  gboolean any = FALSE;
  g_autoptr (GSocketAddress) address = lift_http_address_parse (text, &any, error);
  g_autoptr (GError) local_error = NULL;
  GSocket *socket;

  if (address == NULL)
    return NULL;
  if (any)
    socket = listen_on_any (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)),
                            &local_error);
  else
    socket = listen_on (address, FALSE, &local_error);
  if (socket == NULL)
    translate (text, local_error, error);
  return socket;
}
