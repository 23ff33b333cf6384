/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_rare.c - the options at SOL_SOCKET that only few programs use. Called from
 * socket_option.c. [net/core/sock.c]
 */
#include <abi/capability.h>
#include <string.h>

#include "absent.h"
#include "netns.h"
#include "socket.h"
#include "usercopy.h"
#include "userns.h"

/* Says on the console that OPTION is missing. Returns -ENOPROTOOPT. */
static int say_absent(const char *call, uint32_t option)
{
	absent_say(call, "option", option, "ENOPROTOOPT");
	return -ENOPROTOOPT;
}

long socket_get_device(const struct socket *s, uint64_t uvalue, int32_t len, uint64_t ulen)
{
	int32_t size = 0;

	if (s->on_loopback && len < DEVICE_NAME_MAX)
		return -EINVAL;
	if (s->on_loopback)
		size = sizeof(LOOPBACK_NAME);
	if (copy_to_user(uvalue, LOOPBACK_NAME, (size_t)size) != 0 || copy_to_user(ulen, &size, sizeof(size)) != 0)
		return -EFAULT;
	return 0;
}

int socket_set_device(struct socket *s, uint64_t uvalue, uint64_t len)
{
	char name[DEVICE_NAME_MAX] = { 0 };

	if (s->on_loopback && !userns_capable(CAP_NET_RAW))
		return -EPERM;
	if ((int)len < 0)
		return -EINVAL;
	if (copy_from_user(name, uvalue, len < sizeof(name) - 1 ? len : sizeof(name) - 1) != 0)
		return -EFAULT;
	if (name[0] != '\0' && strcmp(name, LOOPBACK_NAME) != 0)
		return -ENODEV;
	s->on_loopback = name[0] != '\0';
	return 0;
}

int socket_get_rare(const struct socket *s, uint32_t option, int32_t *value)
{
	switch (option) {
	case SO_RCVLOWAT:
		*value = s->low_water;
		return 0;
	case SO_SNDLOWAT:
		*value = 1;
		return 0;
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMPNS_OLD:
		*value = s->stamps == (int)option;
		return 0;
	case SO_MARK:
		*value = s->mark;
		return 0;
	case SO_INCOMING_CPU:
		*value = s->cpu;
		return 0;
	default:
		return say_absent("getsockopt", option);
	}
}

int socket_set_rare(struct socket *s, int option, int32_t value)
{
	switch (option) {
	case SO_RCVLOWAT:
		s->low_water = value < 0 ? INT32_MAX : value == 0 ? 1 : value;
		return 0;
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMPNS_OLD:
		s->stamps = value != 0 ? option : 0;
		return 0;
	case SO_MARK:
		if (!userns_capable(CAP_NET_RAW) && !userns_capable(CAP_NET_ADMIN))
			return -EPERM;
		s->mark = value;
		return 0;
	case SO_INCOMING_CPU:
		s->cpu = value;
		return 0;
	case SO_DETACH_FILTER: /* there is none */
		return -ENOENT;
	case SO_SNDLOWAT: /* these can be asked for only */
	case SO_COOKIE:
	case SO_TYPE:
	case SO_PROTOCOL:
	case SO_DOMAIN:
	case SO_ERROR:
	case SO_ACCEPTCONN:
	case SO_PEERCRED:
	case SO_PEERGROUPS:
		return -ENOPROTOOPT;
	default:
		return say_absent("setsockopt", (uint32_t)option);
	}
}
