/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/audit.h - architecture tokens. */
#pragma once

#include <abi/audit.h>
