/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions of the libraries beside the main one, loaded by the first command that needs them. */

#pragma once

#include "client/shell.h"

/* A public function of libvirt-qemu or libvirt-lxc; NULL after reporting that it is not there. */
void *virshExtraFunction(virshControl *ctl, const char *library, const char *name);

/* Declares a pointer to a function by its prototype and looks it up. */
#define VIRSH_EXTRA(ctl, library, function) \
    __typeof__(function) *call = (__typeof__(function) *)virshExtraFunction(ctl, library, #function)
