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
        answer: int = await self._call(libvirt.virConnect.close)
        return answer

    async def washAnimal(self, xml: str) -> Animal:
        """Wash an animal, or get one."""
        answer: Animal = await self._call(libvirt.virConnect.washAnimal, xml)
        return answer

    async def animalLookupByName(self, name: str) -> Animal:
        """Find an animal by name."""
        answer: Animal = await self._call(libvirt.virConnect.animalLookupByName, name)
        return answer

    async def animalLookupByUUID(self, uuid: bytes) -> Animal:
        """Find an animal by UUID."""
        answer: Animal = await self._call(libvirt.virConnect.animalLookupByUUID, uuid)
        return answer

    async def animalLookupByUUIDString(self, uuidstr: str) -> Animal:
        """Find an animal by the text of its UUID."""
        answer: Animal = await self._call(libvirt.virConnect.animalLookupByUUIDString, uuidstr)
        return answer

    async def animalLookupByID(self, id: int) -> Animal:
        """Find an animal by its number."""
        answer: Animal = await self._call(libvirt.virConnect.animalLookupByID, id)
        return answer

    async def listAnimals(self) -> list[str]:
        """List the names of animals."""
        answer: list[str] = await self._call(libvirt.virConnect.listAnimals)
        return answer

    async def listAllAnimals(self, flags: int = 0) -> list[Animal]:
        """List every animal."""
        answer: list[Animal] = await self._call(libvirt.virConnect.listAllAnimals, flags)
        return answer

    async def numOfAnimals(self) -> int:
        """Count the animals."""
        answer: int = await self._call(libvirt.virConnect.numOfAnimals)
        return answer

    async def animalEventRegisterAny(self, animal: Animal | None, eventID: int, cb: Callable[..., Any], opaque: Any | None = None) -> int:
        """Listen for events."""
        answer: int = await self._call(libvirt.virConnect.animalEventRegisterAny, animal, eventID, cb, opaque)
        return answer

    async def animalEventDeregisterAny(self, callbackID: int) -> int:
        """Stop listening for events."""
        answer: int = await self._call(libvirt.virConnect.animalEventDeregisterAny, callbackID)
        return answer

    async def animalEventRegister(self, cb: Callable[..., Any], opaque: Any | None = None) -> int:
        """Listen for life-cycle events."""
        answer: int = await self._call(libvirt.virConnect.animalEventRegister, cb, opaque)
        return answer

    async def animalEventDeregister(self, cb: Callable[..., Any]) -> int:
        """Stop listening for life-cycle events."""
        answer: int = await self._call(libvirt.virConnect.animalEventDeregister, cb)
        return answer

    async def getAllVisits(self, mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at any animal."""
        answer: list[tuple[Any, ...]] = await self._call(libvirt.virConnect.getAllVisits, mood)
        return answer

    async def animalListGetVisits(self, animals: Sequence[Animal], mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at some animals."""
        answer: list[tuple[Any, ...]] = await self._call(libvirt.virConnect.animalListGetVisits, animals, mood)
        return answer

    async def animalListGetStats(self, animals: Sequence[Animal], flags: int = 0) -> int:
        """Tell numbers about several animals."""
        answer: int = await self._call(libvirt.virConnect.animalListGetStats, animals, flags)
        return answer


class Stream(Handle):
    """A stream of bytes."""

    async def send(self, data: bytes | bytearray | memoryview | str) -> int:
        """Send bytes."""
        answer: int = await self._call(libvirt.virStream.send, data)
        return answer


class Animal(Handle):
    """An animal."""

    async def name(self) -> str:
        """Tell the name of an animal."""
        answer: str = await self._call(libvirt.virAnimal.name)
        return answer

    async def UUID(self) -> bytes:
        """Tell the UUID of an animal."""
        answer: bytes = await self._call(libvirt.virAnimal.UUID)
        return answer

    async def UUIDString(self) -> str:
        """Tell the UUID of an animal as text."""
        answer: str = await self._call(libvirt.virAnimal.UUIDString)
        return answer

    async def connect(self) -> Connect:
        """Tell the connection of an animal."""
        answer: Connect = await self._call(libvirt.virAnimal.connect)
        return answer

    async def wake(self, flags: int = 0) -> int:
        """Wake an animal."""
        answer: int = await self._call(libvirt.virAnimal.wake, flags)
        return answer

    async def info(self) -> list[Any]:
        """Tell facts about an animal."""
        answer: list[Any] = await self._call(libvirt.virAnimal.info)
        return answer

    async def mood(self, flags: int = 0) -> list[Any]:
        """Tell how an animal feels."""
        answer: list[Any] = await self._call(libvirt.virAnimal.mood, flags)
        return answer

    async def weight(self) -> int:
        """Weigh an animal."""
        answer: int = await self._call(libvirt.virAnimal.weight)
        return answer

    async def feed(self, small: int, natural: int, large: int, huge: int, ratio: float, raw: int, mood: int) -> int:
        """Feed an animal."""
        answer: int = await self._call(libvirt.virAnimal.feed, small, natural, large, huge, ratio, raw, mood)
        return answer

    async def tell(self, word: str, password: str | None, words: Sequence[str]) -> list[Any]:
        """Tell an animal something."""
        answer: list[Any] = await self._call(libvirt.virAnimal.tell, word, password, words)
        return answer

    async def tracks(self, places: Sequence[int]) -> tuple[list[int], list[tuple[Any, ...]]]:
        """Tell where an animal was."""
        answer: tuple[list[int], list[tuple[Any, ...]]] = await self._call(libvirt.virAnimal.tracks, places)
        return answer

    async def diet(self, flags: int = 0) -> dict[str, Any]:
        """Tell what an animal eats."""
        answer: dict[str, Any] = await self._call(libvirt.virAnimal.diet, flags)
        return answer

    async def setDiet(self, params: Mapping[str, Any], more: Mapping[str, Any]) -> int:
        """Change what an animal eats."""
        answer: int = await self._call(libvirt.virAnimal.setDiet, params, more)
        return answer

    async def stats(self, flags: int = 0) -> dict[str, Any]:
        """Tell numbers about an animal."""
        answer: dict[str, Any] = await self._call(libvirt.virAnimal.stats, flags)
        return answer

    async def pin(self, cages: Sequence[bool]) -> int:
        """Allow an animal some cages."""
        answer: int = await self._call(libvirt.virAnimal.pin, cages)
        return answer

    async def pins(self) -> list[tuple[bool, ...]]:
        """Tell the cages of an animal's legs."""
        answer: list[tuple[bool, ...]] = await self._call(libvirt.virAnimal.pins)
        return answer

    async def peek(self, start: int, size: int, flags: int = 0) -> bytes:
        """Look into an animal."""
        answer: bytes = await self._call(libvirt.virAnimal.peek, start, size, flags)
        return answer

    async def blockStats(self, part: str) -> tuple[Any, ...]:
        """Tell what an animal carries."""
        answer: tuple[Any, ...] = await self._call(libvirt.virAnimal.blockStats, part)
        return answer

    async def XMLDesc(self, flags: int = 0) -> str:
        """Describe an animal."""
        answer: str = await self._call(libvirt.virAnimal.XMLDesc, flags)
        return answer

    async def guests(self, mood: int) -> list[tuple[Any, ...]]:
        """Tell who looks at an animal."""
        answer: list[tuple[Any, ...]] = await self._call(libvirt.virAnimal.guests, mood)
        return answer

    async def marry(self, other: Animal, witness: Cub | None) -> Cub:
        """Let two animals live together."""
        answer: Cub = await self._call(libvirt.virAnimal.marry, other, witness)
        return answer

    async def film(self, stream: Stream, flags: int = 0) -> str:
        """Film an animal."""
        answer: str = await self._call(libvirt.virAnimal.film, stream, flags)
        return answer

    async def lend(self, files: Sequence[int | HasFileno] | None, door: int | HasFileno) -> list[int]:
        """Open doors for an animal."""
        answer: list[int] = await self._call(libvirt.virAnimal.lend, files, door)
        return answer

    async def meals(self, flags: int = 0) -> list[dict[str, Any]]:
        """Tell what an animal ate on several days."""
        answer: list[dict[str, Any]] = await self._call(libvirt.virAnimal.meals, flags)
        return answer

    async def stripes(self) -> tuple[int, list[bool]]:
        """Tell where an animal has stripes."""
        answer: tuple[int, list[bool]] = await self._call(libvirt.virAnimal.stripes)
        return answer

    async def voice(self) -> bytes:
        """Get what an animal sounds like."""
        answer: bytes = await self._call(libvirt.virAnimal.voice)
        return answer

    async def openDoor(self) -> int:
        """Open the door of an animal."""
        answer: int = await self._call(libvirt.virAnimal.openDoor)
        return answer

    async def origin(self) -> str:
        """Tell where an animal is from."""
        answer: str = await self._call(libvirt.virAnimal.origin)
        return answer

    async def denLookupByName(self, name: str) -> Den:
        """Find a den of an animal."""
        answer: Den = await self._call(libvirt.virAnimal.denLookupByName, name)
        return answer


class Cub(Handle):
    """A young animal, which belongs to its mother."""

    async def animal(self) -> Animal:
        """Tell the mother of a cub."""
        answer: Animal = await self._call(libvirt.virCub.animal)
        return answer


class Den(Handle):
    """Where an animal sleeps."""

    async def sweep(self) -> int:
        """Sweep a den."""
        answer: int = await self._call(libvirt.virDen.sweep)
        return answer


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
