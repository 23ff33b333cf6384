/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * damage.c - what the archive campaign does to good parts, by chance; see parts.h.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/seccomp.h>

#include "../unit/generate.h"

uint64_t damage_seed;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void damage_bytes(struct bytes *b)
{
	for (uint32_t left = 1 + chance(&damage_seed, 4); left > 0 && b->n > 0; left--) {
		uint8_t *at = b->at + chance(&damage_seed, (uint32_t)b->n);

		*at = chance(&damage_seed, 2) ? (uint8_t)chance(&damage_seed, 256)
					      : (uint8_t)(*at ^ 1U << chance(&damage_seed, 8));
	}
	if (chance(&damage_seed, 8) == 0)
		b->n = chance(&damage_seed, (uint32_t)b->n + 1);
}

static uint32_t odd_number(void)
{
	static const uint32_t numbers[] = { 0,	  1,	2,	    3,		4,	    4095,
					    4096, 4097, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff };

	return chance(&damage_seed, 2) ? numbers[chance(&damage_seed, COUNT(numbers))]
				       : chance(&damage_seed, 0xffffffff);
}

static void rename_member(struct member *m)
{
	static const char *const names[] = {
		"proc",
		"dev",
		"tmp",
		"bin",
		"..",
		"../x",
		"/",
		".",
		"a/../b",
		".portcullis",
		"bin/program",
		"proc/self",
		"dev/null",
		"dev/null/x",
		"dev/shm/a",
		"proc/self/fd/0",
		".portcullis/filter.0",
		".portcullis/filter.2",
		"\xff\xfe",
		"TRAILER!!!",
		"sbin/x",
		"sbin",
		".portcullis/filter.3",
		".portcullis/argv",
		"",
		"dev/console",
		"sbin/../x",
		".portcullis/",
		".portcullis/filter.00",
		"bin/program/x",
	};
	const char *name = names[chance(&damage_seed, COUNT(names))];

	bytes_free(&m->name);
	if (chance(&damage_seed, 16) == 0) {
		const uint32_t depth = 1 + chance(&damage_seed, 2000);

		for (uint32_t i = 0; i < depth; i++)
			bytes_add(&m->name, chance(&damage_seed, 30) ? "a/" : "aa", 2);
	}
	bytes_add(&m->name, name, strlen(name) + 1);
	m->field[FIELD_NAME_SIZE] = (uint32_t)m->name.n;
}

static void insert_member(struct archive *a)
{
	static const char *const names[] = { "proc", "dev",	    "tmp",
					     "bin",  ".portcullis", "lib",
					     "sbin", "bin/program", ".portcullis/filter.1" };
	static const char *const targets[] = { "/bin",	"/proc/self", "lib",	     "/",
					       "../..", "/dev/null",  ".portcullis", "/proc/1/root" };
	static const uint32_t modes[] = { 0120777, 0100644, 010644, 040755, 020666, 060666, 0140666 };
	const uint32_t at = chance(&damage_seed, a->count);
	const char *name = names[chance(&damage_seed, COUNT(names))],
		   *target = targets[chance(&damage_seed, COUNT(targets))];

	if (a->count == MEMBERS_MAX)
		return;
	memmove(a->of + at + 1, a->of + at, (a->count++ - at) * sizeof(*a->of));
	member_set(&a->of[at], modes[chance(&damage_seed, COUNT(modes))], name, strlen(name) + 1, target,
		   strlen(target));
}

static void drop_member(struct archive *a)
{
	const uint32_t at = chance(&damage_seed, a->count);

	if (a->count == 1)
		return;
	bytes_free(&a->of[at].name);
	bytes_free(&a->of[at].data);
	memmove(a->of + at, a->of + at + 1, (--a->count - at) * sizeof(*a->of));
}

static void repeat_member(struct archive *a)
{
	const struct member *from = &a->of[chance(&damage_seed, a->count)];
	struct member copy = *from;

	if (a->count == MEMBERS_MAX)
		return;
	bytes_copy(&copy.name, &from->name);
	bytes_copy(&copy.data, &from->data);
	a->of[a->count++] = copy;
}

static void exchange_members(struct archive *a)
{
	const uint32_t one = chance(&damage_seed, a->count), two = chance(&damage_seed, a->count);
	const struct member m = a->of[one];

	a->of[one] = a->of[two];
	a->of[two] = m;
}

