/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.c - the collector of sockets that only queues lead to, against a mark and sweep from
 * descriptors: random graphs of sockets, listeners with connections that nobody accepted, and
 * other files, sent through each other. It is the kernel's, compiled here; what it calls of the
 * rest of the kernel is here, too.
 */
#include "generate.h"
#include "rows.h"

#include "socket.h"
#include "task.h"
#include "user.h"

#define SOCKETS 24
#define OTHERS 8
#define FILES (SOCKETS + OTHERS)
#define GRAPHS 20000

/* --- the rest of the kernel ------------------------------------------------------------ */

struct hart hart;
static const struct file_ops socket_ops, other_ops;
static uint32_t made, freed;
static struct user user;
static bool gone[64]; /* by number */

void kassert_failed(const char *file, unsigned line, const char *what)
{
	fail_msg("%s:%u: %s", file, line, what);
	abort();
}

void *kmalloc(size_t size)
{
	return calloc(1, size);
}

void kfree(void *p)
{
	free(p);
}

bool sched_give_way(void)
{
	return false;
}

bool task_capable(unsigned cap)
{
	return cap == 0;
}

struct user *user_get(uint32_t uid)
{
	(void)uid;
	user.refs++;
	return &user;
}

void user_put(struct user *u)
{
	assert_true(u->refs-- != 0);
}

struct socket *socket_of(const struct file *f)
{
	return f->ops == &socket_ops ? f->data : NULL;
}

static void empty_queue(struct socket *s)
{
	while (!list_empty(&s->queue)) {
		struct message *m = container_of(s->queue.next, struct message, link);

		list_del(&m->link);
		rights_received(m->rights);
		rights_free(m->rights);
		free(m);
	}
}

void file_free(struct file *f)
{
	struct socket *s = socket_of(f);

	freed++;
	gone[f->pos] = true;
	if (s != NULL) {
		rights_remove_socket(s);
		list_for_each(link, &s->backlog)
		{
			struct socket *end = container_of(link, struct socket, waiting);

			list_del(&end->waiting);
			list_del(&end->loading);
			file_put(end->file);
		}
		empty_queue(s);
		free(s);
	}
	free(f);
}

/* --- a graph ----------------------------------------------------------------------------- */

static uint64_t seed = 1;
static struct file *file[FILES];
static bool marked[FILES];

/* Of NUMBER; all that are no file[] have FILES. */
static struct file *new_file(uint32_t number, bool is_socket)
{
	struct file *f = calloc(1, sizeof(*f));

	made++;
	f->refs = 1;
	f->pos = number;
	f->ops = is_socket ? &socket_ops : &other_ops;
	if (is_socket) {
		struct socket *s = calloc(1, sizeof(*s));

		f->data = s;
		list_init(&s->queue);
		list_init(&s->backlog);
		list_init(&s->waiting);
		rights_add_socket(s, f);
	}
	return f;
}

/* Some files, the same one more than once perhaps, into the queue of S. */
static void send_to(struct socket *s)
{
	struct message *m = calloc(1, sizeof(*m));

	if (chance(&seed, 4) != 0) {
		m->rights = calloc(1, sizeof(*m->rights));
		m->rights->count = 1 + chance(&seed, 3);
		for (uint32_t n = 0; n < m->rights->count; n++)
			m->rights->file[n] = file_get(file[chance(&seed, FILES)]);
		rights_sent(s, m);
	}
	list_add_tail(&m->link, &s->queue);
}

static void make_graph(void)
{
	const uint32_t messages = chance(&seed, 60);

	for (uint32_t n = 0; n < FILES; n++)
		file[n] = new_file(n, n < SOCKETS);
	for (uint32_t n = 0; n < messages; n++) {
		struct socket *s = file[chance(&seed, SOCKETS)]->data;

		/* Or to a connection that waits for S to accept it. */
		if (chance(&seed, 4) == 0) {
			struct socket *end = new_file(FILES, true)->data;

			list_add_tail(&end->waiting, &s->backlog);
			end->listener = s;
			s = end;
		}
		send_to(s);
	}
}

static void mark(const struct file *f);

static void mark_queue(const struct socket *s)
{
	list_for_each(link, &s->queue)
	{
		const struct rights *r = container_of(link, struct message, link)->rights;

		for (uint32_t n = 0; r != NULL && n < r->count; n++)
			mark(r->file[n]);
	}
}

static void mark(const struct file *f)
{
	const struct socket *s = socket_of(f);

	if (marked[f->pos])
		return;
	marked[f->pos] = true;
	if (s == NULL)
		return;
	mark_queue(s);
	list_for_each(link, &s->backlog)
		mark_queue(container_of(link, struct socket, waiting));
}

/* --- the comparison ------------------------------------------------------------------------- */

/* Gives up the descriptors of those that are OPEN as WHICH says. */
static void close_files(const bool open[FILES], bool which)
{
	for (uint32_t n = 0; n < FILES; n++)
		if (open[n] == which) {
			if (file[n]->closing_matters) /* [file_tell_closing] */
				rights_closing(NULL, file[n]);
			file_put(file[n]);
		}
}

static void collector_row(void **state)
{
	uint32_t cycles = 0, kept = 0;

	(void)state;
	for (uint32_t round = 0; round < GRAPHS; round++) {
		const uint32_t some = 2 + chance(&seed, 16);
		bool open[FILES];

		make_graph();
		memset(marked, 0, sizeof(marked));
		memset(gone, 0, sizeof(gone));
		for (uint32_t n = 0; n < FILES; n++) {
			open[n] = chance(&seed, some) == 0;
			if (open[n])
				mark(file[n]);
		}
		close_files(open, false);
		for (uint32_t n = 0; n < FILES; n++)
			cycles += !gone[n] && !marked[n];
		rights_closed();
		for (uint32_t n = 0; n < FILES; n++) {
			assert_int_equal(gone[n], !marked[n]);
			kept += marked[n] && !open[n];
		}
		close_files(open, true);
		rights_closed();
		assert_int_equal(made, freed);
		assert_int_equal(rights_in_flight, 0);
		assert_true(user.refs == 0 && user.files_in_flight == 0);
		assert_true(list_empty(&socket_all));
	}
	/* There was something to find, and something to leave alone. */
	assert_true(cycles > GRAPHS && kept > GRAPHS);
}

int main(void)
{
	static const struct {
		const char *name;
	} graphs[] = { { "20,000 graphs: what no descriptor leads to goes, and nothing else" } };

	ROWS_ADD(collector_row, graphs);
	return rows_run("rights");
}
