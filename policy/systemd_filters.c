/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd_filters.c - the filters that systemd makes of a unit's settings, one a setting, each of
 * them ALLOW for other architectures. [systemd 252: src/core/execute.c, src/shared/seccomp-util.c]
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "say.h"
#include "seccomp.h"
#include "systemd.h"

#define DENIES(err) (SECCOMP_RET_ERRNO | (err))

static uint64_t constant_named(const char *constant)
{
	return constant_find(constant, strlen(constant))->value;
}

static struct policy *push_filter(struct systemd_unit *u, const char *setting, struct place at)
{
	struct policy *p = stack_push(u->stack, arena_print(u->stack->arena, "%s (%s)", u->source->name, setting),
				      "systemd unit", at);

	p->otherwise_at = p->foreign_at = at;
	p->foreign = SECCOMP_RET_ALLOW;
	return p;
}

/* A rule for a call that riscv64 has, with at most two conditions; what it has not needs none. */
static void deny_call(struct systemd_unit *u, struct policy *p, const char *name, uint32_t ret,
		      const struct condition *c, size_t n)
{
	struct rule *r = scan_rule(u->stack, p, call_by_name(name, strlen(name)), ret, p->at, p->at);

	rule_set_conditions(u->stack, r, c, n);
}

/* Denied with EPERM when all bits of MASK are set in an argument. */
static void deny_bits(struct systemd_unit *u, struct policy *p, const char *name, enum field arg, uint64_t mask)
{
	struct condition c = condition_on(arg, TEST_EQ, mask, p->at);

	c.mask = mask;
	deny_call(u, p, name, DENIES(EPERM), &c, 1);
}

struct group_filter {
	struct systemd_unit *unit;
	struct policy *policy;
};

static void deny_member(void *arg, const struct call *call)
{
	const struct group_filter *g = arg;

	scan_rule(g->unit->stack, g->policy, call, DENIES(EPERM), g->policy->at, g->policy->at);
}

static void push_group(struct systemd_unit *u, const char *setting, struct place at, const char *group)
{
	struct group_filter g = { u, push_filter(u, setting, at) };

	systemd_each_call(u->version, group, strlen(group), deny_member, &g);
}

static void push_hostname(struct systemd_unit *u, struct place at)
{
	struct policy *p = push_filter(u, "ProtectHostname", at);

	deny_call(u, p, "sethostname", DENIES(EPERM), NULL, 0);
	deny_call(u, p, "setdomainname", DENIES(EPERM), NULL, 0);
}

static void push_families(struct systemd_unit *u)
{
	const uint32_t refused = DENIES(EAFNOSUPPORT);
	struct policy *p = push_filter(u, "RestrictAddressFamilies", u->families_at);
	unsigned int first = 0, last = 0;
	struct condition c;

	for (unsigned int af = 1; af < SYSTEMD_FAMILIES; af++) {
		if (!u->families[af])
			continue;
		first = first == 0 ? af : first;
		last = af;
		c = condition_on(FIELD_ARG0, TEST_EQ, af, u->family_at[af]);
		if (!u->families_allow_list)
			deny_call(u, p, "socket", refused, &c, 1);
	}
	if (!u->families_allow_list)
		return;
	if (first == 0) {
		deny_call(u, p, "socket", refused, NULL, 0);
		return;
	}
	c = condition_on(FIELD_ARG0, TEST_LT, first, p->at);
	deny_call(u, p, "socket", refused, &c, 1);
	c = condition_on(FIELD_ARG0, TEST_GT, last, p->at);
	deny_call(u, p, "socket", refused, &c, 1);
	for (unsigned int af = first; af < last; af++) {
		c = condition_on(FIELD_ARG0, TEST_EQ, af, p->at);
		if (!u->families[af])
			deny_call(u, p, "socket", refused, &c, 1);
	}
}

static void push_write_execute(struct systemd_unit *u, struct place at)
{
	struct policy *p = push_filter(u, "MemoryDenyWriteExecute", at);

	deny_bits(u, p, "mmap", FIELD_ARG0 + 2, constant_named("PROT_EXEC") | constant_named("PROT_WRITE"));
	deny_bits(u, p, "mprotect", FIELD_ARG0 + 2, constant_named("PROT_EXEC"));
	deny_bits(u, p, "pkey_mprotect", FIELD_ARG0 + 2, constant_named("PROT_EXEC"));
	deny_bits(u, p, "shmat", FIELD_ARG0 + 2, constant_named("SHM_EXEC"));
}

