"""What was found out about a submission: plain data, and its one form in JSON."""

from dataclasses import asdict, dataclass, field

from ...calls import Status
from .suspicious import Suspicion, in_words


@dataclass(frozen=True, slots=True)
class TestVerdict:
    """One hidden test: its name, whether it passed, and else the sentence for the student."""

    __test__ = False  # not a test class, whatever pytest makes of its name

    name: str
    passed: bool
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A call that came out wrong; in a verdict, at inputs that grade nobody.

    Attributes
    ----------
    lines : str
        The call as lines to paste into Python.
    rows : tuple of (str, str)
        A word and what belongs to it: what was got, what was expected.
    """

    lines: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExerciseVerdict:
    """One exercise: its status, its points, what to say, the tests behind it, and a call to see it fail.

    `rests_on` is the digest of these tests and of all that runs them, see `digests.of_tests`.
    """

    status: Status
    points: float
    max_points: float
    message: str
    mistake: str | None = None
    tests: tuple[TestVerdict, ...] = ()
    rests_on: str = ""
    example: Example | None = None

    @property
    def share(self) -> float:
        """What part of the points was earned, 0 to 1."""
        return min(1.0, max(0.0, self.points / self.max_points))

    def score(self, worth: float) -> float:
        """The points in a class where the exercise is worth so many, to two digits."""
        return min(worth, round(worth * self.share, 2))


@dataclass(frozen=True, slots=True)
class HuntVerdict:
    """What a student's tests of one exercise caught in the bug hunt.

    Attributes
    ----------
    caught, of : int
        Of so many wrong functions.
    problem : str
        Why nothing counts: the tests refuse a right function, or do not end. Empty otherwise.
    questions : tuple of str
        About those that were not caught.
    """

    caught: int
    of: int
    problem: str = ""
    questions: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """What part was caught, 0 to 1."""
        return self.caught / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One submission: the exercises that were asked for, and what the judgement rests on.

    Attributes
    ----------
    exercises : dict of str to ExerciseVerdict
        By name, in the order of the course.
    sandbox : bool
        Whether the code ran in a sandbox.
    seed : int
        From which the hidden inputs were drawn.
    submission : str
        SHA-256 of the files that were judged.
    versions : dict of str to str
        Of Python, gmmlearn, NumPy, SciPy and scikit-learn.
    suspicious : tuple of Suspicion
        Places in the submission that its instructor may want to look at; they change no points.
    left_out : tuple of str
        A sentence on each module of the student's own that was not read, or on several.
    limits : dict of str to float
        What the submission was allowed to use, as `sandbox.Limits` has it; empty in what an earlier version wrote.
    hunts : dict of str to HuntVerdict
        Exercise -> what the student's tests of it caught, where a class has bug hunts; `hunts_rest_on` is the digest
        of the wrong functions and of all that tries the tests.
    """

    exercises: dict[str, ExerciseVerdict]
    sandbox: bool
    seed: int
    submission: str
    versions: dict[str, str] = field(default_factory=dict)
    suspicious: tuple[Suspicion, ...] = ()
    left_out: tuple[str, ...] = ()
    limits: dict[str, float] = field(default_factory=dict)
    hunts: dict[str, HuntVerdict] = field(default_factory=dict)
    hunts_rest_on: str = ""

    @property
    def points(self) -> float:
        """What was earned, summed over the exercises."""
        return round(sum(exercise.points for exercise in self.exercises.values()), 4)

    @property
    def max_points(self) -> float:
        """What could be earned, summed over the exercises."""
        return sum(exercise.max_points for exercise in self.exercises.values())

    @property
    def remarks(self) -> list[str]:
        """For the instructor: what was not read, and in one line what may be worth a look."""
        return [*self.left_out, *([in_words(self.suspicious)] if self.suspicious else [])]

    def to_json(self) -> dict:
        """As builtins that `json` writes; `from_json` reads them back."""
        return {
            "points": self.points,
            "max_points": self.max_points,
            "sandbox": self.sandbox,
            "seed": self.seed,
            "submission": self.submission,
            "versions": self.versions,
            "limits": self.limits,
            "suspicious": [list(one) for one in self.suspicious],
            "left_out": list(self.left_out),
            "hunts": {name: asdict(hunt) for name, hunt in self.hunts.items()},
            "hunts_rest_on": self.hunts_rest_on,
            "exercises": {
                name: asdict(exercise) | {"status": exercise.status.value} for name, exercise in self.exercises.items()
            },
        }

    @classmethod
    def from_json(cls, data: dict) -> "Verdict":
        """The verdict that `to_json` wrote."""
        return cls(
            exercises={
                name: ExerciseVerdict(
                    **exercise
                    | {
                        "status": Status(exercise["status"]),
                        "tests": tuple(TestVerdict(**test) for test in exercise["tests"]),
                        "example": _example(exercise.get("example")),
                    }
                )
                for name, exercise in data["exercises"].items()
            },
            **{key: data[key] for key in ("sandbox", "seed", "submission", "versions")},
            suspicious=tuple(Suspicion(*one) for one in data.get("suspicious", ())),
            left_out=tuple(data.get("left_out", ())),
            limits=data.get("limits", {}),
            hunts={
                name: HuntVerdict(**one | {"questions": tuple(one["questions"])})
                for name, one in data.get("hunts", {}).items()
            },
            hunts_rest_on=data.get("hunts_rest_on", ""),
        )


def _example(data: dict | None) -> Example | None:
    """An example as `asdict` and JSON left it."""
    return Example(data["lines"], tuple((word, text) for word, text in data["rows"])) if data else None
