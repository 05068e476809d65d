/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for events and prints them, as lines or as JSON. */

#include "client/events.h"

#include <string.h>

#include "client/connect.h"
#include "client/interrupt.h"
#include "client/jsontext.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

static char *virshStamp(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *seconds = g_date_time_format(now, "%F %T");

    return g_strdup_printf("%s.%03d+0000", seconds, g_date_time_get_microsecond(now) / 1000);
}

/* A line that is ready, unless the only event that was asked for has been there already. */
static void virshWaitLine(virshWait *wait, const char *text)
{
    g_mutex_lock(&wait->lock);
    if (wait->loop || !wait->count) {
        printf("%s\n", text);
        fflush(stdout);
        wait->count++;
    }
    wait->done = !wait->loop;
    g_cond_signal(&wait->changed);
    g_mutex_unlock(&wait->lock);
}

void virshEventPrint(virshWait *wait, const char *format, ...)
{
    g_autofree char *text = NULL;
    g_autofree char *line = NULL;
    va_list list;

    va_start(list, format);
    text = g_strdup_vprintf(format, list);
    va_end(list);
    if (wait->timestamp) {
        g_autofree char *stamp = virshStamp();

        line = g_strdup_printf("%s: %s", stamp, text);
    }
    virshWaitLine(wait, line ? line : text);
}

bool virshWaitInit(virshControl *ctl, virshWait *wait, const virshArguments *arguments)
{
    unsigned int seconds = 0;

    memset(wait, 0, sizeof(*wait));
    wait->deadline = G_MAXINT64;
    if (!virshUint(ctl, arguments, "timeout", &seconds) || !virshLoopStart(ctl))
        return false;
    if (virshFlag(arguments, "timeout"))
        wait->deadline = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    g_mutex_init(&wait->lock);
    g_cond_init(&wait->changed);
    wait->arguments = arguments;
    wait->loop = virshFlag(arguments, "loop");
    wait->timestamp = virshFlag(arguments, "timestamp");
    wait->json = virshWantsJson(arguments);
    return true;
}

/* A callback may still be running when its registration is gone: only a stopped loop is sure. */
void virshWaitEnd(virshControl *ctl, virshWait *wait)
{
    virshLoopStop(ctl);
    virshLoopStart(ctl);
    g_mutex_clear(&wait->lock);
    g_cond_clear(&wait->changed);
}

void virshWaitWake(virshWait *wait)
{
    g_mutex_lock(&wait->lock);
    wait->done = true;
    g_cond_signal(&wait->changed);
    g_mutex_unlock(&wait->lock);
}

/* Begins again with the next call. */
virshWaitResult virshWaitNext(virshWait *wait)
{
    struct sigaction before;
    virshWaitResult result;
    bool late = false;

    virshInterruptBegin(&before);
    g_mutex_lock(&wait->lock);
    while (!wait->done && !virshInterrupted() && !late) {
        /* a signal does not end the wait on a condition, so look at it ten times a second */
        gint64 slice = g_get_monotonic_time() + G_USEC_PER_SEC / 10;

        g_cond_wait_until(&wait->changed, &wait->lock, MIN(slice, wait->deadline));
        late = g_get_monotonic_time() >= wait->deadline;
    }
    result = wait->done ? VIRSH_WAIT_EVENT : virshInterrupted() ? VIRSH_WAIT_INTERRUPTED
                                                                : VIRSH_WAIT_LATE;
    wait->done = false;
    g_mutex_unlock(&wait->lock);
    virshInterruptEnd(&before);
    return result;
}

bool virshWaitRun(virshControl *ctl, virshWait *wait)
{
    virshWaitResult result = virshWaitNext(wait);

    if (wait->json)
        return wait->count > 0;
    if (result == VIRSH_WAIT_INTERRUPTED)
        virshPrint(ctl, "event loop interrupted\n");
    else if (result == VIRSH_WAIT_LATE)
        virshPrint(ctl, "event loop timed out\n");
    virshPrint(ctl, "events received: %u\n", wait->count);
    return wait->count > 0;
}

typedef struct {
    char *name;
    char *text;
} virshEventValue;

struct _virshEvent {
    virshWait *wait;
    GArray *values; /* of virshEventValue */
    GString *json;  /* NULL unless it is wanted */
};

static void virshEventValueClear(gpointer data)
{
    virshEventValue *value = data;

    g_free(value->name);
    g_free(value->text);
}

/* Adds a value in both languages; takes both texts. */
static void virshEventAdd(virshEvent *event, const char *name, const char *key, char *text,
                          char *json)
{
    virshEventValue value = { g_strdup(name), text };

    g_array_append_val(event->values, value);
    if (event->json) {
        g_autofree char *quoted = jsonQuote(key ? key : name);

        g_string_append_printf(event->json, "%s%s: %s", event->json->len > 1 ? ", " : "", quoted,
                               json);
    }
    g_free(json);
}

virshEvent *virshEventNew(void *wait, const char *name, const char *kind, const char *object)
{
    virshEvent *event = g_new0(virshEvent, 1);

    event->wait = wait;
    event->values = g_array_new(FALSE, FALSE, sizeof(virshEventValue));
    g_array_set_clear_func(event->values, virshEventValueClear);
    if (event->wait->json)
        event->json = g_string_new("{");
    if (event->json && event->wait->timestamp) {
        char *stamp = virshStamp();

        virshEventAdd(event, "time", NULL, stamp, jsonQuote(stamp));
    }
    if (event->json)
        virshEventAdd(event, "event", NULL, g_strdup(name), jsonQuote(name));
    virshEventAdd(event, "object", kind, g_strdup(object), jsonQuote(object));
    return event;
}

