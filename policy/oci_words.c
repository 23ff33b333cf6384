/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oci_words.c - the words of an OCI profile: actions with their errno, flags.
 */
#include <string.h>

#include <abi/errno.h>
#include "action_words.h"
#include "oci.h"

const struct json *oci_find(const struct json *object, const char *key)
{
	const struct json *found = NULL;

	for (const struct json *e = object != NULL ? object->first : NULL; e != NULL; e = e->next)
		if (strcasecmp(e->key, key) == 0)
			found = e;
	return found;
}

const struct json *oci_get(struct oci *o, const struct json *object, const char *key, enum json_kind kind, bool *bad)
{
	const struct json *v = oci_find(object, key);
	const struct json wanted = { .kind = kind };

	if (v == NULL || v->kind == JSON_NULL)
		return NULL;
	if (v->kind == kind)
		return v;
	note_error(o->stack->notes, v->at, "", "%s should be %s, and is %s", key, json_kind_name(&wanted),
		   json_kind_name(v));
	*bad = true;
	return NULL;
}

/*
 * The errno of an action: under NUMBER ("errnoRet") or, as Podman has it, as a name under
 * NAME ("errno"); EPERM if neither. TAKEN: the action RET has one.
 */
static bool read_errno(struct oci *o, const struct json *object, const char *number, const char *name, uint32_t ret,
		       bool taken, uint32_t *data)
{
	bool bad = false;
	const struct json *n = oci_get(o, object, number, JSON_NUMBER, &bad);
	const struct json *s = oci_get(o, object, name, JSON_STRING, &bad);
	const struct json *given = n;
	uint64_t value = EPERM;

	*data = EPERM;
	if (bad)
		return false;
	if (n != NULL && !json_number(n, &value))
		return note_error(o->stack->notes, n->at, "", "%s is no whole number", number);
	/* Docker does not know the name. */
	if (s != NULL && *s->text != '\0' && o->runtime == OCI_PODMAN) {
		given = s;
		for (value = 1; value < 134; value++)
			if (strerrorname_np((int)value) != NULL && strcmp(strerrorname_np((int)value), s->text) == 0)
				break;
		if (value == 134)
			return note_error(o->stack->notes, s->at, "a name such as \"ENOSYS\"", "no such errno: %s",
					  s->text);
	}
	if (given == NULL)
		return true;
	if (!taken) {
		if (o->runtime != OCI_DOCKER)
			return note_error(o->stack->notes, given->at, "take it away",
					  "an errno for an action that has none; crun refuses the profile");
		note_warning(o->stack->notes, given->at, "take it away",
			     "an errno for an action that has none is ignored");
	}
	if (value > 0xffff)
		note_warning(o->stack->notes, given->at, "errno numbers are at most 4095",
			     "only the lower 16 bits count: %u", (unsigned int)(value & 0xffff));
	else if (value > 4095 && ret == SECCOMP_RET_ERRNO)
		note_warning(o->stack->notes, given->at, "", "an errno over 4095 is delivered as 4095");
	*data = (uint32_t)value & 0xffff;
	return true;
}

bool oci_action(struct oci *o, const struct json *object, const char *key, const char *number, const char *name,
		uint32_t *ret)
{
	bool bad = false;
	const struct json *v = oci_get(o, object, key, JSON_STRING, &bad);
	const char *hint = arena_print(o->stack->arena, "one of %s", action_proposals(o->stack->arena, ACTION_OCI));
	bool numbered;
	uint32_t data;

	if (bad)
		return false;
	if (v == NULL)
		return note_error(o->stack->notes, object->at, hint, "%s is missing", key);
	if (strncmp(v->text, "SCMP_ACT_", 9) != 0 ||
	    !action_find(ACTION_OCI, v->text + 9, strlen(v->text + 9), ret, &numbered))
		return note_error(o->stack->notes, v->at, hint, "no such action: %s", v->text);
	if (!read_errno(o, object, number, name, *ret, numbered, &data))
		return false;
	if (numbered)
		*ret |= data;
	o->notifies |= *ret == SECCOMP_RET_USER_NOTIF;
	return true;
}

