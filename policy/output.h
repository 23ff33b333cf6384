/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * output.h - files that are written whole or not at all: what is there stays as it is when the disk
 * is full.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/* What is to go into a file, in memory until it is all there. */
struct output {
	FILE *to;
	char *text;
	size_t n;
};

/* The stream to write to; NULL after a line on stderr. */
FILE *output_begin(struct output *o);

/* Writes what was said into FILE, or forgets it. False after a line on stderr. */
bool output_end(struct output *o, const char *file);
void output_drop(struct output *o);

/* N bytes into FILE. False after a line on stderr. */
bool output_write(const char *file, const void *bytes, size_t n);
