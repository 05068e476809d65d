/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The formats that every format test goes through. */

#pragma once

#include "document/capabilities.h"
#include "document/cpu.h"
#include "document/describe.h"
#include "document/domain.h"
#include "document/domainbackup.h"
#include "document/domaincapabilities.h"
#include "document/domaincheckpoint.h"
#include "document/domainsnapshot.h"
#include "document/domainstatus.h"
#include "document/interface.h"
#include "document/network.h"
#include "document/networkport.h"
#include "document/node.h"
#include "document/nodedev.h"
#include "document/nwfilter.h"
#include "document/nwfilterbinding.h"
#include "document/savecookie.h"
#include "document/saveimage.h"
#include "document/secret.h"
#include "document/storagepool.h"
#include "document/storagepoolcapabilities.h"
#include "document/storagepoolsources.h"
#include "document/storagevol.h"
#include "document/sysinfo.h"

typedef struct {
    const char *name;
    const virDocRecord *record;
} Format;

/* Heads of files. */
static const Format heads[] G_GNUC_UNUSED = {
    {"saveimage", &virDocSaveImageHeadRecord},
};

static const Format formats[] = {
    {"domain", &virDocDomainRecord},
    {"domainsnapshot", &virDocDomainSnapshotRecord},
    {"domainbackup", &virDocDomainBackupRecord},
    {"domaincheckpoint", &virDocDomainCheckpointRecord},
    {"domainstatus", &virDocDomainStatusRecord},
    {"savecookie", &virDocSaveCookieRecord},
    {"network", &virDocNetworkRecord},
    {"interface", &virDocInterfaceRecord},
    {"networkport", &virDocNetworkPortRecord},
    {"cpu", &virDocCpuRecord},
    {"sysinfo", &virDocSysinfoRecord},
    {"capabilities", &virDocCapabilitiesRecord},
    {"node", &virDocNodeRecord},
    {"nodedev", &virDocNodeDeviceRecord},
    {"nwfilter", &virDocNwFilterRecord},
    {"nwfilterbinding", &virDocNwFilterBindingRecord},
    {"secret", &virDocSecretRecord},
    {"storagepool", &virDocStoragePoolRecord},
    {"storagevol", &virDocStorageVolRecord},
    {"storagepoolcapabilities", &virDocStoragePoolCapabilitiesRecord},
    {"storagepoolsources", &virDocStoragePoolSourcesRecord},
    {"domaincapabilities", &virDocDomainCapabilitiesRecord},
};
