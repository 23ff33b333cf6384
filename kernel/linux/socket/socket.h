/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - sockets: bytes or messages in both directions. They are made in pairs, or are
 * connected by a name. The families differ in their names and in how two ends find each other:
 * unix.c, inet.c. An AF_NETLINK socket talks to the kernel only: netlink.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/in.h>
#include <abi/socket.h>

#include "file.h"
#include "list.h"
#include "task.h"
#include "wait.h"

#define SOCKET_ROOM 212992U /* bytes; [net.core.wmem_default, wmem_max, rmem_max] */
#define SOCKET_QUEUE_MAX 10 /* with more datagrams, only the peer may add one [net.unix.max_dgram_qlen] */
#define SOCKET_NAME_MAX 128 /* the longest address of any family */

/* An address, followed by zeros. Those that sockets and messages keep are counted by refs. */
struct socket_name {
	uint32_t refs;
	uint32_t len;	     /* bytes that programs see, with the family; even 0 or 1 */
	struct inode *inode; /* of a bound path: the socket in the file system, a reference; else NULL */
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
	struct user *by;    /* who is charged with them; or NULL */
	uint32_t count;
	struct file *file[SCM_MAX_FD]; /* a reference each */
};

/* What is sent, or was received, with the bytes. */
struct ancillary {
	struct rights *rights; /* owned; or NULL */
	struct ucred sender;
	struct socket_name *name; /* received: the sender's; one reference, or NULL */
	uint64_t to;		  /* unix: the receiver's serial; 0: the peer */
	struct inet_address dest; /* internet: the receiver's address; port 0: the peer */
	/*
	 * Internet: the sender's address, if it chose one; and fields of the header, 0: as usual.
	 */
	bool from_chosen;
	uint8_t from[16];
	uint8_t ttl, tos;
	bool truncated; /* the message was longer than the buffer */
	uint64_t stamp; /* received: when it came, by CLOCK_REALTIME; 0: nobody noted it */
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
	/*
	 * Stores in *A the receiver that a message of S names: 0 or -errno. N may have the length
	 * 0: sendto(2) with an address of no bytes.
	 */
	int (*send_to)(struct socket *s, const struct socket_name *n, struct ancillary *a);
	/* write(2), sendmsg(2): see socket_send(), which is that of unix sockets. */
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
	struct ns *net;	   /* its network namespace; NULL: the initial one; one reference */
	struct inet *inet; /* the further state of an internet socket */
	uint32_t netlink;  /* netlink.c's: its nl_pid, or 0 */
	uint32_t type, protocol;
	uint64_t serial;       /* its number, which no later socket gets */
	struct list by_serial; /* socket.c's, to find it */
	/* NULL: closed, or never connected; of a datagram socket: the one that it sends to */
	struct socket *peer;
	struct list peers; /* sockets whose peer this is, linked by at_peer */
	struct list at_peer;
	bool connected;		       /* it has or had a peer, or (internet datagrams) a remote address */
	struct socket_name *name;      /* one reference, or NULL */
	bool peer_gone;		       /* unix, but not datagrams: the peer is closed, and its name was peer_name */
	struct socket_name *peer_name; /* one reference, or NULL */
	struct list by_name;	       /* unix.c's and netlink.c's, while bound */
	struct list queue;	       /* struct message: what the peer sent */
	uint64_t queued;	       /* bytes in it */
	uint32_t messages;	       /* how many messages are in it */
	bool shut_read, shut_write;
	bool refused;	       /* unix datagrams without a peer: sending gives ENOTCONN; false: once ECONNREFUSED */
	bool pass_credentials; /* SO_PASSCRED */
	uint64_t kept;	       /* bit SO_* is set: that option is on (SO_REUSEADDR and its like) */
	uint32_t room[2];      /* SO_RCVBUF, SO_SNDBUF in bytes */
	int32_t priority;      /* SO_PRIORITY */
	int32_t low_water;     /* SO_RCVLOWAT: how many bytes a stream's reader waits for */
	int32_t mark, cpu;     /* SO_MARK, SO_INCOMING_CPU */
	bool on_loopback;      /* SO_BINDTODEVICE */
	int stamps;	       /* SO_TIMESTAMP or SO_TIMESTAMPNS, whichever is on, or 0 */
	struct linger linger;  /* SO_LINGER */
	uint64_t timeout[2];   /* SO_RCVTIMEO, SO_SNDTIMEO in ns; 0: never wait; or TIME_NEVER */
	int error;	       /* SO_ERROR, which is reported once; or 0 */
	/* SO_PEERCRED: the peer when they were connected. A listener's: who called listen(2). */
	struct ucred peer_at_start;
	uint32_t peer_group_count, peer_groups[CRED_GROUPS_MAX]; /* SO_PEERGROUPS, likewise */
	/* socket_connect.c */
	bool listening;
	uint32_t backlog_max, backlog_len;
	/*
	 * Connected sockets that accept(2) will return, linked by waiting. The open file of each is
	 * one reference.
	 */
	struct list backlog;
	struct list waiting;

