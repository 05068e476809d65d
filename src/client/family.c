/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists, trees and disk specifications of snapshots and checkpoints. */

#include "client/family.h"

#include <string.h>
#include <time.h>

#include "client/output.h"
#include "client/tree.h"

static void virshMomentClear(gpointer data)
{
    virshMoment *moment = data;

    g_free(moment->time);
    g_free(moment->state);
    g_free(moment->parent);
}

GArray *virshMomentsNew(void)
{
    GArray *moments = g_array_new(FALSE, FALSE, sizeof(virshMoment));

    g_array_set_clear_func(moments, virshMomentClear);
    return moments;
}

static char *virshMomentTime(const char *seconds)
{
    time_t when = seconds ? (time_t)g_ascii_strtoll(seconds, NULL, 10) : 0;
    g_autoptr(GDateTime) moment = seconds ? g_date_time_new_from_unix_local(when) : NULL;

    return moment ? g_date_time_format(moment, "%Y-%m-%d %H:%M:%S %z") : NULL;
}

bool virshMomentAdd(virshControl *ctl, GArray *moments, void *handle, const char *name,
                    const char *text)
{
    g_autoptr(virshDocument) document = virshDocumentNew(ctl, text, /* blanks= */ true);
    virshMoment moment = { .handle = handle, .name = name };
    g_autofree char *seconds = NULL;

    if (!document || !virshDocumentSelect(document, "/*"))
        return false;
    seconds = virshDocumentValue(document, 0, "string(./creationTime)");
    moment.time = virshMomentTime(seconds);
    moment.state = virshDocumentValue(document, 0, "string(./state)");
    moment.parent = virshDocumentValue(document, 0, "string(./parent/name)");
    g_array_append_val(moments, moment);
    return true;
}

static int virshCompareMoments(const void *a, const void *b)
{
    return g_ascii_strcasecmp(((const virshMoment *)a)->name, ((const virshMoment *)b)->name);
}

static void virshMomentTree(virshControl *ctl, GArray *moments, const char *root)
{
    g_autofree const char **names = g_new0(const char *, moments->len + 1);
    g_autofree const char **parents = g_new0(const char *, moments->len + 1);

    for (guint i = 0; i < moments->len; i++) {
        names[i] = g_array_index(moments, virshMoment, i).name;
        parents[i] = g_array_index(moments, virshMoment, i).parent;
    }
    virshTreePrint(ctl, names, parents, moments->len, root);
}

bool virshMomentsPrint(virshControl *ctl, const virshArguments *arguments, GArray *moments,
                       const char *root)
{
    g_autoptr(virshReport) report = NULL;

    if (!virshFlag(arguments, "topological"))
        g_array_sort(moments, virshCompareMoments);
    if (virshFlag(arguments, "tree") && !virshWantsJson(arguments)) {
        virshMomentTree(ctl, moments, root);
        return true;
    }
    report = virshReportNew(ctl, arguments);
    for (guint i = 0; i < moments->len; i++) {
        const virshMoment *moment = &g_array_index(moments, virshMoment, i);

        virshReportRow(report);
        virshPutText(report, "name", moment->name);
        virshPutText(report, "time", moment->time);
        virshPutText(report, "state", moment->state);
        virshPutText(report, "parent", moment->parent);
    }
    return virshReportEnd(report);
}

/* The pieces between single commas; a doubled comma is one comma of a piece. */
static GPtrArray *virshSpecPieces(const char *text)
{
    GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);
    GString *piece = g_string_new(NULL);

    for (const char *at = text;; at++) {
        if (*at == ',' && at[1] == ',') {
            g_string_append_c(piece, *at++);
        } else if (*at == ',' || !*at) {
            g_ptr_array_add(pieces, g_strdup(piece->str));
            g_string_truncate(piece, 0);
            if (!*at)
                break;
        } else {
            g_string_append_c(piece, *at);
        }
    }
    g_string_free(piece, /* free_segment= */ TRUE);
    return pieces;
}

const char *virshSpecValue(GPtrArray *keys, GPtrArray *values, const char *key)
{
    for (guint i = 0; i < keys->len; i++)
        if (g_str_equal(g_ptr_array_index(keys, i), key))
            return g_ptr_array_index(values, i);
    return NULL;
}

bool virshSpec(virshControl *ctl, GString *out, const char *text, const char *what,
               virshSpecWriter writer)
{
    g_autoptr(GPtrArray) pieces = virshSpecPieces(text);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    const char *first = NULL;
    bool good = true;

    for (guint i = 0; i < pieces->len; i++) {
        char *piece = g_ptr_array_index(pieces, i);
        char *equal = strchr(piece, '=');

        if (!equal && i == 0) {
            first = piece;
        } else if (equal) {
            g_ptr_array_add(keys, g_strndup(piece, (gsize)(equal - piece)));
            g_ptr_array_add(values, equal + 1);
        } else {
            good = false;
        }
    }
    if (good && writer(out, first, keys, values))
        return true;
    virshError(ctl, "unable to parse %s: %s", what, text);
    return false;
}
