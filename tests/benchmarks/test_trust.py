"""What `make trust` measured is what the README and `SECURITY.md` say; the calibration runs here with a few seeds."""

import json

import pytest

from benchmarks import trust


@pytest.mark.parametrize("page", trust.PAGES, ids=lambda page: page.name)
def test_the_pages_quote_what_was_measured(page):
    table = trust.in_words(json.loads(trust.TABLE.read_text()))
    assert f"{table}\n\n" in page.read_text(encoding="utf-8")


def test_no_law_refuses_the_reference_more_often_than_it_says():
    strict, loose = trust.alarms(range(300), (1e-9, 0.05))
    assert set(strict.values()) == {0}
    assert max(loose.values()) <= 31  # more has probability 2e-4 at a rate of 0.05


def test_every_mistake_of_a_sampler_is_refused():
    n_mistakes, accepted = trust.accepted_by_seed(range(1))
    assert n_mistakes >= 40
    assert accepted == {}
