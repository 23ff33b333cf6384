/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.c - see foreign.h. aarch64 numbers its calls as riscv64 does, but for those
 * that are an architecture's own.
 */
#include "foreign.h"

#include <stddef.h>

#include <abi/audit.h>
#include "names.h"

#define COMMON 424U /* from here on, all architectures have the same numbers */
#define OWN_FIRST 244U
#define OWN_LAST 259U

static const char *const x86_64[COMMON] = {
#define X86_64(nr, name) [nr] = #name,
#include "x86_64.def"
#undef X86_64
};

/* Calls of aarch64 that riscv64 has not. */
static const char *aarch64_only(uint32_t nr)
{
	switch (nr) {
	case 38:
		return "renameat";
	default:
		return NULL;
	}
}

const char *foreign_call_name(uint32_t arch, uint32_t nr)
{
	const struct call *call = call_by_number(nr);

	if (arch == AUDIT_ARCH_X86_64 && nr < COMMON)
		return x86_64[nr];
	if (arch == AUDIT_ARCH_AARCH64 && aarch64_only(nr) != NULL)
		return aarch64_only(nr);
	if (arch != AUDIT_ARCH_RISCV64 && arch != AUDIT_ARCH_AARCH64 && arch != AUDIT_ARCH_X86_64)
		return NULL;
	if (call == NULL || (arch != AUDIT_ARCH_RISCV64 && nr >= OWN_FIRST && nr <= OWN_LAST))
		return NULL;
	return call->name;
}
