/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */

#ifndef LIBVIRT_ANIMAL_H
#define LIBVIRT_ANIMAL_H

#include <libvirt/libvirt-common.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * An animal.
 */
typedef struct _virAnimal virAnimal;
typedef virAnimal *virAnimalPtr;

/**
 * A young animal, which belongs to its mother.
 */
typedef struct _virCub virCub;
typedef virCub *virCubPtr;

/**
 * Where an animal sleeps.
 */
typedef struct _virDen virDen;
typedef virDen *virDenPtr;

/**
 * Animals of a zoo.
 *
 * Since: 1.0.0
 */
#define VIR_ANIMAL_MAX 4096

/**
 * Grams of an animal.
 *
 * Since: 1.0.0
 */
#define VIR_ANIMAL_WEIGHT_MAX 9007199254740991LL

/**
 * How an animal feels.
 *
 * Since: 1.0.0
 */
typedef enum {
    /*
     * It rests.
     *
     * Since: 1.0.0
     */
    VIR_ANIMAL_MOOD_CALM = 0,
    /*
     * It roars.
     *
     * Since: 1.2.0
     */
    VIR_ANIMAL_MOOD_ANGRY = 1,
    /*
     * Nobody knows.
     *
     * Since: 1.2.0
     */
    VIR_ANIMAL_MOOD_UNKNOWN = -1
#ifdef VIR_ENUM_SENTINELS
    , VIR_ANIMAL_MOOD_LAST
#endif
} virAnimalMood;

/**
 * Kinds of event.
 *
 * Since: 1.3.0
 */
typedef enum {
    /*
     * It came, woke, slept or left.
     *
     * Since: 1.3.0
     */
    VIR_ANIMAL_EVENT_ID_LIFECYCLE = 0,
    /*
     * It ate.
     *
     * Since: 1.3.0
     */
    VIR_ANIMAL_EVENT_ID_MEAL = 1,
    /*
     * Somebody looked at it.
     *
     * Since: 1.4.0
     */
    VIR_ANIMAL_EVENT_ID_VISIT = 2
#ifdef VIR_ENUM_SENTINELS
    , VIR_ANIMAL_EVENT_ID_LAST
#endif
} virAnimalEventID;

/**
 * What happened to an animal.
 *
 * Since: 1.3.0
 */
typedef enum {
    /*
     * It opened its eyes.
     *
     * Since: 1.3.0
     */
    VIR_ANIMAL_EVENT_WOKE = 0,
    /*
     * It fell asleep.
     *
     * Since: 1.3.0
     */
    VIR_ANIMAL_EVENT_SLEPT = 1
#ifdef VIR_ENUM_SENTINELS
    , VIR_ANIMAL_EVENT_LAST
#endif
} virAnimalEventType;

/**
 * Why an animal woke.
 *
 * Since: 1.3.0
 */
typedef enum {
    /*
     * Somebody woke it.
     *
     * Since: 1.3.0
     */
    VIR_ANIMAL_EVENT_WOKE_ALARM = 0
#ifdef VIR_ENUM_SENTINELS
    , VIR_ANIMAL_EVENT_WOKE_LAST
#endif
} virAnimalEventWokeDetailType;

/**
 * How to wake an animal.
 *
 * Since: 1.1.0
 */
typedef enum {
    /*
     * Without noise.
     *
     * Since: 1.1.0
     */
    VIR_ANIMAL_WAKE_GENTLY = 1 << 0,
    /*
     * With noise.
     *
     * Since: 1.1.0
     */
    VIR_ANIMAL_WAKE_LOUDLY = 1 << 1,
    /*
     * Also when it is awake; needs noise.
     *
     * Since: 1.2.0
     */
    VIR_ANIMAL_WAKE_AGAIN = 1 << 2
} virAnimalWakeFlags;

/**
 * Which animals to list.
 *
 * Since: 1.1.0
 */
