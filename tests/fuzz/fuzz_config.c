/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any bytes as a configuration file, read as libvirt.conf and as libvirtd.conf. */

#define _GNU_SOURCE 1

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/config.h"
#include "daemon/config.h"
#include "runtime/clientconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
ignoreError(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

/* Every reader on every setting of the client; what one of them cannot read it says. */
static void
readClient(const virConfig *config)
{
    static const char *const names[] = { "uri_aliases", "uri_default", "a" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *problems[4] = { NULL };
        g_autofree char *text = NULL;
        g_autofree char *uri = NULL;
        g_auto(GStrv) list = NULL;
        gint64 number;
        bool yes;

        int results[] = {
            virConfigGetString(config, names[i], &text, &problems[0]),
            virConfigGetInteger(config, names[i], -5, 99, &number, &problems[1]),
            virConfigGetBool(config, names[i], &yes, &problems[2]),
            virConfigGetStrings(config, names[i], true, &list, &problems[3]),
        };

        for (size_t j = 0; j < G_N_ELEMENTS(problems); j++) {
            if ((results[j] < 0) != !!problems[j])
                g_error("a reader failed without a problem, or not in spite of one");
            g_free(problems[j]);
        }
        virClientConfigAlias(config, names[i], &uri);
    }
}

static void
readDaemon(const uint8_t *bytes, size_t size)
{
    int fd = memfd_create("libvirtd.conf", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autofree char *problem = NULL;
    g_autoptr(virDaemonConfig) config = NULL;

    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
        g_error("cannot write a file in memory");
    config = virDaemonConfigRead(path, /* required= */ true, /* system= */ true, &problem);
    if (!config != !!problem)
        g_error("%s without a problem, or in spite of one", config ? "accepted" : "refused");
    close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autofree char *problem = NULL;
    g_autoptr(virConfig) config = virConfigParse("fuzz", (const char *)bytes, size, &problem);

    virSetErrorFunc(NULL, ignoreError);
    if (!config != !!problem)
        g_error("%s without a problem, or in spite of one", config ? "accepted" : "refused");
    if (config) {
        g_autofree char *uri = NULL;

        virClientConfigDefault(config, &uri);
        readClient(config);
    }
    readDaemon(bytes, size);
    return 0;
}

/* Weak: libFuzzer brings a main() of its own. */
__attribute__((weak)) int
main(int argc, char **argv)
{
    g_print("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        gsize length;

        if (!g_file_get_contents(argv[i], &text, &length, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
        g_print("ok %d - %s\n", i, argv[i]);
    }
    return 0;
}
