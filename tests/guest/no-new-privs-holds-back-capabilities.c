/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * no-new-privs-holds-back-capabilities - a root that has dropped its capabilities gets them back by
 * execve, but with no_new_privs it does not.
 */
#include "guest.h"

static int permitted(void)
{
	struct {
		uint32_t version;
		int32_t pid;
	} header = { 0x20080522U, 0 };
	struct {
		uint32_t effective, permitted, inheritable;
	} sets[2];

	CHECK(raw(SYS_capget, (long)&header, (long)sets, 0, 0, 0, 0) == 0);
	CHECK((sets[0].effective != 0) == (sets[0].permitted != 0));
	return sets[0].permitted != 0;
}

static int held_back;
static char *self;

static void again(void)
{
	static const uint32_t none[6];
	const uint32_t header[2] = { 0x20080522U, 0 };
	char *const argv[] = { self, held_back ? "without" : "with", NULL };

	if (held_back)
		set_no_new_privs();
	CHECK(raw(SYS_capset, (long)header, (long)none, 0, 0, 0, 0) == 0);
	CHECK(!permitted());
	execve(self, argv, environ);
	_exit(2);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return permitted() != (strcmp(argv[1], "with") == 0);
	if (geteuid() != 0) /* there is nothing to hold back */
		return 0;
	self = (char *)getauxval(AT_EXECFN);
	for (held_back = 0; held_back < 2; held_back++)
		CHECK(exited_with(status_of(again), 0));
	return 0;
}
