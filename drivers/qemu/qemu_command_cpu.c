/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its processors, and what a hypervisor under them shows. */

#include <string.h>

#include "qemu_command.h"

/* A property of processors that a switch of the document turns on or off. */
typedef struct {
    const char *name;
    virDocSwitch value;
} Property;

static void
addProperties(GString *text, const Property *properties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (properties[i].value)
            g_string_append_printf(text, ",%s=%s", properties[i].name,
                                   properties[i].value == VIR_DOC_SWITCH_ON ? "on" : "off");
    }
}

/* What guests made for Hyper-V find. */
static bool
addHyperv(qemuCommand *command, GString *text)
{
    const virDocDomainHyperv *hyperv = command->document->features ?
        command->document->features->hyperv : NULL;

    if (!hyperv)
        return true;
    if (hyperv->mode == VIR_DOC_DOMAIN_HYPERV_MODE_PASSTHROUGH) {
        g_string_append(text, ",hv-passthrough=on");
        return true;
    }
    if (hyperv->mode == VIR_DOC_DOMAIN_HYPERV_MODE_HOST_MODEL)
        return qemuCommandRefuse(command, "<hyperv mode='host-model'>: this driver knows 'custom' "
                                 "and 'passthrough'");
    const Property properties[] = {
        { "hv-relaxed", hyperv->relaxedState }, { "hv-vapic", hyperv->vapicState },
        { "hv-vpindex", hyperv->vpindexState }, { "hv-runtime", hyperv->runtimeState },
        { "hv-synic", hyperv->synicState }, { "hv-stimer", hyperv->stimerState },
        { "hv-stimer-direct", hyperv->stimerDirectState }, { "hv-reset", hyperv->resetState },
        { "hv-frequencies", hyperv->frequenciesState },
        { "hv-reenlightenment", hyperv->reenlightenmentState },
        { "hv-tlbflush", hyperv->tlbflushState },
        { "hv-tlbflush-direct", hyperv->tlbflushDirectState },
        { "hv-tlbflush-ext", hyperv->tlbflushExtendedState }, { "hv-ipi", hyperv->ipiState },
        { "hv-evmcs", hyperv->evmcsState }, { "hv-avic", hyperv->avicState },
        { "hv-emsr-bitmap", hyperv->emsrBitmapState },
        { "hv-xmm-input", hyperv->xmmInputState },
    };

    addProperties(text, properties, G_N_ELEMENTS(properties));
    if (hyperv->spinlocksState == VIR_DOC_SWITCH_ON)
        g_string_append_printf(text, ",hv-spinlocks=0x%x",
                               hyperv->hasSpinlocksRetries ? hyperv->spinlocksRetries : 4095);
    if (hyperv->vendorIdState == VIR_DOC_SWITCH_ON && hyperv->vendorIdValue) {
        if (strpbrk(hyperv->vendorIdValue, ",=") || strlen(hyperv->vendorIdValue) > 12)
            return qemuCommandRefuse(command, "<hyperv>: '%s' is no <vendor_id>: up to 12 "
                                     "characters without ',' and '='", hyperv->vendorIdValue);
        g_string_append_printf(text, ",hv-vendor-id=%s", hyperv->vendorIdValue);
    }
    return true;
}

/* What guests made for KVM find, timers included. */
static void
addKvm(const virDocDomain *document, GString *text)
{
    const virDocDomainFeatures *features = document->features;
    const virDocDomainKvmFeatures *kvm = features ? features->kvm : NULL;

    if (features && features->hasPvspinlock)
        g_string_append_printf(text, ",kvm-pv-unhalt=%s",
                               features->pvspinlockState == VIR_DOC_SWITCH_OFF ? "off" : "on");
    if (features && features->apicEoi)
        g_string_append_printf(text, ",kvm-pv-eoi=%s",
                               features->apicEoi == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (features && features->hasPmu)
        g_string_append_printf(text, ",pmu=%s",
                               features->pmuState == VIR_DOC_SWITCH_OFF ? "off" : "on");
    if (kvm && kvm->hiddenState == VIR_DOC_SWITCH_ON)
        g_string_append(text, ",kvm=off");
    if (kvm && kvm->hintDedicatedState == VIR_DOC_SWITCH_ON)
        g_string_append(text, ",kvm-hint-dedicated=on");
    if (kvm && kvm->pollControlState == VIR_DOC_SWITCH_ON)
        g_string_append(text, ",kvm-poll-control=on");
    if (kvm && kvm->pvIpiState == VIR_DOC_SWITCH_OFF)
        g_string_append(text, ",kvm-pv-ipi=off");
    for (size_t i = 0; i < document->npanics; i++) {
        if (document->panics[i]->model == VIR_DOC_DOMAIN_PANIC_MODEL_HYPERV)
            g_string_append(text, ",hv-crash=on");
    }
    for (size_t i = 0; i < document->clock->ntimers; i++) {
        const virDocDomainTimer *timer = document->clock->timers[i];
        bool on = timer->present != VIR_DOC_SWITCH_OFF;

        if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_KVMCLOCK && timer->present)
            g_string_append_printf(text, ",kvmclock=%s", on ? "on" : "off");
        else if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_HYPERVCLOCK && timer->present)
            g_string_append_printf(text, ",hv-time=%s", on ? "on" : "off");
        else if (timer->name == VIR_DOC_DOMAIN_TIMER_NAME_TSC && timer->hasFrequency)
            g_string_append_printf(text, ",tsc-frequency=%llu", timer->frequency);
    }
}

