/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs the person's editor on a temporary file, and asks what to do when the result is refused. */

#include "client/edit.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
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

/* One key without waiting for the end of the line, as a lower-case letter; EOF at the end. */
static int virshReadKey(void)
{
    struct termios before, now;
    unsigned char key = 0;
    bool changed = tcgetattr(STDIN_FILENO, &before) == 0;
    ssize_t got;

    if (changed) {
        now = before;
        now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        now.c_cc[VMIN] = 1;
        now.c_cc[VTIME] = 0;
        changed = tcsetattr(STDIN_FILENO, TCSADRAIN, &now) == 0;
    }
    do
        got = read(STDIN_FILENO, &key, 1);
    while (got < 0 && errno == EINTR);
    if (changed)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    printf("\n");
    return got == 1 ? tolower(key) : EOF;
}

/* What to do with a refused document: 'y' to edit it again, 'n' to give up, 'i' to store it without
 * validation where that is possible, 'f' to try to store it as it is once more. */
static int virshAskAgain(virshControl *ctl, bool relaxable)
{
    if (!isatty(STDIN_FILENO)) {
        virshError(ctl, "%s", "Failed.");
        return 'n';
    }
    for (;;) {
        int key;

        printf("Failed. Try again? %s: ", relaxable ? "[y,n,i,f,?]" : "[y,n,f,?]");
        fflush(stdout);
        key = virshReadKey();
        if (key == EOF)
            return 'n';
        if (key == 'y' || key == 'n' || key == 'f' || (key == 'i' && relaxable))
            return key;
        if (key == '?')
            printf("y - open the editor again\n"
                   "n - give up and throw the changes away\n%s"
                   "f - try to store the document once more as it is\n"
                   "? - print this help\n",
                   relaxable ? "i - store the document without checking it against the schema\n"
                             : "");
    }
}

/* Offers the text to the library until it is taken, or until it shall be edited again or given up. */
static int virshOfferText(virshControl *ctl, const char *text, const virshEditor *editor)
{
    bool relaxable = editor->relax != NULL;
    int key;

    do {
        if (editor->store(ctl, text, editor->opaque))
            return 0;
        virshReportFailure(ctl);
        key = virshAskAgain(ctl, relaxable);
        if (key == 'i') {
            editor->relax(editor->opaque);
            relaxable = false;
        }
    } while (key == 'i' || key == 'f');
    return key;
}

virshEditResult virshEdit(virshControl *ctl, const char *text, virshEditStore store, void *opaque)
{
    return virshEditWith(ctl, text, &(virshEditor){ store, NULL, opaque });
}

virshEditResult virshEditWith(virshControl *ctl, const char *text, const virshEditor *editor)
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
        int key;

        if (!edited)
            break;
        if (g_str_equal(edited, text)) {
            result = VIRSH_EDIT_UNCHANGED;
            break;
        }
        key = virshOfferText(ctl, edited, editor);
        if (!key)
            result = VIRSH_EDIT_STORED;
        if (key != 'y')
            break;
    }
    unlink(path);
    return result;
}
