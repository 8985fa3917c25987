"""Checks what is said: the answers alone, which change without a training. Quick, as it needs nothing of the bot."""

from pathlib import Path

from workbench.check import contact, facts, page, use, wording
from workbench.check.answers import read_domain
from workbench.check.rules import answered_with, read_rules
from workbench.check.variables import variables
from workbench.shared.problems import Problem


class Project:
    """What the checks read of the project's files; FormatError when one cannot be read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.domain, self.steps = read_domain(root), read_rules(root)
        self.facts, self.page, self.own = facts.read_facts(root), page.read_page(root), wording.own_words(root)
        self.contact = contact.read_contact(self.page)
        # Rules only: a story repeats the answer it follows, which proves no rule gives it.
        by_rule = answered_with([step for step in self.steps if step.file.parent.name == "rules"])
        self.answered = {action for actions in by_rule.values() for action in actions}


def said(read: Project) -> list[Problem]:
    """The problems of texts, buttons and paragraphs."""
    answers = read.domain.answers
    checks = (
        use.buttons(read.domain, read.steps, read.root),
        variables(read.domain, read.steps, read.root),
        facts.against_page(read.facts, read.page, read.root),
        facts.against_answers(read.facts, read.domain),
        facts.reachable(read.facts, read.answered),
        contact.answers(answers, read.contact),
        wording.readability(answers, read.own),
        wording.spelling(answers, read.own),
    )
    return [problem for check in checks for problem in check]
