/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * closure.c - what a dynamic program needs of a sysroot. Called by qemu.sh for --sysroot.
 *
 * `closure SYSROOT PROGRAM` prints a line for the program's loader (PT_INTERP) and one for each
 * library that it or they name (DT_NEEDED), in the order in which they are found: the path that it
 * has in the sysroot, a tab, and the file on this machine. A library is looked for as ld.so(8)
 * does: DT_RPATH where there is no DT_RUNPATH, DT_RUNPATH, and the directories below. $ORIGIN of
 * the program is the folder that it has on this machine, and so of libraries that it finds there;
 * in the kernel's tree they lie as they do here, seen from /bin. What a program opens by dlopen(3)
 * stands in no table. Status 2 and one line if something is missing or no ELF file.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "inroot.h"

#define OBJECTS_MAX 512

/* Where glibc (multiarch or not) and musl look. */
static const char *const directories[] = { "/lib/riscv64-linux-gnu",
					   "/usr/lib/riscv64-linux-gnu",
					   "/lib64/lp64d",
					   "/usr/lib64/lp64d",
					   "/lib64",
					   "/usr/lib64",
					   "/lib",
					   "/usr/lib",
					   "/usr/local/lib" };

/* The program, its loader, and what they need. */
static struct object {
	char *path; /* in the kernel's tree */
	char *file; /* on this machine */
	const unsigned char *bytes;
	size_t size;
	const char *strings, *rpath, *runpath;
	size_t strings_size;
	const char *by; /* who needs it */
} objects[OBJECTS_MAX];
static unsigned int n_objects;
static const char *sysroot;

static void fail_object(const char *path, const char *what)
{
	fprintf(stderr, "qemu.sh: %s: %s\n", path, what);
	exit(2);
}

static void *copy_value(const void *value)
{
	if (value == NULL)
		fail_object("--sysroot", "no memory");
	return (void *)value;
}

static void map_file(struct object *o, const char *file)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		fail_object(file, strerror(errno));
	o->size = (size_t)st.st_size;
	o->bytes = st.st_size > 0 ? mmap(NULL, o->size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	if (o->bytes == MAP_FAILED)
		fail_object(file, "cannot be read");
	close(fd);
}

/* SIZE bytes of O from OFFSET on, or NULL. */
static const void *part_of(const struct object *o, uint64_t offset, uint64_t size)
{
	return offset <= o->size && size <= o->size - offset ? o->bytes + offset : NULL;
}

static const Elf64_Phdr *program_segments(const struct object *o, unsigned int *n)
{
	const Elf64_Ehdr *eh = part_of(o, 0, sizeof(*eh));
	const Elf64_Phdr *ph = NULL;

	if (eh != NULL && memcmp(eh->e_ident, ELFMAG, SELFMAG) == 0 && eh->e_ident[EI_CLASS] == ELFCLASS64 &&
	    eh->e_machine == EM_RISCV && eh->e_phentsize == sizeof(*ph))
		ph = part_of(o, eh->e_phoff, (uint64_t)eh->e_phnum * sizeof(*ph));
	if (ph == NULL)
		fail_object(o->path, "is not a riscv64 ELF file that is linked");
	*n = eh->e_phnum;
	return ph;
}

static const Elf64_Phdr *find_segment(const struct object *o, uint32_t type)
{
	unsigned int n;
	const Elf64_Phdr *ph = program_segments(o, &n);

	for (; n > 0; n--, ph++)
		if (ph->p_type == type)
			return ph;
	return NULL;
}

/* The bytes of O that are loaded at ADDRESS, up to their segment's end. */
static const char *find_loaded(const struct object *o, uint64_t address, size_t *size)
{
	unsigned int n;
	const Elf64_Phdr *ph = program_segments(o, &n);

	for (; n > 0; n--, ph++) {
		if (ph->p_type != PT_LOAD || address < ph->p_vaddr || address - ph->p_vaddr >= ph->p_filesz)
			continue;
		*size = ph->p_filesz - (address - ph->p_vaddr);
		return part_of(o, ph->p_offset + (address - ph->p_vaddr), *size);
	}
	return NULL;
}

