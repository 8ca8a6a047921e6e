/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-accounts.h"

G_BEGIN_DECLS

/**
 * LiftTransportFunc:
 * @server: address of a server, normalized
 *
 * Returns: (transfer full): the way to that server, or %NULL with an error
 */
typedef LiftTransport *(*LiftTransportFunc) (const char *server,
                                             gpointer user_data,
                                             GError **error);

#define LIFT_TYPE_SIGN_IN_PAGE (lift_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftSignInPage, lift_sign_in_page, LIFT, SIGN_IN_PAGE, AdwBin)

/**
 * LiftSignInPage:
 *
 * Server, username, password.
 * Signal `signed-in` (LiftAccount, LiftApi) once the server said yes and the person has the role
 * that belongs here; signal `left` once they would rather go back. Errors stand beside the field that caused them.
 */
GtkWidget *lift_sign_in_page_new (LiftAccounts *accounts, const char *user_type);
void lift_sign_in_page_set_transport_func (LiftSignInPage *self,
                                           LiftTransportFunc func,
                                           gpointer user_data);
void lift_sign_in_page_set_server (LiftSignInPage *self, const char *server);
void lift_sign_in_page_set_username (LiftSignInPage *self, const char *username);
void lift_sign_in_page_set_reason (LiftSignInPage *self, const char *reason);
void lift_sign_in_page_set_can_leave (LiftSignInPage *self, gboolean can_leave);

G_END_DECLS
