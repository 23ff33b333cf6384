/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/poll.h - as poll.h. */
#pragma once

#include <poll.h>
