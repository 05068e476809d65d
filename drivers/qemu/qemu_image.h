/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Images of saved guests: a head, the document, and what QEMU wrote. */

#pragma once

#include <stdbool.h>

#include <glib.h>

/* In the byte order of the machine. */
typedef struct {
    char magic[16];
    guint32 version;
    guint32 length;             /* of the document, with its end and room behind it */
    guint32 wasRunning;
    guint32 compression;
    guint32 cookie;             /* where one begins in the document part; 0: there is none */
    guint32 unused[14];
} qemuImageHead;

/* A new image with its head and document, so far incomplete; -1 with an error raised. */
int qemuImageBegin(const char *path, const char *document, bool running);
/* The image holds everything; false with an error raised. */
bool qemuImageComplete(int fd, const char *path);
/*
 * Opens an image: its head, its document and the descriptor at QEMU's state; -1 with an error raised. The
 * document is to be freed.
 */
int qemuImageOpen(const char *path, qemuImageHead *head, char **document);
/* Gives an image another document, and whether its guest ran; false with an error raised. */
bool qemuImageChange(const char *path, const char *document, bool running);
