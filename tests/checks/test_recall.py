"""What was missed comes back when it should, no more often, and until it is known."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from gmmlearn.calls import Outcome, Status
from gmmlearn.checks import check, checking
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.checks.diagnosing.engine import Diagnosis, diagnose
from gmmlearn.checks.mixed import again, drawn
from gmmlearn.checks.questions import every, is_right, named, quiz_of
from gmmlearn.checks.recall import MOST, SPACING, about, draw, expected, missed, noted, pool
from gmmlearn.checks.record import Record, load, save
from gmmlearn.checks.reporting.build import report_of
from gmmlearn.checks.reporting.overview import Progress
from gmmlearn.contract import CHAPTERS, EXERCISES, exercises_of
from gmmlearn.errors import UsageError
from solutions.mistakes import MISTAKES, write_submission


def wrong(key):
    return next(i for i in range(4) if not is_right(every()[key], i))


def right(key):
    return next(i for i in range(4) if is_right(every()[key], i))


def days(n):
    """Sessions two days apart: what counts is how many there are, not how long it takes."""
    return [(date(2026, 3, 2) + timedelta(2 * i)).isoformat() for i in range(n)]


def passed_before(chapter):
    """A record of somebody who begins a chapter."""
    before = list(CHAPTERS)[: list(CHAPTERS).index(chapter)]
    return Record({one.name: Status.PASSED for other in before for one in exercises_of(other)})


# What is missed


def test_the_mistake_that_a_check_names_is_kept_and_its_question_comes_back(tmp_path):
    write_submission(MISTAKES["assign-majority"], tmp_path)
    report = check("assign", folder=tmp_path / "gmmlearn", where=tmp_path)
    record = load(tmp_path)
    assert (report.mistake, record.mistakes) == ("assign-majority", {"assign": ("assign-majority",)})
    assert list(record.recall) == ["e_step/three-shares"]
    assert "assign-majority" in pool()["e_step/three-shares"]["about"]


def test_of_two_mistakes_that_it_may_be_a_question_for_each_comes_back(tmp_path, monkeypatch):
    """Where nothing that was tried tells them apart; here the check is told of two that have questions of their own."""
    write_submission(MISTAKES["assign-majority"], tmp_path)
    two = ("assign-majority", "assign-axis")
    assert not set(about()[two[0]]) & set(about()[two[1]])
    real = checking.report_on_file
    monkeypatch.setattr(checking, "report_on_file", lambda *given: replace(real(*given), mistakes=two))
    check("assign", folder=tmp_path / "gmmlearn", where=tmp_path)
    record = load(tmp_path)
    assert set(record.recall) == {about()[what][0] for what in two}
    assert record.mistakes == {}


def test_a_report_tells_all_mistakes_that_it_may_be():
    exercise, (trial, *_) = EXERCISES["assign"], diagnose(answers("assign").cases, lambda call: Outcome(0)).trials
    found = Diagnosis((trial,), ("assign-majority", "assign-axis"))
    report = report_of(exercise, answers("assign"), found)
    assert (report.mistake, report.mistakes) == (None, ("assign-majority", "assign-axis"))


@pytest.mark.parametrize("key", ["e_step/1", "em/plateau", "with_sklearn/moons"])
def test_a_wrong_first_choice_comes_back_and_a_later_one_does_not(key):
    """In a quiz, a prediction and an exploration alike."""
    day, *_ = days(1)
    (question, *_) = about()[key]
    assert noted(Record(), key, wrong(key), day).recall == {question: (day, 0)}
    assert noted(noted(Record(), key, right(key), day), key, wrong(key), day).recall == {}
    assert noted(Record(), "em/none-such", 0, day).recall == {}


def test_missing_the_same_again_changes_nothing_while_it_is_on_its_way():
    first, second, *_ = days(2)
    record = missed(Record(), "fit-old-means", first)
    assert missed(record, "fit-old-means", second) == record


def test_another_question_comes_back_where_there_are_two():
    """A known one is done; the next miss brings the other."""
    first, second, *_ = days(2)
    what = next(what for what, keys in about().items() if len(keys) > 1)
    done = Record(recall={about()[what][0]: (first, 3)})
    assert missed(done, what, second).recall[about()[what][1]] == (second, 0)


# When it comes back


def test_what_is_answered_right_comes_back_after_one_three_and_seven_sessions_and_then_no_more():
    record, came = missed(Record(), "fit-old-means", days(1)[0]).on(days(1)[0]), []
    for number, day in enumerate(days(40)[1:], start=1):
        record = draw(record, day)
        if "em/stale-means" in record.asked:
            came.append(number)
            record = noted(record, "em/stale-means", right("em/stale-means"), day)
    assert came == list(np.cumsum(SPACING))
    assert expected(record, days(41)[-1]) == ""


def test_what_is_answered_wrong_begins_again():
    first, second, third, *_ = days(3)
    record = draw(missed(Record(), "fit-old-means", first), second)
    assert "1 question is due" in expected(record, second)
    record = noted(record, "em/stale-means", wrong("em/stale-means"), second)
    record = noted(record, "em/stale-means", right("em/stale-means"), second)  # read the reason, chose the other
    assert record.recall == {"em/stale-means": (second, 0)}
    assert expected(record, second) == "The next question comes back on your next day of work here."
    assert "em/stale-means" in draw(record, third).asked


def test_days_without_work_do_not_count():
    record = missed(Record(), "fit-old-means", "2026-03-01").on("2026-03-01")
    record = noted(draw(record, "2026-03-02"), "em/stale-means", right("em/stale-means"), "2026-03-02")
    assert "em/stale-means" not in draw(record, "2026-12-24").asked
    for day in ("2026-03-03", "2026-03-04"):
        record = record.on(day)
    assert "em/stale-means" in draw(record, "2026-12-24").asked


def test_asked_again_on_the_same_day_it_shows_the_same_questions():
    first, second, *_ = days(2)
    record = Record()
    for what in ("fit-old-means", "fit-equal-start", "assign-majority", "bic-aic", "update_weights-axis"):
        record = missed(record, what, first)
    record = draw(record, second)
    assert len(record.asked) == MOST
    key = next(iter(record.asked))
    record = noted(record, key, right(key), second)
    assert list(draw(record, second).asked) == list(record.asked)
    assert draw(record, second).asked[key] == (right(key),)


# At the head of a chapter


@pytest.mark.parametrize("chapter", list(CHAPTERS)[2:7])
def test_the_head_of_a_chapter_asks_what_was_missed_two_chapters_before_and_else_the_hardest(chapter):
    (day,) = days(1)
    place = list(CHAPTERS).index(chapter)
    record = draw(passed_before(chapter), day, chapter)
    assert len(record.asked) == 2
    assert {pool()[key]["difficulty"] for key in record.asked} == {3}
    assert {list(CHAPTERS).index(key.split("/")[0]) for key in record.asked} <= set(range(place - 1))
    old, new = (next(iter(quiz_of(list(CHAPTERS)[place - apart]))) for apart in (2, 1))
    record = noted(noted(passed_before(chapter), old, wrong(old), day), new, wrong(new), day)
    asked = draw(record, day, chapter).asked
    assert about()[old][0] in asked
    assert about()[new][0] not in asked


@pytest.mark.parametrize("chapter", list(CHAPTERS)[:2])
def test_the_first_chapters_ask_nothing(chapter):
    assert draw(Record(), days(1)[0], chapter).asked == {}


def test_a_chapter_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="No chapter is called 'estep'; there are mixtures"):
        draw(Record(), days(1)[0], "estep")


def test_progress_says_what_is_expected():
    record = missed(Record(), "fit-old-means", "2026-03-01")
    assert "1 question is due to come back. `recall()` asks what is due." in str(Progress(record))
    assert "come" not in str(Progress(Record()))


def test_what_the_record_has_of_it_is_kept(tmp_path):
    record = draw(missed(Record().naming("fit", "fit-old-means"), "fit-old-means", "2026-03-01"), "2026-03-02")
    save(record, tmp_path)
    read = load(tmp_path)
    assert (read.mistakes, read.recall, read.days[0]) == (record.mistakes, record.recall, "2026-03-02")


# The mixed quiz


def test_the_mixed_quiz_counts_by_itself_and_says_what_to_read_again():
    asked = drawn(0)
    first, second, *_ = asked
    key = first.partition("/")[2]
    record = noted(Record(), key, right(key), "2026-03-01")  # as recall asked it, long before
    record = noted(
        noted(record, first, wrong(key), "2026-06-01"), second, right(second.partition("/")[2]), "2026-06-01"
    )
    assert record.recall == {key: ("2026-06-01", 0)}
    found = again(0, record)
    assert (found.n_answered, found.n_right) == (2, 1)
    assert found.sections == ((asked[first]["read"]["title"], asked[first]["read"]["href"]),)
    assert f"]({asked[first]['read']['href']})" in found._repr_markdown_()
    assert "first" in repr(again(0, Record()))


# A term


@pytest.mark.parametrize("knows_at_first", [0.8, 0.4])
def test_a_term_of_thirty_sessions_for_students_who_forget(knows_at_first):
    """Every third session begins a chapter; the half-life of what is learnt grows with each repetition.

    Students who miss little see it again after 1, 3 and 7 sessions; those who miss much have to wait longer, since
    nobody is asked more than three a session. Nothing comes earlier, and in the end all is known, or on its way.
    """
    waits = defaultdict(list)
    for seed in range(5):
        term(knows_at_first, seed, waits)
    assert set(waits) == set(range(len(SPACING))), "what was right three times is not asked again"
    for stage, least in enumerate(SPACING):
        assert min(waits[stage]) >= least
        if knows_at_first > 0.5:
            assert min(waits[stage]) == least >= np.median(waits[stage]) - 1


def term(knows_at_first, seed, waits):
    """The term of one student; the sessions between questions go into `waits`, by how often they were right before."""
    rng = np.random.default_rng(seed)
    record, half_life, events = Record(), defaultdict(lambda: 3.0), defaultdict(list)
    missed_anew = set()  # in a quiz, whatever recall had asked before
    begun = {3 * place: chapter for place, chapter in enumerate(CHAPTERS)}
    for session, day in enumerate(days(30)):
        chapter = begun.get(session, "")
        if chapter:
            record = replace(record, statuses=passed_before(chapter).statuses)
        record = draw(draw(record, day, chapter), day) if chapter else draw(record, day)
        assert len(record.asked) <= MOST
        for key in record.asked:
            last = events[key][-1][0] if events[key] else 0
            knows = rng.random() < 0.5 ** ((session - last) / half_life[key])
            half_life[key] *= 3
            events[key].append((session, knows))
            record = noted(record, key, right(key) if knows else wrong(key), day)
        for key in (*quiz_of(chapter), *named(chapter, "predictions"), *named(chapter, "explorations")):
            before = record.recall
            record = noted(record, key, right(key) if rng.random() < knows_at_first else wrong(key), day)
            for new in {one for one, stage in record.recall.items() if before.get(one) != stage}:
                events[new].append((session, False))
                missed_anew.add((session, new))
    for key, own in events.items():
        stage = 0 if not own[0][1] else len(SPACING)  # a fresh one that was right is not asked again
        for (before, _), (after, knows) in pairwise(own):
            if (after, key) not in missed_anew:
                waits[stage].append(after - before)
            stage = stage + 1 if knows else 0
        assert record.recall.get(key, ("", len(SPACING)))[1] == stage, "known, or on its way"
    stages = [stage for _, stage in record.recall.values()]
    assert (len(stages), stages.count(len(SPACING))) > (10, 3)
    for day in days(200)[30:]:  # now everything is remembered
        record = draw(record, day)
        for key in record.asked:
            record = noted(record, key, right(key), day)
    assert {stage for _, stage in record.recall.values()} == {len(SPACING)}


def test_every_exercise_can_bring_something_back():
    asked = {one.name for one in EXERCISES.values() if named(one.module, "recall")}
    assert {what.partition("-")[0] for what in about() if "/" not in what} == asked
