/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * where_given.h - where the files of a run lie, as the command line says: the options that the
 * commands which name lines of programs share.
 */
#pragma once

#include "command.h"
#include "where.h"

#define WHERE_OPTION_ROWS                                                                                     \
	{ 0, "program", "GUEST=HOST", "the program at path GUEST of the run is the file HOST here" },         \
		{ 0, "root", "DIR", "the root folder of the run" },                                           \
	{                                                                                                     \
		0, "programs", "DIR", "a folder of programs, by their names (without any of these: this one)" \
	}

/* What --program, --root and --programs say. NULL after a line on stderr: they make no sense. */
const struct where_options *where_given(struct invocation *in);
