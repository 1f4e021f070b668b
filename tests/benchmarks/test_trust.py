"""What `make trust` measured is what `SECURITY.md` says; the calibration runs here with a few seeds."""

import json

from benchmarks import trust


def test_the_page_quotes_what_was_measured():
    table = trust.in_words(json.loads(trust.TABLE.read_text()))
    assert table in (trust.ROOT / "SECURITY.md").read_text()


def test_no_law_refuses_the_reference_more_often_than_it_says():
    strict, loose = trust.alarms(range(300), (1e-9, 0.05))
    assert set(strict.values()) == {0}
    assert max(loose.values()) <= 31  # more has probability 2e-4 at a rate of 0.05


def test_every_mistake_of_a_sampler_is_refused():
    n_mistakes, accepted = trust.accepted_by_seed(range(1))
    assert n_mistakes >= 40
    assert accepted == {}
