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

/** Published results by {@code tenant/id}. For one thread. */
public final class PublishedResults implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One result.
   *
   * @param readAt when it was read, in milliseconds since 1970
   */
  public record Result(JsonNode data, long readAt) {

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

  /** Reads new results; waits briefly if there are none. */
  public void poll() {
    topicReader.poll(this::record);
  }

  /** Reads new results without waiting. */
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
