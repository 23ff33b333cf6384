# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# usage.sh - the command line: help, man page and completion come from the
# same rows. Sourced by policy.t.

answers "help is there" 0 --help
mapfile -t subcommands < <(sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' "$tmp/out")
((${#subcommands[@]} > 3))
ok "... and lists the subcommands"
answers "without a subcommand it is bad usage" 2
answers "an unknown subcommand is bad usage" 2 no-such-thing
answers "an unknown option is bad usage" 2 disasm --no-such-option x
answers "an option's value can stand behind a =" 2 disasm --from=xml /dev/null
answers "the version is told" 0 --version
out '^portcullis [0-9]'
ok "... with a number"
printf 'SystemCallFilter=re\024ad\n' | file control.systemd
answers "a name with a control character, of which check has a finding" 1 check control.systemd
grep -q 'no architecture has a call of that name: re?ad' "$tmp/out" && ! grep -q $'\024' "$tmp/out" "$tmp/err"
ok "... is shown without it"
for c in "${subcommands[@]}"; do
	answers "$c has help" 0 help "$c"
	out "^usage: portcullis $c"
	ok "... that says how it is used"
done
run man
missing=''
for c in "${subcommands[@]}"; do grep -q "^\.BR portcullis.-$c " "$tmp/out" || missing+=" $c"; done
[[ -z $missing ]]
ok "the man page has every subcommand"
run completion bash
# shellcheck source=/dev/null
bash -n "$tmp/out" && . "$tmp/out" && COMP_WORDS=(portcullis dis) COMP_CWORD=1 && _portcullis && [[ ${COMPREPLY[*]} == disasm ]]
ok "bash completes a subcommand"

# A file is written whole or not at all: here it may have 1024 bytes.
answers "a file is written" 0 convert -q "$top/docs/policies/app.json" -o whole.bpf
cp "$tmp/whole.bpf" "$tmp/was.bpf"
chmod 640 "$tmp/whole.bpf"
ln -sf whole.bpf "$tmp/link.bpf"
(trap '' XFSZ && ulimit -f 1 && cd "$tmp" && "$portcullis" convert -q --to=c "$top/docs/policies/next.json" -o link.bpf) 2>"$tmp/err"
[[ $? == 2 ]] && err '^portcullis: link\.bpf: File too large$' && cmp "$tmp/whole.bpf" "$tmp/was.bpf" >"$tmp/out"
ok "where there is no room, what was there stays as it was"
(trap '' XFSZ && ulimit -f 1 && cd "$tmp" && "$portcullis" convert -q --to=c "$top/docs/policies/next.json" -o none.bpf) 2>"$tmp/err"
[[ $? == 2 && -z $(find "$tmp" -name 'none.bpf*' -o -name 'whole.bpf.*') ]]
ok "... and nothing is left beside it"
answers "where there is room, the file that a link leads to is written" 0 convert -q "$top/docs/policies/next.json" -o link.bpf
[[ -L $tmp/link.bpf && $(stat -c %a "$tmp/whole.bpf") == 640 ]] && ! cmp -s "$tmp/whole.bpf" "$tmp/was.bpf"
ok "... with the mode that it has"
answers "a pipe can be written to" 0 convert -q "$top/docs/policies/next.json" -o /dev/stdout
cmp "$tmp/out" "$tmp/whole.bpf"
ok "... with the same bytes"

# says FILE PATTERN: the file is refused, and the message matches.
refused() {
	answers "$1 is refused" 2 show "$1"
	err "$2"
	ok "... with a message: $2"
}
printf '[]' | file list.json
refused list.json '^list\.json:1:1: error: .*an object should be here, and this is a list'
printf '{}' | file no.json
refused no.json '^no\.json:1:1: error: .*defaultAction is missing'
printf 'null\n' | file null.json
refused null.json '^null\.json:1:1: error: .*an object should be here, and this is null'
printf ' \n\t' | file blank
refused blank '^blank: error: is empty'
printf '{"defaultAction": "SCMP_ACT_A\033[2J\001"}' | file escape.json
refused escape.json 'the string does not end'
! grep -q $'[\001\033]' "$tmp/err"
ok "... without the file's control characters"
# More that is no policy, or nearly one.
while IFS='|' read -r name text pattern; do
	printf '%b' "$text" | file "$name"
	refused "$name" "^${name}[:0-9]*: error: .*$pattern"
done <<'END'
utf16.json|\0377\0376{\0\n\0|UTF-16.*save it as UTF-8
comment.json|// mine\n{ "defaultAction": "SCMP_ACT_ALLOW" }\n|a value should be here
profile.yaml|defaultAction: SCMP_ACT_ALLOW\n|YAML.*yq
object.yaml|kind: SeccompProfile\nspec:\n  defaultAction: SCMP_ACT_ALLOW\n|Kubernetes object.*yq -o json \.spec
trace.log|prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=9, filter=0x7ffd1d0}) = 0\n|strace -v
filter.rs|let f = SeccompFilter::new(rules, SeccompAction::Trap, SeccompAction::Allow, arch)?;\n|text of a program
filter.go|import seccomp "github.com/elastic/go-seccomp-bpf"\n|text of a program
filter.py|import pyseccomp\nf = pyseccomp.SyscallFilter(pyseccomp.KILL)\n|libseccomp
easy.txt|$syscall in (@mkdir) => ERRNO(EINVAL);\n=> ALLOW();\n|easyseccomp
file.toml|[table]\nkey = 1\n|no form that is known
deep.json|[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[|more than 64 brackets
number.kafel|ALLOW { SYSCALL[99999999999] } DEFAULT KILL\n|the number of a call has 32 bits
log.profile|seccomp.drop read:log\n|firejail logs no single call
END
printf '[Service]\nSystemCallArchitectures=vax\n' | file vax.service
answers "an architecture that systemd does not know" 0 show vax.service
err '^vax\.service:2:25: warning: systemd knows no architecture vax, and ignores it'
ok "... is warned of"
printf '{"main":{"mismatch_action":{"errno":99999},"match_action":"allow","filter":[{"syscall":"read"}]}}' | file large.json
answers "an errno of seccompiler that is too large" 0 show large.json
err 'warning: only the lower 16 bits count: 34463'
ok "... is warned of"
for c in "${subcommands[@]}"; do
	[[ $c =~ ^(run|pack|gdb)$ ]] || answers "$c tells its version" 0 "$c" --version
done
run names --arch=x86_64 59 open 1000
[[ $status == 1 ]] && out '^ 59 execve\(filename, argv, envp\)$' && out '^  2 open\(' && out '^1000: x86_64 has no call of that number$'
ok "names knows the calls of other machines"
answers "a file's name" 2 show $'no\033[31m-file'
err '^no\?\[31m-file: error: No such file or directory$'
ok "... is shown without its control characters"
answers "a name of one character is none" 1 names $'\b'
for words in $'names 6\b' $'names x\b' $'names --arch=\b x' $'\bshow' $'show --from=\b x' $'sim -\b x' $'sim --\b x'; do
	# shellcheck disable=SC2086 # words
	run $words
	! grep -q $'\b' "$tmp/out" "$tmp/err"
	ok "control characters of an argument are not shown: ${words//$'\b'/?}"
done
while IFS='|' read -r words wrong; do
	# shellcheck disable=SC2086 # words
	run $words
	[[ $status == 2 && $(cat "$tmp/err") == "portcullis ${words%% *}: $wrong (try portcullis help ${words%% *})" ]]
	ok "an option that is none, or lacks its value: $words"
done <<'END'
sim -X|there is no option -X
sim --nothing|there is no option --nothing, or more than one begins so
show --quiet=1|--quiet takes no value
show x --from|--from needs a value
diff -Z|there is no option -Z
names --arc|--arch needs a value
END
{ yes 'ld [0]' | head -n 4096 && echo 'ret ALLOW'; } | file long.s
refused long.s '^long\.s:4097:1: error: 4097 instructions, and a filter may have 4096'

# On a terminal messages are folded; else each is a line.
printf 'read: arg0 & 03 == 0\n' >"$tmp/mask.policy"
script -qc "cd '$tmp' && '$portcullis' show mask.policy; '$portcullis' show easy.txt" /dev/null </dev/null 2>&1 | tr -d '\r' >"$tmp/out"
out '^        is$' && out '^    makes a raw filter' && awk 'length > 80 { bad = 1 } END { exit bad }' "$tmp/out"
ok "messages on a terminal have at most 80 columns"
"$portcullis" show "$tmp/mask.policy" 2>"$tmp/out"
out 'arg0 in ~MASK, when none is$'
ok "... and in a file a line"
printf 'SystemCallFilter=read\nLockPersonality=yes\n' >"$tmp/pair.service"
for form in raw h asm json; do
	answers "two filters are not one file: $form" 2 convert --to=$form pair.service
done
for form in c pfc; do
	answers "... or are: $form" 0 convert --to=$form pair.service
done
script -qc "cd '$tmp' && '$portcullis' convert --select=LockPersonality pair.service; '$portcullis' convert --select=LockPersonality pair.service --to=asm" /dev/null </dev/null 2>&1 | tr -d '\r' >"$tmp/out"
out '^portcullis convert: -o FILE is wanted' && out 'ret ALLOW$'
ok "bytes are not written to a terminal, text is"
