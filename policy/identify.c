/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * identify.c - what a file is that no reader takes, and the step that makes a policy of it.
 */
#include <string.h>

#include "json.h"
#include "read.h"

static bool starts_with(const struct source *s, const char *words, size_t n)
{
	return s->size >= n && memcmp(s->text, words, n) == 0;
}

static bool has_word(const struct source *s, const char *word)
{
	return memmem(s->text, s->size, word, strlen(word)) != NULL;
}

static bool is_utf16(const struct source *s)
{
	return starts_with(s, "\377\376", 2) || starts_with(s, "\376\377", 2);
}

static bool is_empty(const struct source *s)
{
	return strspn(s->text, " \t\r\n") == s->size;
}

/* Lines that begin as comments do, and empty ones. */
static bool is_comment(const struct source *s)
{
	const char *text = s->text;

	do {
		text += strspn(text, " \t\r\n");
		if (*text != '\0' && strchr("#;", *text) == NULL && strncmp(text, "//", 2) != 0)
			return false;
		text += strcspn(text, "\n");
	} while (*text != '\0');
	return text == s->text + s->size;
}

static bool is_elf(const struct source *s)
{
	return starts_with(s, "\177ELF", 4);
}

static bool is_script(const struct source *s)
{
	return starts_with(s, "#!", 2);
}

static bool is_ceccomp(const struct source *s)
{
	return has_word(s, "$A ") && (has_word(s, "goto L") || has_word(s, "return "));
}

/* What a run with --events wrote: a line of JSON a record. */
static bool is_events(const struct source *s)
{
	return starts_with(s, "{\"seq\":", 7);
}

