/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/*
 * Object events: constructors copy what they are given, virEventStateQueue() hands the
 * result to whoever listens.
 */

#pragma once

#include <libvirt/libvirt.h>

#include "runtime/event.h"

/*
 * What tells the events of one animal from another's; to be freed.
 */
VIR_MODULE_API char *virAnimalEventKey(const unsigned char *uuid);
/*
 * It came, woke, slept or left.
 */
VIR_MODULE_API virEvent *virAnimalEventLifecycleNew(const char *name,
                                                    const unsigned char *uuid,
                                                    int id,
                                                    int event,
                                                    int detail);
/*
 * It ate.
 */
VIR_MODULE_API virEvent *virAnimalEventMealNew(const char *name,
                                               const unsigned char *uuid,
                                               int id,
                                               const char *dish,
                                               virTypedParameterPtr params,
                                               int nparams);
/*
 * Somebody looked.
 */
VIR_MODULE_API virEvent *virAnimalEventVisitNew(const char *name,
                                                const unsigned char *uuid,
                                                int id,
                                                const virAnimalVisit *visit,
                                                unsigned long long seconds);

/* The names of all events, NULL-terminated. */
VIR_MODULE_API extern const char *const virEventNames[];

/* Hooks of every driver with events="runtime". */
VIR_MODULE_API int localConnectAnimalEventRegisterAny(virConnectPtr conn,
                                                      virAnimalPtr animal,
                                                      int eventID,
                                                      virConnectAnimalEventGenericCallback cb,
                                                      void *opaque,
                                                      virFreeCallback freecb);
VIR_MODULE_API int localConnectAnimalEventRegister(virConnectPtr conn,
                                                   virConnectAnimalEventLifecycleCallback cb,
                                                   void *opaque,
                                                   virFreeCallback freecb);
VIR_MODULE_API int localConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID);
VIR_MODULE_API int localConnectAnimalEventDeregister(virConnectPtr conn,
                                                     virConnectAnimalEventLifecycleCallback cb);