typedef enum {
    /*
     * Those awake.
     *
     * Since: 1.1.0
     */
    VIR_CONNECT_LIST_ANIMALS_AWAKE = 1 << 0,
    /*
     * Those asleep.
     *
     * Since: 1.1.0
     */
    VIR_CONNECT_LIST_ANIMALS_ASLEEP = 1 << 1
} virConnectListAllAnimalsFlags;

typedef struct _virAnimalInfo virAnimalInfo;
typedef virAnimalInfo *virAnimalInfoPtr;

typedef struct _virAnimalGuest virAnimalGuest;
typedef virAnimalGuest *virAnimalGuestPtr;

typedef struct _virAnimalVisit virAnimalVisit;
typedef virAnimalVisit *virAnimalVisitPtr;

/**
 * virConnectAnimalEventGenericCallback:
 *
 * @conn: the connection
 *
 * @animal: the animal it happened to
 *
 * @opaque: the data of the registration
 *
 * The type all registrations take.
 *
 * Since: 1.3.0
 */
typedef void (*virConnectAnimalEventGenericCallback)(virConnectPtr conn,
                                                     virAnimalPtr animal,
                                                     void *opaque);

/**
 * virConnectAnimalEventLifecycleCallback:
 *
 * @conn: the connection
 *
 * @animal: the animal it happened to
 *
 * @event: what happened
 *
 * @detail: why
 *
 * @opaque: the data of the registration
 *
 * It came, woke, slept or left.
 *
 * Since: 1.3.0
 */
typedef int (*virConnectAnimalEventLifecycleCallback)(virConnectPtr conn,
                                                      virAnimalPtr animal,
                                                      int event,
                                                      int detail,
                                                      void *opaque);

/**
 * virConnectAnimalEventMealCallback:
 *
 * @conn: the connection
 *
 * @animal: the animal it happened to
 *
 * @dish: what
 *
 * @params: how much
 *
 * @opaque: the data of the registration
 *
 * It ate.
 *
 * Since: 1.3.0
 */
typedef void (*virConnectAnimalEventMealCallback)(virConnectPtr conn,
                                                  virAnimalPtr animal,
                                                  const char *dish,
                                                  virTypedParameterPtr params,
                                                  int nparams,
                                                  void *opaque);

/**
 * virConnectAnimalEventVisitCallback:
 *
 * @conn: the connection
 *
 * @animal: the animal that is on its way, borrowed for the call
 *
 * @visit: who
 *
 * @seconds: for how many seconds
 *
 * @opaque: the data of the registration
 *
 * Somebody looked.
 *
 * Since: 1.4.0
 */
typedef void (*virConnectAnimalEventVisitCallback)(virConnectPtr conn,
                                                   virAnimalPtr animal,
                                                   const virAnimalVisit *visit,
                                                   unsigned long long seconds,
                                                   void *opaque);

/**
 * Facts about an animal.
 *
 * Since: 1.0.0
 */
struct _virAnimalInfo {
    /*
     * What sort of animal it is.
     */
    char kind[32];
    /*
     * Grams.
     */
    unsigned long weight;
    /*
     * How many.
     */
    unsigned short legs;
    /*
     * How it feels.
     */
    virAnimalMood mood;
};

/**
 * Somebody who looks.
 *
 * Since: 1.4.0
 */
struct _virAnimalGuest {
    /*
     * What the animal is called.
     */
    char *name;
};

/**
 * A group that looks.
 *
 * Since: 1.4.0
 */
struct _virAnimalVisit {
    /*
     * How many.
     */
    int nguests;
    /*
     * Who.
     */
    virAnimalGuestPtr guests;
    /*
     * Where they came in.
     */
    const char *gate;
};

/**
 * Grams of grass.
 *
 * Since: 1.0.0
 *
 * Type: uint
 */
#define VIR_ANIMAL_DIET_GRASS "grass"

/**
 * Grams of meat.
 *
 * Since: 1.0.0
 *
 * Type: uint64
 */
#define VIR_ANIMAL_DIET_MEAT "meat"

/**
 * One by the other.
 *
 * Since: 1.0.0
 *
 * Type: double
 */
#define VIR_ANIMAL_DIET_RATIO "ratio"

