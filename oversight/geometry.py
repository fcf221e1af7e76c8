"""From boundaries in degrees to a drawing: pure, no database, no settings.

`python -m oversight.geometry districts.geojson okrugs.geojson` prints the map data that the
product keeps in `oversight/data/moscow.json`. One unit of the drawing is about 43 metres.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]

CENTRE = "45286000"
# Zelenograd and the south-west beyond the ring road: shown by a link below the map.
OUTER = frozenset({"45272000", "45297000", "45298000"})
# The city without its far outskirts: Zelenograd lies outside, the south-west is cut off.
WEST, EAST, SOUTH, NORTH = 37.285, 37.968, 55.488, 55.964
WIDTH = 1000
INSET_LEFT, INSET_TOP, INSET_SCALE = 640, 958, 1.2
INSET = (INSET_LEFT - 10, INSET_TOP - 16)
# Beyond the edge by this much, so that the line along the cut is never seen.
MARGIN = 12
# The room that a door with its number takes, and an okrug's door with its name.
MARK, OKRUG_MARK = (50, 42), (185, 160)


@dataclass(frozen=True)
class Projection:
    """Degrees to units; `cos(latitude)` keeps the city's shape at the latitude of the middle."""

    west: float
    north: float
    scale: float
    left: int = 0
    top: int = 0
    latitude: float = (NORTH + SOUTH) / 2

    def point(self, lon_lat: Iterable[float]) -> Point:
        """Where a place stands in the drawing."""
        lon, lat = lon_lat
        x = self.left + (lon - self.west) * cos(radians(self.latitude)) * self.scale
        return round(x), round(self.top + (self.north - lat) * self.scale)


CITY = Projection(WEST, NORTH, WIDTH / ((EAST - WEST) * cos(radians((NORTH + SOUTH) / 2))))
HEIGHT = CITY.point((EAST, SOUTH))[1]
FRAME = (-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)


def build(districts: dict[str, Any], okrugs: dict[str, Any]) -> dict[str, Any]:
    """The map: paths and mark points of okrugs (by OKATO) and of districts (by OKTMO).

    What lies outside the drawing has an empty path. The centre's districts stand in the inset.
    """
    shapes = okrugs["features"]
    centre = next((s for s in shapes if s["properties"]["okato"] == CENTRE), None)
    inset = _inset(centre) if centre else CITY
    by_okrug = defaultdict(list)
    for feature in districts["features"]:
        by_okrug[feature["properties"]["okrug_okato"]].append(feature)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "okrugs": _spread(
            {s["properties"]["okato"]: _okrug(s, by_okrug, CITY) for s in shapes}, OKRUG_MARK
        ),
        "inset": _okrug(centre, by_okrug, inset) | _around(centre, inset) if centre else None,
        "districts": _spread(
            {
                feature["properties"]["oktmo"]: {"okrug": okato}
                | _area(feature, inset if okato == CENTRE else CITY)
                for okato, members in by_okrug.items()
                for feature in members
            },
            MARK,
        ),
    }


def _inset(centre: dict[str, Any]) -> Projection:
    """The centre once more, larger, in the free corner."""
    corners = [corner for ring in _rings(centre) for corner in ring]
    west, north = min(lon for lon, _ in corners), max(lat for _, lat in corners)
    return Projection(west, north, CITY.scale * INSET_SCALE, INSET_LEFT, INSET_TOP)


def _around(centre: dict[str, Any], inset: Projection) -> dict[str, Any]:
    """The ground the inset stands on, down to the corner, and a line to it from the centre."""
    left, top = INSET
    x, y = CITY.point(centre["properties"]["label"])
    there = inset.point(centre["properties"]["label"])
    return {
        "frame": f"M{left} {top}H{WIDTH}V{HEIGHT}H{left}z",
        "leader": f"M{x + 100} {y + 60}L{there[0]} {INSET_TOP}",
    }


def _rings(feature: dict[str, Any]) -> Iterator[list[list[float]]]:
    geometry = feature["geometry"]
    several = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
        yield from polygon


def _area(feature: dict[str, Any], projection: Projection) -> dict[str, Any]:
    rings = [clip([projection.point(corner) for corner in ring]) for ring in _rings(feature)]
    x, y = projection.point(feature["properties"]["label"])
    return {"path": "".join(f"{path(ring)}z" for ring in rings if ring), "x": x, "y": y}


def _okrug(
    feature: dict[str, Any], by_okrug: dict[str, list[dict[str, Any]]], projection: Projection
) -> dict[str, Any]:
    members = by_okrug[feature["properties"]["okato"]]
    lines = chains(borders([[projection.point(c) for c in r] for r in _rings(m)] for m in members))
    return _area(feature, projection) | {"borders": "".join(map(path, lines))}


