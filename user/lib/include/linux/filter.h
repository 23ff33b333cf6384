/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/filter.h - classic BPF programs. */
#pragma once

#include <linux/types.h>

#include <abi/bpf.h>

struct sock_fprog {
	unsigned short len;
	struct sock_filter *filter;
};
