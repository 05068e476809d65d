# SPDX-License-Identifier: LGPL-2.1-or-later
# Generated from api.xml and api/*.xml; change that, not this.
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol

from libvirt import virConnect, virAnimal

def virAnimalKeeperCommand(animal: virAnimal, cmd: str, timeout: int, flags: int = 0) -> str: ...
def virConnectKeeperRegister(conn: virConnect, animal: virAnimal | None, cb: Callable[..., Any], opaque: Any | None = None) -> int: ...