static void push_realtime(struct systemd_unit *u, struct place at)
{
	struct policy *p = push_filter(u, "RestrictRealtime", at);
	const uint64_t most = constant_named("SCHED_IDLE");

	for (uint64_t policy = 0; policy <= most; policy++) {
		const struct condition c = condition_on(FIELD_ARG0 + 1, policy < most ? TEST_EQ : TEST_GT, policy, at);

		if (policy != constant_named("SCHED_OTHER") && policy != constant_named("SCHED_BATCH"))
			deny_call(u, p, "sched_setscheduler", DENIES(EPERM), &c, 1);
	}
}

static void push_suid(struct systemd_unit *u, struct place at)
{
	struct policy *p = push_filter(u, "RestrictSUIDSGID", at);
	static const char *const bits[] = { "S_ISUID", "S_ISGID" };

	for (unsigned int i = 0; i < 2; i++) {
		const uint64_t mode = constant_named(bits[i]), creates = constant_named("O_CREAT");
		struct condition c[2] = { condition_on(FIELD_ARG0 + 2, TEST_EQ, creates, at),
					  condition_on(FIELD_ARG0 + 3, TEST_EQ, mode, at) };

		c[0].mask = creates;
		c[1].mask = mode;
		deny_bits(u, p, "fchmod", FIELD_ARG0 + 1, mode);
		deny_bits(u, p, "fchmodat", FIELD_ARG0 + 2, mode);
		deny_bits(u, p, "fchmodat2", FIELD_ARG0 + 2, mode);
		deny_bits(u, p, "mkdirat", FIELD_ARG0 + 2, mode);
		deny_bits(u, p, "mknodat", FIELD_ARG0 + 2, mode);
		deny_call(u, p, "openat", DENIES(EPERM), c, 2);
	}
	deny_call(u, p, "openat2", DENIES(ENOSYS), NULL, 0);
}

static void push_namespaces(struct systemd_unit *u)
{
	static const char *const all[] = { "CLONE_NEWCGROUP", "CLONE_NEWIPC",  "CLONE_NEWNET", "CLONE_NEWNS",
					   "CLONE_NEWPID",    "CLONE_NEWUSER", "CLONE_NEWUTS", "CLONE_NEWTIME" };
	struct place at = u->namespaces_at;
	struct policy *p = push_filter(u, "RestrictNamespaces", at);
	const struct condition none = condition_on(FIELD_ARG0 + 1, TEST_EQ, 0, at);

	deny_call(u, p, "clone3", DENIES(ENOSYS), NULL, 0);
	deny_call(u, p, "setns", DENIES(EPERM), &none, u->namespaces == 0 ? 0 : 1);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const uint64_t flag = constant_named(all[i]);

		if ((u->namespaces & flag) != 0)
			continue;
		deny_bits(u, p, "unshare", FIELD_ARG0, flag);
		deny_bits(u, p, "clone", FIELD_ARG0, flag);
		if (u->namespaces != 0)
			deny_bits(u, p, "setns", FIELD_ARG0 + 1, flag);
	}
}

static void push_archs(struct systemd_unit *u)
{
	push_filter(u, "SystemCallArchitectures", u->archs_at)->foreign = SECCOMP_RET_KILL_THREAD;
}

static void push_personality(struct systemd_unit *u, struct place at)
{
	struct policy *p = push_filter(u, "LockPersonality", at);
	const struct condition c = condition_on(FIELD_ARG0, TEST_NE, constant_named("PER_LINUX"), at);

	deny_call(u, p, "personality", DENIES(EPERM), &c, 1);
}

static void know_call(void *known, const struct call *call)
{
	if (call->nr < SECCOMP_GATE_NRS)
		((bool *)known)[call->nr] = true;
}

/*
 * Of a list of what is allowed, systemd 257 refuses the calls that it knows and that are not in it;
 * numbers that it does not know are answered as by a kernel that has no such call.
 */
static void add_unknown(struct systemd_unit *u, struct policy *p)
{
	bool known[SECCOMP_GATE_NRS] = { false };

	systemd_each_call(u->version, "@known", 6, know_call, known);
	for (uint32_t first = 0, last; first < SECCOMP_GATE_NRS; first = last + 1) {
		struct condition c[2];
		struct rule *r;

		last = first;
		if (known[first])
			continue;
		while (last + 1 < SECCOMP_GATE_NRS && !known[last + 1])
			last++;
		c[0] = condition_on(FIELD_NR, TEST_GE, first, p->at);
		c[1] = condition_on(FIELD_NR, TEST_LE, last, p->at);
		r = scan_rule(u->stack, p, NULL, DENIES(ENOSYS), p->at, p->at);
		rule_set_conditions(u->stack, r, c, last + 1 < SECCOMP_GATE_NRS ? 2 : 1);
		r->implied = true;
		r->comment = "systemd 257: calls that it does not know do not exist";
	}
}

