package io.firesteel.intake;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Tells which partitions lag, so that intake reads them apart from the others. Pure. */
final class LaggingPartitions {

  /** A partition that has more unread records than this starts to lag. */
  static final int MAX_LAG = 100;

  /** A partition that has no more unread records than this no longer lags. */
  static final int CAUGHT_UP = 10;

  private LaggingPartitions() {}

  /**
   * The partitions that lag from now on. A partition whose lag is unknown stays as it is.
   *
   * @param before the partitions that lagged until now
   * @param lag the unread records of a partition
   */
  static Set<TopicPartition> after(
      Set<TopicPartition> before,
      Set<TopicPartition> assigned,
      Function<TopicPartition, OptionalLong> lag) {
    return assigned.stream()
        .filter(partition -> lags(lag.apply(partition), before.contains(partition)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean lags(OptionalLong lag, boolean before) {
    return lag.isEmpty() ? before : lag.getAsLong() > (before ? CAUGHT_UP : MAX_LAG);
  }
}
