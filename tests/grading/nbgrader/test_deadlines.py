"""Until when a student may hand in, and which attempt counts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.nbgrader import deadlines
from gmmlearn.grading.nbgrader.deadlines import Attempt, Deadlines
from gmmlearn.grading.nbgrader.lateness import Lateness

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2027, 5, 1, 16, tzinfo=UTC)


@pytest.fixture
def course(tmp_path):
    """Of a class, what deadlines look at."""
    (tmp_path / "source" / "gmm" / "gmmlearn").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-05-01", "2027-05-01 21:59:59"),  # the end of the day, in summer time
        ("2027-01-01", "2027-01-01 22:59:59"),
        ("2027-05-01 18:00", "2027-05-01 16:00:00"),
        ("2027-05-01T18:00", "2027-05-01 16:00:00"),
        ("2027-05-01 18:00+05:30", "2027-05-01 12:30:00"),
        ("2027-05-01 18:00 +0000", "2027-05-01 18:00:00"),
        ("2027-05-01T18:00Z", "2027-05-01 18:00:00"),
        ("2027-05-01 18:00 America/New_York", "2027-05-01 22:00:00"),
        ("2027-05-01 UTC", "2027-05-01 23:59:59"),
        ("2027-10-31 02:30", "2027-10-31 00:30:00"),  # there twice; the first, and once a year
    ],
)
def test_a_date_without_a_zone_is_in_that_of_the_class(text, utc):
    assert f"{deadlines.parsed(text, BERLIN).astimezone(UTC):%Y-%m-%d %H:%M:%S}" == utc


@pytest.mark.parametrize(
    "text", ["", "soon", "1.5.2027", "5/1/2027", "2027-02-30", "2027-05-01 18:00 CEST", "2027-05-01 25:00"]
)
def test_what_is_not_a_time_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match="write it like 2027-05-01"):
        deadlines.parsed(text, BERLIN)


def test_an_extension_gives_time_and_never_takes_it(course):
    (course / "extensions.csv").write_bytes(
        "\ufeffid, date, reason\r\nada,2027-05-08,ill\r\nada,2027-05-03,\r\nbob,2027-04-01,a slip\r\n".encode()
    )
    found = Deadlines(DUE, BERLIN, deadlines.extensions(course, "gmm", BERLIN))
    assert found.of("ada") == datetime(2027, 5, 8, 21, 59, 59, tzinfo=UTC)
    assert found.of("bob") == found.of("eve") == DUE
    assert found.seconds_late("eve", DUE.replace(tzinfo=None) + timedelta(seconds=7)) == 7
    assert found.seconds_late("ada", DUE + timedelta(days=7)) == 0


def test_extensions_are_those_of_the_assignment(course):
    (course / "source" / "part2" / "gmmlearn").mkdir(parents=True)
    (course / "extensions.csv").write_text("id,date,assignment\nada,2027-05-08,gmm\nada,2027-06-08,part2\n")
    assert [deadlines.extensions(course, name, BERLIN)["ada"].month for name in ("gmm", "part2")] == [5, 6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,reason\nada,ill\n", "no columns `id` and `date`"),
        ("id,date\nada,2027-05-08\nbob,\n", "line 3: '' is not a time"),
        ("id,date\n,2027-05-08\n", "line 2: there is no id"),
        ("id,date,assignment\nada,2027-05-08,part9\n", "line 2: there is no assignment 'part9'; there are gmm"),
    ],
)
def test_extensions_that_cannot_be_are_named_with_their_line(course, text, said):
    (course / "extensions.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        deadlines.extensions(course, "gmm", BERLIN)


def test_an_extension_of_one_of_several_assignments_says_which(course):
    (course / "source" / "part2" / "gmmlearn").mkdir(parents=True)
    (course / "extensions.csv").write_text("id,date\nada,2027-05-08\n")
    with pytest.raises(UsageError, match="say which in a column `assignment`"):
        deadlines.extensions(course, "gmm", BERLIN)


def hours(*after: float | None) -> list[datetime | None]:
    """Times of hand-ins, some hours after the deadline."""
    return [None if hour is None else DUE + timedelta(hours=hour) for hour in after]


def no_points(place: int) -> float:
    raise AssertionError("an attempt is judged only where the best counts")


@pytest.mark.parametrize(
    ("attempt", "after", "place"),
    [
        (Attempt.LAST, (-3, -1, 1), 2),
        (Attempt.LAST, (1, -1), 0),
        (Attempt.LAST_BEFORE_DEADLINE, (-3, -1, 1), 1),
        (Attempt.LAST_BEFORE_DEADLINE, (0, 1), 0),  # on the second
        (Attempt.LAST_BEFORE_DEADLINE, (5, 1), 0),  # none in time: the last of all
        (Attempt.LAST_BEFORE_DEADLINE, (None, 1), 0),
        (Attempt.BEST_BEFORE_DEADLINE, (1,), 0),
        (Attempt.FIRST, (-1, -3, 1), 1),
    ],
)
def test_the_attempt_that_counts(attempt, after, place):
    assert deadlines.counts(hours(*after), DUE, attempt, no_points) == place


def test_without_a_deadline_the_last_counts():
    assert deadlines.counts(hours(-3, 5, 1), None, Attempt.LAST_BEFORE_DEADLINE, no_points) == 1


def test_of_equally_good_attempts_one_in_time_counts():
    assert deadlines.counts(hours(-3, -1, 1), DUE, Attempt.BEST_BEFORE_DEADLINE, [80.0, 80.0, 80.0].__getitem__) == 1
    assert deadlines.counts(hours(-3, -1, 1), DUE, Attempt.BEST_BEFORE_DEADLINE, [90.0, 80.0, 80.0].__getitem__) == 0
    assert deadlines.counts(hours(-3, -1, 1), DUE, Attempt.BEST_BEFORE_DEADLINE, [90.0, 80.0, 91.0].__getitem__) == 0
    assert deadlines.counts(hours(-3, -1, 1), None, Attempt.BEST_BEFORE_DEADLINE, [90.0, 80.0, 91.0].__getitem__) == 2


@pytest.mark.parametrize(
    ("settings", "minutes", "share"),
    [
        ({}, 10**6, 0),
        ({"percent_per_day": 10}, 0, 0),
        ({"percent_per_day": 10}, 1, 0.1),
        ({"percent_per_day": 10}, 24 * 60, 0.1),
        ({"percent_per_day": 10}, 24 * 60 + 1, 0.2),
        ({"percent_per_day": 10}, 10**6, 1),
        ({"percent_per_day": 10, "grace_minutes": 15}, 15, 0),
        ({"percent_per_day": 10, "grace_minutes": 15}, 16, 0.1),
        ({"penalty_method": "zero", "grace_minutes": 15}, 16, 1),
        ({"penalty_method": "zero", "grace_minutes": 15}, 15, 0),
    ],
)
def test_lateness_costs_what_the_policy_says(settings, minutes, share):
    assert Lateness(**settings).share(60 * minutes) == pytest.approx(share)
