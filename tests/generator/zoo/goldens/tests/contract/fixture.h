/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What contract and differential tests call with. */

#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>

/* A handle of every object. */
typedef struct {
    virConnectPtr conn;
    virStreamPtr stream;
    virAnimalPtr animal;
    virCubPtr cub;
    virDenPtr den;
} ContractHandles;

/* UUIDs of objects to look up. */
typedef struct {
    unsigned char animal[VIR_UUID_BUFLEN];
} ContractUUIDs;

typedef struct {
    char animal[VIR_UUID_STRING_BUFLEN];
} ContractUUIDTexts;
