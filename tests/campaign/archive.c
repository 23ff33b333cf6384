/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * archive.c - boots damaged archives, programs, filters, command lines and packed images,
 * and insists that no program runs without exactly the filters that were asked for, and
 * that the kernel does not panic.
 *
 * `archive-campaign IMAGE PACK FOLDER N [SEED]`: N boots of IMAGE; FOLDER keeps what failed; PACK
 * is tools/pack. The I-th boot of a seed depends on the seed and I alone. Status 1 if one failed.
 * Called by `make archive-campaign` and by tests/archive.t.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include <abi/seccomp.h>

#include "../unit/generate.h"
#include "seccomp.h"

enum kind { ARCHIVE, ELF, FILTER_BEHIND_THE_HASH, FILTER, WORDS, PACKED, KINDS };

static const char *const kind_names[KINDS] = { "archive", "program",	  "filters, but not their hash",
					       "filters", "command line", "packed image" };

static const char *image, *packer, *folder;

/* ---- what must come of it ---- */

/* What filters that are given do to the program's calls; the output to expect, and the status. */
static int foretell(const struct filters *f, const struct call calls[CALLS], char output[64])
{
	struct seccomp_filter *stack = calloc(f->count, sizeof(*stack)), *newest = NULL;
	uint16_t *scratch = calloc(BPF_MAXINSNS, sizeof(*scratch));
	int status = 132; /* the illegal instruction behind the calls */

	output[0] = '\0';
	for (uint32_t i = 0; i < f->count; i++) {
		const uint32_t len = (uint32_t)(f->of[i].n / sizeof(struct sock_filter));
		struct seccomp_program *p = calloc(1, sizeof(*p) + f->of[i].n + 1);

		memcpy(p->insns, f->of[i].at, f->of[i].n);
		p->len = len;
		stack[i].program = p;
		if (f->of[i].n % sizeof(struct sock_filter) != 0 || len == 0 ||
		    seccomp_check(p->insns, len, scratch).err != 0)
			status = 251;
		else if (p->cost = seccomp_cost(p->insns, len), seccomp_filter_attach(&newest, &stack[i]) != 0)
			status = 251;
	}
	for (int i = 0; i < CALLS && status == 132; i++) {
		const struct seccomp_data data = { calls[i].nr,
						   AUDIT_ARCH_RISCV64,
						   calls[i].ip,
						   { calls[i].args[0], calls[i].args[1], calls[i].args[2] } };
		const struct seccomp_decision d = seccomp_decide(
			newest == NULL ? SECCOMP_RET_ALLOW : seccomp_evaluate(newest, 0, &data).ret, false);

		if (d.todo == SECCOMP_DO_KILL_PROCESS || d.todo == SECCOMP_DO_KILL_THREAD ||
		    d.todo == SECCOMP_DO_SIGNAL)
			status = 159;
		else if (d.todo == SECCOMP_DO_RUN && i == 2)
			status = 0;
		else if (d.todo == SECCOMP_DO_RUN)
			strcat(output, i == 0 ? MARK_ONE : MARK_TWO);
	}
	for (uint32_t i = 0; i < f->count; i++)
		free((void *)stack[i].program);
	free(stack);
	free(scratch);
	return status;
}

/*
 * Nothing ran, and one line says why, behind one for each word of the
 * command line that is not known.
 */
static bool is_refusal(const struct end *e)
{
	static const char other[] = "main: command line: \"";
	const char *line = e->output, *end;

	while (strncmp(line, other, sizeof(other) - 1) == 0 && (end = strchr(line, '\n')) != NULL && end[1] != '\0')
		line = end + 1;
	end = strchr(line, '\n');
	return e->status == 251 && end != NULL && end[1] == '\0' && strstr(line, ": nothing runs") != NULL;
}

/* NULL, or what is wrong with END. */
static const char *judge(enum kind kind, const struct end *e, int status, const char *output)
{
	if (!e->began)
		return "the kernel did not start";
	if (e->status == 253 || strstr(e->output, "panic:") != NULL)
		return "a panic";
	if (kind == FILTER) {
		if (e->status != status || (status == 251 && !is_refusal(e)))
			return "another end than the filters say";
		if ((strstr(e->output, MARK_ONE) != NULL) != (strstr(output, MARK_ONE) != NULL) ||
		    (strstr(e->output, MARK_TWO) != NULL) != (strstr(output, MARK_TWO) != NULL))
			return "other calls ran than the filters say";
		return NULL;
	}
	if (strstr(e->output, MARK) != NULL)
		return "an unfiltered run";
	if (kind == FILTER_BEHIND_THE_HASH && e->status != status)
		return "other filters than those that were asked for";
	if (e->status == -1)
		return kind == ELF || kind == ARCHIVE || kind == PACKED
			       ? NULL
			       : "it did not end"; /* a damaged program may loop */
	if (e->status == 251)
		return is_refusal(e) ? NULL : "not one line";
	return e->status > 128 && e->status <= 192 ? NULL
						   : "a program that ended by itself, although no filter lets it";
}

/* ---- one boot ---- */

