/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that serve the disks of a domain, in its document: some have a number there, others are only counted. */

#include "conf/domain_iothread.h"

#include <libvirt/virterror.h>

#include "document/value.h"
#include "runtime/error.h"

static bool
hasNumber(const GArray *numbers, unsigned int id)
{
    for (guint i = 0; i < numbers->len; i++) {
        if (g_array_index(numbers, unsigned int, i) == id)
            return true;
    }
    return false;
}

GArray *
virConfIothreadNumbers(const virDocDomain *document)
{
    GArray *numbers = g_array_new(/* zero_terminated= */ false, /* clear= */ false,
                                  sizeof(unsigned int));
    unsigned int wanted =
        document->hasIothreads ? MIN(document->iothreads, VIR_CONF_IOTHREADS_MAX) : 0;

    for (size_t i = 0; i < document->niothreadIds; i++)
        g_array_append_val(numbers, document->iothreadIds[i]->id);
    for (unsigned int id = 1; numbers->len < wanted; id++) {
        if (!hasNumber(numbers, id))
            g_array_append_val(numbers, id);
    }
    return numbers;
}

bool
virConfIothreadIsThere(const virDocDomain *document, unsigned int id)
{
    g_autoptr(GArray) numbers = virConfIothreadNumbers(document);

    return hasNumber(numbers, id);
}

virDocDomainIothread *
virConfIothreadFind(const virDocDomain *document, unsigned int id)
{
    for (size_t i = 0; i < document->niothreadIds; i++) {
        if (document->iothreadIds[i]->id == id)
            return document->iothreadIds[i];
    }
    return NULL;
}

static void
addEntry(virDocDomain *document, unsigned int id)
{
    virDocDomainIothread *thread = virDocDomainIothreadNew();

    thread->hasId = true;
    thread->id = id;
    VIR_DOC_LIST_ADD(document, iothreadIds, thread);
}

static void
count(virDocDomain *document)
{
    document->iothreads = (unsigned int)document->niothreadIds;
    document->hasIothreads = document->iothreads > 0;
}

void
virConfIothreadNameAll(virDocDomain *document)
{
    g_autoptr(GArray) numbers = virConfIothreadNumbers(document);

    for (guint i = (guint)document->niothreadIds; i < numbers->len; i++)
        addEntry(document, g_array_index(numbers, unsigned int, i));
    count(document);
}

bool
virConfIothreadMayAdd(const virDocDomain *document, unsigned int id, int errorDomain)
{
    g_autoptr(GArray) numbers = virConfIothreadNumbers(document);

    if (hasNumber(numbers, id)) {
        virErrorRaise(errorDomain, VIR_ERR_INVALID_ARG,
                      "an IOThread is already using iothread_id '%u'", id);
        return false;
    }
    if (numbers->len < VIR_CONF_IOTHREADS_MAX)
        return true;
    virErrorRaise(errorDomain, VIR_ERR_OPERATION_FAILED, "a domain has at most %d threads",
                  VIR_CONF_IOTHREADS_MAX);
    return false;
}

bool
virConfIothreadIsUnused(const virDocDomain *document, unsigned int id, int errorDomain)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        if (document->disks[i]->hasDriverIothread && document->disks[i]->driverIothread == id) {
            virErrorRaise(errorDomain, VIR_ERR_INVALID_ARG, "IOThread %u is used by disk '%s'", id,
                          document->disks[i]->targetDev);
            return false;
        }
    }
    return true;
}

void
virConfIothreadAdd(virDocDomain *document, unsigned int id)
{
    virConfIothreadNameAll(document);
    addEntry(document, id);
    count(document);
}

void
virConfIothreadRemove(virDocDomain *document, unsigned int id)
{
    virDocDomainCputune *tune = document->cputune;

    virConfIothreadNameAll(document);
    for (size_t i = document->niothreadIds; i-- > 0;) {
        if (document->iothreadIds[i]->id == id)
            virDocDomainIothreadFree(VIR_DOC_LIST_TAKE(document, iothreadIds, i));
    }
    for (size_t i = tune ? tune->niothreadpins : 0; i-- > 0;) {
        if (tune->iothreadpins[i]->iothread == id)
            virDocDomainIothreadPinFree(VIR_DOC_LIST_TAKE(tune, iothreadpins, i));
    }
    count(document);
}
