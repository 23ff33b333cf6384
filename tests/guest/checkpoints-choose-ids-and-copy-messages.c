/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * checkpoints-choose-ids-and-copy-messages - what checkpoints need: the next object of System V
 * gets the id that msg_next_id and its like say, if it is free; MSG_COPY leaves a message where
 * it is; after ns_last_pid comes the next pid.
 */
#include "files.h"
#include "sysv.h"

#define COPY 040000 /* MSG_COPY */

static int is(const char *path, const char *value)
{
	char text[64];

	read_text(path, text, sizeof(text));
	return strcmp(text, value) == 0;
}

static long new_queue(void)
{
	return syscall(SYS_msgget, IPC_PRIVATE, 0600 | IPC_CREAT);
}

static void chosen_ids(void)
{
	const char *const msg = "/proc/sys/kernel/msg_next_id";
	long id;

	CHECK(is(msg, "-1\n") && is("/proc/sys/kernel/sem_next_id", "-1\n") &&
	      is("/proc/sys/kernel/shm_next_id", "-1\n"));
	write_setting(msg, "1234567\n", 0);
	CHECK(is(msg, "1234567\n") && is("/proc/sys/kernel/sem_next_id", "-1\n"));
	CHECK(new_queue() == 1234567 && is(msg, "-1\n"));
	/* Its place is taken: the next place, with the sequence number that was asked for. */
	write_setting(msg, "1234567", 0);
	CHECK(new_queue() == 1234568);
	write_setting(msg, "22151", 0); /* the place of 1234567 (1234567 mod 32768), of another sequence number */
	CHECK(new_queue() == 22153);
	write_setting(msg, "32767", 0);
	CHECK(new_queue() == 32767);
	write_setting(msg, "65535", 0);
	REFUSED(new_queue(), ENOSPC);
	CHECK(is(msg, "-1\n"));
	id = new_queue();
	CHECK(id >= 0 && id != 22151 && msg_ctl(id, IPC_RMID, NULL) == 0);
	write_setting(msg, "-1", EINVAL);
	write_setting(msg, "2147483648", EINVAL);
	write_setting(msg, "x", EINVAL);

	write_setting("/proc/sys/kernel/sem_next_id", "777", 0);
	CHECK(syscall(SYS_semget, IPC_PRIVATE, 1, 0600 | IPC_CREAT) == 777);
	write_setting("/proc/sys/kernel/shm_next_id", "2147483647", 0);
	CHECK(syscall(SYS_shmget, IPC_PRIVATE, 4096, 0600 | IPC_CREAT) == 2147483647);
	CHECK(msg_ctl(1234567, IPC_RMID, NULL) == 0 && msg_ctl(1234568, IPC_RMID, NULL) == 0);
	CHECK(msg_ctl(22153, IPC_RMID, NULL) == 0 && msg_ctl(32767, IPC_RMID, NULL) == 0);
	CHECK(sem_ctl(777, 0, IPC_RMID, 0) == 0 && shm_ctl(2147483647, IPC_RMID, NULL) == 0);
}

static struct message {
	long type;
	char text[64];
} message;

static long receive(long id, void *to, long size, long type, int flags)
{
	return syscall(SYS_msgrcv, id, to, size, type, flags);
}

static void copies(void)
{
	const long id = new_queue();
	msg_ds s;

	CHECK(id >= 0);
	for (int n = 0; n < 3; n++) {
		message.type = 10 + n;
		memset(message.text, 'a' + n, sizeof(message.text));
		CHECK(syscall(SYS_msgsnd, id, &message, 10L * (n + 1), 0) == 0);
	}
	CHECK(receive(id, &message, 64, 1, COPY | IPC_NOWAIT) == 20 && message.type == 11);
	CHECK(memcmp(message.text, "bbbbbbbbbbbbbbbbbbbbc", 21) == 0);
	CHECK(receive(id, &message, 64, 2, COPY | IPC_NOWAIT) == 30 && message.type == 12);
	CHECK(receive(id, &message, 64, 0, COPY | IPC_NOWAIT | MSG_NOERROR) == 10 && message.type == 10);
	CHECK(msg_ctl(id, IPC_STAT, &s) == 0 && s.msg_qnum == 3 && s.msg_rtime == 0 && s.msg_lrpid == 0);
	REFUSED(receive(id, &message, 64, 3, COPY | IPC_NOWAIT), ENOMSG);
	REFUSED(receive(id, &message, 64, -1, COPY | IPC_NOWAIT), ENOMSG);
	REFUSED(receive(id, &message, 19, 1, COPY | IPC_NOWAIT), E2BIG);
	REFUSED(receive(id, &message, 19, 1, COPY | IPC_NOWAIT | MSG_NOERROR), EINVAL);
	REFUSED(receive(id, &message, 64, 1, COPY), EINVAL);
	REFUSED(receive(id, &message, 64, 1, COPY | IPC_NOWAIT | MSG_EXCEPT), EINVAL);
	REFUSED(receive(id + 1, &message, 64, 1, COPY | IPC_NOWAIT), EINVAL);
	REFUSED(receive(id + 1, (void *)8, 64, 1, COPY | IPC_NOWAIT), EFAULT);
	CHECK(receive(id, &message, 64, 0, IPC_NOWAIT) == 10 && message.type == 10);
	CHECK(receive(id, &message, 64, 0, COPY | IPC_NOWAIT) == 20 && message.type == 11);
	CHECK(msg_ctl(id, IPC_RMID, NULL) == 0);
}

static void nothing(void)
{
}

static void chosen_pids(void)
{
	pid_t child;

	write_setting("/proc/sys/kernel/ns_last_pid", "5000", 0);
	CHECK(is("/proc/sys/kernel/ns_last_pid", "5000\n"));
	child = child_of(nothing);
	CHECK(child == 5001 && end_of(child) == 0 && is("/proc/sys/kernel/ns_last_pid", "5001\n"));
	write_setting("/proc/sys/kernel/ns_last_pid", "1000\n", 0);
	child = child_of(nothing);
	CHECK(child == 1001);
	/* It is not waited for yet: its number is not free. */
	write_setting("/proc/sys/kernel/ns_last_pid", "1000", 0);
	CHECK(end_of(child_of(nothing)) == 0 && is("/proc/sys/kernel/ns_last_pid", "1002\n"));
	CHECK(end_of(child) == 0);
	write_setting("/proc/sys/kernel/ns_last_pid", "-1", EINVAL);
	write_setting("/proc/sys/kernel/ns_last_pid", "9999999", EINVAL);
	drop_privileges();
	write_setting("/proc/sys/kernel/ns_last_pid", "1000", EPERM);
}

static void in_new_pids(void)
{
	CHECK(status_of(chosen_pids) == 0);
}

int main(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWIPC | CLONE_NEWPID) == 0);
	chosen_ids();
	copies();
	CHECK(status_of(in_new_pids) == 0);
	return 0;
}
