package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damaged and misleading requests, CloudEvents and headers. */
final class RequestInputs {

  private static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";

  private final Random random;
  private final HostileText text;
  private final RequestMessages requests;
  private final String prefix;

  /**
   * @param prefix of the ids of jobs
   */
  RequestInputs(Random random, String prefix) {
    this.random = random;
    this.text = new HostileText(random);
    this.requests = new RequestMessages(random, prefix);
    this.prefix = prefix;
  }

  List<HostileInput> bytes() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      inputs.add(requests.message("random bytes", text.bytes(4096)));
      inputs.add(
          requests.message("a damaged request", text.damaged(JsonCodec.write(requests.valid()))));
    }
    inputs.add(requests.message("UTF-16", requests.valid().toString().getBytes(UTF_16)));
    inputs.add(requests.message("zeros", new byte[100_000]));
    inputs.add(requests.message("a byte order mark", "\uFEFF" + requests.valid()));
    inputs.add(requests.message("trailing text", requests.valid() + "{}"));
    inputs.add(requests.message("no value", "").withKey(text.bytes(100)));
    inputs.add(
        Message.request("a tombstone", RequestMessages.REQUESTS, null).withKey(text.bytes(100)));
    inputs.add(requests.message("a key of 900 kB", requests.valid()).withKey(new byte[900_000]));
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
        ObjectNode request = requests.valid();
        int slash = pointer.lastIndexOf('/');
        String parent = pointer.substring(0, slash);
        ObjectNode object = parent.isEmpty() ? request : request.withObject(parent);
        object.put(pointer.substring(slash + 1), "@");
        inputs.add(
            requests.message(
                pointer, request.toString().replace("\"@\"", HostileText.quoted(text.text()))));
      }
    }
    byte[] invalid = requests.valid().put("correlation", "@@").toString().getBytes(UTF_8);
    for (int i = 0; i < invalid.length; i++) {
      if (invalid[i] == '@') {
        invalid[i] = (byte) 0xC0;
      }
    }
    inputs.add(requests.message("invalid UTF-8", invalid));
    return inputs;
  }

  List<HostileInput> events() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      ObjectNode event = event("io.firesteel.job.request.v1");
      event.set("data", requests.valid());
      inputs.add(
          requests.message("an event", text.mutated(event)).with("content-type", STRUCTURED));
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
          requests
              .message("a control event", text.mutated(control))
              .with("content-type", STRUCTURED));
      inputs.add(binary(i));
    }
    ObjectNode encoded = event("io.firesteel.job.request.v1");
    inputs.add(requests.message("data_base64", encoded.put("data_base64", "!!!")));
    inputs.add(
        requests
            .message("a batch", "[" + encoded + "]")
            .with("content-type", "application/cloudevents-batch+json"));
    inputs.add(
        requests
            .message("another format", encoded)
            .with("content-type", "application/cloudevents+avro"));
    return inputs;
  }

  private ObjectNode event(String type) {
    return JsonCodec.MAPPER
        .createObjectNode()
        .put("specversion", "1.0")
        .put("type", type)
        .put("source", "/hostile")
        .put("id", requests.nextId())
        .put("expirytime", "2099-01-01T00:00:00Z")
        .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }

  /** An event in binary mode, with one hostile header. */
  private Message binary(int i) {
    byte[] odd = i % 3 == 0 ? text.bytes(200) : text.text().getBytes(UTF_8);
    List<String> names =
        List.of("specversion", "id", "source", "type", "time", "subject", "expirytime", "x-y");
    String hostile = names.get(random.nextInt(names.size()));
    Message message = requests.message("binary mode, ce_" + hostile, requests.valid());
    for (String name : names.subList(0, 4)) {
      String fine =
          switch (name) {
            case "specversion" -> "1.0";
            case "type" -> "io.firesteel.job.request.v1";
            default -> "/" + requests.nextId();
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
    Message many = requests.message("5,000 headers", requests.valid());
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
      inputs.add(requests.message("header null", requests.valid()).with(name, (byte[]) null));
      inputs.add(requests.message("header bytes", requests.valid()).with(name, text.bytes(300)));
      inputs.add(requests.message("header text", "{").with(name, text.text()));
      inputs.add(requests.message("header of 900 kB", "{").with(name, new byte[900_000]));
    }
    return inputs;
  }

  List<HostileInput> mutations() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ObjectNode request = requests.valid();
      request.putObject("deadline").put("startBy", "2099-01-01T00:00:00Z").put("runWithin", "1h");
      request.putArray("dependsOn").add(prefix + random.nextInt(60));
      request.putObject("labels").put("team", "x");
      ObjectNode spec = (ObjectNode) request.get("spec");
      spec.putObject("sparkConf").put("spark.ui.enabled", "false");
      spec.withObject("/driver").putObject("template").putObject("spec").putArray("volumes");
      spec.putObject("restartPolicy").put("type", "OnFailure").put("onFailureRetries", 1);
      inputs.add(requests.message("a mutation", text.mutated(request)));
    }
    return inputs;
  }
}
