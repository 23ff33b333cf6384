/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.c - what this image is made of. The build says by WITH_NAME=1 or 0 which folders of
 * kernel/linux/ are in it; nothing else in the kernel asks.
 */
#include "modules.h"

#include <stddef.h>

#include "child.h"
#include "file.h"
#include "filter.h"
#include "fs.h"
#include "module.h"

#define IF_0(...)
#define IF_1(...) __VA_ARGS__
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define IF(name, ...) JOIN(IF_, WITH_##name)(__VA_ARGS__)

/* Those further below give theirs up later; forking goes the other way. */
const struct task_part *const task_parts[] = {
	IF(trace, &trace_part, ) /* lets its tracees go, and stops for nobody any more, before it waits for anybody */
		IF(ids, &ids_part, ) /* the end of a namespace waits for everybody in it, who may need what follows */
		IF(timer, &timer_part, ) IF(ipc, &ipc_part, )
			IF(wait, &wait_part, ) /* writes to memory: mutexes and the thread's id */
		& filter_part,		       /* a listener hears that nobody asks any more before its file goes */
	&files_part,			       /* closing may look names up */
	&fs_part,
	&memory_part, /* last: a vfork's parent goes on now */
	NULL,
};

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

void modules_first(const struct group *g)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->first != NULL)
			(*m)->first(g);
}

void modules_purge(void)
{
	for (const struct module *const *m = modules; *m != NULL; m++)
		if ((*m)->purge != NULL)
			(*m)->purge();
}
