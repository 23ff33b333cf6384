/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/sched.h - clone's flags. */
#pragma once

#include <abi/sched.h>