/**
 * Uncooked.
 *
 * Since: 1.1.0
 *
 * Type: bool
 */
#define VIR_ANIMAL_DIET_RAW "raw"

/**
 * What it drinks.
 *
 * Since: 1.1.0
 *
 * Type: string
 */
#define VIR_ANIMAL_DIET_DRINK "drink"

/**
 * The names of dishes begin so.
 *
 * Since: 1.2.0
 */
#define VIR_ANIMAL_DIET_DISH_PREFIX "dish."

/**
 * What the dish is called.
 *
 * Since: 1.2.0
 *
 * Type: string
 */
#define VIR_ANIMAL_DIET_DISH_SUFFIX_NAME ".name"

/**
 * virConnectWashAnimal:
 *
 * @conn: the Connect to act on
 *
 * @xml: a document that describes it
 *
 * Wash an animal, or get one.
 *
 * As its document says.
 *
 * Returns the animal, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_INVALID_ARG when xml is
 * NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to
 * a daemon broke.
 *
 * Since: 1.2.0
 */
virAnimalPtr virConnectWashAnimal(virConnectPtr conn, const char *xml);

/**
 * virAnimalFree:
 *
 * @animal: the Animal to act on
 *
 * Release an animal's handle.
 *
 * The animal stays.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed.
 *
 * Since: 1.0.0
 */
int virAnimalFree(virAnimalPtr animal);

/**
 * virAnimalGetName:
 *
 * @animal: the Animal to act on
 *
 * Tell the name of an animal.
 *
 * From the handle itself.
 *
 * Returns the name, which belongs to the handle, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed.
 *
 * Since: 1.0.0
 */
const char *virAnimalGetName(virAnimalPtr animal);

/**
 * virAnimalGetUUID:
 *
 * @animal: the Animal to act on
 *
 * @uuid: room for 16 bytes
 *
 * Tell the UUID of an animal.
 *
 * As bytes.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or uuid is NULL.
 *
 * Since: 1.0.0
 */
int virAnimalGetUUID(virAnimalPtr animal, unsigned char *uuid);

/**
 * virAnimalGetUUIDString:
 *
 * @animal: the Animal to act on
 *
 * @buf: room for 37 bytes
 *
 * Tell the UUID of an animal as text.
 *
 * With dashes.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or buf is NULL.
 *
 * Since: 1.0.0
 */
int virAnimalGetUUIDString(virAnimalPtr animal, char *buf);

/**
 * virAnimalGetConnect:
 *
 * @animal: the Animal to act on
 *
 * Tell the connection of an animal.
 *
 * Without a new reference.
 *
 * Returns the connection, borrowed, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed.
 *
 * Since: 1.0.0
 */
virConnectPtr virAnimalGetConnect(virAnimalPtr animal);

/**
 * virCubGetAnimal:
 *
 * @cub: the Cub to act on
 *
 * Tell the mother of a cub.
 *
 * Without a new reference.
 *
 * Returns the mother, borrowed, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when cub is no virCub, or was freed.
 *
 * Since: 1.0.0
 */
virAnimalPtr virCubGetAnimal(virCubPtr cub);

/**
 * virAnimalLookupByName:
 *
 * @conn: the Connect to act on
 *
 * @name: what the animal is called
 *
 * Find an animal by name.
 *
 * Awake or asleep.
 *
 * Returns the animal, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when name is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the
 * connection to a daemon broke; VIR_ERR_INVALID_ARG when no animal has this one.
 *
 * Since: 1.0.0
 */
virAnimalPtr virAnimalLookupByName(virConnectPtr conn, const char *name);

/**
 * virAnimalLookupByUUID:
 *
 * @conn: the Connect to act on
 *
 * @uuid: the 16 bytes that identify it
 *
 * Find an animal by UUID.
 *
 * Awake or asleep.
 *
 * Returns the animal, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when uuid is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the
 * connection to a daemon broke; VIR_ERR_INVALID_ARG when no animal has this one.
 *
 * Since: 1.0.0
 */
