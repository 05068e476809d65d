# SPDX-License-Identifier: LGPL-2.1-or-later
"""Manage virtual machines: connections, domains, networks, storage and the rest of the host.

Everything here is made from the specification of the API; `libvirt.aio` is the same for asyncio.
"""

from typing import Any

from . import _native
from ._errors import libvirtError
from ._loop import invoke_handle as _eventInvokeHandleCallback
from ._loop import invoke_timeout as _eventInvokeTimeoutCallback
from ._loop import release as virEventInvokeFreeCallback

_native.set_error_class(libvirtError)
_native.fill(__name__, globals())


def __getattr__(name: str) -> Any:
    """Enum classes are made when somebody asks for one."""
    if name.startswith("_"):
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from . import enums

    try:
        value = getattr(enums, name)
    except AttributeError:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'") from None
    globals()[name] = value
    return value
