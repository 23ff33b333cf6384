/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-asks-who-decides - of several filters that answer USER_NOTIF, to one call or to different
 * ones, the newest that does so is asked: its listener, or nobody if it has none. Filters that say
 * nothing of the call do not matter, above, between and below.
 */
#include "notify.h"

static const char *order;
static unsigned call;
static int listener;

/*
 * l: with a listener for `call`; p: without, for it; s: without, for getsid; a: about another call;
 * n: about nothing.
 */
static void install_all(void)
{
	for (const char *o = order; *o != '\0'; o++) {
		if (*o == 'l')
			listener = listen_for(call, 0);
		else if (*o == 'p')
			CHECK(INSTALL(0, ON(call, SECCOMP_RET_USER_NOTIF)) == 0);
		else if (*o == 's')
			CHECK(INSTALL(0, ON(SYS_getsid, SECCOMP_RET_USER_NOTIF)) == 0);
		else if (*o == 'a')
			CHECK(INSTALL(0, ON(SYS_chroot, ERRNO(7))) == 0);
		else
			CHECK(INSTALL(0, ALLOW) == 0);
	}
}

static void asked(void)
{
	CHECK(raw0(call) == 77);
	if (strchr(order, 's') != NULL)
		CHECK(raw0(SYS_getsid) == -ENOSYS);
	CHECK(raw0(call) == 78);
}

static void supervise(void)
{
	pid_t child;

	install_all();
	child = child_of(asked);
	CHECK(answer(listener, receive(listener).id, 0, 77, 0) == 0);
	CHECK(answer(listener, receive(listener).id, 0, 78, 0) == 0);
	CHECK(end_of(child) == 0);
}

static void unheard(void)
{
	install_all();
	CHECK(raw0(call) == -ENOSYS);
}

int main(void)
{
	static const char *const with[] = { "l",  "al",	 "la",	"lan",	  "sl",	 "ls",
					    "pl", "psl", "pls", "aplasn", "ppl", "ppnla" };
	static const char *const without[] = { "p", "lp", "lpp", "lap", "lsp", "lpa", "lnpsn" };

	/* At the table's ends, too. */
	static const unsigned calls[] = { SYS_getppid, 0, 511 };

	set_no_new_privs();
	for (unsigned n = 0; n < sizeof(calls) / sizeof(calls[0]); n++) {
		call = calls[n];
		for (unsigned i = 0; i < sizeof(with) / sizeof(with[0]); i++) {
			order = with[i];
			CHECK(exited_with(status_of(supervise), 0));
		}
		for (unsigned i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
			order = without[i];
			CHECK(exited_with(status_of(unheard), 0));
		}
	}
	return 0;
}
