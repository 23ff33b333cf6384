/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * parts.c - see parts.h.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/seccomp.h>

#include "../../kernel/core/machine/sha256.h"

#define NR_WRITE 64
#define NR_EXIT_GROUP 94
#define NR_EXECVE 221

/* ---- bytes ---- */

void bytes_add(struct bytes *b, const void *from, size_t n)
{
	b->at = realloc(b->at, b->n + n + 1);
	if (b->at == NULL)
		abort();
	if (n > 0)
		memcpy(b->at + b->n, from, n);
	b->n += n;
}

void bytes_copy(struct bytes *to, const struct bytes *from)
{
	*to = (struct bytes){ 0 };
	bytes_add(to, from->at, from->n);
}

void bytes_free(struct bytes *b)
{
	free(b->at);
	*b = (struct bytes){ 0 };
}

/* ---- the program ---- */

#define BASE 0x10000U
#define HEADERS 120U /* of the ELF file and of its one segment */

/* addi RD, RS, IMMEDIATE */
static uint32_t addi(uint32_t rd, uint32_t rs, uint32_t immediate)
{
	return immediate << 20 | rs << 15 | rd << 7 | 0x13;
}

enum { ZERO = 0, A0 = 10, A1 = 11, A2 = 12, A7 = 17 };

#define LUI_A1 (BASE | A1 << 7 | 0x37)
#define ECALL 0x73U
#define ILLEGAL 0xc0001073U

void program_make(struct bytes *elf, struct call calls[CALLS])
{
	enum { WORDS = 17, TEXT = HEADERS + WORDS * 4, LENGTH = sizeof(MARK_ONE) - 1 };
	const uint32_t code[WORDS] = {
		LUI_A1,
		addi(A7, ZERO, NR_WRITE),
		addi(A0, ZERO, 1),
		addi(A1, A1, TEXT),
		addi(A2, ZERO, LENGTH),
		ECALL,
		LUI_A1,
		addi(A7, ZERO, NR_WRITE),
		addi(A0, ZERO, 2),
		addi(A1, A1, TEXT + LENGTH),
		addi(A2, ZERO, LENGTH),
		ECALL,
		addi(A7, ZERO, NR_EXIT_GROUP),
		addi(A0, ZERO, 0),
		ECALL,
		ILLEGAL,
		ILLEGAL,
	};
	const uint64_t size = TEXT + 2 * LENGTH, entry = BASE + HEADERS, start = BASE, table = 64;
	uint8_t header[HEADERS] = { 0x7f,	'E',	  'L',	     'F',	2,	  1,	    1,	     [16] = 2,
				    [18] = 243, [20] = 1, [52] = 64, [54] = 56, [56] = 1, [64] = 1, [68] = 5 };

	memcpy(header + 24, &entry, 8);
	memcpy(header + 32, &table, 8);
	memcpy(header + 80, &start, 8);
	memcpy(header + 88, &start, 8);
	memcpy(header + 96, &size, 8);
	memcpy(header + 104, &size, 8);
	*elf = (struct bytes){ 0 };
	bytes_add(elf, header, sizeof(header));
	bytes_add(elf, code, sizeof(code));
	bytes_add(elf, MARK_ONE MARK_TWO, 2 * LENGTH);
	calls[0] = (struct call){ NR_WRITE, entry + 6 * 4, { 1, BASE + TEXT, LENGTH } };
	calls[1] = (struct call){ NR_WRITE, entry + 12 * 4, { 2, BASE + TEXT + LENGTH, LENGTH } };
	calls[2] = (struct call){ NR_EXIT_GROUP, entry + 15 * 4, { 0, BASE + TEXT + LENGTH, LENGTH } };
}

/* ---- filters ---- */

#define ARG0 16
#define ERRNO_13 (SECCOMP_RET_ERRNO | 13)
#define LD(k) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, k)
#define JEQ(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, yes, no)
#define RET(k) BPF_STMT(BPF_RET | BPF_K, k)

void filters_make(struct filters *f)
{
	const struct sock_filter not_but_2[] = { LD(0),	       JEQ(NR_WRITE, 0, 2),    LD(ARG0),
						 JEQ(2, 0, 1), RET(SECCOMP_RET_ALLOW), RET(ERRNO_13) };
	const struct sock_filter not_2[] = { LD(0),	   JEQ(NR_WRITE, 0, 3), LD(ARG0),
					     JEQ(2, 0, 1), RET(ERRNO_13),	RET(SECCOMP_RET_ALLOW) };
	const struct sock_filter no_more[] = { LD(0), JEQ(NR_WRITE, 2, 0), JEQ(NR_EXECVE, 1, 0),
					       RET(SECCOMP_RET_KILL_PROCESS), RET(SECCOMP_RET_ALLOW) };

	memset(f, 0, sizeof(*f));
	f->count = FILTERS;
	bytes_add(&f->of[0], not_but_2, sizeof(not_but_2));
	bytes_add(&f->of[1], not_2, sizeof(not_2));
	bytes_add(&f->of[2], no_more, sizeof(no_more));
}

