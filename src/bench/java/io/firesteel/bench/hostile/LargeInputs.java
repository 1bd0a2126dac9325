package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests of extreme size and structure. */
final class LargeInputs {

  private static final int MIB = 1 << 20;

  private final Random random;
  private final HostileText text;
  private final RequestMessages requests;
  private final String prefix;

  /**
   * @param prefix of the ids of jobs
   */
  LargeInputs(Random random, String prefix) {
    this.random = random;
    this.text = new HostileText(random);
    this.requests = new RequestMessages(random, prefix);
    this.prefix = prefix;
  }

  List<HostileInput> sizes() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int size :
        List.of(511 << 10, 512 << 10, MIB - 1, MIB, MIB + 1, 5 * MIB, (10 * MIB) - 1000)) {
      ObjectNode request = requests.valid();
      int missing = size - JsonCodec.write(request).length - ",\"correlation\":\"\"".length();
      inputs.add(
          requests.message(size + " bytes", request.put("correlation", "x".repeat(missing))));
      ObjectNode argument = requests.valid();
      argument.withObject("/spec").putArray("arguments").add("x".repeat(missing));
      inputs.add(requests.message("an argument of " + size + " bytes", argument));
    }
    for (int size : List.of((64 << 10) - 2, 64 << 10, 1 << 17, (1 << 17) + 1)) {
      inputs.add(
          requests.message(
              "correlation", requests.valid().put("correlation", "\u0001".repeat(size / 6))));
      inputs.add(
          requests.message(
              "correlation",
              requests.valid().put("correlation", "\uD83D\uDE00".repeat(size / 12))));
    }
    ObjectNode many = requests.valid();
    for (int i = 0; i < 20_000; i++) {
      many.withObject("/spec/sparkConf").put("spark.x" + i, "y");
    }
    inputs.add(requests.message("20,000 properties", many));
    ObjectNode files = requests.valid();
    files.withObject("/spec/deps").putArray("jars");
    for (int i = 0; i < 20_000; i++) {
      files.withArray("/spec/deps/jars").add("local:///" + i + ".jar");
    }
    inputs.add(requests.message("20,000 jars", files));
    return inputs;
  }

  List<HostileInput> nesting() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int depth : List.of(100, 900, 1001, 10_000, 500_000)) {
      inputs.add(requests.message(depth + " arrays", "[".repeat(depth) + "]".repeat(depth)));
      inputs.add(requests.message(depth + " open arrays", "[".repeat(depth)));
      String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      inputs.add(requests.message(depth + " objects", objects));
      for (String field : List.of("correlation", "spec", "dependsOn", "parameters")) {
        String request = requests.valid().put(field, "@").toString();
        inputs.add(
            requests.message(depth + " objects in " + field, request.replace("\"@\"", objects)));
      }
    }
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
        inputs.add(
            requests.message(
                field, requests.valid().put(field, "@").toString().replace("\"@\"", value)));
      }
      for (String field : List.of("cores", "memory")) {
        ObjectNode request = requests.valid();
        request.withObject("/spec/driver").put(field, "@");
        inputs.add(requests.message(field, request.toString().replace("\"@\"", value)));
      }
      ObjectNode request = requests.valid();
      request.withObject("/spec/executor").put("instances", "@");
      inputs.add(requests.message("instances", request.toString().replace("\"@\"", value)));
    }
    return inputs;
  }

  List<HostileInput> duplicates() {
    List<HostileInput> inputs = new ArrayList<>();
    String request = requests.valid().toString();
    inputs.add(
        requests.message("a repeated field", request.replaceFirst("\\{", "{\"tenant\":\"x\",")));
    inputs.add(
        requests.message("a repeated field", request.replaceFirst("\\}$", ",\"jobId\":\"x\"}")));
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      many.append("\"a\":1,");
    }
    inputs.add(requests.message("50,000 repeated fields", many + "\"b\":1}"));
    ObjectNode twice = requests.valid();
    for (int i = 0; i < 10; i++) {
      inputs.add(requests.message("the same job again", twice));
      inputs.add(
          requests.message(
              "the same id for another job", requests.valid().put("id", "same-" + prefix)));
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
      inputs.add(requests.message("YAML", document).with("content-type", "application/yaml"));
      inputs.add(requests.message("YAML without its content type", document));
    }
    for (int i = 0; i < 10; i++) {
      byte[] damaged =
          text.damaged(documents.get(random.nextInt(documents.size())).getBytes(UTF_8));
      inputs.add(requests.message("damaged YAML", damaged).with("content-type", "text/yaml"));
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
          Message.request(
                  "%d x %d zeros".formatted(records, bytes), RequestMessages.REQUESTS, value)
              .inBatch());
    }
    return inputs;
  }
}
