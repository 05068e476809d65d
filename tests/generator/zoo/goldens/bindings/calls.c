/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */

#include "call.h"

#include <libvirt/libvirt-qemu.h>

static int
refConnect(void *handle)
{
    return virConnectRef(handle);
}

static int
freeConnect(void *handle)
{
    return virConnectClose(handle);
}

static const vbObject objectConnect = {"Connect", NULL, refConnect, freeConnect, 0};

static int
refStream(void *handle)
{
    (void) handle;
    return 0;
}

static int
freeStream(void *handle)
{
    (void) handle;
    return 0;
}

static const vbObject objectStream = {"Stream", &objectConnect, refStream, freeStream, 1};

static int
refAnimal(void *handle)
{
    (void) handle;
    return 0;
}

static int
freeAnimal(void *handle)
{
    return virAnimalFree(handle);
}

static const vbObject objectAnimal = {"Animal", &objectConnect, refAnimal, freeAnimal, 2};

static int
refCub(void *handle)
{
    (void) handle;
    return 0;
}

static int
freeCub(void *handle)
{
    (void) handle;
    return 0;
}

static const vbObject objectCub = {"Cub", &objectAnimal, refCub, freeCub, 3};

static int
refDen(void *handle)
{
    (void) handle;
    return 0;
}

static int
freeDen(void *handle)
{
    (void) handle;
    return 0;
}

static const vbObject objectDen = {"Den", &objectConnect, refDen, freeDen, 4};

static const vbKey keysAnimalDiet[] = {
    {"grass", VIR_TYPED_PARAM_UINT},
    {"meat", VIR_TYPED_PARAM_ULLONG},
    {"ratio", VIR_TYPED_PARAM_DOUBLE},
    {"raw", VIR_TYPED_PARAM_BOOLEAN},
    {"drink", VIR_TYPED_PARAM_STRING},
};
static const vbParams paramsAnimalDiet = {"AnimalDiet", keysAnimalDiet, sizeof(keysAnimalDiet) / sizeof(keysAnimalDiet[0])};

static const vbRecord recordConnectAuth;
static const vbRecord recordAnimalInfo;
static const vbRecord recordAnimalGuest;
static const vbRecord recordAnimalVisit;
static const vbCallback callbackFreeCallback;
static const vbCallback callbackConnectAnimalEventGenericCallback;
static const vbCallback callbackConnectAnimalEventLifecycleCallback;
static const vbCallback callbackConnectAnimalEventMealCallback;
static const vbCallback callbackConnectAnimalEventVisitCallback;
static const vbCallback callbackKeeperCallback;

static const vbField fieldsConnectAuth[] = {
    {.name = "credtype", .type = {.kind = VB_INT, .size = sizeof(int)}, .offset = offsetof(virConnectAuth, credtype), .mode = VB_ARRAY, .owned = true, .count_offset = offsetof(virConnectAuth, ncredtype), .count_size = sizeof(((virConnectAuth *) 0)->ncredtype)},
    {.name = "cbdata", .type = {.kind = VB_OPAQUE}, .offset = offsetof(virConnectAuth, cbdata), .owned = true},
};
static const vbRecord recordConnectAuth = {"ConnectAuth", sizeof(virConnectAuth), VB_FORM_NONE, fieldsConnectAuth, sizeof(fieldsConnectAuth) / sizeof(fieldsConnectAuth[0])};

static const vbField fieldsAnimalInfo[] = {
    {.name = "kind", .type = {.kind = VB_TEXT}, .offset = offsetof(virAnimalInfo, kind), .owned = true, .length = sizeof(((virAnimalInfo *) 0)->kind)},
    {.name = "weight", .type = {.kind = VB_UINT, .size = sizeof(unsigned long)}, .offset = offsetof(virAnimalInfo, weight), .owned = true},
    {.name = "legs", .type = {.kind = VB_UINT, .size = sizeof(unsigned short)}, .offset = offsetof(virAnimalInfo, legs), .owned = true},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(virAnimalMood)}, .offset = offsetof(virAnimalInfo, mood), .owned = true},
};
static const vbRecord recordAnimalInfo = {"AnimalInfo", sizeof(virAnimalInfo), VB_FORM_NONE, fieldsAnimalInfo, sizeof(fieldsAnimalInfo) / sizeof(fieldsAnimalInfo[0])};

static const vbField fieldsAnimalGuest[] = {
    {.name = "name", .type = {.kind = VB_TEXT}, .offset = offsetof(virAnimalGuest, name), .owned = true},
};
static const vbRecord recordAnimalGuest = {"AnimalGuest", sizeof(virAnimalGuest), VB_FORM_NONE, fieldsAnimalGuest, sizeof(fieldsAnimalGuest) / sizeof(fieldsAnimalGuest[0])};

static const vbField fieldsAnimalVisit[] = {
    {.name = "guests", .type = {.kind = VB_RECORD, .record = &recordAnimalGuest}, .offset = offsetof(virAnimalVisit, guests), .mode = VB_ARRAY, .owned = true, .count_offset = offsetof(virAnimalVisit, nguests), .count_size = sizeof(((virAnimalVisit *) 0)->nguests)},
    {.name = "gate", .type = {.kind = VB_TEXT}, .offset = offsetof(virAnimalVisit, gate)},
};
static const vbRecord recordAnimalVisit = {"AnimalVisit", sizeof(virAnimalVisit), VB_FORM_NONE, fieldsAnimalVisit, sizeof(fieldsAnimalVisit) / sizeof(fieldsAnimalVisit[0])};

static void
onFreeCallback(void *opaque)
{
    vbSlot slots[] = {{.p = (void *) opaque}};

    vbUpcall(&callbackFreeCallback, slots);
}

