/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents in files: read whole, bounded, and regular files only. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "document/parse.h"
#include "document/tree.h"

/* The whole of a regular file that is not too large, NULL after reporting. */
static char *
readFile(const char *path, virDocIssues *issues)
{
    g_autofree char *text = NULL;
    struct stat status;
    size_t used = 0;
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_MALFORMED, 0, 0, NULL, "cannot open '%s': %s", path,
                        g_strerror(errno));
        return NULL;
    }
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > VIR_DOC_SIZE_MAX) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_LIMIT, 0, 0, NULL,
                        "'%s' is not a regular file of at most %d bytes", path, VIR_DOC_SIZE_MAX);
        close(fd);
        return NULL;
    }
    text = g_malloc((size_t)status.st_size + 1);
    while (used < (size_t)status.st_size &&
           (got = read(fd, text + used, (size_t)status.st_size - used)) > 0)
        used += (size_t)got;
    close(fd);
    text[used] = '\0';
    if (strlen(text) == used)
        return g_steal_pointer(&text);
    virDocIssuesAdd(issues, VIR_DOC_ISSUE_MALFORMED, 0, 0, NULL, "'%s' contains a NUL byte", path);
    return NULL;
}

void *
virDocParseFile(const virDocRecord *record, const char *element, const char *path,
                const virDocParseOptions *options, virDocIssues *issues)
{
    g_autofree char *text = readFile(path, issues);

    return text ? virDocParse(record, element, text, options, issues) : NULL;
}
