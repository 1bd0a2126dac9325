package io.firesteel.kafka;

import io.firesteel.local.kafka.Broker;
import io.firesteel.local.kafka.RunningBroker;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The broker of every test that needs one: a container where a Docker engine answers, the laptop
 * platform's elsewhere. {@code -Dfiresteel.test.broker=laptop} or {@code =container} decides by
 * hand.
 */
public final class TestBroker {

  private static final String IMAGE = "apache/kafka:4.1.1";
  private static final String SWITCH = "firesteel.test.broker";

  private TestBroker() {}

  /** Starts one; only the laptop's keeps anything in the folder. */
  public static RunningBroker start(Path folder) {
    String choice = System.getProperty(SWITCH, "");
    boolean container =
        choice.equals("container")
            || choice.isEmpty() && DockerClientFactory.instance().isDockerAvailable();
    return container ? new Container() : Broker.start(folder, 0);
  }

  private static final class Container implements RunningBroker {

    private final KafkaContainer kafka = new KafkaContainer(IMAGE);

    Container() {
      kafka.start();
    }

    @Override
    public String bootstrapServers() {
      return kafka.getBootstrapServers();
    }

    @Override
    public void close() {
      kafka.close();
    }
  }
}
