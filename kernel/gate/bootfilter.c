/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bootfilter.c - filters that came with the initrd: what `qemu.sh run -f FILE` and packed images ask for.
 *
 * Called on the first program's task before its first instruction. The kernel installs them itself, so no right is asked for.
 */
#include "filter.h"

#include <abi/errno.h>
#include <abi/stat.h>

#include "console.h"
#include "file.h"
#include "page.h"
#include "program.h"

#define NAME "/.portcullis/filter."
#define NAMES_MAX 1000U

/* "/.portcullis/filter.N" */
static void name_of(char *to, uint32_t n)
{
	char digits[4];
	uint32_t count = 0;

	for (const char *s = NAME; *s != '\0'; s++)
		*to++ = *s;
	do {
		digits[count++] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	while (count > 0)
		*to++ = digits[--count];
	*to = '\0';
}

static bool refuse(const char *name, const char *why)
{
	printk("seccomp: %s: %s\n", name, why);
	return false;
}

static bool install(const char *name, const struct inode *inode)
{
	const uint64_t len = inode->size / sizeof(struct sock_filter);
	struct seccomp_program *program;
	struct seccomp_refusal why;
	struct filter *f;

	if ((inode->mode & S_IFMT) != S_IFREG)
		return refuse(name, "not a regular file");
	if (inode->size % sizeof(struct sock_filter) != 0)
		return refuse(name, "malformed: its size is not a multiple of 8");
	if (len == 0 || len > BPF_MAXINSNS)
		return refuse(name, "malformed: a program has 1 to 4096 instructions");
	program = program_alloc((uint32_t)len);
	if (program == NULL)
		return refuse(name, "no memory");
	if (inode_read(inode, program->insns, inode->size, 0) != inode->size) {
		program_discard(program);
		return refuse(name, "cannot be read");
	}
	f = filter_create(program, &why);
	if (f == NULL) {
		printk("seccomp: %s: malformed: instruction %u: %s\n", name, why.pc, why.why);
		return false;
	}
	if (filter_attach(f, false, false) != 0) {
		filter_discard(f);
		return refuse(name, "the stack of filters is too long");
	}
	return true;
}

bool bootfilter_install(void)
{
	char name[sizeof(NAME) + 4];

	for (uint32_t n = 0; n < NAMES_MAX; n++) {
		struct inode *inode;
		bool good;

		name_of(name, n);
		inode = fs_lookup(name);
		if (inode == NULL)
			return true;
		good = install(name, inode);
		inode_put(inode);
		if (!good)
			return false;
	}
	return true;
}
