/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bootfilter.c - installs the filters that came with the initrd: those of `qemu.sh run -f FILE` and
 * of packed images. Called by init.c on the first program's task, of which all others are
 * descendants, before it leaves the kernel.
 *
 * With --at exec they are installed before the program is started, as launchers do (bubblewrap,
 * runc, systemd ...): they judge the execve that starts it. With --at start they are installed
 * before the program's first instruction; with --at main before the first instruction of main, at
 * which kernel/linux/trace stops it.
 *
 * The archive may be damaged, so the number of filters and their hash are the command line's.
 * Whatever does not agree with them ends the boot: refuse(). The kernel installs the filters
 * itself, so neither no_new_privs nor a capability is needed.
 */
#include "filter.h"

#include <abi/errno.h>
#include <abi/stat.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "options.h"
#include "page.h"
#include "panic.h"
#include "program.h"
#include "report.h"
#include "sha256.h"

#define NAME "/.portcullis/filter.%u"
#define NAME_SIZE (sizeof(NAME) + 10)

void (*bootfilter_at_main)(void);

static bool waits; /* the filters were checked, and are still to be installed */

/* Reads the program in the file INODE. Ends the boot unless it has 1 to 4096 instructions. */
static struct seccomp_program *read_program(const char *name, const struct inode *inode)
{
	const uint64_t len = inode->size / sizeof(struct sock_filter);
	struct seccomp_program *program;

	if ((inode->mode & S_IFMT) != S_IFREG)
		refuse("seccomp: %s: not a regular file", name);
	if (inode->size % sizeof(struct sock_filter) != 0)
		refuse("seccomp: %s: malformed: its size is not a multiple of 8", name);
	if (len == 0 || len > BPF_MAXINSNS)
		refuse("seccomp: %s: malformed: a program has 1 to 4096 instructions", name);
	program = program_alloc((uint32_t)len);
	if (program == NULL)
		refuse("seccomp: %s: no memory", name);
	if (inode_read(inode, program->insns, inode->size, 0) != inode->size)
		refuse("seccomp: %s: cannot be read", name);
	return program;
}

/*
 * Adds to ALL the hash of the N bytes at DATA, as a line of hexadecimal digits: the command line
 * has the hash of the lines that sha256sum prints for the filters.
 */
static void add_hash(struct sha256 *all, const void *data, size_t n)
{
	struct sha256 one;
	char line[SHA256_HEX + 1];

	sha256_begin(&one);
	sha256_add(&one, data, n);
	sha256_end(&one, line);
	line[SHA256_HEX] = '\n';
	sha256_add(all, line, sizeof(line));
}

/* What to do with the filters: make sure that they can be installed, or install them. */
enum what { CHECK, INSTALL };

/*
 * Checks or installs the Nth filter, which is in the file INODE called NAME, and adds its hash to
 * ALL. Ends the boot if it cannot be installed.
 */
static void bootfilter_install_one(const char *name, const struct inode *inode, uint32_t n, struct sha256 *all,
				   enum what what)
{
	struct seccomp_program *program = read_program(name, inode);
	struct seccomp_refusal why;
	struct filter *f;
	int err;

	add_hash(all, program->insns, inode->size);
	f = filter_create(program, &why);
	if (why.err == ENOMEM)
		refuse("seccomp: %s: no memory", name);
	if (f == NULL)
		refuse("seccomp: %s: malformed: instruction %u: %s", name, why.pc, why.why);
	if (what == CHECK) {
		filter_discard(f);
		return;
	}
	err = filter_prepare(f, false);
	if (err != 0)
		refuse("seccomp: %s: no memory, or more than 32768 instructions in all, 4 for each filter counted in",
		       name);
	filter_attach(f);
	report_install(f, 0, n + 1);
}

/*
 * Checks or installs the filters /.portcullis/filter.0, .1 ..., of which there must be
 * options.filters.
 */
static void for_each_filter(enum what what)
{
	char name[NAME_SIZE], hash[SHA256_HEX + 1];
	struct sha256 all;
	uint32_t n = 0;

	if (!options.filters_known)
		refuse("main: the command line does not say which filters there are (\"filters=0\": none)");
	sha256_begin(&all);
	for (; n < options.filters; n++) {
		struct inode *inode;

		snprintf(name, sizeof(name), NAME, (unsigned)n);
		inode = fs_lookup(name);
		if (inode == NULL)
			refuse("seccomp: %s: not in the archive, and the command line says %u filters", name,
			       (unsigned)options.filters);
		bootfilter_install_one(name, inode, n, &all, what);
		inode_put(inode);
	}
	sha256_end(&all, hash);
	if (n > 0 && memcmp(hash, options.filters_hash, SHA256_HEX) != 0)
		refuse("seccomp: the archive's filters are not those that the command line says: their hash is %s",
		       hash);
	snprintf(name, sizeof(name), NAME, (unsigned)n);
	if (fs_lookup(name) != NULL)
		refuse("seccomp: %s: in the archive, but the command line says %u filters", name, (unsigned)n);
}

void bootfilter_install(void)
{
	struct mutex *lock = &current->group->threads_lock;

	if (mutex_lock(lock) != 0)
		return; /* it was killed, too */
	if (current->seccomp_mode == SECCOMP_MODE_STRICT)
		refuse("seccomp: main: the program is in mode strict already, which filters would end");
	for_each_filter(INSTALL);
	waits = false;
	mutex_unlock(lock);
}

void bootfilter_check(void)
{
	for_each_filter(CHECK);
	waits = true;
}

bool bootfilter_waits(void)
{
	return waits;
}