static const char *string_at(const struct object *o, uint64_t at)
{
	if (o->strings == NULL || at >= o->strings_size || memchr(o->strings + at, 0, o->strings_size - at) == NULL)
		fail_object(o->path, "has a damaged dynamic section");
	return o->strings + at;
}

/* O's dynamic entries, up to DT_NULL: *N. */
static const Elf64_Dyn *dynamic_entries(const struct object *o, size_t *n)
{
	const Elf64_Phdr *ph = find_segment(o, PT_DYNAMIC);
	const Elf64_Dyn *d = ph != NULL ? part_of(o, ph->p_offset, ph->p_filesz) : NULL;
	const size_t all = d != NULL ? ph->p_filesz / sizeof(*d) : 0;

	for (*n = 0; *n < all && d[*n].d_tag != DT_NULL;)
		(*n)++;
	return d;
}

static void read_entries(struct object *o)
{
	size_t n;
	const Elf64_Dyn *d = dynamic_entries(o, &n);

	for (size_t i = 0; i < n; i++)
		if (d[i].d_tag == DT_STRTAB)
			o->strings = find_loaded(o, d[i].d_un.d_ptr, &o->strings_size);
	for (size_t i = 0; i < n; i++) {
		if (d[i].d_tag == DT_RPATH)
			o->rpath = string_at(o, d[i].d_un.d_val);
		if (d[i].d_tag == DT_RUNPATH)
			o->runpath = string_at(o, d[i].d_un.d_val);
	}
}

/* Adds what is at PATH of the sysroot. */
static void add_object(const char *path, const char *file, const char *by)
{
	struct object *o = &objects[n_objects];

	if (n_objects == OBJECTS_MAX)
		fail_object(path, "too many libraries");
	n_objects++;
	o->path = copy_value(strdup(path));
	o->file = copy_value(strdup(file));
	o->by = by;
	map_file(o, file);
	read_entries(o);
	if (n_objects > 1)
		printf("%s\t%s\n", path, file);
}

/* Takes "//", "/./" and "/NAME/../" out of a path that begins with "/". */
static void tidy_path(char *path)
{
	char *to = path;

	for (char *name = strtok(copy_value(strdup(path)), "/"); name != NULL; name = strtok(NULL, "/")) {
		if (strcmp(name, "..") == 0)
			while (to > path && *--to != '/')
				;
		else if (strcmp(name, ".") != 0)
			to += sprintf(to, "/%s", name);
	}
	*to = '\0';
}

/* Is O a file of this machine, as the program is, and none of the sysroot? */
static bool is_outside(const struct object *o)
{
	const size_t n = strlen(sysroot);

	return o == &objects[0] || strncmp(o->file, sysroot, n) != 0 || o->file[n] != '/';
}

