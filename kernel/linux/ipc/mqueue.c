/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue.c - POSIX message queues: mq_open, mq_unlink, and a queue as a file. [ipc/mqueue.c]
 */
#include "mqueue.h"

#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/mqueue.h>

#include "file.h"
#include "fs.h"
#include "ipc.h"
#include "page.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "user.h"
#include "usercopy.h"

#define NAME_MAX 255
#define HARD_MAX 65536	       /* messages, for those with CAP_SYS_RESOURCE [HARD_MSGMAX] */
#define HARD_ROOM (1 << 24)    /* bytes of one [HARD_MSGSIZEMAX] */
#define PRIORITIES_CHARGED 128 /* [init_mqueue_inode] */
#define CHARGE_EACH 48	       /* what a message, or a priority, counts for beside its bytes */

static const struct volume volume_mqueue = { .dev = 11, .magic = MQUEUE_MAGIC, .type = "mqueue" };

/* ---- a queue as a file ---- */

static void drop_messages(struct mqueue *q)
{
	uint32_t worked = 0;

	while (!list_empty(&q->messages)) {
		struct mq_message *m = container_of(q->messages.next, struct mq_message, link);

		list_del(&m->link);
		kfree(m);
		(void)sched_worked(&worked, 4UL * SCHED_STEP);
	}
}

/* With the last opening of a queue without a name its messages go, while others may run. */
static void mqueue_release(struct file *f)
{
	struct mqueue *q = f->inode->private;

	if (--q->openings == 0 && !f->inode->linked)
		drop_messages(q);
}

/* Its namespace counts Q no longer. */
static void forget_queue(struct mqueue *q)
{
	list_del(&q->of_ns);
	q->ns->mqueues--;
	q->ns = NULL;
}

static void mqueue_free(struct inode *i)
{
	struct mqueue *q = i->private;

	KASSERT(list_empty(&q->messages));
	if (q->ns != NULL)
		forget_queue(q);
	mqueue_untell(q);
	q->user->mqueue_bytes -= q->charge;
	user_put(q->user);
	kfree(q);
}

static uint32_t mqueue_poll(struct file *f, struct poll_table *table)
{
	struct mqueue *q = f->inode->private;

	if (table != NULL)
		poll_wait(table, &q->changed);
	return (q->count != 0 ? POLLIN | POLLRDNORM : 0) | (q->count < q->max ? POLLOUT | POLLWRNORM : 0);
}

/* What reading the file gives: how full the queue is, and who is told of a message. */
static long mqueue_read(struct file *f, struct uio *to, uint64_t *pos)
{
	const struct mqueue *q = f->inode->private;
	const bool told = q->notified != 0;
	char buf[80];
	struct text t;
	long done;

	text_init_fixed(&t, buf, sizeof(buf));
	text_add(&t, "QSIZE:%-10lu NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6u\n", q->size, told ? q->event.sigev_notify : 0,
		 told && q->event.sigev_notify == SIGEV_SIGNAL ? q->event.sigev_signo : 0,
		 told ? pidns_show(q->notified) : 0);
	if (*pos >= t.len)
		return 0;
	done = (long)uio_put(to, buf + *pos, t.len - *pos);
	*pos += (uint64_t)done;
	return done != 0 ? done : -EFAULT;
}

static const struct file_ops mqueue_ops = {
	.read = mqueue_read,
	.poll = mqueue_poll,
	.release = mqueue_release,
	.seekable = true,
};

/* By its name, or once more by /proc/PID/fd. */
static int mqueue_open(struct inode *i, struct file *f)
{
	struct mqueue *q = i->private;

	f->ops = &mqueue_ops;
	q->openings++;
	return 0;
}

static const struct inode_ops mqueue_iops = { .open = mqueue_open, .free = mqueue_free };

struct mqueue *mqueue_of(const struct file *f)
{
	return f->ops == &mqueue_ops ? f->inode->private : NULL;
}

/* ---- making one ---- */

