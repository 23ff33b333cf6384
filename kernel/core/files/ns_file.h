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

/* Besides those of enum ns_which. */
enum { NS_USER = NS_KINDS, NS_PID, NS_PID_CHILDREN, NS_FILES };

/* Which one, of which kind. */
struct ns_ref {
	unsigned which; /* NS_PID_CHILDREN is NS_PID here */
	union {
		struct ns *ns;
		struct userns *userns;
		struct pidns *pidns;
	};
};

/* The namespace of kind WHICH that T has, without a reference: false: there is no such kind. */
bool ns_ref_of(const struct task *t, unsigned which, struct ns_ref *r);
/* Its number and, as in clone, its flag; its kind's name. */
uint32_t ns_ref_ino(const struct ns_ref *r);
uint64_t ns_ref_flag(const struct ns_ref *r);
const char *ns_ref_name(unsigned which);
/* A file that stands for R, and holds it: 0 and a reference in *OUT, or -ENOMEM. */
[[nodiscard]] int ns_file_make(const struct ns_ref *r, struct inode **out);
bool ns_file_is(const struct inode *i);
/* What F stands for, without a reference; false: for no namespace. */
bool ns_file_ref(const struct file *f, struct ns_ref *r);
