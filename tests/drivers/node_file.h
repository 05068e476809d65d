/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node documents of tests: written to a folder that vanishes with the program. */

#pragma once

#include <stdlib.h>
#include <unistd.h>

#include "drivers/connect.h"

static char *nodeFolder;

static inline void
removeNodeFolder(void)
{
    GDir *folder = g_dir_open(nodeFolder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(nodeFolder, name, NULL);

        unlink(path);
    }
    g_dir_close(folder);
    rmdir(nodeFolder);
    g_free(nodeFolder);
}

/* Writes a file of the folder, which is made with the first. */
static inline void
writeNodeFile(const char *name, const char *text)
{
    g_autofree char *path = NULL;

    if (!nodeFolder) {
        nodeFolder = g_dir_make_tmp("libvirt-test-XXXXXX", NULL);
        g_assert_nonnull(nodeFolder);
        atexit(removeNodeFolder);
    }
    path = g_build_filename(nodeFolder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* The URI of a file of the folder. */
static inline char *
nodeURI(const char *name)
{
    return g_strdup_printf("test://%s/%s", nodeFolder, name);
}

/* A connection to the host that a document describes. */
static inline virConnectPtr
mustOpenNode(const char *document)
{
    g_autofree char *uri = NULL;

    writeNodeFile("node.xml", document);
    uri = nodeURI("node.xml");
    return mustOpen(uri);
}