bool oci_flags(struct oci *o, const struct json *profile)
{
	static const struct {
		const char *name;
		uint32_t flag;
	} known[] = {
		{ "SECCOMP_FILTER_FLAG_TSYNC", SECCOMP_FILTER_FLAG_TSYNC },
		{ "SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG },
		{ "SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW },
		{ "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV },
	};
	bool bad = false;
	const struct json *flags = oci_get(o, profile, "flags", JSON_ARRAY, &bad);

	/* No word about flags, not even the empty list: both runtimes then say SPEC_ALLOW. */
	if (flags == NULL) {
		o->policy->flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW;
		return !bad;
	}
	o->policy->flags_at = flags->at;
	for (const struct json *f = flags->first; f != NULL; f = f->next) {
		size_t i = 0;

		while (i < 4 && (f->kind != JSON_STRING || strcmp(f->text, known[i].name) != 0))
			i++;
		if (i == 4)
			return note_error(
				o->stack->notes, f->at,
				"one of SECCOMP_FILTER_FLAG_LOG, SPEC_ALLOW, TSYNC, WAIT_KILLABLE_RECV, with that beginning",
				"no such flag; the runtime refuses the profile");
		o->policy->flags |= known[i].flag;
	}
	return true;
}

static bool is_word(const char *word, const char *const *words)
{
	while (*words != NULL && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

bool oci_is_arch(const char *name)
{
	return is_word(name, WORDS("386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mips64n32",
				   "mipsel", "mipsel64", "mipsel64n32", "mipsle", "ppc64", "ppc64le", "riscv64", "s390",
				   "s390x", "x32", "x86"));
}

/* Is it an architecture of libseccomp's, as the specification writes them? */
static bool is_arch(const struct json *v)
{
	return v->kind == JSON_STRING && strncmp(v->text, "SCMP_ARCH_", 10) == 0 &&
	       is_word(v->text + 10,
		       WORDS("X86", "X86_64", "X32", "ARM", "AARCH64", "LOONGARCH64", "M68K", "MIPS", "MIPS64",
			     "MIPS64N32", "MIPSEL", "MIPSEL64", "MIPSEL64N32", "PARISC", "PARISC64", "PPC", "PPC64",
			     "PPC64LE", "RISCV64", "S390", "S390X", "SH", "SHEB"));
}

static bool check_arch(struct oci *o, const struct json *v)
{
	return v == NULL || is_arch(v) ||
	       note_error(o->stack->notes, v->at, "such as SCMP_ARCH_RISCV64", "no such architecture");
}

/* One of "archMap": an architecture, and those whose programs it runs, too. */
static bool check_mapped(struct oci *o, const struct json *v)
{
	bool bad = false, good;
	const struct json *subs;

	if (v->kind != JSON_OBJECT)
		return note_error(o->stack->notes, v->at, "{ \"architecture\": ..., \"subArchitectures\": [...] }",
				  "an object should be here");
	oci_note_unknown_keys(o, v, WORDS("architecture", "subArchitectures"));
	good = check_arch(o, oci_get(o, v, "architecture", JSON_STRING, &bad));
	subs = oci_get(o, v, "subArchitectures", JSON_ARRAY, &bad);
	for (const struct json *sub = subs != NULL ? subs->first : NULL; sub != NULL; sub = sub->next)
		good = check_arch(o, sub) && good;
	return good && !bad;
}

bool oci_check_arches(struct oci *o, const struct json *profile)
{
	bool bad = false, good = true;
	const struct json *list = oci_get(o, profile, "architectures", JSON_ARRAY, &bad);
	const struct json *map = oci_get(o, profile, "archMap", JSON_ARRAY, &bad);

	if (bad)
		return false;
	if (list != NULL && list->n > 0 && map != NULL && map->n > 0)
		return note_error(o->stack->notes, map->at, "keep one of them",
				  "both architectures and archMap are here");
	for (const struct json *a = list != NULL ? list->first : NULL; a != NULL; a = a->next)
		good = check_arch(o, a) && good;
	for (const struct json *m = map != NULL ? map->first : NULL; m != NULL; m = m->next)
		good = check_mapped(o, m) && good;
	return good;
}
