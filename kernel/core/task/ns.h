/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns.h - namespaces of mounts, names of the machine, System V objects, networks and control groups:
 * what they have in common. Those of users and processes are userns.h's and pidns.h's.
 *
 * A task has one of each kind; NULL is the initial one. What a kind holds is its module's
 * business; a kind that no module has registered is refused.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task;
struct userns;

/* Numbers of the initial ones of the other two kinds. [PROC_USER_INIT_INO, PROC_PID_INIT_INO] */
#define NS_USER_INITIAL 4026531837U
#define NS_PID_INITIAL 4026531836U

enum ns_which { NS_MNT, NS_UTS, NS_IPC, NS_NET, NS_CGROUP, NS_KINDS };

struct ns {
	uint32_t refs;	      /* tasks, and open files */
	uint32_t ino;	      /* what /proc/PID/ns shows; never used again */
	struct userns *owner; /* whose rights count in it; one reference */
};

struct ns_kind {
	const char *name; /* in /proc/PID/ns */
	uint64_t flag;	  /* CLONE_NEW* */
	uint32_t initial; /* number of the initial one */
	/*
	 * Makes a new one, like the current task's, for T, which is current or not there yet: 0
	 * or -errno.
	 */
	int (*create)(struct task *t, struct ns **out);
	void (*free)(struct ns *ns); /* with its memory */
	/* The current task has entered NS (NULL: the initial one): 0 or -errno. May be missing. */
	int (*enter)(struct ns *ns);
};

extern const struct ns_kind *ns_kinds[NS_KINDS];
void ns_register(enum ns_which which, const struct ns_kind *kind); /* boot */

/* NS, freshly made, belongs to T's user namespace. */
void ns_init(struct ns *ns, struct task *t);
struct ns *ns_get(struct ns *ns);
void ns_put(enum ns_which which, struct ns *ns);
/* Whose rights count in NS; NULL: the initial user namespace. */
static inline struct userns *ns_owner(const struct ns *ns)
{
	return ns != NULL ? ns->owner : NULL;
}

/* The kinds of FLAGS that nobody registered, or 0. */
uint64_t ns_missing(uint64_t flags);
/* T gets the current task's, or new ones of the kinds of FLAGS: 0, or -errno and nothing. */
[[nodiscard]] int ns_fork(struct task *t, uint64_t flags);
/* The current task gets new ones. */
[[nodiscard]] int ns_unshare(uint64_t flags);
/* The current task enters NS, whose reference is taken over on success. */
[[nodiscard]] int ns_enter(enum ns_which which, struct ns *ns);
void ns_release(struct task *t);
/* A number for the next namespace, of any kind. */
uint32_t ns_number(void);
