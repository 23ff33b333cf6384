/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpfcheck.c - would seccomp(2) accept this filter?
 *
 * `bpfcheck FILE...` reads raw arrays of struct sock_filter (as seccomp_export_bpf writes
 * them) and asks the verdict library, the same code that the kernel asks. Silent and 0
 * when every file is accepted; else one line for each that is not, naming the instruction,
 * and 2. Called by qemu.sh for -f.
 */
#include "seccomp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct sock_filter insns[BPF_MAXINSNS + 1];
static uint16_t written[BPF_MAXINSNS];

static int complain_about(const char *file, const char *what)
{
	fprintf(stderr, "qemu.sh: %s: %s\n", file, what);
	return 2;
}

/* Returns 0, or 2 after a line that says what is wrong with FILE. */
static int check_filter(const char *file)
{
	struct seccomp_refusal no;
	FILE *f = fopen(file, "rb");
	size_t bytes;
	int err;

	if (f == NULL)
		return complain_about(file, strerror(errno));
	errno = 0;
	bytes = fread(insns, 1, sizeof(insns), f);
	err = ferror(f) ? errno : 0;
	fclose(f);
	if (err)
		return complain_about(file, strerror(err));
	if (bytes == 0)
		return complain_about(file, "is empty: a filter has at least one instruction");
	if (bytes == sizeof(insns))
		return complain_about(file, "is longer than 4096 instructions (32768 bytes)");
	if (bytes % sizeof(insns[0]) != 0)
		return complain_about(file, "is not a filter: its size is not a multiple of 8 bytes");

	no = seccomp_check(insns, (uint32_t)(bytes / sizeof(insns[0])), written);
	if (no.err) {
		fprintf(stderr, "qemu.sh: %s: instruction %u: %s (errno %d, %s)\n", file, (unsigned int)no.pc, no.why,
			no.err, strerror(no.err));
		return 2;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int status = 0;

	for (int i = 1; i < argc; i++)
		status |= check_filter(argv[i]);
	return status;
}
