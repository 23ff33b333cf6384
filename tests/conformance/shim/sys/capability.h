/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys/capability.h - stands in for libcap's header, which Debian has for this machine only.
 *
 * Included by Linux's seccomp self-test when run.sh builds it. It has what that test uses, a change
 * of the caller's own capabilities, on capget(2) and capset(2), and nothing else of libcap.
 */
#pragma once

#include <linux/capability.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

struct capabilities {
	struct __user_cap_header_struct header;
	struct __user_cap_data_struct word[_LINUX_CAPABILITY_U32S_3];
};

/* The names are libcap's. */
typedef struct capabilities *cap_t;
typedef int cap_value_t;
typedef enum { CAP_EFFECTIVE, CAP_PERMITTED, CAP_INHERITABLE } cap_flag_t;
typedef enum { CAP_CLEAR, CAP_SET } cap_flag_value_t;

/* The caller's capabilities, to be given to cap_free(), or NULL with errno. */
static inline cap_t cap_get_proc(void)
{
	cap_t caps = calloc(1, sizeof(*caps));

	if (!caps)
		return NULL;
	caps->header.version = _LINUX_CAPABILITY_VERSION_3;
	if (syscall(SYS_capget, &caps->header, caps->word) == 0)
		return caps;
	free(caps);
	return NULL;
}

/* The half of the set FLAG that capability VALUE is in. */
static inline uint32_t *cap_half(cap_t caps, cap_flag_t flag, cap_value_t value)
{
	struct __user_cap_data_struct *word = &caps->word[CAP_TO_INDEX(value)];

	return flag == CAP_EFFECTIVE ? &word->effective : flag == CAP_PERMITTED ? &word->permitted : &word->inheritable;
}

/* Whether VALUE is in the set FLAG of CAPS, into *ANSWER: 0. */
static inline int cap_get_flag(cap_t caps, cap_value_t value, cap_flag_t flag, cap_flag_value_t *answer)
{
	*answer = *cap_half(caps, flag, value) & CAP_TO_MASK(value) ? CAP_SET : CAP_CLEAR;
	return 0;
}

/* Sets or clears the COUNT capabilities of LIST in one of the three sets of CAPS: 0. */
static inline int cap_set_flag(cap_t caps, cap_flag_t flag, int count, const cap_value_t *list, cap_flag_value_t value)
{
	for (int i = 0; i < count; i++) {
		uint32_t *half = cap_half(caps, flag, list[i]);

		if (value == CAP_SET)
			*half |= CAP_TO_MASK(list[i]);
		else
			*half &= ~CAP_TO_MASK(list[i]);
	}
	return 0;
}

/* Makes CAPS the caller's: 0, or -1 with errno. */
static inline int cap_set_proc(cap_t caps)
{
	return (int)syscall(SYS_capset, &caps->header, caps->word);
}

static inline int cap_free(void *caps)
{
	free(caps);
	return 0;
}
