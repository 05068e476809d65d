/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the other side of a connection still lives: when to ask it, and when to give it up. */

#include "rpc/keepalive.h"

void
virKeepaliveStart(virKeepalive *keepalive, int interval, unsigned int count, gint64 now)
{
    keepalive->interval = interval;
    keepalive->count = count;
    keepalive->left = count;
    keepalive->heard = now;
    keepalive->due = now + (gint64) interval * G_USEC_PER_SEC;
}

void
virKeepaliveHeard(virKeepalive *keepalive, gint64 now)
{
    keepalive->heard = now;
    keepalive->left = keepalive->count;
}

virKeepaliveVerdict
virKeepaliveLook(virKeepalive *keepalive, gint64 now)
{
    gint64 step = (gint64) keepalive->interval * G_USEC_PER_SEC;

    if (keepalive->interval <= 0 || now < keepalive->due)
        return VIR_KEEPALIVE_WAIT;
    if (now - keepalive->heard < step) {
        keepalive->due = keepalive->heard + step;
        return VIR_KEEPALIVE_WAIT;
    }
    if (!keepalive->left)
        return VIR_KEEPALIVE_DEAD;
    keepalive->left--;
    keepalive->due = now + step;
    return VIR_KEEPALIVE_ASK;
}

void
virKeepaliveWrite(virXdrWriter *writer, int procedure)
{
    virMessageHeader header = {
        .program = VIR_KEEPALIVE_PROGRAM,
        .version = VIR_KEEPALIVE_VERSION,
        .procedure = procedure,
        .type = VIR_MESSAGE_EVENT,
    };

    virMessageBegin(writer, &header);
    virMessageEnd(writer);
}
