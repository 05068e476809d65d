/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of domains mean beyond their grammar: defaults, what must fit together, addresses. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"
#include "document/parse.h"

G_BEGIN_DECLS

/* What a driver says about documents of its domains; everything may be left out. */
typedef struct virConfDomainDriver virConfDomainDriver;
struct virConfDomainDriver {
    int errorDomain;             /* of what calls are told; 0: VIR_FROM_DOMAIN */
    const char *arch;            /* of guests that name none */
    const char *interfacePrefix; /* names for interfaces that have none, followed by a number */
    virDocDomainVideoModel video; /* model of graphics cards that name none */
    bool usb;                    /* PCs have what is on their board although nobody says so: USB, ... */
    bool multicast;              /* interfaces may have multicast addresses */
    bool nodes;                  /* where nodes are described, their memory and the modules are all */
    bool topology;               /* a processor topology must have room for all processors */
    /* Called last, when the rest is right; may fill in more, and report. */
    void (*complete)(virDocDomain *domain, virDocContext *context);
    /* Completes a document that is right, by what `opaque` knows; false with an error raised. */
    bool (*finish)(virDocDomain *domain, const virConfDomainDriver *driver);
    void *opaque;
};

/* Reads a document (flags: virDocParseFlags) and completes it; NULL with an error raised. */
virDocDomain *virConfDomainParse(const char *xml, const virConfDomainDriver *driver,
                                 unsigned int flags);

/* The same of the element that a check of a document around it is looking at, for drivers without
 * `finish`; NULL without an error raised, with what is wrong in `issues`. */
virDocDomain *virConfDomainParseInside(const virDocContext *context,
                                       const virConfDomainDriver *driver, unsigned int flags,
                                       virDocIssues *issues);

/* For virDocParseOptions.checks, when the issues are wanted; opaque is the virConfDomainDriver. */
#define VIR_CONF_DOMAIN_CHECKS 24
extern const virDocCheckEntry virConfDomainChecks[VIR_CONF_DOMAIN_CHECKS];

/* A device of any kind: an entry of one of the lists, or one of the single ones. */
typedef struct {
    const virDocMember *member;   /* in the description of a domain: its XML name and record */
    size_t index;                 /* in its list; 0 of a single one */
    void *data;
    virDocDomainDeviceInfo *info; /* NULL of kinds that have none */
} virConfDomainDevice;

/* Called for each device in the order in which they are printed; false ends the walk. */
typedef bool (*virConfDomainDeviceVisitor)(const virConfDomainDevice *device, void *opaque);
bool virConfDomainEachDevice(virDocDomain *domain, virConfDomainDeviceVisitor visitor,
                             void *opaque);

/* Whether a guest that runs by `source` can go on by `target`; else raises, naming the first thing
 * that a guest would notice. */
bool virConfDomainIsStable(const virDocDomain *source, const virDocDomain *target);

G_END_DECLS
