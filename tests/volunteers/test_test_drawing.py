"""Drawing a paper, for any seed, tier, size and history."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteers.testing.drawing import BankFallsShort, Item, Place, draw, places

DATA = Path(__file__).resolve().parents[2] / "volunteers" / "data" / "questions.json"
BANK = [
    Item(
        version=number,
        code=row["code"],
        topic=row["topic"],
        mandatory=row["mandatory"],
        tiers=frozenset(row["tiers"]),
        options=len(row["options"]),
    )
    for number, row in enumerate(json.loads(DATA.read_text("utf-8")), start=1)
]
ITEMS = {item.version: item for item in BANK}
SEEDS = st.integers(0, 2**63 - 1)
TIERS = st.sampled_from(["V1", "V2", "V3"])
SIZES = st.integers(12, 40)
CODES = st.sampled_from([item.code for item in BANK])
HISTORIES = st.dictionaries(CODES, st.integers(1, 3), max_size=60)


def items(paper: list[Place]) -> list[Item]:
    return [ITEMS[place.version] for place in paper]


@given(SEEDS, TIERS, SIZES, HISTORIES)
def test_a_paper_keeps_every_promise(seed: int, tier: str, size: int, met: dict[str, int]) -> None:
    paper = draw(BANK, tier=tier, size=size, seed=seed, met=met)
    asked = items(paper)
    fitting = {item.topic for item in BANK if tier in item.tiers}
    mandatory = {item.topic for item in asked if item.mandatory}
    assert len(asked) == len({item.code for item in asked}) == max(size, len(fitting))
    assert all(tier in item.tiers for item in asked)
    assert {item.topic for item in asked} == fitting
    assert mandatory >= {"forbidden", "reporting"}
    assert tier != "V3" or "outing" in mandatory
    assert all(sorted(place.order) == list(range(ITEMS[place.version].options)) for place in paper)


@given(SEEDS, TIERS, st.randoms())
def test_the_same_seed_gives_the_same_paper_in_whatever_order_the_bank_comes(
    seed: int, tier: str, chance: object
) -> None:
    mixed = list(BANK)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    first = draw(BANK, tier=tier, size=20, seed=seed, met={})
    assert draw(mixed, tier=tier, size=20, seed=seed, met={}) == first


@given(SEEDS, SEEDS, TIERS)
def test_a_second_paper_shares_no_question_with_the_first(one: int, two: int, tier: str) -> None:
    first = items(draw(BANK, tier=tier, size=20, seed=one, met={}))
    met = Counter(item.code for item in first)
    second = items(draw(BANK, tier=tier, size=20, seed=two, met=met))
    assert {item.code for item in first} & {item.code for item in second} == set()


@given(SEEDS)
def test_a_question_met_less_often_goes_before_one_met_more_often(seed: int) -> None:
    reporting = [item for item in BANK if item.topic == "reporting"]
    met = {item.code: 2 for item in reporting} | {reporting[3].code: 1}
    asked = items(draw(BANK, tier="V2", size=12, seed=seed, met=met))
    assert [item.code for item in asked if item.topic == "reporting"] == [reporting[3].code]


def test_different_seeds_give_different_orders_of_questions_and_options() -> None:
    papers = [draw(BANK, tier="V2", size=20, seed=seed, met={}) for seed in range(50)]
    assert len({tuple(paper) for paper in papers}) == 50
    starts = Counter(place.order[0] for paper in papers for place in paper)
    assert set(starts) == {0, 1, 2, 3}


def test_every_question_of_a_tier_can_be_drawn() -> None:
    drawn = {
        item.code
        for seed in range(200)
        for item in items(draw(BANK, tier="V3", size=20, seed=seed, met={}))
    }
    assert drawn == {item.code for item in BANK if "V3" in item.tiers}


@pytest.mark.parametrize("size", [0, 5, 12])
def test_a_small_size_never_drops_a_topic(size: int) -> None:
    asked = items(draw(BANK, tier="V2", size=size, seed=1, met={}))
    assert len(asked) == 12


@pytest.mark.parametrize("topic", ["forbidden", "reporting", "outing"])
def test_a_bank_without_a_mandatory_question_is_refused_aloud(topic: str) -> None:
    short = [item for item in BANK if not (item.mandatory and item.topic == topic)]
    with pytest.raises(BankFallsShort, match=topic):
        draw(short, tier="V3", size=20, seed=1, met={})


def test_a_paper_read_back_from_the_database_is_the_same() -> None:
    paper = draw(BANK, tier="V2", size=20, seed=7, met={})
    assert places(json.loads(json.dumps(paper))) == paper
