"""Command-line parsing with Danish help and errors; argparse's own texts are English."""

import argparse
import sys
from collections.abc import Collection, Sequence
from typing import Any, NoReturn


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser in Danish, also for its subparsers.

    Add to its groups `arguments` and `options`; add an option with choices by `choice`.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, formatter_class=_Help, add_help=False, allow_abbrev=False)
        self.arguments = self.add_argument_group("argumenter")
        self.options = self.add_argument_group("valg")
        self.options.add_argument("-h", "--help", action="help", help="vis denne hjælp")
        self._choices: dict[str, Collection[str]] = {}
        # A subparser replaces its parent here, so that errors show its own usage.
        self.set_defaults(parser=self)

    def choice(self, name: str, values: Collection[str], default: str | None, help: str) -> None:
        """Adds the option `--name`, which takes one of these values."""
        self.options.add_argument(f"--{name}", metavar=f"{{{','.join(values)}}}", default=default, help=help)
        self._choices[name] = values

    def read(self, given: Sequence[str] | None, commands: Collection[str]) -> argparse.Namespace:
        """Parses the arguments (None: the process's); prints an error and exits with 2 if they are wrong.

        `commands`: the names of the subparsers.
        """
        words = sys.argv[1:] if given is None else given
        if words and not words[0].startswith("-") and words[0] not in commands:
            self.refuse(f"{words[0]!r} kendes ikke. Vælg en af: {', '.join(commands)}.")
        read, unknown = self.parse_known_args(words)
        parser: Parser = read.parser
        if unknown:
            parser.refuse(f"{unknown[0]!r} kendes ikke.")
        for name, values in parser._choices.items():
            value = getattr(read, name)
            if value is not None and value not in values:
                parser.refuse(f"--{name} {value!r} kendes ikke. Vælg en af: {', '.join(values)}.")
        return read

    def error(self, message: str) -> NoReturn:
        """Errors that argparse finds, such as an option without its value."""
        self.refuse("Der mangler noget i kommandoen, eller der står for meget.")

    def refuse(self, why: str) -> NoReturn:
        """Prints usage and reason, and exits with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"FEJL: {why}\n")
