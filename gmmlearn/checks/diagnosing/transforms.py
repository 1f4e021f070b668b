"""Which transformation of the expected values gives the wrong ones, value by value."""

from fractions import Fraction

import numpy as np

from .. import wording
from ..comparing.values import Close


def close(a: np.ndarray, b: np.ndarray | float, rtol: float = 1e-7) -> bool:
    """Whether two arrays are the same up to rounding."""
    return Close(np.broadcast_to(b, a.shape), rtol=rtol).near(a).all()


def exponentials(got: np.ndarray, expected: np.ndarray) -> str:
    """Whether the exponentials of the expected values came, as where a logarithm is left out."""
    return wording.IS_EXP if close(got, np.exp(expected)) and np.ptp(got) else ""


def logarithms(got: np.ndarray, expected: np.ndarray) -> str:
    """Whether the logarithms of the expected values came."""
    return wording.IS_LOG if (expected > 0).all() and close(got, np.log(expected)) and np.ptp(got) else ""


def sign(got: np.ndarray, expected: np.ndarray) -> str:
    """Which signs are wrong, where the sizes are right."""
    if close(got, -expected):
        return wording.IS_NEGATIVE.format(values="value has" if got.size == 1 else "values have")
    if not close(np.abs(got), np.abs(expected)) or not np.any(got):
        return ""
    for sign, there in (("minus", got < 0), ("plus", got > 0)):
        if not there.any():
            return wording.IS_ABSOLUTE.format(sign=sign)
    wrong = np.sign(got) != np.sign(expected)
    return wording.WRONG_SIGNS.format(which=wording.some_of(int(wrong.sum()), wrong.size, ("has", "have")))


def factor(got: np.ndarray, expected: np.ndarray) -> str:
    """One factor for all values, or a divisor where it is a whole number."""
    used = expected != 0
    if not got.any() or not used.any() or (got[~used] != 0).any():
        return ""
    ratios = got[used] / expected[used]
    if not np.isfinite(ratios).all() or np.ptp(ratios) > 1e-7 * abs(ratios[0]):
        return ""
    if ratios.size > 1 and abs(ratios[0] * np.log(10) - 1) < 1e-7:
        return wording.IS_LOG10
    values, value = ("value is", "one") if got.size == 1 else ("values are", "ones")
    if divisor := _whole(1 / ratios[0]):  # a mean where a sum is expected, say
        return wording.IS_DIVIDED.format(values=values, value=value, divisor=divisor)
    if ratios.size < 2 and not _whole(ratios[0]):
        return ""  # any two numbers have some ratio
    return wording.IS_FACTOR.format(values=values, times=f"{_ratio(ratios[0])} times", value=value)


def _ratio(number: float) -> str:
    """A number in few digits; where those are not all of it, as a fraction of small integers, if it is one.

    >>> _ratio(1.5), _ratio(7 / 6), _ratio(-np.pi)
    ('1.5', '7/6', '-3.142')
    """
    digits = f"{number:.{4 if abs(number - 1) > 1e-2 else 8}g}"
    fraction = Fraction(number).limit_denominator(300)
    is_fraction = fraction and abs(number / float(fraction) - 1) < 1e-10
    return str(fraction) if is_fraction and abs(float(digits) / number - 1) > 1e-10 else digits


def _whole(number: float) -> int:
    """A number as an integer of size 2 to 9999, or 0 where it is none."""
    nearest = round(number) if abs(number) < 10_000 else 0
    return nearest if abs(nearest) > 1 and abs(number / nearest - 1) < 1e-9 else 0


def total(got: np.ndarray, expected: np.ndarray) -> str:
    """A sum of 1 that is missing, or one that nothing asks for."""
    if expected.ndim != 1 or expected.size < 2:
        return ""
    if (expected >= 0).all() and close(expected.sum(), 1.0):
        return "" if close(got.sum(), 1.0, rtol=1e-6) else wording.SUM_TO_ONE.format(total=_unlike_1(got.sum()))
    if (got >= 0).all() and close(got.sum(), 1.0, rtol=1e-9) and not close(expected.sum(), 1.0, rtol=1e-3):
        return wording.SUMS_TO_1.format(total=f"{expected.sum():.4g}")
    return ""


def _unlike_1(total: float) -> str:
    return next((text for digits in range(4, 17) if (text := f"{total:.{digits}g}") != "1"), "1")


def amount(got: np.ndarray, expected: np.ndarray) -> str:
    """One amount by which all values are off."""
    off = got - expected
    same = got.size > 1 and np.isfinite(off).all() and close(off, off.flat[0]) and np.ptp(expected) > 0
    if not same or Close(expected).near(got).any():
        return ""
    told = wording.IS_AMOUNT.format(amount=f"{off.flat[0]:+.4g}")
    halves = 2 * off.flat[0] / np.log(2 * np.pi)
    if not np.rint(halves) or not abs(halves - np.rint(halves)) < 1e-7:
        return told
    times = np.rint(halves) / 2
    return told + wording.IS_TWO_PI.format(times="" if times == 1 else f"{times:g} times ")


def linear(got: np.ndarray, expected: np.ndarray) -> str:
    """Two mistakes at once in a logarithm: a factor and an amount."""
    if not (fitted := _line(got, expected)):
        return ""
    slope, height = fitted
    told = f"{'plus' if height > 0 else 'minus'} {abs(height):.4g}"
    return wording.IS_LINEAR.format(times=_ratio(slope), amount=told)


def power(got: np.ndarray, expected: np.ndarray) -> str:
    """Two mistakes at once in a density: one in the exponent and one in the factor in front of it."""
    if not ((got > 0).all() and (expected > 0).all() and (fitted := _line(np.log(got), np.log(expected)))):
        return ""
    exponent, height = fitted
    if Fraction(exponent).limit_denominator(4) != (simple := Fraction(exponent).limit_denominator(1000)):
        return wording.IS_POWER.format(power=wording.SOME_POWER, times="")
    times = "" if abs(height) < 1e-9 else f", times {np.exp(height):.4g}"
    return wording.IS_POWER.format(power=wording.POWER.format(power=simple), times=times)


def _line(got: np.ndarray, expected: np.ndarray) -> tuple[float, float] | None:
    """Slope and height of the line on which all values are, where enough different ones are to tell."""
    if not np.isfinite(got).all() or len(np.unique(np.round(expected, 6))) < 4:
        return None
    slope, height = np.polyfit(expected.ravel(), got.ravel(), 1)
    near = np.abs(slope * expected + height - got) <= 1e-9 * np.ptp(got)
    return (slope, height) if near.all() and abs(slope - 1) > 1e-3 < abs(slope) else None


def rounded(got: np.ndarray, expected: np.ndarray) -> str:
    """To how many digits the values were rounded."""
    for digits in range(5):
        nearest = np.round(expected, digits)
        if np.ptp(got) and nearest.any() and close(got, nearest):
            return wording.IS_ROUNDED.format(digits=digits)
    return ""
