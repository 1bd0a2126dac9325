package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Sha256;
import io.firesteel.json.JsonCodec;
import java.nio.charset.StandardCharsets;

/**
 * The request of a schedule's jobs, stored apart from its state because it is long and rarely
 * changes.
 *
 * @param filled whether it has placeholders for the nominal time
 */
public record StoredRequest(JsonNode request, boolean filled) {

  /** The request of a definition. */
  static StoredRequest of(JobSchedule schedule) {
    return new StoredRequest(schedule.request(), schedule.filled());
  }

  String digest() {
    return Sha256.of(filled + new String(JsonCodec.write(request), StandardCharsets.UTF_8));
  }
}
