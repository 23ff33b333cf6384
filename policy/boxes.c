/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boxes.c - see boxes.h.
 */
#include "boxes.h"

#include <string.h>

#include "html.h"

#define LETTER 6.95 /* width of one character, at 11.5 px */
#define LETTER_LABEL 6.4
#define ROW 16.0
#define HEAD 23.0
#define PAD 9.0
#define SPACE 12.0 /* between the parts of a row */
#define EDGE 1.0
#define COLUMN 14.0 /* of the lines of a tree, before their boxes */

size_t boxes_add(struct boxes *b, const struct shade *shade, const char *head, const char *side, const char *title)
{
	b->list = arena_grow(b->arena, b->list, b->n, 1, sizeof(*b->list), &b->room);
	b->list[b->n] = (struct text_box){ .shade = shade, .head = head, .side = side, .title = title };
	return b->n++;
}

size_t boxes_plain(struct boxes *b, const char *text)
{
	const size_t box = boxes_add(b, NULL, text, "", "");

	b->list[box].pill = true;
	return box;
}

void boxes_row(struct boxes *b, const char *left, const char *text, const char *right, const char *title, bool faint)
{
	struct text_box *box = &b->list[b->n - 1];

	box->rows = arena_grow(b->arena, box->rows, box->n, 1, sizeof(*box->rows), &box->room);
	box->rows[box->n++] = (struct text_row){ left, text, right, title, faint };
}

void boxes_line(struct boxes *b, size_t from, size_t to, const char *label, bool faint)
{
	/* The numbers are those of the layout, to which boxes_draw() adds the boxes. */
	b->layout.arena = b->arena;
	layout_line(&b->layout, from, to, *label != '\0' ? (double)strlen(label) * LETTER_LABEL + 8 : 0, 14);
	b->lines = arena_grow(b->arena, b->lines, b->n_lines, 1, sizeof(*b->lines), &b->room_lines);
	b->lines[b->n_lines++] = (struct text_line){ label, faint };
}

/* ---- sizes ---- */

/* How many characters, not bytes. */
static double width_of(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += (*text & 0xc0) != 0x80;
	return (double)n * LETTER;
}

static void widen_to(double *width, double to)
{
	*width = to > *width ? to : *width;
}

static double column_width(const struct text_box *box)
{
	return box->left + box->text + box->right + (box->left > 0 ? SPACE : 0) + (box->right > 0 ? SPACE : 0);
}

static size_t rows_of_column(const struct text_box *box)
{
	const size_t columns = box->columns > 1 ? box->columns : 1;

	return (box->n + columns - 1) / columns;
}

static void measure_box(struct text_box *box, double *width, double *height)
{
	const size_t columns = box->columns > 1 ? box->columns : 1;
	double head = width_of(box->head) + (box->shade != NULL ? 2 * LETTER : 0) + 2 * PAD;

	if (*box->side != '\0')
		head += width_of(box->side) + 2 * SPACE;
	for (size_t i = 0; i < box->n; i++) {
		widen_to(&box->left, width_of(box->rows[i].left));
		widen_to(&box->text, width_of(box->rows[i].text));
		widen_to(&box->right, width_of(box->rows[i].right));
	}
	*width = (double)columns * column_width(box) + (double)(columns - 1) * 2 * SPACE + 2 * PAD;
	if (head > *width) {
		box->text += (head - *width) / (double)columns;
		*width = head;
	}
	*height = HEAD + (box->n > 0 ? (double)rows_of_column(box) * ROW + 8 : 0);
}

/* Boxes of one group are as wide as the widest of them. */
static void align_boxes(struct boxes *b)
{
	for (size_t i = 0; i < b->n; i++) {
		double *width = &b->layout.boxes[i].width;
		const double own = *width;

		for (size_t k = 0; b->list[i].group != 0 && k < b->n; k++)
			if (b->list[k].group == b->list[i].group)
				widen_to(width, b->layout.boxes[k].width);
		b->list[i].text += (*width - own) / (b->list[i].columns > 1 ? (double)b->list[i].columns : 1);
	}
}

/* ---- printing ---- */

