/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * installs-that-are-refused-say-why - a line for each filter that is not installed, with the
 * reason; what is installed is silent. events.t compares the records of the same refusals.
 */
#include "siblings.h"

#include <sys/resource.h>

static struct sock_filter longest[4096];

static void without_right(void)
{
	drop_privileges();
	REFUSED(INSTALL(0, ALLOW), EACCES);
}

static void full(void)
{
	for (int i = 0; i < 3; i++)
		CHECK(install_filter(0, longest, 4096) == 0);
	REFUSED(install_filter(SECCOMP_FILTER_FLAG_LOG, longest, 4096), ENOMEM);
}

static void no_descriptor(void)
{
	CHECK(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, 0 }) == 0);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW), EMFILE);
}

int main(void)
{
	const struct sock_fprog none = { 0, longest }, null = { 3, NULL };
	const struct sock_fprog unreadable = { 5, (struct sock_filter *)KERNEL_ADDRESS };
	static struct sibling other;

	for (int i = 0; i < 4096; i++)
		longest[i] = (struct sock_filter)ALLOW;
	REFUSED(INSTALL(1 << 20, ALLOW), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, (void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, &none), EINVAL);
	REFUSED(install_filter(SECCOMP_FILTER_FLAG_LOG, longest, 4097), EINVAL);
	CHECK(exited_with(status_of(without_right), 0));
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, &null), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, &unreadable), EFAULT);
	REFUSED(INSTALL(0, LOAD_NR, BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 0), ALLOW), EINVAL);
	CHECK(exited_with(status_of(full), 0));
	CHECK(exited_with(status_of(no_descriptor), 0));
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW) >= 0);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW, ALLOW), EBUSY);
	sibling_start(&other);
	CHECK(sibling_do(&other, INSTALL_ONE) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == other.tid);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_TSYNC_ESRCH, ALLOW), ESRCH);
	return 0;
}
