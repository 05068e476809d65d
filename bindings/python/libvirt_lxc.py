# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is only about containers: their namespaces, labels and groups."""

from libvirt import _native

_native.fill(__name__, globals())
