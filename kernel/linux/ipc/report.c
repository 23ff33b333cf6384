/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.c - the files of /proc/sysvipc, and the limits of a namespace. [ipc/util.c, ipc_sysctl.c]
 */
#include "report.h"

#include "inode.h"
#include "msg.h"
#include "pidns.h"
#include "shm.h"
#include "task.h"
#include "text.h"

const uint64_t ipc_default_limits[SYSV_LIMITS] = {
	[SYSV_SHMMAX] = SHMMAX,	      [SYSV_SHMALL] = SHMALL,	  [SYSV_SHMMNI] = SHMMNI,
	[SYSV_MSGMAX] = MSGMAX,	      [SYSV_MSGMNB] = MSGMNB,	  [SYSV_MSGMNI] = MSGMNI,
	[SYSV_SEMMSL] = SEMMSL,	      [SYSV_SEMMNS] = SEMMNS,	  [SYSV_SEMOPM] = SEMOPM,
	[SYSV_SEMMNI] = SEMMNI,	      [SYSV_MQ_QUEUES_MAX] = 256, [SYSV_MQ_MSG_MAX] = 10,
	[SYSV_MQ_MSGSIZE_MAX] = 8192, [SYSV_MQ_MSG_DEFAULT] = 10, [SYSV_MQ_MSGSIZE_DEFAULT] = 8192,
};

static void add_owners(struct text *t, const struct ipc64_perm *p)
{
	text_add(t, " %5u %5u %5u %5u", p->uid, p->gid, p->cuid, p->cgid);
}

static void add_sem(struct text *t, const struct sem_set *s, const struct ipc64_perm *p)
{
	text_add(t, " %10u", s->count);
	add_owners(t, p);
	text_add(t, " %10lu %10lu\n", (unsigned long)s->otime, (unsigned long)s->ctime);
}

static void add_msg(struct text *t, const struct msg_queue *q, const struct ipc64_perm *p)
{
	text_add(t, "  %10lu %10lu %5u %5u", q->bytes, q->count, pidns_show(q->lspid), pidns_show(q->lrpid));
	add_owners(t, p);
	text_add(t, " %10lu %10lu %10lu\n", (unsigned long)q->stime, (unsigned long)q->rtime, (unsigned long)q->ctime);
}

static void add_shm(struct text *t, const struct shm_segment *s, const struct ipc64_perm *p)
{
	text_add(t, " %21lu %5u %5u  %5lu", s->size, pidns_show(s->cpid), pidns_show(s->lpid), s->mappings);
	add_owners(t, p);
	text_add(t, " %10lu %10lu %10lu", (unsigned long)s->atime, (unsigned long)s->dtime, (unsigned long)s->ctime);
	text_add(t, " %21lu %21lu\n", s->inode->pages.count * PAGE_SIZE, 0UL);
}

#define LINE_WORK (32 * SCHED_STEP)

static const enum ipc_kind kinds[] = { [SYSV_SEM] = IPC_SEM, [SYSV_MSG] = IPC_MSG, [SYSV_SHM] = IPC_SHM };

static void show_objects(struct text *t, enum sysv_kind kind)
{
	static const char *const heads[] = {
		[SYSV_SEM] = "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n",
		[SYSV_MSG] =
			"       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n",
		[SYSV_SHM] =
			("       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid"
			 "      atime      dtime      ctime                   rss                  swap\n"),
	};
	const struct ipc_table *table = &ipc_namespace()->table[kinds[kind]];
	uint32_t worked = 0;

	text_add(t, "%s", heads[kind]);
	for (uint32_t n = 0; n < table->size && !sched_worked(&worked, LINE_WORK); n++) {
		const struct ipc_object *o = table->slot[n];
		struct ipc64_perm p;

		if (o == NULL)
			continue;
		ipc_show(o, &p);
		text_add(t, "%10d %10d  %4o", o->key, o->id, o->mode);
		if (kind == SYSV_SEM)
			add_sem(t, (const struct sem_set *)o, &p);
		else if (kind == SYSV_MSG)
			add_msg(t, (const struct msg_queue *)o, &p);
		else
			add_shm(t, (const struct shm_segment *)o, &p);
	}
}

static uint64_t *current_limits(void)
{
	return ipc_namespace()->limit;
}

static int32_t *current_next_id(enum sysv_kind kind)
{
	return &ipc_namespace()->next_id[kinds[kind]];
}

const struct sysv_report ipc_report = { .show = show_objects, .limits = current_limits, .next_id = current_next_id };
