# SPDX-License-Identifier: LGPL-2.1-or-later
# Generated from api.xml and api/*.xml; change that, not this.
"""The constants of the API, as classes."""

from enum import IntEnum, IntFlag


class ErrorDomain(IntEnum):
    """Where errors come from."""

    FROM_NONE = 0
    FROM_ANIMAL = 1
    FROM_ANI = 2
    FROM_STREAMS = 3
    FROM_TEST = 4
    FROM_REMOTE = 5


class ErrorNumber(IntEnum):
    """Codes of errors."""

    OK = 0
    NO_SUPPORT = 3
    INVALID_CONN = 6
    INVALID_STREAM = 7
    INVALID_ARG = 8


class TypedParameterType(IntEnum):
    """Types of a parameter."""

    INT = 1
    UINT = 2
    LLONG = 3
    ULLONG = 4
    DOUBLE = 5
    BOOLEAN = 6
    STRING = 7


class AnimalMood(IntEnum):
    """How an animal feels."""

    CALM = 0
    ANGRY = 1
    UNKNOWN = -1


class AnimalEventID(IntEnum):
    """Kinds of event."""

    LIFECYCLE = 0
    MEAL = 1
    VISIT = 2


class AnimalEventType(IntEnum):
    """What happened to an animal."""

    WOKE = 0
    SLEPT = 1


class AnimalEventWokeDetailType(IntEnum):
    """Why an animal woke."""

    ALARM = 0


class AnimalWakeFlags(IntFlag):
    """How to wake an animal."""

    GENTLY = 1
    LOUDLY = 2
    AGAIN = 4


class ConnectListAllAnimalsFlags(IntFlag):
    """Which animals to list."""

    AWAKE = 1
    ASLEEP = 2