static void push_calls(struct systemd_unit *u, const char *setting, const struct systemd_calls *list, uint32_t listed,
		       uint32_t others)
{
	struct policy *p = push_filter(u, setting, list->at);

	p->otherwise = others;
	for (uint32_t nr = 0; nr < sizeof(list->calls) / sizeof(list->calls[0]); nr++) {
		const struct systemd_call *c = &list->calls[nr];
		struct rule *r;

		if (!c->in && c->off_at.source == NULL)
			continue;
		r = scan_rule(u->stack, p, call_by_number(nr),
			      c->err >= 0 && listed != SECCOMP_RET_ALLOW ? DENIES((uint32_t)c->err) : listed, c->at,
			      c->at);
		if (!c->in) {
			r->inactive = arena_print(u->stack->arena, "%s takes it off the list again",
						  say_place(u->stack->arena, c->off_at, false));
			r->inactive_at = c->off_at;
		}
	}
	if (setting[10] == 'F' && list->allow_list) {
		if (u->err_at.source != NULL)
			p->otherwise_at = u->err_at;
		if (u->version >= 257)
			add_unknown(u, p);
	}
	for (size_t i = 0; i < u->names->n_missing; i++)
		policy_add_missing(u->stack, p, u->names->missing[i].name, u->names->missing[i].at);
	u->names->n_missing = 0;
}

unsigned int systemd_push(struct systemd_unit *u)
{
	const unsigned int before = u->stack->depth;
	const struct systemd_switch *s = u->switches;
	const uint32_t denied = u->err == SYSTEMD_KILL ? SECCOMP_RET_KILL_PROCESS : DENIES((uint32_t)u->err);

	if (s[PROTECT_HOSTNAME].on)
		push_hostname(u, s[PROTECT_HOSTNAME].at);
	if (u->families_allow_list || u->families_given)
		push_families(u);
	if (s[MEMORY_DENY_WRITE_EXECUTE].on)
		push_write_execute(u, s[MEMORY_DENY_WRITE_EXECUTE].at);
	if (s[RESTRICT_REALTIME].on)
		push_realtime(u, s[RESTRICT_REALTIME].at);
	if (s[RESTRICT_SUID_SGID].on)
		push_suid(u, s[RESTRICT_SUID_SGID].at);
	if (u->namespaces != SYSTEMD_NAMESPACES_INITIAL)
		push_namespaces(u);
	if (s[PROTECT_KERNEL_MODULES].on)
		push_group(u, "ProtectKernelModules", s[PROTECT_KERNEL_MODULES].at, "@module");
	if (s[PROTECT_KERNEL_LOGS].on)
		deny_call(u, push_filter(u, "ProtectKernelLogs", s[PROTECT_KERNEL_LOGS].at), "syslog", DENIES(EPERM),
			  NULL, 0);
	if (s[PROTECT_CLOCK].on)
		push_group(u, "ProtectClock", s[PROTECT_CLOCK].at, "@clock");
	if (s[PRIVATE_DEVICES].on)
		push_group(u, "PrivateDevices", s[PRIVATE_DEVICES].at, "@raw-io");
	if (u->archs_given)
		push_archs(u);
	if (s[LOCK_PERSONALITY].on)
		push_personality(u, s[LOCK_PERSONALITY].at);
	if (u->log.given)
		push_calls(u, "SystemCallLog", &u->log, u->log.allow_list ? SECCOMP_RET_LOG : SECCOMP_RET_ALLOW,
			   u->log.allow_list ? SECCOMP_RET_ALLOW : SECCOMP_RET_LOG);
	if (u->filter.given)
		push_calls(u, "SystemCallFilter", &u->filter, u->filter.allow_list ? SECCOMP_RET_ALLOW : denied,
			   u->filter.allow_list ? denied : SECCOMP_RET_ALLOW);
	return u->stack->depth - before;
}

bool systemd_keep(struct stack *stack, struct policy *before, const struct source *source, const char *setting)
{
	const char *ending = arena_print(stack->arena, " (%s)", setting), *names = "";

	for (struct policy *p = before != NULL ? before->newer : stack->oldest; p != NULL; p = p->newer) {
		const char *bracket = strrchr(p->name, ' ');

		if (strcmp(bracket, ending) == 0) {
			*(before != NULL ? &before->newer : &stack->oldest) = p;
			p->newer = NULL;
			stack->newest = p;
			return true;
		}
		names = arena_print(stack->arena, "%s%s%.*s", names, *names != '\0' ? ", " : "",
				    (int)strlen(bracket) - 3, bracket + 2);
	}
	return note_error(stack->notes, source_whole(source), names, "makes no filter of %s, but of:", setting);
}
