#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A session bus: its own calls, a name, a signal heard.
cd "$(mktemp -d)" || exit 1
dbus-run-session -- bash -c '
send() { dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus."$@"; }
send ListNames | grep -o "org.freedesktop.DBus"
send GetConnectionUnixUser string:org.freedesktop.DBus | grep -o "uint32.*"
send NameHasOwner string:nobody.at.all | grep -o "boolean.*"
timeout 60 dbus-monitor --session "interface=com.example.Test" >heard & m=$!
for n in $(seq 50); do
	dbus-send --session /x com.example.Test.Happened string:news
	grep -q news heard && break
	sleep 0.2
done
grep -o "string .news." heard | head -n 1
kill $m' 2>/dev/null
echo "status $?"
