# SPDX-License-Identifier: LGPL-2.1-or-later
"""Manage virtual machines: connections, domains, networks, storage and the rest of the host.

Everything here is made from the specification of the API; `libvirt.aio` is the same for asyncio.
Nothing of typing is imported at run time: that takes longer than all the rest.
"""

from . import _native
from ._errors import libvirtError
from ._loop import invoke_handle as _eventInvokeHandleCallback
from ._loop import invoke_timeout as _eventInvokeTimeoutCallback
from ._loop import release as virEventInvokeFreeCallback

_native.set_error_class(libvirtError)
_native.fill(__name__, globals())
#: Programs take it for the most that is sent of a stream at once.
globals()["virStorageVol"].streamBufSize = 262120


def __getattr__(name: str) -> object:
    """Enum classes are made when somebody asks for one."""
    if name.startswith("_"):
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module

    # Not `from . import`, which would ask here first.
    enums = import_module(f"{__name__}.enums")
    try:
        value = getattr(enums, name)
    except AttributeError:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'") from None
    globals()[name] = value
    return value
