"""Counts words. A request's spec says:

type: Python
image: task-word-count:0.1.0
mainApplicationFile: local:///opt/firesteel/entry.py
arguments: [word_count, "{{firesteel.jobId}}", /opt/spark/README.md]
"""

from pyspark.sql import SparkSession, functions


def run(job_id, path):
    spark = SparkSession.builder.appName(f"word-count {job_id}").getOrCreate()
    words = spark.read.text(path).select(functions.explode(functions.split("value", r"\s+")).alias("word"))
    for row in words.groupBy("word").count().orderBy(functions.desc("count")).limit(10).collect():
        print(f"{job_id}: {row['word']} {row['count']}")
    spark.stop()
