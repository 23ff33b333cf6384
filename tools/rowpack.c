/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rowpack.c - the initrd of one boot with many programs (include/portcullis/rows.h): `rowpack OUT`,
 * called by `qemu.sh run --each`.
 *
 * Standard input says what the rows are, by strings that end with a NUL. The first character of
 * each says what the rest is:
 *
 *   n  the row's number               p  NAME=FILE: a program, as NAME
 *   s  how many seconds it may take   a  an argument
 *   w  its kernel command line        e  a string of the environment
 *   b  a cpio archive for it          f  a filter's file
 *   i  its standard input's file      .  its end
 *
 * Archives and programs that several rows name are there once. Status 2 and one line on any fault.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <portcullis/rows.h>

static void fail_because(const char *what, const char *why)
{
	fprintf(stderr, "rowpack: %s: %s\n", what, why);
	exit(2);
}

/* ---- bytes ---- */

struct bytes {
	uint8_t *at;
	size_t used, room;
};

static void add_bytes(struct bytes *b, const void *from, size_t n)
{
	if (b->used + n > b->room) {
		b->room = 2 * (b->used + n);
		b->at = realloc(b->at, b->room);
		if (b->at == NULL)
			fail_because("the rows", strerror(ENOMEM));
	}
	if (n > 0)
		memcpy(b->at + b->used, from, n);
	b->used += n;
}

/* Zeros up to a multiple of N. */
static void pad_bytes(struct bytes *b, size_t n)
{
	while (b->used % n != 0)
		add_bytes(b, "", 1);
}

static void add_file(struct bytes *b, const char *file)
{
	static uint8_t part[1 << 16];
	FILE *f = fopen(file, "rb");
	size_t n;

	if (f == NULL)
		fail_because(file, strerror(errno));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		add_bytes(b, part, n);
	if (ferror(f))
		fail_because(file, strerror(errno));
	fclose(f);
}

/* A member of a newc archive that begins in B at a multiple of four. [cpio(5), New ASCII] */
static void add_member(struct bytes *b, const char *name, unsigned mode, const struct bytes *contents)
{
	static unsigned inode;
	const unsigned size = contents == NULL ? 0 : (unsigned)contents->used;
	char header[128];
	const int n = snprintf(header, sizeof(header), "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
			       ++inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, (unsigned)strlen(name) + 1, 0);

	add_bytes(b, header, (size_t)n);
	add_bytes(b, name, strlen(name) + 1);
	pad_bytes(b, 4);
	if (contents != NULL)
		add_bytes(b, contents->at, contents->used);
	pad_bytes(b, 4);
}

static void add_trailer(struct bytes *b)
{
	add_member(b, "TRAILER!!!", 0, NULL);
}

/* ---- rows ---- */

static struct bytes rows; /* struct row, with offsets from the first byte of `rest` */
static struct bytes rest;

/* What is there already: the same string of the description stands for the same bytes. */
static struct shared {
	struct shared *next;
	char *said;
	struct row_archive where;
} * shared;

static struct row_archive begin_archive(void)
{
	pad_bytes(&rest, 8);
	return (struct row_archive){ .offset = rest.used };
}

static struct row_archive end_archive(struct row_archive a)
{
	a.size = rest.used - a.offset;
	return a;
}

/* SAID: "bFILE" or "pNAME=FILE". */
static struct row_archive share_archive(const char *said)
{
	struct shared *s = shared;

	while (s != NULL && strcmp(s->said, said) != 0)
		s = s->next;
	if (s != NULL)
		return s->where;
	s = calloc(1, sizeof(*s));
	if (s == NULL || (s->said = strdup(said)) == NULL)
		fail_because("the rows", strerror(ENOMEM));
	s->where = begin_archive();
	if (said[0] == 'b') {
		add_file(&rest, said + 1);
	} else {
		char *file = strchr(s->said, '=');
		struct bytes program = { 0 };

		if (file == NULL)
			fail_because(said, "a program's name without its file");
		*file = '\0';
		add_file(&program, file + 1);
		add_member(&rest, s->said + 1, 0100755, &program);
		add_trailer(&rest);
		*file = '=';
		free(program.at);
	}
	s->where = end_archive(s->where);
	s->next = shared;
	shared = s;
	return s->where;
}

struct description {
	struct row row;
	struct bytes argv, env;
	char *filters[1024];
	unsigned filter_count;
	char *input;
};