virAnimalPtr virAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/**
 * virAnimalLookupByUUIDString:
 *
 * @conn: the Connect to act on
 *
 * @uuid: the UUID in 36 characters
 *
 * Find an animal by the text of its UUID.
 *
 * Awake or asleep.
 *
 * Returns the animal, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when uuid is NULL or uuid is no UUID.
 *
 * Since: 1.0.0
 */
virAnimalPtr virAnimalLookupByUUIDString(virConnectPtr conn, const char *uuid);

/**
 * virAnimalLookupByID:
 *
 * @conn: the Connect to act on
 *
 * @id: the number
 *
 * Find an animal by its number.
 *
 * It is awake then.
 *
 * Returns the animal, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when id is negative or id is above 99; VIR_ERR_NO_SUPPORT when the driver does not have it;
 * VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
virAnimalPtr virAnimalLookupByID(virConnectPtr conn, int id);

/**
 * virConnectListAnimals:
 *
 * @conn: the Connect to act on
 *
 * @names: filled with names, each to be freed
 *
 * List the names of animals.
 *
 * At most as many as there is room for.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when names is NULL although maxnames is not 0 or maxnames is negative; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virConnectListAnimals(virConnectPtr conn, char **const names, int maxnames);

/**
 * virConnectListAllAnimals:
 *
 * @conn: the Connect to act on
 *
 * @animals: set to an array that ends with NULL; the caller frees each and the array
 *
 * @flags: which
 *
 * List every animal.
 *
 * Those that the flags ask for.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when flags has a bit that the driver does not know; VIR_ERR_NO_SUPPORT when the driver does
 * not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.1.0
 */
int virConnectListAllAnimals(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags);

/**
 * virConnectNumOfAnimals:
 *
 * @conn: the Connect to act on
 *
 * Count the animals.
 *
 * Awake or asleep.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virConnectNumOfAnimals(virConnectPtr conn);

/**
 * virConnectAnimalEventRegisterAny:
 *
 * @conn: the Connect to act on
 *
 * @animal: the animal, or NULL for all
 *
 * @eventID: which kind
 *
 * @cb: the callback
 *
 * @opaque: passed to it
 *
 * @freecb: releases the data
 *
 * Listen for events.
 *
 * Of one animal or all.
 *
 * Returns the number of the registration, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when animal is no virAnimal, or was freed, animal is of another connection, eventID is above
 * VIR_ANIMAL_EVENT_ID_VISIT or cb is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it;
 * VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.3.0
 */
int virConnectAnimalEventRegisterAny(virConnectPtr conn,
                                     virAnimalPtr animal,
                                     int eventID,
                                     virConnectAnimalEventGenericCallback cb,
                                     void *opaque,
                                     virFreeCallback freecb);

/**
 * virConnectAnimalEventDeregisterAny:
 *
 * @conn: the Connect to act on
 *
 * @callbackID: the number of the registration
 *
 * Stop listening for events.
 *
 * By the number.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when callbackID is negative; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC
 * when the connection to a daemon broke.
 *
 * Since: 1.3.0
 */
int virConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID);

/**
 * virConnectAnimalEventRegister:
 *
 * @conn: the Connect to act on
 *
 * @cb: the callback
 *
 * @opaque: passed to it
 *
 * @freecb: releases the data
 *
 * Listen for life-cycle events.
 *
 * The older way.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when cb is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the
 * connection to a daemon broke.
 *
 * Since: 1.3.0
 */
int virConnectAnimalEventRegister(virConnectPtr conn,
                                  virConnectAnimalEventLifecycleCallback cb,
                                  void *opaque,
                                  virFreeCallback freecb);

/**
 * virConnectAnimalEventDeregister:
 *
 * @conn: the Connect to act on
 *
 * @cb: the callback
 *
 * Stop listening for life-cycle events.
 *
 * By the function.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when cb is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the
 * connection to a daemon broke.
 *
 * Since: 1.3.0
 */
int virConnectAnimalEventDeregister(virConnectPtr conn, virConnectAnimalEventLifecycleCallback cb);

