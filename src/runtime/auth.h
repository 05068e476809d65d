/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Credentials: from the file of credentials, else asked of the application. */

#pragma once

#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "runtime/uri.h"

/*
 * What the file of credentials holds as `item` ("authname", "password", ...) for a service on a
 * host: 1 with *value, 0 when it holds nothing, -1 with an error raised. The file is that of
 * LIBVIRT_AUTH_FILE, of the URI's parameter `authfile`, the user's or the system's auth.conf,
 * whichever exists first; `uri` may be NULL.
 */
VIR_MODULE_API int virAuthLookup(const virURI *uri, const char *service, const char *host,
                                 const char *item, char **value);

/*
 * The name to authenticate as, and that name's secret: from the file, else from the callback in
 * `auth`. `preset` is offered as the answer, NULL for none. NULL with an error raised.
 */
VIR_MODULE_API char *virAuthUsername(const virURI *uri, virConnectAuthPtr auth,
                                     const char *service, const char *host, const char *preset);
VIR_MODULE_API char *virAuthPassword(const virURI *uri, virConnectAuthPtr auth,
                                     const char *service, const char *host, const char *user);

/* One question to the application; NULL with an error raised when it does not answer. */
VIR_MODULE_API char *virAuthAsk(virConnectAuthPtr auth, int type, const char *prompt,
                                const char *challenge, const char *preset);

/* Whether the application said that it answers questions of a type. */
VIR_MODULE_API bool virAuthAnswers(virConnectAuthPtr auth, int type);

/* Overwrites and frees a secret. */
VIR_MODULE_API void virAuthForget(char *secret);
