"""`normalize run`: files or standard input through a profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import click

from normalize.cli.misuse import Command
from normalize.cli.options import keep_style, use_color, waits_for_typing

_FORMATS = ("text", "json", "jsonl", "github", "sarif")
# Names of files, for shells that complete. Whether one can be read is told later.
_PATH = click.Path(readable=False)
_INPUTS = ("auto", "text", "lines", "html", "markdown", "srt", "vtt")


class _Sections(Command):
    """Help in sections, a line an option, with examples before them."""

    sections: ClassVar[dict[str, list[str]]] = {
        "Where the text goes": [
            "output", "write", "interactive", "check", "diff", "report", "statistics",
            "output_format", "exit_zero",
        ],
        "Rules": [
            "profile", "style", "rules", "settings", "select", "ignore", "replay",
        ],
        "Files": [
            "include", "exclude", "hidden", "no_gitignore", "files_from",
            "stdin_filename", "show_files",
        ],
        "Text and bytes": [
            "encoding", "output_encoding", "input_format", "keep_times",
        ],
        "Tables": [
            "csv_column", "delimiter", "tsv_column", "jsonl_field", "parquet_column",
            "into", "edits_into",
        ],
        "The run": ["jobs", "quiet", "verbose", "color", "help"],
    }  # fmt: skip

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The options, section by section."""
        by_name = {param.name: param for param in self.params}
        own = self.get_help_option(ctx)
        if own is not None:
            by_name["help"] = own
        formatter.indent_increment = 1
        for title, names in self.sections.items():
            rows = [by_name[name].get_help_record(ctx) for name in names]
            with formatter.section(title):
                formatter.write_dl([row for row in rows if row], col_max=26)


def _profiles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of profiles, for a shell that completes."""
    del ctx, param
    from normalize.source.places import shipped_rules

    found = sorted(path.stem for path in shipped_rules().glob("profiles/*.yaml"))
    return [name for name in found if name.startswith(incomplete)]


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """All options, in the order of the sections."""
    for option in reversed(_ALL):
        function = option(function)
    return function


def _flag(*names: str, help: str) -> Callable[..., Any]:  # noqa: A002 - as click has it
    return click.option(*names, is_flag=True, help=help)


_ALL = [
    click.option(
        "-o",
        "--output",
        type=_PATH,
        metavar="PATH",
        help="Into a file, or a folder.",
    ),
    _flag("-w", "--write", help="Change the files in place."),
    _flag("-i", "--interactive", help="Ask about each edit, then write."),
    _flag("--check", help="List what would change; exit 1 if any."),
    _flag("--diff", help="Show a patch; exit 1 if any."),
    click.option(
        "--report", type=_PATH, metavar="HTML", help="Write a page to look at."
    ),
    _flag("--statistics", help="Count edits by rule, change and file."),
    click.option(
        "--output-format",
        type=click.Choice(_FORMATS),
        default="text",
        metavar="FORMAT",
        help="text, json, jsonl, github or sarif.",
    ),
    _flag("--exit-zero", help="Exit 0 although changes were found."),
    click.option(
        "-p",
        "--profile",
        metavar="NAME",
        shell_complete=_profiles,
        help="Profile, or its file (default: news-en, or the project's).",
    ),
    click.option(
        "--style",
        metavar="NAME",
        expose_value=False,
        callback=keep_style,
        help="Style of names: --set style=NAME.",
    ),
    click.option(
        "--rules",
        type=_PATH,
        metavar="PATH",
        multiple=True,
        help="Add rule files.",
    ),
    click.option(
        "--set",
        "settings",
        metavar="NAME=VALUE",
        multiple=True,
        help="Set an option of the profile.",
    ),
    click.option(
        "--select",
        metavar="RULE",
        multiple=True,
        help="These rules only: id, file or kind.",
    ),
    click.option(
        "--ignore", metavar="RULE", multiple=True, help="All rules but these."
    ),
    click.option(
        "--replay",
        type=_PATH,
        metavar="JSONL",
        help="Make saved edits, run no rules.",
    ),
    click.option(
        "--include",
        metavar="GLOB",
        multiple=True,
        help="Take these of folders, not .txt .md .html ...",
    ),
    click.option("--exclude", metavar="GLOB", multiple=True, help="Leave these out."),
    _flag("--hidden", help="Also hidden files of folders."),
    _flag("--no-gitignore", help="Also what .gitignore leaves out."),
    click.option(
        "--files-from",
        type=_PATH,
        metavar="FILE",
        multiple=True,
        help="Read paths from a list (- is stdin).",
    ),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        default="<stdin>",
        help="What standard input is called.",
    ),
    _flag("--show-files", help="Only list the files that would be done."),
    click.option(
        "--encoding",
        metavar="NAME",
        default="utf-8",
        help="utf-8 (default), cp1251, koi8-u, ... or auto.",
    ),
    click.option(
        "--output-encoding",
        metavar="NAME",
        default="",
        help="Write another one than was read.",
    ),
    click.option(
        "--input-format",
        type=click.Choice(_INPUTS),
        default="auto",
        metavar="FORMAT",
        help="auto (by name), text, lines, html, ...",
    ),
    _flag("--keep-times", help="Keep the times of files."),
    click.option(
        "--csv-column", help="Only this column of CSV.", metavar="NAME", multiple=True
    ),
    click.option(
        "--delimiter", metavar="CHAR", default="", help="Of CSV, such as ';'."
    ),
    click.option(
        "--tsv-column", help="Only this column of TSV.", metavar="NAME", multiple=True
    ),
    click.option(
        "--jsonl-field",
        metavar="PATH",
        multiple=True,
        help="Only this field, such as article.text.",
    ),
    click.option(
        "--parquet-column",
        help="Only this column of Parquet.",
        metavar="NAME",
        multiple=True,
    ),
    click.option("--into", metavar="NAME", default="", help="Into a new column."),
    click.option(
        "--edits-into", metavar="NAME", default="", help="The edits, as JSON, into one."
    ),
    click.option(
        "-j",
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="Processes; 0 is one for each core.",
    ),
    _flag("-q", "--quiet", help="No summary, notes or progress."),
    _flag("-v", "--verbose", help="Say what is done with each file."),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        metavar="WHEN",
        help="auto, always or never.",
    ),
]


@click.command("run", cls=_Sections, short_help="Normalize files or standard input.")
@click.argument("paths", nargs=-1, metavar="[PATHS|-]", type=_PATH)
@_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> int:
    """Normalize files, the texts of folders, or standard input.

    \b
      normalize run --diff articles/          what would change, as a patch
      normalize run -w -j 0 --exclude old/ .  change all texts below, on all cores
      normalize run -o b.csv --csv-column text --into clean a.csv
    """  # noqa: D301 - \b is a word to click
    from normalize.cli.running import run
    from normalize.cli.settings import Job, mode_of, refuse_contradictions

    named = paths or options["files_from"] or options["replay"]
    if not named:
        if waits_for_typing():
            click.echo(ctx.get_help())
            return 2
        paths = ("-",)
    job = Job(
        mode=mode_of(options),
        output=options["output"],
        format=options["output_format"],
        color=use_color(options["color"]),
        quiet=options["quiet"],
        paths=paths,
        options=options,
    )
    refuse_contradictions(job)
    return run(job)
