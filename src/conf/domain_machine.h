/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What kind of machine a document describes. */

#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "document/domain.h"

static inline bool
virConfDomainMachineBegins(const virDocDomain *domain, const char *prefix)
{
    const char *machine = domain->os && domain->os->type ? domain->os->type->machine : NULL;

    return machine && g_str_has_prefix(machine, prefix);
}

/* IBM's: POWER with its virtual bus, and mainframes with their channels. */
static inline bool
virConfDomainIsPseries(const virDocDomain *domain)
{
    return virConfDomainMachineBegins(domain, "pseries");
}

static inline bool
virConfDomainIsS390(const virDocDomain *domain)
{
    return virConfDomainMachineBegins(domain, "s390-ccw");
}

/* The two families of PC machines differ in their buses. */
static inline bool
virConfDomainIsQ35(const virDocDomain *domain)
{
    const char *machine = domain->os && domain->os->type ? domain->os->type->machine : NULL;

    return machine && (g_str_has_prefix(machine, "pc-q35") || !strcmp(machine, "q35"));
}

static inline bool
virConfDomainIsPC(const virDocDomain *domain)
{
    const char *machine = domain->os && domain->os->type ? domain->os->type->machine : NULL;

    return machine && !virConfDomainIsQ35(domain) &&
           (g_str_has_prefix(machine, "pc") || !strcmp(machine, "isapc"));
}