def clip(ring: Ring) -> Ring:
    """The part of a ring inside the frame (Sutherland and Hodgman: one side after another)."""
    for axis, limit, sign in ((0, 0, 1), (1, 1, 1), (0, 2, -1), (1, 3, -1)):
        edge = FRAME[limit]
        kept: Ring = []
        for a, b in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            a_in, b_in = ((p[axis] - edge) * sign >= 0 for p in (a, b))
            if a_in != b_in:
                kept.append(_crossing(a, b, axis, edge))
            if b_in:
                kept.append(b)
        ring = kept
    return ring


def _crossing(a: Point, b: Point, axis: int, edge: int) -> Point:
    share = (edge - a[axis]) / (b[axis] - a[axis])
    other = round(a[1 - axis] + (b[1 - axis] - a[1 - axis]) * share)
    return (edge, other) if axis == 0 else (other, edge)


def borders(areas: Iterable[list[Ring]]) -> list[tuple[Point, Point]]:
    """The segments that two of the areas share: each border once, the outline not at all."""
    seen: Counter[tuple[Point, Point]] = Counter()
    for rings in areas:
        sides = {tuple(sorted(side)) for r in rings for side in pairwise(r)}
        seen.update((a, b) for a, b in sides if a != b and (_visible(a) or _visible(b)))
    return sorted(side for side, times in seen.items() if times > 1)


def _visible(point: Point) -> bool:
    left, top, right, bottom = FRAME
    return left <= point[0] <= right and top <= point[1] <= bottom


def chains(segments: Iterable[tuple[Point, Point]]) -> list[Ring]:
    """The same segments joined into as long lines as they make."""
    ahead: dict[Point, list[Point]] = defaultdict(list)
    for a, b in segments:
        ahead[a].append(b)
        ahead[b].append(a)
    lines: list[Ring] = []
    # Ends and forks first: a line begun in its middle would fall into two.
    for start in sorted(ahead, key=lambda point: (len(ahead[point]) == 2, point)):  # noqa: PLR2004  (two neighbours: inside a line)
        while ahead[start]:
            line = [start]
            while ahead[line[-1]]:
                here = line[-1]
                line.append(ahead[here].pop())
                ahead[line[-1]].remove(here)
            lines.append(line)
    return lines


def path(line: Ring) -> str:
    """A line as SVG writes it: the first point, then steps, as short as they can be said."""
    steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(line)]
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy).replace(" -", "-")
    return f"M{line[0][0]} {line[0][1]}l{moves}" if moves else ""


def _spread(places: dict[str, dict[str, Any]], room: tuple[int, int]) -> dict[str, dict[str, Any]]:
    """The same places, those that bear a mark moved apart until each mark has its room."""
    shown = [place for okato, place in places.items() if place.get("okrug", okato) not in OUTER]
    for _ in range(200):
        moved = False
        for index, one in enumerate(shown):
            for other in shown[index + 1 :]:
                moved = _part(one, other, room) or moved
        for place in shown:
            _keep_in_sight(place, room)
        if not moved:
            break
    for place in shown:
        place["x"], place["y"] = round(place["x"]), round(place["y"])
    return places


def _part(one: dict[str, Any], other: dict[str, Any], room: tuple[int, int]) -> bool:
    """Push two marks apart along the axis where they overlap less; say whether they did."""
    gaps = {axis: other[axis] - one[axis] for axis in ("x", "y")}
    lacks = {axis: need - abs(gaps[axis]) for axis, need in zip("xy", room, strict=True)}
    axis = min(lacks, key=lambda name: lacks[name])
    if lacks[axis] <= 0.5:  # noqa: PLR2004  (half a unit is lost in rounding anyway)
        return False
    step = lacks[axis] / 2 * (1 if gaps[axis] >= 0 else -1)
    one[axis], other[axis] = one[axis] - step, other[axis] + step
    return True


def _keep_in_sight(place: dict[str, Any], room: tuple[int, int]) -> None:
    """A mark stands inside the drawing, and above the inset unless it belongs there."""
    half_width, half_height = room[0] / 2 + 6, room[1] / 2 + 3
    place["x"] = min(max(place["x"], half_width), WIDTH - half_width)
    place["y"] = min(max(place["y"], half_height), HEIGHT - half_height)
    if place.get("okrug") != CENTRE and place["x"] > INSET[0] - half_width:
        place["y"] = min(place["y"], INSET[1] - half_height)


if __name__ == "__main__":
    read = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    print(json.dumps(build(*read), indent=0))