/* What a queue with A counts for. [mqueue_get_inode] */
static uint64_t charge_of(const struct mq_attr *a)
{
	const uint64_t max = (uint64_t)a->mq_maxmsg, priorities = max < PRIORITIES_CHARGED ? max : PRIORITIES_CHARGED;

	return max * (uint64_t)a->mq_msgsize + (max + priorities) * CHARGE_EACH;
}

/* Do A's numbers keep to NS's limits? [mq_attr_ok] */
static bool attr_fits(const struct ipcns *ns, const struct mq_attr *a)
{
	const bool may = task_capable(CAP_SYS_RESOURCE);
	const uint64_t most = may ? HARD_MAX : ns->limit[SYSV_MQ_MSG_MAX];
	const uint64_t longest = may ? HARD_ROOM : ns->limit[SYSV_MQ_MSGSIZE_MAX];

	return a->mq_maxmsg > 0 && a->mq_msgsize > 0 && (uint64_t)a->mq_maxmsg <= most &&
	       (uint64_t)a->mq_msgsize <= longest;
}

/* Counts CHARGE for the current user, in *USER: 0, -EMFILE (that is too much) or -ENOMEM. */
static int charge_user(uint64_t charge, struct user **user)
{
	struct user *u = user_get(current->cred.uid);

	if (u == NULL)
		return -ENOMEM;
	if (u->mqueue_bytes + charge > current->group->limits[RLIMIT_MSGQUEUE].rlim_cur) {
		user_put(u);
		return -EMFILE;
	}
	u->mqueue_bytes += charge;
	*user = u;
	return 0;
}

static int64_t default_of(const struct ipcns *ns, enum sysv_limit most, enum sysv_limit usual)
{
	return (int64_t)(ns->limit[most] < ns->limit[usual] ? ns->limit[most] : ns->limit[usual]);
}

/* Makes what inode I of a queue needs. A: NULL for what NS has as default. [mqueue_get_inode] */
static int fill_queue(struct inode *i, struct ipcns *ns, const struct mq_attr *a)
{
	const struct mq_attr usual = {
		.mq_maxmsg = default_of(ns, SYSV_MQ_MSG_MAX, SYSV_MQ_MSG_DEFAULT),
		.mq_msgsize = default_of(ns, SYSV_MQ_MSGSIZE_MAX, SYSV_MQ_MSGSIZE_DEFAULT),
	};
	struct mqueue *q;
	int err;

	if (a == NULL)
		a = &usual;
	else if (!attr_fits(ns, a))
		return -EINVAL;
	q = kmalloc(sizeof(*q));
	err = q != NULL ? charge_user(charge_of(a), &q->user) : -ENOMEM;
	if (err != 0) {
		kfree(q);
		return err;
	}
	q->ns = ns;
	q->charge = charge_of(a);
	q->max = (uint64_t)a->mq_maxmsg;
	q->room = (uint64_t)a->mq_msgsize;
	list_init(&q->messages);
	waitq_init(&q->changed);
	list_add(&q->of_ns, &ns->queues);
	ns->mqueues++;
	i->iops = &mqueue_iops;
	i->ops = &mqueue_ops;
	i->private = q;
	i->size = 80; /* [FILENT_SIZE] */
	return 0;
}

static int make_queue(struct ipcns *ns, const char *name, uint32_t mode, const struct mq_attr *a, struct inode **out)
{
	struct inode *i;
	int err;

	if (ns->mqueues >= ns->limit[SYSV_MQ_QUEUES_MAX] && !task_capable(CAP_SYS_RESOURCE))
		return -ENOSPC;
	i = inode_create(&volume_mqueue, S_IFREG | (mode & 07777 & ~current->fs->umask));
	if (i == NULL)
		return -ENOMEM;
	err = fill_queue(i, ns, a);
	if (err == 0)
		err = tree_link(ns->names, i, name, strlen(name));
	if (err == 0)
		*out = i;
	else
		inode_put(i);
	return err;
}

/* ---- names ---- */

