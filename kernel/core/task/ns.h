/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns.h - what five kinds of namespaces have in common: those of mounts, host names (UTS), System V
 * objects, networks and control groups. userns.h and pidns.h have those of users and processes.
 *
 * A task has one namespace of each kind; NULL is the initial one. What a namespace holds is its
 * module's business. A kind that no module has registered does not exist.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task;
struct userns;

/* The numbers of the initial user and pid namespace. [PROC_USER_INIT_INO, PROC_PID_INIT_INO] */
#define NS_USER_INITIAL 4026531837U
#define NS_PID_INITIAL 4026531836U

enum ns_which { NS_MNT, NS_UTS, NS_IPC, NS_NET, NS_CGROUP, NS_KINDS };

struct ns {
	uint32_t refs;	      /* tasks that are in it, and files that stand for it */
	uint32_t ino;	      /* its number in /proc/PID/ns, which is never used again */
	struct userns *owner; /* capabilities over it are those in this namespace; one reference */
};

/* What a module registers about its kind of namespaces. */
struct ns_kind {
	const char *name; /* in /proc/PID/ns */
	uint64_t flag;	  /* CLONE_NEW* */
	uint32_t initial; /* the number of the initial namespace */
	/*
	 * Makes a namespace with the contents of the current task's, for T, which is current or a
	 * child that nobody can find yet. 0 or -errno.
	 */
	int (*create)(struct task *t, struct ns **out);
	void (*free)(struct ns *ns); /* frees it, when nobody holds it any more */
	/*
	 * The current task is about to enter NS (NULL: the initial namespace): 0, or -errno if it
	 * may not. May be missing.
	 */
	int (*enter)(struct ns *ns);
};

extern const struct ns_kind *ns_kinds[NS_KINDS];
/* At boot, by a module. */
void ns_register(enum ns_which which, const struct ns_kind *kind);

/* Fills in NS, freshly made: one reference, a number, and T's user namespace as its owner. */
void ns_init(struct ns *ns, struct task *t);
/* Take a reference, and give one up. NULL is fine. */
struct ns *ns_get(struct ns *ns);
void ns_put(enum ns_which which, struct ns *ns);
/* The user namespace that owns NS; NULL: the initial one. */
static inline struct userns *ns_owner(const struct ns *ns)
{
	return ns != NULL ? ns->owner : NULL;
}

/* Those CLONE_NEW* in FLAGS whose kinds no module has registered. */
uint64_t ns_missing(uint64_t flags);
/*
 * For clone: T gets new namespaces of the kinds in FLAGS, and shares the current task's others. 0,
 * or -errno, and T has none.
 */
[[nodiscard]] int ns_fork(struct task *t, uint64_t flags);
/*
 * For unshare: the current task gets new namespaces of the kinds in FLAGS. 0, or -errno and no
 * change.
 */
[[nodiscard]] int ns_unshare(uint64_t flags);
/* For setns: the current task enters NS, whose reference is taken over on success. 0 or -errno. */
[[nodiscard]] int ns_enter(enum ns_which which, struct ns *ns);
/* T gives up its namespaces. */
void ns_release(struct task *t);
/* A number for the next namespace, of any kind. */
uint32_t ns_number(void);