void virshEventText(virshEvent *event, const char *name, const char *key, const char *text)
{
    virshEventAdd(event, name, key, g_strdup(text ? text : ""),
                  text ? jsonQuote(text) : g_strdup("null"));
}

void virshEventNumber(virshEvent *event, const char *name, const char *key, long long value)
{
    virshEventAdd(event, name, key, g_strdup_printf("%lld", value),
                  g_strdup_printf("%lld", value));
}

void virshEventUnsigned(virshEvent *event, const char *name, const char *key,
                        unsigned long long value)
{
    virshEventAdd(event, name, key, g_strdup_printf("%llu", value),
                  g_strdup_printf("%llu", value));
}

void virshEventWord(virshEvent *event, const char *name, const char *key, const char *words,
                    int by, int value)
{
    g_auto(GStrv) lists = g_strsplit(words, ";", -1);
    g_auto(GStrv) list = NULL;
    const char *word = "unknown";

    if (by >= 0 && by < (int)g_strv_length(lists))
        list = g_strsplit(lists[by], "|", -1);
    if (list && value >= 0 && value < (int)g_strv_length(list))
        word = list[value];
    virshEventAdd(event, name, key, g_strdup(word), jsonQuote(word));
}

void virshEventParameters(virshEvent *event, const char *name, virTypedParameterPtr parameters,
                          int count)
{
    GString *text = g_string_new(NULL);
    GString *json = g_string_new("{");

    for (int i = 0; i < count; i++) {
        g_autofree char *value = virshParameterText(&parameters[i]);
        g_autofree char *quoted = jsonQuote(parameters[i].field);
        g_autofree char *typed = virshParameterJson(&parameters[i]);

        g_string_append_printf(text, "\n\t%s: %s", parameters[i].field, value);
        g_string_append_printf(json, "%s%s: %s", i ? ", " : "", quoted, typed);
    }
    g_string_append_c(json, '}');
    virshEventAdd(event, name, NULL, g_string_free(text, /* free_segment= */ FALSE),
                  g_string_free(json, /* free_segment= */ FALSE));
}

/* The line with its values in place of "{name}". */
static char *virshEventLine(const virshEvent *event, const char *line)
{
    GString *out = g_string_new(NULL);

    while (*line) {
        const char *end = *line == '{' ? strchr(line, '}') : NULL;
        const char *found = NULL;

        for (guint i = 0; end && i < event->values->len; i++) {
            const virshEventValue *value = &g_array_index(event->values, virshEventValue, i);

            if (strlen(value->name) == (size_t)(end - line) - 1 &&
                strncmp(value->name, line + 1, (size_t)(end - line) - 1) == 0)
                found = value->text;
        }
        if (found) {
            g_string_append(out, found);
            line = end + 1;
        } else {
            g_string_append_c(out, *line++);
        }
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

void virshEventEmit(virshEvent *event, const char *line)
{
    if (event->json) {
        g_string_append_c(event->json, '}');
        virshWaitLine(event->wait, event->json->str);
        g_string_free(event->json, /* free_segment= */ TRUE);
    } else {
        g_autofree char *text = virshEventLine(event, line);

        virshEventPrint(event->wait, "%s", text);
    }
    g_array_unref(event->values);
    g_free(event);
}

static bool virshEventsWait(virshControl *ctl, const virshArguments *arguments,
                            const virshEventSource *source, void *object, const char *only)
{
    g_autofree int *ids = g_new0(int, source->count);
    virshWait wait;
    bool any = false;
    bool success;

    if (!virshWaitInit(ctl, &wait, arguments))
        return false;
    for (size_t i = 0; i < source->count; i++) {
        ids[i] = -1;
        if (!only || g_str_equal(only, source->kinds[i].name))
            ids[i] = source->add(ctl->connection, object, &source->kinds[i], &wait);
        any |= ids[i] >= 0;
    }
    success = any && virshWaitRun(ctl, &wait);
    for (size_t i = 0; i < source->count; i++)
        if (ids[i] >= 0)
            source->drop(ctl->connection, ids[i]);
    virshWaitEnd(ctl, &wait);
    return success;
}

bool virshEventsRun(virshControl *ctl, const virshArguments *arguments,
                    const virshEventSource *source, void *object)
{
    const char *only = NULL;
    bool all = virshFlag(arguments, "all");
    bool known = false;

    if (virshFlag(arguments, "list")) {
        for (size_t i = 0; i < source->count; i++)
            virshPrint(ctl, "%s\n", source->kinds[i].name);
        return true;
    }
    if (!virshString(ctl, arguments, "event", &only))
        return false;
    if (!only && !all) {
        virshError(ctl, virshOptionOf(arguments->command, "all")
                            ? "one of --list, --all, or --event <type> is required"
                            : "either --list or --event <type> is required");
        return false;
    }
    for (size_t i = 0; only && i < source->count; i++)
        known |= g_str_equal(only, source->kinds[i].name);
    if (only && !known) {
        virshError(ctl, "unknown event type %s", only);
        return false;
    }
    return virshEventsWait(ctl, arguments, source, object, only);
}