/**
 * virAnimalWake:
 *
 * @animal: the Animal to act on
 *
 * @flags: how
 *
 * Wake an animal.
 *
 * With or without noise.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, flags has
 * VIR_ANIMAL_WAKE_AGAIN without VIR_ANIMAL_WAKE_LOUDLY or VIR_ANIMAL_WAKE_GENTLY, flags has
 * both VIR_ANIMAL_WAKE_GENTLY and VIR_ANIMAL_WAKE_LOUDLY or flags has a bit that the driver
 * does not know; VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke;
 * VIR_ERR_INVALID_ARG when it is awake.
 *
 * Since: 1.1.0
 */
int virAnimalWake(virAnimalPtr animal, unsigned int flags);

/**
 * virAnimalGetInfo:
 *
 * @animal: the Animal to act on
 *
 * @info: set to the facts
 *
 * Tell facts about an animal.
 *
 * As a record.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or info is NULL;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info);

/**
 * virAnimalGetMood:
 *
 * @animal: the Animal to act on
 *
 * @mood: set to the mood
 *
 * @reason: set to the reason
 *
 * @flags: no flags exist; pass 0
 *
 * Tell how an animal feels.
 *
 * And why.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, mood is NULL or flags
 * has a bit that the driver does not know; VIR_ERR_NO_SUPPORT when the driver does not have it;
 * VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags);

/**
 * virAnimalGetWeight:
 *
 * @animal: the Animal to act on
 *
 * Weigh an animal.
 *
 * In grams.
 *
 * Returns grams, 0 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
unsigned long virAnimalGetWeight(virAnimalPtr animal);

/**
 * virAnimalFeed:
 *
 * @animal: the Animal to act on
 *
 * @small: an int
 *
 * @natural: an unsigned int
 *
 * @large: a long long
 *
 * @huge: an unsigned long
 *
 * @ratio: a double
 *
 * @raw: a truth
 *
 * @mood: an enum
 *
 * Feed an animal.
 *
 * With numbers of every kind.
 *
 * Returns 1 if it ate, 0 if not, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or natural is 0;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver
 * does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalFeed(virAnimalPtr animal,
                  int small,
                  unsigned int natural,
                  long long large,
                  unsigned long huge,
                  double ratio,
                  int raw,
                  unsigned int mood);

/**
 * virAnimalTell:
 *
 * @animal: the Animal to act on
 *
 * @word: what to say
 *
 * @password: what to whisper
 *
 * @words: more to say
 *
 * @answer: set to what it says, to be freed
 *
 * Tell an animal something.
 *
 * It may answer.
 *
 * Returns what it thinks, to be freed, or NULL.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, word is NULL, words is
 * NULL although nwords is not 0 or answer is NULL; VIR_ERR_OPERATION_DENIED when the connection
 * is read-only; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the
 * connection to a daemon broke.
 *
 * Since: 1.0.0
 */
char *virAnimalTell(virAnimalPtr animal,
                    const char *word,
                    const char *password,
                    const char **words,
                    unsigned int nwords,
                    char **answer);

