/* SPDX-License-Identifier: BSD-2-Clause */
/* syscall.h - as sys/syscall.h. */
#pragma once

#include <sys/syscall.h>
