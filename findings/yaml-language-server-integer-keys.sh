#!/bin/sh
# yaml-language-server 2.0.0 (npm; needs node): the names that JSON Schema's `propertyNames` looks at.
#
# A good guess: every name of an object is a string for JSON Schema, so `propertyNames: {pattern: '^[0-9]{4}$'}` holds the names of the
# mapping {199: a, 1998: b} against the pattern and refuses 199, and `propertyNames: {type: string}` refuses nothing that YAML can hold.
#
# Seen: an unquoted integer key is handed to `propertyNames` as a number. `pattern`, which says nothing of numbers, lets 199 pass, while
# the same key in quotation marks is refused; and `type: string` refuses 1998, which is right in every other validator of JSON Schema.
# `patternProperties` with `additionalProperties: false` looks at the same keys as strings, and refuses 199 with quotation marks or without.
#
# Prints the messages of each file, and fails where they are not those that are listed at the end.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" yaml-language-server@2.0.0 >/dev/null

cat > names.json <<'JSON'
{"type": "object", "propertyNames": {"pattern": "^[0-9]{4}$"}}
JSON
cat > strings.json <<'JSON'
{"type": "object", "propertyNames": {"type": "string"}}
JSON
cat > patterns.json <<'JSON'
{"type": "object", "patternProperties": {"^[0-9]{4}$": {}}, "additionalProperties": false}
JSON

cat > ask.mjs <<'NODE'
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

const server = spawn(process.execPath, ["node_modules/yaml-language-server/bin/yaml-language-server", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map(), told = new Map();
let bytes = Buffer.alloc(0), number = 0;
const send = (message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
};
const ask = (method, params) => new Promise((answer) => { waiting.set(++number, answer); send({ id: number, method, params }); });
server.stdout.on("data", (more) => {
  bytes = Buffer.concat([bytes, more]);
  for (;;) {
    const head = bytes.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(bytes.subarray(0, head).toString())[1]);
    if (bytes.length < head + 4 + length) return;
    const message = JSON.parse(bytes.subarray(head + 4, head + 4 + length).toString());
    bytes = bytes.subarray(head + 4 + length);
    if (message.method === "workspace/configuration") {
      const answers = { yaml: { validate: true, schemaStore: { enable: false } } };
      send({ id: message.id, result: message.params.items.map((item) => answers[item.section] ?? {}) });
    } else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
    else if (message.method === "textDocument/publishDiagnostics") told.get(message.params.uri)?.(message.params.diagnostics);
    else if (waiting.has(message.id)) waiting.get(message.id)(message.result);
  }
});
setTimeout(() => { console.error("no answer within two minutes"); process.exit(2); }, 120000).unref();

await ask("initialize", { processId: null, rootUri: null, capabilities: { workspace: { configuration: true } } });
send({ method: "initialized", params: {} });
for (const schema of ["names", "strings", "patterns"]) for (const key of ["199", '"199"', "1998"]) {
  const uri = `file:///${schema}-${key.replaceAll('"', "q")}.yaml`;
  const text = `# yaml-language-server: $schema=${pathToFileURL(`${schema}.json`)}\n${key}: a\n`;
  const answer = new Promise((found) => told.set(uri, found));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  console.log(`${schema} ${key}: ${(await answer).map((one) => one.message.split("\n")[0]).join(" / ") || "nothing"}`);
}
process.exit(0);
NODE
node ask.mjs | tee seen
cat > expected <<'SEEN'
names 199: nothing
names "199": String does not match the pattern of "^[0-9]{4}$".
names 1998: nothing
strings 199: Incorrect type. Expected "string".
strings "199": nothing
strings 1998: Incorrect type. Expected "string".
patterns 199: Property 199 is not allowed.
patterns "199": Property 199 is not allowed.
patterns 1998: nothing
SEEN
cmp seen expected
