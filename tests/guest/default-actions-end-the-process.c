/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * default-actions-end-the-process - signals without a handler: some end
 * the process, some are ignored.
 */
#include "guest.h"

static int number;

static void send(void)
{
	kill(getpid(), number);
}

int main(void)
{
	static const int fatal[] = { SIGHUP,  SIGINT,  SIGQUIT, SIGILL, SIGABRT, SIGBUS,    SIGFPE,  SIGSEGV, SIGUSR1,
				     SIGPIPE, SIGALRM, SIGTERM, SIGSYS, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO,   40 };
	static const int ignored[] = { SIGCHLD, SIGURG, SIGWINCH, SIGCONT };

	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++) {
		number = fatal[i];
		CHECK(killed_by(status_of(send), number));
	}
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
		number = ignored[i];
		CHECK(exited_with(status_of(send), 0));
	}
	return 0;
}
