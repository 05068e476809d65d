/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Removing the definition of a domain, with the volumes of its disks if that is wanted. */

#include <string.h>

#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"

/* A volume that goes with the domain. */
typedef struct {
    char *target;
    char *source;
    virStorageVolPtr volume;
} virshDoomed;

static void virshDoomedFree(gpointer data)
{
    virshDoomed *doomed = data;

    g_free(doomed->target);
    g_free(doomed->source);
    if (doomed->volume)
        virStorageVolFree(doomed->volume);
    g_free(doomed);
}

static unsigned int virshUndefineFlags(const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "managed-save", VIR_DOMAIN_UNDEFINE_MANAGED_SAVE },
        { "snapshots-metadata", VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA },
        { "checkpoints-metadata", VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA },
        { "nvram", VIR_DOMAIN_UNDEFINE_NVRAM },
        { "keep-nvram", VIR_DOMAIN_UNDEFINE_KEEP_NVRAM },
        { "tpm", VIR_DOMAIN_UNDEFINE_TPM },
        { "keep-tpm", VIR_DOMAIN_UNDEFINE_KEEP_TPM },
    };

    return virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
}

/* The volume of a disk; NULL after reporting that the library does not manage it. */
static virStorageVolPtr virshDiskVolume(virshControl *ctl, virshDocument *document, size_t node,
                                        const char *target, const char *source)
{
    g_autofree char *pool = virshDocumentValue(document, node, "string(./source/@pool)");
    g_autofree char *name = virshDocumentValue(document, node, "string(./source/@volume)");
    virStorageVolPtr volume = NULL;

    if (pool && name) {
        g_autoptr(virshStoragePool) owner = virStoragePoolLookupByName(ctl->connection, pool);

        volume = owner ? virStorageVolLookupByName(owner, name) : NULL;
    } else {
        volume = virStorageVolLookupByPath(ctl->connection, source);
    }
    virshForgetFailure(ctl);
    if (!volume)
        virshError(ctl, "Storage volume '%s'(%s) is not managed by libvirt. Remove it manually.\n",
                   target, source);
    return volume;
}

/* Takes a word out of the list; true when it was there. */
static bool virshTakeWord(GPtrArray *words, const char *word)
{
    for (guint i = 0; word && i < words->len; i++)
        if (g_str_equal(g_ptr_array_index(words, i), word)) {
            g_ptr_array_remove_index(words, i);
            return true;
        }
    return false;
}

/* The volumes that the options choose; NULL after reporting one that does not exist. */
static GPtrArray *virshDoomedVolumes(virshControl *ctl, const virshArguments *arguments,
                                     virDomainPtr domain)
{
    g_autoptr(GPtrArray) doomed = g_ptr_array_new_with_free_func(virshDoomedFree);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    g_auto(GStrv) words = g_strsplit(virshFlag(arguments, "storage")
                                         ? virshText(arguments, "storage") : "", ",", -1);
    g_autofree char *text = virDomainGetXMLDesc(domain, VIR_DOMAIN_XML_INACTIVE);
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return NULL;
    for (size_t i = 0; words[i]; i++)
        g_ptr_array_add(wanted, words[i]);
    count = virshDocumentSelect(document, "/domain/devices/disk");
    for (size_t i = 0; i < count; i++) {
        virshDoomed *item = g_new0(virshDoomed, 1);

        item->target = virshDocumentValue(document, i, "string(./target/@dev)");
        item->source = virshDocumentValue(
            document, i, "string(./source/@file|./source/@dir|./source/@name|./source/@dev|"
                         "./source/@volume)");
        if (item->target && item->source &&
            (virshFlag(arguments, "remove-all-storage") || virshTakeWord(wanted, item->target) ||
             virshTakeWord(wanted, item->source)))
            item->volume = virshDiskVolume(ctl, document, i, item->target, item->source);
        if (item->volume)
            g_ptr_array_add(doomed, item);
        else
            virshDoomedFree(item);
    }
    for (guint i = 0; i < wanted->len; i++)
        virshError(ctl, "Volume '%s' was not found in domain's definition.\n",
                   (const char *)g_ptr_array_index(wanted, i));
    return wanted->len ? NULL : g_steal_pointer(&doomed);
}

/* The domain is gone already; what cannot be removed is told, and the others still go. */
static bool virshRemoveVolumes(virshControl *ctl, const virshArguments *arguments,
                               GPtrArray *doomed)
{
    unsigned int flags = virshFlag(arguments, "delete-storage-volume-snapshots")
                             ? VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS
                             : 0;
    bool good = true;

    for (guint i = 0; i < doomed->len; i++) {
        virshDoomed *item = g_ptr_array_index(doomed, i);

        if (virshFlag(arguments, "wipe-storage")) {
            virshPrint(ctl, "Wiping volume '%s'(%s) ... ", item->target, item->source);
            fflush(stdout);
            if (virStorageVolWipe(item->volume, 0) < 0) {
                virshError(ctl, "Failed! Volume not removed.");
                good = false;
                continue;
            }
            virshPrint(ctl, "Done.\n");
        }
        if (virStorageVolDelete(item->volume, flags) < 0) {
            virshError(ctl, "Failed to remove storage volume '%s'(%s)", item->target,
                       item->source);
            good = false;
        } else {
            virshExtra(ctl, "Volume '%s'(%s) removed.\n", item->target, item->source);
        }
    }
    return good;
}

static bool virshStorageGood(virshControl *ctl, const virshArguments *arguments,
                             virDomainPtr domain)
{
    if (virshFlag(arguments, "storage") && virshFlag(arguments, "remove-all-storage")) {
        virshError(ctl, "Specified both --storage and --remove-all-storage");
        return false;
    }
    if (virDomainIsActive(domain) > 0) {
        virshError(ctl, "Storage volume deletion is supported only on stopped domains");
        return false;
    }
    return true;
}

bool shellUndefine(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    unsigned int flags = virshUndefineFlags(arguments);
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    g_autoptr(GPtrArray) doomed = NULL;

    if (!domain)
        return false;
    if (virshAnyFlag(arguments, "storage remove-all-storage")) {
        if (!virshStorageGood(ctl, arguments, domain))
            return false;
        doomed = virshDoomedVolumes(ctl, arguments, domain);
        if (!doomed)
            return false;
    }
    if (virDomainUndefineFlags(domain, flags) < 0) {
        virshError(ctl, "Failed to undefine domain '%s'", name);
        return false;
    }
    virshExtra(ctl, "Domain '%s' has been undefined\n", name);
    return !doomed || virshRemoveVolumes(ctl, arguments, doomed);
}
