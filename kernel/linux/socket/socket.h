/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - sockets: bytes or messages both ways; made in pairs, or brought together by a name.
 * The families differ in their names and in how the two ends meet: unix.c, inet.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/in.h>
#include <abi/socket.h>

#include "file.h"
#include "list.h"
#include "wait.h"

#define SOCKET_ROOM 212992U /* bytes; [net.core.wmem_default, wmem_max, rmem_max] */
#define SOCKET_QUEUE_MAX 10 /* datagrams of others than its peer [net.unix.max_dgram_qlen] */
#define SOCKET_NAME_MAX 128 /* the longest address of any family */

/* An address, with zeros behind it; counted when it is a socket's. */
struct socket_name {
	uint32_t refs;
	uint32_t len;	     /* as programs see it, with the family; may end within it */
	struct inode *inode; /* what the path led to when it was bound: a reference; NULL: not a path */
	union {
		uint16_t family;
		struct sockaddr_un address;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		uint8_t bytes[SOCKET_NAME_MAX];
	};
};

/*
 * IPv4 addresses are mapped, ::ffff:a.b.c.d [rfc4291 2.5.5.2]; the port
 * is a number of ours. 0: none.
 */
struct inet_address {
	uint8_t ip[16];
	uint16_t port;
};

/* Open files on their way. */
struct rights {
	struct list link;  /* while they wait to be given up */
	struct sender *by; /* rights.c's: who is charged with them; or NULL */
	uint32_t count;
	struct file *file[SCM_MAX_FD]; /* a reference each */
};

/* What came with the bytes, or goes with them. */
struct ancillary {
	struct rights *rights; /* owned; or NULL */
	struct ucred sender;
	struct socket_name *name; /* received: the sender's, one reference; or NULL */
	uint64_t to;		  /* sent to another than the peer: its serial; or 0 */
	struct inet_address dest; /* the same for an internet socket; port 0: the peer */
	bool truncated;		  /* the message was longer than the buffer */
};

struct socket;

/* What the families of sockets do each in their way. */
struct socket_family {
	uint16_t number;
	/*
	 * Is there such a kind of socket? 0 with *TYPE that it is made as and *PROTOCOL, or
	 * -EPROTONOSUPPORT, -ESOCKTNOSUPPORT, -EPERM.
	 */
	int (*kind)(uint32_t *type, uint32_t *protocol);
	/* S is new: 0 or -ENOMEM; and S is about to be freed. NULL: nothing to do. */
	int (*create)(struct socket *s);
	void (*release)(struct socket *s);
	/* bind(2), connect(2) and what listen(2) does first. */
	int (*bind)(struct socket *s, const struct socket_name *n);
	int (*connect)(struct file *f, const struct socket_name *n);
	int (*listen)(struct socket *s);
	/*
	 * For a stream's connect(2): who listens by that name, and whether
	 * S may talk to it: 0 or -errno.
	 */
	int (*find)(struct socket *s, const struct socket_name *n, struct socket **out);
	/* S and END, which LISTENER's accept(2) gives out, belong together. */
	void (*join)(struct socket *s, struct socket *end, const struct socket *listener);
	/* What a message of S said that it is for goes into *A: 0 or -errno. */
	int (*send_to)(struct socket *s, const struct socket_name *n, struct ancillary *a);
	/* As socket_send(), which sends for unix sockets. */
	long (*send)(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
	/* The name of S, or of its PEER, into *N; -ENOTCONN. */
	int (*name)(const struct socket *s, bool peer, struct socket_name *n);
	/* Options beside SOL_SOCKET's: 0 or -errno. NULL: there are none. */
	int (*get_option)(struct socket *s, int level, uint32_t option, int32_t *value);
	int (*set_option)(struct socket *s, int level, uint32_t option, int32_t value);
};

extern const struct socket_family socket_unix, socket_inet, socket_inet6;

struct socket {
	const struct socket_family *family;
	struct inet *inet; /* the rest of an internet socket */
	uint32_t type, protocol;
	uint64_t serial;       /* never used again */
	struct list by_serial; /* socket.c's, to find it */
	/* NULL: closed, or never connected; of a datagram socket whom it sends to */
	struct socket *peer;
	struct list peers; /* sockets whose peer this is, by at_peer */
	struct list at_peer;
	bool connected;		  /* it had one */
	struct socket_name *name; /* one reference, or NULL */
	struct list by_name;	  /* unix.c's, while bound */
	struct list queue;	  /* struct message: what the peer sent */
	uint64_t queued;	  /* bytes in it */
	uint32_t messages;	  /* so many are in it */
	bool shut_read, shut_write;
	bool refused;	       /* a datagram socket has no peer, or was told that it is gone */
	bool pass_credentials; /* SO_PASSCRED */
	uint64_t kept;	       /* options without effect that were set, by number */
	uint32_t room[2];      /* SO_RCVBUF, SO_SNDBUF in bytes */
	int32_t priority;      /* SO_PRIORITY */
	struct linger linger;  /* SO_LINGER */
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
	struct list flying;  /* while it does */
	bool candidate;	     /* while garbage is looked for: nothing but queues may lead to it */
	uint32_t held;	     /* then: how often it stands in queues of candidates */
	struct list pending; /* then, too: no candidate any more, and its queue not looked at yet */
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

static inline bool is_unix(const struct socket *s)
{
	return s->family == &socket_unix;
}

/* ---- socket.c ---- */

/* The socket behind F; NULL: F is something else. */
struct socket *socket_of(const struct file *f);
/* A socket of FAMILY, TYPE and PROTOCOL on its own: its opening, or NULL. */
[[nodiscard]] struct file *socket_create(const struct socket_family *family, uint32_t type, uint32_t protocol,
					 uint32_t flags);
/* Two unix sockets of TYPE, connected: 0 and their openings (O_NONBLOCK in FLAGS), or -ENOMEM. */
[[nodiscard]] int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2]);
/* S's peer becomes PEER, or NULL. */
void socket_set_peer(struct socket *s, struct socket *peer);
/* The socket of that serial number, or NULL: it is gone. */
struct socket *socket_by_serial(uint64_t serial);
/* No more bytes will come in, go out. */
void socket_shutdown(struct socket *s, bool read, bool write);
/* For socket_receive.c: the oldest message or NULL; gives one up; the pending error, once. */
struct message *socket_first(const struct socket *s);
void socket_drop(struct socket *s, struct message *m);
[[nodiscard]] int socket_take_error(struct socket *s);
/* When an operation of S that begins now has waited long enough. */
uint64_t socket_deadline(const struct socket *s, bool send);
/*
 * Sleeps until something changes, or at ALSO (NULL: nowhere else): 0, -EAGAIN (O_NONBLOCK,
 * MSG_DONTWAIT, DEADLINE), -EINTR if there is one, -ERESTARTSYS.
 */
