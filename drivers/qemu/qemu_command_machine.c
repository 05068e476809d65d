/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: machine, processors, memory, clock and what it boots. */

#include <string.h>

#include <libvirt/libvirt.h>

#include "base/uuid.h"
#include "conf/domain_iothread.h"
#include "conf/domain_machine.h"
#include "qemu_command.h"
#include "qemu_iothread.h"

static void
addSwitch(GString *text, const char *name, virDocSwitch value)
{
    if (value)
        g_string_append_printf(text, ",%s=%s", name, value == VIR_DOC_SWITCH_ON ? "on" : "off");
}

static bool
addMachine(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainFeatures *features = document->features;
    bool kvm = document->type == VIR_DOC_DOMAIN_TYPE_KVM;
    g_autoptr(GString) text = g_string_new(document->os->type->machine);

    if (kvm && !command->emulator->kvm)
        return qemuCommandRefuse(command, "KVM can't be used here: is /dev/kvm there, and may this "
                                 "user open it? type='qemu' needs no KVM");
    g_string_append(text, ",usb=off");
    if (features && features->hasVmport)
        addSwitch(text, "vmport", features->vmportState ? features->vmportState :
                  VIR_DOC_SWITCH_ON);
    if (features && features->hasSmm && virConfDomainIsQ35(document))
        addSwitch(text, "smm", features->smmState ? features->smmState : VIR_DOC_SWITCH_ON);
    addSwitch(text, "dump-guest-core", document->dumpCore ? document->dumpCore :
              VIR_DOC_SWITCH_OFF);
    if ((virConfDomainIsPC(document) || virConfDomainIsQ35(document)) && !(features && features->acpi))
        g_string_append(text, ",acpi=off");
    qemuCommandAdd(command, "-machine", text->str);
    qemuCommandAdd(command, "-accel", kvm ? "kvm" : "tcg");
    return true;
}

static bool
isModel(const qemuCommand *command, const char *name)
{
    const GPtrArray *cpus = command->emulator->cpus;
    g_autofree char *typed = g_strdup_printf("%s-%s-cpu", name, command->emulator->arch);

    for (guint i = 0; i < cpus->len; i++) {
        if (g_str_equal(cpus->pdata[i], name) || g_str_equal(cpus->pdata[i], typed))
            return true;
    }
    return false;
}

static bool
addCpu(qemuCommand *command)
{
    const virDocCpu *cpu = command->document->cpu;
    bool kvm = command->document->type == VIR_DOC_DOMAIN_TYPE_KVM;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!cpu || (!cpu->mode && !cpu->model && !cpu->nfeatures))
        return true;
    if (cpu->mode == VIR_DOC_CPU_MODE_HOST_PASSTHROUGH ||
        cpu->mode == VIR_DOC_CPU_MODE_HOST_MODEL || cpu->mode == VIR_DOC_CPU_MODE_MAXIMUM) {
        /* Without KVM there is no processor of the host to show: all that can be emulated, then. */
        if (cpu->mode == VIR_DOC_CPU_MODE_HOST_PASSTHROUGH && !kvm)
            return qemuCommandRefuse(command, "the processor of the host (host-passthrough) needs "
                                     "type='kvm'");
        g_string_assign(text, kvm && cpu->mode != VIR_DOC_CPU_MODE_MAXIMUM ? "host" : "max");
    } else if (cpu->model && cpu->model->name) {
        if (!isModel(command, cpu->model->name))
            return qemuCommandRefuse(command, "'%s' has no processor model '%s'",
                                     command->document->emulator, cpu->model->name);
        g_string_assign(text, cpu->model->name);
    } else {
        return true;
    }
    for (size_t i = 0; i < cpu->nfeatures; i++) {
        const virDocCpuFeature *feature = cpu->features[i];
        bool off = feature->policy == VIR_DOC_CPU_FEATURE_POLICY_DISABLE ||
                   feature->policy == VIR_DOC_CPU_FEATURE_POLICY_FORBID;

        if (strspn(feature->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                   "-_.") != strlen(feature->name))
            return qemuCommandRefuse(command, "'%s' is no feature of a processor", feature->name);
        g_string_append_printf(text, ",%s=%s", feature->name, off ? "off" : "on");
    }
    qemuCommandAdd(command, "-cpu", text->str);
    return true;
}

static bool
addMemory(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainMemoryBacking *backing = document->memoryBacking;

    if (backing && (backing->hasHugepages || backing->sourceType || backing->accessMode ||
                    backing->allocationMode || backing->discard))
        return qemuCommandRefuse(command, "this driver does not know pages, sources and sharing of "
                                 "<memoryBacking> yet");
    if (document->hasMaxMemorySize)
        return qemuCommandRefuse(command, "this driver does not know <maxMemory> yet");
    if (document->cpu && document->cpu->numa)
        return qemuCommandRefuse(command, "this driver does not know <numa> yet");
    qemuCommandAddFormat(command, "-m", "size=%lluk", document->memory);
    qemuCommandAddFormat(command, "-overcommit", "mem-lock=%s",
                         backing && backing->locked ? "on" : "off");
    return true;
}

static void
addProcessors(qemuCommand *command)
{
    const virDocDomainVcpu *vcpu = command->document->vcpu;
    const virDocCpu *cpu = command->document->cpu;
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "%u", vcpu->hasCurrent ? vcpu->current : vcpu->count);
    if (vcpu->hasCurrent)
        g_string_append_printf(text, ",maxcpus=%u", vcpu->count);
    if (cpu && cpu->hasTopologySockets) {
        g_string_append_printf(text, ",sockets=%u", cpu->topologySockets);
        if (cpu->hasTopologyDies && cpu->topologyDies > 1)
            g_string_append_printf(text, ",dies=%u", cpu->topologyDies);
        g_string_append_printf(text, ",cores=%u,threads=%u", cpu->topologyCores,
                               cpu->topologyThreads);
    } else {
        g_string_append_printf(text, ",sockets=%u,cores=1,threads=1", vcpu->count);
    }
    qemuCommandAdd(command, "-smp", text->str);
}

