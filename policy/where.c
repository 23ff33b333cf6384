/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * where.c - see where.h. Each process has a picture of what it has mapped: a list that its
 * children copy and execve begins anew.
 */
#include "where.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "demangle.h"
#include "elf_names.h"
#include "say.h"

#define INLINED_MAX 8U /* functions, one in the other */

struct map {
	uint64_t start, size, offset;
	const char *path;
	const struct map *next;
};

struct picture {
	uint32_t pid;
	const struct map *maps;
	Dwfl *dwfl; /* made of the maps when it is first asked for, or NULL */
	const struct event_frame *frame;
	uint64_t pc;
	bool cut; /* more of the stack was wanted than was recorded */
	struct picture *next;
};

struct where {
	struct arena *arena;
	const struct where_options *options;
	struct picture *pictures;
};

static const Dwfl_Callbacks dwfl_callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
	.section_address = dwfl_offline_section_address,
};

struct where *where_create(struct arena *arena, const struct where_options *options)
{
	struct where *w = arena_zalloc(arena, sizeof(*w));

	w->arena = arena;
	w->options = options;
	elf_version(EV_CURRENT);
	return w;
}

static void forget_picture(struct picture *p)
{
	if (p->dwfl != NULL)
		dwfl_end(p->dwfl);
	p->dwfl = NULL;
}

void where_free(struct where *w)
{
	for (struct picture *p = w->pictures; p != NULL; p = p->next)
		forget_picture(p);
}

static struct picture *picture_of(struct where *w, uint32_t pid)
{
	struct picture *p = w->pictures;

	while (p != NULL && p->pid != pid)
		p = p->next;
	if (p == NULL) {
		p = arena_zalloc(w->arena, sizeof(*p));
		p->pid = pid;
		p->next = w->pictures;
		w->pictures = p;
	}
	return p;
}

void where_take(struct where *w, const struct event *e)
{
	struct picture *p;

	if (e->type == EVENT_EXEC) {
		p = picture_of(w, e->pid);
		forget_picture(p);
		p->maps = NULL;
	} else if (e->type == EVENT_FORK) {
		const struct event_fork *fork = event_body(e);

		if (fork->pid == e->pid)
			return;
		p = picture_of(w, fork->pid);
		forget_picture(p);
		p->maps = picture_of(w, e->pid)->maps;
	} else if (e->type == EVENT_MAP) {
		const struct event_map *event = event_body(e);
		struct map *m = arena_zalloc(w->arena, sizeof(*m));

		p = picture_of(w, e->pid);
		forget_picture(p);
		*m = (struct map){ event->start, event->size, event->offset,
				   arena_copy(
					   w->arena, (const char *)(event + 1),
					   strnlen((const char *)(event + 1), e->size - sizeof(*e) - sizeof(*event))),
				   p->maps };
		p->maps = m;
	}
}

/* ---- files ---- */

