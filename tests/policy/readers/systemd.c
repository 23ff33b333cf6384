/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd.c - the filters that systemd's own library makes, for riscv64, on standard
 * output: systemd SETTING ARG...
 *
 * The library is loaded as it is; of libseccomp, what it calls, seccomp_init() begins with
 * riscv64 instead of this machine, and seccomp_load() writes the filter instead of installing it.
 * systemd makes one filter for each architecture of this machine; the first is taken, the ones
 * for its older siblings are left out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RISCV64 0xc00000f3U
#define ALLOW 0x7fff0000U
#define ERRNO(x) (0x00050000U | (x))
#define KILL 0x80000000U

static void *library;
static const void *foreign; /* a filter for an older sibling, which was added */
static uint32_t added;

static void *real(const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);

	if (f == NULL)
		f = dlsym(library, name);
	if (f == NULL) {
		fprintf(stderr, "%s: not there\n", name);
		exit(2);
	}
	return f;
}

void *seccomp_init(uint32_t action);
int seccomp_arch_add(void *ctx, uint32_t arch);
int seccomp_arch_remove(void *ctx, uint32_t arch);
int seccomp_arch_exist(const void *ctx, uint32_t arch);
int seccomp_load(const void *ctx);

void *seccomp_init(uint32_t action)
{
	void *ctx = ((void *(*)(uint32_t))real("seccomp_init"))(action);
	const uint32_t native = ((uint32_t(*)(void))real("seccomp_arch_native"))();

	((int (*)(void *, uint32_t))real("seccomp_arch_remove"))(ctx, native);
	if (((int (*)(void *, uint32_t))real("seccomp_arch_add"))(ctx, RISCV64) != 0)
		exit(2);
	return ctx;
}

int seccomp_arch_add(void *ctx, uint32_t arch)
{
	added = arch;
	foreign = ctx;
	return 0;
}

int seccomp_arch_remove(void *ctx, uint32_t arch)
{
	(void)ctx;
	(void)arch;
	return 0;
}

int seccomp_arch_exist(const void *ctx, uint32_t arch)
{
	return ctx != foreign || arch == added ? 0 : -17; /* EEXIST, as libseccomp says it */
}

int seccomp_load(const void *ctx)
{
	if (ctx != foreign)
		((int (*)(const void *, int))real("seccomp_export_bpf"))(ctx, STDOUT_FILENO);
	foreign = NULL;
	return 0;
}

/* As config_parse_syscall_filter: lines of words, each perhaps with ~ in front. */
static void filter(int n, char **lines, uint32_t denied)
{
	enum { INVERT = 1, ALLOW_LIST = 2, PERMISSIVE = 8 };
	int (*parse)(const char *, int, void *, int, const char *, const char *, unsigned int) =
		real("seccomp_parse_syscall_filter");
	int (*split)(const char *, char **, int *) = real("parse_syscall_and_errno");
	int (*load)(uint32_t, void *, uint32_t, _Bool) = real("seccomp_load_syscall_filter_set_raw");
	void *map = ((void *(*)(const void *))real("_hashmap_new"))(NULL);
	int flags = PERMISSIVE, first = 1;

	for (int i = 0; i < n; i++) {
		char *word, *rest = lines[i];
		const int invert = *rest == '~' ? INVERT : 0;

		rest += invert;
		if (first && !invert) {
			flags |= ALLOW_LIST;
			parse("@default", -1, map, PERMISSIVE | ALLOW_LIST, NULL, NULL, 0);
		}
		first = 0;
		while ((word = strsep(&rest, " ")) != NULL) {
			char *name = NULL;
			int err = -1;

			if (*word == '\0' || split(word, &name, &err) < 0)
				continue;
			parse(name, err, map, flags | invert, NULL, NULL, 0);
		}
	}
	if (load((flags & ALLOW_LIST) ? denied : ALLOW, map, (flags & ALLOW_LIST) ? ALLOW : denied, 0) < 0)
		exit(2);
}

static void families(int n, char **words)
{
	void *set = ((void *(*)(const void *))real("_set_new"))(NULL);
	int (*put)(void *, const void *) = real("set_put");

	for (int i = 1; i < n; i++)
		put(set, (void *)(intptr_t)atoi(words[i]));
	((int (*)(void *, _Bool))real("seccomp_restrict_address_families"))(set, strcmp(words[0], "allow") == 0);
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[2] : "";

	library = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
	if (library == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		return 2;
	}
	if (strcmp(what, "MemoryDenyWriteExecute") == 0)
		((int (*)(void))real("seccomp_memory_deny_write_execute"))();
	else if (strcmp(what, "RestrictRealtime") == 0)
		((int (*)(int))real("seccomp_restrict_realtime_full"))(1);
	else if (strcmp(what, "RestrictSUIDSGID") == 0)
		((int (*)(void))real("seccomp_restrict_suid_sgid"))();
	else if (strcmp(what, "ProtectHostname") == 0)
		((int (*)(void))real("seccomp_protect_hostname"))();
	else if (strcmp(what, "ProtectKernelLogs") == 0)
		((int (*)(void))real("seccomp_protect_syslog"))();
	else if (strcmp(what, "LockPersonality") == 0)
		((int (*)(unsigned long))real("seccomp_lock_personality"))(0);
	else if (strcmp(what, "RestrictNamespaces") == 0 && argc > 3)
		((int (*)(unsigned long))real("seccomp_restrict_namespaces"))(strtoul(argv[3], NULL, 0));
	else if (strcmp(what, "RestrictAddressFamilies") == 0 && argc > 3)
		families(argc - 3, argv + 3);
	else if (strcmp(what, "kill") == 0)
		filter(argc - 3, argv + 3, KILL);
	else if (strcmp(what, "EPERM") == 0)
		filter(argc - 3, argv + 3, ERRNO(1));
	else
		return 2;
	return 0;
}
