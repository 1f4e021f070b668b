"""What hostile code can and cannot do: every line of it runs in the real sandbox."""

import textwrap
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.calls import Call, Outcome, Status, Stopped
from gmmlearn.contract import earlier_than
from gmmlearn.grading.judge import sandbox
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission

ROOT = Path(__file__).parents[3]
SHORT = Limits(cpu_seconds=1, wall_seconds=12.0, idle_seconds=1.0)
ROW = Call({"responsibilities": np.array([[0.2, 0.8]])})


def assign(body: str) -> str:
    """A chapter 4 whose `assign` has this body; `responsibilities` is right."""
    return (
        "import os, sys, time\nimport numpy as np\n"
        "from .likelihood import log_joint\nfrom scipy.special import softmax\n"
        "def responsibilities(X, weights, means, covariances):\n"
        "    return softmax(log_joint(X, weights, means, covariances), axis=1)\n"
        "def assign(responsibilities):\n" + textwrap.indent(textwrap.dedent(body), "    ")
    )


def asked(session: Session, call: Call = ROW, exercise: str = "assign") -> Outcome:
    """What one call gives in a process of its own."""
    session.finish()
    session.begin(exercise, own=False)
    return session.call(call)


def values(session: Session) -> list:
    """What `update_weights` gives in the same box; it must not meet what `assign` has left behind."""
    outcome = asked(session, ROW, "update_weights")
    assert outcome.failure is None, outcome.failure
    return outcome.value.tolist()


@pytest.fixture
def outcome(handed_in):
    """Run a body of `assign`; then hold that the next exercise of the same submission is unharmed."""

    def run(body: str, limits: Limits = SHORT):
        with Session(read_submission(handed_in(e_step=assign(body))), limits=limits) as session:
            try:
                got = asked(session)
            except Stopped as error:
                got = error
            np.testing.assert_allclose(values(session), [0.2, 0.8])
        return got

    return run


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("while True: pass", Status.TIMEOUT),
        ("time.sleep(1000)", Status.TIMEOUT),
        ("import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", Status.TIMEOUT),
        ("os._exit(0)", Status.CRASHED),
        ("os.abort()", Status.CRASHED),
        ("import ctypes\nctypes.string_at(0)", Status.CRASHED),
        ("os.kill(os.getpid(), 19)", Status.CRASHED),
        ("while os.fork() >= 0: pass", Status.TIMEOUT),
    ],
)
def test_what_ends_the_process_is_told_apart(outcome, body, status):
    got = outcome(body)
    if "fork" in body and isinstance(got, Outcome):  # it may meet the limit on processes before the limit on time
        assert got.failure.name == "BlockingIOError"
    else:
        assert isinstance(got, Stopped), got
        many = "fork" in body and got.status is Status.OUT_OF_MEMORY  # sixty processes, each with all of SciPy
        assert many or got.status is status


@pytest.mark.parametrize("sent", ["KILL", "STOP", "INT", "TERM"])
def test_the_worker_takes_no_signal_from_the_code_that_it_runs(outcome, sent):
    assert outcome(f"import signal\nos.kill(1, signal.SIG{sent})\nreturn [os.getppid()]").value.tolist() == [1]


@pytest.mark.parametrize(
    "forgery",
    [
        "b'\\xff\\xff\\xff\\xff'",
        "b'\\0\\0\\0\\4junk'",
        "b'\\0\\0\\0\\x20' + b'\\x83\\xa4type\\xa5reply\\xa5nonce\\x63\\xa7outcome\\x80'",
    ],
)
def test_a_forged_message_on_any_descriptor_is_malformed(outcome, forgery):
    got = outcome(
        f"""
        for fd in range(3, 64):
            try: os.write(fd, {forgery})
            except OSError: pass
        return [1]
        """
    )
    assert isinstance(got, Stopped)
    assert got.status is Status.MALFORMED


