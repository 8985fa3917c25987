"""A receiver in its own process that misbehaves as each request tells it to."""

import json
import os
import socket
import struct
import threading
from pathlib import Path

# A request's conversation id begins with the answer to its first two posts (`hang`: the first); later ones succeed.
ANSWERS: dict[str, bytes] = {
    "500": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n{}",
    "503": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 4\r\nContent-Length: 0\r\n\r\n",
    "302": b"HTTP/1.1 302 Found\r\nLocation: /andetsteds\r\nContent-Length: 0\r\n\r\n",
    "409": b"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}",
    "422": b"HTTP/1.1 422 Unprocessable\r\nContent-Length: 2\r\n\r\n{}",
    "half": b'HTTP/1.1 201 Created\r\nContent-Length: 40\r\n\r\n{"status": ',
    "garbage": b"\x16\x03\x01\x00\xffPARDON?" * 30,
}
RECEIVED = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
MODES = (*ANSWERS, "hang", "reset", "ok")


class Jura:
    """Counts the posts of each request, and logs each as a line of JSON before it answers."""

    def __init__(self, log: Path) -> None:
        self._log = log.open("a", buffering=1, encoding="utf-8")
        self._posts: dict[str, int] = {}
        self._lock = threading.Lock()

    def serve(self, port: int) -> None:
        """Answers until killed, each connection in its own thread."""
        with socket.create_server(("127.0.0.1", port), backlog=64) as server:
            while True:
                connection, _ = server.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            head, _, body = data.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            length = next(int(line[15:]) for line in lines if line.lower().startswith("content-length:"))
            while len(body) < length:
                body += connection.recv(65536)
            payload = json.loads(body)
            conversation = payload["assistant"]["conversation"]
            with self._lock:
                count = self._posts[payload["id"]] = self._posts.get(payload["id"], 0) + 1
            mode = conversation.split("-")[0]
            if count > (1 if mode == "hang" else 2):
                mode = "ok"
            print(json.dumps({"path": lines[0].split()[1], "mode": mode, "payload": payload}), file=self._log)
            if mode == "hang":
                threading.Event().wait(60)
            elif mode == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                connection.sendall(ANSWERS.get(mode, RECEIVED))


def run_jura(folder: str, port: int) -> None:
    """The receiver's process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    Jura(Path(folder) / "jura.jsonl").serve(port)
