/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * convert_json.c - a policy of rules as an OCI profile.
 *
 * In a profile the order of rules means nothing; libseccomp decides which of two that overlap wins.
 * So what was written is read again, as a runtime would, and proved equal to the policy; where it
 * is not, the policy cannot be said so.
 */
#include "convert.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "action_words.h"
#include "constants.h"
#include "json_write.h"
#include "say.h"

/* The action's keys; EXTRA is the key of its errno. */
static void write_action(FILE *to, const char *key, const char *extra, uint32_t ret)
{
	bool number;
	int n;
	const char *word = action_word(ACTION_OCI, ret, &n, &number);

	fprintf(to, "\"%s\": \"SCMP_ACT_%.*s\"", key, n, word);
	if (number)
		fprintf(to, ", \"%s\": %" PRIu32, extra, ret & SECCOMP_RET_DATA);
}

/* One condition. False: no operator of the form says it. */
static bool write_condition(FILE *to, const struct condition *c)
{
	static const char *const operators[] = {
		[TEST_EQ] = "EQ", [TEST_NE] = "NE", [TEST_LT] = "LT",
		[TEST_LE] = "LE", [TEST_GT] = "GT", [TEST_GE] = "GE",
	};
	const uint64_t mask = c->width == 32 ? (uint32_t)c->mask : c->mask;

	if (c->field > 5 || (mask != UINT64_MAX && c->test != TEST_EQ))
		return false;
	if (mask != UINT64_MAX)
		fprintf(to,
			"{ \"index\": %u, \"value\": %" PRIu64 ", \"valueTwo\": %" PRIu64
			", \"op\": \"SCMP_CMP_MASKED_EQ\" }",
			(unsigned int)c->field, mask, c->value);
	else
		fprintf(to, "{ \"index\": %u, \"value\": %" PRIu64 ", \"op\": \"SCMP_CMP_%s\" }",
			(unsigned int)c->field, c->value, operators[c->test]);
	return true;
}

static bool write_rule(FILE *to, struct stack *stack, const struct rule *r)
{
	const struct call *call = r->every_call ? NULL : call_by_number(r->nr);

	if (call == NULL)
		return note_error(stack->notes, r->at, "",
				  "an OCI profile has names of calls only, and this rule is for %s",
				  r->every_call ? "every call" : "a number without a name");
	fprintf(to, "    { \"names\": [\"%s\"], ", call->name);
	write_action(to, "action", "errnoRet", r->ret);
	if (r->n_conditions > 0)
		fputs(", \"args\": [", to);
	for (size_t i = 0; i < r->n_conditions; i++) {
		fputs(i > 0 ? ", " : "", to);
		if (!write_condition(to, &r->conditions[i]))
			return note_error(stack->notes, r->conditions[i].at, "",
					  "an OCI profile has no operator for %s",
					  say_condition(stack->arena, call_by_number(r->nr), &r->conditions[i]));
	}
	if (r->n_conditions > 0)
		fputs("]", to);
	if (r->comment != NULL && !r->implied) {
		fputs(", \"comment\": ", to);
		json_put_string(to, r->comment, strlen(r->comment));
	}
	fputs(" }", to);
	return true;
}

static bool write_profile(FILE *to, struct stack *stack, const struct policy *p)
{
	bool first = true;

	fputs("{\n  ", to);
	write_action(to, "defaultAction", "defaultErrnoRet", p->otherwise);
	fputs(",\n  \"architectures\": [\"SCMP_ARCH_RISCV64\"],\n  \"syscalls\": [\n", to);
	for (size_t i = 0; i < p->n_rules; i++) {
		if (p->rules[i].inactive != NULL || p->rules[i].implied || p->rules[i].ret == p->otherwise)
			continue;
		fputs(first ? "" : ",\n", to);
		first = false;
		if (!write_rule(to, stack, &p->rules[i]))
			return false;
	}
	fputs("\n  ]\n}\n", to);
	return true;
}

/* Is there a rule that only runc makes? */
static bool is_of_runc(const struct policy *p)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].implied)
			return true;
	return false;
}

/* Reads TEXT as a runtime would, and asks whether it is P. */
static bool is_same_policy(struct stack *stack, const struct policy *p, const char *text, size_t n)
{
	struct arena arena = { 0 };
	struct notes notes = { .arena = &arena };
	struct stack again = { .arena = &arena, .notes = &notes };
	const struct read_options how = { .from = "oci", .runtime = is_of_runc(p) ? "docker" : "crun" };
	struct subject was = { .policy = p }, is = { 0 };
	struct seccomp_data example = { 0 };
	struct asker asker;
	enum ask_answer answer = ASK_NO;

	ask_init(&asker, 0);
	if (read_source(&again, source_text(&arena, p->name, text, n), &how)) {
		is.policy = again.oldest;
		/*
		 * Calls of other architectures never come on riscv64; a profile kills their thread.
		 */
		again.oldest->foreign = p->foreign;
		again.oldest->every_arch = p->every_arch;
		answer = ask_equal(&asker, &(struct side){ &was, 1 }, &(struct side){ &is, 1 }, &example);
		if (answer == ASK_UNDECIDED)
			note_error(stack->notes, p->at, "",
				   "whether an OCI profile can say this policy, the solver could not tell");
		if (answer == ASK_NO)
			note_error(
				stack->notes, p->at, "",
				"an OCI profile cannot say this policy, whose rules have an order: of %s it would say %s instead of %s",
				say_call(stack->arena, &example),
				say_answer(stack->arena, policy_meaning(again.oldest, &example, NULL)),
				say_answer(stack->arena, policy_meaning(p, &example, NULL)));
	}
	ask_free(&asker);
	arena_free(&arena);
	return answer == ASK_YES;
}

bool convert_json(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	char *text = NULL;
	size_t n = 0;
	FILE *memory;
	bool good;

	(void)insns;
	(void)len;
	if (p->program != NULL)
		return note_error(stack->notes, p->at, "--to=asm has its instructions",
				  "an OCI profile has rules, and this is a program");
	memory = open_memstream(&text, &n);
	if (memory == NULL)
		return note_error(stack->notes, p->at, "", "out of memory");
	good = write_profile(memory, stack, p);
	fclose(memory);
	good = good && is_same_policy(stack, p, text, n);
	if (good)
		fwrite(text, 1, n, to);
	free(text);
	return good;
}
