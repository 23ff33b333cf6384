/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - sockets: bytes or messages in both directions. They are made in pairs, or are
 * connected by a name. The families differ in their names and in how two ends find each other:
 * unix.c, inet.c.
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
#define SOCKET_QUEUE_MAX 10 /* datagrams from other sockets than its peer [net.unix.max_dgram_qlen] */
#define SOCKET_NAME_MAX 128 /* the longest address of any family */

/* An address, followed by zeros. A socket's own address is counted. */
struct socket_name {
	uint32_t refs;
	uint32_t len;	     /* as programs see it, with the family; may end within it */
	struct inode *inode; /* where the path led when it was bound: a reference; NULL: it is no path */
	union {
		uint16_t family;
		struct sockaddr_un address;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		uint8_t bytes[SOCKET_NAME_MAX];
	};
};

/*
 * IPv4 addresses are mapped: ::ffff:a.b.c.d [rfc4291 2.5.5.2]. The port is in host order; 0: none.
 */
struct inet_address {
	uint8_t ip[16];
	uint16_t port;
};

/* Open files in flight: sent through a socket and not received yet (SCM_RIGHTS). */
struct rights {
	struct list link;   /* while they wait to be freed */
	struct list queued; /* in socket.rights, while their message is in the queue */
	struct message *in; /* the message, while it is queued */
	struct sender *by;  /* rights.c's: the user who is charged with them, or NULL */
	uint32_t count;
	struct file *file[SCM_MAX_FD]; /* a reference each */
};

/* What is sent, or was received, with the bytes. */
struct ancillary {
	struct rights *rights; /* owned; or NULL */
	struct ucred sender;
	struct socket_name *name; /* received: the sender's; one reference, or NULL */
	uint64_t to;		  /* if sent to another socket than the peer: its serial; else 0 */
	struct inet_address dest; /* the same for an internet socket; port 0: the peer */
	bool truncated;		  /* the message was longer than the buffer */
};

struct socket;

/* What each family of sockets does in its own way. */
struct socket_family {
	uint16_t number;
	/*
	 * Is there such a kind of socket? 0, with the *TYPE and *PROTOCOL that it gets, or
	 * -EPROTONOSUPPORT, -ESOCKTNOSUPPORT, -EPERM.
	 */
	int (*kind)(uint32_t *type, uint32_t *protocol);
	/* Called for a new S: 0 or -ENOMEM; and when S is about to be freed. May be NULL. */
	int (*create)(struct socket *s);
	void (*release)(struct socket *s);
	/* bind(2), connect(2), and what listen(2) does first. */
	int (*bind)(struct socket *s, const struct socket_name *n);
	int (*connect)(struct file *f, const struct socket_name *n);
	int (*listen)(struct socket *s);
	/*
	 * For a stream's connect(2): finds the socket that listens by that name and checks that S
	 * may connect to it: 0 or -errno.
	 */
	int (*find)(struct socket *s, const struct socket_name *n, struct socket **out);
	/* Connects S with END, which LISTENER's accept(2) will return. */
	void (*join)(struct socket *s, struct socket *end, const struct socket *listener);
	/* Stores in *A the receiver that a message of S names: 0 or -errno. */
	int (*send_to)(struct socket *s, const struct socket_name *n, struct ancillary *a);
	/* Sends, as socket_send() does, which is for unix sockets. */
	long (*send)(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
	/* Stores the name of S, or of its PEER, in *N; -ENOTCONN. */
	int (*name)(const struct socket *s, bool peer, struct socket_name *n);
	/* Options of other levels than SOL_SOCKET: 0 or -errno. NULL: there are none. */
	int (*get_option)(struct socket *s, int level, uint32_t option, int32_t *value);
	int (*set_option)(struct socket *s, int level, uint32_t option, int32_t value);
};

extern const struct socket_family socket_unix, socket_inet, socket_inet6, socket_netlink;

struct socket {
	const struct socket_family *family;
	struct ns *net;	   /* its namespace; NULL: the initial one; one reference */
	struct inet *inet; /* the further state of an internet socket */
	uint32_t netlink;  /* netlink.c's: its number, or 0 */
	uint32_t type, protocol;
	uint64_t serial;       /* never used again */
	struct list by_serial; /* socket.c's, to find it */
	/* NULL: closed, or never connected; of a datagram socket: the one that it sends to */
	struct socket *peer;
	struct list peers; /* sockets whose peer this is, linked by at_peer */
	struct list at_peer;
	bool connected;		  /* it has or had a peer */
	struct socket_name *name; /* one reference, or NULL */
	bool peer_gone;		  /* a unix stream's peer is closed, and was called */
	struct socket_name *peer_name;
	struct list by_name; /* unix.c's, while bound */
	struct list queue;   /* struct message: what the peer sent */
	uint64_t queued;     /* bytes in it */
	uint32_t messages;   /* how many messages are in it */
	bool shut_read, shut_write;
	bool refused;	       /* a datagram socket lost its peer, or was told that it has none */
	bool pass_credentials; /* SO_PASSCRED */
	uint64_t kept;	       /* a bit for each option without effect that was set */
	uint32_t room[2];      /* SO_RCVBUF, SO_SNDBUF in bytes */
	int32_t priority;      /* SO_PRIORITY */
	struct linger linger;  /* SO_LINGER */
	uint64_t timeout[2];   /* SO_RCVTIMEO, SO_SNDTIMEO in ns; 0: never wait; NEVER: no limit */
	int error;	       /* to be reported once: ECONNRESET */
	struct ucred peer_at_start;
	/* socket_connect.c */
	bool listening;
	uint32_t backlog_max, backlog_len;
	/*
	 * Connected sockets that accept(2) will return, linked by waiting. The open file of each is
	 * one reference.
	 */
	struct list backlog;
	struct list waiting;