@pytest.mark.parametrize("body", ["return np.zeros(10**11)", "x = []\nwhile True: x.append(bytearray(10**7))"])
def test_a_memory_bomb_is_a_memory_error(outcome, body):
    assert "MemoryError" in outcome(body, Limits()).failure.classes


def test_many_processes_with_little_memory_each_meet_the_limit_on_all(handed_in):
    body = "for i in range(12): os.fork() or (bytearray(b'1') * 10**8, time.sleep(60))\ntime.sleep(60)"
    limits = Limits(cpu_seconds=15, wall_seconds=30.0, total_memory_bytes=2**29)
    with Session(read_submission(handed_in(e_step=assign(body))), limits=limits) as session:
        with pytest.raises(Stopped) as stopped:
            asked(session)
    assert stopped.value.status is Status.OUT_OF_MEMORY


def test_sys_exit_is_an_error_of_the_function(outcome):
    assert outcome("sys.exit(0)").failure.name == "SystemExit"


def test_a_reply_that_never_ends_is_stopped(outcome):
    got = outcome(
        """
        for fd in range(3, 64):
            try: os.write(fd, b'\\0\\0\\1\\0x')
            except OSError: pass
        os._exit(0)
        """
    )
    assert isinstance(got, Stopped)
    assert got.status is Status.CRASHED


@pytest.mark.parametrize(
    "expression",
    [
        "os.path.exists('/etc/passwd') or os.path.exists('/etc/hostname')",
        f"os.path.exists('{ROOT}/tests') or os.path.exists('{ROOT}/solutions') or os.path.exists('{ROOT}/.git')",
        "any('tests' in names or 'solutions' in names for _, names, _ in os.walk('/box'))",
        "bool(set(os.environ) - set('HOME LANG LC_CTYPE PWD PYTHONDONTWRITEBYTECODE PYTHONHASHSEED OMP_NUM_THREADS "
        "OPENBLAS_NUM_THREADS MKL_NUM_THREADS OPENBLAS_CORETYPE OPENBLAS_L2_SIZE'.split()))",
        "bool(os.listdir('/tmp'))",
        "os.getuid() == 0 and not os.path.exists('/proc/self/setgroups')",
        "len([p for p in os.listdir('/proc') if p.isdigit()]) > 4",
    ],
)
def test_nothing_of_the_machine_is_seen(outcome, expression):
    assert outcome(f"return [int({expression})]").value.tolist() == [0]


@pytest.mark.parametrize(
    "attempt",
    [
        "__import__('socket').create_connection(('127.0.0.1', 22), timeout=1)",
        "__import__('socket').getaddrinfo('example.org', 80)",
        "open('/box/worker/serve.py', 'a')",
        "open('/new', 'w')",
        "open('/dev/shm/new', 'w')",
        "open(np.__file__, 'a')",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
        "os.listdir(f'/proc/{os.getppid()}/fd')",
        "os.setuid(0)",
        "open('/tmp/large', 'wb').write(bytes(2**25))",
    ],
)
def test_what_is_not_allowed_fails(outcome, attempt):
    got = outcome(f"try:\n    {attempt}\nexcept OSError: return [1]\nreturn [0]")
    assert got.value.tolist() == [1]


def test_what_one_exercise_spoils_the_next_one_does_not_meet(handed_in):
    spoil = "np.exp = None\nopen('/tmp/note', 'w').write('x')\n"
    spoil += "os.makedirs('/tmp/a/b')\nos.chmod('/tmp/a', 0)\nreturn [1]"
    m_step = "import numpy as np, os\ndef update_weights(r):\n"
    m_step += "    assert not os.listdir('/tmp')\n    return np.exp(r) * r\n"
    with Session(read_submission(handed_in(e_step=assign(spoil), m_step=m_step))) as session:
        assert asked(session).value.tolist() == [1]
        np.testing.assert_allclose(values(session), np.exp(ROW.arguments["responsibilities"]) * [[0.2, 0.8]])


