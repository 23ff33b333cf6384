#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Threads, processes, sockets, strings.
export LANG=C.UTF-8
ruby -e '
require "socket"; require "tempfile"; require "open3"
puts [3, 1, 2].sort.map { |n| n ** 2 }.inspect
t = (1..4).map { |n| Thread.new { sleep 0.01 * n; n } }; puts t.map(&:value).sum
s = TCPServer.new("127.0.0.1", 0); Thread.new { c = s.accept; c.puts c.gets.upcase; c.close }
c = TCPSocket.new("127.0.0.1", s.addr[1]); c.puts "shout"; puts c.gets
o, st = Open3.capture2("tr a-z A-Z", stdin_data: "pipe"); puts o, st.exitstatus
pid = fork { exit 5 }; Process.wait pid; puts $?.exitstatus
Tempfile.create("x") { |f| f.write "abc"; f.flush; puts File.size(f.path) }
puts "äöü".unpack("U*").inspect, ("%.4f" % Math::PI)
r, w = IO.pipe; Signal.trap("USR1") { w.puts "signal" }; Process.kill "USR1", $$; puts r.gets'
