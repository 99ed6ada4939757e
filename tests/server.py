"""Starts a real Elasticsearch for the tests: no container, no right to install anything, nothing left behind.

`elasticsearch()` gives the server that BAOCAO_TEST_ELASTICSEARCH names, else one of our own; `own_server()` always one of
our own, for tests that kill it. Ours is the test distribution of the project's Elasticsearch version, fetched once,
checked by its sha256, unpacked into a cache that later runs share. Each server has its own data folder and ports.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import platformdirs

VERSION = "9.5.3"
SHA256 = "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d"
JAVA = 21  # the oldest release that Elasticsearch 9 starts on
JAVA_MODULES = ("jdk.jlink", "jdk.attach", "jdk.incubator.vector")  # a full JDK has them, a trimmed runtime may not
START_SECONDS = 120.0  # ready in 8 s on two idle cores; a busy machine takes several times that
STOP_SECONDS = 30.0

# Runs "$@" and ends it when standard input closes: whatever becomes of the test process, no server outlives it.
LEASH = """
exec 3<&0
"$@" </dev/null & server=$!
{ read -r _ <&3; kill "$server"; } & leash=$!
wait "$server"; code=$?
kill "$leash" 2>/dev/null
exit "$code"
"""


_downloads = 0
_version: str | None = None


class Server:
    """A server that answers at `url`; somebody else's unless it is an OwnServer."""

    def __init__(self, url: str) -> None:
        self.url = url


