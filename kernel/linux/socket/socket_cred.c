/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_cred.c - the credentials of a message's sender (SCM_CREDENTIALS), and of the task at the
 * other end (SO_PEERCRED). Called from socket.c, unix.c, socket_option.c and sys_message.c.
 * [include/net/scm.h, net/core/scm.c, net/core/sock.c]
 *
 * Sockets keep the kernel's own ids. A program in a namespace gives and gets its own numbers for
 * them.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "pidns.h"
#include "socket.h"
#include "task.h"
#include "userns.h"

struct ucred socket_sender(void)
{
	return (struct ucred){ current->group->id, current->cred.uid, current->cred.gid };
}

struct ucred socket_peer(void)
{
	return (struct ucred){ current->group->id, current->cred.euid, current->cred.egid };
}

struct ucred socket_show_cred(const struct ucred *c)
{
	if (c->uid == UINT32_MAX)
		return *c; /* there is no task at the other end */
	return (struct ucred){ pidns_show(c->pid), userns_show_uid(c->uid), userns_show_gid(c->gid) };
}

int socket_claim_cred(struct ucred *c)
{
	const struct cred *me = &current->cred;
	const struct ucred ids = { pidns_id(c->pid), userns_uid(c->uid), userns_gid(c->gid) };

	if (ids.uid == USERNS_INVALID || ids.gid == USERNS_INVALID)
		return -EINVAL;
	if ((ids.pid != current->group->id && !userns_capable(CAP_SYS_ADMIN)) ||
	    (ids.uid != me->uid && ids.uid != me->euid && ids.uid != me->suid && !userns_capable(CAP_SETUID)) ||
	    (ids.gid != me->gid && ids.gid != me->egid && ids.gid != me->sgid && !userns_capable(CAP_SETGID)))
		return -EPERM;
	if (ids.pid == 0 || task_find(ids.pid) == NULL)
		return -ESRCH;
	*c = ids;
	return 0;
}
