/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oci.h - reading OCI profiles, between its parts: read_oci.c (the file), oci_when.c (for whom a
 * rule stands), oci_order.c (what libseccomp and runc make of the rules).
 */
#pragma once

#include "json.h"
#include "read.h"

enum oci_runtime {
	OCI_DOCKER, /* moby's profile as runc installs it */
	OCI_PODMAN, /* containers/common's profile as crun installs it */
	OCI_CRUN,   /* moby's profile as crun installs it */
};

/* rule.inactive of a rule that runtimes leave out, because it answers what the default answers. */
extern const char oci_left_out[];

struct oci {
	struct stack *stack;
	struct policy *policy;
	const struct source *source;
	enum oci_runtime runtime;
	uint64_t caps; /* bit CAP_X: the container has it */
	unsigned int kernel[2];
	uint32_t largest; /* the largest number that the profile names */
	bool notifies;
};

/* oci_when.c: takes --runtime, --caps and --kernel. False after an error. */
bool oci_set_options(struct oci *o, const struct read_options *options);

/*
 * Why the rule ENTRY (an object) does not stand: a clause and its place, or NULL and it
 * does. *BAD is set after an error.
 */
const char *oci_inactive(struct oci *o, const struct json *entry, struct place *at, bool *bad);

/*
 * oci_order.c: puts the rules into the order in which the first match is what libseccomp's tree
 * answers, runc's stub before them.
 */
void oci_order(struct oci *o);

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Warns of keys of OBJECT that the runtimes ignore, or that some might: that are not KNOWN. */
void oci_note_unknown_keys(struct oci *o, const struct json *object, const char *const *known);

/*
 * oci_words.c: "architectures" and "archMap" of the profile: what they name is checked; riscv64 is
 * always among them. False after an error.
 */
bool oci_check_arches(struct oci *o, const struct json *profile);

/* oci_words.c: has Go an architecture of that name, or Docker's profiles? */
bool oci_is_arch(const char *name);

/*
 * What OBJECT (or NULL) has under KEY, or NULL. Case counts for nothing: all runtimes read
 * profiles with Go's parser first.
 */
const struct json *oci_find(const struct json *object, const char *key);

/*
 * KEY of OBJECT if it is of that kind, NULL if it is not there or null;
 * else an error, and *BAD is set.
 */
const struct json *oci_get(struct oci *o, const struct json *object, const char *key, enum json_kind kind, bool *bad);

/*
 * oci_words.c: the action under KEY of OBJECT as a SECCOMP_RET_ word, its errno from under NUMBER
 * ("errnoRet") or, as Podman has it, from under NAME. False after an error.
 */
bool oci_action(struct oci *o, const struct json *object, const char *key, const char *number, const char *name,
		uint32_t *ret);

/* oci_words.c: the flags of the profile, into the policy. False after an error. */
bool oci_flags(struct oci *o, const struct json *profile);
