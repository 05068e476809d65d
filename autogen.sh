#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes ./configure from configure.ac; arguments are ignored, run ./configure yourself afterwards.
set -eu
cd "$(dirname "$0")"
exec autoreconf --install --force --warnings=all,no-portability
