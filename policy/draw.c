/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draw.c - what pictures share; see draw.h.
 */
#include "draw.h"

#include <errno.h>
#include <string.h>

#include "html.h"

#define MARGIN 14.0
#define HEADING 26.0
#define SHRINK 0.75 /* of its size that a picture keeps where the window is narrow */

const struct shade shade_arguments = { "arguments", "?", "by its arguments" };
const struct shade shade_absent = { "absent", "", "no such call" };
const struct shade shade_of_change[CHANGES] = {
	[CHANGE_WEAKER] = { "weaker", "W", "weaker" },
	[CHANGE_STRICTER] = { "stricter", "S", "stricter" },
	[CHANGE_OTHER] = { "other", "D", "different" },
};

const struct shade *shade_of(uint32_t ret)
{
	static const struct shade absent = { "enosys", "x", "ERRNO(ENOSYS)" };

	return ret == (SECCOMP_RET_ERRNO | ENOSYS) ? &absent : &action_row(ret)->shade;
}

FILE *picture_begin(struct picture *p, const char *title)
{
	FILE *to;

	*p = (struct picture){ .title = title, .words = "" };
	to = open_memstream(&p->text, &p->size);
	if (to == NULL)
		complain("portcullis: %s\n", strerror(errno));
	return to;
}

void picture_end(struct picture *p, FILE *to, double width, double height)
{
	fclose(to);
	p->width = width;
	p->height = height;
}

void picture_print(FILE *to, const struct picture *p, const char *id)
{
	html_print(to,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		   "style=\"min-width: %.0fpx\" role=\"img\" aria-labelledby=\"%s-title %s-words\">\n",
		   p->width, p->height, p->width, p->height, p->width * SHRINK, id, id);
	html_print(to, "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-words\">%s</desc>\n", id, p->title, id,
		   p->words);
	fwrite(p->text, 1, p->size, to);
	fputs("</svg>\n", to);
}

void picture_file(FILE *to, const struct picture *pictures, size_t n)
{
	double width = 0, height = MARGIN;

	for (size_t i = 0; i < n; i++) {
		width = pictures[i].width > width ? pictures[i].width : width;
		height += HEADING + pictures[i].height + MARGIN;
	}
	width += 2 * MARGIN;
	html_print(to,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		   "role=\"img\" class=\"file\">\n",
		   width, height, width, height);
	for (size_t i = 0; i < n; i++)
		html_print(to, i == 0 ? "<title>%s" : "; %s", pictures[i].title);
	fputs("</title>\n", to);
	html_style(to);
	fprintf(to, "<rect class=\"paper\" width=\"100%%\" height=\"100%%\"/>\n");
	height = MARGIN;
	for (size_t i = 0; i < n; i++) {
		html_print(to, "<text class=\"heading\" x=\"%.0f\" y=\"%.0f\">%s</text>\n", MARGIN, height + 12,
			   pictures[i].title);
		fprintf(to, "<g transform=\"translate(%.0f %.0f)\">\n", MARGIN, height + HEADING);
		fwrite(pictures[i].text, 1, pictures[i].size, to);
		fputs("</g>\n", to);
		height += HEADING + pictures[i].height + MARGIN;
	}
	fputs("</svg>\n", to);
}
