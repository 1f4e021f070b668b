"""The worker of one submission: started when needed, asked exercise by exercise, restarted after an accident."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from ...calls import Call, Outcome, Status, Stopped
from ...encoding import NotAValue, decode, decode_outcome, encode, encode_outcome
from .process import MALFORMED, Worker, WorkerFault
from .sandbox import Limits
from .submission import Submission
from .watch import Left, spent
from .worker import wire


class Session:
    """The worker of one submission. Use it as a context manager.

    Parameters
    ----------
    submission : Submission
        What the worker loads.
    boxed : bool
        Whether it runs in the sandbox; without it the code may do whatever the user may.
    limits : Limits
        For each exercise, and for all of them.

    Raises
    ------
    SandboxUnavailable
        On entering, when the box cannot be built.
    """

    def __init__(self, submission: Submission, *, boxed: bool = True, limits: Limits | None = None) -> None:
        self.submission = submission
        self.boxed = boxed
        self.limits = limits or Limits()
        self._left = Left(self.limits.all_cpu_seconds, self.limits.all_wall_seconds)
        self._worker: Worker | None = None
        self._running = False
        self._nonce = self._received = 0

    def __enter__(self) -> "Session":
        self._worker = Worker(self.submission, self.boxed, self.limits)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_worker()

    def begin(self, exercise: str, *, own: bool, tests: bool = False) -> None:
        """Fork a process for this exercise; the last one must have been finished.

        An exercise that comes before the last one in the contract gets a new worker: the old one's box has held
        right answers that this exercise must not find. With `tests`, the student's tests of it are run.

        Raises
        ------
        Stopped
            When the submission has used all its time.
        """
        if self._left.spent:
            raise spent(self.limits)
        if self._worker is not None and not (self._worker.alive() and self._worker.may_judge(exercise)):
            self._end_worker()
        try:
            self._begin(exercise, own, tests)
        except WorkerFault:  # the code of the last exercise may have ended the worker just now
            self._end_worker()
            self._begin(exercise, own, tests)

    def _begin(self, exercise: str, own: bool, tests: bool) -> None:
        if self._worker is None:
            self._worker = Worker(self.submission, self.boxed, self.limits)
        self._worker.begin(exercise, own, self._left, tests)
        self._running, self._received = True, 0

    def call(self, call: Call) -> Outcome:
        """Make a call of the student's function: the session is the subject that the engine examines.

        Raises
        ------
        Stopped
            When the process ended, was ended, or sent bytes that are not a message.
        """
        return self._exchange(call, None)

    def run_tests(self, function: Callable[[Call], Outcome]) -> Outcome:
        """Run the student's tests of the exercise on a function, of which they see nothing but what it returns.

        Parameters
        ----------
        function : callable
            Makes a call that a test asks for.

        Returns
        -------
        Outcome
            How many tests there are, all of them passed; or the exception of the first that did not.

        Raises
        ------
        Stopped
            As `call` does.
        """
        return self._exchange(Call({}), function)

    def _exchange(self, call: Call, function: Callable[[Call], Outcome] | None) -> Outcome:
        if not self._running or self._worker is None:
            raise Stopped(Status.CRASHED, "The process of this exercise had ended before this call.")
        self._nonce += 1
        parts = ({name: encode(one) for name, one in part.items()} for part in (call.arguments, call.options))
        try:
            self._worker.write(wire.Request(self._nonce, *parts))
            reply = self._worker.read()
            while function is not None and isinstance(reply, wire.Asked):
                asked = Call(*({name: decode(one) for name, one in part.items()} for part in wire.call(reply)))
                self._worker.write(wire.Answer(wire.raw(encode_outcome(function(asked)))))
                reply = self._worker.read()
            if not isinstance(reply, wire.Reply) or reply.nonce != self._nonce:
                raise wire.WireError("a message that answers no question")
            self._received += len(bytes(reply.outcome))
            if self._received > self.limits.result_bytes:
                self._end_worker()
                most = f"{self.limits.result_bytes / 2**20:.0f} MB"
                raise Stopped(Status.OUT_OF_MEMORY, f"The function returned more than {most} in all its calls.")
            outcome = decode_outcome(wire.plain(reply.outcome))
            return replace(outcome, printed="")  # the worker's output goes nowhere
        except (wire.WireError, NotAValue) as error:
            self._end_worker()
            raise Stopped(Status.MALFORMED, MALFORMED) from error
        except Stopped:
            self._running = False
            raise

    def finish(self) -> None:
        """End the process of the exercise, whatever state it is in."""
        if self._running and self._worker is not None:
            with contextlib.suppress(Stopped, wire.WireError):
                self._worker.write(wire.Finish())
                self._worker.wait_for_end()
        self._running = False

    def renew(self) -> None:
        """Have the next exercise meet a worker, a box and pipes that nothing of those before has touched."""
        self._end_worker()

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.close(at_once=self._running)
        self._worker = None
        self._running = False
