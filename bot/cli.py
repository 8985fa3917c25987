"""Bot room: the commands of the project, `script/bot NAME`. Heavy libraries are imported where they are used."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from common.settings import ROOT, SettingsError, settings

app = typer.Typer(
    help="Assistenten: start, træn og prøv den.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say(line: str) -> None:
    print(line, flush=True)


@app.command()
def run() -> None:
    """Starter det hele: Rasa med chatten, handlingsserveren, leveringen og Juras indbakke. Ctrl-C stopper alt."""
    from bot.services import services, uses_own_inbox
    from bot.supervisor import Supervisor

    try:
        config = settings()
    except SettingsError as error:
        _say(f"FEJL i en indstilling: {error}")
        _say("Ret den i .env eller i miljøet; .env.example forklarer hver indstilling.")
        raise typer.Exit(1) from error
    if not _trained():
        raise typer.Exit(1)

    def ready() -> None:
        _say("")
        _say(f"Chat:            http://{config.rasa_host}:{config.rasa_port}/webhooks/chat/demo")
        if uses_own_inbox(config):
            _say(f"Juras indbakke:  http://{config.inbox_host}:{config.inbox_port}/")
        else:
            _say("Anmodninger sendes til den adresse, der står i LEGAL_API_URL.")
        _say("Stop med Ctrl-C.")

    raise typer.Exit(Supervisor(config, _say).run(services(config), ready))


@app.command()
def serve(name: Annotated[str, typer.Argument(help="rasa, actions, delivery eller inbox")]) -> None:
    """Starter én af processerne alene, i forgrunden."""
    from bot.services import services

    found = {service.name: service for service in services(settings())}
    if name not in found:
        _say(f"FEJL: {name!r} kendes ikke. Vælg en af: {', '.join(found)}.")
        raise typer.Exit(1)
    os.chdir(ROOT)
    os.execv(sys.executable, found[name].command)


@app.command()
def train() -> None:
    """Træner modellen, hvis noget, den afhænger af, er ændret."""
    if not _trained():
        raise typer.Exit(1)


@app.command()
def check(
    page: Annotated[str, typer.Option(help="sammenlign en ny udgave af kommunens side (fil eller adresse)")] = "",
    review: Annotated[bool, typer.Option("--review", help="vis de sætninger, der skal ses efter")] = False,
    facts: Annotated[bool, typer.Option("--facts", help="vis, hvad siden siger, og hvilke svar der giver det")] = False,
) -> None:
    """Ser efter fejl i svar, regler og træningslinjer på få sekunder, uden at træne."""
    from bot.check import command

    if page:
        raise typer.Exit(command.compare_page(page))
    raise typer.Exit(command.review() if review else command.show_facts() if facts else command.check())


@app.command()
def dialogues(
    files: Annotated[
        list[Path] | None, typer.Argument(help="filer eller mapper; ingen: alle i tests/dialogues")
    ] = None,
    junit: Annotated[Path | None, typer.Option(help="skriv resultatet som JUnit XML til denne fil")] = None,
) -> None:
    """Holder samtalerne i tests/dialogues med den trænede model, rigtige handlinger og en rigtig modtager."""
    if not _trained():
        raise typer.Exit(1)
    from bot.quiet import quiet

    quiet()
    from bot.dialogues.command import dialogues as hold

    raise typer.Exit(hold(list(files or ()), junit))


@app.command()
def evaluate(
    stock: Annotated[bool, typer.Option("--stock", help="mål også Rasas egen pipeline (timer; se --lines)")] = False,
    curve: Annotated[bool, typer.Option("--curve", help="tegn, hvad flere træningslinjer ville give")] = False,
    lines: Annotated[
        int | None, typer.Option("--lines", help="træn kun på så mange linjer; 2000: en halv time")
    ] = None,
) -> None:
    """Måler sprogforståelsen på linjer, den aldrig er trænet på. Slutter med fejl, hvis den er blevet dårligere."""
    from bot.quiet import quiet

    quiet()
    from bot.evaluate.command import evaluate as measure

    raise typer.Exit(measure(stock=stock, curve=curve, lines=lines))


@app.command()
def inspect(
    port: Annotated[int, typer.Option(help="porten på denne maskine; 0: en, der er ledig")] = 0,
    now: Annotated[str, typer.Option(help="lad, som om det er dette tidspunkt: 2026-12-24T11:00:00+01:00")] = "",
) -> None:
    """Viser chatten på en lokal side, og for hver tur, hvad der blev forstået, hvorfor, og hvor tiden gik hen."""
    from common.clock import parse_now

    try:
        moment = parse_now(now) if now else None
    except ValueError as error:
        _say(f"FEJL: --now {now!r} er ikke et tidspunkt. Skriv det som 2026-12-24T11:00:00+01:00.")
        raise typer.Exit(2) from error
    if not _trained():
        raise typer.Exit(1)
    from bot.quiet import quiet

    quiet()
    from bot.inspect.command import inspect as show

    raise typer.Exit(show(port, moment))


@app.command()
def report(
    output: Annotated[Path | None, typer.Option(help="filen; ellers var/report.html")] = None,
) -> None:
    """Samler de sidste resultater af evaluate og dialogues i én fil: hvad er blevet bedre, og hvad dårligere?"""
    from bot.report.command import report as write

    raise typer.Exit(write(output))


@app.command()
def log(
    days: Annotated[int, typer.Option(min=1, help="så mange dage tilbage, i dag medregnet")] = 7,
    output: Annotated[Path | None, typer.Option(help="mappe til billedet og linjerne; ellers var/citizens")] = None,
) -> None:
    """Viser, hvad borgerne har spurgt om, hvad der ikke blev forstået, og hvor anmodninger blev opgivet."""
    from bot.log.command import log as show

    raise typer.Exit(show(days, output))


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def outbox(context: typer.Context) -> None:
    """Viser, gensender og eksporterer de anmodninger, der er på vej til Jura (list, retry, export, health)."""
    from legal.outbox_commands import main

    raise typer.Exit(main(context.args))


def _trained() -> bool:
    """Trains in a process of its own, whose memory ends with it, and says that it goes on."""
    from bot import model

    if model.path().exists():
        return True
    _say("Træner modellen. Det sker kun, når noget er ændret, og tager et par minutter ...")
    log = settings().data_dir / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", "from bot.quiet import quiet; quiet(); from bot import model; model.train()"],
            cwd=ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            while True:
                try:
                    process.wait(10)
                    break
                except subprocess.TimeoutExpired:
                    _say(f"  træner ({time.monotonic() - started:.0f} s)")
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        _say(f"FEJL: modellen kunne ikke trænes. Se {log}. script/check siger, hvad der er galt i filerne.")
        return False
    _say(f"Modellen er trænet ({time.monotonic() - started:.0f} s).")
    return True


if __name__ == "__main__":
    app()
