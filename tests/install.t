#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# install.t - what make install puts below DESTDIR works there: from a read-only place, through a
# link, as another user; with man pages and completion for every subcommand; and make uninstall
# leaves nothing.
#
# needs: run portcullis tests/guest/filter-division-by-zero-kills

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
out=${O:-build}
# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out" "$tmp/err")
chmod 755 "$tmp"
mkdir -m 777 "$tmp/mine" "$tmp/mine/run"

# installed ARG...: portcullis through a link, as nobody if this is root, in a folder of theirs.
as=()
((EUID != 0)) || as=(setpriv --reuid nobody --regid nogroup --clear-groups)
installed() {
	(cd "$tmp/mine" && "${as[@]}" env -i PATH=/usr/bin:/bin TMPDIR="$tmp/mine/run" HOME=/nonexistent ../link "$@") >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

make -s O="$out" install DESTDIR="$tmp/d" PREFIX=/usr >"$tmp/out" 2>"$tmp/err"
ok "make install"
d=$tmp/d/usr
[[ $(cd "$d" && echo ./* && echo share/*) == './bin ./lib ./share
share/bash-completion share/doc share/man share/zsh' && $(echo "$d"/bin/*) == "$d/bin/portcullis" ]]
ok "... puts things where Debian has them, and one program"
! grep -rIl "$PWD" "$d/bin" "$d/share/man" "$d/lib/portcullis"/{qemu.sh,tools} >"$tmp/out"
ok "... and no text that names this clone"
chmod -R a-w "$tmp/d"
ln -s d/usr/bin/portcullis "$tmp/link"

installed --version
[[ $status == 0 && $(<"$tmp/out") == "portcullis "[1-9]* ]]
ok "portcullis --version"
installed run hello
[[ $status == 0 && $(<"$tmp/out") == *'hello, world'* && ! -s $tmp/err ]]
ok "portcullis run of an example"
printf '{ "defaultAction": "SCMP_ACT_ALLOW",\n"syscalls": [\n{ "names": ["write"], "action": "SCMP_ACT_ERRNO" } ] }' >"$tmp/p.json"
cp "$out/user/deny" "$tmp/program"
installed run --deny-is-failure --file=../p.json ../program
[[ $status == 3 && $(<"$tmp/err") == *'ERRNO(EPERM)   ../p.json:3'* ]]
ok "... of a program under a container's profile, with what was refused by which line"
installed run "-f$tmp/p.json" --expl --log ./log -- ../program
[[ -s $tmp/mine/log ]]
ok "... with the options that GNU's programs have"
installed record -o records -- ../program
[[ $status == 0 && -s $tmp/mine/records ]]
ok "portcullis record"
installed pack -o image ../program
[[ $status == 0 && -s $tmp/mine/image ]]
ok "portcullis pack"
installed show ../p.json 'write(*)'
[[ $status == 1 && $(<"$tmp/out") == *EPERM* ]]
ok "portcullis show"
installed run sh
[[ $status == 2 && $(<"$tmp/err") == *clone* && $(wc -l <"$tmp/err") == 1 ]]
ok "what only a clone can do is said"
[[ -z $(ls -A "$tmp/mine/run") ]]
ok "no run leaves anything in TMPDIR"
installed run --dry-run ../program
[[ $status == 0 && $(<"$tmp/out") =~ -initrd\ ([^ ]+) && -s ${BASH_REMATCH[1]} ]]
ok "--dry-run leaves the files that its line names"

# --- man pages and completion ---

"$out/portcullis" help >"$tmp/help"
mapfile -t subcommands < <(sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' "$tmp/help")
missing=''
for c in "${subcommands[@]}"; do [[ -s $d/share/man/man1/portcullis-$c.1 ]] || missing+=" $c"; done
((${#subcommands[@]} > 10)) && [[ -z $missing && -s $d/share/man/man1/portcullis.1 ]]
ok "every subcommand has a man page$missing"
if command -v mandoc >/dev/null; then
	mandoc -Tlint -Wwarning "$d"/share/man/man1/* >"$tmp/out" 2>&1
	ok "mandoc has nothing to say of them"
else
	skip "mandoc has nothing to say of the man pages" "needs mandoc"
fi
if command -v groff >/dev/null; then
	for page in "$d"/share/man/man1/*; do groff -ww -man -Tutf8 "$page" >/dev/null || echo "$page"; done >"$tmp/out" 2>&1
	[[ ! -s $tmp/out ]]
	ok "nor has groff"
else
	skip "groff has nothing to say of the man pages" "needs groff"
fi
{
	"$out/portcullis" help
	for c in "${subcommands[@]}" forms; do "$out/portcullis" help "$c"; done
	./qemu.sh --help
} >"$tmp/help"
! awk 'length > 80' "$tmp/help" | grep . >"$tmp/out"
ok "all help fits into 80 columns"

# completes WORDS... => WANTED: what bash offers for the last of the words.
completes() {
	local words=("${@:1:$#-2}")
	bash --norc --noprofile -c '. "$1" && shift && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) && _portcullis "$1" "${@: -1}" && echo "${COMPREPLY[*]}"' \
		- "$d/share/bash-completion/completions/portcullis" portcullis "${words[@]}" >"$tmp/out" 2>"$tmp/err"
	[[ $(<"$tmp/out") == "${*: -1}" ]]
	ok "bash: portcullis ${words[*]} becomes ${*: -1}"
}
completes dis "=>" disasm
completes diff --only "=>" --only-weaker
completes run --tim "=>" --timeout=
completes pack --out "=>" --output=
completes help dis "=>" disasm
completes show "$tmp/p.js" "=>" "$tmp/p.json"
completes show --file = "$tmp/p.js" "=>" "$tmp/p.json"
bash --norc --noprofile -c '. "$1" && complete -p portcullis' - "$d/share/bash-completion/completions/portcullis" >"$tmp/out" 2>"$tmp/err"
ok "bash: is told of it"
if command -v zsh >/dev/null; then
	# A terminal of its own, in which a tab is typed.
	cat >"$tmp/zsh" <<'END'
zmodload zsh/zpty
zpty z "TERM=dumb zsh -f -i"
ask() {
	local said all=''
	zpty -w z "$1"
	repeat 100; do
		zpty -r -t z said && all+=$said || sleep 0.1
		[[ $all != *$2* ]] || return 0
	done
	print -r -- "$all"
	return 1
}
ask $'fpath=(FOLDER $fpath); autoload -U compinit && compinit -u -D; portcullis() { print -r -- "got""ten $*" }; print rea""dy' ready &&
	ask $'portcullis disa\tx' 'gotten disasm x' && ask $'portcullis run --timeo\t7' 'gotten run --timeout=7'
END
	sed -i "s|FOLDER|$d/share/zsh/vendor-completions|" "$tmp/zsh"
	zsh -f "$tmp/zsh" >"$tmp/out" 2>"$tmp/err"
	ok "zsh: completes a subcommand and an option"
else
	skip "zsh: completes a subcommand and an option" "needs zsh"
fi

chmod -R u+w "$tmp/d"
make -s O="$out" uninstall DESTDIR="$tmp/d" PREFIX=/usr >"$tmp/out" 2>"$tmp/err" && ! find "$tmp/d" ! -type d | grep . >>"$tmp/out"
ok "make uninstall leaves no file"
tap_end