/**
 * virAnimalGetTracks:
 *
 * @animal: the Animal to act on
 *
 * @places: where to look
 *
 * @times: filled with times
 *
 * @facts: set to an array of records, which the caller frees
 *
 * Tell where an animal was.
 *
 * Lists of numbers and records.
 *
 * Returns how many times, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, places is NULL
 * although nplaces is not 0, times is NULL, maxtimes is not positive, nfacts is NULL or facts
 * is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection
 * to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalGetTracks(virAnimalPtr animal,
                       unsigned int *places,
                       unsigned int nplaces,
                       unsigned long long *times,
                       int maxtimes,
                       virAnimalInfoPtr **facts,
                       int *nfacts);

/**
 * virAnimalGetDiet:
 *
 * @animal: the Animal to act on
 *
 * @params: filled with parameters
 *
 * @flags: no flags exist; pass 0
 *
 * Tell what an animal eats.
 *
 * Ask with a count of 0 how much room it takes.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, nparams is NULL,
 * *nparams is negative, params is NULL although *nparams is not 0 or flags has a bit that the
 * driver does not know; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when
 * the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalGetDiet(virAnimalPtr animal,
                     virTypedParameterPtr params,
                     int *nparams,
                     unsigned int flags);

/**
 * virAnimalSetDiet:
 *
 * @animal: the Animal to act on
 *
 * @params: the changes
 *
 * @more: further changes
 *
 * Change what an animal eats.
 *
 * What is not named stays.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, params is NULL,
 * nparams is not positive, more is NULL although nmore is not 0 or nmore is negative;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver
 * does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalSetDiet(virAnimalPtr animal,
                     virTypedParameterPtr params,
                     int nparams,
                     virTypedParameterPtr more,
                     int nmore);

/**
 * virAnimalGetStats:
 *
 * @animal: the Animal to act on
 *
 * @params: set to an array of parameters, which the caller frees
 *
 * @flags: merged sets
 *
 * Tell numbers about an animal.
 *
 * As many as there are.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, nparams is NULL,
 * params is NULL or flags has a bit that the driver does not know; VIR_ERR_NO_SUPPORT when the
 * driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.2.0
 */
int virAnimalGetStats(virAnimalPtr animal,
                      virTypedParameterPtr *params,
                      int *nparams,
                      unsigned int flags);

/**
 * virAnimalPin:
 *
 * @animal: the Animal to act on
 *
 * @cages: in which cages it may be
 *
 * Allow an animal some cages.
 *
 * One bit per cage.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, cages is NULL or
 * maplen is not positive; VIR_ERR_OPERATION_DENIED when the connection is read-only;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalPin(virAnimalPtr animal, unsigned char *cages, int maplen);

/**
 * virAnimalGetPins:
 *
 * @animal: the Animal to act on
 *
 * @nlegs: how many rows
 *
 * @cages: filled with rows
 *
 * Tell the cages of an animal's legs.
 *
 * A row of bits per leg.
 *
 * Returns how many rows, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, nlegs is negative,
 * cages is NULL or maplen is not positive; VIR_ERR_NO_SUPPORT when the driver does not have it;
 * VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalGetPins(virAnimalPtr animal, int nlegs, unsigned char *cages, int maplen);

/**
 * virAnimalPeek:
 *
 * @animal: the Animal to act on
 *
 * @start: where to begin
 *
 * @size: how many bytes
 *
 * @buffer: filled with bytes
 *
 * @flags: no flags exist; pass 0
 *
 * Look into an animal.
 *
 * Bytes of its brain.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, buffer is NULL
 * although size is not 0 or flags has a bit that the driver does not know;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver
 * does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalPeek(virAnimalPtr animal,
                  unsigned long long start,
                  size_t size,
                  void *buffer,
                  unsigned int flags);

/**
 * virAnimalBlockStats:
 *
 * @animal: the Animal to act on
 *
 * @part: which part of it
 *
 * @stats: set to the facts
 *
 * Tell what an animal carries.
 *
 * Programs may be older than the record.
 *
 * Returns 0 on success, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, part is NULL or stats
 * is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection
 * to a daemon broke.
 *
 * Since: 1.0.0
 */
int virAnimalBlockStats(virAnimalPtr animal, const char *part, virAnimalInfoPtr stats, size_t size);

/**
 * virAnimalGetXMLDesc:
 *
 * @animal: the Animal to act on
 *
 * @flags: how
 *
 * Describe an animal.
 *
 * As a document.
 *
 * Returns the document, to be freed, or NULL.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or flags has a bit that
 * the driver does not know; VIR_ERR_OPERATION_DENIED when the connection is read-only and flags
 * has VIR_ANIMAL_WAKE_LOUDLY; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC
 * when the connection to a daemon broke.
 *
 * Since: 1.0.0
 */
char *virAnimalGetXMLDesc(virAnimalPtr animal, unsigned int flags);

