# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# docs.sh - the commands of docs/policies.md print what the page shows. Sourced by policy.t.

cp docs/policies/*.{json,pt,s} "$tmp"
# What qemu.sh asks is the same tool.
mkdir "$tmp/build" && ln -s "$O"/* "$tmp/build" && ln -sf "$portcullis" "$tmp/build/portcullis"
portcullis() { O=$tmp/build PORTCULLIS_RUN=$top/qemu.sh command "$portcullis" "$@"; }
# Where code and stacks lie is the compiler's business.
anywhere() { sed 's/+0x[0-9a-f]*/+N/g; s/0x3f[0-9a-f]\{8\}/STACK/g'; }
command='' shown=''
# compare: runs the command of the page that was read last.
compare() {
	[[ -n $command ]] || return 0
	(cd "$tmp" && eval "$command") >"$tmp/out" 2>&1 </dev/null
	[[ $(anywhere <"$tmp/out") == "$(anywhere <<<"${shown%$'\n'}")" ]]
	ok "docs/policies.md: $command"
	command='' shown=''
}
while IFS= read -r line <&7; do
	case $line in
	'    $ '*portcullis\ *) compare && command=${line#    $ } ;;
	'    '*) shown+=${line#    }$'\n' ;;
	*) compare && shown='' ;;
	esac
done 7<docs/policies.md
compare
