/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h - a supervisor in a few lines, for the programs that claim something about USER_NOTIF.
 *
 * The parent makes the listener and supervises; its child inherits filter and
 * descriptor and makes the calls.
 */
#pragma once

#include "guest.h"

#include <sys/ioctl.h>

#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS 0x40082104U
#endif
#define ID_VALID_WRONG_DIR 0x80082102U

/* Puts call nr to a supervisor, here and in all children: the listener. */
static inline int listen_for(long nr, unsigned flags)
{
	const long fd = INSTALL(flags | SECCOMP_FILTER_FLAG_NEW_LISTENER, ON(nr, SECCOMP_RET_USER_NOTIF));

	CHECK(fd >= 0);
	return (int)fd;
}

/* The next notification; waits for it. */
static inline struct seccomp_notif receive(int listener)
{
	struct seccomp_notif n;

	memset(&n, 0, sizeof(n));
	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n) == 0);
	return n;
}

static inline int answer(int listener, uint64_t id, int error, int64_t val, unsigned flags)
{
	struct seccomp_notif_resp r;

	memset(&r, 0, sizeof(r));
	r.id = id;
	r.error = error;
	r.val = val;
	r.flags = flags;
	return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &r);
}

static inline int id_valid(int listener, uint64_t id)
{
	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id);
}

/* What poll says of it now. */
static inline int polled(int listener)
{
	struct pollfd p = { listener, POLLIN | POLLOUT, 0 };

	CHECK(poll(&p, 1, 0) >= 0);
	return p.revents;
}
