/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * witness.c - what libseccomp makes of a generated OCI profile: `witness SEED PROFILE FILTER`
 * writes the profile as JSON, and the filter for riscv64 that libseccomp compiles when its rules
 * are added as crun and runc add them. Status 3: libseccomp refuses a rule, as the runtime would.
 * Status 4: two conditions compare one argument of one call otherwise than for equality, which
 * libseccomp 2.5.4 gets wrong at times (GHSA-4q85-33p6-j5g6 and others).
 *
 * Built with -lseccomp by tests/policy/oci.sh.
 */
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;
static unsigned int ordered[8][4]; /* comparisons by less, greater or not equal, of that argument of that call */

static uint32_t roll(uint32_t n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 33) % n;
}

static const char *const calls[] = { "read", "write", "openat", "socket", "clone", "ioctl", "personality", "mmap" };

static const struct {
	const char *name;
	uint32_t action;
} actions[] = {
	{ "SCMP_ACT_ALLOW", SCMP_ACT_ALLOW },	 { "SCMP_ACT_ERRNO", SCMP_ACT_ERRNO(1) },
	{ "SCMP_ACT_LOG", SCMP_ACT_LOG },	 { "SCMP_ACT_KILL_PROCESS", SCMP_ACT_KILL_PROCESS },
	{ "SCMP_ACT_TRAP", SCMP_ACT_TRAP },	 { "SCMP_ACT_KILL", SCMP_ACT_KILL_THREAD },
	{ "SCMP_ACT_TRACE", SCMP_ACT_TRACE(1) },
};

static const struct {
	const char *name;
	enum scmp_compare op;
} operators[] = {
	{ "SCMP_CMP_EQ", SCMP_CMP_EQ },
	{ "SCMP_CMP_NE", SCMP_CMP_NE },
	{ "SCMP_CMP_LT", SCMP_CMP_LT },
	{ "SCMP_CMP_LE", SCMP_CMP_LE },
	{ "SCMP_CMP_GT", SCMP_CMP_GT },
	{ "SCMP_CMP_GE", SCMP_CMP_GE },
	{ "SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ },
};

/* Values that meet: small ones, and some of more than 32 bits. */
static uint64_t value(void)
{
	static const uint64_t some[] = { 0, 1, 2, 0x80, 0xffffffff, 0x100000000, 0x7e020000, 0xffffffffffffff9c };

	return roll(2) ? some[roll(8)] : roll(16);
}

/*
 * Adds a rule to the profile and the filter; ONE_ACTION: all rules for a call have the
 * action that goes with its name.
 */
static int add_rule(FILE *json, scmp_filter_ctx ctx, int first, uint32_t otherwise, int one_action)
{
	const uint32_t call = roll(8), action = one_action ? call % 7 : roll(7), n = roll(4);
	const int nr = seccomp_syscall_resolve_name_arch(SCMP_ARCH_NATIVE, calls[call]);
	struct scmp_arg_cmp args[3];
	unsigned int seen = 0, again = 0;
	int err = 0;

	fprintf(json, "%s\n    { \"names\": [\"%s\"], \"action\": \"%s\", \"args\": [", first ? "" : ",", calls[call],
		actions[action].name);
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t op = roll(7);
		const unsigned int arg = roll(4);
		uint64_t a = value(), b = value() & a;

		args[i] = (struct scmp_arg_cmp){ .arg = arg, .op = operators[op].op, .datum_a = a, .datum_b = b };
		fprintf(json, "%s{ \"index\": %u, \"value\": %llu, \"valueTwo\": %llu, \"op\": \"%s\" }",
			i > 0 ? ", " : "", arg, (unsigned long long)a, (unsigned long long)b, operators[op].name);
		ordered[call][arg] += op >= 1 && op <= 5;
		again |= seen >> arg & 1;
		seen |= 1U << arg;
	}
	fputs("] }", json);
	if (actions[action].action == otherwise)
		return 0;
	for (uint32_t i = 0; i < (again ? n : 1) && err == 0; i++)
		err = seccomp_rule_add_array(ctx, actions[action].action, nr, again ? 1 : n, again ? &args[i] : args);
	return err;
}

int main(int argc, char **argv)
{
	FILE *json = argc == 4 ? fopen(argv[2], "w") : NULL, *bpf = argc == 4 ? fopen(argv[3], "w") : NULL;
	uint32_t otherwise, rules;
	int one_action, refused = 0;
	scmp_filter_ctx ctx;

	if (json == NULL || bpf == NULL)
		return 2;
	state = strtoull(argv[1], NULL, 0) * 2 + 1;
	for (int i = 0; i < 8; i++)
		roll(2);
	one_action = roll(4) != 0;
	otherwise = roll(7);
	ctx = seccomp_init(actions[otherwise].action);
	if (ctx == NULL || seccomp_arch_remove(ctx, SCMP_ARCH_NATIVE) != 0 ||
	    seccomp_arch_add(ctx, SCMP_ARCH_RISCV64) != 0)
		return 2;
	fprintf(json, "{ \"defaultAction\": \"%s\", \"syscalls\": [", actions[otherwise].name);
	rules = roll(10);
	for (uint32_t i = 0; i < rules; i++)
		refused |= add_rule(json, ctx, i == 0, actions[otherwise].action, one_action) != 0;
	fputs(" ] }\n", json);
	fclose(json);
	if (refused || seccomp_export_bpf(ctx, fileno(bpf)) != 0)
		return 3;
	for (int i = 0; i < 32; i++)
		if (ordered[i / 4][i % 4] > 1)
			return 4;
	return 0;
}