static void put_string(struct bytes *b, const char *s)
{
	add_bytes(b, s, strlen(s) + 1);
}

/* FILE as NAME, which the kernel alone reads. */
static void add_own(const char *name, const char *file)
{
	struct bytes contents = { 0 };

	add_file(&contents, file);
	add_member(&rest, name, 0100444, &contents);
	free(contents.at);
}

/* The files of this row alone; it begins anew. */
static void end_row(struct description *d)
{
	struct row_archive own = begin_archive();
	unsigned place = 0;

	while (place < ROW_ARCHIVES - 1 && d->row.archive[place].size != 0)
		place++;
	if (d->argv.used > 0)
		add_member(&rest, ".portcullis/argv", 0100444, &d->argv);
	if (d->env.used > 0)
		add_member(&rest, ".portcullis/env", 0100444, &d->env);
	for (unsigned i = 0; i < d->filter_count; i++) {
		char name[64];

		snprintf(name, sizeof(name), ".portcullis/filter.%u", i);
		add_own(name, d->filters[i]);
		free(d->filters[i]);
	}
	if (d->input != NULL)
		add_own(".portcullis/stdin", d->input);
	free(d->input);
	d->input = NULL;
	add_trailer(&rest);
	d->row.archive[place] = end_archive(own);
	add_bytes(&rows, &d->row, sizeof(d->row));
	d->argv.used = d->env.used = 0;
	d->filter_count = 0;
	d->row = (struct row){ 0 };
}

static void take_line(struct description *d, char *said)
{
	switch (said[0]) {
	case 'n':
		d->row.number = (uint32_t)strtoul(said + 1, NULL, 10);
		break;
	case 's':
		d->row.seconds = (uint32_t)strtoul(said + 1, NULL, 10);
		break;
	case 'w':
		d->row.words = rest.used;
		put_string(&rest, said + 1);
		break;
	case 'b':
		d->row.archive[0] = share_archive(said);
		break;
	case 'p':
		d->row.archive[d->row.archive[0].size != 0 ? 1 : 0] = share_archive(said);
		break;
	case 'a':
		put_string(&d->argv, said + 1);
		break;
	case 'e':
		put_string(&d->env, said + 1);
		break;
	case 'f':
		if (d->filter_count == sizeof(d->filters) / sizeof(d->filters[0]))
			fail_because(said + 1, "a row has too many filters");
		d->filters[d->filter_count++] = strdup(said + 1);
		break;
	case 'i':
		d->input = strdup(said + 1);
		break;
	case '.':
		end_row(d);
		break;
	default:
		fail_because(said, "no such kind of string");
	}
}

static void write_out(const char *out)
{
	static const char digits[] = "0123456789abcdef";
	struct rows_header h = { .magic = ROWS_MAGIC, .count = rows.used / sizeof(struct row) };
	const uint64_t from = sizeof(h) + rows.used;
	struct row *row = (struct row *)rows.at;
	FILE *f = fopen(out, "wb");

	if (getrandom(h.token, sizeof(h.token), 0) != sizeof(h.token))
		fail_because("getrandom", strerror(errno));
	for (unsigned i = 0; i < sizeof(h.token); i++)
		h.token[i] = digits[h.token[i] & 15];
	for (uint64_t r = 0; r < h.count; r++) {
		row[r].words += from;
		for (unsigned i = 0; i < ROW_ARCHIVES; i++)
			row[r].archive[i].offset += from;
	}
	if (f == NULL || fwrite(&h, sizeof(h), 1, f) != 1 || fwrite(rows.at, 1, rows.used, f) != rows.used ||
	    fwrite(rest.at, 1, rest.used, f) != rest.used || fclose(f) != 0)
		fail_because(out, strerror(errno));
}

int main(int argc, char **argv)
{
	static struct description d;
	char *said = NULL;
	size_t room = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: rowpack OUT\n");
		return 2;
	}
	_Static_assert(sizeof(struct row) % 8 == 0 && sizeof(struct rows_header) % 8 == 0, "archives are aligned");
	while (getdelim(&said, &room, '\0', stdin) > 0)
		take_line(&d, said);
	free(said);
	if (ferror(stdin) || rows.used == 0)
		fail_because("standard input", "no rows");
	write_out(argv[1]);
	return 0;
}
