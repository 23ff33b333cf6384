/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ask_plain.c - which questions need no process of their own; see ask_apart.c.
 *
 * A plain one asks only how words compare with each other and with constants, after bits of them
 * were masked or moved by a constant. Most of those that are asked are. z3 has nothing to compute
 * there that could grow: it keeps to its number of steps. What is not known to be plain is not.
 */
#include "ask.h"

#define NODES_MAX 20000U

/* A term is looked at as it is written, and where that is long, not to its end. */
struct walk {
	Z3_context z3;
	size_t left; /* nodes */
};

static bool is_plain_term(struct walk *w, Z3_ast term);

static bool are_plain_args(struct walk *w, Z3_app app)
{
	const unsigned int n = Z3_get_app_num_args(w->z3, app);

	for (unsigned int i = 0; i < n; i++)
		if (!is_plain_term(w, Z3_get_app_arg(w->z3, app, i)))
			return false;
	return true;
}

/* An operation of a word and a constant moves or masks bits, one of two words mixes them. */
static bool has_constant_arg(struct walk *w, Z3_app app)
{
	for (unsigned int i = 0; i < Z3_get_app_num_args(w->z3, app); i++)
		if (Z3_get_ast_kind(w->z3, Z3_get_app_arg(w->z3, app, i)) == Z3_NUMERAL_AST)
			return true;
	return false;
}

static bool is_plain_term(struct walk *w, Z3_ast term)
{
	Z3_app app;

	if (w->left == 0)
		return false;
	w->left--;
	if (Z3_get_ast_kind(w->z3, term) == Z3_NUMERAL_AST)
		return true;
	if (Z3_get_ast_kind(w->z3, term) != Z3_APP_AST)
		return false;
	app = Z3_to_app(w->z3, term);
	switch (Z3_get_decl_kind(w->z3, Z3_get_app_decl(w->z3, app))) {
	case Z3_OP_TRUE:
	case Z3_OP_FALSE:
	case Z3_OP_UNINTERPRETED: /* a word of seccomp_data */
		return Z3_get_app_num_args(w->z3, app) == 0;
	case Z3_OP_EQ:
	case Z3_OP_ITE:
	case Z3_OP_AND:
	case Z3_OP_OR:
	case Z3_OP_NOT:
	case Z3_OP_ULEQ:
	case Z3_OP_UGEQ:
	case Z3_OP_ULT:
	case Z3_OP_UGT:
	case Z3_OP_SLT:
	case Z3_OP_CONCAT:
	case Z3_OP_ZERO_EXT:
		return are_plain_args(w, app);
	case Z3_OP_BAND:
	case Z3_OP_BOR:
	case Z3_OP_BSHL:
	case Z3_OP_BLSHR:
		return has_constant_arg(w, app) && are_plain_args(w, app);
	default:
		return false;
	}
}

bool ask_is_plain(struct asker *a, Z3_ast claim, const struct outcomes *outcomes)
{
	struct walk w = { a->sym.z3, NODES_MAX };

	if (claim != NULL && !is_plain_term(&w, claim))
		return false;
	for (size_t i = 0; outcomes != NULL && i < outcomes->n; i++)
		if (outcomes->list[i].when != NULL && !is_plain_term(&w, outcomes->list[i].when))
			return false;
	return true;
}
