/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * depends.c - arguments that depend on others; see depends.h.
 */
#include "depends.h"

#include <string.h>

#include "constants.h"

/* Where the argument BY of CALL is CONSTANT, ARGUMENT is IS; or N arguments are enough. */
struct dependence {
	const char *call, *constant;
	unsigned int by, argument, n;
	struct argument is;
};

static const struct dependence dependences[] = {
#define WHERE(call, by, constant, argument, type, kind) \
	{ #call, #constant, by, argument, 0, { NULL, ARG_##type, KIND_##kind } },
#define USES(call, by, constant, n) { #call, #constant, by, 0, n, { NULL, ARG_INT, KIND_NUMBER } },
#include "depends.def"
#undef USES
#undef WHERE
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool does_apply(const struct dependence *d, const struct call *call, const uint64_t args[6])
{
	return strcmp(d->call, call->name) == 0 && constant_is(&call->args[d->by], d->constant, args[d->by]);
}

struct call call_meant(const struct call *call, const uint64_t args[6], uint32_t known)
{
	struct call meant = *call;

	for (size_t i = 0; i < COUNT(dependences); i++) {
		const struct dependence *d = &dependences[i];

		if (d->n == 0 && known >> d->by & 1 && does_apply(d, &meant, args)) {
			meant.args[d->argument].type = d->is.type;
			meant.args[d->argument].kind = d->is.kind;
		}
	}
	return meant;
}

unsigned int call_uses(const struct call *call, const uint64_t args[6])
{
	for (size_t i = 0; i < COUNT(dependences); i++)
		if (dependences[i].n != 0 && does_apply(&dependences[i], call, args))
			return dependences[i].n;
	return call->nargs;
}
