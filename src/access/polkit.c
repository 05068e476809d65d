/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The access driver `polkit`: asks org.freedesktop.PolicyKit1 over the system bus.
 *
 * One thread of its own talks to the bus, so that questions can be asked without waiting. Each has a
 * deadline, whatever the bus or the authority does: who is not answered is refused.
 */

#include "access/driver.h"

#include <gio/gio.h>

#include "base/log.h"

#define SOURCE "access.polkit"
/* Milliseconds until a question is given up: one that asks a user, others, and after one was given up. */
#define WAIT_USER (120 * 1000)
#define WAIT_USUAL (5 * 1000)
#define WAIT_LATE 500

typedef struct {
    char *action;
    GVariant *arguments;    /* of CheckAuthorization; owned */
    bool interactive;
    virAccessDone done;
    void *opaque;
    GSource *deadline;      /* owned */
    GCancellable *cancel;   /* owned; NULL while it waits for the bus */
} Question;

/* Guards what follows. */
static GMutex lock;
static GThread *thread;
static GMainLoop *loop;
static bool ended;

/* Of the thread alone. */
static GDBusConnection *bus;
static GCancellable *connecting;    /* NULL while nobody connects */
static GQueue waiting = G_QUEUE_INIT;   /* of Question, for the bus */
static GHashTable *asked;           /* of Question, that the authority has */
static bool late;                   /* the authority let a question pass, and has answered none since */

/* --- the end of a question ------------------------------------------------------------------------ */

static void
freeQuestion(Question *question)
{
    g_variant_unref(question->arguments);
    g_free(question->action);
    g_free(question);
}

static void
finish(Question *question, virAccessVerdict verdict)
{
    VIR_LOG(VIR_LOG_DEBUG, SOURCE, "%s: %s", question->action,
            verdict == VIR_ACCESS_YES         ? "yes"
            : verdict == VIR_ACCESS_UNDECIDED ? "undecided" : "no");
    g_source_destroy(question->deadline);
    g_source_unref(question->deadline);
    g_clear_object(&question->cancel);
    question->done(verdict, question->opaque);
    freeQuestion(question);
}

static virAccessVerdict
verdictOf(GVariant *reply)
{
    gboolean allowed = FALSE, challenge = FALSE;
    g_autoptr(GVariant) details = NULL;
    const char *dismissed = NULL;

    g_variant_get(reply, "((bb@a{ss}))", &allowed, &challenge, &details);
    if (allowed)
        return VIR_ACCESS_YES;
    if (g_variant_lookup(details, "polkit.dismissed", "&s", &dismissed))
        return VIR_ACCESS_DISMISSED;
    return challenge ? VIR_ACCESS_CHALLENGE : VIR_ACCESS_NO;
}

static void
onAnswer(GObject *source, GAsyncResult *result, gpointer opaque)
{
    Question *question = opaque;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result,
                                                              &error);

    g_hash_table_remove(asked, question);
    if (reply) {
        late = false;
        finish(question, verdictOf(reply));
        return;
    }
    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "polkit does not decide about %s: %s", question->action,
                error->message);
    finish(question, VIR_ACCESS_UNDECIDED);
}

static gboolean
onDeadline(gpointer opaque)
{
    Question *question = opaque;

    VIR_LOG(VIR_LOG_ERROR, SOURCE, "polkit did not decide about %s in time", question->action);
    if (!question->interactive)
        late = true;
    if (question->cancel) {
        g_cancellable_cancel(question->cancel);     /* onAnswer() follows */
    } else {
        g_queue_remove(&waiting, question);
        finish(question, VIR_ACCESS_UNDECIDED);
    }
    return G_SOURCE_REMOVE;
}

/* --- the bus -------------------------------------------------------------------------------------- */

static void
send(Question *question)
{
    question->cancel = g_cancellable_new();
    g_hash_table_add(asked, question);
    g_dbus_connection_call(bus, "org.freedesktop.PolicyKit1",
                           "/org/freedesktop/PolicyKit1/Authority",
                           "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization",
                           question->arguments, G_VARIANT_TYPE("((bba{ss}))"),
                           G_DBUS_CALL_FLAGS_NONE, G_MAXINT, question->cancel, onAnswer,
                           question);
}

/* The bus went away; the next question connects again. */
static void
onClosed(GDBusConnection *connection, gboolean vanished G_GNUC_UNUSED,
         GError *error G_GNUC_UNUSED, gpointer opaque G_GNUC_UNUSED)
{
    if (connection == bus) {
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "the system bus went away");
        g_clear_object(&bus);
    }
}

static void
onConnected(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer opaque G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    Question *question;

    bus = g_dbus_connection_new_for_address_finish(result, &error);
    g_clear_object(&connecting);
    if (bus) {
        g_dbus_connection_set_exit_on_close(bus, FALSE);
        g_signal_connect(bus, "closed", G_CALLBACK(onClosed), NULL);
    } else {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "cannot reach the system bus: %s", error->message);
    }
    while ((question = g_queue_pop_head(&waiting))) {
        if (bus)
            send(question);
        else
            finish(question, VIR_ACCESS_UNDECIDED);
    }
}

