# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is only about QEMU: its monitor and its guest agent."""

from libvirt import _native

_native.fill(__name__, globals())
