/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Gives memory back to the system after much of it came and went. */

#pragma once

/* Something that takes memory has ended on this thread: a call. */
void virMemoryCallDone(void);
/* The same, for what may have held much: a client. */
void virMemoryClientGone(void);
