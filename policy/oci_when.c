/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oci_when.c - for whom a rule of an OCI profile stands: includes and excludes, by
 * architecture, capabilities, kernel.
 *
 * As moby's profiles/seccomp and containers/common's pkg/seccomp do it: excludes first; of
 * includes.caps every one is needed.
 */
#include <stdio.h>
#include <string.h>

#include <abi/capability.h>
#include "oci.h"

/* [linux/capability.h] */
static const char *const cap_names[] = {
	"CHOWN",
	"DAC_OVERRIDE",
	"DAC_READ_SEARCH",
	"FOWNER",
	"FSETID",
	"KILL",
	"SETGID",
	"SETUID",
	"SETPCAP",
	"LINUX_IMMUTABLE",
	"NET_BIND_SERVICE",
	"NET_BROADCAST",
	"NET_ADMIN",
	"NET_RAW",
	"IPC_LOCK",
	"IPC_OWNER",
	"SYS_MODULE",
	"SYS_RAWIO",
	"SYS_CHROOT",
	"SYS_PTRACE",
	"SYS_PACCT",
	"SYS_ADMIN",
	"SYS_BOOT",
	"SYS_NICE",
	"SYS_RESOURCE",
	"SYS_TIME",
	"SYS_TTY_CONFIG",
	"MKNOD",
	"LEASE",
	"AUDIT_WRITE",
	"AUDIT_CONTROL",
	"SETFCAP",
	"MAC_OVERRIDE",
	"MAC_ADMIN",
	"SYSLOG",
	"WAKE_ALARM",
	"BLOCK_SUSPEND",
	"AUDIT_READ",
	"PERFMON",
	"BPF",
	"CHECKPOINT_RESTORE",
};

#define CAPS (sizeof(cap_names) / sizeof(cap_names[0]))
#define CAP(name) (UINT64_C(1) << CAP_##name)

/* What containers have that are started with no word about capabilities. */
#define PODMAN_CAPS                                                                                       \
	(CAP(CHOWN) | CAP(DAC_OVERRIDE) | CAP(FOWNER) | CAP(FSETID) | CAP(KILL) | CAP(NET_BIND_SERVICE) | \
	 CAP(SETFCAP) | CAP(SETGID) | CAP(SETPCAP) | CAP(SETUID) | CAP(SYS_CHROOT))
#define DOCKER_CAPS (PODMAN_CAPS | CAP(AUDIT_WRITE) | CAP(MKNOD) | CAP(NET_RAW))

_Static_assert(CAP_CHECKPOINT_RESTORE == CAPS - 1, "every capability has a name");

/* The number of the capability of that name, with or without CAP_, or -1. */
static int find_cap(const char *name, size_t n)
{
	if (n > 4 && strncasecmp(name, "CAP_", 4) == 0) {
		name += 4;
		n -= 4;
	}
	for (size_t i = 0; i < CAPS; i++)
		if (strlen(cap_names[i]) == n && strncasecmp(cap_names[i], name, n) == 0)
			return (int)i;
	return -1;
}

static bool set_caps(struct oci *o, const char *list)
{
	const char *word = list;

	while (*word != '\0') {
		size_t n = strcspn(word, ",");
		const bool drop = *word == '-';
		const char *name = word + (drop || *word == '+');
		const size_t length = n - (size_t)(name - word);
		const int cap = find_cap(name, length);

		if (length == 3 && strncasecmp(name, "all", 3) == 0)
			o->caps = drop ? 0 : (UINT64_C(1) << CAPS) - 1;
		else if (length == 4 && strncasecmp(name, "none", 4) == 0)
			o->caps = 0;
		else if (cap < 0)
			return note_error(o->stack->notes, (struct place){ 0 },
					  "a list such as +SYS_ADMIN,-CHOWN; or none,KILL; or all",
					  "--caps: no such capability: %.*s", (int)length, name);
		else if (drop)
			o->caps &= ~(UINT64_C(1) << cap);
		else
			o->caps |= UINT64_C(1) << cap;
		word += n + (word[n] == ',');
	}
	return true;
}

/* "6.1" or "6.1.0-13-amd64": the first two numbers. */
static bool read_version(const char *text, unsigned int version[2])
{
	return sscanf(text, "%5u.%5u", &version[0], &version[1]) == 2;
}

bool oci_set_options(struct oci *o, const struct read_options *options)
{
	static const struct {
		const char *name;
		enum oci_runtime runtime;
	} runtimes[] = {
		{ "docker", OCI_DOCKER },
		{ "runc", OCI_DOCKER },
		{ "podman", OCI_PODMAN },
		{ "crun", OCI_CRUN },
	};
	const char *name = options->runtime != NULL ? options->runtime : "docker";
	size_t i = 0;

	while (i < 4 && strcmp(runtimes[i].name, name) != 0)
		i++;
	if (i == 4)
		return note_error(o->stack->notes, (struct place){ 0 }, "one of docker (or runc), podman, crun",
				  "--runtime: no such runtime: %s", name);
	o->runtime = runtimes[i].runtime;
	o->caps = o->runtime == OCI_PODMAN ? PODMAN_CAPS : DOCKER_CAPS;
	if (!read_version(options->kernel != NULL ? options->kernel : "6.1", o->kernel))
		return note_error(o->stack->notes, (struct place){ 0 }, "a version such as 6.1",
				  "--kernel: no version: %s", options->kernel);
	return options->caps == NULL || set_caps(o, options->caps);
}

