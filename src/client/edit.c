/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs the person's editor on a temporary file, and asks what to do when the result is refused. */

#include "client/edit.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/lookup.h"
#include "client/output.h"

/* $VISUAL and $EDITOR may hold options, so a shell runs them; the path goes in as "$1". */
static bool virshRunEditor(virshControl *ctl, const char *path)
{
    const char *editor = g_getenv("VISUAL");
    g_autofree char *script = NULL;
    g_autoptr(GError) problem = NULL;
    int status = 0;

    if (!editor || !*editor)
        editor = g_getenv("EDITOR");
    if (!editor || !*editor)
        editor = "vi";
    script = g_strdup_printf("%s \"$1\"", editor);
    {
        char *argv[] = { (char *)"/bin/sh", (char *)"-c", script, (char *)"virsh", (char *)path,
                         NULL };

        if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                          &status, &problem)) {
            virshError(ctl, "cannot start the editor: %s", problem->message);
            return false;
        }
    }
    if (!g_spawn_check_wait_status(status, &problem)) {
        virshError(ctl, "the editor '%s' failed: %s", editor, problem->message);
        return false;
    }
    return true;
}

/* What to do with a refused document: true to edit it again. */
static bool virshAskAgain(virshControl *ctl)
{
    char answer[64];

    if (!isatty(STDIN_FILENO)) {
        virshError(ctl, "%s", "Failed.");
        return false;
    }
    for (;;) {
        printf("Failed. Try again? [y,n,?]: ");
        fflush(stdout);
        if (!fgets(answer, sizeof(answer), stdin))
            return false;
        switch (tolower((unsigned char)answer[0])) {
        case 'y':
            return true;
        case 'n':
            return false;
        }
        printf("y - open the editor again, n - give up and throw the changes away\n");
    }
}

virshEditResult virshEdit(virshControl *ctl, const char *text, virshEditStore store, void *opaque)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "virshXXXXXX.xml", NULL);
    virshEditResult result = VIRSH_EDIT_FAILED;
    int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0) {
        virshError(ctl, "cannot create a temporary file: %s", g_strerror(errno));
        return VIRSH_EDIT_FAILED;
    }
    close(fd);
    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL)) {
        virshError(ctl, "cannot write the temporary file '%s'", path);
        unlink(path);
        return VIRSH_EDIT_FAILED;
    }
    while (virshRunEditor(ctl, path)) {
        g_autofree char *edited = virshReadFile(ctl, path);

        if (!edited)
            break;
        if (g_str_equal(edited, text)) {
            result = VIRSH_EDIT_UNCHANGED;
            break;
        }
        if (store(ctl, edited, opaque)) {
            result = VIRSH_EDIT_STORED;
            break;
        }
        virshReportFailure(ctl);
        if (!virshAskAgain(ctl))
            break;
    }
    unlink(path);
    return result;
}
