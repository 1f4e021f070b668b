"""The list of keys of whoever started the judge."""


def attempt():
    try:
        with open("/proc/keys") as keys:
            return bool(keys.read())
    except OSError:
        return False
