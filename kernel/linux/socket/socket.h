/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - unix sockets: bytes or messages both ways, descriptors with them; made in pairs,
 * or brought together by a name.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/socket.h>

#include "file.h"
#include "list.h"
#include "wait.h"

/* An address; counted when it is a socket's. */
struct socket_name {
	uint32_t refs;
	uint32_t len;	     /* as programs see it, with the family */
	struct inode *inode; /* what the path led to when it was bound: a reference; NULL: not a path */
	struct sockaddr_un address;
	char end; /* of the longest path */
};

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
	struct socket_name *name; /* received: the sender's, one reference; or NULL */
	uint64_t to;		  /* sent to another than the peer: its serial; or 0 */
	bool truncated;		  /* the message was longer than the buffer */
};

struct socket {
	uint32_t type;
	uint64_t serial;	  /* never used again */
	struct socket *peer;	  /* NULL: closed, or never connected; of a datagram socket whom it sends to */
	bool connected;		  /* it had one */
	struct socket_name *name; /* one reference, or NULL */
	struct list queue;	  /* struct message: what the peer sent */
	uint64_t queued;	  /* bytes in it */
	bool shut_read, shut_write;
	bool refused;	       /* a datagram socket has no peer, or was told that it is gone */
	bool pass_credentials; /* SO_PASSCRED */
	uint64_t kept;	       /* options without effect that were set, by number */
	uint64_t timeout[2];   /* SO_RCVTIMEO, SO_SNDTIMEO in ns, 0: not at all; NEVER when there is none */
	int error;	       /* to be reported once: ECONNRESET */
	struct ucred peer_at_start;
	/* socket_connect.c */
	bool listening;
	uint32_t backlog_max, backlog_len;
	/*
	 * Connected sockets that accept(2) is to give out, by waiting;
	 * their opening is one reference.
	 */
	struct list backlog;
	struct list waiting;

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
	struct socket_name *name; /* the sender's, one reference, or NULL */
	uint8_t data[];
};

static inline bool is_stream(const struct socket *s)
{
	return s->type == SOCK_STREAM;
}

/* ---- socket.c ---- */

/* The socket behind F; NULL: F is something else. */
struct socket *socket_of(const struct file *f);
/* A socket of TYPE on its own: its opening, or NULL. */
struct file *socket_create(uint32_t type, uint32_t flags);
/* Two sockets of TYPE, connected: 0 and their openings (O_NONBLOCK in FLAGS), or -ENOMEM. */
int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2]);
/*
 * Sends what FROM holds, A with it (its rights are taken over on success): bytes, or -EPIPE (with
 * SIGPIPE on a stream, unless MSG_NOSIGNAL), -ECONNREFUSED, -ECONNRESET, -EMSGSIZE, -EAGAIN,
 * -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
/* Those that wait for others than their peer look again: there may be room. */
void socket_wake_all(uint32_t type);
/* No more bytes will come in, go out. */
void socket_shutdown(struct socket *s, bool read, bool write);
/* For socket_receive.c: the oldest message or NULL; gives one up; the pending error, once. */
struct message *socket_first(const struct socket *s);
void socket_drop(struct socket *s, struct message *m);
int socket_take_error(struct socket *s);
/* When an operation of S that begins now has waited long enough. */
uint64_t socket_deadline(const struct socket *s, bool send);
/*
 * Sleeps until something changes: 0, -EAGAIN (O_NONBLOCK, MSG_DONTWAIT, DEADLINE), -EINTR
 * if there is one, -ERESTARTSYS.
 */
int socket_sleep(struct file *f, struct socket *s, uint32_t flags, uint64_t deadline);

/* ---- sys_socket.c ---- */

/* The socket behind descriptor FD, with a reference to its opening in *F: 0, -EBADF, -ENOTSOCK. */
int socket_get(uint64_t fd, struct file **f, struct socket **s);

/* ---- socket_name.c ---- */

static inline struct socket_name *socket_name_get(struct socket_name *n)
{
	if (n != NULL)
		n->refs++;
	return n;
}
void socket_name_put(struct socket_name *n); /* NULL is fine */
/*
 * *N, on the caller's stack, becomes the address of LEN bytes at UADDR: 0, -EINVAL, -EFAULT.
 * [move_addr_to_kernel, unix_validate_addr]
 */
int socket_name_read(struct socket_name *n, uint64_t uaddr, uint64_t len);
/*
 * Copies out N (NULL: as many bytes of the family alone as NONE says) and its length: 0,
 * -EFAULT, -EINVAL. [move_addr_to_user]
 */
int socket_name_write(const struct socket_name *n, uint32_t none, uint64_t uaddr, uint64_t ulen);
/*
 * The socket of TYPE that is called N: 0 or -ECONNREFUSED, -EPROTOTYPE, -EACCES, and what
 * path_walk() says. [unix_find_other]
 */
int socket_find(const struct socket_name *n, uint32_t type, struct socket **out);
/* bind(2): 0, -EADDRINUSE, -EINVAL (has a name), -ENOMEM, and what path_make() says. */
int socket_bind(struct socket *s, const struct socket_name *n);
/* The kernel finds a name that nobody has. [unix_autobind] */
int socket_bind_any(struct socket *s);

/* ---- socket_connect.c ---- */

/*
 * connect(2): 0, -ECONNREFUSED, -EISCONN, -EINVAL, -EPERM, -EAGAIN,
 * -ERESTARTSYS, and what socket_find() says.
 */
int socket_connect(struct file *f, const struct socket_name *n);
/* listen(2): 0, -EOPNOTSUPP, -EINVAL (no name, or connected). */
int socket_listen(struct socket *s, uint32_t backlog);
/*
 * accept(2): 0 and an opening with a reference; -EOPNOTSUPP, -EINVAL (does not
 * listen), -EAGAIN, -ERESTARTSYS.
 */
int socket_accept(struct file *f, struct file **out);
/* S is closed: so are those that nobody accepted. */
void socket_drop_backlog(struct socket *s);

/* ---- sys_message.c ---- */

/*
 * sendmsg(2) and recvmsg(2) on F, which is a socket, with the struct
 * user_msghdr at user address MSG.
 */
long socket_send_message(struct file *f, uint64_t msg, uint32_t flags);
long socket_receive_message(struct file *f, uint64_t msg, uint32_t flags);

/* ---- socket_receive.c ---- */

/*
 * Receives into TO; *A is filled in, and the caller then owns its rights:
 * bytes, 0 at the end, or -errno.
 */
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
extern struct list socket_all; /* every socket, by socket.all */
/* Sockets that stand in queues. */
extern uint32_t rights_in_flight;
/*
 * Frees sockets that nobody can reach any more because all that refers to them are their own
 * queues. To be called after a descriptor was closed, when rights_in_flight is not 0. [unix_gc]
 */
void rights_collect(void);

/* ---- socket_cred.c ---- */

/*
 * Who the current task is in what it sends, and to who is connected with it: the
 * kernel's ids, real and effective ones.
 */
struct ucred socket_sender(void);
struct ucred socket_peer(void);
/* C as the current task sees it. */
struct ucred socket_show_cred(const struct ucred *c);
/*
 * C, as the current task names it, becomes the kernel's ids: 0, -EINVAL (no such user), -EPERM (not
 * its own, and no right), -ESRCH.
 */
int socket_claim_cred(struct ucred *c);
