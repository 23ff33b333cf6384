/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/futex.h - futex operations. */
#pragma once

#include <abi/futex.h>
