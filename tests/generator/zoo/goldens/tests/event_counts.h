/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* A listener per event that counts how often it is called. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

typedef struct {
    const char *name;           /* Object/EVENT; NULL ends the table */
    /* Listens on all objects of a connection; the id of the listener, or -1. */
    int (*listen)(virConnectPtr conn, unsigned int *heard);
} testEventCount;

static int
countConnectAnimalEventLifecycleCallback(virConnectPtr conn G_GNUC_UNUSED,
                                         virAnimalPtr animal G_GNUC_UNUSED,
                                         int event G_GNUC_UNUSED,
                                         int detail G_GNUC_UNUSED,
                                         void *opaque)
{
    (*(unsigned int *) opaque)++;
    return 0;
}

static void
countConnectAnimalEventMealCallback(virConnectPtr conn G_GNUC_UNUSED,
                                    virAnimalPtr animal G_GNUC_UNUSED,
                                    const char *dish G_GNUC_UNUSED,
                                    virTypedParameterPtr params G_GNUC_UNUSED,
                                    int nparams G_GNUC_UNUSED,
                                    void *opaque)
{
    (*(unsigned int *) opaque)++;
}

static void
countConnectAnimalEventVisitCallback(virConnectPtr conn G_GNUC_UNUSED,
                                     virAnimalPtr animal G_GNUC_UNUSED,
                                     const virAnimalVisit *visit G_GNUC_UNUSED,
                                     unsigned long long seconds G_GNUC_UNUSED,
                                     void *opaque)
{
    (*(unsigned int *) opaque)++;
}

static int
listenAnimalLifecycle(virConnectPtr conn, unsigned int *heard)
{
    return virConnectAnimalEventRegisterAny(conn,
                                            NULL,
                                            VIR_ANIMAL_EVENT_ID_LIFECYCLE,
                                            (virConnectAnimalEventGenericCallback) (void (*)(void)) countConnectAnimalEventLifecycleCallback,
                                            heard,
                                            NULL);
}

static int
listenAnimalMeal(virConnectPtr conn, unsigned int *heard)
{
    return virConnectAnimalEventRegisterAny(conn,
                                            NULL,
                                            VIR_ANIMAL_EVENT_ID_MEAL,
                                            (virConnectAnimalEventGenericCallback) (void (*)(void)) countConnectAnimalEventMealCallback,
                                            heard,
                                            NULL);
}

static int
listenAnimalVisit(virConnectPtr conn, unsigned int *heard)
{
    return virConnectAnimalEventRegisterAny(conn,
                                            NULL,
                                            VIR_ANIMAL_EVENT_ID_VISIT,
                                            (virConnectAnimalEventGenericCallback) (void (*)(void)) countConnectAnimalEventVisitCallback,
                                            heard,
                                            NULL);
}

static const testEventCount testEventCounts[] = {
    { "Animal/LIFECYCLE", listenAnimalLifecycle },
    { "Animal/MEAL", listenAnimalMeal },
    { "Animal/VISIT", listenAnimalVisit },
    { NULL, NULL },
};