/* Adds the file NAME in the folder that has the path REST, of N bytes, from O's folder here. */
static bool try_beside(const struct object *o, const char *rest, size_t n, const char *name)
{
	const char *slash = strrchr(o->file, '/');
	const int folder = slash == NULL ? 0 : (int)(slash - o->file);
	char path[PATH_MAX], file[PATH_MAX];
	struct stat st;

	if ((size_t)snprintf(file, sizeof(file), "%.*s%.*s/%s", slash == NULL ? 1 : folder,
			     slash == NULL ? "." : o->file, (int)n, rest, name) >= sizeof(file) ||
	    (size_t)snprintf(path, sizeof(path), "%.*s%.*s/%s", (int)(strrchr(o->path, '/') - o->path), o->path, (int)n,
			     rest, name) >= sizeof(path) ||
	    stat(file, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	tidy_path(path);
	add_object(path, file, o->path);
	return true;
}

/* Adds DIRECTORY/NAME, if the sysroot has it. $ORIGIN is where O is. */
static bool try_directory(const struct object *o, const char *directory, size_t n, const char *name)
{
	char path[PATH_MAX], file[PATH_MAX];
	const bool origin = strncmp(directory, "$ORIGIN", 7) == 0 || strncmp(directory, "${ORIGIN}", 9) == 0;
	const size_t skip = !origin ? 0 : directory[1] == '{' ? 9 : 7;
	const char *slash = strrchr(o->path, '/');
	struct stat st;

	if (origin && is_outside(o) && try_beside(o, directory + skip, n - skip, name))
		return true;
	if (n == 0 || (size_t)snprintf(path, sizeof(path), "%.*s%.*s/%s", origin ? (int)(slash - o->path) : 0, o->path,
				       (int)(n - skip), directory + skip, name) >= sizeof(path))
		return false;
	if (!find_in_root(sysroot, path, file) || stat(file, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	tidy_path(path);
	add_object(path, file, o->path);
	return true;
}

static bool try_list(const struct object *o, const char *list, const char *name)
{
	while (list != NULL && *list != '\0') {
		const size_t n = strcspn(list, ":");

		if (try_directory(o, list, n, name))
			return true;
		list += n + (list[n] == ':');
	}
	return false;
}

static bool is_there(const char *name)
{
	for (unsigned int i = 1; i < n_objects; i++)
		if (strcmp(strrchr(objects[i].path, '/') + 1, name) == 0 || strcmp(objects[i].path, name) == 0)
			return true;
	return false;
}

static void need_object(const struct object *o, const char *name)
{
	bool found = is_there(name);

	if (!found && strchr(name, '/') != NULL)
		found = try_directory(o, "/", 1, name);
	if (!found && o->runpath == NULL)
		found = try_list(o, o->rpath, name) || try_list(&objects[0], objects[0].rpath, name);
	found = found || try_list(o, o->runpath, name);
	for (size_t i = 0; !found && i < sizeof(directories) / sizeof(directories[0]); i++)
		found = try_directory(o, directories[i], strlen(directories[i]), name);
	if (found)
		return;
	fprintf(stderr,
		"qemu.sh: %s needs %s, which is not in %s%s%s: neither in its RUNPATH nor where loaders look%s\n",
		o->path, name, sysroot, o->by != NULL ? "; needed by " : "", o->by != NULL ? o->by : "",
		is_outside(o) ? ". One of your own is found with -Wl,-rpath,'$ORIGIN', beside the program" : "");
	exit(2);
}

int main(int argc, char **argv)
{
	const Elf64_Phdr *interp;
	char file[PATH_MAX];
	const char *loader, *typed;

	if (argc != 3) {
		fprintf(stderr, "usage: closure SYSROOT PROGRAM\n");
		return 2;
	}
	sysroot = argv[1];
	typed = argv[2];
	/* In the kernel's tree it is in /bin, whatever folder it has here. */
	add_object(copy_value(strcat(strcpy(copy_value(malloc(strlen(typed) + 6)), "/bin/"),
				     strrchr(typed, '/') != NULL ? strrchr(typed, '/') + 1 : typed)),
		   typed, NULL);
	interp = find_segment(&objects[0], PT_INTERP);
	loader = interp != NULL ? part_of(&objects[0], interp->p_offset, interp->p_filesz) : NULL;
	if (loader == NULL || memchr(loader, 0, interp->p_filesz) == NULL)
		fail_object(typed, "names no loader: a static program needs no --sysroot");
	if (!find_in_root(sysroot, loader, file)) {
		fprintf(stderr, "qemu.sh: %s needs %s, its loader, which is not in %s\n", typed, loader, sysroot);
		return 2;
	}
	add_object(loader, file, objects[0].path);
	for (unsigned int i = 0; i < n_objects; i++) {
		size_t n;
		const Elf64_Dyn *d = dynamic_entries(&objects[i], &n);

		for (size_t k = 0; k < n; k++)
			if (d[k].d_tag == DT_NEEDED)
				need_object(&objects[i], string_at(&objects[i], d[k].d_un.d_val));
	}
	return 0;
}
