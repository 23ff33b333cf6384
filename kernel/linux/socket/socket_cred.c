/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_cred.c - the credentials of a message's sender (SCM_CREDENTIALS), and of the task at the
 * other end (SO_PEERCRED, SO_PEERGROUPS). Called from socket.c, unix.c, socket_option.c and
 * sys_message.c. [include/net/scm.h, net/core/scm.c, net/core/sock.c]
 *
 * Sockets keep the kernel's own ids. A program in a namespace gives and gets its own numbers for
 * them.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <string.h>

#include "pidns.h"
#include "socket.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

struct ucred socket_sender(void)
{
	return (struct ucred){ current->group->id, current->cred.uid, current->cred.gid };
}

void socket_note_peer(struct socket *s)
{
	const struct cred *c = &current->cred;

	s->peer_at_start = (struct ucred){ current->group->id, c->euid, c->egid };
	s->peer_group_count = c->ngroups;
	memcpy(s->peer_groups, c->groups, sizeof(s->peer_groups));
}

void socket_copy_peer(struct socket *s, const struct socket *other)
{
	s->peer_at_start = other->peer_at_start;
	s->peer_group_count = other->peer_group_count;
	memcpy(s->peer_groups, other->peer_groups, sizeof(s->peer_groups));
}

long socket_get_groups(const struct socket *s, uint64_t uvalue, int32_t len, uint64_t ulen)
{
	const int32_t size = (int32_t)(s->peer_group_count * sizeof(s->peer_groups[0]));
	uint32_t shown[CRED_GROUPS_MAX];

	if (s->peer_at_start.uid == UINT32_MAX)
		return -ENODATA;
	if (copy_to_user(ulen, &size, sizeof(size)) != 0)
		return -EFAULT;
	if (len < size)
		return -ERANGE;
	for (uint32_t n = 0; n < s->peer_group_count; n++)
		shown[n] = userns_show_gid(s->peer_groups[n]);
	return copy_to_user(uvalue, shown, (size_t)size) != 0 ? -EFAULT : 0;
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
