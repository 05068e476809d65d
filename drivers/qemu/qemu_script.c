/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What hook scripts are told of guests. */

#include "qemu_script.h"

#include <libvirt/virterror.h>

#include "base/log.h"
#include "document/print.h"
#include "runtime/error.h"
#include "runtime/script.h"

#define SOURCE "qemu.script"
#define KIND "qemu"

static char *
folderOf(const qemuHost *host)
{
    g_autofree char *above = g_path_get_dirname(host->folders.config);

    return g_build_filename(above, "hooks", NULL);
}

static char *
print(virDocDomain *document)
{
    return virDocPrint(&virDocDomainRecord, NULL, document, VIR_DOC_PRINT_SECURE);
}

bool
qemuScriptTell(qemuDomain *domain, virDocDomain *document, const char *operation, const char *part)
{
    g_autofree char *folder = folderOf(domain->host);
    g_autofree char *text = NULL;
    g_autofree char *name = NULL;
    virScriptCall call = { .operation = operation, .part = part };
    bool done;

    if (!virScriptExists(folder, KIND))
        return true;
    call.document = text = print(document);
    call.object = name = g_strdup(domain->name);
    g_mutex_unlock(&domain->lock);
    done = virScriptRun(folder, KIND, &call, /* output= */ NULL);
    g_mutex_lock(&domain->lock);
    return done;
}

/* An end that is told; `domain` is referred to. */
typedef struct {
    qemuDomain *domain;
    char *folder;               /* of the scripts; the host may be gone before they end */
    char *name;
    char *document;
} End;

static gpointer
tellEnd(gpointer opaque)
{
    static const char *const operations[] = { "stopped", "release" };
    End *end = opaque;

    for (size_t i = 0; i < G_N_ELEMENTS(operations); i++) {
        const virScriptCall call = {
            .object = end->name, .operation = operations[i], .part = "end",
            .document = end->document,
        };

        if (!virScriptRun(end->folder, KIND, &call, /* output= */ NULL))
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s", virGetLastErrorMessage());
    }
    virResetLastError();
    g_mutex_lock(&end->domain->lock);
    end->domain->telling = false;
    g_cond_broadcast(&end->domain->jobEnded);
    qemuDomainUnlock(end->domain);
    g_free(end->folder);
    g_free(end->name);
    g_free(end->document);
    g_free(end);
    return NULL;
}

void
qemuScriptTellEnd(qemuDomain *domain)
{
    g_autofree char *folder = folderOf(domain->host);
    End *end;

    if (!virScriptExists(folder, KIND))
        return;
    end = g_new0(End, 1);
    end->domain = qemuDomainRef(domain);
    end->folder = g_steal_pointer(&folder);
    end->name = g_strdup(domain->name);
    end->document = print(domain->live);
    domain->telling = true;
    g_thread_unref(g_thread_new("qemu-script", tellEnd, end));
}

void
qemuScriptAwait(qemuDomain *domain)
{
    while (domain->telling)
        g_cond_wait(&domain->jobEnded, &domain->lock);
}

char *
qemuScriptRestore(const qemuHost *host, const char *name, const char *document, bool *refused)
{
    g_autofree char *folder = folderOf(host);
    const virScriptCall call = {
        .object = name, .operation = "restore", .part = "begin", .document = document,
    };
    char *output = NULL;

    *refused = virScriptExists(folder, KIND) && !virScriptRun(folder, KIND, &call, &output);
    return output;
}
