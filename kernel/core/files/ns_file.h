/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns_file.h - files that stand for namespaces: the links of /proc/PID/ns lead to them, and setns
 * takes them. [fs/nsfs.c]
 */
#pragma once

#include "inode.h"
#include "ns.h"

struct file;
struct pidns;
struct userns;

/* Kinds of namespaces besides those of enum ns_which. */
enum { NS_USER = NS_KINDS, NS_PID, NS_PID_CHILDREN, NS_FILES };

/* A namespace of any kind. */
struct ns_ref {
	unsigned which; /* its kind, of enum ns_which or NS_USER or NS_PID: which member is valid */
	union {
		struct ns *ns;
		struct userns *userns;
		struct pidns *pidns;
	};
};

/*
 * Stores in *R, without a reference, T's namespace of kind WHICH; NS_PID_CHILDREN: the one in which
 * its children will live. False: the image has no such kind.
 */
bool ns_ref_of(const struct task *t, unsigned which, struct ns_ref *r);
/*
 * The number of R's namespace in /proc/PID/ns; the CLONE_NEW* flag of its kind; the name of kind
 * WHICH in /proc/PID/ns.
 */
uint32_t ns_ref_ino(const struct ns_ref *r);
uint64_t ns_ref_flag(const struct ns_ref *r);
const char *ns_ref_name(unsigned which);
/*
 * Makes a file that stands for R's namespace, and holds it: 0 and a reference in *OUT, or -ENOMEM.
 */
[[nodiscard]] int ns_file_make(const struct ns_ref *r, struct inode **out);
/* Does I stand for a namespace? */
bool ns_file_is(const struct inode *i);
/* Stores the namespace that F stands for in *R, without a reference. False: F stands for none. */
bool ns_file_ref(const struct file *f, struct ns_ref *r);
