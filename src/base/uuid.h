/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* UUIDs as sixteen bytes and as text. */

#pragma once

#include "base/visibility.h"

#define VIR_UUID_BYTES 16
#define VIR_UUID_TEXT 37

/* Accepts 32 hex digits with dashes anywhere between them and white space around; 0 or -1. */
VIR_MODULE_API int virUUIDParse(const char *text, unsigned char *uuid);

/* Writes the dashed lower-case form with its NUL. */
VIR_MODULE_API void virUUIDFormat(const unsigned char *uuid, char *text);

/* A random (version 4) UUID; 0, or -1 with errno set when the system has no randomness. */
VIR_MODULE_API int virUUIDGenerate(unsigned char *uuid);