	struct waitq changed; /* something came, the peer has room, or an end was shut */

	/* rights.c */
	struct file *file;   /* its open file, without a reference */
	struct list all;     /* every socket there is */
	struct list rights;  /* of messages in its queue */
	uint32_t in_flight;  /* how often it is in queues */
	struct list flying;  /* while it is in queues */
	bool candidate;	     /* while garbage is looked for: only queues may lead to it */
	uint32_t held;	     /* of a candidate: how often it is in queues of candidates */
	struct list pending; /* sockets that can be reached, and whose queues were not looked at yet */
};

/* A message in a queue. */
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

/* The socket behind F; NULL: F is no socket. */
struct socket *socket_of(const struct file *f);
/* Makes a socket of FAMILY, TYPE and PROTOCOL: its open file, or NULL. */
[[nodiscard]] struct file *socket_create(const struct socket_family *family, uint32_t type, uint32_t protocol,
					 uint32_t flags);
/*
 * Makes two connected unix sockets of TYPE: 0 and their open files (with O_NONBLOCK, if in FLAGS),
 * or -ENOMEM.
 */
[[nodiscard]] int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2]);
/* Sets S's peer to PEER, or NULL. */
void socket_set_peer(struct socket *s, struct socket *peer);
/* The socket with that serial number; NULL: it is gone. */
struct socket *socket_by_serial(uint64_t serial);
/* From now on no bytes come in, or go out. */
void socket_shutdown(struct socket *s, bool read, bool write);
/*
 * For socket_receive.c. socket_first() returns the oldest message in the queue of S, or NULL.
 * socket_drop() frees a message. socket_take_error() takes the pending error: it is reported once.
 */
struct message *socket_first(const struct socket *s);
void socket_drop(struct socket *s, struct message *m);
[[nodiscard]] int socket_take_error(struct socket *s);
/* The deadline of an operation of S that begins now. */
uint64_t socket_deadline(const struct socket *s, bool send);
/*
 * Sleeps until S changes, or ALSO (NULL: nothing) is woken: 0, -EAGAIN (O_NONBLOCK, MSG_DONTWAIT,
 * DEADLINE), -EINTR if there is a deadline, -ERESTARTSYS.
 */
[[nodiscard]] int socket_sleep(struct file *f, struct socket *s, struct waitq *also, uint32_t flags, uint64_t deadline);

/* ---- socket_send.c ---- */

/*
 * Where sockets other than S's peer wait for room in S's queue or backlog. Several sockets share
 * it, and it is never freed.
 */
struct waitq *socket_room(const struct socket *s);
/* Is the queue of S full for a sender that has MAX bytes of room? [sock_alloc_send_pskb] */
bool socket_is_full(const struct socket *s, uint32_t max);
/*
 * Must S wait before it sends to TO? A queue takes few datagrams from sockets that are not its
 * peer.
 */
bool socket_send_waits(const struct socket *s, const struct socket *to);
/*
 * Sends the bytes of FROM with A, whose rights are taken over on success. Returns how many bytes,
 * or -EPIPE (with SIGPIPE on a stream, unless MSG_NOSIGNAL), -ECONNREFUSED, -ECONNRESET, -EMSGSIZE,
 * -EAGAIN, -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
[[nodiscard]] long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
/*
 * Queues N bytes of FROM, with A's rights, as a message for TO. SENDER: the sender's name, a
 * reference that the message takes, or NULL. Returns N, -ENOMEM or -EFAULT.
 */
