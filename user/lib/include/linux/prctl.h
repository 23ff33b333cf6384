/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/prctl.h - prctl's operations. */
#pragma once

#include <abi/prctl.h>
