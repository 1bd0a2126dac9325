package io.firesteel.kafka;

import io.firesteel.kafka.Topics.TopicSpec;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kafka's own commands, as an operator types them.
 *
 * @param bootstrapServers Kafka's address
 */
record KafkaCommands(String bootstrapServers) {

  /** Sets one setting of a topic. */
  String configs(String topic, String setting, String value) {
    return "kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s=%s"
        .formatted(bootstrapServers, topic, setting, value);
  }

  /** Creates or deletes a topic. */
  String topics(String action, String topic) {
    return "kafka-topics.sh --bootstrap-server %s %s --topic %s"
        .formatted(bootstrapServers, action, topic);
  }

  /** The options of {@link #topics} that create a topic with its settings. */
  static String settings(TopicSpec spec) {
    return spec.settings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining());
  }

  /** Resets the offsets of a group; needs an option that says to which. */
  String resetOffsets(String group, String topic) {
    return "kafka-consumer-groups.sh --bootstrap-server %s --group %s --topic %s --reset-offsets --execute"
        .formatted(bootstrapServers, group, topic);
  }
}
