/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The word that somebody probably meant: the one with the fewest edits. */

#include "base/nearest.h"

#include <string.h>

#include <glib.h>

/* Longer words are not compared: nobody mistypes that much. */
#define WORD_MAX 40

/* Edits (insert, delete, replace, swap neighbours) between two words of at most WORD_MAX bytes. */
static unsigned int
distance(const char *one, size_t none, const char *other, size_t nother)
{
    unsigned int rows[3][WORD_MAX + 1];
    unsigned int *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= nother; j++)
        above[j] = (unsigned int)j;
    for (size_t i = 1; i <= none; i++) {
        unsigned int *spare = before;

        row[0] = (unsigned int)i;
        for (size_t j = 1; j <= nother; j++) {
            unsigned int differs = one[i - 1] != other[j - 1];

            row[j] = MIN(MIN(above[j], row[j - 1]) + 1, above[j - 1] + differs);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[nother];
}

const char *
virNearest(const char *word, const char *const *known, size_t nknown)
{
    size_t length = strlen(word);
    unsigned int best = (unsigned int)MIN(length / 3 + 1, 3) + 1;
    const char *nearest = NULL;

    if (length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < nknown; i++) {
        size_t other = known[i] ? strlen(known[i]) : 0;
        unsigned int edits;

        if (!other || other > WORD_MAX)
            continue;
        edits = distance(word, length, known[i], other);
        /* Two words without a common part are never near. */
        if (edits < best && edits < MAX(length, other)) {
            best = edits;
            nearest = known[i];
        }
    }
    return nearest;
}