/**
 * virAnimalInfoFree:
 *
 * @info: what to free
 *
 * Free facts.
 *
 * NULL is ignored.
 *
 * Returns nothing.
 *
 * Since: 1.4.0
 */
void virAnimalInfoFree(virAnimalInfoPtr info);

/**
 * virAnimalVisitFree:
 *
 * @visit: what to free
 *
 * Free a visit.
 *
 * NULL is ignored.
 *
 * Returns nothing.
 *
 * Since: 1.4.0
 */
void virAnimalVisitFree(virAnimalVisitPtr visit);

/**
 * virConnectGetAllVisits:
 *
 * @conn: the Connect to act on
 *
 * @visits: set to an array, which the caller frees
 *
 * @mood: which guests
 *
 * Tell who looks at any animal.
 *
 * Every visit once.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_CONN when conn is no virConnect, or was freed; VIR_ERR_INVALID_ARG
 * when visits is NULL; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when
 * the connection to a daemon broke.
 *
 * Since: 1.4.0
 */
int virConnectGetAllVisits(virConnectPtr conn, virAnimalVisitPtr **visits, unsigned int mood);

/**
 * virAnimalListGetVisits:
 *
 * @animals: the animals, and NULL behind them
 *
 * @visits: set to an array, which the caller frees
 *
 * @mood: which guests
 *
 * Tell who looks at some animals.
 *
 * All of them belong to one connection.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animals is NULL or visits is NULL.
 *
 * Since: 1.4.0
 */
int virAnimalListGetVisits(virAnimalPtr *animals, virAnimalVisitPtr **visits, unsigned int mood);

/**
 * virAnimalGetGuests:
 *
 * @dom: the Animal to act on
 *
 * @visits: set to an array, which the caller frees
 *
 * @mood: which guests
 *
 * Tell who looks at an animal.
 *
 * Asking the animal itself changes it.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when dom is no virAnimal, or was freed or visits is NULL;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only and mood is VIR_ANIMAL_MOOD_ANGRY;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke.
 *
 * Since: 1.4.0
 */
int virAnimalGetGuests(virAnimalPtr dom, virAnimalVisitPtr **visits, unsigned int mood);

/**
 * virAnimalMarry:
 *
 * @animal: the Animal to act on
 *
 * @other: whom it marries
 *
 * @witness: who looks on
 *
 * Let two animals live together.
 *
 * Of one zoo.
 *
 * Returns their cub, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, other is no virAnimal,
 * or was freed, other is of another connection, witness is no virCub, or was freed or witness
 * is of another connection; VIR_ERR_OPERATION_DENIED when the connection is read-only;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke.
 *
 * Since: 1.5.0
 */
virCubPtr virAnimalMarry(virAnimalPtr animal, virAnimalPtr other, virCubPtr witness);

/**
 * virAnimalFilm:
 *
 * @animal: the Animal to act on
 *
 * @stream: where the film goes
 *
 * @flags: no flags exist; pass 0
 *
 * Film an animal.
 *
 * Into a stream.
 *
 * Returns the type of the film, to be freed, or NULL.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed, stream is of another
 * connection or flags has a bit that the driver does not know; VIR_ERR_INVALID_STREAM when
 * stream is no virStream, or was freed; VIR_ERR_OPERATION_INVALID when stream is in use
 * already; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection
 * to a daemon broke.
 *
 * Since: 1.5.0
 */
char *virAnimalFilm(virAnimalPtr animal, virStreamPtr stream, unsigned int flags);

