/* SPDX-License-Identifier: BSD-2-Clause */
/* asm/unistd.h - the __NR_ numbers. */
#pragma once

#include <abi/syscall.h>
