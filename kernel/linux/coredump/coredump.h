/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * coredump.h - core files: ELF files of type ET_CORE, as gdb reads them, with the registers of each
 * thread, and the memory that programs have written to.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct siginfo;
struct text;

/*
 * Writes the core of the current process, which INFO's signal ends, to the file of core_name().
 * The process must be ending (group.exiting); its other threads are told so here, after their
 * registers were read. False: RLIMIT_CORE, prctl(PR_SET_DUMPABLE) or the directory does not allow
 * it, or there is no memory. A core that was begun counts as one, however much of it fits into the
 * limit. [do_coredump]
 */
bool coredump_write(const struct siginfo *info);

/* ---- core_name.c ---- */

/*
 * Writes to BUF, which has SIZE bytes, the name of the core file of the current process, which
 * INFO's signal ends. False: there is no memory, or no room. Gives way. [format_corename]
 */
bool core_name(char *buf, size_t size, const struct siginfo *info);

/* ---- core_notes.c ---- */

/*
 * Adds the notes about the current process and each of its threads to T, while no other task runs.
 * [fill_note_info]
 */
void core_notes(struct text *t, const struct siginfo *info);
/*
 * Adds the note of the files that are mapped. ROOM has SIZE bytes, for a path. Called between
 * mm_lock() and mm_unlock(); gives way. [fill_files_note]
 */
void core_note_files(struct text *t, char *room, size_t size);

/* ---- core_memory.c ---- */

/* A mapping as it goes into a core file. */
struct core_range {
	uint64_t start, end;
	uint64_t size;	/* how many of its bytes, from the first on, are in the file */
	uint32_t prot;	/* PROT_* */
	bool from_file; /* a page that no program touched still has the file's bytes */
};

/*
 * The mappings of the current process: an array for kfree(), with their number in *N, or NULL: no
 * memory. Called between mm_lock() and mm_unlock(); gives way. [dump_vma_snapshot]
 */
struct core_range *core_ranges(uint32_t *n);
