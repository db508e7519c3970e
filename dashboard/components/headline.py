"""The top of a screen: kicker, the finding as a sentence, what it rests on; and the head of each block."""

from dashboard.components.markup import show, text
from dashboard.components.page_sheet import masthead, with_choices

# Title and subtitle of a block.
Head = tuple[str, str]


def headline(kicker: list[str], title: str, standfirst: str) -> None:
    """Screen and period in gold, one finding, then base, rule and exception."""
    marks = "".join(
        f'<span style="margin-right:14px">{text(part)}</span>' for part in with_choices(kicker) if part
    )
    show(
        f'{masthead()}<div class="kicker">{marks}</div><h1>{text(title[:1].upper() + title[1:])}</h1>',
        f'<p class="standfirst">{text(standfirst)}</p>',
    )


def block_head(title: str, subtitle: str = "") -> None:
    """A heavy rule, a title that states what the picture shows, and how to read it."""
    show(block(title, subtitle))


def block(title: str, subtitle: str = "", inner: str = "") -> str:
    """The HTML of a block head with its content, for components that draw both in one piece."""
    below = f'<p class="sub">{text(subtitle)}</p>' if subtitle else ""
    return f'<div class="block"><h2>{text(title)}</h2>{below}</div>{inner}'