static void save(const char *path, const struct bytes *b)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(b->at, 1, b->n, f) != b->n || fclose(f) != 0) {
		perror(path);
		exit(2);
	}
}

/* Packs the archive at CPIO; damages what follows the kernel, or the record of it in the header. */
static void pack(const char *cpio, const char *words, const char *to)
{
	char command[1024];
	struct bytes all = { 0 }, part;
	uint8_t buffer[65536];
	uint64_t offset;
	size_t n;
	FILE *f;

	snprintf(command, sizeof(command), "'%s' '%s' '%s' '%s' '%s'", packer, image, words, cpio, to);
	if (system(command) != 0 || (f = fopen(to, "rb")) == NULL)
		exit(2);
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		bytes_add(&all, buffer, n);
	fclose(f);
	memcpy(&offset, all.at + 72, sizeof(offset));
	part = (struct bytes){ all.at + 72, 24 };
	if (chance(&damage_seed, 3) != 0)
		part = (struct bytes){ all.at + offset, all.n - offset };
	damage_bytes(&part);
	if (part.at == all.at + offset)
		all.n = offset + part.n;
	save(to, &all);
	bytes_free(&all);
}

static struct filters filters, given; /* in the archive; in the words */
static struct archive archive;

/* The I-th boot; counts how it ended, and whether that was wrong. */
static void try(uint64_t i, unsigned tally[256], unsigned *failed)
{
	const enum kind kind = (enum kind)chance(&damage_seed, KINDS);
	char words[WORDS_MAX], output[64], cpio_path[512], packed_path[512];
	struct bytes elf, cpio;
	struct call calls[CALLS];
	struct end end;
	const char *wrong;
	int status = 0;

	program_make(&elf, calls);
	filters_make(&given);
	if (kind == FILTER)
		damage_filters(&given);
	filters_copy(&filters, &given);
	/*
	 * What damaged filters say of the execve that starts the program depends on where
	 * the kernel puts its arguments.
	 */
	words_make(words, kind == FILTER || chance(&damage_seed, 2) ? "start" : "exec", &given);
	if (kind == ELF)
		damage_bytes(&elf);
	while (kind == FILTER_BEHIND_THE_HASH && chance(&damage_seed, 3) != 0)
		damage_filters(&filters);
	archive_make(&archive, &elf, &filters);
	for (uint32_t left = kind == ARCHIVE ? 1 + chance(&damage_seed, 3) : 0; left > 0; left--)
		damage_archive(&archive);
	archive_write(&archive, &cpio);
	if (kind == ARCHIVE && chance(&damage_seed, 4) == 0)
		damage_bytes(&cpio);
	status = foretell(&given, calls, output);
	if (!filters_equal(&filters, &given))
		status = 251;
	snprintf(cpio_path, sizeof(cpio_path), "%s/%llu.cpio", folder, (unsigned long long)i);
	snprintf(packed_path, sizeof(packed_path), "%s/%llu.Image", folder, (unsigned long long)i);
	save(cpio_path, &cpio);
	if (kind == PACKED)
		pack(cpio_path, words, packed_path);
	if (kind == WORDS)
		damage_words(words);
	for (int seconds = 3; seconds <= 60; seconds *= 20) { /* a machine that is busy gets a second chance */
		boot(&end, kind == PACKED ? packed_path : image, kind == PACKED ? NULL : cpio_path,
		     kind == PACKED ? NULL : words, seconds);
		wrong = judge(kind, &end, status, output);
		if (wrong == NULL || end.status != -1)
			break;
	}
	tally[end.status & 255]++;
	if (wrong != NULL) {
		printf("# boot %llu (%s): %s; status %d; words %s\n# %.800s\n", (unsigned long long)i, kind_names[kind],
		       wrong, end.status, words, end.output);
		++*failed;
	} else {
		remove(cpio_path);
		remove(packed_path);
	}
	archive_free(&archive);
	filters_free(&filters);
	filters_free(&given);
	bytes_free(&cpio);
	bytes_free(&elf);
}

int main(int argc, char **argv)
{
	unsigned tally[256] = { 0 }, failed = 0;
	uint64_t n, first;

	if (argc < 5) {
		fprintf(stderr, "usage: archive-campaign IMAGE PACK FOLDER N [SEED]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	image = argv[1];
	packer = argv[2];
	folder = argv[3];
	n = strtoull(argv[4], NULL, 10);
	first = argc > 5 ? strtoull(argv[5], NULL, 10) : 1;
	for (uint64_t i = 0; i < n; i++) {
		damage_seed = (first * 0x9e3779b97f4a7c15ULL + i) * 0xbf58476d1ce4e5b9ULL | 1;
		try(i, tally, &failed);
	}
	printf("archive-campaign: seed %llu: %llu boots, %u failed; by status:", (unsigned long long)first,
	       (unsigned long long)n, failed);
	for (int s = 0; s < 256; s++) {
		if (tally[s] != 0)
			printf(" %d: %u", s == 255 ? -1 : s, tally[s]);
	}
	printf("\n");
	return failed == 0 ? 0 : 1;
}
