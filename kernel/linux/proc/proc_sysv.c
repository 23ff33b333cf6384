/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_sysv.c - /proc/sysvipc, and the limits of System V's objects in /proc/sys/kernel, which are
 * those of the reader's namespace.
 */
#include <string.h>

#include <abi/errno.h>

#include "proc.h"
#include "sysv.h"

static int show_kind(struct text *t, enum sysv_kind kind)
{
	if (sysv_report == NULL)
		return -ENOENT;
	sysv_report->show(t, kind);
	return 0;
}

/* Appends COUNT limits, from FIRST on, in one line: 0, or -ENOENT: there is no System V IPC. */
static int show_limits_of(struct text *t, enum sysv_limit first, unsigned count)
{
	for (unsigned n = 0; sysv_report != NULL && n < count; n++)
		text_add(t, n == 0 ? "%lu" : "\t%lu", sysv_report->limits()[first + n]);
	text_add(t, "\n");
	return sysv_report != NULL ? 0 : -ENOENT;
}

int proc_read_numbers(const char *text, unsigned count, uint64_t most, uint64_t *value)
{
	for (unsigned n = 0; n < count; n++) {
		text += strspn(text, " \t");
		if (*text < '0' || *text > '9')
			return -EINVAL;
		for (value[n] = 0; *text >= '0' && *text <= '9'; text++) {
			if (value[n] > (most - (uint64_t)(*text - '0')) / 10)
				return -EINVAL;
			value[n] = value[n] * 10 + (uint64_t)(*text - '0');
		}
	}
	return text[strspn(text, " \t")] == '\0' ? 0 : -EINVAL;
}

/*
 * Sets COUNT limits, from FIRST on, to the numbers in TEXT, which are separated by blanks: 0;
 * -ENOENT: there is no System V IPC; or -EINVAL, and nothing is set: not COUNT numbers up to MOST.
 * [proc_dointvec_minmax, proc_doulongvec_minmax]
 */
static int store_limits(const char *text, enum sysv_limit first, unsigned count, uint64_t most)
{
	uint64_t value[4];

	if (sysv_report == NULL)
		return -ENOENT;
	if (proc_read_numbers(text, count, most, value) != 0)
		return -EINVAL;
	memcpy(sysv_report->limits() + first, value, count * sizeof(value[0]));
	return 0;
}

#define KIND(name, kind)                                               \
	static int show_sysv_##name(struct text *t, struct task *task) \
	{                                                              \
		(void)task;                                            \
		return show_kind(t, kind);                             \
	}
#define LIMIT(name, first, count, most)                         \
	int proc_show_##name(struct text *t, struct task *task) \
	{                                                       \
		(void)task;                                     \
		return show_limits_of(t, first, count);         \
	}                                                       \
	int proc_store_##name(char *text, struct task *task)    \
	{                                                       \
		(void)task;                                     \
		return store_limits(text, first, count, most);  \
	}

/* The id that the next object of a kind gets; -1: any. */
#define NEXT_ID(name, kind)                                             \
	int proc_show_##name(struct text *t, struct task *task)         \
	{                                                               \
		(void)task;                                             \
		if (sysv_report == NULL)                                \
			return -ENOENT;                                 \
		text_add(t, "%d\n", *sysv_report->next_id(kind));       \
		return 0;                                               \
	}                                                               \
	int proc_store_##name(char *text, struct task *task)            \
	{                                                               \
		uint64_t value;                                         \
                                                                        \
		(void)task;                                             \
		if (sysv_report == NULL)                                \
			return -ENOENT;                                 \
		if (proc_read_numbers(text, 1, INT32_MAX, &value) != 0) \
			return -EINVAL;                                 \
		*sysv_report->next_id(kind) = (int32_t)value;           \
		return 0;                                               \
	}

NEXT_ID(sem_next_id, SYSV_SEM)
NEXT_ID(msg_next_id, SYSV_MSG)
NEXT_ID(shm_next_id, SYSV_SHM)
KIND(sem, SYSV_SEM)
KIND(msg, SYSV_MSG)
KIND(shm, SYSV_SHM)
LIMIT(msgmax, SYSV_MSGMAX, 1, INT32_MAX)
LIMIT(msgmnb, SYSV_MSGMNB, 1, INT32_MAX)
LIMIT(msgmni, SYSV_MSGMNI, 1, 32768)
LIMIT(sem, SYSV_SEMMSL, 4, INT32_MAX)
LIMIT(shmall, SYSV_SHMALL, 1, UINT64_MAX)
LIMIT(shmmax, SYSV_SHMMAX, 1, UINT64_MAX)
LIMIT(shmmni, SYSV_SHMMNI, 1, 32768)
LIMIT(mq_queues_max, SYSV_MQ_QUEUES_MAX, 1, INT32_MAX)
LIMIT(mq_msg_max, SYSV_MQ_MSG_MAX, 1, 65536)
LIMIT(mq_msgsize_max, SYSV_MQ_MSGSIZE_MAX, 1, 1 << 24)
LIMIT(mq_msg_default, SYSV_MQ_MSG_DEFAULT, 1, 65536)
LIMIT(mq_msgsize_default, SYSV_MQ_MSGSIZE_DEFAULT, 1, 1 << 24)

const struct proc_entry proc_sysv[] = {
	{ .name = "msg", .mode = S_IFREG | 0444, .show = show_sysv_msg },
	{ .name = "sem", .mode = S_IFREG | 0444, .show = show_sysv_sem },
	{ .name = "shm", .mode = S_IFREG | 0444, .show = show_sysv_shm },
	{ .name = NULL },
};
