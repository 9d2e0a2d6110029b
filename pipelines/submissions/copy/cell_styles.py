"""Cell formats of a workbook: what a style says, and new styles that differ from an old one in fill and lock only."""

from dataclasses import dataclass, field

from pipelines.submissions.container.ooxml import CannotEdit, Edit, Element, elements, inserted, splice, tag

_NO_FILL = "none"
_UNREADABLE = "?"  # gradients and patterns: cannot be put back from a word, so such cells are never coloured


@dataclass
class StyleBook:
    """styles.xml with styles added at the end of its lists; existing numbers keep their meaning."""

    data: bytes
    added: dict[str, list[bytes]] = field(default_factory=lambda: {"fonts": [], "fills": [], "cellXfs": []})

    def __post_init__(self) -> None:
        self.found = elements(self.data)
        self.prefix = self.found[0].prefix
        self.lists = {name: self._list(name) for name in ("fonts", "fills", "borders", "cellXfs")}
        self._numbers = {name: _first_places(entries) for name, entries in self.lists.items()}
        self._fills: dict[int, str] = {}
        self._locks: dict[int, bool] = {}
        self._like: dict[tuple[int, str, bool], int] = {}

    def _list(self, name: str) -> list[bytes]:
        parent = self._parent(name)
        return [
            self.data[item.start : item.end]
            for item in self.found
            if item.depth == 2 and parent.start < item.start < parent.end
        ]

    def _parent(self, name: str) -> Element:
        for element in self.found:
            if element.depth == 1 and element.name == name:
                return element
        raise CannotEdit(f"styles without {name}")

    def _put(self, name: str, raw: bytes) -> int:
        """The number of an entry, added when no equal one exists: marking twice adds nothing."""
        entries, numbers = self.lists[name], self._numbers[name]
        if raw not in numbers:
            numbers[raw] = len(entries)
            entries.append(raw)
            self.added[name].append(raw)
        return numbers[raw]

    def fill_of(self, style: int) -> str:
        """The fill of a style in a word: "none", "rgb FFFF0000", "theme 4 0.6", or "?" when a word cannot say it."""
        if style not in self._fills:
            self._fills[style] = self._fill_of(style)
        return self._fills[style]

    def _fill_of(self, style: int) -> str:
        number = int(self._style(style).attributes.get("fillId", "0"))
        found = elements(self.lists["fills"][number])
        pattern = next((item for item in found if item.name == "patternFill"), None)
        if pattern is None:
            return _UNREADABLE if len(found) > 1 else _NO_FILL
        kind = pattern.attributes.get("patternType", "none")
        if kind == "none":
            return _NO_FILL
        colour = next((item for item in found if item.name == "fgColor"), None)
        if kind != "solid" or colour is None:
            return _UNREADABLE
        for key in ("rgb", "theme", "indexed"):
            if key in colour.attributes:
                tint = colour.attributes.get("tint", "")
                return f"{key} {colour.attributes[key]} {tint}".strip()
        return _UNREADABLE

    def is_locked(self, style: int) -> bool:
        """Whether a cell of this style is locked on a protected sheet (the default)."""
        if style not in self._locks:
            shield = elements(self.lists["cellXfs"][style], ["protection"])
            self._locks[style] = not shield or shield[0].attributes.get("locked", "1") not in ("0", "false")
        return self._locks[style]

    def like(self, style: int, fill: str, locked: bool) -> int:
        """The number of a style equal to another but for its fill (in a word, as `fill_of`) and lock."""
        key = (style, fill, locked)
        if key not in self._like:
            self._like[key] = self._made_like(style, fill, locked)
        return self._like[key]

    def _made_like(self, style: int, fill: str, locked: bool) -> int:
        base = self._style(style)
        raw = self.lists["cellXfs"][style]
        children = {item.name: item for item in elements(raw) if item.depth == 1}
        shield = dict(children["protection"].attributes) if "protection" in children else {}
        shield["locked"] = "1" if locked else "0"
        parts = {name: raw[item.start : item.end] for name, item in children.items()}
        parts["protection"] = tag(self.prefix + "protection", shield)
        content = b"".join(parts[name] for name in ("alignment", "protection", "extLst") if name in parts)
        changes = {"fillId": str(self._fill(fill)), "applyFill": "1", "applyProtection": "1"}
        return self._put("cellXfs", tag(self.prefix + "xf", dict(base.attributes) | changes, content))

    def plain(self, font: bytes, fill: str = _NO_FILL, wrap: bool = True) -> int:
        """A style of our own list sheet: font (as the inside of a font element), fill, wrapped text at the top."""
        name = self.prefix + "xf"
        align = tag(self.prefix + "alignment", {"vertical": "top"} | ({"wrapText": "1"} if wrap else {}))
        font_number = self._put("fonts", tag(self.prefix + "font", {}, font))
        attributes = {"numFmtId": "0", "fontId": str(font_number), "fillId": str(self._fill(fill)), "borderId": "0"}
        attributes |= {"xfId": "0", "applyFont": "1", "applyFill": "1", "applyAlignment": "1"}
        return self._put("cellXfs", tag(name, attributes, align))

    def _style(self, style: int) -> Element:
        if not 0 <= style < len(self.lists["cellXfs"]):
            raise CannotEdit(f"style {style} does not exist")
        return elements(self.lists["cellXfs"][style])[0]

    def _fill(self, fill: str) -> int:
        if fill == _NO_FILL:
            return 0  # the first fill of every workbook is none
        key, value, *tint = fill.split()
        colour = {key: value} | ({"tint": tint[0]} if tint else {})
        p = self.prefix
        inside = tag(p + "fgColor", colour) + tag(p + "bgColor", {"indexed": "64"})
        pattern = tag(p + "patternFill", {"patternType": "solid"}, inside)
        return self._put("fills", tag(p + "fill", {}, pattern))

    def result(self) -> bytes:
        """The part with what was added, counts mended."""
        edits: list[Edit] = []
        for name, new in self.added.items():
            if new:
                parent = self._parent(name)
                attributes = parent.attributes | {"count": str(len(self.lists[name]))}
                head = tag(self.prefix + name, attributes, b"")
                edits.append((parent.start, parent.inside, head[: head.index(b">") + 1]))
                edits.append(inserted(self.data, parent, b"".join(new)))
        return splice(self.data, edits)


def _first_places(entries: list[bytes]) -> dict[bytes, int]:
    return {raw: number for number, raw in reversed([*enumerate(entries)])}


def can_restore(fill: str) -> bool:
    """Whether a fill can be written down and put back."""
    return fill != _UNREADABLE
