"""Guesses at Pi with random darts. Argument: slices (default 2). Hands on its guess, pi."""

import json
import os
import random
import sys

from pyspark.sql import SparkSession

DARTS = 100_000


def hits(seed):
    darts = random.Random(seed)
    return sum(darts.random() ** 2 + darts.random() ** 2 <= 1 for _ in range(DARTS))


def main(slices):
    with SparkSession.builder.appName("Pi").getOrCreate() as spark:
        total = spark.sparkContext.parallelize(range(slices), slices).map(hits).sum()
        pi = 4 * total / (DARTS * slices)
        print("Pi is roughly", pi)
    if "FIRESTEEL_OUTPUTS" in os.environ:
        with open(os.environ["FIRESTEEL_OUTPUTS"], "w") as outputs:
            json.dump({"pi": pi}, outputs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