/* Caches, width of addresses and migration, of processors that are described. */
static bool
addTraits(qemuCommand *command, const virDocCpu *cpu, GString *text)
{
    if (cpu->cacheMode == VIR_DOC_CPU_CACHE_MODE_EMULATE) {
        if (cpu->hasCacheLevel && cpu->cacheLevel != 3)
            return qemuCommandRefuse(command, "<cpu>: of caches only those of level 3 can be "
                                     "emulated");
        g_string_append(text, ",l3-cache=on,host-cache-info=off");
    } else if (cpu->cacheMode == VIR_DOC_CPU_CACHE_MODE_PASSTHROUGH) {
        g_string_append(text, ",host-cache-info=on,l3-cache=off");
    } else if (cpu->cacheMode == VIR_DOC_CPU_CACHE_MODE_DISABLE) {
        g_string_append(text, ",l3-cache=off,host-cache-info=off");
    }
    if (cpu->maxphysaddrMode == VIR_DOC_CPU_ADDRESS_MODE_PASSTHROUGH)
        g_string_append(text, ",host-phys-bits=on");
    else if (cpu->hasMaxphysaddrBits)
        g_string_append_printf(text, ",phys-bits=%u", cpu->maxphysaddrBits);
    if (cpu->hasMaxphysaddrLimit)
        g_string_append_printf(text, ",host-phys-bits-limit=%u", cpu->maxphysaddrLimit);
    if (cpu->migratable && (g_str_has_prefix(text->str, "host") || g_str_has_prefix(text->str, "max")))
        g_string_append_printf(text, ",migratable=%s",
                               cpu->migratable == VIR_DOC_SWITCH_ON ? "on" : "off");
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

/* The model that the document asks for, "" for none; false with an error raised. */
static bool
addModel(qemuCommand *command, const virDocCpu *cpu, GString *text)
{
    bool kvm = command->document->type == VIR_DOC_DOMAIN_TYPE_KVM;

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
    }
    return true;
}

static bool
addFeatures(qemuCommand *command, const virDocCpu *cpu, GString *text)
{
    for (size_t i = 0; i < cpu->nfeatures; i++) {
        const virDocCpuFeature *feature = cpu->features[i];
        bool off = feature->policy == VIR_DOC_CPU_FEATURE_POLICY_DISABLE ||
                   feature->policy == VIR_DOC_CPU_FEATURE_POLICY_FORBID;

        if (strspn(feature->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                   "-_.") != strlen(feature->name))
            return qemuCommandRefuse(command, "'%s' is no feature of a processor", feature->name);
        g_string_append_printf(text, ",%s=%s", feature->name, off ? "off" : "on");
    }
    return true;
}

bool
qemuCommandCpu(qemuCommand *command)
{
    const virDocCpu *cpu = command->document->cpu;
    const char *usual = g_str_equal(command->emulator->arch, "i686") ? "qemu32" : "qemu64";
    g_autoptr(GString) text = g_string_new(NULL), more = g_string_new(NULL);

    if (!addModel(command, cpu, text))
        return false;
    if (text->len && (!addFeatures(command, cpu, more) || !addTraits(command, cpu, text)))
        return false;
    addKvm(command->document, more);
    if (!addHyperv(command, more))
        return false;
    /* What a hypervisor shows is a property of some processor. */
    if (!text->len && more->len)
        g_string_assign(text, usual);
    g_string_append(text, more->str);
    if (text->len)
        qemuCommandAdd(command, "-cpu", text->str);
    return true;
}

void
qemuCommandTopology(qemuCommand *command)
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
