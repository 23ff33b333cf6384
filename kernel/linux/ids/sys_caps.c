/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_caps.c - capget(2) and capset(2), in the three versions of their
 * structures. [kernel/capability.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "sys.h"
#include "pidns.h"
#include "usercopy.h"
#include "userns.h"

#define LOW(set) ((uint32_t)(set))
#define HIGH(set) ((uint32_t)((set) >> 32))

/*
 * How many halves of 32 capabilities the caller's structure has: 1 or 2; or -EFAULT, or -EINVAL
 * after telling it which version to use.
 */
static long count_halves(uint64_t uheader)
{
	uint32_t version;

	if (copy_from_user(&version, uheader, sizeof(version)) != 0)
		return -EFAULT;
	switch (version) {
	case _LINUX_CAPABILITY_VERSION_1:
		return 1;
	case _LINUX_CAPABILITY_VERSION_2:
	case _LINUX_CAPABILITY_VERSION_3:
		return 2;
	}
	version = _LINUX_CAPABILITY_VERSION_3;
	return copy_to_user(uheader, &version, sizeof(version)) != 0 ? -EFAULT : -EINVAL;
}

static int read_header(struct __user_cap_header_struct *header, uint64_t uheader)
{
	return copy_from_user(header, uheader, sizeof(*header)) != 0 ? -EFAULT : 0;
}

long sys_capget(uint64_t uheader, uint64_t udata)
{
	const long n = count_halves(uheader);
	struct __user_cap_header_struct header;
	struct __user_cap_data_struct data[2];
	const struct task *t;

	if (udata == 0 && n == -EINVAL)
		return 0; /* only the version was asked for */
	if (udata == 0 || n < 0)
		return n < 0 ? n : 0;
	if (read_header(&header, uheader) != 0)
		return -EFAULT;
	if (header.pid < 0)
		return -EINVAL;
	t = header.pid == 0 ? current : task_find(pidns_id((uint32_t)header.pid));
	if (t == NULL)
		return -ESRCH;
	data[0] = (struct __user_cap_data_struct){ LOW(t->cred.cap_effective), LOW(t->cred.cap_permitted),
						   LOW(t->cred.cap_inheritable) };
	data[1] = (struct __user_cap_data_struct){ HIGH(t->cred.cap_effective), HIGH(t->cred.cap_permitted),
						   HIGH(t->cred.cap_inheritable) };
	return copy_to_user(udata, data, (size_t)n * sizeof(data[0])) != 0 ? -EFAULT : 0;
}

static bool is_subset(uint64_t part, uint64_t whole)
{
	return (part & ~whole) == 0;
}

/* [cap_capset] */
static long set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable)
{
	struct cred *c = &current->cred;

	if (!userns_capable(CAP_SETPCAP) && !is_subset(inheritable, c->cap_inheritable | c->cap_permitted))
		return -EPERM;
	if (!is_subset(inheritable, c->cap_inheritable | c->cap_bounding))
		return -EPERM;
	if (!is_subset(permitted, c->cap_permitted) || !is_subset(effective, permitted))
		return -EPERM;
	c->cap_effective = effective;
	c->cap_permitted = permitted;
	c->cap_inheritable = inheritable;
	c->cap_ambient &= permitted & inheritable;
	return 0;
}

long sys_capset(uint64_t uheader, uint64_t udata)
{
	const long n = count_halves(uheader);
	struct __user_cap_header_struct header;
	struct __user_cap_data_struct data[2] = { { 0 }, { 0 } };

	if (n < 0)
		return n;
	if (read_header(&header, uheader) != 0)
		return -EFAULT;
	if (header.pid != 0 && pidns_id((uint32_t)header.pid) != current->tid)
		return -EPERM;
	if (copy_from_user(data, udata, (size_t)n * sizeof(data[0])) != 0)
		return -EFAULT;
	return set_capabilities((data[0].effective | (uint64_t)data[1].effective << 32) & CRED_ALL_CAPS,
				(data[0].permitted | (uint64_t)data[1].permitted << 32) & CRED_ALL_CAPS,
				(data[0].inheritable | (uint64_t)data[1].inheritable << 32) & CRED_ALL_CAPS);
}
