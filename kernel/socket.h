/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - pairs of connected unix sockets: bytes or messages both ways, descriptors with them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/socket.h>

#include "list.h"
#include "wait.h"

struct file;
struct uio;

/* Open files on their way. */
struct rights {
	struct list link; /* while they wait to be given up */
	uint32_t count;
	struct file *file[SCM_MAX_FD]; /* a reference each */
};

/* What came with the bytes, or goes with them. */
struct ancillary {
	struct rights *rights; /* owned; or NULL */
	struct ucred sender;
	bool truncated; /* the message was longer than the buffer */
};

struct socket {
	uint32_t type;
	struct socket *peer; /* NULL: closed */
	struct list queue;   /* struct message: what the peer sent */
	uint64_t queued;     /* bytes in it */
	bool shut_read, shut_write;
	bool refused;	       /* a datagram socket was told that its peer is gone */
	bool pass_credentials; /* SO_PASSCRED */
	int error;	       /* to be reported once: ECONNRESET */
	struct ucred peer_at_start;
	struct waitq changed; /* something came, or there is room at the peer's, or an end was shut */

	/* rights.c */
	struct file *file;   /* its opening, no reference */
	struct list all;     /* every socket there is */
	uint32_t in_flight;  /* how often it stands in queues */
	bool reachable;	     /* while garbage is looked for */
	struct list pending; /* then, too: reachable, and its queue not looked at yet */
};

/* In a queue. */
struct message {
	struct list link;
	uint64_t len, at; /* bytes, and how many of them were read */
	struct rights *rights;
	struct ucred sender;
	uint8_t data[];
};

static inline bool is_stream(const struct socket *s)
{
	return s->type == SOCK_STREAM;
}

/* ---- socket.c ---- */

/* The socket behind F; NULL: F is something else. */
struct socket *socket_of(const struct file *f);
/* Two sockets of TYPE, connected: 0 and their openings (O_NONBLOCK in FLAGS), or -ENOMEM. */
int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2]);
/*
 * Sends what FROM holds, A with it (its rights are taken over on success): bytes, or -EPIPE (with SIGPIPE on a stream, unless
 * MSG_NOSIGNAL), -ECONNREFUSED, -ECONNRESET, -EMSGSIZE, -EAGAIN, -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
/* No more bytes will come in, go out. */
void socket_shutdown(struct socket *s, bool read, bool write);
/* For socket_receive.c: the oldest message or NULL; gives one up; the pending error, once. */
struct message *socket_first(const struct socket *s);
void socket_drop(struct socket *s, struct message *m);
int socket_take_error(struct socket *s);
/* Sleeps until something changes: 0, -EAGAIN (O_NONBLOCK, MSG_DONTWAIT), -ERESTARTSYS. */
int socket_sleep(struct file *f, struct socket *s, uint32_t flags);

/* ---- socket_receive.c ---- */

/* Receives into TO; *A is filled in, and the caller then owns its rights: bytes, 0 at the end, or -errno. */
long socket_receive(struct file *f, struct uio *to, uint32_t flags, struct ancillary *a);

/* ---- rights.c: open files on their way, and the garbage they may become ---- */

/* Gives up R and its references; NULL is fine. */
void rights_free(struct rights *r);
/* R was put into a queue, or taken out of one; NULL is fine. */
void rights_sent(const struct rights *r);
void rights_received(const struct rights *r);
/* S was made with opening F; it is about to be freed. */
void rights_add_socket(struct socket *s, struct file *f);
void rights_remove_socket(struct socket *s);
/* Sockets that stand in queues. */
extern uint32_t rights_in_flight;
/*
 * Frees sockets that nobody can reach any more because all that refers to them are their own queues. To be called after a
 * descriptor was closed, when rights_in_flight is not 0. [unix_gc]
 */
void rights_collect(void);
