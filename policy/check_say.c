/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_say.c - what the checks found: as compilers tell it, as JSON, and as SARIF 2.1.0.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "json_write.h"
#include "say.h"

static const char *const severities[] = {
	[SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"
};

/* ---- text ---- */

/* Was the same check told before? Then why it matters is known. */
static bool is_known(const struct checker *c, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (c->findings[k].check == c->findings[i].check)
			return true;
	return false;
}

static void print_finding(FILE *to, const struct checker *c, size_t i)
{
	const struct finding *f = &c->findings[i];
	const char *where = source_where(c->arena, f->at);
	const char *head = arena_print(c->arena, "%s: %s: %s [%s]", *where != '\0' ? where : "policies",
				       severities[f->severity], f->text, f->check->id);

	say_words(to, head, 0, "    ");
	source_print_line(to, f->at);
	if (f->call != NULL)
		fprintf(to, "      | e.g. %s\n", f->call);
	if (!is_known(c, i)) {
		fputs("      | ", to);
		say_words(to, f->check->why, 8, "      | ");
	}
	if (*f->todo != '\0') {
		fputs("      = ", to);
		say_words(to, f->todo, 8, "        ");
	}
}

static size_t count_findings(const struct checker *c, enum severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_findings; i++)
		n += c->findings[i].severity == severity;
	return n;
}

void check_print_text(FILE *to, const struct checker *c)
{
	for (enum severity s = SEVERITY_ERROR; s <= SEVERITY_NOTE; s++)
		for (size_t i = 0; i < c->n_findings; i++)
			if (c->findings[i].severity == s)
				print_finding(to, c, i);
	for (enum severity s = SEVERITY_ERROR; s <= SEVERITY_NOTE; s++)
		fprintf(to, "%s%zu %s%s", s > SEVERITY_ERROR ? ", " : "", count_findings(c, s), severities[s],
			count_findings(c, s) == 1 ? "" : "s");
	fputc('\n', to);
}

/* ---- JSON ---- */

static void put_field(FILE *to, const char *before, const char *text)
{
	fputs(before, to);
	json_put_string(to, text, strlen(text));
}

void check_print_json(FILE *to, const struct checker *c)
{
	fprintf(to, "{\"errors\": %zu, \"warnings\": %zu, \"notes\": %zu, \"undecided\": %s, \"findings\": [",
		count_findings(c, SEVERITY_ERROR), count_findings(c, SEVERITY_WARNING),
		count_findings(c, SEVERITY_NOTE), c->asker->n_open > 0 ? "true" : "false");
	for (size_t i = 0; i < c->n_findings; i++) {
		const struct finding *f = &c->findings[i];
		unsigned int line, column;

		source_line(f->at, &line, &column);
		put_field(to, i > 0 ? ",\n  {\"id\": " : "\n  {\"id\": ", f->check->id);
		put_field(to, ", \"severity\": ", severities[f->severity]);
		put_field(to, ", \"policy\": ", f->policy != NULL ? f->policy->name : "");
		put_field(to, ", \"file\": ", f->at.source != NULL ? f->at.source->name : "");
		if (line > 0)
			fprintf(to, ", \"line\": %u, \"column\": %u", line, column);
		put_field(to, ",\n   \"text\": ", f->text);
		put_field(to, ",\n   \"why\": ", f->check->why);
		put_field(to, ",\n   \"todo\": ", f->todo);
		if (f->call != NULL)
			put_field(to, ",\n   \"call\": ", f->call);
		fputc('}', to);
	}
	fputs("\n]}\n", to);
}

/* ---- SARIF ---- */

static void put_rule(FILE *to, const struct check *check, bool first)
{
	put_field(to, first ? "\n      {\"id\": " : ",\n      {\"id\": ", check->id);
	put_field(to, ", \"shortDescription\": {\"text\": ", check->what);
	put_field(to, "},\n       \"fullDescription\": {\"text\": ", check->why);
	put_field(to, "},\n       \"help\": {\"text\": ", *check->todo != '\0' ? check->todo : check->why);
	put_field(to, "}, \"defaultConfiguration\": {\"level\": ", severities[check->severity]);
	fputs("}}", to);
}

/* A file's name as a relative or absolute URI. */
static const char *uri_of(struct arena *arena, const char *name)
{
	const char *uri = "";

	for (; *name != '\0'; name++)
		uri = arena_print(arena,
				  isalnum((unsigned char)*name) || strchr("-._~/", *name) != NULL ? "%s%c" : "%s%%%02X",
				  uri, (unsigned char)*name);
	return uri;
}

static void put_result(FILE *to, const struct checker *c, const struct finding *f, bool first)
{
	const struct source *file = f->at.source;
	unsigned int line, column;

	if (file == NULL && c->run->stack->oldest != NULL)
		file = c->run->stack->oldest->at.source;
	source_line(f->at, &line, &column);
	put_field(to, first ? "\n    {\"ruleId\": " : ",\n    {\"ruleId\": ", f->check->id);
	fprintf(to, ", \"ruleIndex\": %td", f->check - checks);
	put_field(to, ", \"level\": ", severities[f->severity]);
	put_field(to, ",\n     \"message\": {\"text\": ",
		  arena_print(c->arena, "%s%s%s%s%s", f->text, f->call != NULL ? ", e.g. " : "",
			      f->call != NULL ? f->call : "", *f->todo != '\0' ? "; " : "", f->todo));
	put_field(to, "},\n     \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ",
		  uri_of(c->arena, file != NULL ? file->name : "policy"));
	/* GitHub wants a region for every result. */
	fprintf(to, "}, \"region\": {\"startLine\": %u, \"startColumn\": %u}}}]}", line > 0 ? line : 1,
		source_character(f->at));
}

void check_print_sarif(FILE *to, const struct checker *c)
{
	fputs("{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\",\n"
	      " \"runs\": [{\"tool\": {\"driver\": {\"name\": \"portcullis\", \"version\": \"" VERSION "\",\n"
	      "    \"rules\": [",
	      to);
	for (size_t i = 0; i < CHECKS; i++)
		put_rule(to, &checks[i], i == 0);
	fputs("]}},\n   \"columnKind\": \"unicodeCodePoints\",\n   \"results\": [", to);
	for (size_t i = 0; i < c->n_findings; i++)
		put_result(to, c, &c->findings[i], i == 0);
	fputs("]}]}\n", to);
}

/* ---- the catalogue ---- */

void check_print_list(FILE *to)
{
	for (size_t i = 0; i < CHECKS; i++) {
		fprintf(to, "%-20s %-8s ", checks[i].id, severities[checks[i].severity]);
		say_words(to, checks[i].what, 30, "                              ");
	}
}
