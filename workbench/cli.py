"""The command line `script/bot NAME`. Each command imports its own modules, so that all start quickly."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.rich_utils

from common.settings import ROOT, SettingsError, setting_warnings, settings

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


@app.callback(help="Assistenten: start, træn og prøv den.")
def _private() -> None:
    # Logs and databases hold citizens' words: only the owner may read them.
    os.umask(0o077)


def _say(line: str) -> None:
    print(line, flush=True)


@app.command()
def run() -> None:
    """Starter det hele: Rasa med chatten, handlingsserveren, leveringen og Juras indbakke. Ctrl-C stopper alt."""
    from run.services import services, uses_own_inbox
    from run.supervisor import Supervisor

    config = settings()
    for warning in setting_warnings():
        _say(warning)
    from run.reachable import unreachable

    if trouble := unreachable(config):
        _say(f"FEJL: {trouble}")
        raise typer.Exit(1)
    if not _trained():
        raise typer.Exit(1)
    _use_files()

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
    """Starter én af processerne alene, i forgrunden: rasa, actions, delivery eller inbox."""
    from run import processes
    from run.supervisor import Failure, capital, check_port

    config, service = settings(), _service(name)
    if processes.running(config, service):
        _say(f"FEJL: {capital(service.title)} kører allerede. Stop den først: script/bot stop {name}")
        raise typer.Exit(1)
    try:
        check_port(service)
    except Failure as failure:
        _say(f"FEJL: {failure}")
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
        _say(f"{capital(service.title)} kører ikke.")
    elif stopped:
        _say(f"{capital(service.title)} er stoppet. Start den igen med: script/bot serve {name}")
    else:
        _say(f"FEJL: {capital(service.title)} er bedt om at stoppe, men kører endnu. Se var/log.")
    raise typer.Exit(0 if stopped else 1)


def _service(name: str) -> "Service":
    from run.services import services

    known = {service.name: service for service in services(settings())}
    if name not in known:
        _say(f"FEJL: {name!r} kendes ikke. Vælg en af: {', '.join(known)}.")
        raise typer.Exit(1)
    return known[name]


@app.command()
def train() -> None:
    """Træner modellen, hvis noget, den afhænger af, er ændret."""
    from bot import model

    if model.usable():
        _say("Modellen svarer til filerne. Der er intet at træne.")
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
    stock: Annotated[bool, typer.Option("--stock", help="mål også Rasas egen pipeline (timer; se --lines)")] = False,
    lines: Annotated[
        int | None, typer.Option("--lines", help="træn kun på så mange linjer; 2000: en halv time")
    ] = None,
) -> None:
    """Måler sprogforståelsen på linjer, den aldrig er trænet på. Slutter med fejl, hvis den er blevet dårligere."""
    from bot.library_logs import silence_libraries

    silence_libraries()
    from workbench.evaluate.command import evaluate as measure

    raise typer.Exit(measure(stock=stock, lines=lines))


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
def pause(
    why: Annotated[str, typer.Option("--why", help="hvorfor; borgerne læser det i stedet for chatten")],
) -> None:
    """Sætter chatten på pause på alle servere: Borgerne får grunden, telefonnummeret, digital post og adressen."""
    from workbench import announce

    raise typer.Exit(announce.pause(why, _say))


@app.command()
def resume() -> None:
    """Åbner chatten igen efter en pause."""
    from workbench import announce

    raise typer.Exit(announce.resume(_say))


@app.command()
def notice(
    text: Annotated[str, typer.Argument(help="det, borgerne skal have at vide; uden: vis, hvad der gælder")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="fjern meddelelsen igen")] = False,
) -> None:
    """Sætter en meddelelse over chatten på alle servere. Uden tekst: viser, hvad der gælder, og hvem der skrev det."""
    from workbench import announce

    if remove and text:
        _say("FEJL: Skriv enten en tekst eller --remove.")
        raise typer.Exit(2)
    raise typer.Exit(announce.remove(_say) if remove else announce.notice(text, _say) if text else announce.show(_say))


@app.command()
def publish(
    why: Annotated[str, typer.Option("--why", help="hvorfor; det står i listen over, hvad der er taget i brug")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="tag svarene fra før i brug igen")] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="vis, hvad der sidst er taget i brug, af hvem og hvorfor")
    ] = False,
) -> None:
    """Tager rettede svar i brug på alle servere med det samme, uden at træne og uden at nogen mister en samtale."""
    from workbench import publish as command

    if undo + listed + bool(why) > 1:
        _say("FEJL: Skriv kun en af --why, --undo og --list.")
        raise typer.Exit(2)
    raise typer.Exit(command.undo(_say) if undo else command.show(_say) if listed else command.publish(why, _say))


@app.command()
def figures() -> None:
    """Viser tal om projektet, talt i filerne, og de sidst målte resultater, som tabeller i Markdown."""
    from workbench.figures import figures as tables

    _say(tables())


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def outbox(context: typer.Context) -> None:
    """Viser, gensender og eksporterer de anmodninger, der er på vej til Jura (list, retry, export, health)."""
    from legal.outbox_commands import main

    raise typer.Exit(main(context.args))


def _use_files() -> None:
    # Who starts it means these files. A server that is started by another program uses what was published last.
    from workbench.publish import use_files

    use_files(_say)


def _trained() -> bool:
    from run.training import ensure_model

    return ensure_model(settings(), _say)


def main() -> None:
    """Runs the command line; a wrong setting is reported in two lines without a traceback."""
    try:
        app(prog_name="script/bot")
    except SettingsError as error:
        _say(f"FEJL i en indstilling: {error}")
        _say("Ret den i .env eller i miljøet; .env.example forklarer hver indstilling.")
        sys.exit(1)


if __name__ == "__main__":
    main()
