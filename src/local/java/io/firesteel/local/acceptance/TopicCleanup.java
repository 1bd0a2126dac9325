package io.firesteel.local.acceptance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Deletes the topics and groups of a run. */
final class TopicCleanup {

  private static final int ATTEMPTS = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private TopicCleanup() {}

  /** Kafka counts a worker that has stopped as a member until its session ends. */
  static void remove(String bootstrapServers, String prefix)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<String> groups =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .filter(group -> group.startsWith(prefix))
              .toList();
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(prefix))
              .toList();
      admin.deleteTopics(topics).all().get();
      for (String group : groups) {
        for (int attempt = 1; !isDeleted(admin, group, attempt); attempt++) {
          Thread.sleep(PAUSE);
        }
      }
    }
  }

  private static boolean isDeleted(Admin admin, String group, int attempt)
      throws ExecutionException, InterruptedException {
    try {
      admin.deleteConsumerGroups(List.of(group)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException && attempt < ATTEMPTS) {
        return false;
      }
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return true;
      }
      throw e;
    }
  }
}