static const char *host_path(const struct where *w, const char *guest)
{
	const char *name = strrchr(guest, '/');
	const char *path;

	for (const struct where_file *f = w->options->files; f != NULL; f = f->next)
		if (strcmp(f->guest, guest) == 0)
			return f->host;
	if (w->options->root != NULL) {
		path = arena_print(w->arena, "%s/%s", w->options->root, guest);
		if (access(path, R_OK) == 0)
			return path;
	}
	if (w->options->programs != NULL && name != NULL) {
		path = arena_print(w->arena, "%s%s", w->options->programs, name);
		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

static const struct map *map_of(const struct picture *p, uint64_t address)
{
	for (const struct map *m = p->maps; m != NULL; m = m->next)
		if (address - m->start < m->size)
			return m;
	return NULL;
}

/* Tells elfutils of the file behind M. */
static void report_file(const struct where *w, Dwfl *dwfl, const struct map *m)
{
	const char *path = host_path(w, m->path);
	const int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	uint64_t bias;

	if (fd < 0)
		return;
	if (elf_bias(fd, m->start, m->size, m->offset, &bias))
		(void)dwfl_report_elf(dwfl, path, path, -1, bias, false);
	close(fd);
}

/* ---- unwinding ---- */

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread_arg)
{
	(void)dwfl;
	if (*thread_arg != NULL)
		return 0;
	*thread_arg = arg;
	return 1;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *result, void *arg)
{
	struct picture *p = arg;
	const uint64_t at = address - p->frame->x[2];

	(void)dwfl;
	if (p->frame->stack_size < sizeof(*result) || at > p->frame->stack_size - sizeof(*result)) {
		p->cut = true;
		return false;
	}
	memcpy(result, p->frame->stack + at, sizeof(*result));
	return true;
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	const struct picture *p = arg;
	Dwarf_Word x[32];

	for (unsigned int i = 0; i < 32; i++)
		x[i] = p->frame->x[i];
	x[0] = 0;
	dwfl_thread_state_register_pc(thread, p->pc);
	return dwfl_thread_state_registers(thread, 0, 32, x);
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

static Dwfl *dwfl_of(const struct where *w, struct picture *p)
{
	if (p->dwfl != NULL)
		return p->dwfl;
	p->dwfl = dwfl_begin(&dwfl_callbacks);
	if (p->dwfl == NULL)
		return NULL;
	for (const struct map *m = p->maps; m != NULL; m = m->next)
		report_file(w, p->dwfl, m);
	if (dwfl_report_end(p->dwfl, NULL, NULL) != 0) {
		forget_picture(p);
		return NULL;
	}
	/* Where it fails there are no callers; symbols there are. */
	(void)dwfl_attach_state(p->dwfl, NULL, 1, &thread_callbacks, p);
	return p->dwfl;
}

/* ---- answers ---- */

/* The last part of a path. */
static const char *say_file(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;

	return say_escaped(arena, name, strlen(name));
}

static void find_lines(const struct where *w, Dwfl_Module *module, uint64_t address, struct where_frame *f)
{
	struct elf_line lines[INLINED_MAX] = { 0 };
	const unsigned int n = elf_lines(module, address, lines, INLINED_MAX);

	for (unsigned int i = 0; i < n; i++) {
		const struct elf_line *l = &lines[i];
		const char *name = l->inlined;

		if (i + 1 == n) {
			f->source = arena_copy(w->arena, l->file, strlen(l->file));
			f->line = l->line;
		} else if (name != NULL) {
			name = demangle(w->arena, name);
			f->inlined = arena_print(w->arena, "%s%s %s:%d, inlined in ", f->inlined,
						 say_escaped(w->arena, name, strlen(name)), say_file(w->arena, l->file),
						 l->line);
		}
	}
}

static struct where_frame look_up(const struct where *w, const struct picture *p, Dwfl *dwfl, uint64_t address)
{
	const struct map *m = map_of(p, address);
	struct where_frame f = { .address = address, .offset = address, .inlined = "" };
	Dwfl_Module *module = dwfl == NULL ? NULL : dwfl_addrmodule(dwfl, address);
	uint64_t offset;
	GElf_Addr bias;

	if (m != NULL) {
		f.object = m->path;
		f.offset = address - m->start + m->offset;
	}
	if (module == NULL)
		return f;
	/* An address of the file's own, which debuggers and addr2line take. */
	if (dwfl_module_getelf(module, &bias) != NULL)
		f.offset = address - bias;
	f.function = elf_function(module, address, &offset);
	if (f.function != NULL) {
		f.function = demangle(w->arena, f.function);
		f.offset = offset;
	}
	find_lines(w, module, address, &f);
	return f;
}

struct walk {
	const struct where *w;
	const struct picture *p;
	Dwfl *dwfl;
	struct where_frame *frames;
	unsigned int n, most;
};

static int take_frame(Dwfl_Frame *frame, void *arg)
{
	struct walk *walk = arg;
	Dwarf_Addr pc;
	bool exact;

	if (walk->n == walk->most || !dwfl_frame_pc(frame, &pc, &exact) || pc == 0)
		return DWARF_CB_ABORT;
	walk->frames[walk->n++] = look_up(walk->w, walk->p, walk->dwfl, exact ? pc : pc - 1);
	return DWARF_CB_OK;
}

unsigned int where_look(struct where *w, const struct event *e, struct where_frame *frames, unsigned int n)
{
	struct picture *p = picture_of(w, e->pid);
	Dwfl *dwfl = dwfl_of(w, p);
	struct walk walk = { w, p, dwfl, frames, 0, n };

	p->frame = event_frame(e);
	p->cut = false;
	p->pc = p->frame != NULL ? p->frame->x[0]
				 : ((const struct event_call *)event_body(e))->data.instruction_pointer;
	p->pc -= 4; /* the ecall */
	if (dwfl != NULL && p->frame != NULL)
		(void)dwfl_getthread_frames(dwfl, 1, take_frame, &walk);
	if (walk.n == 0)
		frames[walk.n++] = look_up(w, p, dwfl, p->pc);
	/*
	 * Without unwind tables, as in most of glibc, the return address may still be in its
	 * register, and the stack be the caller's.
	 */
	if (walk.n == 1 && n > 1 && p->frame != NULL && map_of(p, p->frame->x[1]) != NULL) {
		p->pc = p->frame->x[1];
		if (dwfl == NULL || !elf_is_signal_return(dwfl_addrmodule(dwfl, p->pc), p->pc))
			p->pc--;
		if (dwfl != NULL)
			(void)dwfl_getthread_frames(dwfl, 1, take_frame, &walk);
		if (walk.n == 1)
			frames[walk.n++] = look_up(w, p, dwfl, p->pc);
	}
	frames[walk.n - 1].cut = p->cut || (n > 1 && walk.n == n);
	return walk.n;
}

const char *where_text(struct arena *arena, const struct where_frame *f, const char *program)
{
	const bool own = f->object != NULL && program != NULL && strcmp(f->object, program) == 0;
	const char *name, *text;

	if (f->function == NULL && f->object == NULL)
		return arena_print(arena, "0x%" PRIx64, f->address);
	name = f->function == NULL ? say_file(arena, f->object) : say_escaped(arena, f->function, strlen(f->function));
	text = arena_print(arena, "%s%s+0x%" PRIx64, f->inlined, name, f->offset);
	if (f->source != NULL)
		return arena_print(arena, "%s %s:%d", text, say_file(arena, f->source), f->line);
	return own || f->function == NULL ? text : arena_print(arena, "%s (%s)", text, say_file(arena, f->object));
}