static bool
addClock(qemuCommand *command)
{
    const virDocDomainClock *clock = command->document->clock;
    g_autoptr(GString) text = g_string_new("base=");

    switch (clock->offset) {
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_ABSENT:
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_UTC:
        g_string_append(text, "utc");
        break;
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_LOCALTIME:
        g_string_append(text, "localtime");
        break;
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_VARIABLE: {
        g_autoptr(GDateTime) now = clock->basis == VIR_DOC_DOMAIN_CLOCK_BASIS_LOCALTIME ?
            g_date_time_new_now_local() : g_date_time_new_now_utc();
        g_autoptr(GDateTime) then =
            g_date_time_add_seconds(now, (gdouble) g_ascii_strtoll(clock->adjustment, NULL, 10));
        g_autofree char *base = g_date_time_format(then, "%Y-%m-%dT%H:%M:%S");

        g_string_append(text, base);
        break;
    }
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_ABSOLUTE: {
        g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc((gint64) clock->start);
        g_autofree char *base = g_date_time_format(then, "%Y-%m-%dT%H:%M:%S");

        g_string_append(text, base);
        break;
    }
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_TIMEZONE:
        g_string_append(text, "localtime");
        g_ptr_array_add(command->environment, g_strconcat("TZ=", clock->timezone, NULL));
        break;
    case VIR_DOC_DOMAIN_CLOCK_OFFSET_LAST:
        break;
    }
    for (size_t i = 0; i < clock->ntimers; i++) {
        const virDocDomainTimer *timer = clock->timers[i];

        if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_RTC &&
            timer->tickpolicy == VIR_DOC_DOMAIN_TIMER_TICKPOLICY_CATCHUP)
            g_string_append(text, ",driftfix=slew");
        else if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_HPET &&
                 timer->present == VIR_DOC_SWITCH_OFF)
            qemuCommandAdd(command, "-no-hpet", NULL);
    }
    qemuCommandAdd(command, "-rtc", text->str);
    return true;
}

static bool
addBoot(qemuCommand *command)
{
    const virDocDomainOs *os = command->document->os;
    g_autoptr(GString) text = g_string_new(NULL);

    if (os->firmware || os->loader)
        return qemuCommandRefuse(command, "this driver does not know firmware and <loader> yet");
    if (os->bootmenuEnable)
        g_string_append_printf(text, "menu=%s,",
                               os->bootmenuEnable == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (os->hasBootmenuTimeout)
        g_string_append_printf(text, "splash-time=%u,", os->bootmenuTimeout);
    if (os->hasBiosRebootTimeout)
        g_string_append_printf(text, "reboot-timeout=%d,", os->biosRebootTimeout);
    g_string_append(text, "strict=on");
    qemuCommandAdd(command, "-boot", text->str);
    if (os->kernel)
        qemuCommandAdd(command, "-kernel", os->kernel);
    if (os->initrd)
        qemuCommandAdd(command, "-initrd", os->initrd);
    if (os->cmdline)
        qemuCommandAdd(command, "-append", os->cmdline);
    if (os->dtb)
        qemuCommandAdd(command, "-dtb", os->dtb);
    return true;
}

/* What QEMU itself does when the guest stops or starts anew; the rest is done when it says so. */
static void
addActions(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    bool stays = document->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_RESTART ||
                 document->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_RENAME_RESTART ||
                 document->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_PRESERVE;
    bool ends = document->onReboot == VIR_DOC_DOMAIN_LIFECYCLE_DESTROY;

    qemuCommandAddFormat(command, "-action", "shutdown=%s,reboot=%s,panic=pause",
                         stays ? "pause" : "poweroff", ends ? "shutdown" : "reset");
}

/* Whether the guest may sleep. */
static void
addSleep(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const char *device = virConfDomainIsQ35(document) ? "ICH9-LPC" : "PIIX4_PM";

    if (document->suspendToMemEnabled)
        qemuCommandAddFormat(command, "-global", "%s.disable_s3=%d", device,
                             document->suspendToMemEnabled == VIR_DOC_SWITCH_OFF);
    if (document->suspendToDiskEnabled)
        qemuCommandAddFormat(command, "-global", "%s.disable_s4=%d", device,
                             document->suspendToDiskEnabled == VIR_DOC_SWITCH_OFF);
}

bool
qemuCommandMachine(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    g_autofree char *name = qemuCommandEscape(document->name);
    g_autoptr(GArray) threads = virConfIothreadNumbers(document);
    char uuid[VIR_UUID_STRING_BUFLEN];

    qemuCommandAddFormat(command, "-name", "guest=%s,debug-threads=on", name);
    qemuCommandAdd(command, "-S", NULL);
    if (!addMachine(command) || !addCpu(command) || !addMemory(command))
        return false;
    addProcessors(command);
    virUUIDFormat(document->hasHwuuid ? document->hwuuid : document->uuid, uuid);
    qemuCommandAdd(command, "-uuid", uuid);
    for (guint i = 0; i < threads->len; i++)
        qemuCommandAddObject(command, "-object",
                             qemuIothreadObject(document, g_array_index(threads, unsigned int, i)));
    qemuCommandAdd(command, "-no-user-config", NULL);
    qemuCommandAdd(command, "-nodefaults", NULL);
    addActions(command);
    addSleep(command);
    return addClock(command) && addBoot(command);
}