[[nodiscard]] long socket_queue(struct socket *to, struct uio *from, uint64_t n, struct ancillary *a,
				struct socket_name *sender);
/* Sends the current task SIGPIPE, if S is a stream and FLAGS lack MSG_NOSIGNAL. Returns -EPIPE. */
[[nodiscard]] int socket_pipe_error(const struct socket *s, uint32_t flags);

/* ---- sys_socket.c ---- */

/*
 * The socket behind descriptor FD, with a reference to its open file in *F: 0, -EBADF, -ENOTSOCK.
 */
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
 * Reads the address of LEN bytes at UADDR into *N, which is on the caller's stack: 0, -EINVAL,
 * -EFAULT. [move_addr_to_kernel]
 */
[[nodiscard]] int socket_name_read(struct socket_name *n, uint64_t uaddr, uint64_t len);
/*
 * Copies N (NULL: no name, of length 0) and its length to the user: 0, -EFAULT, -EINVAL.
 * [move_addr_to_user]
 */
[[nodiscard]] int socket_name_write(const struct socket_name *n, uint64_t uaddr, uint64_t ulen);

/* ---- socket_connect.c ---- */

/*
 * connect(2) of a socket that is not for datagrams: 0, -ECONNREFUSED, -EISCONN, -EINVAL, -EAGAIN,
 * -ENOMEM, -ERESTARTSYS, and errors of the family's find().
 */
[[nodiscard]] int socket_connect(struct file *f, const struct socket_name *n);
/* listen(2): 0, -EOPNOTSUPP, -EINVAL (connected), and errors of the family's listen(). */
[[nodiscard]] int socket_listen(struct socket *s, uint32_t backlog);
/*
 * accept(2): 0 and an open file with a reference; -EOPNOTSUPP, -EINVAL (does not listen), -EAGAIN,
 * -ERESTARTSYS.
 */
[[nodiscard]] int socket_accept(struct file *f, struct file **out);
/* S is closed: closes the connections that nobody accepted. */
void socket_drop_backlog(struct socket *s);

/* ---- sys_message.c ---- */

/*
 * sendmsg(2) and recvmsg(2) on F, which is a socket, with the struct user_msghdr at user address
 * MSG.
 */
[[nodiscard]] long socket_send_message(struct file *f, uint64_t msg, uint32_t flags);
[[nodiscard]] long socket_receive_message(struct file *f, uint64_t msg, uint32_t flags);

/* ---- socket_receive.c ---- */

/*
 * Receives into TO, and fills in *A, whose rights the caller then owns: bytes, 0 at the end, or
 * -errno.
 */
[[nodiscard]] long socket_receive(struct file *f, struct uio *to, uint32_t flags, struct ancillary *a);

/* ---- rights.c: open files on their way, and the garbage they may become ---- */

/* Frees R and gives up its references; NULL is fine. */
void rights_free(struct rights *r);
/*
 * Charges the current task's user with R, until it is received or freed: 0, -ENOMEM, or
 * -ETOOMANYREFS (more than RLIMIT_NOFILE are under way, and the task has no capability for that).
 * [too_many_unix_fds]
 */
[[nodiscard]] int rights_charge(struct rights *r);
/* Called when M was put into the queue of S; when R was taken out of a queue. NULL is fine. */
void rights_sent(struct socket *s, struct message *m);
void rights_received(struct rights *r);
/* Called when S was made with open file F; when S is about to be freed. */
void rights_add_socket(struct socket *s, struct file *f);
void rights_remove_socket(struct socket *s);
extern struct list socket_all; /* every socket, by socket.all */
/* How many sockets are in queues. */
extern uint32_t rights_in_flight;
/*
 * Frees sockets that nobody can reach any more, because only their own queues refer to them.
 * [unix_gc]
 */
void rights_collect(void);
/* Called when a descriptor of F is given up; when it is: collects, if there may be something. */
void rights_closing(struct files *files, struct file *f);
void rights_closed(void);

/* ---- socket_cred.c ---- */

/*
 * The current task's credentials for what it sends (socket_sender) and for its connections: the
 * kernel's ids, the real and the effective ones.
 */
struct ucred socket_sender(void);
struct ucred socket_peer(void);
/* C as the current task sees it. */
struct ucred socket_show_cred(const struct ucred *c);
/*
 * Turns C, in the current task's numbers, into the kernel's ids: 0, -EINVAL (no such user), -EPERM
 * (not its own ids, and no capability for that), -ESRCH.
 */
[[nodiscard]] int socket_claim_cred(struct ucred *c);
