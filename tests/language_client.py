"""A client of a language server over its standard input and output, as an editor is one: for the server of ours, and for others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient


class Editor:
    """An editor with one server: it opens texts, and has what the server says of them."""

    def __init__(self, client: LanguageClient, said: asyncio.Condition, diagnostics: dict[str, list[Any]]) -> None:
        self.client, self._said, self.diagnostics = client, said, diagnostics

    def open(self, uri: str, text: str) -> None:
        item = types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, uri: str, text: str, version: int = 2) -> None:
        """The whole text anew."""
        self.diagnostics.pop(uri, None)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=version),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )

    async def told(self, uri: str, seconds: float = 60) -> Sequence[types.Diagnostic]:
        """What the server says of a text that was opened or changed, once it does."""
        async with self._said:
            await asyncio.wait_for(self._said.wait_for(lambda: uri in self.diagnostics), seconds)
        return self.diagnostics[uri]

    async def completed(self, uri: str, line: int, character: int) -> Sequence[types.CompletionItem]:
        answer = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        )
        return answer.items if isinstance(answer, types.CompletionList) else answer or []

    async def hovered(self, uri: str, line: int, character: int) -> str:
        """The Markdown that is shown there; empty where nothing is."""
        answer = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        )
        return answer.contents.value if answer is not None and isinstance(answer.contents, types.MarkupContent) else ""


@asynccontextmanager
async def editor(
    command: Sequence[str | Path],
    *,
    settings: Mapping[str, Any] | None = None,
    encodings: Sequence[str] | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Editor]:
    """An editor that has started a server; ``settings`` are what it answers when the server asks, ``encodings`` those in which it counts columns."""
    client = LanguageClient("tests", "1")
    said = asyncio.Condition()
    diagnostics: dict[str, list[Any]] = {}

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    async def _published(params: types.PublishDiagnosticsParams) -> None:
        async with said:
            diagnostics[params.uri] = list(params.diagnostics)
            said.notify_all()

    @client.feature(types.WORKSPACE_CONFIGURATION)
    def _asked(params: types.ConfigurationParams) -> list[Any]:
        return [(settings or {}).get(item.section or "") for item in params.items]

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _registered(params: types.RegistrationParams) -> None:
        return None

    first, *rest = map(str, command)
    await client.start_io(first, *rest, **({"env": dict(environment)} if environment is not None else {}))
    try:
        general = (
            types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(one) for one in encodings])
            if encodings
            else None
        )
        capabilities = types.ClientCapabilities(
            general=general,
            workspace=types.WorkspaceClientCapabilities(configuration=True),
            text_document=types.TextDocumentClientCapabilities(
                hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
            ),
        )
        client.answer = await client.initialize_async(  # type: ignore[attr-defined]
            types.InitializeParams(capabilities=capabilities, root_uri=None if folder is None else folder.as_uri())
        )
        client.initialized(types.InitializedParams())
        if settings is not None:
            client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=settings))
        yield Editor(client, said, diagnostics)
        await client.shutdown_async(None)
        client.exit(None)
    finally:
        await client.stop()
