/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The picture of the display of a domain. */

#include <stdlib.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/stream.h"

/* A file name of the domain, the time and the kind of picture. */
static char *virshPictureName(virDomainPtr domain, const char *mime)
{
    static const struct {
        const char *mime;
        const char *suffix;
    } kinds[] = {
        { "image/png", ".png" },
        { "image/x-portable-pixmap", ".ppm" },
    };
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *stamp = g_date_time_format(now, "%Y-%m-%d-%H:%M:%S");
    const char *suffix = "";

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_strcmp0(mime, kinds[i].mime) == 0)
            suffix = kinds[i].suffix;
    return g_strdup_printf("%s-%s%s", virDomainGetName(domain), stamp, suffix);
}

static bool virshStorePicture(virshControl *ctl, virStreamPtr stream, int fd, const char *path)
{
    if (virshStreamToFile(stream, fd, /* sparse= */ false) < 0) {
        virshError(ctl, "could not receive data from domain '%s'", path);
        virStreamAbort(stream);
        return false;
    }
    if (virStreamFinish(stream) < 0) {
        virshError(ctl, "cannot close stream on domain '%s'", path);
        return false;
    }
    return true;
}

bool shellScreenshot(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    unsigned int screen = 0;
    g_autoptr(virshDomain) domain = NULL;
    g_autoptr(virshStream) stream = NULL;
    g_autofree char *path = NULL;
    char *mime;
    bool created = false;
    bool good = false;
    int fd;

    if (!virshString(ctl, arguments, "file", &file) ||
        !virshUint(ctl, arguments, "screen", &screen))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    stream = domain ? virStreamNew(ctl->connection, 0) : NULL;
    if (!stream)
        return false;
    mime = virDomainScreenshot(domain, stream, screen, 0);
    if (!mime) {
        virshError(ctl, "could not take a screenshot of %s", virDomainGetName(domain));
        return false;
    }
    path = file ? g_strdup(file) : virshPictureName(domain, mime);
    fd = virshCreateFile(path, &created);
    if (fd < 0) {
        virshError(ctl, "cannot create file %s", path);
        virStreamAbort(stream);
    } else {
        good = virshStorePicture(ctl, stream, fd, path);
        if (close(fd) < 0 && good) {
            virshError(ctl, "cannot close file %s", path);
            good = false;
        }
        if (!good && created)
            unlink(path);
    }
    if (good)
        virshExtra(ctl, "Screenshot saved to %s, with type of %s", path, mime);
    free(mime);
    return good;
}
