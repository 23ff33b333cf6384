/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oci2bpf.c - a container policy as a filter for riscv64: `oci2bpf [-t] POLICY.json >FILTER`; -t
 * makes libseccomp's binary tree.
 *
 * The policy is the JSON that Docker and Podman read: rules with names of calls, an action,
 * conditions on arguments, and for which machines and capabilities each rule stands. libseccomp
 * makes the filter, as it does for them. A container is assumed to have the capabilities that
 * Docker gives when it is told nothing. Status 1 with a line that says why when there is a word in
 * the policy that this program does not know: a rule is never left out silently.
 */
#include <errno.h>
#include <jansson.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *what, const char *word)
{
	fprintf(stderr, "oci2bpf: %s%s%s\n", what, word != NULL ? ": " : "", word != NULL ? word : "");
	exit(1);
}

static const char *string_in(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s != NULL ? s : "";
}

static bool has_capability(const char *name)
{
	static const char *const given[] = {
		"CAP_AUDIT_WRITE", "CAP_CHOWN",	 "CAP_DAC_OVERRIDE", "CAP_FOWNER",	     "CAP_FSETID",
		"CAP_KILL",	   "CAP_MKNOD",	 "CAP_NET_RAW",	     "CAP_SETFCAP",	     "CAP_SETGID",
		"CAP_SETPCAP",	   "CAP_SETUID", "CAP_SYS_CHROOT",   "CAP_NET_BIND_SERVICE",
	};

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		if (strcmp(name, given[i]) == 0)
			return true;
	return false;
}

static bool is_riscv64(const char *name)
{
	return strcmp(name, "riscv64") == 0;
}

/* Is one of LIST's strings one that HOLDS? An absent list is NULL. */
static bool any(const json_t *list, bool (*holds)(const char *))
{
	json_t *word;
	size_t i;

	json_array_foreach(list, i, word) if (holds(json_string_value(word))) return true;
	return false;
}

/*
 * Is the rule one for this machine and these capabilities? Every minimal
 * kernel version is taken as reached.
 */
static bool applies(const json_t *rule)
{
	const json_t *in = json_object_get(rule, "includes"), *out = json_object_get(rule, "excludes");
	const json_t *arches = json_object_get(in, "arches"), *caps = json_object_get(in, "caps");

	if (json_array_size(arches) > 0 && !any(arches, is_riscv64))
		return false;
	if (json_array_size(caps) > 0 && !any(caps, has_capability))
		return false;
	return !any(json_object_get(out, "arches"), is_riscv64) && !any(json_object_get(out, "caps"), has_capability);
}

static uint32_t action_of(const char *name, const json_t *errno_ret)
{
	const uint16_t data = json_is_integer(errno_ret) ? (uint16_t)json_integer_value(errno_ret) : EPERM;
	const struct {
		const char *name;
		uint32_t action;
	} actions[] = {
		{ "SCMP_ACT_ALLOW", SCMP_ACT_ALLOW },
		{ "SCMP_ACT_ERRNO", SCMP_ACT_ERRNO(data) },
		{ "SCMP_ACT_KILL", SCMP_ACT_KILL_THREAD },
		{ "SCMP_ACT_KILL_THREAD", SCMP_ACT_KILL_THREAD },
		{ "SCMP_ACT_KILL_PROCESS", SCMP_ACT_KILL_PROCESS },
		{ "SCMP_ACT_LOG", SCMP_ACT_LOG },
		{ "SCMP_ACT_TRACE", SCMP_ACT_TRACE(data) },
		{ "SCMP_ACT_TRAP", SCMP_ACT_TRAP },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(name, actions[i].name) == 0)
			return actions[i].action;
	fail("no such action", name);
}

static enum scmp_compare compare_of(const char *name)
{
	static const char *const names[] = {
		[SCMP_CMP_NE] = "SCMP_CMP_NE",
		[SCMP_CMP_LT] = "SCMP_CMP_LT",
		[SCMP_CMP_LE] = "SCMP_CMP_LE",
		[SCMP_CMP_EQ] = "SCMP_CMP_EQ",
		[SCMP_CMP_GE] = "SCMP_CMP_GE",
		[SCMP_CMP_GT] = "SCMP_CMP_GT",
		[SCMP_CMP_MASKED_EQ] = "SCMP_CMP_MASKED_EQ",
	};

	for (unsigned i = SCMP_CMP_NE; i <= SCMP_CMP_MASKED_EQ; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	fail("no such comparison", name);
}

/* A rule's conditions into ARGS, which holds six: their number. */
static unsigned read_conditions(const json_t *rule, struct scmp_arg_cmp *args)
{
	json_t *arg;
	size_t i;

	if (json_array_size(json_object_get(rule, "args")) > 6)
		fail("a rule has more than six conditions", NULL);
	json_array_foreach(json_object_get(rule, "args"), i, arg) args[i] = (struct scmp_arg_cmp){
		.arg = (unsigned)json_integer_value(json_object_get(arg, "index")),
		.op = compare_of(string_in(arg, "op")),
		.datum_a = (scmp_datum_t)json_integer_value(json_object_get(arg, "value")),
		.datum_b = (scmp_datum_t)json_integer_value(json_object_get(arg, "valueTwo")),
	};
	return (unsigned)json_array_size(json_object_get(rule, "args"));
}

static void add_rule(scmp_filter_ctx ctx, const json_t *rule, uint32_t otherwise)
{
	const uint32_t action = action_of(string_in(rule, "action"), json_object_get(rule, "errnoRet"));
	struct scmp_arg_cmp args[6];
	const unsigned n = read_conditions(rule, args);
	json_t *name;
	size_t i;

	if (action == otherwise)
		return;
	json_array_foreach(json_object_get(rule, "names"), i, name)
	{
		const int nr = seccomp_syscall_resolve_name(json_string_value(name));

		/*
		 * A call that no machine has, or, below, that this one
		 * has not: nothing to say about it.
		 */
		if (nr == __NR_SCMP_ERROR)
			continue;
		const int err = seccomp_rule_add_array(ctx, action, nr, n, args);

		if (err != 0 && err != -EDOM && err != -EEXIST)
			fail("libseccomp refuses the rule for", json_string_value(name));
	}
}

int main(int argc, char **argv)
{
	json_error_t where;
	const bool tree = argc == 3 && strcmp(argv[1], "-t") == 0;
	json_t *policy = argc == 2 + tree ? json_load_file(argv[1 + tree], 0, &where) : NULL;
	scmp_filter_ctx ctx;
	uint32_t otherwise;
	json_t *rule;
	size_t i;

	if (argc != 2 + tree)
		fail("usage: oci2bpf [-t] POLICY.json >FILTER", NULL);
	if (policy == NULL)
		fail(argv[1 + tree], where.text);
	otherwise = action_of(string_in(policy, "defaultAction"), json_object_get(policy, "defaultErrnoRet"));
	ctx = seccomp_init(otherwise);
	if (!ctx || seccomp_arch_remove(ctx, SCMP_ARCH_NATIVE) != 0 || seccomp_arch_add(ctx, SCMP_ARCH_RISCV64) != 0)
		fail("libseccomp cannot make filters for riscv64", NULL);
	json_array_foreach(json_object_get(policy, "syscalls"), i, rule) if (applies(rule))
		add_rule(ctx, rule, otherwise);
	if (tree && seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0)
		fail("libseccomp makes no trees", NULL);
	if (seccomp_export_bpf(ctx, 1) != 0)
		fail("cannot write the filter", NULL);
	seccomp_release(ctx);
	json_decref(policy);
	return 0;
}
