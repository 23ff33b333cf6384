/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/prctl.h - operations on the calling process or thread. */
#pragma once

#include <abi/prctl.h>

int prctl(int option, ...);
