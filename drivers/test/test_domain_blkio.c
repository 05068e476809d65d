/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Weights and limits of domains for devices of the host. */

#include <stddef.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_defs.h"

/* Devices that one domain can have limits for. */
#define DEVICES_MAX 256

typedef struct {
    const virTypedParameter *params;
    int nparams;
} Given;

/* A number of a device and the parameter that lists it: "path,number,path,number". */
typedef struct {
    const char *name;
    size_t has;
    size_t value;
    bool wide;                  /* of 64 bits */
} Number;

#define NUMBER(NAME, Field, field, wide)                                                        \
    { VIR_DOMAIN_BLKIO_DEVICE_##NAME, offsetof(virDocDomainBlkioDevice, has##Field),            \
      offsetof(virDocDomainBlkioDevice, field), wide }

static const Number numbers[] = {
    NUMBER(WEIGHT, Weight, weight, false),
    NUMBER(READ_IOPS, ReadIopsSec, readIopsSec, false),
    NUMBER(WRITE_IOPS, WriteIopsSec, writeIopsSec, false),
    NUMBER(READ_BPS, ReadBytesSec, readBytesSec, true),
    NUMBER(WRITE_BPS, WriteBytesSec, writeBytesSec, true),
};

static bool *
hasOf(const virDocDomainBlkioDevice *device, const Number *number)
{
    return (bool *) ((char *) device + number->has);
}

static unsigned long long
valueOf(const virDocDomainBlkioDevice *device, const Number *number)
{
    const char *place = (const char *) device + number->value;

    return number->wide ? *(const unsigned long long *) place : *(const unsigned int *) place;
}

static void
setValue(virDocDomainBlkioDevice *device, const Number *number, unsigned long long value)
{
    char *place = (char *) device + number->value;

    /* Zero means no limit. */
    *hasOf(device, number) = value > 0;
    if (number->wide)
        *(unsigned long long *) place = value;
    else
        *(unsigned int *) place = (unsigned int) value;
}

static void
readBlkio(const virDocDomain *document, void *opaque)
{
    const virDocDomainBlkiotune *tune = document->blkiotune;

    virParamsAddUInt(opaque, VIR_DOMAIN_BLKIO_WEIGHT, tune && tune->hasWeight ? tune->weight : 0);
    for (size_t n = 0; n < G_N_ELEMENTS(numbers); n++) {
        g_autoptr(GString) text = g_string_new(NULL);

        for (size_t i = 0; tune && i < tune->ndevices; i++) {
            if (*hasOf(tune->devices[i], &numbers[n]))
                g_string_append_printf(text, "%s%s,%llu", text->len ? "," : "",
                                       tune->devices[i]->path,
                                       valueOf(tune->devices[i], &numbers[n]));
        }
        virParamsAddString(opaque, numbers[n].name, text->str);
    }
}

int
testDomainGetBlkioParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams,
                             unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (*nparams == 0) {
        *nparams = 1 + G_N_ELEMENTS(numbers);
        return 0;
    }
    if (testDomainRead(handle, flags, readBlkio, &list) < 0)
        return -1;
    return virParamsFill(&list, params, nparams);
}

/* Whether a text lists paths and numbers in turns. */
static bool
listFits(const Number *number, char **parts)
{
    guint count = g_strv_length(parts);
    guint64 most = number->wide ? G_MAXUINT64 : G_MAXUINT;
    guint64 value;

    if (count % 2 || count > 2 * DEVICES_MAX)
        return false;
    for (guint i = 0; i < count; i += 2) {
        if (!*parts[i] || !g_ascii_string_to_unsigned(parts[i + 1], 10, 0, most, &value, NULL))
            return false;
    }
    return true;
}

static bool
blkioFits(const virDocDomain *document G_GNUC_UNUSED, const void *opaque)
{
    const Given *given = opaque;

    for (size_t n = 0; n < G_N_ELEMENTS(numbers); n++) {
        const char *text = virParamsString(given->params, given->nparams, numbers[n].name);
        g_auto(GStrv) parts = text ? g_strsplit(text, ",", -1) : NULL;

        if (parts && !listFits(&numbers[n], parts)) {
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                          "unable to parse blkio device '%s' '%s'", numbers[n].name, text);
            return false;
        }
    }
    return true;
}

static virDocDomainBlkioDevice *
deviceOf(virDocDomainBlkiotune *tune, const char *path)
{
    virDocDomainBlkioDevice *device;

    for (size_t i = 0; i < tune->ndevices; i++) {
        if (g_str_equal(tune->devices[i]->path, path))
            return tune->devices[i];
    }
    device = virDocDomainBlkioDeviceNew();
    device->path = g_strdup(path);
    VIR_DOC_LIST_ADD(tune, devices, device);
    return device;
}

/* A device for which nothing is limited any more is not listed. */
static void
dropFree(virDocDomainBlkiotune *tune)
{
    for (size_t i = 0; i < tune->ndevices; i++) {
        bool limited = false;

        for (size_t n = 0; n < G_N_ELEMENTS(numbers); n++)
            limited = limited || *hasOf(tune->devices[i], &numbers[n]);
        if (!limited)
            virDocDomainBlkioDeviceFree(VIR_DOC_LIST_TAKE(tune, devices, i--));
    }
}

static void
setBlkio(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    const virTypedParameter *weight = virParamsFind(given->params, given->nparams,
                                                    VIR_DOMAIN_BLKIO_WEIGHT);
    virDocDomainBlkiotune *tune;

    if (!document->blkiotune)
        document->blkiotune = virDocDomainBlkiotuneNew();
    tune = document->blkiotune;
    if (weight) {
        tune->hasWeight = weight->value.ui > 0;
        tune->weight = weight->value.ui;
    }
    for (size_t n = 0; n < G_N_ELEMENTS(numbers); n++) {
        const char *text = virParamsString(given->params, given->nparams, numbers[n].name);
        g_auto(GStrv) parts = text ? g_strsplit(text, ",", -1) : NULL;

        for (guint i = 0; parts && parts[i]; i += 2)
            setValue(deviceOf(tune, parts[i]), &numbers[n],
                     g_ascii_strtoull(parts[i + 1], NULL, 10));
    }
    dropFree(tune);
    if (!tune->hasWeight && !tune->ndevices)
        g_clear_pointer(&document->blkiotune, virDocDomainBlkiotuneFree);
}

int
testDomainSetBlkioParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                             unsigned int flags)
{
    const Given given = { params, nparams };

    if (!virParamsCheck(params, nparams, virDomainBlkioKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, blkioFits, setBlkio, &given);
}
