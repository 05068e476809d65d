/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Tables of the program remote: structures and procedures. */

#include "wire/remote.h"

#include <stddef.h>

static const virWireField fieldsAnimal[] = {
    { "name", NULL, 0, 4096, offsetof(virWireAnimal, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "uuid", NULL, 16, 0, offsetof(virWireAnimal, uuid),
      VIR_WIRE_OPAQUE, VIR_WIRE_FIXED, false },
    { "id", NULL, 0, 0, offsetof(virWireAnimal, id),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeAnimal = {
    "remote_nonnull_animal", sizeof(virWireAnimal), 24, 3, fieldsAnimal,
};

static const virWireField fieldsCub[] = {
    { "name", NULL, 0, 4096, offsetof(virWireCub, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireCub, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeCub = {
    "remote_nonnull_cub", sizeof(virWireCub), 28, 2, fieldsCub,
};

static const virWireField fieldsDen[] = {
    { "name", NULL, 0, 4096, offsetof(virWireDen, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeDen = {
    "remote_nonnull_den", sizeof(virWireDen), 4, 1, fieldsDen,
};

static const virWireField fieldsAnimalInfo[] = {
    { "kind", NULL, 0, 4096, offsetof(virWireAnimalInfo, kind),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "weight", NULL, 0, 0, offsetof(virWireAnimalInfo, weight),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
    { "legs", NULL, 0, 0, offsetof(virWireAnimalInfo, legs),
      VIR_WIRE_USHORT, VIR_WIRE_ONE, false },
    { "mood", NULL, 0, 0, offsetof(virWireAnimalInfo, mood),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeAnimalInfo = {
    "remote_animal_info", sizeof(virWireAnimalInfo), 20, 4, fieldsAnimalInfo,
};

static const virWireField fieldsAnimalGuest[] = {
    { "name", NULL, 0, 4096, offsetof(virWireAnimalGuest, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeAnimalGuest = {
    "remote_animal_guest", sizeof(virWireAnimalGuest), 4, 1, fieldsAnimalGuest,
};

static const virWireField fieldsAnimalVisit[] = {
    { "guests", &virWireTypeAnimalGuest, 8, 0, offsetof(virWireAnimalVisit, guests),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
    { "gate", NULL, 0, 4096, offsetof(virWireAnimalVisit, gate),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeAnimalVisit = {
    "remote_animal_visit", sizeof(virWireAnimalVisit), 8, 2, fieldsAnimalVisit,
};

static const virWireField fieldsAnimalEventMealMsg[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalEventMealMsg, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "dish", NULL, 0, 4096, offsetof(virWireAnimalEventMealMsg, dish),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "params", NULL, 16, 4096, offsetof(virWireAnimalEventMealMsg, params),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalEventMealMsg = {
    "remote_animal_event_meal_msg", sizeof(virWireAnimalEventMealMsg), 32, 3, fieldsAnimalEventMealMsg,
};

static const virWireField fieldsConnectOpenArgs[] = {
    { "name", NULL, 0, 4096, offsetof(virWireConnectOpenArgs, name),
      VIR_WIRE_STRING, VIR_WIRE_OPTIONAL, false },
    { "flags", NULL, 0, 0, offsetof(virWireConnectOpenArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectOpenArgs = {
    "remote_connect_open_args", sizeof(virWireConnectOpenArgs), 8, 2, fieldsConnectOpenArgs,
};

static const virWireField fieldsConnectWashAnimalArgs[] = {
    { "xml", NULL, 0, 4096, offsetof(virWireConnectWashAnimalArgs, xml),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectWashAnimalArgs = {
    "remote_connect_wash_animal_args", sizeof(virWireConnectWashAnimalArgs), 4, 1, fieldsConnectWashAnimalArgs,
};

static const virWireField fieldsConnectWashAnimalRet[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireConnectWashAnimalRet, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectWashAnimalRet = {
    "remote_connect_wash_animal_ret", sizeof(virWireConnectWashAnimalRet), 24, 1, fieldsConnectWashAnimalRet,
};

static const virWireField fieldsAnimalLookupByNameArgs[] = {
    { "name", NULL, 0, 4096, offsetof(virWireAnimalLookupByNameArgs, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLookupByNameArgs = {
    "remote_animal_lookup_by_name_args", sizeof(virWireAnimalLookupByNameArgs), 4, 1, fieldsAnimalLookupByNameArgs,
};

static const virWireField fieldsAnimalLookupByNameRet[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalLookupByNameRet, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLookupByNameRet = {
    "remote_animal_lookup_by_name_ret", sizeof(virWireAnimalLookupByNameRet), 24, 1, fieldsAnimalLookupByNameRet,
};

static const virWireField fieldsAnimalLookupByUUIDArgs[] = {
    { "uuid", NULL, 16, 0, offsetof(virWireAnimalLookupByUUIDArgs, uuid),
      VIR_WIRE_OPAQUE, VIR_WIRE_FIXED, false },
};
static const virWireType virWireTypeAnimalLookupByUUIDArgs = {
    "remote_animal_lookup_by_uuid_args", sizeof(virWireAnimalLookupByUUIDArgs), 16, 1, fieldsAnimalLookupByUUIDArgs,
};

static const virWireField fieldsAnimalLookupByUUIDRet[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalLookupByUUIDRet, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLookupByUUIDRet = {
    "remote_animal_lookup_by_uuid_ret", sizeof(virWireAnimalLookupByUUIDRet), 24, 1, fieldsAnimalLookupByUUIDRet,
};

static const virWireField fieldsAnimalLookupByIDArgs[] = {
    { "id", NULL, 0, 0, offsetof(virWireAnimalLookupByIDArgs, id),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLookupByIDArgs = {
    "remote_animal_lookup_by_id_args", sizeof(virWireAnimalLookupByIDArgs), 4, 1, fieldsAnimalLookupByIDArgs,
};

static const virWireField fieldsAnimalLookupByIDRet[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalLookupByIDRet, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLookupByIDRet = {
    "remote_animal_lookup_by_id_ret", sizeof(virWireAnimalLookupByIDRet), 24, 1, fieldsAnimalLookupByIDRet,
};

static const virWireField fieldsConnectListAnimalsArgs[] = {
    { "maxnames", NULL, 0, 0, offsetof(virWireConnectListAnimalsArgs, maxnames),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectListAnimalsArgs = {
    "remote_connect_list_animals_args", sizeof(virWireConnectListAnimalsArgs), 4, 1, fieldsConnectListAnimalsArgs,
};

static const virWireField fieldsConnectListAnimalsRet[] = {
    { "names", NULL, 512, 4096, offsetof(virWireConnectListAnimalsRet, names),
      VIR_WIRE_STRING, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeConnectListAnimalsRet = {
    "remote_connect_list_animals_ret", sizeof(virWireConnectListAnimalsRet), 4, 1, fieldsConnectListAnimalsRet,
};

static const virWireField fieldsConnectListAllAnimalsArgs[] = {
    { "need_results", NULL, 0, 0, offsetof(virWireConnectListAllAnimalsArgs, need_results),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireConnectListAllAnimalsArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectListAllAnimalsArgs = {
    "remote_connect_list_all_animals_args", sizeof(virWireConnectListAllAnimalsArgs), 8, 2, fieldsConnectListAllAnimalsArgs,
};

static const virWireField fieldsConnectListAllAnimalsRet[] = {
    { "animals", &virWireTypeAnimal, 512, 0, offsetof(virWireConnectListAllAnimalsRet, animals),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
    { "ret", NULL, 0, 0, offsetof(virWireConnectListAllAnimalsRet, ret),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectListAllAnimalsRet = {
    "remote_connect_list_all_animals_ret", sizeof(virWireConnectListAllAnimalsRet), 8, 2, fieldsConnectListAllAnimalsRet,
};

static const virWireField fieldsConnectNumOfAnimalsRet[] = {
    { "num", NULL, 0, 0, offsetof(virWireConnectNumOfAnimalsRet, num),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectNumOfAnimalsRet = {
    "remote_connect_num_of_animals_ret", sizeof(virWireConnectNumOfAnimalsRet), 4, 1, fieldsConnectNumOfAnimalsRet,
};

static const virWireField fieldsConnectAnimalEventRegisterAnyArgs[] = {
    { "eventID", NULL, 0, 0, offsetof(virWireConnectAnimalEventRegisterAnyArgs, eventID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireConnectAnimalEventRegisterAnyArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_OPTIONAL, false },
};
static const virWireType virWireTypeConnectAnimalEventRegisterAnyArgs = {
    "remote_connect_animal_event_register_any_args", sizeof(virWireConnectAnimalEventRegisterAnyArgs), 8, 2, fieldsConnectAnimalEventRegisterAnyArgs,
};

static const virWireField fieldsConnectAnimalEventRegisterAnyRet[] = {
    { "callbackID", NULL, 0, 0, offsetof(virWireConnectAnimalEventRegisterAnyRet, callbackID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectAnimalEventRegisterAnyRet = {
    "remote_connect_animal_event_register_any_ret", sizeof(virWireConnectAnimalEventRegisterAnyRet), 4, 1, fieldsConnectAnimalEventRegisterAnyRet,
};

static const virWireField fieldsConnectAnimalEventDeregisterAnyArgs[] = {
    { "callbackID", NULL, 0, 0, offsetof(virWireConnectAnimalEventDeregisterAnyArgs, callbackID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectAnimalEventDeregisterAnyArgs = {
    "remote_connect_animal_event_deregister_any_args", sizeof(virWireConnectAnimalEventDeregisterAnyArgs), 4, 1, fieldsConnectAnimalEventDeregisterAnyArgs,
};

static const virWireField fieldsConnectAnimalEventRegisterRet[] = {
    { "cb_registered", NULL, 0, 0, offsetof(virWireConnectAnimalEventRegisterRet, cb_registered),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectAnimalEventRegisterRet = {
    "remote_connect_animal_event_register_ret", sizeof(virWireConnectAnimalEventRegisterRet), 4, 1, fieldsConnectAnimalEventRegisterRet,
};

static const virWireField fieldsConnectAnimalEventDeregisterRet[] = {
    { "cb_registered", NULL, 0, 0, offsetof(virWireConnectAnimalEventDeregisterRet, cb_registered),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectAnimalEventDeregisterRet = {
    "remote_connect_animal_event_deregister_ret", sizeof(virWireConnectAnimalEventDeregisterRet), 4, 1, fieldsConnectAnimalEventDeregisterRet,
};

static const virWireField fieldsAnimalWakeArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalWakeArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalWakeArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalWakeArgs = {
    "remote_animal_wake_args", sizeof(virWireAnimalWakeArgs), 28, 2, fieldsAnimalWakeArgs,
};

static const virWireField fieldsAnimalGetInfoArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetInfoArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetInfoArgs = {
    "remote_animal_get_info_args", sizeof(virWireAnimalGetInfoArgs), 24, 1, fieldsAnimalGetInfoArgs,
};

static const virWireField fieldsAnimalGetInfoRet[] = {
    { "kind", NULL, 0, 4096, offsetof(virWireAnimalGetInfoRet, kind),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "weight", NULL, 0, 0, offsetof(virWireAnimalGetInfoRet, weight),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
    { "legs", NULL, 0, 0, offsetof(virWireAnimalGetInfoRet, legs),
      VIR_WIRE_USHORT, VIR_WIRE_ONE, false },
    { "mood", NULL, 0, 0, offsetof(virWireAnimalGetInfoRet, mood),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetInfoRet = {
    "remote_animal_get_info_ret", sizeof(virWireAnimalGetInfoRet), 20, 4, fieldsAnimalGetInfoRet,
};

static const virWireField fieldsAnimalGetMoodArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetMoodArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalGetMoodArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetMoodArgs = {
    "remote_animal_get_mood_args", sizeof(virWireAnimalGetMoodArgs), 28, 2, fieldsAnimalGetMoodArgs,
};

static const virWireField fieldsAnimalGetMoodRet[] = {
    { "mood", NULL, 0, 0, offsetof(virWireAnimalGetMoodRet, mood),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "reason", NULL, 0, 0, offsetof(virWireAnimalGetMoodRet, reason),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetMoodRet = {
    "remote_animal_get_mood_ret", sizeof(virWireAnimalGetMoodRet), 8, 2, fieldsAnimalGetMoodRet,
};

static const virWireField fieldsAnimalGetWeightArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetWeightArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetWeightArgs = {
    "remote_animal_get_weight_args", sizeof(virWireAnimalGetWeightArgs), 24, 1, fieldsAnimalGetWeightArgs,
};

static const virWireField fieldsAnimalGetWeightRet[] = {
    { "result", NULL, 0, 0, offsetof(virWireAnimalGetWeightRet, result),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetWeightRet = {
    "remote_animal_get_weight_ret", sizeof(virWireAnimalGetWeightRet), 8, 1, fieldsAnimalGetWeightRet,
};

static const virWireField fieldsAnimalFeedArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalFeedArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "small", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, small),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "natural", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, natural),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
    { "large", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, large),
      VIR_WIRE_HYPER, VIR_WIRE_ONE, false },
    { "huge", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, huge),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
    { "ratio", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, ratio),
      VIR_WIRE_DOUBLE, VIR_WIRE_ONE, false },
    { "raw", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, raw),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "mood", NULL, 0, 0, offsetof(virWireAnimalFeedArgs, mood),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalFeedArgs = {
    "remote_animal_feed_args", sizeof(virWireAnimalFeedArgs), 64, 8, fieldsAnimalFeedArgs,
};

static const virWireField fieldsAnimalFeedRet[] = {
    { "result", NULL, 0, 0, offsetof(virWireAnimalFeedRet, result),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalFeedRet = {
    "remote_animal_feed_ret", sizeof(virWireAnimalFeedRet), 4, 1, fieldsAnimalFeedRet,
};

static const virWireField fieldsAnimalTellArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalTellArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "word", NULL, 0, 4096, offsetof(virWireAnimalTellArgs, word),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "password", NULL, 0, 4096, offsetof(virWireAnimalTellArgs, password),
      VIR_WIRE_STRING, VIR_WIRE_OPTIONAL, true },
    { "words", NULL, 4096, 4096, offsetof(virWireAnimalTellArgs, words),
      VIR_WIRE_STRING, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalTellArgs = {
    "remote_animal_tell_args", sizeof(virWireAnimalTellArgs), 36, 4, fieldsAnimalTellArgs,
};

static const virWireField fieldsAnimalTellRet[] = {
    { "answer", NULL, 0, 4096, offsetof(virWireAnimalTellRet, answer),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "result", NULL, 0, 4096, offsetof(virWireAnimalTellRet, result),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalTellRet = {
    "remote_animal_tell_ret", sizeof(virWireAnimalTellRet), 8, 2, fieldsAnimalTellRet,
};

static const virWireField fieldsAnimalGetTracksArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetTracksArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "places", NULL, 4096, 0, offsetof(virWireAnimalGetTracksArgs, places),
      VIR_WIRE_UINT, VIR_WIRE_LIST, false },
    { "maxtimes", NULL, 0, 0, offsetof(virWireAnimalGetTracksArgs, maxtimes),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetTracksArgs = {
    "remote_animal_get_tracks_args", sizeof(virWireAnimalGetTracksArgs), 32, 3, fieldsAnimalGetTracksArgs,
};

static const virWireField fieldsAnimalGetTracksRet[] = {
    { "times", NULL, 4096, 0, offsetof(virWireAnimalGetTracksRet, times),
      VIR_WIRE_UHYPER, VIR_WIRE_LIST, false },
    { "facts", &virWireTypeAnimalInfo, 4096, 0, offsetof(virWireAnimalGetTracksRet, facts),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalGetTracksRet = {
    "remote_animal_get_tracks_ret", sizeof(virWireAnimalGetTracksRet), 8, 2, fieldsAnimalGetTracksRet,
};

static const virWireField fieldsAnimalGetDietArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetDietArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "nparams", NULL, 0, 0, offsetof(virWireAnimalGetDietArgs, nparams),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalGetDietArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetDietArgs = {
    "remote_animal_get_diet_args", sizeof(virWireAnimalGetDietArgs), 32, 3, fieldsAnimalGetDietArgs,
};

static const virWireField fieldsAnimalGetDietRet[] = {
    { "params", NULL, 16, 4096, offsetof(virWireAnimalGetDietRet, params),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
    { "nparams", NULL, 0, 0, offsetof(virWireAnimalGetDietRet, nparams),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetDietRet = {
    "remote_animal_get_diet_ret", sizeof(virWireAnimalGetDietRet), 8, 2, fieldsAnimalGetDietRet,
};

static const virWireField fieldsAnimalSetDietArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalSetDietArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "params", NULL, 16, 4096, offsetof(virWireAnimalSetDietArgs, params),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
    { "more", NULL, 16, 4096, offsetof(virWireAnimalSetDietArgs, more),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalSetDietArgs = {
    "remote_animal_set_diet_args", sizeof(virWireAnimalSetDietArgs), 32, 3, fieldsAnimalSetDietArgs,
};

static const virWireField fieldsAnimalGetStatsArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetStatsArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalGetStatsArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetStatsArgs = {
    "remote_animal_get_stats_args", sizeof(virWireAnimalGetStatsArgs), 28, 2, fieldsAnimalGetStatsArgs,
};

static const virWireField fieldsAnimalGetStatsRet[] = {
    { "params", NULL, 16, 4096, offsetof(virWireAnimalGetStatsRet, params),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalGetStatsRet = {
    "remote_animal_get_stats_ret", sizeof(virWireAnimalGetStatsRet), 4, 1, fieldsAnimalGetStatsRet,
};

static const virWireField fieldsAnimalPinArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalPinArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "cages", NULL, 128, 0, offsetof(virWireAnimalPinArgs, cages),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalPinArgs = {
    "remote_animal_pin_args", sizeof(virWireAnimalPinArgs), 28, 2, fieldsAnimalPinArgs,
};

static const virWireField fieldsAnimalGetPinsArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetPinsArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "nlegs", NULL, 0, 0, offsetof(virWireAnimalGetPinsArgs, nlegs),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "maplen", NULL, 0, 0, offsetof(virWireAnimalGetPinsArgs, maplen),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetPinsArgs = {
    "remote_animal_get_pins_args", sizeof(virWireAnimalGetPinsArgs), 32, 3, fieldsAnimalGetPinsArgs,
};

static const virWireField fieldsAnimalGetPinsRet[] = {
    { "cages", NULL, 2048, 0, offsetof(virWireAnimalGetPinsRet, cages),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalGetPinsRet = {
    "remote_animal_get_pins_ret", sizeof(virWireAnimalGetPinsRet), 4, 1, fieldsAnimalGetPinsRet,
};

static const virWireField fieldsAnimalPeekArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalPeekArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "start", NULL, 0, 0, offsetof(virWireAnimalPeekArgs, start),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
    { "size", NULL, 0, 0, offsetof(virWireAnimalPeekArgs, size),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalPeekArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalPeekArgs = {
    "remote_animal_peek_args", sizeof(virWireAnimalPeekArgs), 40, 4, fieldsAnimalPeekArgs,
};

static const virWireField fieldsAnimalPeekRet[] = {
    { "buffer", NULL, 1024, 0, offsetof(virWireAnimalPeekRet, buffer),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalPeekRet = {
    "remote_animal_peek_ret", sizeof(virWireAnimalPeekRet), 4, 1, fieldsAnimalPeekRet,
};

static const virWireField fieldsAnimalBlockStatsArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalBlockStatsArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "part", NULL, 0, 4096, offsetof(virWireAnimalBlockStatsArgs, part),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalBlockStatsArgs = {
    "remote_animal_block_stats_args", sizeof(virWireAnimalBlockStatsArgs), 28, 2, fieldsAnimalBlockStatsArgs,
};

static const virWireField fieldsAnimalBlockStatsRet[] = {
    { "kind", NULL, 0, 4096, offsetof(virWireAnimalBlockStatsRet, kind),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
    { "weight", NULL, 0, 0, offsetof(virWireAnimalBlockStatsRet, weight),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
    { "legs", NULL, 0, 0, offsetof(virWireAnimalBlockStatsRet, legs),
      VIR_WIRE_USHORT, VIR_WIRE_ONE, false },
    { "mood", NULL, 0, 0, offsetof(virWireAnimalBlockStatsRet, mood),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalBlockStatsRet = {
    "remote_animal_block_stats_ret", sizeof(virWireAnimalBlockStatsRet), 20, 4, fieldsAnimalBlockStatsRet,
};

static const virWireField fieldsAnimalGetXMLDescArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetXMLDescArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalGetXMLDescArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetXMLDescArgs = {
    "remote_animal_get_xml_desc_args", sizeof(virWireAnimalGetXMLDescArgs), 28, 2, fieldsAnimalGetXMLDescArgs,
};

static const virWireField fieldsAnimalGetXMLDescRet[] = {
    { "xml", NULL, 0, 4096, offsetof(virWireAnimalGetXMLDescRet, xml),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetXMLDescRet = {
    "remote_animal_get_xml_desc_ret", sizeof(virWireAnimalGetXMLDescRet), 4, 1, fieldsAnimalGetXMLDescRet,
};

static const virWireField fieldsAnimalGetGuestsArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetGuestsArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "mood", NULL, 0, 0, offsetof(virWireAnimalGetGuestsArgs, mood),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetGuestsArgs = {
    "remote_animal_get_guests_args", sizeof(virWireAnimalGetGuestsArgs), 28, 2, fieldsAnimalGetGuestsArgs,
};

static const virWireField fieldsAnimalGetGuestsRet[] = {
    { "visits", &virWireTypeAnimalVisit, 8, 0, offsetof(virWireAnimalGetGuestsRet, visits),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalGetGuestsRet = {
    "remote_animal_get_guests_ret", sizeof(virWireAnimalGetGuestsRet), 4, 1, fieldsAnimalGetGuestsRet,
};

static const virWireField fieldsAnimalMarryArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalMarryArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "other", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalMarryArgs, other),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "witness", &virWireTypeCub, 0, 0, offsetof(virWireAnimalMarryArgs, witness),
      VIR_WIRE_STRUCT, VIR_WIRE_OPTIONAL, false },
};
static const virWireType virWireTypeAnimalMarryArgs = {
    "remote_animal_marry_args", sizeof(virWireAnimalMarryArgs), 52, 3, fieldsAnimalMarryArgs,
};

static const virWireField fieldsAnimalMarryRet[] = {
    { "cub", &virWireTypeCub, 0, 0, offsetof(virWireAnimalMarryRet, cub),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalMarryRet = {
    "remote_animal_marry_ret", sizeof(virWireAnimalMarryRet), 28, 1, fieldsAnimalMarryRet,
};

static const virWireField fieldsAnimalFilmArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalFilmArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalFilmArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalFilmArgs = {
    "remote_animal_film_args", sizeof(virWireAnimalFilmArgs), 28, 2, fieldsAnimalFilmArgs,
};

static const virWireField fieldsAnimalFilmRet[] = {
    { "result", NULL, 0, 4096, offsetof(virWireAnimalFilmRet, result),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalFilmRet = {
    "remote_animal_film_ret", sizeof(virWireAnimalFilmRet), 4, 1, fieldsAnimalFilmRet,
};

static const virWireField fieldsAnimalLendArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalLendArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalLendArgs = {
    "remote_animal_lend_args", sizeof(virWireAnimalLendArgs), 24, 1, fieldsAnimalLendArgs,
};

static const virWireField fieldsAnimalEventLifecycleMsg[] = {
    { "callbackID", NULL, 0, 0, offsetof(virWireAnimalEventLifecycleMsg, callbackID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalEventLifecycleMsg, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "event", NULL, 0, 0, offsetof(virWireAnimalEventLifecycleMsg, event),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "detail", NULL, 0, 0, offsetof(virWireAnimalEventLifecycleMsg, detail),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalEventLifecycleMsg = {
    "remote_animal_event_lifecycle_msg", sizeof(virWireAnimalEventLifecycleMsg), 36, 4, fieldsAnimalEventLifecycleMsg,
};

static const virWireField fieldsAnimalEventCallbackMealMsg[] = {
    { "callbackID", NULL, 0, 0, offsetof(virWireAnimalEventCallbackMealMsg, callbackID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "msg", &virWireTypeAnimalEventMealMsg, 0, 0, offsetof(virWireAnimalEventCallbackMealMsg, msg),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalEventCallbackMealMsg = {
    "remote_animal_event_callback_meal_msg", sizeof(virWireAnimalEventCallbackMealMsg), 36, 2, fieldsAnimalEventCallbackMealMsg,
};

static const virWireField fieldsAnimalEventCallbackVisitMsg[] = {
    { "callbackID", NULL, 0, 0, offsetof(virWireAnimalEventCallbackVisitMsg, callbackID),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalEventCallbackVisitMsg, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "visit", &virWireTypeAnimalVisit, 0, 0, offsetof(virWireAnimalEventCallbackVisitMsg, visit),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "seconds", NULL, 0, 0, offsetof(virWireAnimalEventCallbackVisitMsg, seconds),
      VIR_WIRE_UHYPER, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalEventCallbackVisitMsg = {
    "remote_animal_event_callback_visit_msg", sizeof(virWireAnimalEventCallbackVisitMsg), 44, 4, fieldsAnimalEventCallbackVisitMsg,
};

static const virWireField fieldsConnectEventConnectionClosedMsg[] = {
    { "reason", NULL, 0, 0, offsetof(virWireConnectEventConnectionClosedMsg, reason),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectEventConnectionClosedMsg = {
    "remote_connect_event_connection_closed_msg", sizeof(virWireConnectEventConnectionClosedMsg), 4, 1, fieldsConnectEventConnectionClosedMsg,
};

static const virWireField fieldsAnimalGetMealsArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetMealsArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "nparams", NULL, 0, 0, offsetof(virWireAnimalGetMealsArgs, nparams),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
    { "ndays", NULL, 0, 0, offsetof(virWireAnimalGetMealsArgs, ndays),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
    { "flags", NULL, 0, 0, offsetof(virWireAnimalGetMealsArgs, flags),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetMealsArgs = {
    "remote_animal_get_meals_args", sizeof(virWireAnimalGetMealsArgs), 36, 4, fieldsAnimalGetMealsArgs,
};

static const virWireField fieldsAnimalGetMealsRet[] = {
    { "params", NULL, 16, 4096, offsetof(virWireAnimalGetMealsRet, params),
      VIR_WIRE_PARAM, VIR_WIRE_LIST, false },
    { "nparams", NULL, 0, 0, offsetof(virWireAnimalGetMealsRet, nparams),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetMealsRet = {
    "remote_animal_get_meals_ret", sizeof(virWireAnimalGetMealsRet), 8, 2, fieldsAnimalGetMealsRet,
};

static const virWireField fieldsAnimalGetStripesArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetStripesArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "need_stripes", NULL, 0, 0, offsetof(virWireAnimalGetStripesArgs, need_stripes),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetStripesArgs = {
    "remote_animal_get_stripes_args", sizeof(virWireAnimalGetStripesArgs), 28, 2, fieldsAnimalGetStripesArgs,
};

static const virWireField fieldsAnimalGetStripesRet[] = {
    { "stripes", NULL, 128, 0, offsetof(virWireAnimalGetStripesRet, stripes),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
    { "ret", NULL, 0, 0, offsetof(virWireAnimalGetStripesRet, ret),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetStripesRet = {
    "remote_animal_get_stripes_ret", sizeof(virWireAnimalGetStripesRet), 8, 2, fieldsAnimalGetStripesRet,
};

static const virWireField fieldsAnimalGetVoiceArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetVoiceArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetVoiceArgs = {
    "remote_animal_get_voice_args", sizeof(virWireAnimalGetVoiceArgs), 24, 1, fieldsAnimalGetVoiceArgs,
};

static const virWireField fieldsAnimalGetVoiceRet[] = {
    { "value", NULL, 1024, 0, offsetof(virWireAnimalGetVoiceRet, value),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalGetVoiceRet = {
    "remote_animal_get_voice_ret", sizeof(virWireAnimalGetVoiceRet), 4, 1, fieldsAnimalGetVoiceRet,
};

static const virWireField fieldsAnimalOpenDoorArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalOpenDoorArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalOpenDoorArgs = {
    "remote_animal_open_door_args", sizeof(virWireAnimalOpenDoorArgs), 24, 1, fieldsAnimalOpenDoorArgs,
};

static const virWireField fieldsAnimalGetOriginArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalGetOriginArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetOriginArgs = {
    "remote_animal_get_origin_args", sizeof(virWireAnimalGetOriginArgs), 24, 1, fieldsAnimalGetOriginArgs,
};

static const virWireField fieldsAnimalGetOriginRet[] = {
    { "origin", NULL, 0, 4096, offsetof(virWireAnimalGetOriginRet, origin),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeAnimalGetOriginRet = {
    "remote_animal_get_origin_ret", sizeof(virWireAnimalGetOriginRet), 4, 1, fieldsAnimalGetOriginRet,
};

static const virWireField fieldsDenSweepArgs[] = {
    { "name", NULL, 0, 4096, offsetof(virWireDenSweepArgs, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeDenSweepArgs = {
    "remote_den_sweep_args", sizeof(virWireDenSweepArgs), 4, 1, fieldsDenSweepArgs,
};

static const virWireField fieldsConnectGetAllVisitsArgs[] = {
    { "animals", &virWireTypeAnimal, 512, 0, offsetof(virWireConnectGetAllVisitsArgs, animals),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
    { "mood", NULL, 0, 0, offsetof(virWireConnectGetAllVisitsArgs, mood),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeConnectGetAllVisitsArgs = {
    "remote_connect_get_all_visits_args", sizeof(virWireConnectGetAllVisitsArgs), 8, 2, fieldsConnectGetAllVisitsArgs,
};

static const virWireField fieldsConnectGetAllVisitsRet[] = {
    { "visits", &virWireTypeAnimalVisit, 8, 0, offsetof(virWireConnectGetAllVisitsRet, visits),
      VIR_WIRE_STRUCT, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeConnectGetAllVisitsRet = {
    "remote_connect_get_all_visits_ret", sizeof(virWireConnectGetAllVisitsRet), 4, 1, fieldsConnectGetAllVisitsRet,
};

static const virWireField fieldsAnimalTransportBeginArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireAnimalTransportBeginArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "papers_in", NULL, 1024, 0, offsetof(virWireAnimalTransportBeginArgs, papers_in),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
};
static const virWireType virWireTypeAnimalTransportBeginArgs = {
    "remote_animal_transport_begin_args", sizeof(virWireAnimalTransportBeginArgs), 28, 2, fieldsAnimalTransportBeginArgs,
};

static const virWireField fieldsAnimalTransportBeginRet[] = {
    { "papers_out", NULL, 1024, 0, offsetof(virWireAnimalTransportBeginRet, papers_out),
      VIR_WIRE_OPAQUE, VIR_WIRE_LIST, false },
    { "address", NULL, 0, 4096, offsetof(virWireAnimalTransportBeginRet, address),
      VIR_WIRE_STRING, VIR_WIRE_OPTIONAL, false },
};
static const virWireType virWireTypeAnimalTransportBeginRet = {
    "remote_animal_transport_begin_ret", sizeof(virWireAnimalTransportBeginRet), 8, 2, fieldsAnimalTransportBeginRet,
};

static const virWireField fieldsDenLookupByNameArgs[] = {
    { "animal", &virWireTypeAnimal, 0, 0, offsetof(virWireDenLookupByNameArgs, animal),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
    { "name", NULL, 0, 4096, offsetof(virWireDenLookupByNameArgs, name),
      VIR_WIRE_STRING, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeDenLookupByNameArgs = {
    "remote_den_lookup_by_name_args", sizeof(virWireDenLookupByNameArgs), 28, 2, fieldsDenLookupByNameArgs,
};

static const virWireField fieldsDenLookupByNameRet[] = {
    { "den", &virWireTypeDen, 0, 0, offsetof(virWireDenLookupByNameRet, den),
      VIR_WIRE_STRUCT, VIR_WIRE_ONE, false },
};
static const virWireType virWireTypeDenLookupByNameRet = {
    "remote_den_lookup_by_name_ret", sizeof(virWireDenLookupByNameRet), 4, 1, fieldsDenLookupByNameRet,
};

const virWireProcedure virWireRemoteProcedures[47] = {
    { "ConnectOpen", 0x20008086, 1, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectOpenArgs, NULL },
    { "ConnectClose", 0x20008086, 2, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, NULL, NULL },
    { "ConnectWashAnimal", 0x20008086, 9, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectWashAnimalArgs, &virWireTypeConnectWashAnimalRet },
    { "AnimalLookupByName", 0x20008086, 10, VIR_WIRE_CALL, true, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalLookupByNameArgs, &virWireTypeAnimalLookupByNameRet },
    { "AnimalLookupByUUID", 0x20008086, 11, VIR_WIRE_CALL, true, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalLookupByUUIDArgs, &virWireTypeAnimalLookupByUUIDRet },
    { "AnimalLookupByID", 0x20008086, 12, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalLookupByIDArgs, &virWireTypeAnimalLookupByIDRet },
    { "ConnectListAnimals", 0x20008086, 13, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectListAnimalsArgs, &virWireTypeConnectListAnimalsRet },
    { "ConnectListAllAnimals", 0x20008086, 14, VIR_WIRE_CALL, true, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectListAllAnimalsArgs, &virWireTypeConnectListAllAnimalsRet },
    { "ConnectNumOfAnimals", 0x20008086, 15, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, NULL, &virWireTypeConnectNumOfAnimalsRet },
    { "ConnectAnimalEventRegisterAny", 0x20008086, 16, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectAnimalEventRegisterAnyArgs, &virWireTypeConnectAnimalEventRegisterAnyRet },
    { "ConnectAnimalEventDeregisterAny", 0x20008086, 17, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectAnimalEventDeregisterAnyArgs, NULL },
    { "ConnectAnimalEventRegister", 0x20008086, 18, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, NULL, &virWireTypeConnectAnimalEventRegisterRet },
    { "ConnectAnimalEventDeregister", 0x20008086, 19, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, NULL, &virWireTypeConnectAnimalEventDeregisterRet },
    { "AnimalWake", 0x20008086, 20, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalWakeArgs, NULL },
    { "AnimalGetInfo", 0x20008086, 21, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetInfoArgs, &virWireTypeAnimalGetInfoRet },
    { "AnimalGetMood", 0x20008086, 22, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetMoodArgs, &virWireTypeAnimalGetMoodRet },
    { "AnimalGetWeight", 0x20008086, 23, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetWeightArgs, &virWireTypeAnimalGetWeightRet },
    { "AnimalFeed", 0x20008086, 24, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalFeedArgs, &virWireTypeAnimalFeedRet },
    { "AnimalTell", 0x20008086, 25, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalTellArgs, &virWireTypeAnimalTellRet },
    { "AnimalGetTracks", 0x20008086, 26, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetTracksArgs, &virWireTypeAnimalGetTracksRet },
    { "AnimalGetDiet", 0x20008086, 27, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetDietArgs, &virWireTypeAnimalGetDietRet },
    { "AnimalSetDiet", 0x20008086, 28, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalSetDietArgs, NULL },
    { "AnimalGetStats", 0x20008086, 29, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetStatsArgs, &virWireTypeAnimalGetStatsRet },
    { "AnimalPin", 0x20008086, 30, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalPinArgs, NULL },
    { "AnimalGetPins", 0x20008086, 31, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetPinsArgs, &virWireTypeAnimalGetPinsRet },
    { "AnimalPeek", 0x20008086, 32, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalPeekArgs, &virWireTypeAnimalPeekRet },
    { "AnimalBlockStats", 0x20008086, 33, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalBlockStatsArgs, &virWireTypeAnimalBlockStatsRet },
    { "AnimalGetXMLDesc", 0x20008086, 34, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetXMLDescArgs, &virWireTypeAnimalGetXMLDescRet },
    { "AnimalGetGuests", 0x20008086, 35, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetGuestsArgs, &virWireTypeAnimalGetGuestsRet },
    { "AnimalMarry", 0x20008086, 36, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalMarryArgs, &virWireTypeAnimalMarryRet },
    { "AnimalFilm", 0x20008086, 37, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_READ, &virWireTypeAnimalFilmArgs, &virWireTypeAnimalFilmRet },
    { "AnimalLend", 0x20008086, 38, VIR_WIRE_CALL, false, true, true,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalLendArgs, NULL },
    { "AnimalEventLifecycle", 0x20008086, 60, VIR_WIRE_EVENT, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalEventLifecycleMsg, NULL },
    { "AnimalEventMeal", 0x20008086, 61, VIR_WIRE_EVENT, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalEventMealMsg, NULL },
    { "AnimalEventCallbackMeal", 0x20008086, 62, VIR_WIRE_EVENT, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalEventCallbackMealMsg, NULL },
    { "AnimalEventCallbackVisit", 0x20008086, 63, VIR_WIRE_EVENT, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalEventCallbackVisitMsg, NULL },
    { "ConnectEventConnectionClosed", 0x20008086, 90, VIR_WIRE_EVENT, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectEventConnectionClosedMsg, NULL },
    { "Ping", 0x20008086, 91, VIR_WIRE_MESSAGE, false, false, false,
      VIR_WIRE_STREAM_NONE, NULL, NULL },
    { "AnimalGetMeals", 0x20008086, 92, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetMealsArgs, &virWireTypeAnimalGetMealsRet },
    { "AnimalGetStripes", 0x20008086, 93, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetStripesArgs, &virWireTypeAnimalGetStripesRet },
    { "AnimalGetVoice", 0x20008086, 94, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetVoiceArgs, &virWireTypeAnimalGetVoiceRet },
    { "AnimalOpenDoor", 0x20008086, 95, VIR_WIRE_CALL, false, false, true,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalOpenDoorArgs, NULL },
    { "AnimalGetOrigin", 0x20008086, 96, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalGetOriginArgs, &virWireTypeAnimalGetOriginRet },
    { "DenSweep", 0x20008086, 97, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeDenSweepArgs, NULL },
    { "ConnectGetAllVisits", 0x20008086, 98, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeConnectGetAllVisitsArgs, &virWireTypeConnectGetAllVisitsRet },
    { "AnimalTransportBegin", 0x20008086, 99, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeAnimalTransportBeginArgs, &virWireTypeAnimalTransportBeginRet },
    { "DenLookupByName", 0x20008086, 110, VIR_WIRE_CALL, false, false, false,
      VIR_WIRE_STREAM_NONE, &virWireTypeDenLookupByNameArgs, &virWireTypeDenLookupByNameRet },
};

const virWireProgram virWireProgramRemote = {
    "remote", 0x20008086, 1, 47, virWireRemoteProcedures,
};

G_STATIC_ASSERT(sizeof(virWireAnimalEventMealMsg) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectOpenArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectWashAnimalArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectWashAnimalRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByNameArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByNameRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByUUIDArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByUUIDRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByIDArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLookupByIDRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectListAnimalsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectListAnimalsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectListAllAnimalsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectListAllAnimalsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectNumOfAnimalsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectAnimalEventRegisterAnyArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectAnimalEventRegisterAnyRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectAnimalEventDeregisterAnyArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectAnimalEventRegisterRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectAnimalEventDeregisterRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalWakeArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetInfoArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetInfoRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetMoodArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetMoodRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetWeightArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetWeightRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalFeedArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalFeedRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalTellArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalTellRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetTracksArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetTracksRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetDietArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetDietRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalSetDietArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetStatsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetStatsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalPinArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetPinsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetPinsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalPeekArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalPeekRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalBlockStatsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalBlockStatsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetXMLDescArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetXMLDescRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetGuestsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetGuestsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalMarryArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalMarryRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalFilmArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalFilmRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalLendArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalEventLifecycleMsg) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalEventCallbackMealMsg) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalEventCallbackVisitMsg) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectEventConnectionClosedMsg) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetMealsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetMealsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetStripesArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetStripesRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetVoiceArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetVoiceRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalOpenDoorArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetOriginArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalGetOriginRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireDenSweepArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectGetAllVisitsArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireConnectGetAllVisitsRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalTransportBeginArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireAnimalTransportBeginRet) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireDenLookupByNameArgs) <= VIR_WIRE_STRUCT_MAX);
G_STATIC_ASSERT(sizeof(virWireDenLookupByNameRet) <= VIR_WIRE_STRUCT_MAX);