static void
connectBus(void)
{
    g_autofree char *address = g_dbus_address_get_for_bus_sync(G_BUS_TYPE_SYSTEM, NULL, NULL);

    connecting = g_cancellable_new();
    g_dbus_connection_new_for_address(address ? address : "",
                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                      NULL, connecting, onConnected, NULL);
}

/* In the thread: a question has come. */
static gboolean
onQuestion(gpointer opaque)
{
    Question *question = opaque;
    guint wait = question->interactive ? WAIT_USER : late ? WAIT_LATE : WAIT_USUAL;

    question->deadline = g_timeout_source_new(wait);
    g_source_set_callback(question->deadline, onDeadline, question, NULL);
    g_source_attach(question->deadline, g_main_context_get_thread_default());
    if (bus && !g_dbus_connection_is_closed(bus)) {
        send(question);
        return G_SOURCE_REMOVE;
    }
    g_clear_object(&bus);
    g_queue_push_tail(&waiting, question);
    if (!connecting)
        connectBus();
    return G_SOURCE_REMOVE;
}

/* --- the thread ----------------------------------------------------------------------------------- */

/* Whoever still waits is told that nobody answers any more. */
static void
drain(GMainContext *context)
{
    GHashTableIter iter;
    gpointer question;

    if (connecting)
        g_cancellable_cancel(connecting);
    g_hash_table_iter_init(&iter, asked);
    while (g_hash_table_iter_next(&iter, &question, NULL))
        g_cancellable_cancel(((Question *) question)->cancel);
    while (connecting || g_hash_table_size(asked) > 0)
        g_main_context_iteration(context, TRUE);
    g_clear_object(&bus);
}

static gpointer
run(gpointer opaque)
{
    GMainLoop *own = opaque;
    GMainContext *context = g_main_loop_get_context(own);

    g_main_context_push_thread_default(context);
    asked = g_hash_table_new(NULL, NULL);
    g_main_loop_run(own);
    drain(context);
    g_clear_pointer(&asked, g_hash_table_unref);
    g_main_context_pop_thread_default(context);
    return NULL;
}

/* Hands a question to the thread; false when that has ended. */
static bool
hand(Question *question)
{
    g_autoptr(GSource) source = g_idle_source_new();
    bool open;

    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, onQuestion, question, NULL);
    g_mutex_lock(&lock);
    open = !ended;
    if (open && !thread) {
        g_autoptr(GMainContext) own = g_main_context_new();

        loop = g_main_loop_new(own, FALSE);
        thread = g_thread_new("polkit", run, loop);
    }
    if (open)
        g_source_attach(source, g_main_loop_get_context(loop));
    g_mutex_unlock(&lock);
    return open;
}

static gboolean
onEnd(gpointer opaque)
{
    g_main_loop_quit(opaque);
    return G_SOURCE_REMOVE;
}

static void
end(void)
{
    GThread *gone;
    GMainLoop *own;
    g_autoptr(GSource) last = g_idle_source_new();

    g_mutex_lock(&lock);
    ended = true;
    gone = g_steal_pointer(&thread);
    own = g_steal_pointer(&loop);
    g_mutex_unlock(&lock);
    if (!gone)
        return;
    /* In the loop, behind all questions: one that does not run yet could not be told to end. */
    g_source_set_callback(last, onEnd, own, NULL);
    g_source_attach(last, g_main_loop_get_context(own));
    g_thread_join(gone);
    g_main_loop_unref(own);
}

/* --- questions ------------------------------------------------------------------------------------ */

static GVariant *
argumentsOf(const virAccessQuestion *question)
{
    const virAccessCaller *caller = question->caller;
    GVariantBuilder subject, details;
    guint i;

    g_variant_builder_init(&subject, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&subject, "{sv}", "pid",
                          g_variant_new_uint32((guint32) caller->process));
    g_variant_builder_add(&subject, "{sv}", "start-time", g_variant_new_uint64(caller->started));
    g_variant_builder_add(&subject, "{sv}", "uid", g_variant_new_int32((gint32) caller->user));
    g_variant_builder_init(&details, G_VARIANT_TYPE("a{ss}"));
    for (i = 0; i + 1 < question->details->len; i += 2) {
        g_autofree char *value = g_utf8_make_valid(g_ptr_array_index(question->details, i + 1), -1);

        g_variant_builder_add(&details, "{ss}",
                              (const char *) g_ptr_array_index(question->details, i), value);
    }
    return g_variant_ref_sink(g_variant_new("((sa{sv})sa{ss}us)", "unix-process", &subject,
                                            question->action, &details,
                                            question->interactive ? 1u : 0u, ""));
}

static void
ask(const virAccessQuestion *asking, virAccessDone done, void *opaque)
{
    Question *question;

    if (!asking->caller->known) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "polkit knows processes of this host only, not who asks for %s",
                asking->action);
        done(VIR_ACCESS_NO, opaque);
        return;
    }
    question = g_new0(Question, 1);
    question->action = g_strdup(asking->action);
    question->arguments = argumentsOf(asking);
    question->interactive = asking->interactive;
    question->done = done;
    question->opaque = opaque;
    if (hand(question))
        return;
    done(VIR_ACCESS_UNDECIDED, opaque);
    freeQuestion(question);
}

const virAccessDriver virAccessPolkit = { .name = "polkit", .ask = ask, .end = end };
