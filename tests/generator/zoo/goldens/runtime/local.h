/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What the runtime itself implements behind the entry points. */

#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/virterror.h>

#include "base/visibility.h"

VIR_MODULE_API int localInitialize(void);
VIR_MODULE_API int localGetLastErrorCode(void);
VIR_MODULE_API virConnectPtr localConnectOpenAuth(const char *name,
                                                  virConnectAuthPtr auth,
                                                  unsigned int flags);
VIR_MODULE_API int localConnectClose(virConnectPtr conn);
VIR_MODULE_API int localTypedParamsGetString(virTypedParameterPtr params,
                                             int nparams,
                                             const char *name,
                                             const char **value);
VIR_MODULE_API int localTypedParamsAddInt(virTypedParameterPtr *params,
                                          int *nparams,
                                          int *maxparams,
                                          const char *name,
                                          int value);
VIR_MODULE_API int localStreamSend(virStreamPtr stream, const char *data, size_t nbytes);
VIR_MODULE_API void localAnimalInfoFree(virAnimalInfoPtr info);
VIR_MODULE_API void localAnimalVisitFree(virAnimalVisitPtr visit);
VIR_MODULE_API int localAnimalListGetVisits(virAnimalPtr *animals,
                                            virAnimalVisitPtr **visits,
                                            unsigned int mood);
VIR_MODULE_API int localAnimalListGetStats(virAnimalPtr *animals, unsigned int flags);
