/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the two sides of a migration tell each other, as bytes: a key file with one group. */

#include "test_migration.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

#define GROUP "migration"
#define VERSION 1

/* What comes from the other side is small; more is no state. */
#define LENGTH_MAX (4 * 1024 * 1024)

void
testMigrationStateFree(testMigrationState *state)
{
    if (!state)
        return;
    g_free(state->host);
    g_free(state->name);
    g_free(state->definition);
    g_free(state);
}

unsigned char *
testMigrationStatePrint(const testMigrationState *state, int *length)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    gsize size;
    char *text;

    g_key_file_set_integer(file, GROUP, "version", VERSION);
    g_key_file_set_string(file, GROUP, "host", state->host);
    g_key_file_set_string(file, GROUP, "name", state->name);
    if (state->definition)
        g_key_file_set_string(file, GROUP, "definition", state->definition);
    g_key_file_set_boolean(file, GROUP, "paused", state->paused);
    g_key_file_set_int64(file, GROUP, "ran", state->ran);
    g_key_file_set_uint64(file, GROUP, "missing", state->missing);
    g_key_file_set_uint64(file, GROUP, "speed", state->speed);
    text = g_key_file_to_data(file, &size, NULL);
    *length = (int) size;
    return (unsigned char *) text;
}

static testMigrationState *
readState(GKeyFile *file, GError **error)
{
    g_autoptr(testMigrationState) state = g_new0(testMigrationState, 1);

    if (g_key_file_get_integer(file, GROUP, "version", error) != VERSION) {
        if (!*error)
            g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                        "it has another version than %d", VERSION);
        return NULL;
    }
    if (g_key_file_has_key(file, GROUP, "definition", NULL))
        state->definition = g_key_file_get_string(file, GROUP, "definition", error);
    if (!*error)
        state->host = g_key_file_get_string(file, GROUP, "host", error);
    if (!*error)
        state->name = g_key_file_get_string(file, GROUP, "name", error);
    if (!*error)
        state->paused = g_key_file_get_boolean(file, GROUP, "paused", error);
    if (!*error)
        state->ran = g_key_file_get_int64(file, GROUP, "ran", error);
    if (!*error)
        state->missing = g_key_file_get_uint64(file, GROUP, "missing", error);
    if (!*error)
        state->speed = g_key_file_get_uint64(file, GROUP, "speed", error);
    if (*error)
        return NULL;
    if (state->ran < 0 || (state->missing && !state->speed)) {
        g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                    "a number of it is out of range");
        return NULL;
    }
    return g_steal_pointer(&state);
}

testMigrationState *
testMigrationStateParse(const unsigned char *data, gsize length)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    testMigrationState *state = NULL;

    if (!data || !length || length > LENGTH_MAX)
        g_set_error(&error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "it has %zu bytes", length);
    else if (g_key_file_load_from_data(file, (const char *) data, length, G_KEY_FILE_NONE, &error))
        state = readState(file, &error);
    if (!state)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "the other side of the migration sent no state of a guest: %s",
                      error->message);
    return state;
}
