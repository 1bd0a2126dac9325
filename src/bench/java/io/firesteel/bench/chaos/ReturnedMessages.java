package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.e2e.PublishedEvents;
import io.firesteel.json.JsonCodec;
import java.util.HashMap;
import java.util.Map;

/**
 * How many messages about each job, {@code tenant/id}, came back: as dead letters, or as refusals
 * by admission, which make none, because the tenant was removed in the meantime.
 */
record ReturnedMessages(Map<String, Integer> requests, Map<String, Integer> cancels) {

  static ReturnedMessages of(PublishedEvents publishedEvents) {
    Map<String, Integer> requests = new HashMap<>();
    Map<String, Integer> cancels = new HashMap<>();
    for (byte[] value : publishedEvents.deadLetterValues().values()) {
      JsonNode message = JsonCodec.read(value, JsonNode.class);
      boolean request = message.has("jobId");
      JsonNode data = request ? message : message.path("data");
      String job = data.path("tenant").asText() + "/" + data.path("jobId").asText();
      (request ? requests : cancels).merge(job, 1, Integer::sum);
    }
    publishedEvents
        .results()
        .forEach((job, results) -> {
          for (JsonNode result : results) {
            if (result.path("failure").path("reason").asText().equals("TenantRemoved")
                && result.path("outcome").asText().equals("REFUSED")) {
              requests.merge(job, 1, Integer::sum);
            }
          }
        });
    return new ReturnedMessages(requests, cancels);
  }
}
