/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * parts.h - what the archive campaign boots: a program, its filters, an archive with both, and the
 * kernel's words. See archive.c.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/bpf.h>

/* ---- bytes ---- */

struct bytes {
	uint8_t *at;
	size_t n;
};

void bytes_add(struct bytes *b, const void *from, size_t n);
void bytes_copy(struct bytes *to, const struct bytes *from);
void bytes_free(struct bytes *b);

/*
 * ---- the program: writes to 1, writes to 2, ends with 0; no call of it is
 * allowed by all three filters ----
 */

#define MARK "MARK" /* both texts have it, so that a call that ran shows on the console */
#define MARK_ONE MARK "-one\n"
#define MARK_TWO MARK "-two\n"

/* One call of the program, as a filter sees it. */
struct call {
	int nr;
	uint64_t ip, args[3];
};

#define CALLS 3 /* write, write, exit_group; behind them an illegal instruction */

void program_make(struct bytes *elf, struct call calls[CALLS]);

/* ---- filters ---- */

#define FILTERS 3
#define FILTERS_MAX 9000

struct filters {
	uint32_t count;
	struct bytes of[FILTERS_MAX];
};

void filters_make(struct filters *f);
void filters_copy(struct filters *to, const struct filters *from);
bool filters_equal(const struct filters *a, const struct filters *b);
void filters_free(struct filters *f);

/* "init=/bin/program newline=bare at=AT filters=N:HASH", as qemu.sh gives it to the kernel. */
#define WORDS_MAX 256
void words_make(char words[WORDS_MAX], const char *at, const struct filters *f);

/* ---- the archive: members, so that they can be changed one by one ---- */

#define MEMBERS_MAX (FILTERS_MAX + 32)
#define FIELDS 13
enum { FIELD_MODE = 1, FIELD_SIZE = 6, FIELD_NAME_SIZE = 11 };

struct member {
	char magic[7];
	uint32_t field[FIELDS];
	struct bytes name, data;
};

struct archive {
	uint32_t count;
	struct member of[MEMBERS_MAX];
};

/* FIELD_SIZE and FIELD_NAME_SIZE are made to fit. */
void member_set(struct member *m, uint32_t mode, const char *name, size_t name_size, const void *data, size_t size);
void archive_make(struct archive *a, const struct bytes *elf, const struct filters *f);
void archive_free(struct archive *a);
void archive_write(const struct archive *a, struct bytes *cpio);

/* ---- damage.c: one change each, or a few ---- */

extern uint64_t damage_seed; /* of chance(), see generate.h */

void damage_bytes(struct bytes *b);
void damage_archive(struct archive *a);
void damage_filters(struct filters *f); /* none may be left */
void damage_words(char words[WORDS_MAX]);

/* ---- boot.c ---- */

struct end {
	int status;	   /* of QEMU, or -1: it did not end in time */
	char output[4096]; /* what came behind the kernel's first byte, terminated */
	bool began;	   /* that byte came */
};

/* Boots IMAGE with INITRD (or NULL) and WORDS (or NULL); at most SECONDS. */
void boot(struct end *end, const char *image, const char *initrd, const char *words, int seconds);
