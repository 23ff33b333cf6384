/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read.h - reading a policy of any form.
 *
 * A reader is a row in the table of read.c: how it knows its form by the content of a file, and how
 * it makes the common form of it (rules.h). README.md says what a new one has to do.
 */
#pragma once

#include "rules.h"

/* What the user said about how to read. Strings are NULL where nothing was said. */
struct read_options {
	const char *from;    /* a reader's name: no guessing */
	const char *select;  /* which part of a file that holds several policies: a thread, a policy's name */
	const char *runtime; /* docker, podman, crun: how an OCI profile becomes a filter */
	const char *caps;    /* capabilities of the container: "+SYS_ADMIN,-CHOWN" or "none,NET_RAW" */
	const char *kernel;  /* "6.1": for minKernel */
	const char *systemd; /* "252": whose groups a unit's are */
	/*
	 * Without SELECT, every part of a file that holds several: the stack is
	 * then no stack, but stack.apart.
	 */
	bool every_part;
};

struct reader {
	const char *name; /* for --from */
	const char *what; /* "OCI, Docker or Podman profile (JSON)" */
	/*
	 * How sure it is that the source is of its form: 0 (it is not) to
	 * 100. The surest reader gets it.
	 */
	unsigned int (*recognise)(const struct source *source);
	/*
	 * Pushes what the source holds on the stack. Returns false after at least one error note.
	 * Nothing is left out in silence: what the reader cannot express is an error, what does not
	 * matter on riscv64 is a note or an inactive rule.
	 */
	bool (*read)(struct stack *stack, const struct source *source, const struct read_options *options);
};

/* Ends with NULL. */
extern const struct reader *const readers[];

/* The reader of that name, or NULL. */
const struct reader *reader_find(const char *name);

/*
 * Reads FILE ("-": standard input) and pushes its policies on the stack. False after an error note:
 * it cannot be read, nobody knows the form (then the note says what the file is), or it is faulty.
 */
bool read_file(struct stack *stack, const char *file, const struct read_options *options);

/* The same for a source that is there already. */
bool read_source(struct stack *stack, const struct source *source, const struct read_options *options);

/*
 * identify.c: what a file is that no reader takes: an error note that says so, and what
 * to do about it. Returns false.
 */
bool identify(struct notes *notes, const struct source *source);

/* read_raw.c: the instruction in 8 bytes; BIG: of a big-endian machine. */
struct sock_filter insn_of_bytes(const unsigned char *b, bool big);

/*
 * A program becomes a policy, or, if Linux would refuse it, an error. PLACES: one for each
 * instruction, or NULL. INSNS is kept.
 */
bool push_program(struct stack *stack, const char *name, const char *form, const struct source *source,
		  const struct sock_filter *insns, size_t len, const struct place *places);
