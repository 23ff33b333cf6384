#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# architecture.sh - prints the picture of docs/architecture.md, in graphviz's language: the folders
# of the kernel and who sees whom, from the list by which the build compiles them (mk/kernel.mk),
# and the parts around it. `make picture` draws it; lint.sh checks that it is current.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
unset MAKEFLAGS MAKELEVEL

# shellcheck disable=SC2016
mapfile -t table < <(make -s --no-print-directory MODULES="$(sed -n 's/^MODULE(\(.*\))/\1/p' kernel/modules.def | xargs)" \
	--eval 'folders-seen: ; @echo $(foreach d,$(KDIRS),$d:$(subst $() ,^,$(call sees,$d)))' folders-seen | tr ' ^' '\n ')

node() { printf '\t"%s" [label="%s"%s]\n' "$1" "$2" "${3:+, $3}"; }

# Lines "A -> B" of who sees whom, less what follows from the others.
edges() {
	{
		echo 'digraph g {'
		for line in "${table[@]}"; do
			from=${line%%:*}
			for to in ${line#*:}; do
				# What stands above all, and the folder's own.
				[[ $from == kernel || $to == "$from" || $from == kernel/linux || $to == kernel/linux ]] || echo "\"$from\" -> \"$to\""
			done
		done
		for line in "${table[@]}"; do
			[[ ${line%%:*} != kernel/linux/* ]] || echo "\"kernel\" -> \"${line%%:*}\""
		done
		echo '}'
	} | tred | grep -e '->' | sed 's/;$//' | LC_ALL=C sort
}

cat <<'END'
digraph architecture {
	graph [rankdir=TB, fontname="Helvetica", fontsize=13, ranksep=0.3, nodesep=0.15, bgcolor="white", pad=0.2]
	node [shape=box, style="filled,rounded", fillcolor="#f3f3ee", color="#777766", fontname="Helvetica", fontsize=12, height=0.34]
	edge [color="#777766", arrowsize=0.6]
	subgraph cluster_kernel {
		label="the kernel (kernel/, boot/)" labeljust=l style=rounded color="#999988"
END
node boot "boot/: start-up, the way in and back" 'fillcolor="#f8e3d0"'
node kernel "kernel/: main, init, list of modules"
echo '	subgraph cluster_modules { label="kernel/linux/: modules, each may be left out" style="rounded,dashed"'
for line in "${table[@]}"; do
	[[ ${line%%:*} == kernel/linux/* ]] && node "${line%%:*}" "$(basename "${line%%:*}")" 'fillcolor="#e3ecf6"'
done
echo '	}'
for line in "${table[@]}"; do
	case ${line%%:*} in
	kernel/calls) node kernel/calls "calls: what any program asks for" ;;
	kernel/gate) node kernel/gate "gate: the verdict, and who acts on it" 'fillcolor="#f8d8d0", penwidth=2' ;;
	kernel/core) node kernel/core "core: two headers for all" ;;
	kernel/core/*) node "${line%%:*}" "${line#kernel/}" ;;
	esac | sed 's/\[label="\(core\/[a-z]*\):[^"]*"/[label="\1"/'
done
cat <<'END'
	}
	"policy" [label="policy/: the tool portcullis, on the host", fillcolor="#e6f3e0"]
	"programs" [label="user/, tests/guest/, any Linux program", fillcolor="#ffffff"]
	"seccomp" [label="seccomp/: the verdict library, pure and proved", fillcolor="#f8d8d0", penwidth=2]
	"include" [label="include/: Linux's numbers and layouts"]
	"programs" -> "boot" [style=dashed, label=" ecall", fontsize=11, fontname="Helvetica"]
	"boot" -> "kernel" [dir=both]
	"policy" -> "seccomp"
	"kernel/gate" -> "seccomp"
	"seccomp" -> "include"
	"kernel/core" -> "include"
END
edges
echo '}'
