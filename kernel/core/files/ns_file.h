/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns_file.h - files that stand for namespaces: what the links of /proc/PID/ns lead to, and setns
 * takes. [fs/nsfs.c]
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
	unsigned which; /* its kind; NS_PID_CHILDREN becomes NS_PID */
	union {
		struct ns *ns;
		struct userns *userns;
		struct pidns *pidns;
	};
};

/*
 * Stores the namespace of kind WHICH that T has in *R, without a reference. False: there is no such
 * kind.
 */
bool ns_ref_of(const struct task *t, unsigned which, struct ns_ref *r);
/*
 * The inode number of R's namespace; the CLONE_NEW* flag of its kind; the name of kind WHICH in
 * /proc/PID/ns.
 */
uint32_t ns_ref_ino(const struct ns_ref *r);
uint64_t ns_ref_flag(const struct ns_ref *r);
const char *ns_ref_name(unsigned which);
/* Makes a file that stands for R, and holds it: 0 and a reference in *OUT, or -ENOMEM. */
[[nodiscard]] int ns_file_make(const struct ns_ref *r, struct inode **out);
/* Does I stand for a namespace? */
bool ns_file_is(const struct inode *i);
/* Stores the namespace that F stands for in *R, without a reference. False: F stands for none. */
bool ns_file_ref(const struct file *f, struct ns_ref *r);
