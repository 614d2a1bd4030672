"""`supervise verify-paper`: does a record here say what a paper says?"""

from __future__ import annotations

import string
from collections.abc import Sequence

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.tables import say
from supervise.errors import BadQuestion


@click.command("verify-paper", short_help="Does a record here say what a paper says?")
@click.argument("words", nargs=-1, required=True, metavar="CODE [SESSION_ID]")
@click.pass_obj
def verify_paper(asked: Asked, words: tuple[str, ...]) -> None:
    """Look for the record that says what a printed one says, by the content code at its foot.

    CODE may be typed with its spaces or without. With SESSION_ID only that record is looked at.
    """
    from supervise.doing.papers.verifying import read_code, verifying

    code, session = _parted(words)
    read_code(code)  # before a passphrase is asked for
    with workspace(asked) as here:
        steps = verifying(here.here, code, session)
        try:
            while True:
                next(steps)
        except StopIteration as ended:
            found = ended.value
    if not found.is_found:
        raise BadQuestion(found.sentence(), "Look whether the code is typed as it stands on the paper.")
    say(found.sentence())
    click.echo(f"Session {found.session}")


def _parted(words: Sequence[str]) -> tuple[str, str | None]:
    """The code, of as many words as it was typed in, and the session if one is named after it."""
    from supervise.reports.content_code import LENGTH

    code, rest = words[0], list(words[1:])
    while rest and len(code) < LENGTH and set(rest[0]) <= set(string.hexdigits):
        code += rest.pop(0)
    if len(rest) > 1:
        raise BadQuestion(
            f"After the code stands more than a session: {' '.join(rest)}.", "Name one session, or none."
        )
    return code, rest[0] if rest else None


COMMANDS = (verify_paper,)
