# SPDX-License-Identifier: LGPL-2.1-or-later
# Generated from api.xml and api/*.xml; change that, not this.
"""The API for asyncio: every function is awaited, and nothing blocks the loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import libvirt
from libvirt._aio import Handle, HasFileno, know, start
from libvirt._aio import events as events


class Connect(Handle):
    """A connection to a zoo."""

    async def close(self) -> int:
        """Close a connection."""
        return await self._call(libvirt.virConnect.close)

    async def washAnimal(self, xml: str) -> Animal:
        """Wash an animal, or get one."""
        return await self._call(libvirt.virConnect.washAnimal, xml)

    async def animalLookupByName(self, name: str) -> Animal:
        """Find an animal by name."""
        return await self._call(libvirt.virConnect.animalLookupByName, name)

    async def animalLookupByUUID(self, uuid: bytes) -> Animal:
        """Find an animal by UUID."""
        return await self._call(libvirt.virConnect.animalLookupByUUID, uuid)

    async def animalLookupByUUIDString(self, uuidstr: str) -> Animal:
        """Find an animal by the text of its UUID."""
        return await self._call(libvirt.virConnect.animalLookupByUUIDString, uuidstr)

    async def animalLookupByID(self, id: int) -> Animal:
        """Find an animal by its number."""
        return await self._call(libvirt.virConnect.animalLookupByID, id)

    async def listAnimals(self) -> list[str]:
        """List the names of animals."""
        return await self._call(libvirt.virConnect.listAnimals)

    async def listAllAnimals(self, flags: int = 0) -> list[Animal]:
        """List every animal."""
        return await self._call(libvirt.virConnect.listAllAnimals, flags)

    async def numOfAnimals(self) -> int:
        """Count the animals."""
        return await self._call(libvirt.virConnect.numOfAnimals)

    async def animalEventRegisterAny(self, animal: Animal | None, eventID: int, cb: Callable[..., Any], opaque: Any | None = None) -> int:
        """Listen for events."""
        return await self._call(libvirt.virConnect.animalEventRegisterAny, animal, eventID, cb, opaque)

    async def animalEventDeregisterAny(self, callbackID: int) -> int:
        """Stop listening for events."""
        return await self._call(libvirt.virConnect.animalEventDeregisterAny, callbackID)

    async def animalEventRegister(self, cb: Callable[..., Any], opaque: Any | None = None) -> int:
        """Listen for life-cycle events."""
        return await self._call(libvirt.virConnect.animalEventRegister, cb, opaque)

    async def animalEventDeregister(self, cb: Callable[..., Any]) -> int:
        """Stop listening for life-cycle events."""
        return await self._call(libvirt.virConnect.animalEventDeregister, cb)

    async def getAllVisits(self, mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at any animal."""
        return await self._call(libvirt.virConnect.getAllVisits, mood)

    async def animalListGetVisits(self, animals: Sequence[Animal], mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at some animals."""
        return await self._call(libvirt.virConnect.animalListGetVisits, animals, mood)

    async def animalListGetStats(self, animals: Sequence[Animal], flags: int = 0) -> int:
        """Tell numbers about several animals."""
        return await self._call(libvirt.virConnect.animalListGetStats, animals, flags)


class Stream(Handle):
    """A stream of bytes."""

    async def send(self, data: bytes | bytearray | memoryview | str) -> int:
        """Send bytes."""
        return await self._call(libvirt.virStream.send, data)


class Animal(Handle):
    """An animal."""

    async def name(self) -> str:
        """Tell the name of an animal."""
        return await self._call(libvirt.virAnimal.name)

    async def UUID(self) -> bytes:
        """Tell the UUID of an animal."""
        return await self._call(libvirt.virAnimal.UUID)

    async def UUIDString(self) -> str:
        """Tell the UUID of an animal as text."""
        return await self._call(libvirt.virAnimal.UUIDString)

    async def connect(self) -> Connect:
        """Tell the connection of an animal."""
        return await self._call(libvirt.virAnimal.connect)

    async def wake(self, flags: int = 0) -> int:
        """Wake an animal."""
        return await self._call(libvirt.virAnimal.wake, flags)

    async def info(self) -> list[Any]:
        """Tell facts about an animal."""
        return await self._call(libvirt.virAnimal.info)

    async def mood(self, flags: int = 0) -> list[Any]:
        """Tell how an animal feels."""
        return await self._call(libvirt.virAnimal.mood, flags)

    async def weight(self) -> int:
        """Weigh an animal."""
        return await self._call(libvirt.virAnimal.weight)

    async def feed(self, small: int, natural: int, large: int, huge: int, ratio: float, raw: int, mood: int) -> int:
        """Feed an animal."""
        return await self._call(libvirt.virAnimal.feed, small, natural, large, huge, ratio, raw, mood)

    async def tell(self, word: str, password: str | None, words: Sequence[str]) -> list[Any]:
        """Tell an animal something."""
        return await self._call(libvirt.virAnimal.tell, word, password, words)

    async def tracks(self, places: Sequence[int]) -> tuple[list[int], list[tuple[Any, ...]]]:
        """Tell where an animal was."""
        return await self._call(libvirt.virAnimal.tracks, places)

    async def diet(self, flags: int = 0) -> dict[str, Any]:
        """Tell what an animal eats."""
        return await self._call(libvirt.virAnimal.diet, flags)

    async def setDiet(self, params: Mapping[str, Any], more: Mapping[str, Any]) -> int:
        """Change what an animal eats."""
        return await self._call(libvirt.virAnimal.setDiet, params, more)

    async def stats(self, flags: int = 0) -> dict[str, Any]:
        """Tell numbers about an animal."""
        return await self._call(libvirt.virAnimal.stats, flags)

    async def pin(self, cages: Sequence[bool]) -> int:
        """Allow an animal some cages."""
        return await self._call(libvirt.virAnimal.pin, cages)

    async def pins(self) -> list[tuple[bool, ...]]:
        """Tell the cages of an animal's legs."""
        return await self._call(libvirt.virAnimal.pins)

    async def peek(self, start: int, size: int, flags: int = 0) -> bytes:
        """Look into an animal."""
        return await self._call(libvirt.virAnimal.peek, start, size, flags)

    async def blockStats(self, part: str) -> tuple[Any, ...]:
        """Tell what an animal carries."""
        return await self._call(libvirt.virAnimal.blockStats, part)

    async def XMLDesc(self, flags: int = 0) -> str:
        """Describe an animal."""
        return await self._call(libvirt.virAnimal.XMLDesc, flags)

    async def guests(self, mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at an animal."""
        return await self._call(libvirt.virAnimal.guests, mood)

    async def marry(self, other: Animal, witness: Cub | None) -> Cub:
        """Let two animals live together."""
        return await self._call(libvirt.virAnimal.marry, other, witness)

    async def film(self, stream: Stream, flags: int = 0) -> str:
        """Film an animal."""
        return await self._call(libvirt.virAnimal.film, stream, flags)

    async def lend(self, files: Sequence[int | HasFileno] | None, door: int | HasFileno) -> list[int]:
        """Open doors for an animal."""
        return await self._call(libvirt.virAnimal.lend, files, door)

    async def meals(self, flags: int = 0) -> list[dict[str, Any]]:
        """Tell what an animal ate on several days."""
        return await self._call(libvirt.virAnimal.meals, flags)

    async def stripes(self) -> tuple[int, list[bool]]:
        """Tell where an animal has stripes."""
        return await self._call(libvirt.virAnimal.stripes)

    async def voice(self) -> bytes:
        """Get what an animal sounds like."""
        return await self._call(libvirt.virAnimal.voice)

    async def openDoor(self) -> int:
        """Open the door of an animal."""
        return await self._call(libvirt.virAnimal.openDoor)

    async def origin(self) -> str:
        """Tell where an animal is from."""
        return await self._call(libvirt.virAnimal.origin)

    async def denLookupByName(self, name: str) -> Den:
        """Find a den of an animal."""
        return await self._call(libvirt.virAnimal.denLookupByName, name)


class Cub(Handle):
    """A young animal, which belongs to its mother."""

    async def animal(self) -> Animal:
        """Tell the mother of a cub."""
        return await self._call(libvirt.virCub.animal)


class Den(Handle):
    """Where an animal sleeps."""

    async def sweep(self) -> int:
        """Sweep a den."""
        return await self._call(libvirt.virDen.sweep)


async def openAuth(name: str | None, auth: Sequence[Any], flags: int = 0) -> Connect:
    """Open a connection."""
    return Connect(await start(libvirt.openAuth, name, auth, flags))


know({
    libvirt.virConnect: Connect,
    libvirt.virStream: Stream,
    libvirt.virAnimal: Animal,
    libvirt.virCub: Cub,
    libvirt.virDen: Den,
})
