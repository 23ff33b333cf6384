/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ask_careful.c - a second opinion. That there is no such input rests on z3 alone, unless cvc5 is
 * asked, too. It gets z3's own question, as SMT-LIB text, in a process of its own.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"

extern char **environ;

/*
 * Runs cvc5 with the file IN as its input; the first line that it says is in ANSWER. False: it
 * cannot be run.
 */
static bool run_cvc5(char *const arguments[], FILE *in, char *answer, int size)
{
	posix_spawn_file_actions_t actions;
	int ends[2], status = -1, error;
	FILE *from;
	pid_t pid;

	answer[0] = '\0';
	if (pipe(ends) != 0)
		return false;
	posix_spawn_file_actions_init(&actions);
	if (in != NULL)
		posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	error = posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	from = fdopen(ends[0], "r");
	if (from != NULL && error == 0 && fgets(answer, size, from) == NULL)
		answer[0] = '\0';
	if (from != NULL)
		fclose(from);
	else
		close(ends[0]);
	return error == 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status);
}

enum ask_answer ask_second(struct asker *a, Z3_solver solver)
{
	static char *const arguments[] = { "cvc5", "--lang=smt2", "--tlimit=20000", NULL };
	FILE *question = tmpfile();
	char answer[16] = "";
	bool asked;

	if (question == NULL)
		return ASK_UNDECIDED;
	fprintf(question, "(set-logic QF_BV)\n%s\n(check-sat)\n", Z3_solver_to_string(a->sym.z3, solver));
	rewind(question);
	asked = run_cvc5(arguments, question, answer, sizeof(answer));
	fclose(question);
	if (asked && strcmp(answer, "unsat\n") == 0)
		return ASK_NO;
	return asked && strcmp(answer, "sat\n") == 0 ? ASK_YES : ASK_UNDECIDED;
}

bool ask_has_second(void)
{
	static char *const arguments[] = { "cvc5", "--version", NULL };
	char answer[64];

	return run_cvc5(arguments, NULL, answer, sizeof(answer)) && strstr(answer, "cvc5") != NULL;
}
