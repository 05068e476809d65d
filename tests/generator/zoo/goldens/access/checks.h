/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* The tables of checks, and what they stand on. */

#pragma once

#include "driver/vtable.h"

/* In front of a driver's hooks: may the client, and then the hook. */
extern const virZooDriver virAccessZooChecks;

/*
 * The object that a document, a saved image or a name tells of, `self` being what the call is made on;
 * a new handle, or NULL with an error raised. `name` is not NULL where the call renames it.
 */
void *virAccessAnimalOfDocument(void *self, const char *told, const char *name);
