"""Starts a task: entry.py MODULE JOB_ID [ARGUMENT...] calls MODULE.run(job_id, *arguments).

A task that returns has succeeded. One that raises has failed, and Spark's exit code says so.
"""

import importlib
import sys


def main(words):
    if len(words) < 2:
        raise SystemExit("usage: entry.py MODULE JOB_ID [ARGUMENT...]")
    module, job_id, *arguments = words
    importlib.import_module(module).run(job_id, *arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
