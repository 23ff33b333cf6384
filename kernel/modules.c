/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.c - what this image consists of: the parts of a task, and the modules. The build says by
 * WITH_NAME=1 or 0 which folders of kernel/linux/ are in it; no other file of the kernel looks at
 * that.
 */
#include "modules.h"

#include <stddef.h>

#include "child.h"
#include "console.h"
#include "file.h"
#include "filter.h"
#include "fs.h"
#include "module.h"
#include "words.h"

#define IF_0(...)
#define IF_1(...) __VA_ARGS__
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define IF(name, ...) JOIN(IF_, WITH_##name)(__VA_ARGS__)
#define OR_NULL_0(what) NULL
#define OR_NULL_1(what) what
#define OR_NULL(name, what) JOIN(OR_NULL_, WITH_##name)(what)

/*
 * The parts of a task (part.h), in the order in which an ending task gives them up: why a part
 * stands where it does is said beside it. fork goes through them in the reverse order.
 */
/* clang-format off */
const struct task_part *const task_parts[] = {
	IF(trace, &trace_part,) /* first: lets its tracees go before it waits for anybody */
	IF(ids, &nproc_part,)
	IF(ids, &ids_part,)     /* a pid namespace's end waits for its members, who may need all that follows */
	IF(timer, &timer_part,)
	IF(ipc, &ipc_part,)
	IF(wait, &wait_part,)   /* writes to user memory: robust mutexes and the thread's id */
	&filter_part,           /* a listener is told of the hang-up while its file is still open */
	&files_part,            /* before fs_part: closing a file may look names up */
	&fs_part,
	IF(tty, &tty_part,)
	&memory_part,           /* last: a vfork's parent goes on when the memory is given back */
	NULL,
};
/* clang-format on */

/*
 * Set from the first instruction on, because a panic or a line of output may come before
 * modules_init().
 */
const struct words *const words = OR_NULL(words, &words_all);
void (*const console_keeper)(const char *text, size_t n, bool end) = OR_NULL(proc, klog_add);

static const struct module *const modules[] = {
#define MODULE(name) IF(name, &name##_module, )
#include "modules.def"
#undef MODULE
	NULL,
};

void modules_init(void)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->init != NULL)
			(*m)->init();
}

void modules_first(struct group *g)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->first != NULL)
			(*m)->first(g);
}

void modules_begin(void)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->begin != NULL)
			(*m)->begin();
}

void modules_purge(void)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->purge != NULL)
			(*m)->purge();
}

const struct module *modules_get(uint32_t n)
{
	return modules[n];
}
