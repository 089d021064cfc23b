"""Every stock, A4 and A5 straight to a printer: the bytes as given, on the medium they were made for."""

from __future__ import annotations

import pytest

from integrations.printers import Refused
from integrations.printers.messages import Media
from printing import reading
from tests.printers import samples
from tests.printers.virtual import WITHIN, VirtualPrinter, media


@pytest.mark.parametrize("name", media())
def test_a_paper_arrives_as_it_was_given(virtual: VirtualPrinter, name: str) -> None:
    """Equal bytes, nothing scaled, portrait size to the hundredth of a millimetre, seen to its end."""
    pdf = samples.a_paper(name)
    size = reading.size(pdf)

    number = virtual.wire.submit(pdf, name="paper 1", media=Media(*size))
    *_, last = virtual.wire.follow(number, name="paper 1", within=WITHIN, poll=0.02)

    (sheet,) = virtual.out()
    assert last.printed
    assert sheet.pdf == pdf
    short, long = sorted(round(100 * side) for side in media()[name])
    assert sheet.media == f"{{media-size={{x-dimension={short} y-dimension={long}}}}}"
    assert (sheet.title, sheet.scaling) == ("paper 1", "none")


def test_paper_the_printer_does_not_have_is_refused_before_it_is_given(virtual: VirtualPrinter) -> None:
    """A wrong size costs no sheet: the printer names what it does not support."""
    with pytest.raises(Refused) as refused:
        virtual.wire.submit(samples.a_paper("ZL"), name="paper 1", media=Media(231, 120))

    assert "media-col" in refused.value.about
    assert virtual.out() == []
    assert virtual.wire.state().state == "idle"
