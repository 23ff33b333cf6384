/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * facts.h - what a way through the tests of a decision graph has learnt
 * of the words that it tested.
 */
#pragma once

#include "graph.h"

#define FACTS_MAX 24U

struct fact {
	struct atom test;
	bool holds;
};

struct facts {
	size_t n;
	struct fact fact[FACTS_MAX];
};

/* Does the test hold, as far as the facts say: 1 yes, 0 no, -1 it may or may not? */
int facts_answer(const struct facts *facts, const struct atom *t);

/* Adds that the test holds, or that it does not. May forget another fact. */
void facts_learn(struct facts *facts, const struct atom *t, bool holds);

/* Forgets fact I. */
void facts_forget(struct facts *facts, size_t i);
