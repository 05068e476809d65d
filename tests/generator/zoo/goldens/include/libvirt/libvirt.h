/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml; change that, not this. */

#ifndef LIBVIRT_H
#define LIBVIRT_H

#include <libvirt/libvirt-common.h>
#include <libvirt/libvirt-animal.h>
#include <libvirt/virterror.h>

#endif /* LIBVIRT_H */