	struct waitq changed; /* woken: something came, the peer has room, or an end was shut */

	/* rights.c */
	struct file *file;  /* its open file, without a reference */
	struct list all;    /* every socket there is */
	struct list rights; /* of messages in its queue */
	/* Of those in its backlog the ones that were sent files, linked by loading. */
	struct list loaded;
	struct list loading;
	struct socket *listener; /* in whose backlog it is, or NULL */
	uint32_t in_flight;	 /* how often it is in queues */
	struct list flying;	 /* while it is in queues */
	bool candidate;		 /* while garbage is looked for: only queues may lead to it */
	uint32_t held;		 /* of a candidate: how often it is in queues of candidates */
	struct list pending;	 /* sockets that can be reached, and whose queues were not looked at yet */
};

/* A message in a queue. */
struct message {
	struct list link;
	uint64_t len, at; /* bytes, and how many of them were read */
	struct rights *rights;
	struct ucred sender;
	struct socket_name *name; /* the sender's, one reference, or NULL */
	struct inet_address dest; /* as in struct ancillary */
	uint8_t ttl, tos;
	uint64_t stamp; /* when it came, if the receiver wanted to know; else 0 */
	uint8_t data[];
};

_Static_assert(offsetof(struct message, data) % 8 == 0, "bytes that are aligned alike are copied by words");

static inline bool is_stream(const struct socket *s)
{
	return s->type == SOCK_STREAM;
}

static inline bool is_unix(const struct socket *s)
{
	return s->family == &socket_unix;
}

/* Are there too few bytes in the queue of S to tell of them? [tcp_stream_is_readable] */
static inline bool socket_is_low(const struct socket *s)
{
	return s->inet != NULL && is_stream(s) && s->queued < (uint64_t)s->low_water && s->error == 0;
}

/* ---- socket.c ---- */

/* The socket behind F; NULL: F is no socket. */
struct socket *socket_of(const struct file *f);
/*
 * Makes a socket of FAMILY, TYPE and PROTOCOL. FLAGS: 0 or O_NONBLOCK. Returns its open file, with
 * one reference; NULL: no memory.
 */
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
/* Shuts S for reading, for writing, or both, and its peer accordingly. [shutdown(2)] */
void socket_shutdown(struct socket *s, bool read, bool write);
/*
 * For socket_receive.c. socket_first() returns the oldest message in the queue of S, or NULL.
 * socket_drop() frees a message. socket_take_error() takes the pending error: it is reported once.
 */
struct message *socket_first(const struct socket *s);
void socket_drop(struct socket *s, struct message *m);
[[nodiscard]] int socket_take_error(struct socket *s);
/* When an operation of S that begins now times out. SEND: by SO_SNDTIMEO, else SO_RCVTIMEO. */
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
 * Sends the bytes of FROM with A. a->rights becomes NULL when the first message is queued; else it
 * stays the caller's. Returns how many bytes, or -EPIPE (with SIGPIPE on a stream, unless
 * MSG_NOSIGNAL), -ECONNREFUSED, -ECONNRESET, -ENOTCONN, -EPERM (the receiver is connected to
 * another socket), -EMSGSIZE, -ETOOMANYREFS, -EAGAIN, -EFAULT, -ENOMEM, and socket_sleep()'s.
 */
[[nodiscard]] long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a);
/*
 * Queues N bytes of FROM, with A's rights, as a message for TO. SENDER is the sender's name, or
 * NULL; its reference is taken over in any case. Returns N, -ENOMEM or -EFAULT.
 */
[[nodiscard]] long socket_queue(struct socket *to, struct uio *from, uint64_t n, struct ancillary *a,
				struct socket_name *sender);
/*
 * Refuses FLAGS with MSG_OOB: -EOPNOTSUPP. The console is told if S is a stream, which on Linux can
 * send a byte out of band. 0: FLAGS lack it.
 */
[[nodiscard]] int socket_refuse_oob(const struct socket *s, uint32_t flags);
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

/* ---- socket_rare.c ---- */

