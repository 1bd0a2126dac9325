package io.firesteel.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Sample job requests for the laptop platform, as plain JSON objects.
 *
 * @param input the folder of the daily files
 * @param output the folder for totals, with one folder for each job
 */
public record SampleRequests(Path input, Path output) {

  /** The Secret with the credentials of the storage, in the namespace of every tenant. */
  static final String SECRET = "storage";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLES = "local:///opt/spark/examples/firesteel-examples.jar";
  private static final String PYTHON_PI = "local:///opt/spark/examples/pi.py";
  private static final List<String> CREDENTIALS = List.of("APP_ID", "TENANT_ID", "APP_SECRET");

  /** A job that adds up daily files with two executors and reads credentials from a Secret. */
  public ObjectNode dailyTotals(String tenant, String id, LocalDate from, LocalDate to) {
    ObjectNode request =
        job(
            tenant,
            id,
            "DailyTotals",
            List.of(
                input.toString(), output.resolve(id).toString(), from.toString(), to.toString()));
    ObjectNode spec = (ObjectNode) request.get("spec");
    credentials((ObjectNode) spec.get("driver"));
    credentials((ObjectNode) spec.get("executor"));
    return request;
  }

  /** A short computation. */
  public ObjectNode pi(String tenant, String id) {
    return job(tenant, id, "Pi", List.of("8"));
  }

  /** The same in Python. */
  public ObjectNode pythonPi(String tenant, String id) {
    ObjectNode request = pi(tenant, id);
    ObjectNode spec = (ObjectNode) request.get("spec");
    spec.remove("mainClass");
    spec.put("type", "Python").put("mainApplicationFile", PYTHON_PI);
    return request;
  }

  /**
   * A workflow: totals of a week, then of each of its days, and Pi in as many slices as the week
   * has files. The days and the number of files are what the first job hands on.
   */
  public ObjectNode weekly(
      String tenant, String id, LocalDate from, LocalDate to, boolean withPython) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("type", "io.firesteel.workflow.request.v1")
            .put("tenant", tenant)
            .put("workflowId", id);
    ObjectNode tasks = request.putObject("tasks");
    task(tasks, "week", dailyTotals(tenant, id + "/week", from, to), "");
    ObjectNode days = task(tasks, "days", dailyTotals(tenant, id + "/days", from, to), "week");
    days.putObject("forEach").put("from", "week.outputs.days").put("as", "day");
    ArrayNode arguments = days.withObject("/spec").putArray("arguments");
    List.of(
            input.toString(),
            output.resolve(id).resolve("{{day}}").toString(),
            "{{day}}",
            "{{day}}")
        .forEach(arguments::add);
    ObjectNode guess =
        task(tasks, "guess", withPython ? pythonPi(tenant, "") : pi(tenant, ""), "week");
    guess.withObject("/spec").putArray("arguments").add("{{tasks.week.outputs.files}}");
    task(tasks, "repair", fails(tenant, ""), "days.Failed || guess.Failed");
    task(tasks, "close", pi(tenant, ""), "days && guess");
    return request;
  }

  private static ObjectNode task(ObjectNode tasks, String name, ObjectNode job, String depends) {
    ObjectNode task = tasks.putObject(name);
    task.set("spec", job.get("spec"));
    if (!depends.isEmpty()) {
      task.put("depends", depends);
    }
    return task;
  }

  /** A job whose application throws. */
  public ObjectNode fails(String tenant, String id) {
    return job(tenant, id, "Fails", List.of());
  }

  /** A job that runs for a while. */
  public ObjectNode sleeps(String tenant, String id, int seconds) {
    return job(tenant, id, "Sleeps", List.of(Integer.toString(seconds)));
  }

  private static ObjectNode job(String tenant, String id, String main, List<String> arguments) {
    ObjectNode request = example(tenant, id, main, 2);
    arguments.forEach(request.withObject("/spec").putArray("arguments")::add);
    return request;
  }

  /** A request for an example class without arguments. */
  public static ObjectNode example(String tenant, String id, String main, int executors) {
    ObjectNode request = JSON.createObjectNode().put("tenant", tenant).put("jobId", id);
    ObjectNode spec =
        request
            .putObject("spec")
            .put("type", "Java")
            .put("mode", "cluster")
            .put("sparkVersion", "4.1.1")
            .put("image", "spark:4.1.1")
            .put("mainClass", "io.firesteel.examples." + main)
            .put("mainApplicationFile", EXAMPLES);
    spec.putObject("driver").put("cores", 1).put("memory", "512m");
    spec.putObject("executor").put("instances", executors).put("cores", 1).put("memory", "512m");
    return request;
  }

  private static void credentials(ObjectNode pod) {
    ObjectNode refs = pod.putObject("envSecretKeyRefs");
    for (String name : CREDENTIALS) {
      refs.putObject(name).put("name", SECRET).put("key", name.toLowerCase(java.util.Locale.ROOT));
    }
  }
}
