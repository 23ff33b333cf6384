/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_elf.c - what a program is: static or dynamic, of which C library; by its ELF file.
 */
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

#include "check_target.h"

#define NOTE_ABI_TAG 1U /* of owner GNU: glibc's start files have it, musl's have not */

bool program_likely(const char *file)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC);
	char magic[SELFMAG] = { 0 };
	const bool is = fd >= 0 && read(fd, magic, sizeof(magic)) == SELFMAG && memcmp(magic, ELFMAG, SELFMAG) == 0;

	if (fd >= 0)
		close(fd);
	return is;
}

/* Has a segment of notes one of glibc's ABI? */
static bool has_abi_tag(Elf *elf, const GElf_Phdr *segment)
{
	Elf_Data *data = elf_getdata_rawchunk(elf, (int64_t)segment->p_offset, segment->p_filesz, ELF_T_NHDR);
	size_t offset = 0, name, desc;
	GElf_Nhdr note;

	while (data != NULL && (offset = gelf_getnote(data, offset, &note, &name, &desc)) > 0)
		if (note.n_type == NOTE_ABI_TAG && note.n_namesz == 4 &&
		    memcmp((const char *)data->d_buf + name, "GNU", 4) == 0)
			return true;
	return false;
}

static void read_segments(struct arena *arena, Elf *elf, struct checked_program *program, bool *gnu)
{
	size_t n = 0, size = 0;
	const char *file = elf_rawfile(elf, &size);

	elf_getphdrnum(elf, &n);
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr segment;

		if (gelf_getphdr(elf, (int)i, &segment) == NULL)
			continue;
		if (segment.p_type == PT_NOTE)
			*gnu |= has_abi_tag(elf, &segment);
		if (segment.p_type == PT_INTERP && file != NULL && segment.p_offset < size &&
		    segment.p_filesz <= size - segment.p_offset)
			program->interpreter = arena_copy(arena, file + segment.p_offset,
							  strnlen(file + segment.p_offset, segment.p_filesz));
	}
}

/*
 * Of the symbols: does it call seccomp_load(), does a C library start it? Of the sections: is it
 * Go's?
 */
static void read_sections(Elf *elf, struct checked_program *program, bool *go, bool *libc)
{
	size_t names = 0;

	elf_getshdrstrndx(elf, &names);
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section)) != NULL;) {
		GElf_Shdr header;
		const char *name;
		Elf_Data *data;

		if (gelf_getshdr(section, &header) == NULL)
			continue;
		name = elf_strptr(elf, names, header.sh_name);
		*go |= name != NULL && strcmp(name, ".go.buildinfo") == 0;
		if ((header.sh_type != SHT_SYMTAB && header.sh_type != SHT_DYNSYM) || header.sh_entsize == 0)
			continue;
		data = elf_getdata(section, NULL);
		for (size_t i = 0; data != NULL && i < header.sh_size / header.sh_entsize; i++) {
			GElf_Sym symbol;

			if (gelf_getsym(data, (int)i, &symbol) == NULL)
				break;
			name = elf_strptr(elf, header.sh_link, symbol.st_name);
			program->installs |= name != NULL && strcmp(name, "seccomp_load") == 0;
			*libc |= name != NULL && strcmp(name, "__libc_start_main") == 0;
		}
	}
}

bool program_read(struct arena *arena, struct notes *notes, const char *file, struct checked_program *program)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC);
	bool gnu = false, go = false, libc = false, good = false;
	GElf_Ehdr header;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
	*program = (struct checked_program){ .name = file };
	if (elf == NULL || gelf_getehdr(elf, &header) == NULL)
		note_error(notes, (struct place){ 0 }, "", "%s: cannot be read as an ELF file", file);
	else if (header.e_machine != EM_RISCV || gelf_getclass(elf) != ELFCLASS64)
		note_error(notes, (struct place){ 0 }, "build it for riscv64", "%s: a program for another machine",
			   file);
	else if (header.e_type != ET_EXEC && header.e_type != ET_DYN)
		note_error(notes, (struct place){ 0 }, "link it first", "%s: no program yet", file);
	else
		good = true;
	if (good) {
		read_segments(arena, elf, program, &gnu);
		read_sections(elf, program, &go, &libc);
		program->dynamic = program->interpreter != NULL;
		program->known = program->dynamic || gnu || go || libc;
		program->library = go		      ? LIBRARY_GO
				   : program->dynamic ? (strstr(program->interpreter, "musl") != NULL ? LIBRARY_MUSL
												      : LIBRARY_GLIBC)
				   : gnu	      ? LIBRARY_GLIBC
						      : LIBRARY_MUSL;
	}
	if (elf != NULL)
		elf_end(elf);
	if (fd >= 0)
		close(fd);
	return good;
}
