#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A database in a file: tables, transactions, an index, two who write at once.
set -eu
cd "$(mktemp -d)"
sqlite3 db 'create table t(id integer primary key, word text); insert into t(word) values ("a"),("b"),("c");'
sqlite3 db 'pragma journal_mode=wal; begin; insert into t(word) select word || word from t; commit; select count(*) from t;'
sqlite3 db 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) insert into t(word) select "w" || i from n;
create index i on t(word); select id from t where word = "w4000"; pragma integrity_check;'
for n in 1 2 3; do sqlite3 -cmd '.timeout 20000' db "insert into t(word) values ('p$n');" & done
wait
sqlite3 db 'select count(*) from t where word like "p%"; select sum(length(word)) from t;'
sqlite3 db .dump | tail -n 2
