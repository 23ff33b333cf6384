/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.h - where the boxes and lines of a graph go: graphviz's dot decides it, from the boxes'
 * sizes alone. What stands in them it never sees.
 *
 * Lengths are pixels; y grows downwards.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct layout_box {
	double width, height; /* given */
	double x, y;	      /* found: its upper left corner */
};

struct layout_line {
	size_t from, to;      /* boxes */
	double width, height; /* of its label; 0: none */
	double x, y;	      /* found: the label's middle */
	size_t n;	      /* of points: a start, then three for each Bézier curve */
	double (*points)[2];
};

struct layout {
	struct arena *arena;
	struct layout_box *boxes;
	size_t n_boxes, room_boxes;
	struct layout_line *lines; /* those of one box leave it in the order of this list */
	size_t n_lines, room_lines;
	double width, height; /* found: of all */
};

/* All zero but the arena is an empty layout. Both return the number of what is added. */
size_t layout_box(struct layout *l, double width, double height);
size_t layout_line(struct layout *l, size_t from, size_t to, double label_width, double label_height);

/* Finds the places. False after a line on stderr: there is no dot, or it fails. */
bool layout_find(struct layout *l);
