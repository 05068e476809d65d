/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors as sets of features: QEMU's models, that of the machine, and what fits what. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "qemu_emulator.h"

/* A processor. The features are a set of names as QEMU writes them. */
typedef struct {
    char *model;                /* NULL: none has a name */
    char *vendor;               /* twelve characters as processors tell it; NULL: any */
    GHashTable *features;
} qemuCpuSet;

void qemuCpuSetFree(qemuCpuSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(qemuCpuSet, qemuCpuSetFree)

/*
 * Every model of an emulator with its features (of qemuCpuSet, by name); asked once, and remembered in a
 * file. NULL with an error raised.
 */
GPtrArray *qemuCpuModels(qemuEmulators *emulators, const char *path);

/* The processor of this machine, by what the kernel tells; features that QEMU has no name for are left out. */
qemuCpuSet *qemuCpuHost(const GPtrArray *models);
/* What an emulator can give a guest of a kind at most; NULL with an error raised. */
qemuCpuSet *qemuCpuBest(const GPtrArray *models, bool kvm);

/* The model with most features that are all in a set; NULL when even the smallest has more. */
const qemuCpuSet *qemuCpuNearest(const GPtrArray *models, const qemuCpuSet *set);
/* Features of one that the other lacks, sorted. */
GPtrArray *qemuCpuMissing(const qemuCpuSet *wanted, const qemuCpuSet *there);

/* What a document describes, of a guest or of a host; NULL with an error raised. */
qemuCpuSet *qemuCpuParse(const GPtrArray *models, const char *xml);
