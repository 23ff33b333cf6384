# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# build.sh - for tests that are scripts: a test begins when the little is built that it needs first,
# which its line "# needs:" says; what it needs later is built when it comes to that.

# build TARGET...: make does, unless `make test` of everything has. What does not compile stops
# nothing else, but this fails. One make at a time works in $O. Called in the root of the tree, with
# $O as make has it.
build() {
	[[ ${PORTCULLIS_BUILT:-needs} != needs ]] ||
		env -u MAKEFLAGS -u MAKELEVEL flock Makefile make -s -k -j"$(nproc)" O="${O:-build}" "$@" >/dev/null
}

# build_guests NAME...: the same for programs of tests/guest.
build_guests() { build "${@/#/${O:-build}/tests/guest/}"; }

# in_batches PLACE FUNCTION NAME...: calls FUNCTION with some of the names, then with twice as many,
# and so on, each time when $O/PLACE/NAME of these are built, so that the first do not wait for the
# last; with all at once, when all are built.
in_batches() {
	local place=$1 function=$2 size=16 failed=0 batch
	shift 2
	[[ ${PORTCULLIS_BUILT:-needs} == needs ]] || size=$#
	while (($#)); do
		batch=("${@:1:size}")
		build "${batch[@]/#/$O/$place/}" || failed=1
		"$function" "${batch[@]}" || failed=1
		shift ${#batch[@]}
		size=$((2 * size))
	done
	return $failed
}
