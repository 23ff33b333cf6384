/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_exec.c - execve and execveat: finds the file, copies the strings, and follows files that name
 * their interpreter (#!).
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <string.h>

#include "cred.h"
#include "exec.h"
#include "fs.h"
#include "inode.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "vm.h"

#define SCRIPT_LINE 256
#define SCRIPT_DEPTH 5

/* May what P leads to be executed? 0 or -EACCES. */
static int check_executable(struct path p)
{
	if (!inode_is(p.inode, S_IFREG))
		return -EACCES;
	if (inode_permission(p.inode, MAY_EXEC) != 0 || mount_may_execute(p.mount) != 0)
		return -EACCES;
	return p.inode->writers > 0 ? -ETXTBSY : 0;
}

static char *skip_blanks(char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/*
 * If I begins with "#!", puts the interpreter, its one argument and PATH in front of
 * the arguments and opens the interpreter instead: 1, with *I replaced; 0: it is no
 * script; or -errno. [load_script]
 */
static int follow_script(struct path *p, const char *path, struct args *a, char *interp)
{
	char line[SCRIPT_LINE + 1];
	const uint64_t n = inode_read(p->inode, line, SCRIPT_LINE, 0);
	struct path next;
	char *name, *arg, *end;
	int err;

	line[n] = 0;
	if (n < 2 || line[0] != '#' || line[1] != '!')
		return 0;
	end = strchr(line, '\n');
	if (end != NULL) {
		while (end > line + 2 && (end[-1] == ' ' || end[-1] == '\t'))
			end--;
		*end = 0;
	}
	name = skip_blanks(line + 2);
	arg = name + strcspn(name, " \t");
	if (end != NULL ? *name == 0 : n == SCRIPT_LINE && *arg == 0)
		return -ENOEXEC; /* no name, or one that may be cut off */
	if (*name == 0)
		return -EACCES; /* Linux opens the empty name, finds a directory, and refuses that */
	if (*arg) {
		*arg++ = 0;
		arg = skip_blanks(arg);
	}
	args_drop_first(a);
	err = args_push_front(a, path);
	if (err == 0 && *arg)
		err = args_push_front(a, arg);
	if (err == 0)
		err = args_push_front(a, name);
	if (err == 0)
		err = path_resolve(AT_FDCWD, name, true, &next);
	if (err != 0)
		return err;
	path_put(*p);
	*p = next;
	strcpy(interp, name);
	return 1;
}

/* Executes what P leads to, and drops P's references. */
static long execute_path(struct path p, const char *path, struct args *a, const char **why)
{
	char interp[SCRIPT_LINE];
	long err = 0;

	for (int depth = 0; err == 0; depth++) {
		err = check_executable(p);
		if (err == 0)
			err = depth > SCRIPT_DEPTH ? -ELOOP : follow_script(&p, depth == 0 ? path : interp, a, interp);
		if (err != 1)
			break;
		err = 0;
	}
	if (err == 0)
		err = exec_program(p.inode, path, a, why);
	path_put(p);
	return err;
}

long exec_path(const char *path, struct args *a, const char **why)
{
	struct path p;
	const int err = path_resolve(AT_FDCWD, path, true, &p);

	return err != 0 ? err : execute_path(p, path, a, why);
}

/*
 * Stores the name under which a program found through descriptor DIRFD is executed in *NAME, for
 * kfree(): /dev/fd/N or /dev/fd/N/PATH. NULL: PATH itself is the name. 0 or -ENOMEM. [alloc_bprm]
 */
static int name_of(int dirfd, const char *path, char **name)
{
	struct text t;
	const size_t size = strlen(path) + sizeof("/dev/fd/-2147483648/");

	*name = NULL;
	if (dirfd == AT_FDCWD || path[0] == '/')
		return 0;
	*name = kmalloc(size);
	if (*name == NULL)
		return -ENOMEM;
	text_init_fixed(&t, *name, size);
	text_add(&t, path[0] == '\0' ? "/dev/fd/%d" : "/dev/fd/%d/%s", dirfd, path);
	return 0;
}

static long execute_at(int dirfd, uint64_t upath, uint64_t uargv, uint64_t uenvp, uint32_t flags)
{
	struct args a = { 0 };
	struct path p;
	const char *why;
	char *path, *name = NULL;
	long err;

	err = path_copy(upath, flags & AT_EMPTY_PATH, &path);
	if (err != 0)
		return err;
	err = cred_limit != NULL ? cred_limit(true) : 0;
	if (err == 0 && (flags & ~(uint32_t)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) != 0)
		err = -EINVAL;
	if (err == 0)
		err = path_resolve_user(dirfd, upath, flags, &p);
	if (err == 0 && inode_is(p.inode, S_IFLNK)) {
		path_put(p);
		err = -ELOOP;
	}
	if (err == 0) {
		err = args_add_user(&a, uargv);
		if (err == 0 && a.argc == 0)
			err = args_add(&a, ""); /* argv is never empty [since 5.18] */
		/*
		 * With AT_EMPTY_PATH there is no path to take the task's name from: it becomes the
		 * file's name. [comm_from_dentry]
		 */
		a.nameless = path[0] == '\0';
		args_begin_env(&a);
		if (err == 0)
			err = args_add_user(&a, uenvp);
		if (err == 0)
			err = name_of(dirfd, path, &name);
		if (err == 0)
			err = execute_path(p, name != NULL ? name : path, &a, &why);
		else
			path_put(p);
		kfree(name);
	}
	args_free(&a);
	path_free(path);
	return err;
}

long sys_execve(uint64_t path, uint64_t argv, uint64_t envp)
{
	return execute_at(AT_FDCWD, path, argv, envp, 0);
}

long sys_execveat(uint64_t dirfd, uint64_t path, uint64_t argv, uint64_t envp, uint64_t flags)
{
	return execute_at((int)dirfd, path, argv, envp, (uint32_t)flags);
}
