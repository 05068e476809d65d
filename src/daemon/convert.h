/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that a call owns: what the generated dispatch hands to public functions and to replies. */

#pragma once

#include "daemon/serve.h"

/* Room for `count` parameters, whose strings are freed with the call; NULL for none. */
virTypedParameterPtr virServeParams(virServeCall *call, int count);
/* Room for `count` strings, which are freed with the call. */
char **virServeStrings(virServeCall *call, int count);

/* A handle, which is released with the call; returns it. */
void *virServeHold(virServeCall *call, void *handle);

/* Lists that a public function made. */
void virServeOwnParams(virServeCall *call, virTypedParameterPtr params, int count);
void virServeOwnStrings(virServeCall *call, char **strings, int count);
void virServeOwnHandles(virServeCall *call, void *handles, int count);
