/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Dispatch of the program remote: what is written by hand, and the table. */

#pragma once

#include "daemon/serve.h"

extern const virServeProgram virServeRemote;
extern const virServeEvent virServeRemoteEvents[];

int serveConnectOpen(virServeCall *call, const void *args, void *ret);
int serveConnectClose(virServeCall *call, const void *args, void *ret);
int serveConnectAnimalEventRegisterAny(virServeCall *call, const void *args, void *ret);
int serveConnectAnimalEventDeregisterAny(virServeCall *call, const void *args, void *ret);
int serveConnectAnimalEventRegister(virServeCall *call, const void *args, void *ret);
int serveConnectAnimalEventDeregister(virServeCall *call, const void *args, void *ret);
