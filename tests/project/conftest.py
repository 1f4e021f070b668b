"""A table of one's own for the tests."""

import pytest


@pytest.fixture
def csv_file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "own.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write
