#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# archive.t - boots with what is damaged: archives, programs, filters, command lines, packed images.
# needs: run tests/archive-campaign
#
# No program may run without exactly the filters that were asked for, and the kernel may not panic.
# N boots (100) of SEED (1); see campaign/archive.c.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
out=${O:-build}
failed=$out/archive-campaign
mkdir -p "$failed" || exit 1

if "$out/tests/archive-campaign" "$out/portcullis.Image" "$out/tools/pack" "$failed" "${N:-100}" "${SEED:-1}" | sed 's/^\([^#]\)/# \1/'; [[ ${PIPESTATUS[0]} == 0 ]]; then
	echo "ok 1 - ${N:-100} boots with what is damaged: no unfiltered run, no panic"
else
	echo "not ok 1 - ${N:-100} boots with what is damaged: no unfiltered run, no panic (see $failed)"
fi
echo 1..1
