#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The comparison of virsh_compare.sh with the lines of virsh_compare_details.txt.

here=$(cd "$(dirname "$0")" && pwd)
VIRSH_LINES=${VIRSH_LINES:-$here/virsh_compare_details.txt} exec sh "$here/virsh_compare.sh"
