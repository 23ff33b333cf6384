/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draw.h - pictures of policies, as SVG; and the colours that they share: each kind of answer has a
 * class of picture.css and a letter.
 */
#pragma once

#include "action_words.h"
#include "decision.h"
#include "diff.h"

/*
 * The shade of an answer; of a call whose answer depends on its arguments; of a number for which
 * the architecture has no call.
 */
const struct shade *shade_of(uint32_t ret);
extern const struct shade shade_arguments, shade_absent;
extern const struct shade shade_of_change[CHANGES];

/* One picture: the inside of an <svg> of that size. */
struct picture {
	const char *title;
	const char *words; /* the same in words, for screen readers */
	double width, height;
	char *text;
	size_t size;
};

/* Where a picture is written to; picture_end() closes it. NULL after a line on stderr. */
FILE *picture_begin(struct picture *p, const char *title);
void picture_end(struct picture *p, FILE *to, double width, double height);

/* Prints an <svg> element with its title. ID is another one for each picture of a page. */
void picture_print(FILE *to, const struct picture *p, const char *id);

/* Prints N pictures, one below the other, as an SVG file. */
void picture_file(FILE *to, const struct picture *pictures, size_t n);

/* draw_map.c: what is answered to numbers 0 to 511 of ARCH. */
struct map_cell {
	bool constant;
	uint32_t ret;		   /* its answer; of one that depends on arguments, the answer to arguments of 0 */
	const char *title;	   /* for the tooltip */
	uint64_t count;		   /* of calls made */
	const struct shade *shade; /* NULL: by the answer */
};
void map_make(struct map_cell cells[SECCOMP_GATE_NRS], struct asker *asker, struct arena *arena,
	      const struct run_stack *run, uint32_t arch);
bool map_draw(struct picture *p, struct arena *arena, const char *title, uint32_t arch,
	      const struct map_cell cells[SECCOMP_GATE_NRS]);

/* draw_map.c: where the two stacks of D differ for the calls of ARCH. */
bool map_draw_diff(struct picture *p, const struct diff *d, uint32_t arch);

/*
 * draw_graph.c: the decision; COUNTS: with how many calls went each way. False after a line on
 * stderr.
 */
bool graph_draw(struct picture *p, struct arena *arena, const struct decision *d, bool counts);

/* draw_dot.c: the decision in graphviz's language. */
void graph_dot(FILE *to, struct arena *arena, const struct decision *d);
