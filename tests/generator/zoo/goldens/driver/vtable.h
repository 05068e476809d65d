/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What a driver can implement; a hook left out is NULL. */

#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/libvirt-qemu.h>

/* What one end may ask the other about. */
typedef enum {
    VIR_DRV_FEATURE_TRANSPORT = 1,
    VIR_DRV_FEATURE_REPORTS = 3,
} virDriverFeature;

typedef struct virZooDriver virZooDriver;
struct virZooDriver {
    virAnimalPtr (*ConnectWashAnimal)(virConnectPtr conn, const char *xml);
    virAnimalPtr (*AnimalLookupByName)(virConnectPtr conn, const char *name);
    virAnimalPtr (*AnimalLookupByUUID)(virConnectPtr conn, const unsigned char *uuid);
    virAnimalPtr (*AnimalLookupByID)(virConnectPtr conn, int id);
    int (*ConnectListAnimals)(virConnectPtr conn, char **const names, int maxnames);
    int (*ConnectListAllAnimals)(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags);
    int (*ConnectNumOfAnimals)(virConnectPtr conn);
    int (*ConnectAnimalEventRegisterAny)(virConnectPtr conn,
                                         virAnimalPtr animal,
                                         int eventID,
                                         virConnectAnimalEventGenericCallback cb,
                                         void *opaque,
                                         virFreeCallback freecb);
    int (*ConnectAnimalEventDeregisterAny)(virConnectPtr conn, int callbackID);
    int (*ConnectAnimalEventRegister)(virConnectPtr conn,
                                      virConnectAnimalEventLifecycleCallback cb,
                                      void *opaque,
                                      virFreeCallback freecb);
    int (*ConnectAnimalEventDeregister)(virConnectPtr conn,
                                        virConnectAnimalEventLifecycleCallback cb);
    int (*AnimalWake)(virAnimalPtr animal, unsigned int flags);
    int (*AnimalGetInfo)(virAnimalPtr animal, virAnimalInfoPtr info);
    int (*AnimalGetMood)(virAnimalPtr animal, int *mood, int *reason, unsigned int flags);
    unsigned long (*AnimalGetWeight)(virAnimalPtr animal);
    int (*AnimalFeed)(virAnimalPtr animal,
                      int small,
                      unsigned int natural,
                      long long large,
                      unsigned long huge,
                      double ratio,
                      int raw,
                      unsigned int mood);
    char *(*AnimalTell)(virAnimalPtr animal,
                        const char *word,
                        const char *password,
                        const char **words,
                        unsigned int nwords,
                        char **answer);
    int (*AnimalGetTracks)(virAnimalPtr animal,
                           unsigned int *places,
                           unsigned int nplaces,
                           unsigned long long *times,
                           int maxtimes,
                           virAnimalInfoPtr **facts,
                           int *nfacts);
    int (*AnimalGetDiet)(virAnimalPtr animal,
                         virTypedParameterPtr params,
                         int *nparams,
                         unsigned int flags);
    int (*AnimalSetDiet)(virAnimalPtr animal,
                         virTypedParameterPtr params,
                         int nparams,
                         virTypedParameterPtr more,
                         int nmore);
    int (*AnimalGetStats)(virAnimalPtr animal,
                          virTypedParameterPtr *params,
                          int *nparams,
                          unsigned int flags);
    int (*AnimalPin)(virAnimalPtr animal, unsigned char *cages, int maplen);
    int (*AnimalGetPins)(virAnimalPtr animal, int nlegs, unsigned char *cages, int maplen);
    int (*AnimalPeek)(virAnimalPtr animal,
                      unsigned long long start,
                      size_t size,
                      void *buffer,
                      unsigned int flags);
    int (*AnimalBlockStats)(virAnimalPtr animal,
                            const char *part,
                            virAnimalInfoPtr stats,
                            size_t size);
    char *(*AnimalGetXMLDesc)(virAnimalPtr animal, unsigned int flags);
    int (*ConnectGetAllVisits)(virConnectPtr conn, virAnimalVisitPtr **visits, unsigned int mood);
    int (*AnimalListGetVisits)(virAnimalPtr *animals,
                               virAnimalVisitPtr **visits,
                               unsigned int mood);
    int (*AnimalGetGuests)(virAnimalPtr dom, virAnimalVisitPtr **visits, unsigned int mood);
    virCubPtr (*AnimalMarry)(virAnimalPtr animal, virAnimalPtr other, virCubPtr witness);
    char *(*AnimalFilm)(virAnimalPtr animal, virStreamPtr stream, unsigned int flags);
    int (*AnimalLend)(virAnimalPtr animal, unsigned int nfiles, int *files, int door, int **opened);
    int (*AnimalGetMeals)(virAnimalPtr animal,
                          virTypedParameterPtr params,
                          unsigned int nparams,
                          unsigned int ndays,
                          unsigned int flags);
    int (*AnimalGetStripes)(virAnimalPtr animal, unsigned char **stripes);
    unsigned char *(*AnimalGetVoice)(virAnimalPtr animal, size_t *size);
    int (*AnimalOpenDoor)(virAnimalPtr animal);
    const char *(*AnimalGetOrigin)(virAnimalPtr animal);
    virDenPtr (*DenLookupByName)(virAnimalPtr animal, const char *name);
    int (*DenSweep)(virDenPtr den);
    int (*AnimalKeeperCommand)(virAnimalPtr animal,
                               const char *cmd,
                               int timeout,
                               char **result,
                               unsigned int flags);
    int (*ConnectKeeperRegister)(virConnectPtr conn,
                                 virAnimalPtr animal,
                                 virKeeperCallback cb,
                                 void *opaque,
                                 virFreeCallback freecb);
    int (*AnimalTransportBegin)(virAnimalPtr animal,
                                const unsigned char *papers_in,
                                int papersinlen,
                                unsigned char **papers_out,
                                int *papersoutlen,
                                char **address);
};