[[nodiscard]] int socket_sleep(struct file *f, struct socket *s, struct waitq *also, uint32_t flags, uint64_t deadline);

/* ---- socket_send.c ---- */

/*
 * Where others than its peer wait until there is room in S's queue or backlog; of several
 * sockets, and there for ever.
 */
struct waitq *socket_room(const struct socket *s);
/*
 * Is the queue of S, which another sends to that has MAX bytes of room, full?
 * [sock_alloc_send_pskb]
 */
bool socket_is_full(const struct socket *s, uint32_t max);
/* Must what S sends to TO wait? Datagrams of others than its own peer are few at a time. */
bool socket_send_waits(const struct socket *s, const struct socket *to);
/*
 * Sends what FROM holds, A with it (its rights are taken over on success): bytes, or -EPIPE (with
 * SIGPIPE on a stream, unless MSG_NOSIGNAL), -ECONNREFUSED, -ECONNRESET, -EMSGSIZE, -EAGAIN,
 * -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
[[nodiscard]] long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
/*
 * Queues N bytes of FROM as a message for TO, A's rights with it, SENDER the name of who sends it
 * (a reference of the message's; or NULL): N, -ENOMEM, -EFAULT.
 */
[[nodiscard]] long socket_queue(struct socket *to, struct uio *from, uint64_t n, struct ancillary *a,
				struct socket_name *sender);
/* Sends the current task SIGPIPE for a stream, unless FLAGS has MSG_NOSIGNAL: -EPIPE. */
[[nodiscard]] int socket_pipe_error(const struct socket *s, uint32_t flags);

/* ---- sys_socket.c ---- */

/* The socket behind descriptor FD, with a reference to its opening in *F: 0, -EBADF, -ENOTSOCK. */
[[nodiscard]] int socket_get(uint64_t fd, struct file **f, struct socket **s);

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
 * [move_addr_to_kernel]
 */
[[nodiscard]] int socket_name_read(struct socket_name *n, uint64_t uaddr, uint64_t len);
/*
 * Copies out N (NULL: none, of length 0) and its length: 0, -EFAULT, -EINVAL. [move_addr_to_user]
 */
[[nodiscard]] int socket_name_write(const struct socket_name *n, uint64_t uaddr, uint64_t ulen);

/* ---- socket_connect.c ---- */

/*
 * connect(2) of what is no datagram socket: 0, -ECONNREFUSED, -EISCONN, -EINVAL, -EAGAIN, -ENOMEM,
 * -ERESTARTSYS, and what the family's find() says.
 */
[[nodiscard]] int socket_connect(struct file *f, const struct socket_name *n);
/* listen(2): 0, -EOPNOTSUPP, -EINVAL (connected), and what the family's listen() says. */
[[nodiscard]] int socket_listen(struct socket *s, uint32_t backlog);
/*
 * accept(2): 0 and an opening with a reference; -EOPNOTSUPP, -EINVAL (does not
 * listen), -EAGAIN, -ERESTARTSYS.
 */
[[nodiscard]] int socket_accept(struct file *f, struct file **out);
/* S is closed: so are those that nobody accepted. */
void socket_drop_backlog(struct socket *s);

/* ---- sys_message.c ---- */

/*
 * sendmsg(2) and recvmsg(2) on F, which is a socket, with the struct
 * user_msghdr at user address MSG.
 */
[[nodiscard]] long socket_send_message(struct file *f, uint64_t msg, uint32_t flags);
[[nodiscard]] long socket_receive_message(struct file *f, uint64_t msg, uint32_t flags);

/* ---- socket_receive.c ---- */

/*
 * Receives into TO; *A is filled in, and the caller then owns its rights:
 * bytes, 0 at the end, or -errno.
 */
[[nodiscard]] long socket_receive(struct file *f, struct uio *to, uint32_t flags, struct ancillary *a);

/* ---- rights.c: open files on their way, and the garbage they may become ---- */

/* Gives up R and its references; NULL is fine. */
void rights_free(struct rights *r);
/*
 * Charges the current task's user with R until it was received or is given up: 0, -ENOMEM or
 * -ETOOMANYREFS (more than RLIMIT_NOFILE are on their way, and no right). [too_many_unix_fds]
 */
[[nodiscard]] int rights_charge(struct rights *r);
/* R was put into a queue, or taken out of one; NULL is fine. */
void rights_sent(const struct rights *r);
void rights_received(struct rights *r);
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
[[nodiscard]] int socket_claim_cred(struct ucred *c);
