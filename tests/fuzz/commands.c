/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * commands.c - fuzzes portcullis' subcommands, whole: the first line of an input names a row below
 * and, behind a blank, its argument; the rest is the file that the subcommand reads.
 *
 * The status must be one that there is, 2 must come with a message, and no byte of the file may
 * reach the terminal as a control character.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int portcullis_main(int argc, char **argv); /* policy/main.c, under this name */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* FILE stands for the rest of the input, ARG for what is behind the row's name. */
#define FILE_ "\1"
#define ARG_ "\2"
#define OTHER "docs/policies/app.json"

static const struct {
	const char *name;
	const char *words[7];
} rows[] = {
	{ "check", { "check", FILE_ } },
	{ "json", { "check", "--json", FILE_ } },
	{ "sarif", { "check", "--sarif", "--target=linux-6.1..7.0,glibc-2.31..2.41", FILE_ } },
	{ "show", { "show", "--all", FILE_ } },
	{ "map", { "show", "--map", FILE_ } },
	{ "call", { "show", "--path", OTHER, FILE_, ARG_ } },
	{ "sim", { "sim", FILE_, ARG_ } },
	{ "diff", { "diff", OTHER, FILE_ } },
	{ "explain", { "explain", FILE_ } },
	{ "rule", { "explain", "-f", OTHER, FILE_ } },
	{ "asm", { "asm", "--to=c", FILE_ } },
	{ "disasm", { "disasm", FILE_ } },
	{ "text", { "disasm", "--text", FILE_ } },
	{ "oci", { "convert", "--to=json", FILE_ } },
	{ "pfc", { "convert", "--to=pfc", FILE_ } },
	{ "names", { "names", ARG_ } },
	{ "test", { "test", FILE_ } },
	{ "github", { "test", "--format=github", FILE_ } },
	{ "refusals", { "refusals", OTHER, FILE_ } },
	{ "replay", { "replay", OTHER, FILE_ } },
	{ "cover", { "cover", OTHER, FILE_ } },
	{ "policy", { "policy", FILE_ } },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* What a stream was given. */
struct heard {
	char *text;
	size_t n;
	FILE *was;
};

static FILE *hear(struct heard *h, FILE *was)
{
	*h = (struct heard){ .was = was };
	return open_memstream(&h->text, &h->n);
}

/* Ends it; returns how many bytes there were. */
static size_t look_at(struct heard *h, FILE *stream)
{
	const size_t n = (fclose(stream), h->n);

	for (size_t i = 0; i < n; i++)
		if (((unsigned char)h->text[i] < ' ' && h->text[i] != '\n' && h->text[i] != '\t') || h->text[i] == 0x7f)
			abort();
	free(h->text);
	return n;
}

/* Fuzzers do not start programs. */
static int starts_program(const uint8_t *data, size_t size)
{
	return memmem(data, size, "run", 3) != NULL;
}

static void run_row(size_t row, char *file, char *argument)
{
	char *argv[10] = { (char *)"portcullis" };
	struct heard out, err;
	int argc = 1, status;

	for (const char *const *w = rows[row].words; *w != NULL; w++)
		argv[argc++] = strcmp(*w, FILE_) == 0 ? file : strcmp(*w, ARG_) == 0 ? argument : (char *)*w;
	optind = 0;
	stdout = hear(&out, stdout);
	stderr = hear(&err, stderr);
	status = portcullis_main(argc, argv);
	if (status < 0 || status > 3)
		abort();
	if (look_at(&out, stdout) + look_at(&err, stderr) == 0 && status == 2)
		abort();
	stdout = out.was;
	stderr = err.was;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = size > 0 ? memchr(data, '\n', size) : NULL;
	char name[256], file[32], *argument;
	size_t row = 0;
	int fd;

	if (line == NULL || (size_t)(line - data) >= sizeof(name) || starts_program(data, size))
		return 0;
	memcpy(name, data, (size_t)(line - data));
	name[line - data] = '\0';
	argument = name + strcspn(name, " ");
	if (*argument != '\0')
		*argument++ = '\0';
	while (row < ROWS && strcmp(rows[row].name, name) != 0)
		row++;
	if (row == ROWS)
		return 0;
	fd = memfd_create("input", 0);
	if (fd < 0 ||
	    write(fd, line + 1, size - (size_t)(line + 1 - data)) != (ssize_t)(size - (size_t)(line + 1 - data)))
		abort();
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	run_row(row, file, argument);
	close(fd);
	return 0;
}
