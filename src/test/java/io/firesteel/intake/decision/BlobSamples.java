package io.firesteel.intake.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The stores' samples and a trigger that hands on all that it is told. */
public final class BlobSamples {

  private static final String PARAMETERS =
      """
      {name: bucket, type: string, required: true}, \
      {name: key, type: string, required: true}, \
      {name: url, type: string, required: true}, \
      {name: size, type: int, default: -1, maximum: 1000000000}, \
      {name: etag, type: string, default: ""}\
      """;

  private static final String ARGUMENTS =
      """
      "{{bucket}}", "{{key}}", "{{url}}", "{{size}}", "{{etag}}"\
      """;

  private static final String ALL =
      """
      bucket: "{{bucket}}", key: "{{key}}", url: "{{sparkUrl}}", size: "{{size}}", etag: "{{etag}}"\
      """;

  private BlobSamples() {}

  /** A trigger for every bucket, and for what the filter says besides. */
  static Definitions definitions(String filter) {
    return definitions("bucket: \"**\", " + filter, ALL);
  }

  static Definitions definitions(String filter, String parameters) {
    String given = filter.isEmpty() ? "bucket: \"**\"" : filter;
    String trigger =
        "tenant: sales, template: load, filter: {%s}, parameters: {%s}"
            .formatted(given, parameters);
    Definitions definitions = SampleDefinitions.triggered(PARAMETERS, ARGUMENTS, trigger);
    assertThat(definitions.errors()).isEmpty();
    return definitions;
  }

  /** A trigger with this filter and nothing else. */
  public static Definitions filtered(String filter) {
    return definitions(filter, ALL);
  }

  public static Job job(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.JobSubmitted) ((Decision.Accept) decision).message()).job();
  }

  public static List<Decision> decide(JsonNode message, Definitions definitions) {
    return decide(message(message.toString().getBytes(UTF_8)), definitions);
  }

  public static List<Decision> decide(ReceivedMessage message, Definitions definitions) {
    return new BlobEventHandler(1 << 20).decide(message, definitions);
  }

  public static ReceivedMessage message(byte[] value) {
    return SampleMessages.of("spark-blob-events", Map.of(), value);
  }

  /** Byte for byte as the file has it. */
  public static byte[] bytes(String file) {
    try (InputStream in = BlobSamples.class.getResourceAsStream("/blob-events/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode sample(String file) {
    return SampleMessages.json(new String(bytes(file), UTF_8));
  }
}
