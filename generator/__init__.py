# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator: reads api.xml, schemas/ and shell/, writes everything under gen/."""