void filters_copy(struct filters *to, const struct filters *from)
{
	to->count = from->count;
	for (uint32_t i = 0; i < from->count; i++)
		bytes_copy(&to->of[i], &from->of[i]);
}

bool filters_equal(const struct filters *a, const struct filters *b)
{
	bool equal = a->count == b->count;

	for (uint32_t i = 0; equal && i < a->count; i++)
		equal = a->of[i].n == b->of[i].n && memcmp(a->of[i].at, b->of[i].at, a->of[i].n) == 0;
	return equal;
}

void filters_free(struct filters *f)
{
	for (uint32_t i = 0; i < f->count; i++)
		bytes_free(&f->of[i]);
	f->count = 0;
}

void words_make(char words[WORDS_MAX], const char *at, const struct filters *f)
{
	char hex[SHA256_HEX + 1];
	struct sha256 one, all;

	sha256_begin(&all);
	for (uint32_t i = 0; i < f->count; i++) {
		sha256_begin(&one);
		sha256_add(&one, f->of[i].at, f->of[i].n);
		sha256_end(&one, hex);
		sha256_add(&all, hex, SHA256_HEX);
		sha256_add(&all, "\n", 1);
	}
	sha256_end(&all, hex);
	snprintf(words, WORDS_MAX, "init=/bin/program newline=bare at=%s filters=%u%s%s", at, f->count,
		 f->count > 0 ? ":" : "", f->count > 0 ? hex : "");
}

/* ---- the archive ---- */

#define DIRECTORY 040755
#define FILE_MODE 0100444
#define PROGRAM_MODE 0100755
#define LINK_MODE 0120777

void member_set(struct member *m, uint32_t mode, const char *name, size_t name_size, const void *data, size_t size)
{
	static uint32_t inode;

	memset(m, 0, sizeof(*m));
	strcpy(m->magic, "070701");
	m->field[0] = ++inode;
	m->field[FIELD_MODE] = mode;
	m->field[4] = 1;
	m->field[FIELD_SIZE] = (uint32_t)size;
	m->field[FIELD_NAME_SIZE] = (uint32_t)name_size;
	bytes_add(&m->name, name, name_size);
	bytes_add(&m->data, data, size);
}

static void add(struct archive *a, uint32_t mode, const char *name, const void *data, size_t size)
{
	member_set(&a->of[a->count++], mode, name, strlen(name) + 1, data, size);
}

void archive_make(struct archive *a, const struct bytes *elf, const struct filters *f)
{
	static const char argv[] = "/bin/program\0one", env[] = "PATH=/bin";
	char name[40];

	a->count = 0;
	add(a, DIRECTORY, "etc", NULL, 0);
	add(a, FILE_MODE, "etc/passwd", "root:x:0:0::/:/bin/sh\n", 22);
	add(a, LINK_MODE, "sbin", "bin", 3);
	add(a, DIRECTORY, "dev", NULL, 0);
	add(a, 020666, "dev/null", NULL, 0);
	add(a, DIRECTORY, "proc", NULL, 0);
	add(a, DIRECTORY, ".portcullis", NULL, 0);
	add(a, DIRECTORY, "bin", NULL, 0);
	add(a, FILE_MODE, ".portcullis/argv", argv, sizeof(argv));
	add(a, FILE_MODE, ".portcullis/env", env, sizeof(env));
	add(a, PROGRAM_MODE, "bin/program", elf->at, elf->n);
	for (uint32_t i = 0; i < f->count; i++) {
		snprintf(name, sizeof(name), ".portcullis/filter.%u", i);
		add(a, FILE_MODE, name, f->of[i].at, f->of[i].n);
	}
	add(a, 0, "TRAILER!!!", NULL, 0);
}

void archive_free(struct archive *a)
{
	for (uint32_t i = 0; i < a->count; i++) {
		bytes_free(&a->of[i].name);
		bytes_free(&a->of[i].data);
	}
	a->count = 0;
}

static void pad(struct bytes *b)
{
	bytes_add(b, "\0\0\0", -b->n % 4);
}

void archive_write(const struct archive *a, struct bytes *cpio)
{
	*cpio = (struct bytes){ 0 };
	for (uint32_t i = 0; i < a->count; i++) {
		const struct member *m = &a->of[i];

		bytes_add(cpio, m->magic, 6);
		for (unsigned n = 0; n < FIELDS; n++) {
			char digits[9];

			snprintf(digits, sizeof(digits), "%08X", m->field[n]);
			bytes_add(cpio, digits, 8);
		}
		bytes_add(cpio, m->name.at, m->name.n);
		pad(cpio);
		bytes_add(cpio, m->data.at, m->data.n);
		pad(cpio);
	}
}
