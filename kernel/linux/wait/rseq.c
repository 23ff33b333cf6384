/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.c - restartable sequences: rseq(2), and what an interruption does. See
 * kernel/core/task/rseq.h. There is one processor, so the processor's number in a thread's area
 * never changes. [kernel/rseq.c]
 */
#include "rseqs.h"

#include <abi/errno.h>
#include <abi/rseq.h>

#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* Stores START as cpu_id_start and ID as cpu_id in the user's AREA: 0 or -EFAULT. */
static int write_ids(uint64_t area, uint32_t start, uint32_t id)
{
	const uint32_t ids[2] = { start, id };

	return copy_to_user(area, ids, sizeof(ids));
}

static long unregister_area(uint64_t area, uint32_t len, uint32_t signature)
{
	if (current->rseq.area != area || area == 0 || len != sizeof(struct rseq))
		return -EINVAL;
	if (current->rseq.signature != signature)
		return -EPERM;
	if (write_ids(area, 0, (uint32_t)RSEQ_CPU_ID_UNINITIALIZED) != 0)
		return -EFAULT;
	current->rseq.area = 0;
	return 0;
}

long sys_rseq(uint64_t area, uint64_t len, uint64_t uflags, uint64_t signature)
{
	const uint32_t flags = (uint32_t)uflags;

	if (flags & RSEQ_FLAG_UNREGISTER)
		return flags != RSEQ_FLAG_UNREGISTER ? -EINVAL
						     : unregister_area(area, (uint32_t)len, (uint32_t)signature);
	if (flags != 0)
		return -EINVAL;
	if (current->rseq.area != 0) {
		if (current->rseq.area != area || (uint32_t)len != sizeof(struct rseq))
			return -EINVAL;
		return current->rseq.signature != (uint32_t)signature ? -EPERM : -EBUSY;
	}
	if (area % _Alignof(struct rseq) != 0 || (uint32_t)len != sizeof(struct rseq))
		return -EINVAL;
	if (!user_range_ok(area, sizeof(struct rseq)))
		return -EFAULT;
	/* Linux accepts such an area, and fails to write it on the way to user mode: SIGSEGV. */
	if (area == 0 || write_ids(area, 0, 0) != 0) {
		signal_force_kernel(SIGSEGV, false);
		return 0;
	}
	current->rseq = (struct rseq_state){ area, (uint32_t)signature };
	return 0;
}

/* Reads the sequence that the area names: 1, 0 (it names none), or -errno. [rseq_get_rseq_cs] */
static int read_sequence(struct rseq_cs *cs)
{
	uint32_t signature;
	uint64_t at;

	if (copy_from_user(&at, current->rseq.area + offsetof(struct rseq, rseq_cs), sizeof(at)) != 0)
		return -EFAULT;
	if (at == 0)
		return 0;
	if (copy_from_user(cs, at, sizeof(*cs)) != 0)
		return -EFAULT;
	if (cs->start_ip >= USER_TOP || cs->start_ip + cs->post_commit_offset >= USER_TOP || cs->abort_ip >= USER_TOP ||
	    cs->version != 0 || cs->start_ip + cs->post_commit_offset < cs->start_ip)
		return -EINVAL;
	if (cs->abort_ip - cs->start_ip < cs->post_commit_offset)
		return -EINVAL;
	if (copy_from_user(&signature, cs->abort_ip - sizeof(signature), sizeof(signature)) != 0)
		return -EFAULT;
	return signature == current->rseq.signature && cs->flags == 0 ? 1 : -EINVAL;
}

void rseqs_interrupted(struct trapframe *frame)
{
	struct rseq_cs cs;
	int found = read_sequence(&cs);

	/*
	 * Inside the sequence, the thread is sent to the abort handler; outside, it has left the
	 * sequence. In both cases the area must not name it any more. [clear_rseq_cs]
	 */
	if (found > 0 && clear_user(current->rseq.area + offsetof(struct rseq, rseq_cs), sizeof(uint64_t)) != 0)
		found = -EFAULT;
	if (found < 0)
		signal_force_kernel(SIGSEGV, false);
	else if (found > 0 && frame->pc - cs.start_ip < cs.post_commit_offset)
		frame->pc = cs.abort_ip;
}
