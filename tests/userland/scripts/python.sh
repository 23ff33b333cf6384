#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Fifty checks of what the standard library asks of a kernel.
cat >/tmp/checks.py <<'END'
import array, asyncio, concurrent.futures, contextlib, ctypes, errno, fcntl, glob, hashlib, http.client, http.server
import io, json, mmap, multiprocessing, os, pty, pwd, queue, random, resource, select, selectors, shutil, signal
import socket, socketserver, sqlite3, stat, struct, subprocess, sys, tempfile, termios, threading, time, zlib

count = 0
def check(what):
    global count
    count += 1
    if not what:
        print("not so: check", count, "at line", sys._getframe(1).f_lineno)
def refused(error, call, *args):
    try:
        call(*args)
    except OSError as e:
        return e.errno == error
    return False

d = tempfile.mkdtemp(); os.chdir(d)
# files
with open("f", "w") as f: f.write("line\n" * 1000)
check(os.stat("f").st_size == 5000)
check(sum(1 for _ in open("f")) == 1000)
os.makedirs("tree/a/b"); open("tree/a/b/x", "w").write("x"); os.symlink("a/b/x", "tree/link")
shutil.copytree("tree", "copy", symlinks=True)
check(os.readlink("copy/link") == "a/b/x" and open("copy/a/b/x").read() == "x")
shutil.rmtree("tree"); check(not os.path.exists("tree"))
os.rename("f", "g"); check(sorted(os.listdir(".")) == ["copy", "g"])
check(refused(errno.ENOENT, os.stat, "f") and refused(errno.ENOTDIR, os.stat, "g/x"))
os.chmod("g", 0o600); check(stat.S_IMODE(os.stat("g").st_mode) == 0o600)
os.utime("g", (1, 2)); check(os.stat("g").st_mtime == 2)
fd = os.open("g", os.O_RDWR); check(os.pread(fd, 4, 5) == b"line"); os.pwritev(fd, [b"ab", b"cd"], 0)
check(os.pread(fd, 4, 0) == b"abcd"); os.ftruncate(fd, 10); check(os.fstat(fd).st_size == 10)
fcntl.flock(fd, fcntl.LOCK_EX); other = os.open("g", os.O_RDWR)
check(refused(errno.EAGAIN, fcntl.flock, other, fcntl.LOCK_EX | fcntl.LOCK_NB))
fcntl.lockf(fd, fcntl.LOCK_EX, 5); os.close(fd); os.close(other)
os.setxattr("g", "user.k", b"v"); check(os.getxattr("g", "user.k") == b"v" and os.listxattr("g") == ["user.k"])
with open("m", "wb+") as f:
    f.truncate(8192); m = mmap.mmap(f.fileno(), 8192); m[4096:4099] = b"map"; m.flush(); m.close()
    f.seek(4096); check(f.read(3) == b"map")
check(len(glob.glob("*")) == 3)
src = os.open("g", os.O_RDONLY); dst = os.open("h", os.O_WRONLY | os.O_CREAT)
check(os.copy_file_range(src, dst, 10) == 10); check(os.sendfile(dst, src, 0, 10) == 10)
check(shutil.disk_usage("/tmp").total > 0)
# processes
check(subprocess.run(["echo", "hi"], capture_output=True, text=True).stdout == "hi\n")
check(subprocess.run("exit 4", shell=True).returncode == 4)
p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE); check(p.communicate(b"z" * 200000)[0] == b"z" * 200000)
try: subprocess.run(["sleep", "20"], timeout=0.2); check(False)
except subprocess.TimeoutExpired: check(True)
pid = os.fork()
if pid == 0: os._exit(9)
check(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9)
pid = os.posix_spawn("/bin/sh", ["sh", "-c", "kill -9 $$"], os.environ); check(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -9)
child = os.fork()
if child == 0: time.sleep(30)
fd = os.pidfd_open(child); signal.pidfd_send_signal(fd, signal.SIGTERM); check(select.select([fd], [], [], 10)[0] == [fd]); os.waitpid(child, 0)
def square(n): return n * n
if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    with multiprocessing.Pool(3) as pool: check(pool.map(square, range(20)) == [n * n for n in range(20)])
    q = multiprocessing.Queue(); p = multiprocessing.Process(target=q.put, args=({"k": [1, 2]},)); p.start(); check(q.get(timeout=20) == {"k": [1, 2]}); p.join()
    v = multiprocessing.Value("i", 0)
    def add():
        for _ in range(200):
            with v.get_lock(): v.value += 1
    ps = [multiprocessing.Process(target=add) for _ in range(3)]; [p.start() for p in ps]; [p.join() for p in ps]; check(v.value == 600)
