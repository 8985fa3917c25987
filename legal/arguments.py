"""Command lines in Danish. What argparse says of its own accord is English, and is not passed on."""

import argparse
import sys
from collections.abc import Collection, Sequence
from typing import Any, NoReturn


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that helps and complains in Danish; for its subparsers as well.

    What is added goes into its groups `arguments` and `options`; an option with choices is added by `choice`.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, formatter_class=_Help, add_help=False, allow_abbrev=False)
        self.arguments = self.add_argument_group("argumenter")
        self.options = self.add_argument_group("valg")
        self.options.add_argument("-h", "--help", action="help", help="vis denne hjælp")
        self._choices: dict[str, Collection[str]] = {}
        # A subparser puts itself in the place of its parent: it complains with its own usage.
        self.set_defaults(parser=self)

    def choice(self, name: str, values: Collection[str], default: str | None, help: str) -> None:
        """Adds the option `--name`, which takes one of these values."""
        self.options.add_argument(f"--{name}", metavar=f"{{{','.join(values)}}}", default=default, help=help)
        self._choices[name] = values

    def read(self, given: Sequence[str] | None, commands: Collection[str]) -> argparse.Namespace:
        """The arguments (None: this process's); where they make no sense, says so and ends with status 2.

        `commands` are the names of the subparsers.
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
        """What `read` does not find out: an option without its value, or with one that it does not take."""
        self.refuse("Der mangler noget i kommandoen, eller der står for meget.")

    def refuse(self, why: str) -> NoReturn:
        """Says how the command is used and why this is not it, and ends the process with status 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"FEJL: {why}\n")
