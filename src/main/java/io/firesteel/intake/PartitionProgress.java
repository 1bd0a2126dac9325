package io.firesteel.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far intake has come in a partition of a request topic. It reads the partition twice: at once,
 * handling what is within its tenant's share and deferring the rest, and a second time for what it
 * deferred. Once a message of a tenant is deferred, so are all later ones, until the second reading
 * has handled the last of them; so the messages of a tenant keep their order. Pure; one thread.
 *
 * <p>What is committed is the offset of the second reading. Its metadata says how far the first has
 * come and whose messages it deferred, so that the next owner of the partition handles each message
 * once.
 */
final class PartitionProgress {

  /** Below Kafka's {@code offset.metadata.max.bytes}, which is 4096 by default. */
  private static final int MAX_METADATA = 4_000;

  private static final Pattern METADATA = Pattern.compile("(\\d{1,18})((?:;[^;=]+=\\d+-\\d+)*)");
  private static final Pattern DEFERRED = Pattern.compile(";([^;=]+)=(\\d{1,18})-(\\d{1,18})");

  /** The first and the last offset of a tenant's deferred messages. */
  private record Offsets(long first, long last) {}

  private final Map<String, Offsets> deferred = new LinkedHashMap<>();
  private long next;
  private long caughtUp;

  private PartitionProgress(long next, long caughtUp) {
    this.next = next;
    this.caughtUp = caughtUp;
  }

  /** Nothing before the offset is deferred. */
  static PartitionProgress at(long next) {
    return new PartitionProgress(next, next);
  }

  /** As it was committed. Metadata that is not from here says that nothing is deferred. */
  static PartitionProgress of(OffsetAndMetadata committed) {
    Matcher metadata = METADATA.matcher(committed.metadata());
    if (!metadata.matches()) {
      return at(committed.offset());
    }
    var progress = new PartitionProgress(Long.parseLong(metadata.group(1)), committed.offset());
    DEFERRED
        .matcher(metadata.group(2))
        .results()
        .forEach(tenant ->
            progress.deferred.put(
                tenant.group(1),
                new Offsets(Long.parseLong(tenant.group(2)), Long.parseLong(tenant.group(3)))));
    return progress;
  }

  /** What to commit. */
  OffsetAndMetadata toCommit() {
    return isBehind() ? new OffsetAndMetadata(caughtUp, metadata()) : new OffsetAndMetadata(next);
  }

  private String metadata() {
    return deferred.entrySet().stream()
        .map(tenant ->
            ";%s=%d-%d".formatted(tenant.getKey(), tenant.getValue().first, tenant.getValue().last))
        .collect(Collectors.joining("", Long.toString(next), ""));
  }

  /** The offset at which the first reading goes on. */
  long next() {
    return next;
  }

  /** The offset at which the second reading goes on. */
  long caughtUp() {
    return caughtUp;
  }

  /** Whether messages are deferred. */
  boolean isBehind() {
    return !deferred.isEmpty();
  }

  /**
   * Defers a message, if its tenant is over its share or has deferred messages already. Returns
   * whether it is deferred; it is not if the metadata has no room for another tenant.
   */
  boolean defer(String tenant, long offset, boolean overShare) {
    Offsets before = deferred.get(tenant);
    if (before == null && (!overShare || !hasRoom(tenant))) {
      return false;
    }
    if (deferred.isEmpty()) {
      caughtUp = offset;
    }
    deferred.put(tenant, new Offsets(before == null ? offset : before.first, offset));
    return true;
  }

  private boolean hasRoom(String tenant) {
    int offsets = 3 * Long.toString(Long.MAX_VALUE).length();
    return deferred.keySet().stream().mapToInt(name -> name.length() + offsets).sum()
            + tenant.length()
            + 2 * offsets
        < MAX_METADATA;
  }

  /** The first reading has handled or deferred everything before an offset. */
  void readUpTo(long offset) {
    next = offset;
  }

  /** Whether the second reading handles a message. */
  boolean isDeferred(String tenant, long offset) {
    Offsets offsets = deferred.get(tenant);
    return offsets != null && offset < next && offsets.first <= offset && offset <= offsets.last;
  }

  /** The second reading has handled everything that was deferred before an offset. */
  void caughtUpTo(long offset) {
    caughtUp = Math.min(offset, next);
    deferred.values().removeIf(offsets -> offsets.last < caughtUp);
  }
}
