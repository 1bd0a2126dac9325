package io.firesteel.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The results that were published, by {@code tenant/id}. One thread. */
public final class PublishedResults implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One result.
   *
   * @param seenAt when it was read here, milliseconds since 1970
   */
  public record Result(JsonNode data, long seenAt) {

    public String outcome() {
      return data.path("outcome").asText();
    }

    public JsonNode failure() {
      return data.path("failure");
    }
  }

  private final TopicReader topicReader;
  private final Map<String, List<Result>> byJob = new TreeMap<>();

  public PublishedResults(String bootstrapServers) {
    this.topicReader = TopicReader.open(bootstrapServers, "spark-job-results");
  }

  /** Reads what came; waits a moment when there is nothing. */
  public void poll() {
    topicReader.poll(this::record);
  }

  /** Reads what is there, without waiting. */
  public void pollNow() {
    topicReader.pollNow(this::record);
  }

  public Map<String, List<Result>> byJob() {
    return byJob;
  }

  private void record(ConsumerRecord<byte[], byte[]> message) {
    try {
      JsonNode event = JSON.readTree(message.value());
      String job = event.path("tenant").asText() + "/" + event.path("jobid").asText();
      byJob
          .computeIfAbsent(job, key -> new ArrayList<>())
          .add(new Result(event.path("data"), System.currentTimeMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException("a result is not JSON", e);
    }
  }

  @Override
  public void close() {
    topicReader.close();
  }
}
