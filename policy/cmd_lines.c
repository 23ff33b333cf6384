/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_lines.c - `portcullis lines`: a console on its way to a terminal, with the kernel's verdict
 * lines as people read them.
 *
 * Everything but such a line passes at once, byte for byte: a program may be asking somebody
 * something.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "constants.h"
#include "logline.h"
#include "say.h"

#define LINE_MAX_BYTES 65536U

/* What a line of the kernel's begins with. */
static const char *const heads[] = { "seccomp: pid=", "seccomp: filter=", "seccomp: the program ",
				     "syscall: ",     "audit: type=",	  "fault: pid=" };

struct lines {
	struct arena arena; /* of one line */
	size_t columns;
	bool at_start; /* of a line, or in one that is held back */
	size_t held;
	char line[LINE_MAX_BYTES];
};

static void write_out(const char *text, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(STDOUT_FILENO, text, n);

		if (done < 0 && errno != EINTR)
			exit(STATUS_BAD);
		if (done > 0) {
			text += done;
			n -= (size_t)done;
		}
	}
}

/* The line with its call as strace writes it; itself if it tells of none. */
static const char *with_names(struct arena *arena, const char *line)
{
	const struct log_line e = log_line_parse(arena, line);
	const char *end = strstr(line, ") nr="), *name;

	if (e.kind != LOG_VERDICT || end == NULL || !query_complete(&e.query))
		return line;
	for (name = end; name > line && *name != '(';)
		name--;
	while (name > line && name[-1] != ' ')
		name--;
	return arena_print(arena, "%.*s%s%s", (int)(name - line), line,
			   constant_print_call(arena, (uint32_t)e.query.data.nr, e.query.data.args), end + 1);
}

/* Is what is held back the beginning of a line of the kernel's, or, unless WHOLE, of such a one? */
static bool is_of_kernel(const struct lines *l, bool whole)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		const size_t length = strlen(heads[i]), n = l->held < length ? l->held : length;

		if (memcmp(l->line, heads[i], n) == 0 && (!whole || n == length))
			return l->held < sizeof(l->line) - 1;
	}
	return false;
}

static void end_line(struct lines *l)
{
	const char *text;

	l->line[l->held] = '\0';
	if (is_of_kernel(l, true)) {
		l->line[strcspn(l->line, "\r")] = '\0';
		text = say_folded(&l->arena, with_names(&l->arena, l->line), l->columns);
		write_out(text, strlen(text));
		arena_free(&l->arena);
	} else {
		write_out(l->line, l->held);
	}
	write_out("\n", 1);
	l->held = 0;
	l->at_start = true;
}

/* Takes N bytes, a part of one line without its end. */
static void take_part(struct lines *l, const char *part, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!l->at_start) {
			write_out(part + i, n - i);
			return;
		}
		l->line[l->held++] = part[i];
		if (!is_of_kernel(l, false)) {
			write_out(l->line, l->held);
			l->held = 0;
			l->at_start = false;
		}
	}
}

static void take_bytes(struct lines *l, const char *bytes, size_t n)
{
	while (n > 0) {
		const char *end = memchr(bytes, '\n', n);
		const size_t part = end == NULL ? n : (size_t)(end - bytes);

		take_part(l, bytes, part);
		if (end == NULL)
			return;
		end_line(l);
		bytes += part + 1;
		n -= part + 1;
	}
}

static enum status run_lines(struct invocation *in)
{
	struct lines *l = arena_zalloc(&in->arena, sizeof(*l));
	const char *columns = option(in, "columns");
	char bytes[4096];
	ssize_t n;

	l->columns = columns == NULL ? 80 : strtoul(columns, NULL, 10);
	l->at_start = true;
	if (in->n_operands != 0 || l->columns < 20)
		return bad_usage(in, "no operand, and at least 20 columns");
	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			take_bytes(l, bytes, (size_t)n);
	write_out(l->line, l->held);
	return STATUS_YES;
}

static const struct option_row options[] = {
	{ 0, "columns", "N", "of the terminal (80)" },
	{ 0 },
};

const struct command command_lines = {
	.name = "lines",
	.operands = "",
	.summary = "a console with its verdict lines as people read them",
	.details = "Copies standard input, with the calls in the kernel's verdict lines as strace\n"
		   "writes them (AT_FDCWD, O_CLOEXEC, -1), folded at blanks. qemu.sh run --explain\n"
		   "does that by itself on a terminal.\n",
	.options = options,
	.run = run_lines,
};