/* The first line tells of a call: the kernel's, audit's, strace's. */
static bool is_log(const struct source *s)
{
	static const char *const words[] = { "type=1326", "type=SECCOMP", "seccomp: pid=", ") = " };
	const struct source first = { .text = s->text, .size = (uint32_t)strcspn(s->text, "\n") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (has_word(&first, words[i]))
			return true;
	return false;
}

/* For `portcullis test`. */
static bool is_test(const struct source *s)
{
	return starts_with(s, "policy ", 7) || has_word(s, "\npolicy ");
}

/* LXC's: a version, the kind of list, sections. */
static bool is_lxc(const struct source *s)
{
	const char *line = s->text + strcspn(s->text, "\n");

	line += strspn(line, "\n");
	return (*s->text == '1' || *s->text == '2') &&
	       (strncmp(line, "white", 5) == 0 || strncmp(line, "black", 5) == 0 || strncmp(line, "allow", 5) == 0 ||
		strncmp(line, "deny", 4) == 0);
}

static bool is_tar(const struct source *s)
{
	return s->size > 262 && memcmp(s->text + 257, "ustar", 5) == 0;
}

static bool is_archive(const struct source *s)
{
	return starts_with(s, "\037\213", 2) || starts_with(s, "PK\3\4", 4) ||
	       starts_with(s,
			   "\375"
			   "7zXZ",
			   5);
}

/* Eight bytes an instruction, but the last is no RET: a filter that lost its end. */
static bool is_cut_short(const struct source *s)
{
	if (s->size < 8 || memchr(s->text, '\0', s->size) == NULL)
		return false;
	for (uint32_t i = 0; i + 8 <= s->size; i += 8)
		if (s->text[i + 1] != 0 || (i == 0 && s->text[i] == 0))
			return false;
	return true;
}

static bool is_too_long(const struct source *s)
{
	return s->size > 4096 * 8 && s->size % 8 == 0 && memchr(s->text, '\0', s->size) != NULL;
}

static bool is_binary(const struct source *s)
{
	return memchr(s->text, '\0', s->size) != NULL;
}

/* What is said of a kind that several words tell. */
#define SECCOMP_TOOLS                                               \
	"is seccomp-tools' assembler text, which is not read here", \
		"`seccomp-tools asm -f raw FILE` makes a filter of it; `portcullis help asm` has the language that is read"
#define LIBSECCOMP                                                         \
	"is a program that makes its filter with libseccomp when it runs", \
		"let it call seccomp_export_bpf(3), and give what that writes; or `./qemu.sh run --explain PROGRAM`"
#define SHOWN_BY \
	"`seccomp-tools dump` or strace -v shows the filter that it installs; so does `./qemu.sh run --explain PROGRAM`"
#define PROGRAM "is text of a program, which makes its filter when it runs", SHOWN_BY
#define PFC                                                                                     \
	"is libseccomp's pseudo filter code, which it writes for people and nobody reads back", \
		"export the filter with seccomp_export_bpf(3) instead of seccomp_export_pfc(3), and give that file"
#define NAMED "names a profile for a container", "give the file that stands behind seccomp"
#define YAML "is YAML, which no runtime takes", "make it JSON: `yq -o json FILE`"
#define NSJAIL \
	"is nsjail's configuration", "give the policy in it, which is kafel's: the text of seccomp_string, or the file"
#define SNAP                                               \
	"is snap's list, before snap-seccomp compiles it", \
		"`snap-seccomp compile FILE FILE.bin2` makes a filter of it, which is read"

/* What is known by its words: both are there, the second of which may be "". */
static const struct {
	const char *words[2], *what, *advice;
} texts[] = {
	{ { "CODE", "JF" },
	  "is a listing of a filter",
	  "give the filter itself: `seccomp-tools dump -f raw` writes it; or write the listing's right-hand column as assembler text" },
	{ { "(000) ", "(001) " }, "is a listing as tcpdump -d prints it", "what it prints with -ddd is read" },
	{ { "A = sys_number", "" }, SECCOMP_TOOLS },
	{ { "A = arch", "" }, SECCOMP_TOOLS },
	{ { "$syscall", "=>" },
	  "is easyseccomp's language, which is not read here",
	  "easyseccomp makes a raw filter of it, for the machine that it runs on" },
	{ { "% time ", "usecs/call" },
	  "is the table of strace -c, which does not say whether its calls are allowed or denied",
	  "`awk '$1 + 0 == $1 && $NF != \"total\" { print $NF }' FILE` makes a list of it, for `--from allow-list`" },
	{ { "SeccompFilter::new", "" }, PROGRAM },
	{ { "seccomp.LoadFilter", "" }, PROGRAM },
	{ { "go-seccomp-bpf", "" }, PROGRAM },
	{ { "bpf.LoadAbsolute", "" }, PROGRAM },
	{ { "seccomp_rule_add", "" }, LIBSECCOMP },
	{ { "seccomp_init(", "" }, LIBSECCOMP },
	{ { "libseccomp-golang", "" }, LIBSECCOMP },
	{ { "import seccomp", "" }, LIBSECCOMP },
	{ { "use libseccomp", "" }, LIBSECCOMP },
	{ { "import pyseccomp", "" }, LIBSECCOMP },
	{ { "ResultExpr", "" },
	  "is a policy in Chromium's C++, which a program makes into a filter when it runs",
	  SHOWN_BY },
	{ { "{len=", "filter=0x" },
	  "is what strace wrote, without the instructions of the filters",
	  "strace -v writes them, too" },
	{ { "pseudo filter code", "" }, PFC },
	{ { "$syscall", "" }, PFC },
	{ { "kind: SeccompProfile", "" },
	  "is a Kubernetes object with a profile in it",
	  "take that out of it, as JSON: `yq -o json .spec FILE`" },
	{ { "seccompProfile:", "" },
	  "is a Kubernetes object that names a profile",
	  "give the file: localhostProfile lies in /var/lib/kubelet/seccomp of the node; RuntimeDefault is the runtime's own" },
	{ { "security_opt:", "seccomp" }, NAMED },
	{ { "--security-opt", "seccomp" }, NAMED },
	{ { "defaultAction:", "" }, YAML },
	{ { "\nsyscalls:", "" }, YAML },
	{ { "Seccomp:\t", "" },
	  "is the state of a process, which says that it has filters, and not which",
	  "as root, `seccomp-tools dump -p PID -f raw` reads them" },
	{ { "SystemCallFilter=", "" },
	  "has settings of systemd among other words",
	  "give the settings, each on a line of its own" },
	{ { "seccomp_string", "" }, NSJAIL },
	{ { "seccomp_policy_file", "" }, NSJAIL },
	{ { "@unrestricted", "" }, SNAP },
	{ { "@complain", "" }, SNAP },
	{ { "u:root", "" }, SNAP },
	{ { "socket AF_", "" }, SNAP },
};

/* What else is known. The first row that holds is what is said. */
static const struct {
	bool (*is)(const struct source *s);
	const char *what, *advice;
} kinds[] = {
	{ is_empty, "is empty", "a policy has at least a default action; a filter at least one instruction" },
	{ is_utf16, "is text of 16 bits a character (UTF-16)", "save it as UTF-8" },
	{ is_elf, "is an ELF program, not a policy",
	  "give the policy that it is to run under; a filter that a program installs is shown by `./qemu.sh run --explain PROGRAM`" },
	{ is_script, "is a script, not a policy", "run it, and give what it writes" },
	{ is_comment, "has nothing but comments", "a policy has at least a default action, or one rule" },
	{ is_archive, "is a compressed file", "unpack it first" },
	{ is_tar, "is a tar archive", "unpack it first" },
	{ is_ceccomp, "is ceccomp's text, which is not read here", "`ceccomp asm -f raw FILE` makes a filter of it" },
	{ is_events, "is what a run recorded, not a policy",
	  "`portcullis policy FILE` makes a policy of it; `portcullis refusals FILE` tells what the run was refused" },
	{ is_test, "is a policy's test",
	  "`portcullis test FILE` runs it; the policy is the file that its line `policy` names" },
	{ is_lxc, "is a list of LXC's, which is not read here",
	  "its names alone, one a line, are read with `--from deny-list` or `--from allow-list`" },
	{ is_cut_short, "is a raw filter that does not end: the last instruction is no return, or not whole",
	  "it was cut short; copy or export it again" },
	{ is_too_long, "is binary, and longer than the 4096 instructions (32768 bytes) that a filter may have",
	  "two filters can be installed one after the other" },
	{ is_binary, "is binary, and no filter: that is a multiple of 8 bytes, and of each 8 the second is 0",
	  "`--from raw` says which instruction is wrong" },
};

/* A comment may stand before it, though JSON has none. */
static bool begins_as_json(const struct source *source)
{
	const char *text = source->text + strspn(source->text, " \t\r\n");

	if (*text == '[') /* also a section of an INI file */
		return strchr("{[\"]0123456789-", *(text + 1 + strspn(text + 1, " \t\r\n"))) != NULL;
	return *text == '{' || *text == '"' || strncmp(text, "null", 4) == 0 ||
	       (*text == '/' && has_word(source, "SCMP_ACT_"));
}

/* Text that begins as JSON does: what is missing, or where it is no JSON. */
static bool identify_json(struct notes *notes, const struct source *source)
{
	const struct json *v = json_parse(notes->arena, notes, source);

	if (v == NULL)
		return false;
	if (v->kind == JSON_OBJECT && (json_get(v, "linux") != NULL || json_get(v, "ociVersion") != NULL))
		return note_error(notes, v->at, "what runs by it runs without a filter",
				  "is the configuration of an OCI container without linux.seccomp");
	if (has_word(source, "\"HostConfig\""))
		return note_error(
			notes, v->at,
			"take it out: `jq -r '.[0].HostConfig.SecurityOpt[] | select(startswith(\"seccomp=\")) | .[8:]' FILE`",
			"is what docker inspect prints, and the profile is a text in it");
	if (has_word(source, "\"seccomp-profile\"") || has_word(source, "\"seccompProfile\""))
		return note_error(notes, v->at, "give the file that it names: no profile is in this one",
				  "is a configuration that names a profile");
	return note_error(notes, v->at,
			  "a profile of Docker, Podman or OCI is an object with defaultAction and syscalls; "
			  "seccompiler's has an object for each thread, with mismatch_action, match_action and filter",
			  v->kind == JSON_OBJECT ? "JSON, but no policy that is known here: defaultAction is missing"
						 : "JSON, but no policy: an object should be here, and this is %s",
			  json_kind_name(v));
}

bool identify(struct notes *notes, const struct source *source)
{
	size_t i = 0;

	if (begins_as_json(source) && !is_events(source))
		return identify_json(notes, source);
	for (; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].is(source))
			return note_error(notes, source_whole(source), kinds[i].advice, "%s", kinds[i].what);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (has_word(source, texts[i].words[0]) && has_word(source, texts[i].words[1]))
			return note_error(notes, source_whole(source), texts[i].advice, "%s", texts[i].what);
	if (is_log(source))
		return note_error(
			notes, source_whole(source),
			"`portcullis explain FILE` tells what its lines say, with -f POLICY also which rule it was",
			"is a log, not a policy");
	return note_error(notes, source_whole(source),
			  "see `portcullis help forms`; `--from FORM` says which one is meant",
			  "is of no form that is known here");
}
