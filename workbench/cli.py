"""The command line `script/bot NAME`. Each command imports its own modules, so that all start quickly."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.rich_utils

from common.settings import ROOT, SettingsError, setting_warnings, settings
from workbench.staff_commands import app as staff_commands

if TYPE_CHECKING:
    from run.services import Service

typer.rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenter"
typer.rich_utils.OPTIONS_PANEL_TITLE = "Valg"
typer.rich_utils.COMMANDS_PANEL_TITLE = "Kommandoer"
typer.rich_utils.ERRORS_PANEL_TITLE = "Fejl"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(staff_commands)


@app.callback(help="Assistenten: start, træn og prøv den.")
def _private() -> None:
    # Logs and databases hold citizens' words: only the owner may read them.
    os.umask(0o077)


@app.command()
def run() -> None:
    """Starter det hele: Rasa med chatten, handlingsserveren, leveringen og Juras indbakke. Ctrl-C stopper alt."""
    from run.services import services, uses_own_inbox
    from run.supervisor import Supervisor

    config = settings()
    for warning in setting_warnings():
        typer.echo(warning)
    from run.reachable import unreachable

    if trouble := unreachable(config):
        typer.echo(f"FEJL: {trouble}")
        raise typer.Exit(1)
    if not _trained():
        raise typer.Exit(1)
    _use_files()

    def ready() -> None:
        typer.echo("")
        typer.echo(f"Chat:            http://{config.rasa_host}:{config.rasa_port}/webhooks/chat/demo")
        if uses_own_inbox(config):
            typer.echo(f"Juras indbakke:  http://{config.inbox_host}:{config.inbox_port}/")
        else:
            typer.echo("Anmodninger sendes til den adresse, der står i LEGAL_API_URL.")
        typer.echo("Stop med Ctrl-C.")

    raise typer.Exit(Supervisor(config, typer.echo).run(services(config), ready))


@app.command()
def serve(name: Annotated[str, typer.Argument(help="rasa, actions, delivery eller inbox")]) -> None:
    """Starter én af processerne alene, i forgrunden: rasa, actions, delivery eller inbox."""
    from run import processes
    from run.supervisor import Failure, capital, check_port

    config, service = settings(), _service(name)
    if processes.running(config, service):
        typer.echo(f"FEJL: {capital(service.title)} kører allerede. Stop den først: script/bot stop {name}")
        raise typer.Exit(1)
    try:
        check_port(service)
    except Failure as failure:
        typer.echo(f"FEJL: {failure}")
        raise typer.Exit(1) from failure
    if name == "rasa":
        _use_files()
    os.chdir(ROOT)
    # The command takes this process's place, and its number.
    processes.write_pid(config, name, os.getpid())
    os.execv(sys.executable, service.command)


@app.command()
def stop(name: Annotated[str, typer.Argument(help="rasa, actions, delivery eller inbox")]) -> None:
    """Stopper én af processerne. Resten kører videre; start den igen med serve."""
    from run import processes
    from run.supervisor import capital

    service = _service(name)
    stopped = processes.stop(settings(), service)
    if stopped is None:
        typer.echo(f"{capital(service.title)} kører ikke.")
    elif stopped:
        typer.echo(f"{capital(service.title)} er stoppet. Start den igen med: script/bot serve {name}")
    else:
        typer.echo(f"FEJL: {capital(service.title)} er bedt om at stoppe, men kører endnu. Se var/log.")
    raise typer.Exit(0 if stopped else 1)


def _service(name: str) -> "Service":
    from run.services import services

    known = {service.name: service for service in services(settings())}
    if name not in known:
        typer.echo(f"FEJL: {name!r} kendes ikke. Vælg en af: {', '.join(known)}.")
        raise typer.Exit(1)
    return known[name]


@app.command()
def train() -> None:
    """Træner modellen, hvis noget, den afhænger af, er ændret."""
    from bot import model

    if model.usable():
        typer.echo("Modellen svarer til filerne. Der er intet at træne.")
    if not _trained():
        raise typer.Exit(1)


@app.command()
def check(
    page: Annotated[str, typer.Option(help="sammenlign en ny udgave af kommunens side (fil eller adresse)")] = "",
    review: Annotated[bool, typer.Option("--review", help="vis de sætninger, der skal ses efter")] = False,
    facts: Annotated[bool, typer.Option("--facts", help="vis, hvad siden siger, og hvilke svar der giver det")] = False,
) -> None:
    """Ser efter fejl i svar, regler og træningslinjer på få sekunder, uden at træne."""
    from workbench.check import command

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
    from bot.library_logs import silence_libraries

    silence_libraries()
    from workbench.dialogues.command import dialogues as run_dialogues

    raise typer.Exit(run_dialogues(list(files or ()), junit))


@app.command()
def evaluate(
    lines: Annotated[
        int | None, typer.Option("--lines", help="træn kun på så mange linjer; 2000: en halv time")
    ] = None,
) -> None:
    """Måler sprogforståelsen på linjer, den aldrig er trænet på. Slutter med fejl, hvis den er blevet dårligere."""
    from bot.library_logs import silence_libraries

    silence_libraries()
    from workbench.evaluate.command import evaluate as measure

    raise typer.Exit(measure(lines=lines))


@app.command()
def bench(
    only: Annotated[
        list[str] | None,
        typer.Option(help="mål kun dette: start, turns, throughput, rates, long, memory, cleaning eller sizes"),
    ] = None,
    train: Annotated[bool, typer.Option("--train", help="mål også vores træning, forfra")] = False,
    workers: Annotated[int, typer.Option(help="processer i den anden af vores servere")] = 2,
    database: Annotated[str | None, typer.Option(help="DATABASE_URL for vores; ellers SQLite")] = None,
    conversations: Annotated[int, typer.Option(help="samtaler i den fyldte database")] = 100_000,
) -> None:
    """Måler, hvor hurtig assistenten er, side om side med Rasas egen pipeline. Tager en halv time."""
    from bot.library_logs import silence_libraries

    silence_libraries()
    from workbench.bench.command import bench as measure

    status = measure(only or (), train=train, workers=workers, database=database, conversations=conversations)
    raise typer.Exit(status)


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
        typer.echo(f"FEJL: --now {now!r} er ikke et tidspunkt. Skriv det som 2026-12-24T11:00:00+01:00.")
        raise typer.Exit(2) from error
    if not _trained():
        raise typer.Exit(1)
    from bot.library_logs import silence_libraries

    silence_libraries()
    from workbench.inspect.command import inspect as show

    raise typer.Exit(show(port, moment))


@app.command()
def report(
    output: Annotated[Path | None, typer.Option(help="filen; ellers var/report.html")] = None,
) -> None:
    """Samler de sidste resultater af evaluate og dialogues i én fil: hvad er blevet bedre, og hvad dårligere?"""
    from workbench.report.command import report as write

    raise typer.Exit(write(output))


@app.command()
def log(
    days: Annotated[int, typer.Option(min=1, help="så mange dage tilbage, i dag medregnet")] = 7,
    output: Annotated[Path | None, typer.Option(help="mappe til billedet og linjerne; ellers var/citizens")] = None,
) -> None:
    """Viser, hvad borgerne har spurgt om, hvad der ikke blev forstået, og hvor anmodninger blev opgivet.

    Filerne slettes igen, når den ældste af de samtaler bliver slettet, de er lavet af (CONVERSATION_DAYS).
    """
    from workbench.log.command import log as show

    raise typer.Exit(show(days, output))


@app.command()
def figures() -> None:
    """Viser tal om projektet, talt i filerne, og de sidst målte resultater, som tabeller i Markdown."""
    from workbench.figures import figures as tables

    typer.echo(tables())


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def outbox(context: typer.Context) -> None:
    """Viser, gensender og eksporterer de anmodninger, der er på vej til Jura (list, retry, export, health)."""
    from legal.outbox_commands import main

    raise typer.Exit(main(context.args))


def _use_files() -> None:
    # Who starts it means these files. A server that is started by another program uses what was published last.
    from workbench.publish import use_files

    use_files(typer.echo)


def _trained() -> bool:
    from run.training import ensure_model

    return ensure_model(settings(), typer.echo)


def main() -> None:
    """Runs the command line; a wrong setting is reported in two lines without a traceback."""
    try:
        app(prog_name="script/bot")
    except SettingsError as error:
        typer.echo(f"FEJL i en indstilling: {error}")
        typer.echo("Ret den i .env eller i miljøet; .env.example forklarer hver indstilling.")
        sys.exit(1)


if __name__ == "__main__":
    main()
