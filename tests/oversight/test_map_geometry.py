"""The drawing of Moscow: its making, on a small coverage, and the file that was made."""

import json
import re
from pathlib import Path

import pytest

from oversight.geometry import CITY, FRAME, HEIGHT, OUTER, WIDTH, borders, build, chains, clip, path

ROOT = Path(__file__).resolve().parents[2]
DRAWING = json.loads((ROOT / "oversight/data/moscow.json").read_text("utf-8"))
SIGNED = {k: d for k, d in DRAWING["districts"].items() if d["okrug"] not in OUTER}


def square(west: float, south: float, **properties: object) -> dict[str, object]:
    east, north = west + 0.1, south + 0.1
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    middle = {"label": [west + 0.05, south + 0.05]}
    return {
        "properties": properties | middle,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def corners(drawn: str) -> list[list[tuple[int, int]]]:
    """The rings of a path, back in absolute units."""
    rings = []
    for part in drawn.split("M")[1:]:
        numbers = [int(n) for n in re.findall(r"-?\d+", part)]
        x, y = 0, 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def holds(drawn: str, x: int, y: int) -> bool:
    """A ray from the point crosses the outline an odd number of times."""
    crossed = 0
    for ring in corners(drawn):
        for (a, b), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossed += (b > y) != (v > y) and x < (u - a) * (y - b) / (v - b) + a
    return crossed % 2 == 1


def test_a_kilometre_is_as_long_eastward_as_northward() -> None:
    kilometre = {"lat": 1 / 111.3, "lon": 1 / 62.7}  # at 55.7 degrees north
    x, y = CITY.point((37.6, 55.75))
    east = CITY.point((37.6 + 10 * kilometre["lon"], 55.75))[0] - x
    north = y - CITY.point((37.6, 55.75 + 10 * kilometre["lat"]))[1]
    assert east == pytest.approx(north, abs=2)


def test_two_districts_of_an_okrug_make_outlines_one_border_and_marks() -> None:
    districts = [
        square(37.4, 55.7, oktmo="1", okrug_okato="45263000"),
        square(37.5, 55.7, oktmo="2", okrug_okato="45263000"),
    ]
    okrug = square(37.4, 55.7, okato="45263000")
    made = build({"features": districts}, {"features": [okrug]})
    assert made["districts"] == {
        "1": {"okrug": "45263000", "path": "M168 686l0-260 147 0 0 260-147 0z", "x": 242, "y": 556},
        "2": {"okrug": "45263000", "path": "M315 686l0-260 146 0 0 260-146 0z", "x": 388, "y": 556},
    }
    assert made["okrugs"]["45263000"]["borders"] == "M315 426l0 260"
    assert made["inset"] is None


def test_what_lies_outside_the_drawing_has_no_path() -> None:
    okrug = square(37.1, 56.0, okato="45272000")
    made = build({"features": []}, {"features": [okrug]})
    assert made["okrugs"]["45272000"]["path"] == ""


def test_marks_that_would_touch_are_moved_apart() -> None:
    districts = [
        square(37.4 + step, 55.7, oktmo=str(step), okrug_okato="45263000") for step in (0, 0.01)
    ]
    made = build({"features": districts}, {"features": []})["districts"].values()
    assert [(place["x"], place["y"]) for place in made] == [(224, 556), (274, 556)]


def test_a_ring_is_cut_at_the_frame() -> None:
    left, top, _, _ = FRAME
    ring = [(-100, -100), (-100, 50), (50, 50), (50, -100)]
    assert set(clip(ring)) == {(left, top), (left, 50), (50, 50), (50, top)}


def test_only_shared_sides_are_borders_and_they_join_into_one_line() -> None:
    one = [[(0, 0), (0, 5), (5, 5), (5, 2), (5, 0), (0, 0)]]
    other = [[(5, 0), (5, 2), (5, 5), (9, 5), (9, 0), (5, 0)]]
    assert chains(borders([one, other])) == [[(5, 0), (5, 2), (5, 5)]]


def test_a_path_skips_steps_that_go_nowhere() -> None:
    assert path([(3, 4), (3, 4), (5, 1), (5, 9)]) == "M3 4l2-3 0 8"
    assert path([(3, 4), (3, 4)]) == ""


def test_the_drawing_has_exactly_the_districts_of_the_register() -> None:
    okato = {
        okrug["code"]: okrug["okato"]
        for okrug in json.loads((ROOT / "registry/data/okrugs.json").read_text("utf-8"))
    }
    registered = json.loads((ROOT / "registry/data/districts.json").read_text("utf-8"))
    assert {oktmo: place["okrug"] for oktmo, place in DRAWING["districts"].items()} == {
        district["oktmo"]: okato[district["okrug"]] for district in registered
    }
    assert set(DRAWING["okrugs"]) == set(okato.values())
    assert (DRAWING["width"], DRAWING["height"]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("oktmo", SIGNED)
def test_every_door_stands_in_its_own_district(oktmo: str) -> None:
    place = SIGNED[oktmo]
    assert holds(place["path"], place["x"], place["y"])


def test_no_two_doors_touch() -> None:
    points = [(place["x"], place["y"]) for place in SIGNED.values()]
    touching = [
        (one, other)
        for index, one in enumerate(points)
        for other in points[index + 1 :]
        if abs(one[0] - other[0]) < 48 and abs(one[1] - other[1]) < 40
    ]
    assert touching == []
