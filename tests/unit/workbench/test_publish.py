"""`script/bot publish`: what it puts into use and takes back, what it says, and what it refuses."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.channel.published import START, UNDO, Published
from bot.responses import Responses, read_responses
from common.settings import ROOT, Settings, read_settings
from workbench import cli, publish
from workbench.shared import staff
from workbench.shared.problems import Problem

OLD, NEW = "Du må gerne tage noter til mødet.", "Du må altid tage noter til mødet."
DOMAIN = f"""
responses:
  utter_faq_notes:
    - text: |-
        {OLD}

        Ring, hvis du er i tvivl.
      buttons: [{{title: Hvem bestemmer?, payload: /faq_who_decides}}]
      metadata: {{paragraphs: ["2"]}}
  utter_greet: [{{text: Hej}}]
"""


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    return read_settings({"DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
def published(config: Settings) -> Published:
    return Published(config.database("chat"))


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """What the check finds."""
    found: list[Problem] = []
    monkeypatch.setattr(publish, "_problems", lambda root: found)
    monkeypatch.setattr(publish, "_FIRST_SECONDS", 0.0)
    return found


@pytest.fixture
def root(tmp_path: Path, published: Published, problems: list[Problem]) -> Path:
    """A folder with the responses, which a server has begun to use."""
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "answers.yml").write_text(DOMAIN, encoding="utf-8")
    published.begin(read_responses(tmp_path))
    return tmp_path


def change(root: Path, old: str = OLD, new: str = NEW, file: str = "domain/answers.yml") -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def standing(published: Published) -> Responses:
    return published.responses(published.latest(1)[0].number)


def test_a_changed_answer_is_published_and_taken_back(
    root: Path, published: Published, config: Settings, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "lise")
    change(root)
    change(root, "Hvem bestemmer?", "Hvem afgør det?")
    assert publish.publish("  Siden er\nændret. ", said.append, config, root) == 0
    assert said[:6] == [
        "1 svar ændres:",
        "utter_faq_notes",
        f"  - {OLD}",
        f"  + {NEW}",
        "  - [Hvem bestemmer?] /faq_who_decides",
        "  + [Hvem afgør det?] /faq_who_decides",
    ]
    assert "script/bot publish --undo" in said[-1] and "Ingen server bruger det endnu" in said[-2]
    assert NEW in standing(published)["utter_faq_notes"][0]["text"]

    assert publish.undo(said.append, config) == 0
    assert OLD in standing(published)["utter_faq_notes"][0]["text"]
    assert publish.undo(said.append, config) == 1 and said[-1] == "Der er ikke noget at fortryde."

    said.clear()
    assert publish.show(said.append, config) == 0
    assert [line.split("  ")[-1] for line in said] == [
        "Fortrudt, som nr. 1 (lise)",
        "Taget i brug (lise): Siden er ændret.",
        "Brugt ved start (assistenten)",
    ]


def test_the_servers_that_use_it_are_counted(
    root: Path, published: Published, config: Settings, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_FIRST_SECONDS", 5.0)
    monkeypatch.setattr(publish, "_OTHERS_SECONDS", 0.3)
    add = Published.add

    def with_servers(self: Published, *row: object, **more: object) -> int:
        number = add(self, *row, **more)
        for _ in range(2):
            self.note_use(number)
        return number

    monkeypatch.setattr(Published, "add", with_servers)
    change(root)
    assert publish.publish("", said.append, config, root) == 0
    assert "I brug på 2 servere." in said


def test_of_many_changes_the_first_are_shown(root: Path, config: Settings, said: list[str]) -> None:
    more = "".join(f"  utter_x_{number}: [{{text: {{0}}}}]\n" for number in range(12))
    change(root, "  utter_greet", more.replace("{0}", "før") + "  utter_greet")
    Published(config.database("chat")).begin(read_responses(root))
    change(root, "text: før", f"text: {'nu ' * 100}")
    assert publish.publish("", said.append, config, root) == 0
    assert said[0] == "12 svar ændres:" and "og 2 til" in said and max(map(len, said)) < 180


def test_nothing_to_publish_is_said(root: Path, published: Published, config: Settings, said: list[str]) -> None:
    change(root, "responses:", "# En bemærkning.\nresponses:")
    assert publish.publish("", said.append, config, root) == 0
    assert said == ["Svarene i domain/ er dem, der er i brug."] and len(published.latest(9)) == 1


def test_what_the_check_finds_is_not_published(
    root: Path, published: Published, config: Settings, said: list[str], problems: list[Problem]
) -> None:
    change(root)
    problems.append(Problem(root / "domain" / "answers.yml", 4, "Ordet 'altidd' er ikke i ordbogen."))
    assert publish.publish("", said.append, config, root) == 1
    assert "answers.yml, linje 4: Ordet 'altidd'" in said[0] and said[-1].startswith(
        "Svarene i domain/ er ikke taget i brug."
    )
    assert len(published.latest(9)) == 1


def test_another_name_needs_training(root: Path, published: Published, config: Settings, said: list[str]) -> None:
    change(root, "utter_greet", "utter_hello")
    assert publish.publish("", said.append, config, root) == 1
    assert "script/train" in said[0] and "utter_greet, utter_hello" in said[0] and len(published.latest(9)) == 1


def test_without_a_server_that_has_run_there_is_nothing_to_change(tmp_path: Path, root: Path, said: list[str]) -> None:
    other = read_settings({"DATA_DIR": str(tmp_path / "other")})
    assert publish.publish("", said.append, other, root) == 1 and "script/run" in said[0]
    assert publish.undo(said.append, other) == 1 and publish.show(said.append, other) == 0
    (tmp_path / "broken" / "chat.db").mkdir(parents=True)
    broken = read_settings({"DATA_DIR": str(tmp_path / "broken")})
    assert publish.show(said.append, broken) == 1 and said[-1].startswith("FEJL: Databasen kan ikke bruges")


def test_a_reason_has_a_length(root: Path, config: Settings, said: list[str]) -> None:
    assert publish.publish("x" * 501, said.append, config, root) == 1 and said[0].startswith("FEJL: Grunden")


def test_a_start_uses_new_answers_and_none_that_were_in_use_before(
    root: Path, published: Published, config: Settings, said: list[str]
) -> None:
    assert publish.use_files(said.append, config, root) == 0 and said == []
    change(root)
    assert publish.use_files(said.append, config, root) == 0
    assert said[-1].startswith("Svarene i domain/ er ændret og bliver taget i brug.")
    assert published.latest(1)[0].what == START and NEW in standing(published)["utter_faq_notes"][0]["text"]
    publish.undo(said.append, config)
    assert publish.use_files(said.append, config, root) == 0
    assert said[-1].startswith("Svarene i domain/ har været i brug før.") and published.latest(1)[0].what == UNDO
    assert (
        publish.publish("", said.append, config, root) == 0 and NEW in standing(published)["utter_faq_notes"][0]["text"]
    )


def test_a_start_leaves_answers_with_errors_and_other_names_alone(
    root: Path, published: Published, config: Settings, said: list[str], problems: list[Problem]
) -> None:
    change(root)
    problems.append(Problem(root / "domain" / "answers.yml", 4, "Ordet 'altidd' er ikke i ordbogen."))
    assert publish.use_files(said.append, config, root) == 0
    assert "linje 4" in said[0] and "ikke taget i brug" in said[1] and said[2].startswith("I brug er dem fra ")
    change(root, "utter_greet", "utter_hello")
    assert publish.use_files(said.append, config, root) == 0 and len(said) == 3
    assert len(published.latest(9)) == 1


@pytest.fixture
def whole_project(tmp_path: Path) -> Path:
    """The project's files, of which domain/ and data/facts.yml are copies."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "domain", root / "domain")
    shutil.copytree(ROOT / "data", root / "data")
    for name in ("actions", "bot", "docs", "config.yml"):
        (root / name).symlink_to(ROOT / name)
    return root


