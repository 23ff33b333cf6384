/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control.h - the control messages of sendmsg and recvmsg. For sys_message.c, and inet_info.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct ancillary;
struct rights;
struct socket;

/* The room for control messages at a user address. */
struct control {
	uint64_t at, left;
	uint32_t flags; /* MSG_CTRUNC: something did not fit */
};

/*
 * Reads the control messages at [AT, AT + LEN), for S, into *A, whose rights the caller frees
 * whatever this returns: 0, -ENOBUFS (too long), -EFAULT, -EINVAL, -EBADF, -ENOMEM, and
 * socket_claim_cred()'s. [__scm_send]
 */
[[nodiscard]] int control_read(const struct socket *s, struct ancillary *a, uint64_t at, uint64_t len);
/*
 * Copies a control message of LEVEL and TYPE out. What does not fit is cut off: MSG_CTRUNC. If
 * memory cannot be reached, the message is missing, and nobody is told. [put_cmsg]
 */
void control_put(struct control *c, int32_t level, int32_t type, const void *data, uint64_t len);
/*
 * Installs as many files of R as there is room for their numbers, which are copied out: MSG_CTRUNC
 * if some are missing. The caller gives up the references of R. [scm_detach_fds]
 */
void control_put_files(struct control *c, const struct rights *r, bool cloexec);
