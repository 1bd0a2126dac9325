"""Fails as an application does that has a bug: with an exception. Argument: its message.

It imports nothing of Spark's, so any Python runs it.
"""

import sys


class StepFailed(Exception):
    pass


def read(message):
    raise ValueError(message)


def main(message):
    try:
        read(message)
    except ValueError as e:
        raise StepFailed("The step failed") from e


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "This job fails on purpose")
