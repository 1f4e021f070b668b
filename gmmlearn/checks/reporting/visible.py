"""Characters that a terminal or a browser would act on instead of showing them."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_DIRECTIONS = {
    code: f"\\u{code:04x}" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_HALVES = {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}
_SHOWN = str.maketrans(_CONTROLS | _DIRECTIONS | _HALVES)


def visible(text: str) -> str:
    """A text with its control characters, its marks of writing direction and halves of characters spelt out.

    >>> visible("a\\x1b[31mb\\u202ec")
    'a\\\\x1b[31mb\\\\u202ec'
    """
    return text.translate(_SHOWN)