def test_a_text_that_is_wrong_is_refused_by_the_check(whole_project: Path, config: Settings, said: list[str]) -> None:
    published = Published(config.database("chat"))
    published.begin(read_responses(whole_project))
    change(whole_project, "velkommen", "velkomen {navn}", "domain/conversation.yml")
    assert publish.publish("", said.append, config, whole_project) == 1
    assert any("Ordet 'velkomen'" in line for line in said) and any("{navn}" in line for line in said)
    change(whole_project, "responses:", "responses: [", "domain/answers.yml")
    assert publish.publish("", said.append, config, whole_project) == 1 and "YAML" in said[-2]
    assert publish.use_files(said.append, config, whole_project) == 0 and "YAML" in said[-2]
    assert len(published.latest(9)) == 1


def test_the_command(root: Path, config: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "settings", lambda: config)
    monkeypatch.setattr(publish, "read_responses", lambda _: read_responses(root))

    def run(*words: str) -> tuple[int, str]:
        ran = CliRunner().invoke(cli.app, ["publish", *words])
        return ran.exit_code, ran.output

    change(root)
    assert run("--undo", "--list")[0] == run("--why", "x", "--undo")[0] == 2
    assert run("--why", "Siden er ændret.")[0] == 0 and "Siden er ændret." in run("--list")[1]
    assert run("--undo")[0] == 0 and run("--undo")[0] == 1
