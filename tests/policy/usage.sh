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
bash -n "$tmp/out" && . "$tmp/out" && COMP_WORDS=(portcullis dis) COMP_CWORD=1 && _portcullis && [[ ${COMPREPLY[*]} == disasm ]]
ok "bash completes a subcommand"
