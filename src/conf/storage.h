/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of pools and volumes mean beyond their grammar. */

#pragma once

#include "document/parse.h"
#include "document/storagepool.h"
#include "document/storagevol.h"

/* For virDocParseOptions.checks, by format. */
#define VIR_CONF_STORAGE_POOL_CHECKS 2
extern const virDocCheckEntry virConfStoragePoolChecks[VIR_CONF_STORAGE_POOL_CHECKS];
#define VIR_CONF_STORAGE_VOL_CHECKS 1
extern const virDocCheckEntry virConfStorageVolChecks[VIR_CONF_STORAGE_VOL_CHECKS];

/* Fills in what a volume takes from its pool; 0, or -1 with an error raised when they do not fit. */
int virConfStorageVolFit(virDocStorageVol *volume, const virDocStoragePool *pool);

/* Whether two pools would hold the same storage. */
bool virConfStoragePoolSameSource(const virDocStoragePool *one, const virDocStoragePool *other);
