"""The confusion matrix as inline SVG."""

from collections import Counter
from collections.abc import Mapping

from jinja2 import Environment
from markupsafe import Markup

_CELL, _NAMES = 17, 150
_DRAWING = Environment(autoescape=True).from_string(
    '<svg viewBox="0 0 {{ width }} {{ width }}" role="img" aria-labelledby="matrix-title matrix-text">'
    '<title id="matrix-title">Hvad linjerne var ment som, og hvad de blev forstået som</title>'
    '<desc id="matrix-text">{{ description }}</desc>'
    "{% for place, name in rows %}"
    '<text x="{{ edge - 5 }}" y="{{ place + 12 }}" text-anchor="end">{{ name }}</text>'
    '<text transform="translate({{ place + 12 }} {{ edge - 5 }}) rotate(-90)">{{ name }}</text>'
    '<path d="M{{ edge }} {{ place }}H{{ width }}M{{ place }} {{ edge }}V{{ width }}"/>'
    "{% endfor %}"
    "{% for x, y, count, colour, light, title in cells %}"
    '<g><title>{{ title }}</title><rect x="{{ x }}" y="{{ y }}" width="{{ cell }}" height="{{ cell }}"'
    ' fill="{{ colour }}"/><text class="{{ light }}" x="{{ x + cell / 2 }}" y="{{ y + 12 }}" text-anchor="middle">'
    "{{ count }}</text></g>"
    "{% endfor %}</svg>"
)


def draw(confusion: Mapping[tuple[str, str], int]) -> Markup:
    """Rows: true labels; columns: labels understood. Right ones are blue, mistakes red, larger shares darker."""
    names = sorted({name for pair in confusion for name in pair})
    whole: Counter[str] = Counter()
    for (meant, _), count in confusion.items():
        whole[meant] += count
    place = {name: _NAMES + number * _CELL for number, name in enumerate(names)}
    cells = []
    for (meant, understood), count in sorted(confusion.items()):
        part = count / whole[meant]
        right = meant == understood
        # A power below one makes single mistakes visible beside the many right ones.
        strength = part**0.4
        colour = _mixed((0, 62, 125) if right else (204, 0, 0), strength)
        title = f"{meant} forstået som {understood}: {count} af {whole[meant]}"
        cells.append((place[understood], place[meant], count, colour, "light" if strength > 0.6 else "dark", title))
    right_ones = sum(count for (meant, understood), count in confusion.items() if meant == understood)
    description = (
        f"En række for hvert emne, som linjerne var ment som, og en søjle for det, de blev forstået som. "
        f"{right_ones} af {sum(whole.values())} ligger på diagonalen og er rigtige. "
        "Tabellen nedenunder nævner de hyppigste forvekslinger."
    )
    return Markup(
        _DRAWING.render(
            width=_NAMES + len(names) * _CELL + 1,
            edge=_NAMES,
            cell=_CELL,
            rows=[(place[name], name) for name in names],
            cells=cells,
            description=description,
        )
    )


def _mixed(colour: tuple[int, int, int], strength: float) -> str:
    red, green, blue = (round(255 + (one - 255) * strength) for one in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"
