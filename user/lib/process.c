/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process.c - processes: who they are, how they begin, end and are waited for,
 * and the calls that set their limits and privileges.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define IDENTITY(type, name)                      \
	type name(void)                           \
	{                                         \
		return (type)syscall(SYS_##name); \
	}
IDENTITY(pid_t, getpid)
IDENTITY(pid_t, getppid)
IDENTITY(pid_t, gettid)
IDENTITY(uid_t, getuid)
IDENTITY(uid_t, geteuid)
IDENTITY(gid_t, getgid)
IDENTITY(gid_t, getegid)
IDENTITY(pid_t, setsid)
IDENTITY(int, sched_yield)

pid_t getpgrp(void)
{
	return getpgid(0);
}

pid_t getpgid(pid_t pid)
{
	return (pid_t)syscall(SYS_getpgid, pid);
}

pid_t getsid(pid_t pid)
{
	return (pid_t)syscall(SYS_getsid, pid);
}

int setpgid(pid_t pid, pid_t group)
{
	return (int)syscall(SYS_setpgid, pid, group);
}

int setuid(uid_t uid)
{
	return (int)syscall(SYS_setuid, uid);
}

int setgid(gid_t gid)
{
	return (int)syscall(SYS_setgid, gid);
}

pid_t fork(void)
{
	return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	return (int)syscall(SYS_execve, path, argv, envp);
}

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	return (pid_t)syscall(SYS_wait4, pid, status, options, usage);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return (int)syscall(SYS_waitid, type, id, info, options, NULL);
}

int prctl(int option, ...)
{
	unsigned long a[4];
	va_list arguments;

	va_start(arguments, option);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(arguments, unsigned long);
	va_end(arguments);
	return (int)syscall(SYS_prctl, option, a[0], a[1], a[2], a[3]);
}

/* The peek requests return the word, as glibc's do; errno tells -1 from an error. */
long ptrace(int request, ...)
{
	va_list arguments;
	long word;

	va_start(arguments, request);
	const pid_t pid = va_arg(arguments, pid_t);
	void *const address = va_arg(arguments, void *);
	void *data = va_arg(arguments, void *);
	va_end(arguments);

	const int peek = request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSR;
	if (peek)
		data = &word;
	const long result = syscall(SYS_ptrace, request, pid, address, data);
	if (!peek || result < 0)
		return result;
	errno = 0;
	return word;
}

int uname(struct utsname *name)
{
	return (int)syscall(SYS_uname, name);
}

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
	return syscall(SYS_getrandom, buffer, size, flags);
}

int getrlimit(int resource, struct rlimit *limit)
{
	return (int)syscall(SYS_prlimit64, 0, resource, NULL, limit);
}

int setrlimit(int resource, const struct rlimit *limit)
{
	return (int)syscall(SYS_prlimit64, 0, resource, limit, NULL);
}

int getrusage(int who, struct rusage *usage)
{
	return (int)syscall(SYS_getrusage, who, usage);
}

int getpagesize(void)
{
	return 4096;
}

int unshare(int flags)
{
	return (int)syscall(SYS_unshare, flags);
}