/* The directory of NS's queues is made when it is asked for. NULL: no memory. */
static struct inode *queue_names(struct ipcns *ns)
{
	if (ns->names == NULL) {
		ns->names = inode_create(&volume_mqueue, S_IFDIR | 01777);
		if (ns->names != NULL)
			ns->names->uid = ns->names->gid = 0;
	}
	return ns->names;
}

void mqueue_leave(struct ipcns *ns)
{
	uint32_t worked = 0;
	struct inode *i;

	if (ns->names == NULL)
		return;
	while ((i = tree_first(ns->names)) != NULL) {
		struct mqueue *q = i->private;

		if (q->openings == 0)
			drop_messages(q);
		tree_unlink(i);
		(void)sched_worked(&worked, 16UL * SCHED_STEP);
	}
	inode_put(ns->names);
	ns->names = NULL;
	/* Those without a name are still open. */
	while (!list_empty(&ns->queues)) {
		forget_queue(container_of(ns->queues.next, struct mqueue, of_ns));
		(void)sched_worked(&worked, SCHED_STEP);
	}
}

/* Copies a queue's name from USER to NAME, NAME_MAX + 1 bytes: 0 or -errno. [lookup_one_len] */
static int get_name(char *name, uint64_t user)
{
	const long len = copy_string_from_user(name, user, NAME_MAX + 1);

	if (len < 0)
		return (int)len;
	if (len == 0)
		return -ENOENT;
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strchr(name, '/') != NULL ? -EACCES : 0;
}

/*
 * The queue NAME, as an open with FLAGS finds or makes it: 0 and a reference in *OUT.
 * [prepare_open]
 */
static int find_queue(struct ipcns *ns, const char *name, uint32_t flags, uint32_t mode, const struct mq_attr *a,
		      struct inode **out)
{
	static const unsigned wanted[] = { MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE };
	struct inode *dir = queue_names(ns), *i;
	int err;

	if (dir == NULL)
		return -ENOMEM;
	i = tree_find(dir, name, strlen(name));
	if (i == NULL)
		return (flags & O_CREAT) != 0 ? make_queue(ns, name, mode, a, out) : -ENOENT;
	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return -EEXIST;
	if ((flags & O_ACCMODE) == O_ACCMODE)
		return -EINVAL;
	err = inode_permission(i, wanted[flags & O_ACCMODE]);
	if (err == 0)
		*out = inode_get(i);
	return err;
}

long sys_mq_open(uint64_t uname, uint64_t uflags, uint64_t mode, uint64_t uattr)
{
	const uint32_t flags = (uint32_t)uflags;
	char name[NAME_MAX + 1];
	struct mq_attr a;
	struct inode *i;
	struct file *f;
	int err;

	if (uattr != 0 && copy_from_user(&a, uattr, sizeof(a)) != 0)
		return -EFAULT;
	err = get_name(name, uname);
	if (err == 0 && fd_reserve(current->files) < 0)
		err = -EMFILE;
	if (err == 0)
		err = find_queue(ipc_namespace(), name, flags, (uint32_t)mode, uattr != 0 ? &a : NULL, &i);
	if (err != 0)
		return err;
	f = file_create(&mqueue_ops, i, flags & (O_ACCMODE | O_NONBLOCK), NULL);
	if (f != NULL)
		(void)mqueue_open(i, f);
	inode_put(i);
	return f != NULL ? fd_install(current->files, f, 0, true) : -ENOMEM;
}

long sys_mq_unlink(uint64_t uname)
{
	struct inode *dir = queue_names(ipc_namespace()), *i;
	char name[NAME_MAX + 1];
	int err = get_name(name, uname);

	if (err != 0)
		return err;
	i = dir != NULL ? tree_find(dir, name, strlen(name)) : NULL;
	if (i == NULL)
		return -ENOENT;
	err = tree_may_remove(i);
	if (err != 0)
		return err;
	inode_get(i);
	tree_unlink(i);
	if (((struct mqueue *)i->private)->openings == 0)
		drop_messages(i->private);
	inode_put(i);
	return 0;
}
