# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# docs.sh - the commands of docs/policies.md print what the page shows. Sourced by policy.t.

cp docs/policies/*.json "$tmp"
command='' shown=''
# compare: runs the command of the page that was read last.
compare() {
	[[ -n $command ]] || return 0
	(cd "$tmp" && eval "\"\$portcullis\" $command") >"$tmp/out" 2>&1 </dev/null
	[[ $(<"$tmp/out") == "${shown%$'\n'}" ]]
	ok "docs/policies.md: portcullis $command"
	command='' shown=''
}
while IFS= read -r line; do
	case $line in
	'    $ portcullis '*) compare && command=${line#*portcullis } ;;
	'    '*) shown+=${line#    }$'\n' ;;
	*) compare && shown='' ;;
	esac
done <docs/policies.md
compare
