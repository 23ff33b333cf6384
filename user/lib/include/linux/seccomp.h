/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/seccomp.h - seccomp's operations, actions and structures. */
#pragma once

#include <linux/types.h>

#include <abi/seccomp.h>
