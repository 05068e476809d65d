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

/* What devices and timers need of the machine; false with an error raised. */
static bool
addMachineOfDevices(qemuCommand *command, GString *text)
{
    const virDocDomain *document = command->document;
    const virDocDomainFeatures *features = document->features;
    bool split = features && features->ioapicDriver == VIR_DOC_DOMAIN_IOAPIC_DRIVER_QEMU;

    for (size_t i = 0; i < document->nmemoryDevices; i++) {
        if (document->memoryDevices[i]->model == VIR_DOC_DOMAIN_MEMORY_MODEL_NVDIMM) {
            g_string_append(text, ",nvdimm=on");
            break;
        }
    }
    for (size_t i = 0; i < document->clock->ntimers; i++) {
        const virDocDomainTimer *timer = document->clock->timers[i];

        if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_HPET)
            addSwitch(text, "hpet", timer->present);
        else if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_PIT &&
                 timer->present == VIR_DOC_SWITCH_OFF)
            addSwitch(text, "pit", timer->present);
    }
    if (features)
        addSwitch(text, "i8042", features->ps2State);
    if (split && document->type != VIR_DOC_DOMAIN_TYPE_KVM)
        return qemuCommandRefuse(command, "<ioapic driver='qemu'> is a choice of KVM");
    if (split)
        g_string_append(text, ",kernel-irqchip=split");
    return true;
}

/* What executes the guest's instructions; false with an error raised. */
static bool
addAccelerator(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainFeatures *features = document->features;
    const virDocDomainKvmFeatures *kvm = features ? features->kvm : NULL;

    if (document->type != VIR_DOC_DOMAIN_TYPE_KVM) {
        if (features && features->hasTcgTbCache)
            qemuCommandAddFormat(command, "-accel", "tcg,tb-size=%llu",
                                 features->tcgTbCache / 1024);
        else
            qemuCommandAdd(command, "-accel", "tcg");
        return true;
    }
    if (!command->emulator->kvm && !command->shown)
        return qemuCommandRefuse(command, "KVM can't be used here: is /dev/kvm there, and may this "
                                 "user open it? type='qemu' needs no KVM");
    if (kvm && kvm->dirtyRingState == VIR_DOC_SWITCH_ON)
        qemuCommandAddFormat(command, "-accel", "kvm,dirty-ring-size=%u", kvm->dirtyRingSize);
    else
        qemuCommandAdd(command, "-accel", "kvm");
    return true;
}

static bool
addMachine(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainFeatures *features = document->features;
    g_autoptr(GString) text = g_string_new(document->os->type->machine);

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
    if (qemuMemoryHasPiece(document))
        g_string_append(text, ",memory-backend=" QEMU_MEMORY_PIECE);
    qemuAudioMachine(document, text);
    if (!addMachineOfDevices(command, text) || !qemuFirmwareMachine(command, text))
        return false;
    qemuCommandAdd(command, "-machine", text->str);
    return addAccelerator(command);
}

/* What becomes of ticks that the guest missed; KVM has the timer. */
static void
addPitPolicy(qemuCommand *command, const virDocDomainTimer *timer)
{
    const char *word = timer->tickpolicy == VIR_DOC_DOMAIN_TIMER_TICKPOLICY_DISCARD ? "discard" :
        timer->tickpolicy == VIR_DOC_DOMAIN_TIMER_TICKPOLICY_DELAY ? "delay" : NULL;

    if (word && command->document->type == VIR_DOC_DOMAIN_TYPE_KVM)
        qemuCommandAddFormat(command, "-global", "kvm-pit.lost_tick_policy=%s", word);
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
        else if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_PIT &&
                 timer->present != VIR_DOC_SWITCH_OFF)
            addPitPolicy(command, timer);
    }
    qemuCommandAdd(command, "-rtc", text->str);
    return true;
}

static bool
addBoot(qemuCommand *command)
{
    const virDocDomainOs *os = command->document->os;
    g_autoptr(GString) text = g_string_new(NULL);

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
    if (!addMachine(command) || !qemuCommandCpu(command) || !qemuCommandMemory(command))
        return false;
    qemuCommandTopology(command);
    virUUIDFormat(document->hasHwuuid ? document->hwuuid : document->uuid, uuid);
    qemuCommandAdd(command, "-uuid", uuid);
    for (guint i = 0; i < threads->len; i++)
        qemuCommandAddObject(command, "-object",
                             qemuIothreadObject(document, g_array_index(threads, unsigned int, i)));
    qemuCommandAdd(command, "-no-user-config", NULL);
    qemuCommandAdd(command, "-nodefaults", NULL);
    addActions(command);
    addSleep(command);
    return addClock(command) && addBoot(command) && qemuCommandFirmware(command);
}
