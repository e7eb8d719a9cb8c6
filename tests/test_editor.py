"""The schema in the hands of others: the language server of editors, over its standard input and output, and ajv in its strict mode.

Both are programs of Node.js: `npm install -g yaml-language-server ajv` puts them where these tests find them.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT
from programs import program

from socsam_calc import schema
from socsam_calc.source.document import FORMATS


class Server:
    """A language server with the schema of agreements; what it says of a text."""

    def __init__(self, folder: Path) -> None:
        (folder / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
        self.folder = folder
        self.process = subprocess.Popen(
            [program("yaml-language-server", "-g yaml-language-server", "npm"), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.number = 0
        self._send("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}}, id=0)
        self._until(lambda message: message.get("id") == 0 and "result" in message)
        self._send("initialized", {})
        schemas = {(folder / "schema.json").as_uri(): "*.yaml"}
        self.settings = {"yaml": {"validate": True, "schemas": schemas, "schemaStore": {"enable": False}}}
        self._send("workspace/didChangeConfiguration", {"settings": self.settings})

    def _send(self, method: str, parameters: Any, **more: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters, **more})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _until(self, wanted: Any) -> dict[str, Any]:
        assert self.process.stdout is not None
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert length, "the server has ended"
            message: dict[str, Any] = json.loads(self.process.stdout.read(length))
            if message.get("method") == "workspace/configuration":  # it asks for the settings of each section
                answer = [self.settings.get(item.get("section"), {}) for item in message["params"]["items"]]
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": answer})
            elif "id" in message and "method" in message:
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})
            if wanted(message):
                return message

    def said_of(self, text: str) -> list[tuple[int, str]]:
        """Line, from 1, and message of everything that it marks."""
        self.number += 1
        uri = (self.folder / f"file{self.number}.yaml").as_uri()
        self._send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        told = self._until(lambda message: message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri)[
            "params"
        ]["diagnostics"]
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in told]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("editor"))
    yield made
    made.process.kill()
    made.process.wait()
    for stream in (made.process.stdin, made.process.stdout):
        assert stream is not None
        stream.close()


def without_schema(file: Path) -> str:
    """The text of a file; a line that names a schema of its own would go before ours."""
    return file.read_text(encoding="utf-8").replace("# yaml-language-server:", "#")


AGREEMENTS = [file for file in sorted(EXAMPLES.glob("*.yaml")) if "format: socsam/1" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("file", [*AGREEMENTS, ROOT / "tests" / "worked_example.yaml"], ids=lambda file: file.stem)
def test_an_editor_has_nothing_against_a_right_file(server: Server, file: Path) -> None:
    assert server.said_of(without_schema(file)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  1998:\n    frame:", "  199:\n    frame:"),
        ("  1998:\n    frame:", "  19980:\n    frame:"),
        ("role: municipality", "role: kommun"),
        ("years:", "år:"),
        ("  kommun:", "  Kommun stor:"),
        ("unit: tkr", "unit: MSEK"),
    ],
)
def test_an_editor_marks_a_slip_at_its_line(server: Server, right: str, wrong: str) -> None:
    text = without_schema(ROOT / "tests" / "worked_example.yaml")
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    assert line in [at for at, _ in server.said_of(text.replace(right, wrong, 1))]


def test_the_schemas_compile_in_ajv_as_strict_as_it_is_by_itself(tmp_path: Path) -> None:
    node, npm = program("node", "nodejs"), program("npm", "npm")
    root = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=True).stdout.strip()
    folders = [root, *os.environ.get("NODE_PATH", "").split(os.pathsep)]
    if not any(folder and (Path(folder) / "ajv").exists() for folder in folders):
        pytest.skip("ajv is missing (npm install -g ajv)")
    script = "const A=require('ajv/dist/2020').default;new A({logger:false}).compile(JSON.parse(require('fs').readFileSync(0)))"
    env = {**os.environ, "NODE_PATH": os.pathsep.join(filter(None, folders))}
    for name in FORMATS:
        done = subprocess.run([node, "-e", script], input=json.dumps(schema(name)), capture_output=True, text=True, env=env, check=False)
        assert (done.returncode, done.stderr) == (0, ""), name
