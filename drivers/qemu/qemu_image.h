/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Images of saved guests: a head, the document, and what QEMU wrote. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "document/saveimage.h"

/* A new image with its head and document, so far incomplete; -1 with an error raised. */
int qemuImageBegin(const char *path, const char *document, bool running);
/* The image holds everything; false with an error raised. */
bool qemuImageComplete(int fd, const char *path);
/*
 * Opens an image: its head, its document and the descriptor at QEMU's state; -1 with an error raised. The
 * document is to be freed.
 */
int qemuImageOpen(const char *path, virDocSaveImageHead *head, char **document);
/* Gives an image another document, and whether its guest ran; false with an error raised. */
bool qemuImageChange(const char *path, const char *document, bool running);