class OwnServer(Server):
    """A server of our own. `url` and the data stay the same over kill() and restart(); `pid` is the server's, not its launcher's."""

    def __init__(self, home: Path, java: Path, folder: Path, settings: Mapping[str, str], files: Mapping[str, str]) -> None:
        super().__init__("")
        self._home, self._java, self._folder = home, java, folder
        self._settings = dict(settings)
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.pid = 0
        self._configure(files)
        self._start()

    def kill(self) -> None:
        """kill -9 of the server itself; returns when it is gone."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        self._wait()
        Path(f"/tmp/.java_pid{pid}").unlink(missing_ok=True)  # the JVM's socket, always there

    def restart(self) -> None:
        """Starts a killed or stopped server again: same data, same port; returns when it answers."""
        self._start()

    def stop(self) -> None:
        """Ends the server in good order, or by force if it takes too long; no matter if it runs."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            if self.pid:
                os.kill(self.pid, signal.SIGKILL)
        self._wait()

    def log(self) -> str:
        """The end of what the server printed."""
        return (self._folder / "output").read_text(encoding="utf-8", errors="replace")[-4000:]

    def _configure(self, files: Mapping[str, str]) -> None:
        config = self._folder / "config"
        shutil.copytree(self._home / "config", config)
        for name, text in files.items():
            (config / name).write_text(text, encoding="utf-8")
        self._settings = {
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "http.host": "127.0.0.1",
            "transport.host": "127.0.0.1",
            "transport.port": "0",
            "node.portsfile": "true",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "path.data": str(self._folder / "data"),
            "path.logs": str(self._folder / "logs"),
            **self._settings,
        }
        (self._folder / "tmp").mkdir()
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def _start(self) -> None:
        lines = [f"{name}: {value}" for name, value in {**self._settings, "http.port": str(self._port)}.items()]
        (self._folder / "config" / "elasticsearch.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name in ("pid", "logs/http.ports"):
            (self._folder / name).unlink(missing_ok=True)
        environment = {
            **os.environ,
            "ES_JAVA_HOME": str(self._java),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m -XX:-UsePerfData",
            "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={self._folder / 'tmp'} -XX:-UsePerfData",
            "ES_PATH_CONF": str(self._folder / "config"),
            "ES_TMPDIR": str(self._folder / "tmp"),
            "HOME": str(self._folder),
        }
        with open(self._folder / "output", "ab") as output:
            self._process = subprocess.Popen(
                ["sh", "-c", LEASH, "leash", str(self._home / "bin" / "elasticsearch"), "-p", str(self._folder / "pid")],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=self._folder,
                **_unprivileged(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Elasticsearch did not start; its last words:\n{self.log()}")
            time.sleep(0.2)

    def _ready(self) -> bool:
        ports, pid = self._folder / "logs" / "http.ports", self._folder / "pid"
        if not (ports.exists() and pid.exists() and ports.read_text().endswith("\n")):
            return False
        self.pid = int(pid.read_text())
        self.url = f"http://{ports.read_text().split()[0]}"
        self._port = int(self.url.rsplit(":", 1)[1])
        return answers(self.url)

    def _wait(self) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        while self.pid and Path(f"/proc/{self.pid}").exists():  # it still closes files after its launcher has gone
            time.sleep(0.05)
        self._process, self.pid = None, 0


def _unprivileged() -> dict[str, Any]:
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if os.getuid() == 0 else {}


def answers(url: str) -> bool:
    """Whether a real query is answered whole: health is green on a full disk, and the port opens before the shards do."""
    try:
        with urllib.request.urlopen(f"{url}/_search?size=1&allow_partial_search_results=false", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        return error.code == 401  # it wants a login, so it is there
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def elasticsearch() -> Iterator[Server]:
    """The Elasticsearch that the tests share. Keep to index prefixes of your own: it may be somebody's."""
    global _version
    with ExitStack() as stack:
        named = os.environ.get("BAOCAO_TEST_ELASTICSEARCH")
        server = Server(named) if named else stack.enter_context(own_server())
        (node, *_) = _call(server.url, "_nodes?filter_path=nodes.*.version")["nodes"].values()
        _version = node["version"]
        yield server


def running_version() -> str | None:
    """The version of the shared server, once elasticsearch() has been entered."""
    return _version


def downloading() -> bool:
    """Whether a download for the server is under way: the only time that tests may look outside loopback."""
    return _downloads > 0


def remove_indices(url: str, prefix: str) -> None:
    """Removes what an engine with this index prefix made, each index by its exact name."""
    for index in _call(url, f"{prefix}*?features=aliases&expand_wildcards=all"):
        if re.fullmatch(re.escape(prefix) + r"(-[^-]+-[^-]+-[^-]+|\.lock)", index):
            _call(url, index, "DELETE")


def _call(url: str, path: str, method: str = "GET") -> Any:
    with urllib.request.urlopen(urllib.request.Request(f"{url}/{path}", method=method), timeout=30) as answer:
        return json.load(answer)


@contextmanager
def own_server(files: Mapping[str, str] | None = None, **settings: str) -> Iterator[OwnServer]:
    """A server that the caller may kill. `files` go into its config folder, `settings` into elasticsearch.yml (with `__` for a dot in their names)."""
    home, java = distribution(), java_home()
    folder = Path(tempfile.mkdtemp(prefix="baocao-elasticsearch-"))
    server: OwnServer | None = None
    try:
        server = OwnServer(home, java, folder, {name.replace("__", "."): value for name, value in settings.items()}, files or {})
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def cache() -> Path:
    """Where downloads are kept: root's own cache is closed to the unprivileged user who runs the server."""
    folder = Path(platformdirs.site_cache_dir("baocao") if os.getuid() == 0 else platformdirs.user_cache_dir("baocao"))
    folder.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        folder.chmod(0o755)
    return folder


def distribution() -> Path:
    """The unpacked server; the first call downloads 132 MB."""
    home = cache() / f"elasticsearch-{VERSION}-{SHA256[:12]}"
    with open(cache() / "lock", "w") as lock:  # two runs at once: one fetches, the other waits
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=cache()) as folder:
                with zipfile.ZipFile(_archive()) as archive:
                    archive.extractall(folder)
                unpacked = Path(folder) / f"elasticsearch-{VERSION}"
                for program in (unpacked / "bin").iterdir():
                    program.chmod(0o755)
                unpacked.rename(home)
    return home


@contextmanager
def _download() -> Iterator[None]:
    global _downloads
    _downloads += 1
    try:
        yield
    finally:
        _downloads -= 1


def _archive() -> Path:
    from jgo.maven import MavenContext

    project = MavenContext().project("org.elasticsearch.distribution.integ-test-zip", "elasticsearch")
    with _download():
        path = Path(project.at_version(VERSION).artifact(packaging="zip").resolve())
    with open(path, "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        path.unlink()  # a broken download must not stay for the next run
        raise RuntimeError(f"the downloaded Elasticsearch {VERSION} has sha256 {found}, not {SHA256}: run again")
    return path


def java_home() -> Path:
    """A JDK that Elasticsearch runs on: JAVA_HOME, then the system's, then one that cjdk fetches."""
    named = os.environ.get("JAVA_HOME")
    for home in ([Path(named)] if named else []) + sorted(Path("/usr/lib/jvm").glob("*")):
        if _suits(home):
            return home
    import cjdk

    try:
        with _download():
            return Path(cjdk.java_home(vendor="temurin", version=f"{JAVA}+", cache_dir=cache() / "jdk"))
    except cjdk.CjdkError as error:
        raise RuntimeError(
            f"the tests start Elasticsearch {VERSION}, which needs a full JDK {JAVA} or newer: "
            f"install one, set JAVA_HOME, or name a running server in BAOCAO_TEST_ELASTICSEARCH ({error})"
        ) from error


def _suits(home: Path) -> bool:
    if not (home / "bin" / "java").exists():
        return False
    answer = subprocess.run([home / "bin" / "java", "--list-modules"], capture_output=True, text=True, timeout=60, check=False)
    modules = dict(line.split("@", 1) for line in answer.stdout.splitlines() if "@" in line)
    release = modules.get("java.base", "0").split(".")[0].split("-")[0].split("+")[0]
    return release.isdigit() and int(release) >= JAVA and all(name in modules for name in JAVA_MODULES)