def test_an_endless_output_goes_nowhere(outcome, capfd):
    body = "for i in range(10**4): print('x' * 1000)\nos.write(1, b'out')\nos.write(2, b'err')\nreturn [1]"
    assert outcome(body).value.tolist() == [1]
    assert capfd.readouterr() == ("", "")


def test_a_subclass_of_ndarray_cannot_lie_about_its_values(outcome):
    body = """
    class Agrees(np.ndarray):
        def __array_ufunc__(self, *args, **kwargs): return True
        def __eq__(self, other): return True
    return np.array([0]).view(Agrees)
    """
    got = outcome(body).value
    assert type(got) is np.ndarray
    assert got.tolist() == [0]


def test_packages_that_lie_under_tmp_are_not_hidden_by_the_private_one(handed_in, tmp_path, monkeypatch):
    """As in a clone under /tmp; a link stands for the copy of several hundred megabytes."""
    links = []
    for path in sandbox._packages():
        links.append(tmp_path / path.name)
        links[-1].symlink_to(path)
    monkeypatch.setattr(sandbox, "_packages", lambda: links)
    with Session(read_submission(handed_in(e_step=assign("return [len(os.listdir('/tmp'))]")))) as session:
        assert asked(session).value.tolist() == [0]


RIGHT_FUNCTIONS = (
    "import re\nraise ValueError(' '.join(re.findall('def (\\\\w+)', open('/box/gmmlearn/library.py').read())))"
)


@pytest.mark.parametrize("own", [False, True])
def test_the_box_holds_the_right_functions_before_the_exercise_and_no_other(handed_in, own):
    """Also after a later exercise, which has had more."""
    with Session(read_submission(handed_in(e_step=assign(RIGHT_FUNCTIONS)))) as session:
        session.begin("fit_sklearn", own=False)
        session.finish()
        session.begin("assign", own=own)
        assert session.call(ROW).failure.text.split() == ([] if own else earlier_than("assign"))


FORGED = """
import worker.wire as wire
forged = {forged}
def send(write, message):
    if isinstance(message, wire.Reply):
        message = wire.Reply(message.nonce, dict(message.outcome, **forged))
    return send.true(write, message)
send.true, wire.send = wire.send, send
return [1]
"""


@pytest.mark.parametrize(
    "forged",
    [
        "dict(value={'array': ['<f8', [0, 2**62], b'']})",
        "dict(value={'array': ['<f8', [0, 2**24, 2**24, 2**24], b'']})",
        "dict(value={'array': ['|O', [1], b'12345678']})",
        "dict(value={'array': ['<i8', [2], b'12345678']})",
        "dict(value={'items': ['tuple', [1] * 17]})",
        "dict(value={'seed': 'x'})",
        "dict(value={'map': {}})",
        "dict(failure={})",
        "dict(changed=[1])",
        "dict(warnings=None)",
        "dict(warnings=['x'] * 10**5)",
        "dict(value=[])",
        "dict(value={'items': ['tuple', [[]] * 2**24]})",
        "dict(value={'model': ['m', {str(i): None for i in range(10**5)}, {}]})",
        "dict(value={'x' * 2**24: None})",
    ],
)
def test_a_forged_value_is_malformed(outcome, forged):
    got = outcome(FORGED.format(forged=forged))
    assert isinstance(got, Stopped), got
    assert got.status is Status.MALFORMED
    assert len(str(got)) < 1000


def test_every_text_of_a_forged_outcome_is_bounded_by_the_judge(outcome):
    """Megabytes in each place where the worker's honest code would have cut it."""
    long = "'x' * 2**20"
    failure = f"dict(classes=[{long}], text={long}, file={long}, line=1, function={long}, source={long}, loading=False)"
    several = f"changed=[{long}], aliased=[{long}], warnings=[], printed={long}"
    got = outcome(FORGED.format(forged=f"dict(value={{'unusable': {long}}}, failure={failure}, {several})"))
    assert isinstance(got, Outcome)
    assert len(str(got)) < 12_000
    assert got.failure.text == "x" * 500
