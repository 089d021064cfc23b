"""Envelope stocks as data: sizes, the two zones of the post, where the digits go, how the printer is set.

The stocks themselves lie in `stocks.toml`; whether a page keeps out of the zones is measured in `zones.py`.
"""

from functools import cache
from pathlib import Path

from printing import stocks as files
from printing.extents import Box
from printing.stocks import Media, Millimetres


class Stock(Media, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of envelope, landscape, in millimetres, and how a printer takes it."""

    length: Millimetres
    width: Millimetres
    postcode_left: Millimetres
    postcode_top: Millimetres
    postcode_pitch: Millimetres
    postcode_boxes: bool = False
    """Whether we draw the six red boxes, because they are not on the stock."""
    postcode_box: tuple[Millimetres, Millimetres] = (7.0, 9.0)
    """Width and height of a box we draw, its line included."""
    machine_zone: tuple[Millimetres, Millimetres] = (90.0, 26.0)
    """Read by the post's machines: from the left and the top edge; only the postcode stands in it."""
    clear_zone: tuple[Millimetres, Millimetres, Millimetres] = (55.0, 160.0, 20.0)
    """Kept blank for the post's own bars: from, to (from the right edge), height from the bottom."""

    def __post_init__(self) -> None:
        """Refuse sizes that contradict each other."""
        super().__post_init__()
        near, far, height = self.clear_zone
        wrongs = {
            "clear_zone: ends before it begins": near >= far,
            "clear_zone: larger than the envelope": far > self.length,
            "machine_zone: larger than the envelope": self.machine_zone[0] > self.length,
            "clear_zone: the zones leave no room between them": self.machine_zone[1] + height >= self.width,
            "postcode_box: wider than postcode_pitch": self._drawn_box_is_wider_than(self.postcode_pitch),
            "postcode_left: the postcode stands outside machine_zone": not all(
                map(self.machine.holds, self.boxes)
            ),
        }
        if wrong := next((what for what, holds in wrongs.items() if holds), None):
            raise ValueError(wrong)

    @property
    def page(self) -> tuple[float, float]:
        """The face, across and down."""
        return self.length, self.width

    @property
    def machine(self) -> Box:
        """The machine-reading zone 机器阅读扫描区."""
        across, down = self.machine_zone
        return Box(left=0, top=0, right=across, bottom=down)

    @property
    def clear(self) -> Box:
        """The zone of the post's bars 条码打印区."""
        near, far, height = self.clear_zone
        return Box(
            left=self.length - far, top=self.width - height, right=self.length - near, bottom=self.width
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where each of the six digits may stand: in the box we draw, else as wide and high as the pitch."""
        pitch = self.postcode_pitch
        across, down = self.postcode_box if self.postcode_boxes else (pitch, pitch)
        middles = (self.postcode_left + at * pitch for at in range(6))
        top, bottom = self.postcode_top - down / 2, self.postcode_top + down / 2
        return tuple(
            Box(left=middle - across / 2, top=top, right=middle + across / 2, bottom=bottom)
            for middle in middles
        )

    def _drawn_box_is_wider_than(self, pitch: float) -> bool:
        return self.postcode_boxes and self.postcode_box[0] > pitch


@cache
def stocks() -> dict[str, Stock]:
    """The envelopes we can print on, by name, in the order of the standard."""
    return read(Path(__file__).with_name("stocks.toml").read_bytes())


def read(toml: bytes) -> dict[str, Stock]:
    """The envelopes a TOML text describes; `WrongStock` names stock and field when one is impossible."""
    return files.read(toml, Stock)
