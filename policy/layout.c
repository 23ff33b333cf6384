/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.c - see layout.h. dot gets its text in a file and writes another one, so that neither
 * waits for the other.
 */
#include "layout.h"
#include "source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define INCH 72.0 /* dot's points are our pixels */
#define NOT_THERE 127

size_t layout_box(struct layout *l, double width, double height)
{
	l->boxes = arena_grow(l->arena, l->boxes, l->n_boxes, 1, sizeof(*l->boxes), &l->room_boxes);
	l->boxes[l->n_boxes] = (struct layout_box){ .width = width, .height = height };
	return l->n_boxes++;
}

size_t layout_line(struct layout *l, size_t from, size_t to, double label_width, double label_height)
{
	l->lines = arena_grow(l->arena, l->lines, l->n_lines, 1, sizeof(*l->lines), &l->room_lines);
	l->lines[l->n_lines] =
		(struct layout_line){ .from = from, .to = to, .width = label_width, .height = label_height };
	return l->n_lines++;
}

/* ---- the question ---- */

static void print_question(FILE *to, const struct layout *l)
{
	fputs("digraph {\nrankdir=LR ordering=out ranksep=0.42 nodesep=0.16\n"
	      "node [shape=box fixedsize=true label=\"\"]\nedge [arrowsize=0.5]\n",
	      to);
	for (size_t i = 0; i < l->n_boxes; i++)
		fprintf(to, "n%zu [width=%.4f height=%.4f]\n", i, l->boxes[i].width / INCH, l->boxes[i].height / INCH);
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_line *line = &l->lines[i];

		fprintf(to, "n%zu:e -> n%zu:w", line->from, line->to);
		if (line->width > 0)
			fprintf(to,
				" [label=<<table border=\"0\" cellborder=\"0\" cellpadding=\"0\" fixedsize=\"true\" width=\"%.0f\" "
				"height=\"%.0f\"><tr><td></td></tr></table>>]",
				line->width, line->height);
		fputc('\n', to);
	}
	fputs("}\n", to);
}

/* Runs dot from one file into another one. */
static bool run_dot(FILE *from, FILE *to)
{
	int status;
	pid_t pid;

	fflush(from);
	rewind(from);
	pid = fork();
	if (pid == 0) {
		if (dup2(fileno(from), STDIN_FILENO) >= 0 && dup2(fileno(to), STDOUT_FILENO) >= 0)
			execlp("dot", "dot", "-Tplain", (char *)NULL);
		_exit(NOT_THERE);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
			fputs("portcullis: graphs are laid out by dot, which is not installed: apt-get install graphviz\n",
			      stderr);
		else
			fputs("portcullis: dot, which lays out graphs, failed\n", stderr);
		return false;
	}
	rewind(to);
	return true;
}

/* ---- the answer ---- */

static double next_number(char **at)
{
	return strtod(*at, at) * INCH;
}

/* "node n3 X Y WIDTH HEIGHT ...": the middle, y from below. */
static void read_box(struct layout *l, char *at)
{
	const size_t i = strtoul(at, &at, 10);
	struct layout_box *b = i < l->n_boxes ? &l->boxes[i] : NULL;

	if (b == NULL)
		return;
	b->x = next_number(&at) - b->width / 2;
	b->y = l->height - next_number(&at) - b->height / 2;
}

/* "edge n0 n3 N X Y ... [LABEL X Y] STYLE COLOUR": in the order of the question, per tail. */
static void read_line(struct layout *l, char *at)
{
	const size_t from = strtoul(at, &at, 10);
	struct layout_line *line = NULL;
	size_t to;

	at = strchr(at, 'n');
	to = at != NULL ? strtoul(at + 1, &at, 10) : 0;
	for (size_t i = 0; i < l->n_lines && at != NULL && line == NULL; i++)
		if (l->lines[i].from == from && l->lines[i].to == to && l->lines[i].n == 0)
			line = &l->lines[i];
	if (line == NULL)
		return;
	line->n = strtoul(at, &at, 10);
	line->points = arena_zalloc(l->arena, (line->n + 1) * sizeof(*line->points));
	for (size_t i = 0; i < line->n; i++) {
		line->points[i][0] = next_number(&at);
		line->points[i][1] = l->height - next_number(&at);
	}
	if (line->width > 0) {
		/* The label is markup with blanks in it: the numbers stand behind it. */
		at = strrchr(at, '>') != NULL ? strrchr(at, '>') + 1 : at;
		at += strspn(at, "\"");
		line->x = next_number(&at);
		line->y = l->height - next_number(&at);
	}
}

static bool read_answer(struct layout *l, FILE *from)
{
	char *line = NULL;
	size_t room = 0;
	bool whole = false;

	while (getline(&line, &room, from) > 0) {
		char *at = line;

		if (strncmp(line, "graph ", 6) == 0) {
			at += 6;
			(void)strtod(at, &at);
			l->width = next_number(&at);
			l->height = next_number(&at);
		} else if (strncmp(line, "node n", 6) == 0) {
			read_box(l, at + 6);
		} else if (strncmp(line, "edge n", 6) == 0) {
			read_line(l, at + 6);
		} else if (strncmp(line, "stop", 4) == 0) {
			whole = true;
		}
	}
	free(line);
	if (!whole)
		fputs("portcullis: dot, which lays out graphs, printed no layout\n", stderr);
	return whole;
}

bool layout_find(struct layout *l)
{
	FILE *question = tmpfile(), *answer = tmpfile();
	bool found = question != NULL && answer != NULL;

	if (found) {
		print_question(question, l);
		found = run_dot(question, answer) && read_answer(l, answer);
	} else {
		complain("portcullis: a file for dot: %s\n", strerror(errno));
	}
	if (question != NULL)
		fclose(question);
	if (answer != NULL)
		fclose(answer);
	return found;
}
