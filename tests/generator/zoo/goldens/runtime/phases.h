/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Entry points of what exists on the wire only. */

#pragma once

#include <libvirt/libvirt.h>

#include "base/visibility.h"

VIR_MODULE_API int virAnimalTransportBegin(virAnimalPtr animal,
                                           const unsigned char *papers_in,
                                           int papersinlen,
                                           unsigned char **papers_out,
                                           int *papersoutlen,
                                           char **address);
