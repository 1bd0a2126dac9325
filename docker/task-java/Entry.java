import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A task in Java. A request's spec says {@code type: Java, image: task-pi:0.1.0, mainClass: Entry,
 * mainApplicationFile: local:///opt/task/task.jar, arguments: ["{{firesteel.jobId}}"]}.
 */
public final class Entry {

  private static final int SQUARES = 1_000;

  private Entry() {}

  public static void main(String[] args) {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: Entry JOB_ID");
    }
    run(args[0]);
  }

  /** Returns when the task is done; throws when it failed. */
  static void run(String jobId) {
    SparkSession spark = SparkSession.builder().appName("pi " + jobId).getOrCreate();
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<Integer> rows = IntStream.range(0, SQUARES).boxed().toList();
    long inside = context.parallelize(rows).map(Entry::insideOfRow).reduce(Long::sum);
    System.out.println(jobId + ": pi is about " + 4.0 * inside / SQUARES / SQUARES);
    spark.stop();
  }

  private static long insideOfRow(int y) {
    return IntStream.range(0, SQUARES)
        .filter(x -> (long) x * x + (long) y * y < (long) SQUARES * SQUARES)
        .count();
  }
}
