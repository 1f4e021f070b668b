"""Digests of what verdicts rest on, for tests that change it."""

import pytest

from gmmlearn.grading.judge import digests


@pytest.fixture
def forgotten_digests():
    """A function to call when a test has changed what verdicts rest on, which a process reads once."""

    def forget() -> None:
        digests.of_tests.cache_clear()
        digests._of_all.cache_clear()

    yield forget
    forget()
