/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/fcntl.h - as fcntl.h. */
#pragma once

#include <fcntl.h>