static const vbPart parametersFreeCallback[] = {
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackFreeCallback = {
    "FreeCallback", (void (*)(void)) onFreeCallback, parametersFreeCallback,
    1, {.kind = VB_NOTHING}, 0, 0,
};

static void
onConnectAnimalEventGenericCallback(virConnectPtr conn, virAnimalPtr animal, void *opaque)
{
    vbSlot slots[] = {{.p = (void *) conn}, {.p = (void *) animal}, {.p = (void *) opaque}};

    vbUpcall(&callbackConnectAnimalEventGenericCallback, slots);
}

static const vbPart parametersConnectAnimalEventGenericCallback[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackConnectAnimalEventGenericCallback = {
    "ConnectAnimalEventGenericCallback", (void (*)(void)) onConnectAnimalEventGenericCallback, parametersConnectAnimalEventGenericCallback,
    3, {.kind = VB_NOTHING}, 2, 1,
};

static int
onConnectAnimalEventLifecycleCallback(virConnectPtr conn, virAnimalPtr animal, int event, int detail, void *opaque)
{
    vbSlot slots[] = {{.p = (void *) conn}, {.p = (void *) animal}, {.i = (long long) event}, {.i = (long long) detail}, {.p = (void *) opaque}};

    return (int) vbUpcall(&callbackConnectAnimalEventLifecycleCallback, slots);
}

static const vbPart parametersConnectAnimalEventLifecycleCallback[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "event", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "detail", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackConnectAnimalEventLifecycleCallback = {
    "ConnectAnimalEventLifecycleCallback", (void (*)(void)) onConnectAnimalEventLifecycleCallback, parametersConnectAnimalEventLifecycleCallback,
    5, {.kind = VB_INT, .size = sizeof(int)}, 4, 2,
};

static void
onConnectAnimalEventMealCallback(virConnectPtr conn, virAnimalPtr animal, const char *dish, virTypedParameterPtr params, int nparams, void *opaque)
{
    vbSlot slots[] = {{.p = (void *) conn}, {.p = (void *) animal}, {.p = (void *) dish}, {.p = (void *) params}, {.i = (long long) nparams}, {.p = (void *) opaque}};

    vbUpcall(&callbackConnectAnimalEventMealCallback, slots);
}

static const vbPart parametersConnectAnimalEventMealCallback[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "dish", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "params", .type = {.kind = VB_PARAMS, .params = &paramsAnimalDiet}, .role = VB_GIVEN, .mode = VB_ARRAY, .of = -1, .counts = {4, -1}, .stride = -1},
    {.name = "nparams", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_LENGTH, .mode = VB_ONE, .of = 3, .counts = {-1, -1}, .stride = -1},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackConnectAnimalEventMealCallback = {
    "ConnectAnimalEventMealCallback", (void (*)(void)) onConnectAnimalEventMealCallback, parametersConnectAnimalEventMealCallback,
    6, {.kind = VB_NOTHING}, 5, 3,
};

static void
onConnectAnimalEventVisitCallback(virConnectPtr conn, virAnimalPtr animal, const virAnimalVisit *visit, unsigned long long seconds, void *opaque)
{
    vbSlot slots[] = {{.p = (void *) conn}, {.p = (void *) animal}, {.p = (void *) visit}, {.i = (long long) seconds}, {.p = (void *) opaque}};

    vbUpcall(&callbackConnectAnimalEventVisitCallback, slots);
}

static const vbPart parametersConnectAnimalEventVisitCallback[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "visit", .type = {.kind = VB_RECORD, .record = &recordAnimalVisit}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "seconds", .type = {.kind = VB_UINT, .size = sizeof(unsigned long long)}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackConnectAnimalEventVisitCallback = {
    "ConnectAnimalEventVisitCallback", (void (*)(void)) onConnectAnimalEventVisitCallback, parametersConnectAnimalEventVisitCallback,
    5, {.kind = VB_NOTHING}, 4, 4,
};

static void
onKeeperCallback(virAnimalPtr animal, const char *text, void *opaque)
{
    vbSlot slots[] = {{.p = (void *) animal}, {.p = (void *) text}, {.p = (void *) opaque}};

    vbUpcall(&callbackKeeperCallback, slots);
}

static const vbPart parametersKeeperCallback[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "text", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_GIVEN, .mode = VB_ONE, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbCallback callbackKeeperCallback = {
    "KeeperCallback", (void (*)(void)) onKeeperCallback, parametersKeeperCallback,
    3, {.kind = VB_NOTHING}, 2, 5,
};

static bool
callInitialize(vbSlot *s)
{
    s[0].i = virInitialize();
    return s[0].i == (int) -1;
}

static const vbFunction functionInitialize = {
    .name = "Initialize", .symbol = "virInitialize",
    .run = callInitialize, .parts = NULL, .nparts = 0,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Prepare the library. Any other function does it too.",
};

static bool
callGetLastErrorCode(vbSlot *s)
{
    s[0].i = virGetLastErrorCode();
    return s[0].i == (int) 0;
}

static const vbFunction functionGetLastErrorCode = {
    .name = "GetLastErrorCode", .symbol = "virGetLastErrorCode",
    .run = callGetLastErrorCode, .parts = NULL, .nparts = 0,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the code of the last error. Of this thread.",
};

static bool
callConnectOpenAuth(vbSlot *s)
{
    s[0].p = virConnectOpenAuth(s[1].p, s[2].p, (unsigned int) s[3].u);
    return !s[0].p;
}

static const vbPart partsConnectOpenAuth[] = {
    {.name = "name", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
    {.name = "auth", .type = {.kind = VB_RECORD, .record = &recordConnectAuth}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .form = VB_FORM_LIST},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionConnectOpenAuth = {
    .name = "ConnectOpenAuth", .symbol = "virConnectOpenAuth",
    .run = callConnectOpenAuth, .parts = partsConnectOpenAuth, .nparts = 3,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectConnect}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Open a connection. Asks for credentials where they are needed.",
};

static bool
callConnectClose(vbSlot *s)
{
    s[0].i = virConnectClose(s[1].p);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectClose[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionConnectClose = {
    .name = "ConnectClose", .symbol = "virConnectClose",
    .run = callConnectClose, .parts = partsConnectClose, .nparts = 1,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Close a connection. The last of its users does it.",
};

static bool
callStreamSend(vbSlot *s)
{
    s[0].i = virStreamSend(s[1].p, s[2].p, (size_t) s[3].u);
    return s[0].i == (int) -1;
}

static const vbPart partsStreamSend[] = {
    {.name = "stream", .type = {.kind = VB_OBJECT, .object = &objectStream}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "data", .type = {.kind = VB_BYTES}, .role = VB_GIVEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "nbytes", .type = {.kind = VB_INT, .size = sizeof(size_t)}, .role = VB_LENGTH, .of = 1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionStreamSend = {
    .name = "StreamSend", .symbol = "virStreamSend",
    .run = callStreamSend, .parts = partsStreamSend, .nparts = 3,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Send bytes. May take fewer than offered.",
};

static bool
callConnectWashAnimal(vbSlot *s)
{
    s[0].p = virConnectWashAnimal(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsConnectWashAnimal[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "xml", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionConnectWashAnimal = {
    .name = "ConnectWashAnimal", .symbol = "virConnectWashAnimal",
    .run = callConnectWashAnimal, .parts = partsConnectWashAnimal, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Wash an animal, or get one. As its document says.",
};

static bool
callAnimalGetName(vbSlot *s)
{
    s[0].p = (void *) virAnimalGetName(s[1].p);
    return !s[0].p;
}

static const vbPart partsAnimalGetName[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalGetName = {
    .name = "AnimalGetName", .symbol = "virAnimalGetName",
    .run = callAnimalGetName, .parts = partsAnimalGetName, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_TEXT}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the name of an animal. From the handle itself.",
};

static bool
callAnimalGetUUID(vbSlot *s)
{
    s[0].i = virAnimalGetUUID(s[1].p, s[2].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetUUID[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "uuid", .type = {.kind = VB_UUID}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalGetUUID = {
    .name = "AnimalGetUUID", .symbol = "virAnimalGetUUID",
    .run = callAnimalGetUUID, .parts = partsAnimalGetUUID, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the UUID of an animal. As bytes.",
};

static bool
callAnimalGetUUIDString(vbSlot *s)
{
    s[0].i = virAnimalGetUUIDString(s[1].p, s[2].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetUUIDString[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "buf", .type = {.kind = VB_UUID_TEXT}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalGetUUIDString = {
    .name = "AnimalGetUUIDString", .symbol = "virAnimalGetUUIDString",
    .run = callAnimalGetUUIDString, .parts = partsAnimalGetUUIDString, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the UUID of an animal as text. With dashes.",
};

static bool
callAnimalGetConnect(vbSlot *s)
{
    s[0].p = virAnimalGetConnect(s[1].p);
    return !s[0].p;
}

static const vbPart partsAnimalGetConnect[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalGetConnect = {
    .name = "AnimalGetConnect", .symbol = "virAnimalGetConnect",
    .run = callAnimalGetConnect, .parts = partsAnimalGetConnect, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectConnect}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the connection of an animal. Without a new reference.",
};

static bool
callCubGetAnimal(vbSlot *s)
{
    s[0].p = virCubGetAnimal(s[1].p);
    return !s[0].p;
}

static const vbPart partsCubGetAnimal[] = {
    {.name = "cub", .type = {.kind = VB_OBJECT, .object = &objectCub}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionCubGetAnimal = {
    .name = "CubGetAnimal", .symbol = "virCubGetAnimal",
    .run = callCubGetAnimal, .parts = partsCubGetAnimal, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the mother of a cub. Without a new reference.",
};

static bool
callAnimalLookupByName(vbSlot *s)
{
    s[0].p = virAnimalLookupByName(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsAnimalLookupByName[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "name", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalLookupByName = {
    .name = "AnimalLookupByName", .symbol = "virAnimalLookupByName",
    .run = callAnimalLookupByName, .parts = partsAnimalLookupByName, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Find an animal by name. Awake or asleep.",
};

static bool
callAnimalLookupByUUID(vbSlot *s)
{
    s[0].p = virAnimalLookupByUUID(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsAnimalLookupByUUID[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "uuid", .type = {.kind = VB_UUID}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalLookupByUUID = {
    .name = "AnimalLookupByUUID", .symbol = "virAnimalLookupByUUID",
    .run = callAnimalLookupByUUID, .parts = partsAnimalLookupByUUID, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Find an animal by UUID. Awake or asleep.",
};

static bool
callAnimalLookupByUUIDString(vbSlot *s)
{
    s[0].p = virAnimalLookupByUUIDString(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsAnimalLookupByUUIDString[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "uuid", .type = {.kind = VB_UUID_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalLookupByUUIDString = {
    .name = "AnimalLookupByUUIDString", .symbol = "virAnimalLookupByUUIDString",
    .run = callAnimalLookupByUUIDString, .parts = partsAnimalLookupByUUIDString, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Find an animal by the text of its UUID. Awake or asleep.",
};

static bool
callAnimalLookupByID(vbSlot *s)
{
    s[0].p = virAnimalLookupByID(s[1].p, (int) s[2].i);
    return !s[0].p;
}

static const vbPart partsAnimalLookupByID[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "id", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalLookupByID = {
    .name = "AnimalLookupByID", .symbol = "virAnimalLookupByID",
    .run = callAnimalLookupByID, .parts = partsAnimalLookupByID, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Find an animal by its number. It is awake then.",
};

static bool
callConnectListAnimals(vbSlot *s)
{
    s[0].i = virConnectListAnimals(s[1].p, s[2].p, (int) s[3].i);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectListAnimals[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "names", .type = {.kind = VB_TEXT}, .role = VB_TAKEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_FILL, .owned = true, .limit = 512},
    {.name = "maxnames", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionConnectListAnimals = {
    .name = "ConnectListAnimals", .symbol = "virConnectListAnimals",
    .run = callConnectListAnimals, .parts = partsConnectListAnimals, .nparts = 3,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "List the names of animals. At most as many as there is room for.",
};

static bool
callConnectListAllAnimals(vbSlot *s)
{
    s[0].i = virConnectListAllAnimals(s[1].p, s[2].p, (unsigned int) s[3].u);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectListAllAnimals[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animals", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ALLOC, .nullable = true, .owned = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionConnectListAllAnimals = {
    .name = "ConnectListAllAnimals", .symbol = "virConnectListAllAnimals",
    .run = callConnectListAllAnimals, .parts = partsConnectListAllAnimals, .nparts = 3,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "List every animal. Those that the flags ask for.",
};

static bool
callConnectNumOfAnimals(vbSlot *s)
{
    s[0].i = virConnectNumOfAnimals(s[1].p);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectNumOfAnimals[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionConnectNumOfAnimals = {
    .name = "ConnectNumOfAnimals", .symbol = "virConnectNumOfAnimals",
    .run = callConnectNumOfAnimals, .parts = partsConnectNumOfAnimals, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Count the animals. Awake or asleep.",
};

static bool
callConnectAnimalEventRegisterAny(vbSlot *s)
{
    s[0].i = virConnectAnimalEventRegisterAny(s[1].p,
                                              s[2].p,
                                              (int) s[3].i,
                                              (virConnectAnimalEventGenericCallback) s[4].f,
                                              s[5].p,
                                              (virFreeCallback) s[6].f);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectAnimalEventRegisterAny[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
    {.name = "eventID", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "cb", .type = {.kind = VB_CALLBACK, .callback = &callbackConnectAnimalEventGenericCallback}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_CLOSURE, .of = 3, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true, .fallback = "none"},
    {.name = "freecb", .type = {.kind = VB_CALLBACK, .callback = &callbackFreeCallback}, .role = VB_RELEASE, .of = 3, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
};
static const vbCallback *const eventsConnectAnimalEventRegisterAny[] = {
    [0] = &callbackConnectAnimalEventLifecycleCallback,
    [1] = &callbackConnectAnimalEventMealCallback,
    [2] = &callbackConnectAnimalEventVisitCallback,
};
static const vbFunction functionConnectAnimalEventRegisterAny = {
    .name = "ConnectAnimalEventRegisterAny", .symbol = "virConnectAnimalEventRegisterAny",
    .run = callConnectAnimalEventRegisterAny, .parts = partsConnectAnimalEventRegisterAny, .nparts = 6,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL, .events = eventsConnectAnimalEventRegisterAny, .nevents = sizeof(eventsConnectAnimalEventRegisterAny) / sizeof(eventsConnectAnimalEventRegisterAny[0]),
    .doc = "Listen for events. Of one animal or all.",
};

static bool
callConnectAnimalEventDeregisterAny(vbSlot *s)
{
    s[0].i = virConnectAnimalEventDeregisterAny(s[1].p, (int) s[2].i);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectAnimalEventDeregisterAny[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "callbackID", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionConnectAnimalEventDeregisterAny = {
    .name = "ConnectAnimalEventDeregisterAny", .symbol = "virConnectAnimalEventDeregisterAny",
    .run = callConnectAnimalEventDeregisterAny, .parts = partsConnectAnimalEventDeregisterAny, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Stop listening for events. By the number.",
};

static bool
callConnectAnimalEventRegister(vbSlot *s)
{
    s[0].i = virConnectAnimalEventRegister(s[1].p,
                                           (virConnectAnimalEventLifecycleCallback) s[2].f,
                                           s[3].p,
                                           (virFreeCallback) s[4].f);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectAnimalEventRegister[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "cb", .type = {.kind = VB_CALLBACK, .callback = &callbackConnectAnimalEventLifecycleCallback}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_CLOSURE, .of = 1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true, .fallback = "none"},
    {.name = "freecb", .type = {.kind = VB_CALLBACK, .callback = &callbackFreeCallback}, .role = VB_RELEASE, .of = 1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
};
static const vbFunction functionConnectAnimalEventRegister = {
    .name = "ConnectAnimalEventRegister", .symbol = "virConnectAnimalEventRegister",
    .run = callConnectAnimalEventRegister, .parts = partsConnectAnimalEventRegister, .nparts = 4,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Listen for life-cycle events. The older way.",
};

static bool
callConnectAnimalEventDeregister(vbSlot *s)
{
    s[0].i = virConnectAnimalEventDeregister(s[1].p,
                                             (virConnectAnimalEventLifecycleCallback) s[2].f);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectAnimalEventDeregister[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "cb", .type = {.kind = VB_CALLBACK, .callback = &callbackConnectAnimalEventLifecycleCallback}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionConnectAnimalEventDeregister = {
    .name = "ConnectAnimalEventDeregister", .symbol = "virConnectAnimalEventDeregister",
    .run = callConnectAnimalEventDeregister, .parts = partsConnectAnimalEventDeregister, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Stop listening for life-cycle events. By the function.",
};

static bool
callAnimalWake(vbSlot *s)
{
    s[0].i = virAnimalWake(s[1].p, (unsigned int) s[2].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalWake[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalWake = {
    .name = "AnimalWake", .symbol = "virAnimalWake",
    .run = callAnimalWake, .parts = partsAnimalWake, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Wake an animal. With or without noise.",
};

static bool
callAnimalGetInfo(vbSlot *s)
{
    s[0].i = virAnimalGetInfo(s[1].p, s[2].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetInfo[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "info", .type = {.kind = VB_RECORD, .record = &recordAnimalInfo}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .form = VB_FORM_LIST},
};
static const vbFunction functionAnimalGetInfo = {
    .name = "AnimalGetInfo", .symbol = "virAnimalGetInfo",
    .run = callAnimalGetInfo, .parts = partsAnimalGetInfo, .nparts = 2,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell facts about an animal. As a record.",
};

static bool
callAnimalGetMood(vbSlot *s)
{
    s[0].i = virAnimalGetMood(s[1].p, s[2].p, s[3].p, (unsigned int) s[4].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetMood[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "reason", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalGetMood = {
    .name = "AnimalGetMood", .symbol = "virAnimalGetMood",
    .run = callAnimalGetMood, .parts = partsAnimalGetMood, .nparts = 4,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_LIST, .bundle = NULL,
    .doc = "Tell how an animal feels. And why.",
};

static bool
callAnimalGetWeight(vbSlot *s)
{
    s[0].u = virAnimalGetWeight(s[1].p);
    return s[0].u == (unsigned long) 0;
}

static const vbPart partsAnimalGetWeight[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalGetWeight = {
    .name = "AnimalGetWeight", .symbol = "virAnimalGetWeight",
    .run = callAnimalGetWeight, .parts = partsAnimalGetWeight, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_UINT, .size = sizeof(unsigned long)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Weigh an animal. In grams.",
};

static bool
callAnimalFeed(vbSlot *s)
{
    s[0].i = virAnimalFeed(s[1].p,
                           (int) s[2].i,
                           (unsigned int) s[3].u,
                           (long long) s[4].i,
                           (unsigned long) s[5].u,
                           (double) s[6].d,
                           (int) s[7].i,
                           (unsigned int) s[8].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalFeed[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "small", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "natural", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "large", .type = {.kind = VB_INT, .size = sizeof(long long)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "huge", .type = {.kind = VB_UINT, .size = sizeof(unsigned long)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "ratio", .type = {.kind = VB_DOUBLE, .size = sizeof(double)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "raw", .type = {.kind = VB_BOOL, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalFeed = {
    .name = "AnimalFeed", .symbol = "virAnimalFeed",
    .run = callAnimalFeed, .parts = partsAnimalFeed, .nparts = 8,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_BOOL, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Feed an animal. With numbers of every kind.",
};

static bool
callAnimalTell(vbSlot *s)
{
    s[0].p = virAnimalTell(s[1].p, s[2].p, s[3].p, s[4].p, (unsigned int) s[5].u, s[6].p);
    return !s[0].p;
}

static const vbPart partsAnimalTell[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "word", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "password", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
    {.name = "words", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {4, -1}, .stride = -1, .mode = VB_ARRAY},
    {.name = "nwords", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_LENGTH, .of = 3, .counts = {-1, -1}, .stride = -1},
    {.name = "answer", .type = {.kind = VB_TEXT}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .owned = true},
};
static const vbFunction functionAnimalTell = {
    .name = "AnimalTell", .symbol = "virAnimalTell",
    .run = callAnimalTell, .parts = partsAnimalTell, .nparts = 6,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_TEXT}, .owned = true,
    .count = -1, .form = VB_FORM_LIST, .bundle = NULL,
    .doc = "Tell an animal something. It may answer.",
};

static bool
callAnimalGetTracks(vbSlot *s)
{
    s[0].i = virAnimalGetTracks(s[1].p,
                                s[2].p,
                                (unsigned int) s[3].u,
                                s[4].p,
                                (int) s[5].i,
                                s[6].p,
                                s[7].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetTracks[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "places", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_ARRAY},
    {.name = "nplaces", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_LENGTH, .of = 1, .counts = {-1, -1}, .stride = -1},
    {.name = "times", .type = {.kind = VB_UINT, .size = sizeof(unsigned long long)}, .role = VB_TAKEN, .of = -1, .counts = {4, -1}, .stride = -1, .mode = VB_FILL},
    {.name = "maxtimes", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 3, .counts = {-1, -1}, .stride = -1},
    {.name = "facts", .type = {.kind = VB_RECORD, .record = &recordAnimalInfo}, .role = VB_TAKEN, .of = -1, .counts = {6, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true, .pointers = true, .form = VB_FORM_TUPLE},
    {.name = "nfacts", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 5, .counts = {-1, -1}, .stride = -1, .by_pointer = true},
};
static const vbFunction functionAnimalGetTracks = {
    .name = "AnimalGetTracks", .symbol = "virAnimalGetTracks",
    .run = callAnimalGetTracks, .parts = partsAnimalGetTracks, .nparts = 7,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_TUPLE, .bundle = NULL,
    .doc = "Tell where an animal was. Lists of numbers and records.",
};

static bool
callAnimalGetDiet(vbSlot *s)
{
    s[0].i = virAnimalGetDiet(s[1].p, s[2].p, s[3].p, (unsigned int) s[4].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetDiet[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "params", .type = {.kind = VB_PARAMS, .params = &paramsAnimalDiet}, .role = VB_TAKEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_FILL, .nullable = true, .probe = true},
    {.name = "nparams", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 1, .counts = {-1, -1}, .stride = -1, .by_pointer = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalGetDiet = {
    .name = "AnimalGetDiet", .symbol = "virAnimalGetDiet",
    .run = callAnimalGetDiet, .parts = partsAnimalGetDiet, .nparts = 4,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell what an animal eats. Ask with a count of 0 how much room it takes.",
};

static bool
callAnimalSetDiet(vbSlot *s)
{
    s[0].i = virAnimalSetDiet(s[1].p, s[2].p, (int) s[3].i, s[4].p, (int) s[5].i);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalSetDiet[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "params", .type = {.kind = VB_PARAMS, .params = &paramsAnimalDiet}, .role = VB_GIVEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_ARRAY},
    {.name = "nparams", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_LENGTH, .of = 1, .counts = {-1, -1}, .stride = -1},
    {.name = "more", .type = {.kind = VB_PARAMS}, .role = VB_GIVEN, .of = -1, .counts = {4, -1}, .stride = -1, .mode = VB_ARRAY, .nullable = true, .limit = 16},
    {.name = "nmore", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_LENGTH, .of = 3, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalSetDiet = {
    .name = "AnimalSetDiet", .symbol = "virAnimalSetDiet",
    .run = callAnimalSetDiet, .parts = partsAnimalSetDiet, .nparts = 5,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Change what an animal eats. What is not named stays.",
};

static bool
callAnimalGetStats(vbSlot *s)
{
    s[0].i = virAnimalGetStats(s[1].p, s[2].p, s[3].p, (unsigned int) s[4].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetStats[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "params", .type = {.kind = VB_PARAMS, .params = &paramsAnimalDiet}, .role = VB_TAKEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true},
    {.name = "nparams", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 1, .counts = {-1, -1}, .stride = -1, .by_pointer = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalGetStats = {
    .name = "AnimalGetStats", .symbol = "virAnimalGetStats",
    .run = callAnimalGetStats, .parts = partsAnimalGetStats, .nparts = 4,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell numbers about an animal. As many as there are.",
};

static bool
callAnimalPin(vbSlot *s)
{
    s[0].i = virAnimalPin(s[1].p, s[2].p, (int) s[3].i);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalPin[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "cages", .type = {.kind = VB_BITMAP}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = 2, .mode = VB_ONE},
    {.name = "maplen", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_STRIDE, .of = 1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalPin = {
    .name = "AnimalPin", .symbol = "virAnimalPin",
    .run = callAnimalPin, .parts = partsAnimalPin, .nparts = 3,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Allow an animal some cages. One bit per cage.",
};

static bool
callAnimalGetPins(vbSlot *s)
{
    s[0].i = virAnimalGetPins(s[1].p, (int) s[2].i, s[3].p, (int) s[4].i);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetPins[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "nlegs", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_COUNT, .of = 2, .counts = {-1, -1}, .stride = -1},
    {.name = "cages", .type = {.kind = VB_BITMAP}, .role = VB_TAKEN, .of = -1, .counts = {1, -1}, .stride = 3, .mode = VB_FILL},
    {.name = "maplen", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_STRIDE, .of = 2, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalGetPins = {
    .name = "AnimalGetPins", .symbol = "virAnimalGetPins",
    .run = callAnimalGetPins, .parts = partsAnimalGetPins, .nparts = 4,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell the cages of an animal's legs. A row of bits per leg.",
};

static bool
callAnimalPeek(vbSlot *s)
{
    s[0].i = virAnimalPeek(s[1].p,
                           (unsigned long long) s[2].u,
                           (size_t) s[3].u,
                           s[4].p,
                           (unsigned int) s[5].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalPeek[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "start", .type = {.kind = VB_UINT, .size = sizeof(unsigned long long)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "size", .type = {.kind = VB_INT, .size = sizeof(size_t)}, .role = VB_ROOM, .of = 3, .counts = {-1, -1}, .stride = -1},
    {.name = "buffer", .type = {.kind = VB_BYTES}, .role = VB_TAKEN, .of = -1, .counts = {2, -1}, .stride = -1, .mode = VB_ONE, .nullable = true, .limit = 1024},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalPeek = {
    .name = "AnimalPeek", .symbol = "virAnimalPeek",
    .run = callAnimalPeek, .parts = partsAnimalPeek, .nparts = 5,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Look into an animal. Bytes of its brain.",
};

static bool
callAnimalBlockStats(vbSlot *s)
{
    s[0].i = virAnimalBlockStats(s[1].p, s[2].p, s[3].p, (size_t) s[4].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalBlockStats[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "part", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "stats", .type = {.kind = VB_RECORD, .record = &recordAnimalInfo}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .form = VB_FORM_TUPLE},
    {.name = "size", .type = {.kind = VB_INT, .size = sizeof(size_t)}, .role = VB_SIZE, .of = 2, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalBlockStats = {
    .name = "AnimalBlockStats", .symbol = "virAnimalBlockStats",
    .run = callAnimalBlockStats, .parts = partsAnimalBlockStats, .nparts = 4,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell what an animal carries. Programs may be older than the record.",
};

static bool
callAnimalGetXMLDesc(vbSlot *s)
{
    s[0].p = virAnimalGetXMLDesc(s[1].p, (unsigned int) s[2].u);
    return !s[0].p;
}

static const vbPart partsAnimalGetXMLDesc[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalGetXMLDesc = {
    .name = "AnimalGetXMLDesc", .symbol = "virAnimalGetXMLDesc",
    .run = callAnimalGetXMLDesc, .parts = partsAnimalGetXMLDesc, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_TEXT}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Describe an animal. As a document.",
};

static bool
callConnectGetAllVisits(vbSlot *s)
{
    s[0].i = virConnectGetAllVisits(s[1].p, s[2].p, (unsigned int) s[3].u);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectGetAllVisits[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "visits", .type = {.kind = VB_RECORD, .record = &recordAnimalVisit}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true, .pointers = true, .form = VB_FORM_TUPLE, .limit = 8},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionConnectGetAllVisits = {
    .name = "ConnectGetAllVisits", .symbol = "virConnectGetAllVisits",
    .run = callConnectGetAllVisits, .parts = partsConnectGetAllVisits, .nparts = 3,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell who looks at any animal. Every visit once.",
};

static bool
callAnimalListGetVisits(vbSlot *s)
{
    s[0].i = virAnimalListGetVisits(s[1].p, s[2].p, (unsigned int) s[3].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalListGetVisits[] = {
    {.name = "animals", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ARRAY, .whole = true},
    {.name = "visits", .type = {.kind = VB_RECORD, .record = &recordAnimalVisit}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true, .pointers = true, .form = VB_FORM_TUPLE, .limit = 8},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalListGetVisits = {
    .name = "AnimalListGetVisits", .symbol = "virAnimalListGetVisits",
    .run = callAnimalListGetVisits, .parts = partsAnimalListGetVisits, .nparts = 3,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell who looks at some animals. All of them belong to one connection.",
};

static bool
callAnimalGetGuests(vbSlot *s)
{
    s[0].i = virAnimalGetGuests(s[1].p, s[2].p, (unsigned int) s[3].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetGuests[] = {
    {.name = "dom", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "visits", .type = {.kind = VB_RECORD, .record = &recordAnimalVisit}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true, .pointers = true, .form = VB_FORM_TUPLE, .limit = 8},
    {.name = "mood", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionAnimalGetGuests = {
    .name = "AnimalGetGuests", .symbol = "virAnimalGetGuests",
    .run = callAnimalGetGuests, .parts = partsAnimalGetGuests, .nparts = 3,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell who looks at an animal. Asking the animal itself changes it.",
};

static bool
callAnimalMarry(vbSlot *s)
{
    s[0].p = virAnimalMarry(s[1].p, s[2].p, s[3].p);
    return !s[0].p;
}

static const vbPart partsAnimalMarry[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "other", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "witness", .type = {.kind = VB_OBJECT, .object = &objectCub}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
};
static const vbFunction functionAnimalMarry = {
    .name = "AnimalMarry", .symbol = "virAnimalMarry",
    .run = callAnimalMarry, .parts = partsAnimalMarry, .nparts = 3,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectCub}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Let two animals live together. Of one zoo.",
};

static bool
callAnimalFilm(vbSlot *s)
{
    s[0].p = virAnimalFilm(s[1].p, s[2].p, (unsigned int) s[3].u);
    return !s[0].p;
}

static const vbPart partsAnimalFilm[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "stream", .type = {.kind = VB_OBJECT, .object = &objectStream}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalFilm = {
    .name = "AnimalFilm", .symbol = "virAnimalFilm",
    .run = callAnimalFilm, .parts = partsAnimalFilm, .nparts = 3,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_TEXT}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Film an animal. Into a stream.",
};

static bool
callAnimalLend(vbSlot *s)
{
    s[0].i = virAnimalLend(s[1].p, (unsigned int) s[2].u, s[3].p, (int) s[4].i, s[5].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalLend[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "nfiles", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_LENGTH, .of = 2, .counts = {-1, -1}, .stride = -1},
    {.name = "files", .type = {.kind = VB_FILE, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {1, -1}, .stride = -1, .mode = VB_ARRAY, .nullable = true},
    {.name = "door", .type = {.kind = VB_FILE, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "opened", .type = {.kind = VB_FILE, .size = sizeof(int)}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ALLOC, .owned = true},
};
static const vbFunction functionAnimalLend = {
    .name = "AnimalLend", .symbol = "virAnimalLend",
    .run = callAnimalLend, .parts = partsAnimalLend, .nparts = 5,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Open doors for an animal. Descriptors in and out.",
};

static bool
callAnimalGetMeals(vbSlot *s)
{
    s[0].i = virAnimalGetMeals(s[1].p,
                               s[2].p,
                               (unsigned int) s[3].u,
                               (unsigned int) s[4].u,
                               (unsigned int) s[5].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetMeals[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "params", .type = {.kind = VB_PARAMS, .params = &paramsAnimalDiet}, .role = VB_TAKEN, .of = -1, .counts = {2, 3}, .stride = -1, .mode = VB_FILL, .nullable = true, .limit = 16},
    {.name = "nparams", .type = {.kind = VB_INT, .size = sizeof(unsigned int)}, .role = VB_COUNT, .of = 1, .counts = {-1, -1}, .stride = -1},
    {.name = "ndays", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_ROWS, .of = 1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalGetMeals = {
    .name = "AnimalGetMeals", .symbol = "virAnimalGetMeals",
    .run = callAnimalGetMeals, .parts = partsAnimalGetMeals, .nparts = 5,
    .answer = VB_ANSWER_LENGTH, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell what an animal ate on several days. One row for each day.",
};

static bool
callAnimalGetStripes(vbSlot *s)
{
    s[0].i = virAnimalGetStripes(s[1].p, s[2].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalGetStripes[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "stripes", .type = {.kind = VB_BITMAP}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true, .owned = true},
};
static const vbFunction functionAnimalGetStripes = {
    .name = "AnimalGetStripes", .symbol = "virAnimalGetStripes",
    .run = callAnimalGetStripes, .parts = partsAnimalGetStripes, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_TUPLE, .bundle = NULL,
    .doc = "Tell where an animal has stripes. As bits that the library allocates.",
};

static bool
callAnimalGetVoice(vbSlot *s)
{
    s[0].p = virAnimalGetVoice(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsAnimalGetVoice[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "size", .type = {.kind = VB_UINT, .size = sizeof(size_t)}, .role = VB_COUNT, .of = -1, .counts = {-1, -1}, .stride = -1, .by_pointer = true, .mode = VB_ONE},
};
static const vbFunction functionAnimalGetVoice = {
    .name = "AnimalGetVoice", .symbol = "virAnimalGetVoice",
    .run = callAnimalGetVoice, .parts = partsAnimalGetVoice, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_BYTES}, .owned = true,
    .count = 1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Get what an animal sounds like. As bytes.",
};

static bool
callAnimalOpenDoor(vbSlot *s)
{
    s[0].i = virAnimalOpenDoor(s[1].p);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalOpenDoor[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalOpenDoor = {
    .name = "AnimalOpenDoor", .symbol = "virAnimalOpenDoor",
    .run = callAnimalOpenDoor, .parts = partsAnimalOpenDoor, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_FILE, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Open the door of an animal. To look in.",
};

static bool
callAnimalGetOrigin(vbSlot *s)
{
    s[0].p = (void *) virAnimalGetOrigin(s[1].p);
    return !s[0].p;
}

static const vbPart partsAnimalGetOrigin[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionAnimalGetOrigin = {
    .name = "AnimalGetOrigin", .symbol = "virAnimalGetOrigin",
    .run = callAnimalGetOrigin, .parts = partsAnimalGetOrigin, .nparts = 1,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_TEXT}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell where an animal is from. The handle keeps it.",
};

static bool
callDenLookupByName(vbSlot *s)
{
    s[0].p = virDenLookupByName(s[1].p, s[2].p);
    return !s[0].p;
}

static const vbPart partsDenLookupByName[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "name", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
};
static const vbFunction functionDenLookupByName = {
    .name = "DenLookupByName", .symbol = "virDenLookupByName",
    .run = callDenLookupByName, .parts = partsDenLookupByName, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_OBJECT, .object = &objectDen}, .owned = true,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Find a den of an animal. Whoever sleeps there.",
};

static bool
callDenSweep(vbSlot *s)
{
    s[0].i = virDenSweep(s[1].p);
    return s[0].i == (int) -1;
}

static const vbPart partsDenSweep[] = {
    {.name = "den", .type = {.kind = VB_OBJECT, .object = &objectDen}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
};
static const vbFunction functionDenSweep = {
    .name = "DenSweep", .symbol = "virDenSweep",
    .run = callDenSweep, .parts = partsDenSweep, .nparts = 1,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Sweep a den. Nothing is left.",
};

static bool
callAnimalListGetStats(vbSlot *s)
{
    s[0].i = virAnimalListGetStats(s[1].p, (unsigned int) s[2].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalListGetStats[] = {
    {.name = "animals", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ARRAY, .whole = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalListGetStats = {
    .name = "AnimalListGetStats", .symbol = "virAnimalListGetStats",
    .run = callAnimalListGetStats, .parts = partsAnimalListGetStats, .nparts = 2,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Tell numbers about several animals. Of one zoo.",
};

static bool
callAnimalKeeperCommand(vbSlot *s)
{
    s[0].i = virAnimalKeeperCommand(s[1].p, s[2].p, (int) s[3].i, s[4].p, (unsigned int) s[5].u);
    return s[0].i == (int) -1;
}

static const vbPart partsAnimalKeeperCommand[] = {
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "cmd", .type = {.kind = VB_TEXT}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "timeout", .type = {.kind = VB_INT, .size = sizeof(int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "result", .type = {.kind = VB_TEXT}, .role = VB_TAKEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .owned = true},
    {.name = "flags", .type = {.kind = VB_UINT, .size = sizeof(unsigned int)}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .fallback = "0"},
};
static const vbFunction functionAnimalKeeperCommand = {
    .name = "AnimalKeeperCommand", .symbol = "virAnimalKeeperCommand",
    .run = callAnimalKeeperCommand, .parts = partsAnimalKeeperCommand, .nparts = 5,
    .answer = VB_ANSWER_NOTHING, .type = {.kind = VB_NOTHING}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Send a command to the keeper of an animal. And wait.",
};

static bool
callConnectKeeperRegister(vbSlot *s)
{
    s[0].i = virConnectKeeperRegister(s[1].p,
                                      s[2].p,
                                      (virKeeperCallback) s[3].f,
                                      s[4].p,
                                      (virFreeCallback) s[5].f);
    return s[0].i == (int) -1;
}

static const vbPart partsConnectKeeperRegister[] = {
    {.name = "conn", .type = {.kind = VB_OBJECT, .object = &objectConnect}, .role = VB_SELF, .of = -1, .counts = {-1, -1}, .stride = -1},
    {.name = "animal", .type = {.kind = VB_OBJECT, .object = &objectAnimal}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
    {.name = "cb", .type = {.kind = VB_CALLBACK, .callback = &callbackKeeperCallback}, .role = VB_GIVEN, .of = -1, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE},
    {.name = "opaque", .type = {.kind = VB_OPAQUE}, .role = VB_CLOSURE, .of = 2, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true, .fallback = "none"},
    {.name = "freecb", .type = {.kind = VB_CALLBACK, .callback = &callbackFreeCallback}, .role = VB_RELEASE, .of = 2, .counts = {-1, -1}, .stride = -1, .mode = VB_ONE, .nullable = true},
};
static const vbFunction functionConnectKeeperRegister = {
    .name = "ConnectKeeperRegister", .symbol = "virConnectKeeperRegister",
    .run = callConnectKeeperRegister, .parts = partsConnectKeeperRegister, .nparts = 5,
    .answer = VB_ANSWER_VALUE, .type = {.kind = VB_INT, .size = sizeof(int)}, .owned = false,
    .count = -1, .form = VB_FORM_NONE, .bundle = NULL,
    .doc = "Listen to a keeper. A registration the runtime knows nothing of.",
};

const vbFunction *const vbFunctions[] = {
    &functionInitialize,
    &functionGetLastErrorCode,
    &functionConnectOpenAuth,
    &functionConnectClose,
    &functionStreamSend,
    &functionConnectWashAnimal,
    &functionAnimalGetName,
    &functionAnimalGetUUID,
    &functionAnimalGetUUIDString,
    &functionAnimalGetConnect,
    &functionCubGetAnimal,
    &functionAnimalLookupByName,
    &functionAnimalLookupByUUID,
    &functionAnimalLookupByUUIDString,
    &functionAnimalLookupByID,
    &functionConnectListAnimals,
    &functionConnectListAllAnimals,
    &functionConnectNumOfAnimals,
    &functionConnectAnimalEventRegisterAny,
    &functionConnectAnimalEventDeregisterAny,
    &functionConnectAnimalEventRegister,
    &functionConnectAnimalEventDeregister,
    &functionAnimalWake,
    &functionAnimalGetInfo,
    &functionAnimalGetMood,
    &functionAnimalGetWeight,
    &functionAnimalFeed,
    &functionAnimalTell,
    &functionAnimalGetTracks,
    &functionAnimalGetDiet,
    &functionAnimalSetDiet,
    &functionAnimalGetStats,
    &functionAnimalPin,
    &functionAnimalGetPins,
    &functionAnimalPeek,
    &functionAnimalBlockStats,
    &functionAnimalGetXMLDesc,
    &functionConnectGetAllVisits,
    &functionAnimalListGetVisits,
    &functionAnimalGetGuests,
    &functionAnimalMarry,
    &functionAnimalFilm,
    &functionAnimalLend,
    &functionAnimalGetMeals,
    &functionAnimalGetStripes,
    &functionAnimalGetVoice,
    &functionAnimalOpenDoor,
    &functionAnimalGetOrigin,
    &functionDenLookupByName,
    &functionDenSweep,
    &functionAnimalListGetStats,
    &functionAnimalKeeperCommand,
    &functionConnectKeeperRegister,
};
const size_t vbFunctionCount = sizeof(vbFunctions) / sizeof(vbFunctions[0]);

const vbObject *const vbObjects[] = {
    &objectConnect,
    &objectStream,
    &objectAnimal,
    &objectCub,
    &objectDen,
};
const size_t vbObjectCount = sizeof(vbObjects) / sizeof(vbObjects[0]);

const vbCallback *const vbCallbacks[] = {
    &callbackFreeCallback,
    &callbackConnectAnimalEventGenericCallback,
    &callbackConnectAnimalEventLifecycleCallback,
    &callbackConnectAnimalEventMealCallback,
    &callbackConnectAnimalEventVisitCallback,
    &callbackKeeperCallback,
};
const size_t vbCallbackCount = sizeof(vbCallbacks) / sizeof(vbCallbacks[0]);

long long (*vbUpcall)(const vbCallback *callback, vbSlot *slots);

const vbRecord *const vbErrorRecord = NULL;

virErrorPtr
vbLastError(void)
{
    return NULL;
}

void
vbForgetError(void)
{

}

static void
ignore(void *data, virErrorPtr error)
{
    (void) data;
    (void) error;
}

void
vbSilence(void)
{
    (void) ignore;
}

int
vbProcessors(void *conn)
{
    (void) conn;
    return -1;
}