void damage_archive(struct archive *a)
{
	static const char *const magics[] = { "070702", "070707", "070700", "\0\0\0\0\0" };
	static const uint32_t modes[] = { 040755, 0100755, 0120777, 010666, 060666, 020666, 0140666, 0, 0170000 };
	struct member *m = &a->of[chance(&damage_seed, a->count)];

	switch (chance(&damage_seed, 10)) {
	case 0:
		m->field[chance(&damage_seed, FIELDS)] = odd_number();
		break;
	case 1:
		m->field[FIELD_MODE] = modes[chance(&damage_seed, COUNT(modes))];
		break;
	case 2:
		rename_member(m);
		break;
	case 3:
		repeat_member(a);
		break;
	case 4:
		drop_member(a);
		break;
	case 5:
		exchange_members(a);
		break;
	case 6:
		m->data.n = chance(&damage_seed, (uint32_t)m->data.n + 1);
		m->field[FIELD_SIZE] = (uint32_t)m->data.n;
		break;
	case 7:
		memcpy(m->magic, magics[chance(&damage_seed, COUNT(magics))], 6);
		break;
	case 8:
		damage_bytes(&m->data);
		m->field[FIELD_SIZE] = (uint32_t)m->data.n;
		break;
	default:
		insert_member(a);
		break;
	}
}

static void damage_instruction(struct sock_filter *insn)
{
	static const uint32_t constants[] = { 0,       1,	2,	    8,		12,	    16,
					      20,      64,	94,	    221,	0x10000,    0x80000000,
					      0x50001, 0x30000, 0x7ff00000, 0x7fc00000, 0x7ffc0000, 0x7fff0000 };
	static const uint16_t codes[] = { 0x06, 0x16, 0x15, 0x20, 0x25, 0x35, 0x45, 0x1d,
					  0x05, 0x00, 0x54, 0x34, 0x07, 0x87, 0x02, 0x60 };

	switch (chance(&damage_seed, 4)) {
	case 0:
		insn->code = codes[chance(&damage_seed, COUNT(codes))];
		break;
	case 1:
		insn->jt = (uint8_t)chance(&damage_seed, 4);
		break;
	case 2:
		insn->jf = (uint8_t)chance(&damage_seed, 4);
		break;
	default:
		insn->k = constants[chance(&damage_seed, COUNT(constants))];
		break;
	}
}

void damage_filters(struct filters *f)
{
	struct bytes *b = &f->of[chance(&damage_seed, f->count)];
	const uint32_t insns = (uint32_t)(b->n / sizeof(struct sock_filter));
	const struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

	if (f->count == 0)
		return;
	switch (chance(&damage_seed, 8)) {
	case 0:
		damage_bytes(b);
		break;
	case 1:
		bytes_free(&f->of[--f->count]);
		break;
	case 2: /* many more, up to more than a stack may have */
		if (chance(&damage_seed, 12) == 0) {
			const uint32_t until = 1 + chance(&damage_seed, chance(&damage_seed, 2) ? 1200 : FILTERS_MAX);

			while (f->count < until)
				bytes_add(&f->of[f->count++], &allow, sizeof(allow));
		}
		break;
	default:
		if (insns > 0)
			damage_instruction((struct sock_filter *)(void *)b->at + chance(&damage_seed, insns));
		break;
	}
}

void damage_words(char words[WORDS_MAX])
{
	char *filters = strstr(words, "filters=");

	switch (chance(&damage_seed, 6)) {
	case 0:
		words[chance(&damage_seed, (uint32_t)strlen(words))] = (char)(32 + chance(&damage_seed, 95));
		break;
	case 1:
		filters[8 + chance(&damage_seed, (uint32_t)strlen(filters) - 8)] =
			"0123456789abcdef: "[chance(&damage_seed, 18)];
		break;
	case 2:
		words[chance(&damage_seed, (uint32_t)strlen(words))] = '\0';
		break;
	case 3:
		strcpy(filters, chance(&damage_seed, 2) ? "filters=0" : "");
		break;
	case 4:
		strcat(words, chance(&damage_seed, 2) ? " filters=0" : " filters=1");
		break;
	default:
		snprintf(filters + 8, WORDS_MAX - 200, "%u", odd_number());
		break;
	}
}
