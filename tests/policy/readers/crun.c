/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crun.c - loaded into Debian's crun (LD_PRELOAD): the filter that crun makes of a container's
 * profile is for riscv64, and goes into the file $FILTER; then crun ends, with status 0.
 *
 * Of libseccomp, what crun calls, seccomp_init() begins with riscv64 instead of this machine. Every
 * file system is cgroup2's, for crun looks at one before it reads the profile.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#define RISCV64 0xc00000f3U
#define CGROUP2_MAGIC 0x63677270

void *seccomp_init(uint32_t action);
int seccomp_export_bpf(const void *ctx, int fd);

void *seccomp_init(uint32_t action)
{
	void *ctx = ((void *(*)(uint32_t))dlsym(RTLD_NEXT, "seccomp_init"))(action);
	const uint32_t native = ((uint32_t(*)(void))dlsym(RTLD_NEXT, "seccomp_arch_native"))();

	((int (*)(void *, uint32_t))dlsym(RTLD_NEXT, "seccomp_arch_remove"))(ctx, native);
	if (((int (*)(void *, uint32_t))dlsym(RTLD_NEXT, "seccomp_arch_add"))(ctx, RISCV64) != 0)
		_exit(2);
	return ctx;
}

int seccomp_export_bpf(const void *ctx, int fd)
{
	const int to = open(getenv("FILTER"), O_WRONLY | O_CREAT | O_TRUNC, 0644);

	(void)fd;
	_exit(((int (*)(const void *, int))dlsym(RTLD_NEXT, "seccomp_export_bpf"))(ctx, to) != 0);
}

int statfs(const char *path, struct statfs *s)
{
	(void)path;
	memset(s, 0, sizeof(*s));
	s->f_type = CGROUP2_MAGIC;
	return 0;
}
