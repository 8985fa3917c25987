"""The commands of `script/bot` with which staff change what citizens are told, on all running servers at once."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def pause(
    why: Annotated[str, typer.Option("--why", help="hvorfor; borgerne læser det i stedet for chatten")],
) -> None:
    """Sætter chatten på pause på alle servere: Borgerne får grunden, telefonnummeret, digital post og adressen."""
    from workbench import announce

    raise typer.Exit(announce.pause(why, typer.echo))


@app.command()
def resume() -> None:
    """Åbner chatten igen efter en pause."""
    from workbench import announce

    raise typer.Exit(announce.resume(typer.echo))


@app.command()
def notice(
    text: Annotated[str, typer.Argument(help="det, borgerne skal have at vide; uden: vis, hvad der gælder")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="fjern meddelelsen igen")] = False,
) -> None:
    """Sætter en meddelelse over chatten på alle servere. Uden tekst: viser, hvad der gælder, og hvem der skrev det."""
    from workbench import announce

    if remove and text:
        typer.echo("FEJL: Skriv enten en tekst eller --remove.")
        raise typer.Exit(2)
    raise typer.Exit(
        announce.remove(typer.echo)
        if remove
        else announce.notice(text, typer.echo)
        if text
        else announce.show(typer.echo)
    )


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
        typer.echo("FEJL: Skriv kun en af --why, --undo og --list.")
        raise typer.Exit(2)
    raise typer.Exit(
        command.undo(typer.echo) if undo else command.show(typer.echo) if listed else command.publish(why, typer.echo)
    )
