/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_hint.c - what is worth knowing of a call that is refused: since when it is there, and what C
 * libraries do without it.
 */
#include "show.h"

#include <string.h>

#include <abi/audit.h>
#include <abi/errno.h>

#include <abi/prctl.h>
#include <abi/seccomp.h>

#include "action_words.h"
#include "names.h"

const char *show_fallback(const char *name)
{
	static const char *const names[][2] = {
		{ "clone3", "clone" },
		{ "faccessat2", "faccessat" },
		{ "fchmodat2", "fchmodat" },
		{ "statx", "newfstatat" },
		{ "preadv2", "preadv" },
		{ "pwritev2", "pwritev" },
		{ "epoll_pwait2", "epoll_pwait" },
		{ "mlock2", "mlock" },
		{ "execveat", "execve" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	return NULL;
}

void show_hint(FILE *to, const struct query *q, uint32_t ret)
{
	const struct call *call = q->data.arch == AUDIT_ARCH_RISCV64 ? query_call(q) : NULL;

	if (call != NULL && call->since != NULL && !action_runs(ret))
		fprintf(to, "    %s exists since Linux %s\n", call->name, call->since);
	if (call != NULL && (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO &&
	    (ret & SECCOMP_RET_DATA) != ENOSYS && (ret & SECCOMP_RET_DATA) != 0 && show_fallback(call->name) != NULL)
		fprintf(to, "    hint: C libraries do without %s when it fails with ENOSYS, and only then\n",
			call->name);
}

/* Why a filter is not installed, by the errno. */
static const struct {
	const char *name, *why;
} installs[] = {
	{ "EACCES", "neither no_new_privs nor CAP_SYS_ADMIN: prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) comes first" },
	{ "EINVAL",
	  "a flag is unknown or contradicts another, or an instruction is not allowed: `portcullis disasm FILTER` tells which" },
	{ "EFAULT",
	  "struct sock_fprog or its instructions cannot be read: both are pointers, and have to be there yet" },
	{ "EBUSY", "a filter of the stack has a listener already" },
	{ "ESRCH", "another thread has a stack of its own, so it cannot follow" },
	{ "ENOMEM",
	  "the stack of filters is too long (32768 instructions in all, 4 more for each filter), or there is no memory" },
};

void show_failed(FILE *to, const struct query *q, const char *failed)
{
	const struct call *call = query_call(q);
	const char *name = call != NULL && q->data.arch == AUDIT_ARCH_RISCV64 ? call->name : "";
	const uint64_t first = q->data.args[0];
	const bool is_prctl = strcmp(name, "prctl") == 0 && q->known[0];

	if (is_prctl && first == PR_SET_NO_NEW_PRIVS && strcmp(failed, "EINVAL") == 0)
		fputs("    the other arguments have to be 1, 0, 0, 0, each as a long\n", to);
	if (!(is_prctl && first == PR_SET_SECCOMP) &&
	    !(strcmp(name, "seccomp") == 0 && q->known[0] && first == SECCOMP_SET_MODE_FILTER))
		return;
	for (size_t i = 0; i < sizeof(installs) / sizeof(installs[0]); i++)
		if (strcmp(installs[i].name, failed) == 0)
			fprintf(to, "    no filter was installed: %s\n", installs[i].why);
}
