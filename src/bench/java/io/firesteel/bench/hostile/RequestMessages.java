package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.SampleRequests;
import java.util.Random;

/** Valid requests of the hostile tenant, and messages on the topics of requests. */
final class RequestMessages {

  static final String REQUESTS = "spark-job-requests";

  private static final String OWN = REQUESTS + "." + HostilePlatform.HOSTILE;

  private final Random random;
  private final String prefix;
  private int number;

  /**
   * @param prefix of the ids of jobs
   */
  RequestMessages(Random random, String prefix) {
    this.random = random;
    this.prefix = prefix;
  }

  ObjectNode valid() {
    return SampleRequests.example(HostilePlatform.HOSTILE, nextId(), "Pi", 1);
  }

  Message message(String note, byte[] value) {
    return Message.request(note, random.nextInt(4) == 0 ? OWN : REQUESTS, value);
  }

  Message message(String note, String value) {
    return message(note, value.getBytes(UTF_8));
  }

  Message message(String note, ObjectNode request) {
    return message(note, JsonCodec.write(request));
  }

  /** An id that no other message has. */
  String nextId() {
    return prefix + number++;
  }
}
