"""`script/bot check`: the real project, Rasa's validation, and comparing a new version of the page."""

import http.server
import io
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from broken_project import Project
from rich.console import Console

from common.settings import ROOT
from workbench.check import rasas
from workbench.check.command import check, compare_page, problems, review, show_facts


def run(command: Callable[..., int], *args: object, **named: object) -> tuple[int, str]:
    out = io.StringIO()
    return command(*args, console=Console(file=out, width=400, soft_wrap=True), **named), out.getvalue()


def test_the_project_has_no_problems() -> None:
    assert [str(one) for one in problems(ROOT)[0]] == []


def test_rasas_validation_has_no_complaints() -> None:
    assert [str(one) for one in rasas.read(rasas.start(ROOT), ROOT)] == []


def test_rasas_warnings_are_errors(another_project: Callable[[], Path]) -> None:
    root = another_project()
    # Rasa reads YAML slowly: the project's own lines, stories and answers to follow-ups are not needed here.
    for folder in ("data/nlu", "data/stories", "domain/more"):
        shutil.rmtree(root / folder)
    (root / "data" / "nlu").mkdir()
    lines = root / "data" / "nlu" / "extra.yml"
    lines.write_text(
        'version: "3.1"\nnlu:\n  - intent: faq_parking\n    examples: |\n      - hvor må jeg parkere\n'
        "  - intent: greet\n    examples: |\n      - hejsa med jer derinde\n"
        "  - intent: goodbye\n    examples: |\n      - hejsa med jer derinde\n",
        encoding="utf-8",
    )
    rules = root / "data" / "rules" / "conversation.yml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("utter_goodbye", "utter_farvel"), encoding="utf-8")
    said = [(one.file.name, one.line, one.what) for one in rasas.read(rasas.start(root), root)]
    assert (lines.name, 3) in [one[:2] for one in said if "Mærket faq_parking findes ikke" in one[2]]
    assert (lines.name, 8) in [one[:2] for one in said if "'hejsa med jer derinde' står under flere mærker" in one[2]]
    assert rules.name in [one[0] for one in said if "Svaret utter_farvel findes ikke" in one[2]]


def test_a_yaml_error_is_reported_with_its_line(project: Project) -> None:
    line = project.change("domain/answers.yml", "  utter_faq_notes:", "  utter_faq_notes: [")
    code, said = run(check, project.root, rasa=False)
    assert code == 2
    assert "answers.yml, linje" in said and "YAML" in said
    assert abs(int(said.split("linje ")[1].split(":")[0]) - line) <= 2


@pytest.mark.parametrize(
    ("new", "said_of_it"),
    [
        ('- "Rettet: {noted}"', "skal have '- text:'"),
        ('- text: ""', "har ingen tekst"),
        ('- text: "Rettet: {noted}"\n      knapper: []', "har 'knapper', som ikke kendes"),
        ('- text: "Rettet: {noted}"\n      condition: [{name: sent_type}]', "har en 'condition', der mangler noget"),
    ],
)
def test_a_wording_that_breaks_a_turn_is_reported_with_its_line(project: Project, new: str, said_of_it: str) -> None:
    line = project.change("domain/request.yml", '- text: "Rettet: {noted}"', new)
    code, said = run(check, project.root, rasa=False)
    assert code == 2
    assert f"request.yml, linje {line - 1}: utter_corrected {said_of_it}" in said


def test_each_error_has_file_line_and_remedy(project: Project) -> None:
    line = project.change("domain/conversation.yml", "velkommen", "velkomen")
    code, said = run(check, project.root, rasa=False)
    assert code == 1
    assert f"domain/conversation.yml, linje {line}: Ordet 'velkomen'" in said
    assert "Ret det" in said


def test_review_prints_lines_to_paste_into_facts(project: Project) -> None:
    project.change("domain/answers.yml", "Du skal selv optage.", "Du optager selv.")
    code, said = run(review, project.root)
    assert code == 1
    assert '  utter_simple_equipment:\n    "Du optager selv.": [?]' in said


def test_facts_lists_every_statement_with_its_answers() -> None:
    code, said = run(show_facts, ROOT)
    assert code == 0
    assert "Dette er i tråd med Ombudsmandens udtalelse om emnet" in said and "faq_ombudsman" in said


def test_comparing_the_current_page_finds_no_change() -> None:
    code, said = run(compare_page, str(ROOT / "docs" / "siden.md"), ROOT)
    assert code == 0
    assert "siger det samme" in said


def test_comparing_a_new_page_names_changes_and_their_answers(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "siden.md").read_text(encoding="utf-8")
    new = tmp_path / "ny.md"
    changed = re.sub("Dette er i tråd.*", "", text.replace("3821 4236", "3821 4000"))
    new.write_text(changed + "\n  Du må gerne tage noter til mødet.\n", encoding="utf-8")
    code, said = run(compare_page, str(new), ROOT)
    assert code == 1
    assert "Afsnit 4 " in said and "er væk" in said and "utter_faq_ombudsman, utter_simple_ombudsman" in said
    assert "+ Telefon: 3821 4000" in said and "utter_faq_contact" in said
    # Other answers than the reviewed ones have the number too.
    assert "utter_stuck" in said
    assert "+ Du må gerne tage noter til mødet." in said
    assert "Afsnit 3 " not in said


def as_html(text: str) -> str:
    blocks = [line.strip() for line in text.split("\n") if line.strip() and not line.startswith("<!--")]
    inside = "\n".join(
        f"<li>{line[1:].strip()}</li>" if line.startswith("•") else f"<p>{line.replace(' ', '&nbsp;', 1)}</p>"
        for line in blocks
    )
    return (
        "<!doctype html><html><head><title>Optagelse</title><style>p {color: red}</style></head><body>"
        f"<nav><p>Menu</p></nav><main>\n<script>1</script>{inside}\n</main><footer><p>Cookies</p></footer></body></html>"
    )


@pytest.fixture
def site() -> Callable[[str], str]:
    servers = []

    def serve(page: str) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/side" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *args: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_comparing_a_web_page_ignores_its_surroundings(site: Callable[[str], str]) -> None:
    text = (ROOT / "docs" / "siden.md").read_text(encoding="utf-8")
    assert run(compare_page, site(as_html(text)) + "/side", ROOT)[0] == 0
    code, said = run(compare_page, site(as_html(text.replace("10-13", "10-12"))) + "/side", ROOT)
    assert code == 1
    assert "+ Fredag klokken 10-12" in said
    assert "Cookies" not in said and "Menu" not in said


def test_a_page_that_cannot_be_fetched_is_reported(site: Callable[[str], str], tmp_path: Path) -> None:
    code, said = run(compare_page, site("") + "/borte", ROOT)
    assert code == 2 and "kan ikke hentes" in said
    code, said = run(compare_page, str(tmp_path / "ingen.md"), ROOT)
    assert code == 2 and "findes ikke" in said
    (tmp_path / "andet.md").write_text("Noget helt andet.", encoding="utf-8")
    code, said = run(compare_page, str(tmp_path / "andet.md"), ROOT)
    assert code == 2 and "ligner slet ikke" in said
