/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* Hooks of the remote driver. */

#pragma once

#include "driver/vtable.h"
#include "runtime/driver.h"

extern const virDriver remoteDriver;
extern const virAdminDriver remoteAdminDriver;

int remoteConnectOpen(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);
int remoteConnectClose(virConnectPtr conn);
int remoteSupportsFeature(virConnectPtr conn, int feature);
virAnimalPtr remoteConnectWashAnimal(virConnectPtr conn, const char *xml);
virAnimalPtr remoteAnimalLookupByName(virConnectPtr conn, const char *name);
virAnimalPtr remoteAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid);
virAnimalPtr remoteAnimalLookupByID(virConnectPtr conn, int id);
int remoteConnectListAnimals(virConnectPtr conn, char **const names, int maxnames);
int remoteConnectListAllAnimals(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags);
int remoteConnectNumOfAnimals(virConnectPtr conn);
int remoteConnectAnimalEventRegisterAny(virConnectPtr conn,
                                        virAnimalPtr animal,
                                        int eventID,
                                        virConnectAnimalEventGenericCallback cb,
                                        void *opaque,
                                        virFreeCallback freecb);
int remoteConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID);
int remoteConnectAnimalEventRegister(virConnectPtr conn,
                                     virConnectAnimalEventLifecycleCallback cb,
                                     void *opaque,
                                     virFreeCallback freecb);
int remoteConnectAnimalEventDeregister(virConnectPtr conn,
                                       virConnectAnimalEventLifecycleCallback cb);
int remoteAnimalWake(virAnimalPtr animal, unsigned int flags);
int remoteAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info);
int remoteAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags);
unsigned long remoteAnimalGetWeight(virAnimalPtr animal);
int remoteAnimalFeed(virAnimalPtr animal,
                     int small,
                     unsigned int natural,
                     long long large,
                     unsigned long huge,
                     double ratio,
                     int raw,
                     unsigned int mood);
char *remoteAnimalTell(virAnimalPtr animal,
                       const char *word,
                       const char *password,
                       const char **words,
                       unsigned int nwords,
                       char **answer);
int remoteAnimalGetTracks(virAnimalPtr animal,
                          unsigned int *places,
                          unsigned int nplaces,
                          unsigned long long *times,
                          int maxtimes,
                          virAnimalInfoPtr **facts,
                          int *nfacts);
int remoteAnimalGetDiet(virAnimalPtr animal,
                        virTypedParameterPtr params,
                        int *nparams,
                        unsigned int flags);
int remoteAnimalSetDiet(virAnimalPtr animal,
                        virTypedParameterPtr params,
                        int nparams,
                        virTypedParameterPtr more,
                        int nmore);
int remoteAnimalGetStats(virAnimalPtr animal,
                         virTypedParameterPtr *params,
                         int *nparams,
                         unsigned int flags);
int remoteAnimalPin(virAnimalPtr animal, unsigned char *cages, int maplen);
int remoteAnimalGetPins(virAnimalPtr animal, int nlegs, unsigned char *cages, int maplen);
int remoteAnimalPeek(virAnimalPtr animal,
                     unsigned long long start,
                     size_t size,
                     void *buffer,
                     unsigned int flags);
int remoteAnimalBlockStats(virAnimalPtr animal,
                           const char *part,
                           virAnimalInfoPtr stats,
                           size_t size);
char *remoteAnimalGetXMLDesc(virAnimalPtr animal, unsigned int flags);
int remoteConnectGetAllVisits(virConnectPtr conn, virAnimalVisitPtr **visits, unsigned int mood);
int remoteAnimalListGetVisits(virAnimalPtr *animals, virAnimalVisitPtr **visits, unsigned int mood);
int remoteAnimalGetGuests(virAnimalPtr dom, virAnimalVisitPtr **visits, unsigned int mood);
virCubPtr remoteAnimalMarry(virAnimalPtr animal, virAnimalPtr other, virCubPtr witness);
char *remoteAnimalFilm(virAnimalPtr animal, virStreamPtr stream, unsigned int flags);
int remoteAnimalLend(virAnimalPtr animal, unsigned int nfiles, int *files, int door, int **opened);
int remoteAnimalGetMeals(virAnimalPtr animal,
                         virTypedParameterPtr params,
                         unsigned int nparams,
                         unsigned int ndays,
                         unsigned int flags);
int remoteAnimalGetStripes(virAnimalPtr animal, unsigned char **stripes);
unsigned char *remoteAnimalGetVoice(virAnimalPtr animal, size_t *size);
int remoteAnimalOpenDoor(virAnimalPtr animal);
const char *remoteAnimalGetOrigin(virAnimalPtr animal);
virDenPtr remoteDenLookupByName(virAnimalPtr animal, const char *name);
int remoteDenSweep(virDenPtr den);
int remoteConnectKeeperRegister(virConnectPtr conn,
                                virAnimalPtr animal,
                                virKeeperCallback cb,
                                void *opaque,
                                virFreeCallback freecb);
int remoteAnimalTransportBegin(virAnimalPtr animal,
                               const unsigned char *papers_in,
                               int papersinlen,
                               unsigned char **papers_out,
                               int *papersoutlen,
                               char **address);
