/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What leaves the library: public functions, and what the project's own modules need. */

#pragma once

#define VIR_PUBLIC __attribute__((visibility("default")))
#define VIR_MODULE_API __attribute__((visibility("default")))
