/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that join, leave and change: in the running guest, for its next start, or both. */

#pragma once

#include "conf/domain.h"
#include "conf/domain_sides.h"

G_BEGIN_DECLS

typedef enum {
    VIR_CONF_CHANGE_FAILED, /* an error is raised, and nothing changed */
    VIR_CONF_CHANGE_DONE,
    VIR_CONF_CHANGE_ASKED, /* the guest was asked; its document changes when it answers */
} virConfChangeResult;

/* What a driver does so that a running guest follows a change of its document. Each may be left out:
 * then there is nothing to do. While one runs, the driver may let others see the domain: the document
 * of the guest may then be another than before. */
typedef struct {
    const virConfDomainDriver *driver;
    /* The device joins; `document` is how the guest will be. Controllers that it needs come first. */
    virConfChangeResult (*plug)(void *guest, const virDocDomain *document,
                                const virConfDomainDevice *device);
    virConfChangeResult (*unplug)(void *guest, const virConfDomainDevice *device);
    virConfChangeResult (*change)(void *guest, const virConfDomainDevice *now,
                                  const virConfDomainDevice *then);
    /* Makes the definition of the next start last; false with an error raised. */
    bool (*keep)(void *guest, virDocDomain *config);
} virConfDeviceHooks;

/* What became of the running guest, for events. */
typedef struct {
    char *alias; /* of the device that joined, left or changed; NULL: the guest is as before */
    bool asked;  /* VIR_CONF_CHANGE_ASKED */
    bool medium; /* another medium lies in a drive now */
} virConfDeviceOutcome;

void virConfDeviceOutcomeClear(virConfDeviceOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(virConfDeviceOutcome, virConfDeviceOutcomeClear)

/* The flags are those of virDomainModificationImpact. 0, or -1 with an error raised. */
int virConfDeviceAttach(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                        void *guest, const char *xml, unsigned int flags,
                        virConfDeviceOutcome *outcome);
int virConfDeviceDetach(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                        void *guest, const char *xml, unsigned int flags,
                        virConfDeviceOutcome *outcome);
int virConfDeviceDetachAlias(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                             void *guest, const char *alias, unsigned int flags,
                             virConfDeviceOutcome *outcome);
int virConfDeviceUpdate(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                        void *guest, const char *xml, unsigned int flags,
                        virConfDeviceOutcome *outcome);

/* Whether a change puts another medium into a drive. */
bool virConfDomainChangesMedium(const virConfDomainDevice *now, const virConfDomainDevice *then);

/* Takes the device with a name out of a document, when its guest says that it is gone; false when
 * there is none. */
bool virConfDeviceGone(virDocDomain *document, const char *alias);

G_END_DECLS