/**
 * virAnimalLend:
 *
 * @animal: the Animal to act on
 *
 * @nfiles: how many
 *
 * @files: doors to pass through
 *
 * @door: the last of them
 *
 * @opened: set to an array of doors, to be closed and freed
 *
 * Open doors for an animal.
 *
 * Descriptors in and out.
 *
 * Returns how many were opened, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or opened is NULL;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver
 * does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
int virAnimalLend(virAnimalPtr animal, unsigned int nfiles, int *files, int door, int **opened);

/**
 * virAnimalGetMeals:
 *
 * @animal: the Animal to act on
 *
 * @params: filled with rows of parameters; NULL asks how many
 *
 * @ndays: how many days
 *
 * @flags: no flags exist; pass 0
 *
 * Tell what an animal ate on several days.
 *
 * One row for each day.
 *
 * Returns how many parameters a day has, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or flags has a bit that
 * the driver does not know; VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC
 * when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
int virAnimalGetMeals(virAnimalPtr animal,
                      virTypedParameterPtr params,
                      unsigned int nparams,
                      unsigned int ndays,
                      unsigned int flags);

/**
 * virAnimalGetStripes:
 *
 * @animal: the Animal to act on
 *
 * @stripes: set to a new bitmap, to be freed
 *
 * Tell where an animal has stripes.
 *
 * As bits that the library allocates.
 *
 * Returns how many places there are, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
int virAnimalGetStripes(virAnimalPtr animal, unsigned char **stripes);

/**
 * virAnimalGetVoice:
 *
 * @animal: the Animal to act on
 *
 * @size: set to the length in bytes
 *
 * Get what an animal sounds like.
 *
 * As bytes.
 *
 * Returns the bytes, to be freed, or NULL.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or size is NULL;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke.
 *
 * Since: 1.5.0
 */
unsigned char *virAnimalGetVoice(virAnimalPtr animal, size_t *size);

/**
 * virAnimalOpenDoor:
 *
 * @animal: the Animal to act on
 *
 * Open the door of an animal.
 *
 * To look in.
 *
 * Returns a descriptor, to be closed, or -1.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed;
 * VIR_ERR_OPERATION_DENIED when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver
 * does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
int virAnimalOpenDoor(virAnimalPtr animal);

/**
 * virAnimalGetOrigin:
 *
 * @animal: the Animal to act on
 *
 * Tell where an animal is from.
 *
 * The handle keeps it.
 *
 * Returns the place, or NULL; not to be freed.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed; VIR_ERR_NO_SUPPORT
 * when the driver does not have it; VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
const char *virAnimalGetOrigin(virAnimalPtr animal);

/**
 * virDenLookupByName:
 *
 * @animal: the Animal to act on
 *
 * @name: what the den is called
 *
 * Find a den of an animal.
 *
 * Whoever sleeps there.
 *
 * Returns the den, which the caller frees, or NULL on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animal is no virAnimal, or was freed or name is NULL;
 * VIR_ERR_NO_SUPPORT when the driver does not have it; VIR_ERR_RPC when the connection to a
 * daemon broke; VIR_ERR_INVALID_ARG when the animal has no den of this name.
 *
 * Since: 1.5.0
 */
virDenPtr virDenLookupByName(virAnimalPtr animal, const char *name);

/**
 * virDenSweep:
 *
 * @den: the Den to act on
 *
 * Sweep a den.
 *
 * Nothing is left.
 *
 * Returns 0, or -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when den is no virDen, or was freed; VIR_ERR_OPERATION_DENIED
 * when the connection is read-only; VIR_ERR_NO_SUPPORT when the driver does not have it;
 * VIR_ERR_RPC when the connection to a daemon broke.
 *
 * Since: 1.5.0
 */
int virDenSweep(virDenPtr den);

/**
 * virAnimalListGetStats:
 *
 * @animals: an array that ends with NULL
 *
 * @flags: which
 *
 * Tell numbers about several animals.
 *
 * Of one zoo.
 *
 * Returns how many, -1 on error.
 *
 * Errors: VIR_ERR_INVALID_ARG when animals is NULL or flags has an unknown bit.
 *
 * Since: 1.5.0
 */
int virAnimalListGetStats(virAnimalPtr *animals, unsigned int flags);

/**
 * Cast an event callback to virConnectAnimalEventGenericCallback, as registration wants it.
 */
#define VIR_ANIMAL_EVENT_CALLBACK(cb) ((virConnectAnimalEventGenericCallback) (void (*)(void)) (cb))

#ifdef __cplusplus
}
#endif

#endif /* LIBVIRT_ANIMAL_H */
