/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer-has-a-call-restarted-by-its-result - what a tracer puts in place of a call's result counts
 * when a signal comes: the kernel's own codes have the call made again, or make EINTR of it, as the
 * handler's flags and the code say. Without a signal they are results like others.
 */
#include "files.h"
#include "tracing.h"

/* Linux's own codes, which no program sees otherwise. */
#define ERESTARTSYS 512
#define ERESTARTNOINTR 513
#define ERESTARTNOHAND 514
#define ERESTART_RESTARTBLOCK 516

static volatile int handled;
static int flags; /* of the handler; -1: none, the signal is ignored when it is taken */

static void note(int number)
{
	(void)number;
	handled++;
}

/* Ends with 1: the call was made again; 2: it gave EINTR; 3: it gave what the tracer said. */
static void call(void)
{
	struct sigaction action = { .sa_handler = note, .sa_flags = flags };
	long result;

	if (flags == -1)
		action = (struct sigaction){ .sa_handler = SIG_DFL };
	CHECK(sigaction(SIGWINCH, &action, NULL) == 0);
	result = raw1(SYS_getpgid, 0);
	_exit(result == getpgrp() ? 1 : result == -EINTR ? 2 : result <= -512 && result >= -516 ? 3 : 4);
}

static const struct row {
	int code, signal, flags, end;
} rows[] = {
	{ ERESTARTNOINTR, SIGWINCH, 0, 1 },
	{ ERESTARTNOINTR, SIGWINCH, -1, 1 },
	{ ERESTARTSYS, SIGWINCH, 0, 2 },
	{ ERESTARTSYS, SIGWINCH, SA_RESTART, 1 },
	{ ERESTARTSYS, SIGWINCH, -1, 1 },
	{ ERESTARTNOHAND, SIGWINCH, SA_RESTART, 2 },
	{ ERESTARTNOHAND, SIGWINCH, -1, 1 },
	{ ERESTART_RESTARTBLOCK, SIGWINCH, SA_RESTART, 2 },
	{ 515, SIGWINCH, 0, 3 },
	{ ERESTARTNOINTR, 0, 0, 3 },
};

int main(void)
{
	for (unsigned i = 0; i < COUNT_OF(rows); i++) {
		struct registers regs;
		int status;
		pid_t child;

		flags = rows[i].flags;
		child = traced(call, PTRACE_O_TRACESYSGOOD);
		do
			status = go_on(child, PTRACE_SYSCALL, 0);
		while (IS_CALL(status) && (long)REG_NR(registers_of(child)) != SYS_getpgid);
		CHECK(IS_CALL(status));
		status = go_on(child, PTRACE_SYSCALL, 0);
		CHECK(IS_CALL(status));
		regs = registers_of(child);
		REG_RESULT(regs) = (unsigned long)-(long)rows[i].code;
		set_registers(child, regs);
		if (rows[i].signal != 0)
			CHECK(kill(child, rows[i].signal) == 0);
		status = go_on(child, PTRACE_CONT, 0);
		if (IS_STOP(status, SIGWINCH))
			status = go_on(child, PTRACE_CONT, SIGWINCH);
		if (!exited_with(status, rows[i].end)) {
			dprintf(2, "row %u: 0x%x\n", i, (unsigned)status);
			return 1;
		}
	}
	return 0;
}
