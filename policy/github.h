/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * github.h - annotations: lines of a log that GitHub shows beside the line of the file that they
 * name.
 */
#pragma once

#include "source.h"

/* An annotation of KIND (error, warning) at a place, or at none if that is in no file. */
void github_print(FILE *to, enum note_kind kind, struct place at, const char *text);

/* The notes that are at least as grave as LEAST. */
void github_notes(FILE *to, const struct notes *notes, enum note_kind least);
