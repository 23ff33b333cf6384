#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A repository: commits, a branch that is merged, a clone, a bundle, and what went wrong.
set -eu
export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=color.ui GIT_CONFIG_VALUE_0=never GIT_CONFIG_KEY_1=core.pager GIT_CONFIG_VALUE_1=cat
cd "$(mktemp -d)"
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example
export GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' GIT_CONFIG_GLOBAL=/dev/null
git init -q -b main one && cd one
echo first >file && git add file && git commit -qm first
git checkout -qb side && echo second >>file && git commit -qam second
git checkout -q main && echo other >other && git add other && git commit -qm other
git merge -q -m merge side && git log --oneline --graph | cut -c1-20
git rev-parse HEAD
git fsck 2>&1 | tail -n 1
cd .. && git clone -q one two && cd two && git status -sb
echo change >>file && git diff --stat && git stash -q && git stash list | cut -c1-9
git bundle create -q ../b.bundle main && git bundle verify -q ../b.bundle && echo bundled
git gc -q && git count-objects -v | grep ^packs
git grep -n second
git archive HEAD | tar t
git bisect start -q HEAD HEAD~1 >/dev/null 2>&1; echo "bisect $?"
