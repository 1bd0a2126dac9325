package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.SampleRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages on the topics of requests. */
final class RequestInputs {

  private static final String REQUESTS = "spark-job-requests";
  private static final String OWN = REQUESTS + "." + HostilePlatform.HOSTILE;
  private static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";
  private static final int MIB = 1 << 20;

  private final Random random;
  private final HostileText text;
  private final String prefix;
  private int number;

  /**
   * @param prefix of the ids of jobs
   */
  RequestInputs(Random random, String prefix) {
    this.random = random;
    this.text = new HostileText(random);
    this.prefix = prefix;
  }

  private ObjectNode valid() {
    return SampleRequests.example(HostilePlatform.HOSTILE, prefix + number++, "Pi", 1);
  }

  private Message message(String note, byte[] value) {
    return Message.request(note, random.nextInt(4) == 0 ? OWN : REQUESTS, value);
  }

  private Message message(String note, String value) {
    return message(note, value.getBytes(UTF_8));
  }

  private Message message(String note, ObjectNode request) {
    return message(note, JsonCodec.write(request));
  }

  List<HostileInput> bytes() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      inputs.add(message("random bytes", text.bytes(4096)));
      inputs.add(message("a damaged request", text.damaged(JsonCodec.write(valid()))));
    }
    inputs.add(message("UTF-16", valid().toString().getBytes(UTF_16)));
    inputs.add(message("zeros", new byte[100_000]));
    inputs.add(message("a byte order mark", "\uFEFF" + valid()));
    inputs.add(message("trailing text", valid() + "{}"));
    inputs.add(message("no value", "").withKey(text.bytes(100)));
    inputs.add(Message.request("a tombstone", REQUESTS, null).withKey(text.bytes(100)));
    inputs.add(message("a key of 900 kB", valid()).withKey(new byte[900_000]));
    return inputs;
  }

  List<HostileInput> sizes() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int size :
        List.of(511 << 10, 512 << 10, MIB - 1, MIB, MIB + 1, 5 * MIB, (10 * MIB) - 1000)) {
      ObjectNode request = valid();
      int missing = size - JsonCodec.write(request).length - ",\"correlation\":\"\"".length();
      inputs.add(message(size + " bytes", request.put("correlation", "x".repeat(missing))));
      ObjectNode argument = valid();
      argument.withObject("/spec").putArray("arguments").add("x".repeat(missing));
      inputs.add(message("an argument of " + size + " bytes", argument));
    }
    for (int size : List.of((64 << 10) - 2, 64 << 10, 1 << 17, (1 << 17) + 1)) {
      inputs.add(message("correlation", valid().put("correlation", "\u0001".repeat(size / 6))));
      inputs.add(
          message("correlation", valid().put("correlation", "\uD83D\uDE00".repeat(size / 12))));
    }
    ObjectNode many = valid();
    for (int i = 0; i < 20_000; i++) {
      many.withObject("/spec/sparkConf").put("spark.x" + i, "y");
    }
    inputs.add(message("20,000 properties", many));
    ObjectNode files = valid();
    files.withObject("/spec/deps").putArray("jars");
    for (int i = 0; i < 20_000; i++) {
      files.withArray("/spec/deps/jars").add("local:///" + i + ".jar");
    }
    inputs.add(message("20,000 jars", files));
    return inputs;
  }

  List<HostileInput> nesting() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int depth : List.of(100, 900, 1001, 10_000, 500_000)) {
      inputs.add(message(depth + " arrays", "[".repeat(depth) + "]".repeat(depth)));
      inputs.add(message(depth + " open arrays", "[".repeat(depth)));
      String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      inputs.add(message(depth + " objects", objects));
      for (String field : List.of("correlation", "spec", "dependsOn", "parameters")) {
        String request = valid().put(field, "@").toString();
        inputs.add(message(depth + " objects in " + field, request.replace("\"@\"", objects)));
      }
    }
    return inputs;
  }

  List<HostileInput> unicode() {
    List<HostileInput> inputs = new ArrayList<>();
    for (String pointer :
        List.of(
            "/jobId",
            "/id",
            "/source",
            "/tenant",
            "/template",
            "/correlation",
            "/spec/mainClass",
            "/spec/image",
            "/spec/arguments",
            "/spec/driver/memory",
            "/spec/driver/labels",
            "/spec/sparkConf/spark.app.name")) {
      for (int i = 0; i < 3; i++) {
        ObjectNode request = valid();
        int slash = pointer.lastIndexOf('/');
        String parent = pointer.substring(0, slash);
        ObjectNode object = parent.isEmpty() ? request : request.withObject(parent);
        object.put(pointer.substring(slash + 1), "@");
        inputs.add(
            message(pointer, request.toString().replace("\"@\"", HostileText.quoted(text.text()))));
      }
    }
    byte[] invalid = valid().put("correlation", "@@").toString().getBytes(UTF_8);
    for (int i = 0; i < invalid.length; i++) {
      if (invalid[i] == '@') {
        invalid[i] = (byte) 0xC0;
      }
    }
    inputs.add(message("invalid UTF-8", invalid));
    return inputs;
  }

  List<HostileInput> numbers() {
    List<HostileInput> inputs = new ArrayList<>();
    List<String> numbers =
        List.of(
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "9".repeat(1000),
            "9".repeat(300_000),
            "0." + "1".repeat(300_000),
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "-0",
            "1.5",
            "NaN",
            "0x10",
            "1e");
    for (String value : numbers) {
      for (String field : List.of("priority", "correlation", "notBefore", "jobId")) {
        inputs.add(message(field, valid().put(field, "@").toString().replace("\"@\"", value)));
      }
      for (String field : List.of("cores", "memory")) {
        ObjectNode request = valid();
        request.withObject("/spec/driver").put(field, "@");
        inputs.add(message(field, request.toString().replace("\"@\"", value)));
      }
      ObjectNode request = valid();
      request.withObject("/spec/executor").put("instances", "@");
      inputs.add(message("instances", request.toString().replace("\"@\"", value)));
    }
    return inputs;
  }

  List<HostileInput> duplicates() {
    List<HostileInput> inputs = new ArrayList<>();
    String request = valid().toString();
    inputs.add(message("a repeated field", request.replaceFirst("\\{", "{\"tenant\":\"x\",")));
    inputs.add(message("a repeated field", request.replaceFirst("\\}$", ",\"jobId\":\"x\"}")));
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      many.append("\"a\":1,");
    }
    inputs.add(message("50,000 repeated fields", many + "\"b\":1}"));
    ObjectNode twice = valid();
    for (int i = 0; i < 10; i++) {
      inputs.add(message("the same job again", twice));
      inputs.add(message("the same id for another job", valid().put("id", "same-" + prefix)));
    }
    return inputs;
  }

  List<HostileInput> yaml() {
    List<HostileInput> inputs = new ArrayList<>();
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }
    List<String> documents =
        List.of(
            bomb.toString(),
            "a: &a [*a]\n",
            "tenant: hostile\n<<: &x {<<: *x}\n",
            "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1\"]]\n",
            "--- {}\n".repeat(10_000),
            "[".repeat(50_000),
            "{a: ".repeat(50_000),
            "a:\n" + "- ".repeat(100_000),
            "? ".repeat(50_000),
            "\"" + "\\\n".repeat(100_000),
            "tenant: hostile\njobId: 0x1F\nspec: 2001-01-01\n",
            "tenant: hostile\njobId: " + prefix + "yaml\nspec: {type: Java}\n",
            "%YAML 9.9\n---\na: 1\n",
            "!!binary aGVsbG8=\n",
            "? {a: b}\n: c\n",
            "a: .nan\nb: .inf\nc: 1_000\nd: 0o777\ne: 190:20:30\n",
            "&a a: *a\n",
            "\t- x\n");
    for (String document : documents) {
      inputs.add(message("YAML", document).with("content-type", "application/yaml"));
      inputs.add(message("YAML without its content type", document));
    }
    for (int i = 0; i < 10; i++) {
      byte[] damaged =
          text.damaged(documents.get(random.nextInt(documents.size())).getBytes(UTF_8));
      inputs.add(message("damaged YAML", damaged).with("content-type", "text/yaml"));
    }
    return inputs;
  }

  List<HostileInput> events() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      ObjectNode event = event("io.firesteel.job.request.v1");
      event.set("data", valid());
      inputs.add(message("an event", text.mutated(event)).with("content-type", STRUCTURED));
      ObjectNode control =
          event(
              List.of(
                      "io.firesteel.job.cancel.v1",
                      "io.firesteel.job.priority.v1",
                      "io.firesteel.tenant.suspend.v1",
                      "io.firesteel.tenant.resume.v1")
                  .get(random.nextInt(4)));
      control
          .putObject("data")
          .put("tenant", HostilePlatform.HOSTILE)
          .put("jobId", prefix + i)
          .put("priority", i);
      inputs.add(
          message("a control event", text.mutated(control)).with("content-type", STRUCTURED));
      inputs.add(binary(i));
    }
    ObjectNode encoded = event("io.firesteel.job.request.v1");
    inputs.add(message("data_base64", encoded.put("data_base64", "!!!")));
    inputs.add(
        message("a batch", "[" + encoded + "]")
            .with("content-type", "application/cloudevents-batch+json"));
    inputs.add(
        message("another format", encoded).with("content-type", "application/cloudevents+avro"));
    return inputs;
  }

  private ObjectNode event(String type) {
    return JsonCodec.MAPPER
        .createObjectNode()
        .put("specversion", "1.0")
        .put("type", type)
        .put("source", "/hostile")
        .put("id", prefix + "event-" + number++)
        .put("expirytime", "2099-01-01T00:00:00Z")
        .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }

  /** An event in binary mode, with one hostile header. */
  private Message binary(int i) {
    byte[] odd = i % 3 == 0 ? text.bytes(200) : text.text().getBytes(UTF_8);
    List<String> names =
        List.of("specversion", "id", "source", "type", "time", "subject", "expirytime", "x-y");
    String hostile = names.get(random.nextInt(names.size()));
    Message message = message("binary mode, ce_" + hostile, valid());
    for (String name : names.subList(0, 4)) {
      String fine =
          switch (name) {
            case "specversion" -> "1.0";
            case "type" -> "io.firesteel.job.request.v1";
            default -> "/" + prefix + number;
          };
      message = name.equals(hostile) ? message : message.with("ce_" + name, fine);
    }
    Message other = message.with("ce_" + hostile, i % 5 == 0 ? null : odd);
    return i % 4 == 0
        ? other.with("ce_" + hostile, odd)
        : other.with("content-type", "application/json");
  }

  List<HostileInput> headers() {
    List<HostileInput> inputs = new ArrayList<>();
    Message many = message("5,000 headers", valid());
    for (int i = 0; i < 200; i++) {
      many = many.with("h" + i, text.bytes(50));
    }
    inputs.add(many);
    for (String name :
        List.of(
            "",
            "content-type",
            "ce_specversion",
            "traceparent",
            "firesteel-reason-code",
            "firesteel-origin-offset",
            "firesteel-cut-from-bytes",
            "\u0000",
            text.text())) {
      inputs.add(message("header null", valid()).with(name, (byte[]) null));
      inputs.add(message("header bytes", valid()).with(name, text.bytes(300)));
      inputs.add(message("header text", "{").with(name, text.text()));
      inputs.add(message("header of 900 kB", "{").with(name, new byte[900_000]));
    }
    return inputs;
  }

  List<HostileInput> mutations() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ObjectNode request = valid();
      request.putObject("deadline").put("startBy", "2099-01-01T00:00:00Z").put("runWithin", "1h");
      request.putArray("dependsOn").add(prefix + random.nextInt(60));
      request.putObject("labels").put("team", "x");
      ObjectNode spec = (ObjectNode) request.get("spec");
      spec.putObject("sparkConf").put("spark.ui.enabled", "false");
      spec.withObject("/driver").putObject("template").putObject("spec").putArray("volumes");
      spec.putObject("restartPolicy").put("type", "OnFailure").put("onFailureRetries", 1);
      inputs.add(message("a mutation", text.mutated(request)));
    }
    return inputs;
  }

  /** Batches that are small on the wire and large in memory. */
  List<HostileInput> zeros() {
    List<HostileInput> inputs = new ArrayList<>();
    int records = List.of(1, 8, 4000).get(random.nextInt(3));
    int bytes = List.of(96 * MIB, 12 * MIB, 24 << 10).get(List.of(1, 8, 4000).indexOf(records));
    byte[] value = new byte[bytes];
    for (int i = 0; i < records; i++) {
      inputs.add(
          Message.request("%d x %d zeros".formatted(records, bytes), REQUESTS, value).inBatch());
    }
    return inputs;
  }
}