with concurrent.futures.ThreadPoolExecutor(4) as e: check(list(e.map(lambda n: hashlib.sha256(b"x" * n).hexdigest()[:4], range(3))) == ["e3b0", "2d71", "5dde"])
check(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 10); check(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 1000)
check(pwd.getpwuid(os.getuid()).pw_name == "root")
# signals and time
got = []; signal.signal(signal.SIGALRM, lambda s, f: got.append(s)); signal.setitimer(signal.ITIMER_REAL, 0.05); signal.pause(); check(got == [signal.SIGALRM])
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1}); os.kill(os.getpid(), signal.SIGUSR1); check(signal.sigtimedwait({signal.SIGUSR1}, 5).si_signo == signal.SIGUSR1)
t = time.monotonic(); time.sleep(0.05); check(0.05 <= time.monotonic() - t < 5)
ev = threading.Event(); threading.Timer(0.05, ev.set).start(); check(ev.wait(10))
c = threading.Condition(); items = []
def producer():
    with c: items.append(1); c.notify()
with c:
    threading.Thread(target=producer).start(); check(c.wait_for(lambda: items, 10))
# sockets
a, b = socket.socketpair(); a.send(b"pair"); check(b.recv(10) == b"pair")
socket.send_fds(a, [b"fd"], [sys.stdout.fileno()]); data, fds, _, _ = socket.recv_fds(b, 10, 1); check(data == b"fd" and os.fstat(fds[0]).st_ino == os.fstat(1).st_ino)
class Echo(socketserver.BaseRequestHandler):
    def handle(self): self.request.sendall(self.request.recv(100).upper())
srv = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo); threading.Thread(target=srv.serve_forever, daemon=True).start()
with socket.create_connection(srv.server_address) as s: s.sendall(b"loud"); check(s.recv(100) == b"LOUD")
srv.shutdown()
u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); u.bind(("::1", 0)); u.sendto(b"self", u.getsockname()); check(u.recvfrom(10)[0] == b"self")
check(refused(errno.ECONNREFUSED, socket.create_connection, ("127.0.0.1", 1)))
class Page(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])); self.send_response(201); self.end_headers(); self.wfile.write(body[::-1])
    def log_message(self, *a): pass
web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page); threading.Thread(target=web.serve_forever, daemon=True).start()
h = http.client.HTTPConnection(*web.server_address); h.request("POST", "/", b"abc"); r = h.getresponse(); check(r.status == 201 and r.read() == b"cba"); web.shutdown()
async def talk():
    async def serve(r, w): w.write((await r.readline())[::-1]); await w.drain(); w.close()
    server = await asyncio.start_unix_server(serve, "sock"); r, w = await asyncio.open_unix_connection("sock"); w.write(b"abc\n"); out = await r.read()
    p = await asyncio.create_subprocess_exec("tr", "a", "b", stdin=-1, stdout=-1); got, _ = await p.communicate(b"aaa")
    return out, got, await asyncio.wait_for(asyncio.sleep(0.01, 5), 10)
check(asyncio.run(talk()) == (b"\ncba", b"bbb", 5))
ep = select.epoll(); r, w = os.pipe(); ep.register(r, select.EPOLLIN); os.write(w, b"!"); check(ep.poll(5) == [(r, select.EPOLLIN)])
sel = selectors.DefaultSelector(); sel.register(r, selectors.EVENT_READ); check(len(sel.select(5)) == 1)
e = os.eventfd(3); check(os.eventfd_read(e) == 3); tf = os.timerfd_create(time.CLOCK_MONOTONIC); os.timerfd_settime(tf, initial=0.02); check(os.read(tf, 8) == struct.pack("Q", 1))
mf = os.memfd_create("m"); os.write(mf, b"mem"); check(os.pread(mf, 3, 0) == b"mem")
# terminals, databases, libraries
pid, fd = pty.fork()
if pid == 0: os.execlp("stty", "stty", "size")
check(os.read(fd, 100).strip() == b"0 0"); os.waitpid(pid, 0)
db = sqlite3.connect("db"); db.execute("create table t(x)"); db.executemany("insert into t values(?)", [(n,) for n in range(100)]); db.commit(); check(db.execute("select sum(x) from t").fetchone() == (4950,))
check(ctypes.CDLL(None).getpid() == os.getpid()); check(zlib.decompress(zlib.compress(b"q" * 100000)) == b"q" * 100000)
check(len(os.urandom(16)) == 16 and os.getrandom(8)); check(os.sched_getaffinity(0) and os.cpu_count() >= 1)
print(count, "checks")
END
python3 /tmp/checks.py
cd /tmp && python3 -m venv --without-pip v && v/bin/python -c 'import sys; print(sys.prefix)'
python3 -m compileall -q -f /tmp/checks.py && ls /tmp/__pycache__ | wc -l