/*
 * getsockopt(2) of SO_BINDTODEVICE: copies the name of the device that S is bound to, if it is
 * bound, with a NUL, to UVALUE, where there is room for LEN bytes, and stores how many there are at
 * ULEN: 0, -EINVAL (LEN is less than a name may have) or -EFAULT. [sock_getbindtodevice]
 */
[[nodiscard]] long socket_get_device(const struct socket *s, uint64_t uvalue, int32_t len, uint64_t ulen);
/*
 * setsockopt(2) of SO_BINDTODEVICE: binds S to the device whose name is the LEN bytes at UVALUE, or
 * if that is empty, to none: 0, -EPERM (it is bound, and the task lacks CAP_NET_RAW), -EINVAL,
 * -EFAULT, -ENODEV. [sock_setbindtodevice]
 */
[[nodiscard]] int socket_set_device(struct socket *s, uint64_t uvalue, uint64_t len);
/*
 * Options whose value is an int, unless socket_option.c knows them: 0, -EPERM, -ENOENT (there is no
 * filter), -ENOPROTOOPT. The console is told of those that are missing.
 */
[[nodiscard]] int socket_get_rare(const struct socket *s, uint32_t option, int32_t *value);
[[nodiscard]] int socket_set_rare(struct socket *s, int option, int32_t value);

/* ---- socket_connect.c ---- */

/*
 * connect(2) of a socket that is not for datagrams: 0, -ECONNREFUSED, -EISCONN, -EINVAL (it
 * listens), -ENOMEM, and errors of socket_sleep() and of the family's find().
 */
[[nodiscard]] int socket_connect(struct file *f, const struct socket_name *n);
/* listen(2): 0, -EOPNOTSUPP, -EINVAL (connected), and errors of the family's listen(). */
[[nodiscard]] int socket_listen(struct socket *s, uint32_t backlog);
/*
 * accept(2): 0 and an open file with a reference; -EOPNOTSUPP, -EINVAL (does not listen), and
 * errors of socket_sleep().
 */
[[nodiscard]] int socket_accept(struct file *f, struct file **out);
/* Closes the connections that nobody has accepted from S, which is about to be freed. */
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
 * Receives into TO, and fills in *A, whose rights and name are then the caller's to give up.
 * Returns how many bytes, 0 if nothing can come any more, or -errno.
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
/*
 * rights_sent() is called when M goes into the queue of S; rights_received(), when R has been taken
 * out of a queue. M need not have rights, and R may be NULL.
 */
void rights_sent(struct socket *s, struct message *m);
void rights_received(struct rights *r);
/* Called when S has been made, with open file F; and when S is about to be freed. */
void rights_add_socket(struct socket *s, struct file *f);
void rights_remove_socket(struct socket *s);
extern struct list socket_all; /* every socket, by socket.all */
/* How often sockets are in queues: the sum of their in_flight. */
extern uint32_t rights_in_flight;
/*
 * Frees sockets that nobody can reach any more, because only their own queues refer to them.
 * [unix_gc]
 */
void rights_collect(void);
/*
 * For file_watch(). rights_closing(): a descriptor of F is about to be closed. rights_closed(): it
 * has been; collects, if there may be garbage.
 */
void rights_closing(struct files *files, struct file *f);
void rights_closed(void);

/* ---- socket_cred.c ---- */

/*
 * The current task's process id with its real user and group ids, for what it sends. All are the
 * kernel's own numbers, not those of a namespace.
 */
struct ucred socket_sender(void);
/*
 * The current task, with its effective ids and its groups, is the peer of S from the start
 * (SO_PEERCRED, SO_PEERGROUPS); the one that OTHER has. [init_peercred, copy_peercred]
 */
void socket_note_peer(struct socket *s);
void socket_copy_peer(struct socket *s, const struct socket *other);
/*
 * SO_PEERGROUPS: copies the groups of the peer of S to UVALUE, where there is room for LEN bytes,
 * and how many bytes they are to ULEN: 0, -ENODATA (there was no peer), -ERANGE (no room: *ULEN is
 * set) or -EFAULT.
 */
[[nodiscard]] long socket_get_groups(const struct socket *s, uint64_t uvalue, int32_t len, uint64_t ulen);
/* C in the numbers of the current task's namespaces. */
struct ucred socket_show_cred(const struct ucred *c);
/*
 * Turns C, in the current task's numbers, into the kernel's ids: 0, -EINVAL (no such user), -EPERM
 * (not its own ids, and no capability for that), -ESRCH.
 */
[[nodiscard]] int socket_claim_cred(struct ucred *c);