static void print_row(FILE *to, const struct text_box *box, const struct text_row *row, double x, double y)
{
	const double text = x + (box->left > 0 ? box->left + SPACE : 0);

	html_print(to, row->faint ? "<g class=\"never\">" : "<g>");
	if (*row->title != '\0')
		html_print(to, "<title>%s</title>", row->title);
	if (*row->left != '\0')
		html_print(to, "<text class=\"left\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, row->left);
	html_print(to, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", text, y, row->text);
	if (*row->right != '\0')
		html_print(to, "<text class=\"right\" x=\"%.1f\" y=\"%.1f\">%s</text>", x + column_width(box), y,
			   row->right);
	fputs("</g>\n", to);
}

static void print_box(FILE *to, const struct text_box *box, const struct layout_box *at)
{
	const char *class = box->shade != NULL ? box->shade->class : "plain";
	const double round = box->pill ? HEAD / 2 : 6;
	const size_t rows = rows_of_column(box);

	html_print(to, "<g class=\"node %s%s%s\">", class, box->pill && box->shade != NULL ? " answer" : "",
		   box->faint ? " never" : "");
	if (*box->title != '\0')
		html_print(to, "<title>%s</title>", box->title);
	html_print(to, "<rect class=\"frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>\n",
		   at->x, at->y, at->width, at->height, round);
	if (box->pill) {
		html_print(to, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s%s%s</text>\n",
			   box->shade != NULL ? "head-text" : "middle", at->x + at->width / 2, at->y + 15.5,
			   box->shade != NULL ? box->shade->letter : "", box->shade != NULL ? " " : "", box->head);
	} else {
		html_print(to, "<rect class=\"head\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/>\n",
			   at->x, at->y, at->width, HEAD);
		/* Rows follow below: its lower corners are square. */
		if (box->n > 0)
			html_print(to, "<rect class=\"head\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"6\"/>\n",
				   at->x, at->y + HEAD - 6, at->width);
		html_print(to, "<text class=\"head-text\" x=\"%.1f\" y=\"%.1f\">%s%s%s</text>\n", at->x + PAD,
			   at->y + 15.5, box->shade != NULL ? box->shade->letter : "", box->shade != NULL ? " " : "",
			   box->head);
		if (*box->side != '\0')
			html_print(to, "<text class=\"head-side\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
				   at->x + at->width - PAD, at->y + 15.5, box->side);
	}
	for (size_t i = 0; i < box->n; i++)
		print_row(to, box, &box->rows[i], at->x + PAD + (double)(i / rows) * (column_width(box) + 2 * SPACE),
			  at->y + HEAD + 15 + (double)(i % rows) * ROW);
	fputs("</g>\n", to);
}

static void print_line(FILE *to, const struct text_line *line, const struct layout_line *at)
{
	html_print(to, "<g class=\"edge%s\"><path d=\"M%.1f %.1f", line->faint ? " never" : "", at->points[0][0],
		   at->points[0][1]);
	for (size_t i = 1; i + 2 < at->n; i += 3)
		html_print(to, "C%.1f %.1f %.1f %.1f %.1f %.1f", at->points[i][0], at->points[i][1],
			   at->points[i + 1][0], at->points[i + 1][1], at->points[i + 2][0], at->points[i + 2][1]);
	fputs("\"/>", to);
}

/* The line of a tree: to a column before the child, along it, and to the child. */
static void print_bend(FILE *to, const struct layout_box *from, const struct layout_box *end)
{
	const double x = from->x + from->width, y = from->y + from->height / 2, goal = end->y + end->height / 2;
	const double column = end->x - COLUMN;

	html_print(to, "<g class=\"edge\"><path d=\"M%.1f %.1fH%.1fV%.1fH%.1f\"/>", x, y, column, goal, end->x - 5);
}

static void print_end(FILE *to, const struct text_line *line, const struct layout_line *at,
		      const struct layout_box *end)
{
	html_print(to, "<path class=\"arrow\" d=\"M%.1f %.1fl-6 -3.2v6.4z\"/>", end->x, end->y + end->height / 2);
	if (at->width > 0)
		html_print(to, "<text class=\"label\" x=\"%.1f\" y=\"%.1f\">%s</text>", at->x, at->y + 3.5,
			   line->label);
	fputs("</g>\n", to);
}

bool boxes_draw(struct picture *p, struct boxes *b, const char *title, const char *words)
{
	struct layout *l = &b->layout;
	FILE *to;

	l->arena = b->arena;
	for (size_t i = 0; i < b->n; i++) {
		double width, height;

		measure_box(&b->list[i], &width, &height);
		layout_box(l, width, height);
	}
	align_boxes(b);
	if (!layout_find(l))
		return false;
	to = picture_begin(p, title);
	if (to == NULL)
		return false;
	html_print(to, "<g transform=\"translate(%.1f %.1f)\">\n", EDGE, EDGE);
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_box *from = &l->boxes[l->lines[i].from], *end = &l->boxes[l->lines[i].to];

		if (b->tree)
			print_bend(to, from, end);
		else if (l->lines[i].n > 0)
			print_line(to, &b->lines[i], &l->lines[i]);
		else
			continue;
		print_end(to, &b->lines[i], &l->lines[i], end);
	}
	for (size_t i = 0; i < b->n; i++)
		print_box(to, &b->list[i], &l->boxes[i]);
	fputs("</g>\n", to);
	picture_end(p, to, l->width + 2 * EDGE, l->height + 2 * EDGE);
	p->words = words;
	return true;
}
