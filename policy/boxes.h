/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boxes.h - boxes of text with lines between them, as a picture: a head, and rows of three parts
 * each.
 */
#pragma once

#include "draw.h"
#include "layout.h"

struct text_row {
	const char *left, *text, *right;
	const char *title; /* for the tooltip */
	bool faint;
};

struct text_box {
	const struct shade *shade; /* NULL: a plain one */
	const char *head, *side;   /* left and right in its head */
	const char *title;
	unsigned int group; /* boxes of one group are equally wide; 0: it is in none */
	bool pill;	    /* a head alone */
	bool faint;	    /* nothing came here */
	struct text_row *rows;
	size_t n, room;
	size_t columns;		  /* the rows stand in so many columns; 0 is one */
	double left, text, right; /* widths of a column's parts */
};

struct text_line {
	const char *label;
	bool faint;
};

/* All zero but the arena: no boxes. */
struct boxes {
	struct arena *arena;
	bool tree; /* lines are bent at right angles, as a tree's can be without crossing */
	struct text_box *list;
	size_t n, room;
	struct text_line *lines;
	size_t n_lines, room_lines;
	struct layout layout;
};

/* Both return the box's number. */
size_t boxes_add(struct boxes *b, const struct shade *shade, const char *head, const char *side, const char *title);
size_t boxes_plain(struct boxes *b, const char *text);

/* Adds a row to the box that was added last. */
void boxes_row(struct boxes *b, const char *left, const char *text, const char *right, const char *title, bool faint);

/* A line from one box to another; LABEL may be "". FAINT: dashed. */
void boxes_line(struct boxes *b, size_t from, size_t to, const char *label, bool faint);

/* The picture, and what it says in WORDS. False after a line on stderr. */
bool boxes_draw(struct picture *p, struct boxes *b, const char *title, const char *words);
