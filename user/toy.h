/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * toy.h - what the toy programs of this folder share: putting a filter in force, and checking.
 *
 * A toy exits with 0 when everything that it checks is so, with 1 when something is
 * not, with 2 when it could not begin, with 77 when this kernel lacks what it
 * shows; some are meant to be killed.
 */
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TOY_SKIPPED 77

/*
 * printf() to a descriptor in one write(2), for lines of up to 255 bytes. It makes no other call,
 * so it works under the tightest filter, and keeps nothing back: a killed program's last words
 * appear, and in their place. The tour, on a terminal, tells the programs' words from the
 * kernel's by these two variables.
 */
static inline void __attribute__((format(printf, 2, 3))) say_to(int fd, const char *format, ...)
{
	const char *begin = getenv("TOUR_WORDS"), *end = getenv("TOUR_REST");
	char text[256], line[300];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	snprintf(line, sizeof(line), "%.8s%s%.8s", begin != NULL ? begin : "", text, end != NULL ? end : "");
	if (write(fd, line, strlen(line)) < 0)
		_exit(2);
}

#define say(...) say_to(STDOUT_FILENO, __VA_ARGS__)

#define EXPECT(condition)                                                                                      \
	do {                                                                                                   \
		if (!(condition)) {                                                                            \
			say("%s:%d: not as expected: %s (errno %d)\n", __FILE__, __LINE__, #condition, errno); \
			_exit(1);                                                                              \
		}                                                                                              \
	} while (0)

/*
 * Binds this process, and whatever it becomes, to a filter that gives this answer to call nr and
 * ALLOW to every other one. Returns seccomp(2)'s result. A filter that must stop an attacker looks
 * at the architecture first: see allow.c.
 */
static inline long toy_filter(unsigned flags, int nr, unsigned answer)
{
	struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, answer),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(insns) / sizeof(insns[0]), insns };

	/*
	 * The promise without which only root may install a filter: no
	 * program that it starts gains rights.
	 */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

/* The same without flags; a toy that cannot even do this ends here. */
static inline void toy_answer(int nr, unsigned answer)
{
	if (toy_filter(0, nr, answer) == 0)
		return;
	say("this kernel takes no filter: %s\n", strerror(errno));
	_exit(2);
}

/* Runs body in a child and waits for it: its wait status. */
static inline int toy_child(void (*body)(void))
{
	int status = -1;
	const pid_t child = fork();

	if (child == 0) {
		body();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}
