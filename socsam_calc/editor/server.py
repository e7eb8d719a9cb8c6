"""A language server over standard input and output. Needs pygls (``pip install 'socsam-calc[editor]'``)."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Any, BinaryIO, Final

from ..problems import OutputError, Place
from ..report.told.words import Words
from ..rules.rule import ERROR, INFO, WARNING
from .cursor import lines_of
from .opinions import Opinion, opinions
from .proposals import proposals
from .shown import shown

_PAUSE: Final = 0.15
"""Seconds without a keystroke after which the text is looked at."""


def serve(words: Words, version: str, source: BinaryIO, sink: BinaryIO) -> None:
    """Answer an editor until it leaves. Nothing but the protocol goes to ``sink``. Raises OutputError where pygls is missing."""
    try:
        import pygls.lsp.server  # noqa: F401
    except ImportError:
        raise OutputError("socsam lsp needs pygls\n   pip install 'socsam-calc[editor]'") from None
    with contextlib.redirect_stdout(sys.stderr):
        _server(words, version).start_io(source, sink)


def _server(words: Words, version: str) -> Any:
    """The server with what it answers."""
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    server = LanguageServer("socsam", version, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    severities = {
        ERROR: types.DiagnosticSeverity.Error,
        WARNING: types.DiagnosticSeverity.Warning,
        INFO: types.DiagnosticSeverity.Information,
    }
    kinds = {
        "field": types.CompletionItemKind.Field,
        "word": types.CompletionItemKind.EnumMember,
        "name": types.CompletionItemKind.Reference,
    }

    def encoding() -> str:
        return str(server.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def named(uri: str) -> str:
        """The file's name; that of standard input for a text that has none yet."""
        from pygls.uris import to_fs_path

        return (to_fs_path(uri) if uri.startswith("file:") else None) or "-"

    def range_of(text: str, place: Place) -> Any:
        line, start, end = marked(text, place, encoding())
        return types.Range(types.Position(line, start), types.Position(line, end))

    def diagnostic(uri: str, text: str, opinion: Opinion) -> Any:
        own = named(uri)
        related = []
        for place in opinion.related:
            there = uri if place.file == own else _uri(place.file)
            at = range_of(text, place) if place.file == own else types.Range(*[types.Position(max(0, place.line - 1), 0)] * 2)
            if there is not None:
                related.append(types.DiagnosticRelatedInformation(types.Location(there, at), place.cell or opinion.code))
        return types.Diagnostic(
            range_of(text, opinion.place),
            opinion.text,
            severities[opinion.severity],
            code=opinion.code,
            source="socsam",
            related_information=related or None,
        )

    async def look(uri: str) -> None:
        """Say what is wrong with a text, once nobody writes any more."""
        document = server.workspace.get_text_document(uri)
        version, text = document.version, document.source
        await asyncio.sleep(_PAUSE)
        if uri not in server.workspace.text_documents or server.workspace.get_text_document(uri).version != version:
            return
        found = await asyncio.to_thread(lambda: list(opinions(named(uri), text, words)))
        current = server.workspace.text_documents.get(uri)
        if current is not None and current.version == version:
            told = [diagnostic(uri, text, one) for one in found]
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told, version))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        await look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await look(params.text_document.uri)

    async def all_anew() -> None:
        """A file was written that others may name."""
        await asyncio.gather(*map(look, list(server.workspace.text_documents)))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        await all_anew()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def written(params: types.DidChangeWatchedFilesParams) -> None:
        await all_anew()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    def position(params: Any) -> tuple[str, int, int]:
        """The text, and where in it: line and column from 0, in characters."""
        text = server.workspace.get_text_document(params.text_document.uri).source
        lines = lines_of(text)
        line = min(params.position.line, len(lines) - 1)
        return text, line, characters(lines[line], params.position.character, encoding())

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":", "{", ",", "-", "["]))
    def completed(params: types.CompletionParams) -> list[types.CompletionItem]:
        return [
            types.CompletionItem(
                one.label,
                kind=kinds[one.kind],
                detail=one.detail or None,
                documentation=one.says or None,
                insert_text=f"{one.label}: " if one.kind == "field" else None,
                tags=[types.CompletionItemTag.Deprecated] if one.marked else None,
                sort_text=f"{number:04}",
            )
            for number, one in enumerate(proposals(*position(params), words))
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        said = shown(named(params.text_document.uri), *position(params), words)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None

    return server


def _uri(file: str) -> str | None:
    from pygls.uris import from_fs_path

    uri: str | None = from_fs_path(file)
    return uri


# --- columns as the editor counts them -------------------------------------------------------------------------------------------


def units(text: str, encoding: str) -> int:
    """How long a text is in an encoding: its bytes, its pairs of bytes, or its characters."""
    match encoding:
        case "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        case "utf-32":
            return len(text)
        case _:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(line: str, column: int, encoding: str) -> int:
    """The column in characters; one inside a character is its beginning, one behind the line its end."""
    passed = 0
    for number, letter in enumerate(line):
        passed += units(letter, encoding)
        if passed > column:
            return number
    return len(line)


def marked(text: str, place: Place, encoding: str) -> tuple[int, int, int]:
    """Line, first and last column of a place, from 0; of one that is the whole file, its first line."""
    lines = lines_of(text)
    line = min(max(place.line - 1, 0), len(lines) - 1)
    stated = lines[line]
    start = min(max(place.column - 1, 0), len(stated)) if place.line else 0
    end = min(start + place.length, len(stated)) if place.line else len(stated)
    return line, units(stated[:start], encoding), max(units(stated[:end], encoding), units(stated[:start], encoding))
