# SPDX-License-Identifier: LGPL-2.1-or-later
"""Administer the daemon: its servers, their clients and limits."""

from libvirt import _native

_native.fill(__name__, globals())
