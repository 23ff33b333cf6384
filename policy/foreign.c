/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.c - see foreign.h. aarch64 numbers its calls as riscv64 does, but for those that are an
 * architecture's own.
 */
#include "foreign.h"

#include <stdio.h>
#include <string.h>

#include <abi/audit.h>

#include "argument_lists.h"
#include "build.h"

#define TIME64 403U /* from here on, all of 32 bits have the same numbers */
#define COMMON 424U /* from here on, all architectures have them */
#define OWN_FIRST 244U
#define OWN_LAST 259U
#define CALLS_MAX 512U

static const char *const x86_64[COMMON] = {
#define X86_64(nr, name) [nr] = #name,
#include "x86_64.def"
#undef X86_64
};

static const char *const i386[COMMON] = {
#define I386(nr, name) [nr] = #name,
#include "i386.def"
#undef I386
};

/* The arguments of calls that riscv64 has not, or has in another order. */
static const struct argument_list arguments[] = {
#include "foreign_args.def"
};

static const char *aarch64_name(uint32_t nr)
{
	const struct call *call = call_by_number(nr);

	if (nr == 38)
		return "renameat";
	return call == NULL || (nr >= OWN_FIRST && nr <= OWN_LAST) ? NULL : call->name;
}

static const char *x86_64_name(uint32_t nr)
{
	return x86_64[nr];
}

static const char *i386_name(uint32_t nr)
{
	return i386[nr];
}

/* The architectures but riscv64, and their tables, which are made when they are asked for. */
static struct table {
	uint32_t arch;
	const char *(*name)(uint32_t nr); /* below COMMON */
	bool narrow;			  /* registers of 32 bits */
	const char *others;		  /* calls whose arguments are not those of their namesakes */
	struct call calls[CALLS_MAX];
	size_t n;
} tables[] = {
	/* clone has its last two arguments the other way round. */
	{ .arch = AUDIT_ARCH_X86_64, .name = x86_64_name, .others = " clone " },
	/*
	 * 64 bits take two registers; mmap has its arguments in memory.
	 * [arch/x86/entry/syscalls/syscall_32.tbl]
	 */
	{ .arch = AUDIT_ARCH_I386,
	  .name = i386_name,
	  .narrow = true,
	  .others =
		  " mmap pread64 pwrite64 readahead fadvise64 sync_file_range fallocate lookup_dcookie fanotify_mark " },
	{ .arch = AUDIT_ARCH_AARCH64, .name = aarch64_name, .others = "" },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static void add_call(struct table *t, uint32_t nr, const char *name)
{
	static const char *const numbered[6] = { "args[0]", "args[1]", "args[2]", "args[3]", "args[4]", "args[5]" };
	const struct call *namesake = call_by_name(name, strlen(name));
	const struct argument_list *own = find_arguments(arguments, sizeof(arguments) / sizeof(arguments[0]), name);
	struct call *call = &t->calls[t->n++];
	char word[40];

	snprintf(word, sizeof(word), " %s ", name);
	if (namesake != NULL && strstr(t->others, word) == NULL) {
		*call = *namesake;
	} else if (own != NULL) {
		*call = (struct call){ .name = name, .nargs = own->n };
		memcpy(call->args, own->args, sizeof(call->args));
	} else {
		*call = (struct call){ .name = name, .nargs = 6 };
		for (unsigned int i = 0; i < 6; i++)
			call->args[i] = (struct argument){ numbered[i], ARG_ULONG, KIND_BITS };
	}
	call->nr = nr;
}

static struct table *find_table(uint32_t arch)
{
	struct table *t = tables;

	while (t < tables + TABLES && t->arch != arch)
		t++;
	if (t == tables + TABLES)
		return NULL;
	for (uint32_t nr = 0, made = (uint32_t)t->n; made == 0 && nr < CALLS_MAX; nr++) {
		const struct call *common = nr >= COMMON ? call_by_number(nr) : NULL;
		const char *name = nr < COMMON ? t->name(nr) : common != NULL ? common->name : NULL;

		if (name != NULL)
			add_call(t, nr, name);
	}
	return t;
}

bool arch_is_narrow(uint32_t arch)
{
	const struct table *t = find_table(arch);

	return t != NULL && t->narrow;
}

const struct call *arch_calls(uint32_t arch, size_t *n)
{
	const struct table *t;

	if (arch == AUDIT_ARCH_RISCV64)
		return call_all(n);
	t = find_table(arch);
	*n = t != NULL ? t->n : 0;
	return t != NULL ? t->calls : NULL;
}

const struct call *arch_call(uint32_t arch, uint32_t nr)
{
	size_t n;
	const struct call *calls = arch_calls(arch, &n);

	for (size_t i = 0; i < n; i++)
		if (calls[i].nr == nr)
			return &calls[i];
	return NULL;
}

const struct call *arch_call_by_name(uint32_t arch, const char *name, size_t length)
{
	size_t n;
	const struct call *calls = arch_calls(arch, &n);

	for (size_t i = 0; i < n; i++)
		if (strlen(calls[i].name) == length && strncmp(calls[i].name, name, length) == 0)
			return &calls[i];
	if (n == 0 && call_by_name(name, length) != NULL && call_by_name(name, length)->nr >= COMMON)
		return call_by_name(name, length);
	return NULL;
}

uint32_t arch_by_name(const char *name, size_t n)
{
	static const uint32_t known[] = { AUDIT_ARCH_RISCV64, AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64 };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const char *is = seccomp_arch_name(known[i]);

		if (strlen(is) == n && strncmp(is, name, n) == 0)
			return known[i];
	}
	return 0;
}

const char *foreign_call_name(uint32_t arch, uint32_t nr)
{
	const struct call *call = arch_call(arch, nr);

	if (call == NULL && nr >= COMMON && arch != AUDIT_ARCH_RISCV64)
		call = call_by_number(nr);
	if (call == NULL && arch == AUDIT_ARCH_ARM && nr >= TIME64 && nr < COMMON)
		return i386[nr];
	return call != NULL ? call->name : NULL;
}
