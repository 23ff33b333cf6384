-- SPDX-License-Identifier: BSD-2-Clause
--
-- interpreter.lua - what an interpreter asks of a kernel: memory that grows and shrinks, files, clocks, other
-- programs; and that its arithmetic is right. interpreter.out is what it must say.

local words = {}
for i = 1, 200000 do words[i] = ("w%06d"):format((i * 7919) % 200000) end
table.sort(words)
print("sorted", words[1], words[100000], words[200000])
words = nil
collectgarbage()
print("memory is given back", collectgarbage("count") < 4000)

print("floating point", ("%.12f"):format(math.sin(1) ^ 2 + math.cos(1) ^ 2), 2 ^ 0.5, 1e308 * 10)
print("integers", 1 << 62, math.maxinteger + 1 == math.mininteger, 7 // -2, 7 % -2)

local name = os.tmpname()
local file = assert(io.open(name, "w+"))
file:write("one\ntwo\nthree\n")
file:seek("set", 4)
print("a file", file:read("l"), file:seek("end"))
file:close()
print("removed", os.remove(name), (io.open(name)))

local generate = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * i) end end)
print("coroutine", generate(), generate(), generate())
print("error", pcall(error, "thrown", 0))

local pipe = io.popen("echo from the shell | tr a-z A-Z")
print("a pipe", pipe:read("a"):sub(1, -2), pipe:close())
print("a status", select(3, os.execute("exit 7")))
print("a clock", os.clock() > 0, os.time() > 946684800)
