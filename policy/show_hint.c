/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_hint.c - what is worth knowing of a call that is refused: since when it is there, and what C
 * libraries do without it.
 */
#include "show.h"

#include <string.h>

#include <abi/audit.h>
#include <abi/errno.h>

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
