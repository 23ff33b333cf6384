/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe_packets.c - packets in pipes: what is written with O_DIRECT is read piece by piece, and what
 * a read does not take of a piece is lost. [pipe(2), fs/pipe.c]
 *
 * The bytes of packets lie in the pipe's ring, among those that were written without O_DIRECT. A
 * pipe has a list of the packets in it, in a circle.
 */
#include <abi/errno.h>

#include "file.h"
#include "kassert.h"
#include "page.h"
#include "pipe.h"
#include "pipes.h"
#include "task.h"

struct packet {
	struct packet *next;
	uint64_t start, end; /* its positions in the ring */
};

static struct packet *oldest_packet(const struct pipe *p)
{
	return p->packets != NULL ? p->packets->next : NULL;
}

static void add_packet(struct pipe *p, struct packet *new)
{
	new->next = p->packets != NULL ? p->packets->next : new;
	if (p->packets != NULL)
		p->packets->next = new;
	p->packets = new;
	p->reserved += PAGE_SIZE - (new->end - new->start);
}

static void remove_oldest(struct pipe *p)
{
	struct packet *old = p->packets->next;

	p->packets->next = old->next;
	if (p->packets == old)
		p->packets = NULL;
	p->reserved -= PAGE_SIZE - (old->end - old->start);
	kfree(old);
}

void pipe_packets_drop(struct pipe *p)
{
	uint32_t worked = 0;

	while (p->packets != NULL) {
		remove_oldest(p);
		(void)sched_worked(&worked, SCHED_STEP);
	}
}

void pipe_packets_taken(struct pipe *p)
{
	struct packet *m;

	/* The positions begin anew when the ring becomes empty. */
	while ((m = oldest_packet(p)) != NULL && (ring_used(&p->ring) == 0 || m->end <= p->ring.tail))
		remove_oldest(p);
	if (m != NULL && m->start < p->ring.tail) {
		p->reserved += p->ring.tail - m->start;
		m->start = p->ring.tail;
	}
}

/* Takes up to N bytes out of P. Returns how many: fewer if TO's memory cannot be reached. */
static uint64_t take_bytes(struct pipe *p, struct uio *to, uint64_t n)
{
	const uint64_t left = to->left;
	uint64_t got;

	to->left = n;
	got = ring_take(&p->ring, to);
	to->left = left - got;
	return got;
}

/* Bytes that are in no packet are read together, and with the first packet behind them. */
long pipe_packets_read(struct file *f, struct uio *to)
{
	struct pipe *p = f->data;
	uint64_t done = 0, got, n, want;
	bool more = true;

	while (more && to->left != 0 && ring_used(&p->ring) != 0) {
		const struct packet *m = oldest_packet(p);
		const bool in_packet = m != NULL && m->start == p->ring.tail;

		n = (in_packet ? m->end : m != NULL ? m->start : p->ring.head) - p->ring.tail;
		want = n < to->left ? n : to->left;
		want = want < RING_STEP ? want : RING_STEP;
		got = take_bytes(p, to, want);
		done += got;
		if (in_packet && got == want)
			ring_drop(&p->ring, n - got);
		pipe_packets_taken(p);
		more = got == want && !in_packet && !sched_give_way();
	}
	KASSERT(p->packets == NULL || ring_used(&p->ring) != 0);
	waitq_wake(&p->space);
	return done != 0 ? (long)done : -EFAULT;
}

/* Puts N bytes of FROM into P, where there is room for them: 0 or -errno. */
static int put_bytes(struct pipe *p, struct uio *from, uint64_t n)
{
	const uint64_t left = from->left;
	int err;

	from->left = n;
	err = ring_put(&p->ring, from);
	from->left = left - (n - from->left);
	return err;
}

/*
 * How many of the first of N bytes join others that were written without O_DIRECT: those that are
 * no whole page, if they fit into the page of the last bytes in P, and these are in no packet.
 */
static uint64_t join_plain(const struct pipe *p, uint64_t n)
{
	const uint64_t start = p->packets != NULL ? p->packets->end : 0;
	const uint64_t filled = (p->ring.head - start) & PAGE_MASK, part = n & PAGE_MASK;

	return filled != 0 && filled + part <= PAGE_SIZE && part <= pipe_space(p) ? part : 0;
}

/* Puts up to a page of FROM into P, which has room for it, as a packet: 0 or -errno. */
static int put_packet(struct pipe *p, struct uio *from)
{
	struct packet *m = kmalloc(sizeof(*m));
	const uint64_t start = p->ring.head;
	int err;

	if (m == NULL)
		return -ENOMEM;
	err = put_bytes(p, from, from->left < PAGE_SIZE ? from->left : PAGE_SIZE);
	if (p->ring.head == start) {
		kfree(m);
		return err;
	}
	m->start = start;
	m->end = p->ring.head;
	add_packet(p, m);
	return err;
}

long pipe_packets_write(struct file *f, struct uio *from)
{
	struct pipe *p = f->data;
	const uint64_t want = from->left, first = join_plain(p, want);
	int err = 0;

	if (p->readers != 0 && first != 0) {
		err = put_bytes(p, from, first);
		waitq_wake(&p->bytes);
	}
	while (err == 0 && from->left != 0) {
		if (p->readers == 0) {
			err = pipe_broken();
		} else if (pipe_space(p) >= PAGE_SIZE) {
			err = put_packet(p, from);
			waitq_wake(&p->bytes);
			if (sched_give_way())
				break;
		} else if ((f->flags & O_NONBLOCK) != 0) {
			err = -EAGAIN;
		} else if (wait_event(&p->space, pipe_space(p) >= PAGE_SIZE || p->readers == 0, WAIT_INTERRUPTIBLE,
				      TIME_NEVER) != 0) {
			err = -ERESTARTSYS;
		}
	}
	return from->left != want ? (long)(want - from->left) : err;
}
