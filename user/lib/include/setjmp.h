/* SPDX-License-Identifier: BSD-2-Clause */
/* setjmp.h - picolibc's, with the forms that keep the signal mask. */
#pragma once

#include_next <setjmp.h>

#include <signal.h>

typedef struct {
	jmp_buf registers;
	int saved;
	sigset_t mask;
} sigjmp_buf[1];

/* A macro: setjmp must be called by the function that is returned to. */
#define sigsetjmp(env, save) \
	((env)->saved = (save), (env)->saved ? sigprocmask(SIG_BLOCK, NULL, &(env)->mask) : 0, setjmp((env)->registers))

static inline _Noreturn void siglongjmp(sigjmp_buf env, int value)
{
	if (env->saved)
		sigprocmask(SIG_SETMASK, &env->mask, NULL);
	longjmp(env->registers, value);
}
