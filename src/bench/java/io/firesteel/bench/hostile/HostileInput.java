package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Something that a broken or malicious system does to the worker. */
sealed interface HostileInput {

  /** What is special about it, in a few words. */
  String note();

  /**
   * A record.
   *
   * @param compressed whether it is sent in a compressed batch, together with its neighbours
   * @param answer what must become of it
   */
  record Message(
      String note,
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      boolean compressed,
      Answer answer)
      implements HostileInput {

    public Message {
      headers = List.copyOf(headers);
    }

    /** A message on a topic that intake reads; it must be answered. */
    static Message request(String note, String topic, byte @Nullable [] value) {
      return new Message(note, topic, null, value, List.of(), false, Answer.REQUIRED);
    }

    Message with(String name, byte @Nullable [] header) {
      List<Header> more = new ArrayList<>(headers);
      more.add(new RecordHeader(name, header));
      return new Message(note, topic, key, value, more, compressed, answer);
    }

    Message with(String name, String header) {
      return with(name, header.getBytes(UTF_8));
    }

    Message withKey(byte @Nullable [] other) {
      return new Message(note, topic, other, value, headers, compressed, answer);
    }

    Message inBatch() {
      return new Message(note, topic, key, value, headers, true, answer);
    }

    Message withAnswer(Answer other) {
      return new Message(note, topic, key, value, headers, compressed, other);
    }
  }

  /** A change of the cluster's objects. */
  record ClusterChange(String note, Consumer<HostileCluster> change) implements HostileInput {}

  /** What must become of a message. */
  enum Answer {
    /** Events about it, or a dead letter. */
    REQUIRED,
    /** A dead letter. */
    DEAD_LETTER,
    /** Anything, as long as it delays nobody. */
    OPTIONAL
  }
}
