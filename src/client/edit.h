/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets a person change a document in an editor. */

#pragma once

#include "client/shell.h"

/* Stores the edited text; `opaque` is the caller's. Returns false when the library refused it. */
typedef bool (*virshEditStore)(virshControl *ctl, const char *text, void *opaque);

typedef enum {
    VIRSH_EDIT_FAILED,
    VIRSH_EDIT_UNCHANGED,
    VIRSH_EDIT_STORED,
} virshEditResult;

/* Opens `text` in the editor until `store` takes the result or the person gives up. */
virshEditResult virshEdit(virshControl *ctl, const char *text, virshEditStore store,
                          void *opaque);

/* The same with a way to store what a schema does not allow. */
typedef struct {
    virshEditStore store;
    void (*relax)(void *opaque); /* from now on without validation; NULL: there is none */
    void *opaque;
} virshEditor;

virshEditResult virshEditWith(virshControl *ctl, const char *text, const virshEditor *editor);