static const char *judge_cap(struct oci *o, const struct json *word, bool excludes)
{
	const int cap = find_cap(word->text, strlen(word->text));
	const bool has = cap >= 0 && (o->caps >> cap & 1) != 0;

	if (cap < 0)
		note_warning(o->stack->notes, word->at, "names are those of capabilities(7), such as CAP_SYS_ADMIN",
			     "no such capability: %s", word->text);
	if (excludes && has)
		return arena_print(o->stack->arena, "excludes.caps has %s, which the container has", word->text);
	if (!excludes && !has)
		return arena_print(o->stack->arena, "includes.caps wants %s", word->text);
	return NULL;
}

/* Why the first capability of LIST that matters makes the rule inactive; NULL: none does. */
static const char *judge_caps(struct oci *o, const struct json *list, bool excludes, struct place *at)
{
	for (const struct json *w = list != NULL ? list->first : NULL; w != NULL; w = w->next) {
		const char *why = judge_cap(o, w, excludes);

		if (why != NULL) {
			*at = w->at;
			return why;
		}
	}
	return NULL;
}

static const char *judge_arches(struct oci *o, const struct json *list, bool excludes, struct place *at)
{
	if (list == NULL || list->n == 0)
		return NULL;
	*at = list->at;
	for (const struct json *w = list->first; w != NULL; w = w->next)
		if (!oci_is_arch(w->text))
			note_warning(o->stack->notes, w->at, "names are Go's: riscv64, amd64, arm64 ...",
				     "no such architecture: %s", w->text);
	for (const struct json *w = list->first; w != NULL; w = w->next) {
		if (strcmp(w->text, "riscv64") == 0) {
			*at = w->at;
			return excludes ? "excludes.arches has riscv64" : NULL;
		}
	}
	return excludes ? NULL : arena_print(o->stack->arena, "includes.arches has not riscv64");
}

static const char *judge_kernel(struct oci *o, const struct json *min, bool excludes, struct place *at, bool *bad)
{
	unsigned int version[2];
	bool reached;

	/* containers/common does not know the key. */
	if (min == NULL || o->runtime == OCI_PODMAN)
		return NULL;
	*at = min->at;
	if (!read_version(min->text, version) || strspn(min->text, "0123456789.") != strlen(min->text)) {
		*bad = true;
		note_error(o->stack->notes, min->at, "a version is written \"4.8\"", "no version of a kernel");
		return NULL;
	}
	reached = o->kernel[0] > version[0] || (o->kernel[0] == version[0] && o->kernel[1] >= version[1]);
	if (reached != excludes)
		return NULL;
	return arena_print(o->stack->arena, "%s.minKernel is %s, and the kernel %u.%u",
			   excludes ? "excludes" : "includes", min->text, o->kernel[0], o->kernel[1]);
}

/* A list of strings under KEY, or NULL. */
static const struct json *get_strings(struct oci *o, const struct json *object, const char *key, bool *bad)
{
	const struct json *list = oci_get(o, object, key, JSON_ARRAY, bad);

	for (const struct json *w = list != NULL ? list->first : NULL; w != NULL; w = w->next) {
		if (w->kind != JSON_STRING) {
			note_error(o->stack->notes, w->at, "", "%s should be a list of strings", key);
			*bad = true;
			return NULL;
		}
	}
	return list;
}

static const char *judge_conditions(struct oci *o, const struct json *entry, bool excludes, struct place *at, bool *bad)
{
	const struct json *when = oci_get(o, entry, excludes ? "excludes" : "includes", JSON_OBJECT, bad);
	const struct json *arches = get_strings(o, when, "arches", bad);
	const struct json *caps = get_strings(o, when, "caps", bad);
	const struct json *min = oci_get(o, when, "minKernel", JSON_STRING, bad);
	const char *why = NULL;

	if (when == NULL || *bad)
		return NULL;
	oci_note_unknown_keys(o, when, WORDS("arches", "caps", "minKernel"));
	why = judge_arches(o, arches, excludes, at);
	if (why == NULL)
		why = judge_caps(o, caps, excludes, at);
	return why != NULL ? why : judge_kernel(o, min, excludes, at, bad);
}

const char *oci_inactive(struct oci *o, const struct json *entry, struct place *at, bool *bad)
{
	const char *why = judge_conditions(o, entry, true, at, bad);

	return why != NULL || *bad ? why : judge_conditions(o, entry, false, at, bad);
}
