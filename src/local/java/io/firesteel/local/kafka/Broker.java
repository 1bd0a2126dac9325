package io.firesteel.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A one-node Kafka in KRaft mode on 127.0.0.1. Its topics survive a restart in the same folder,
 * also after the JVM is killed.
 */
public final class Broker implements RunningBroker {

  private static final int NODE = 1;
  private static final String CLUSTER_ID_FILE = "cluster.id";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private Broker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it accepts connections.
   *
   * @param folder the folder for its log; created if it does not exist
   * @param port the port for clients; 0 for a free port
   */
  public static Broker start(Path folder, int port) {
    int clientPort = port == 0 ? freePort() : port;
    int controllerPort = freePort();
    try {
      Path log = Files.createDirectories(folder.resolve("log"));
      format(folder, log);
      KafkaConfig config = new KafkaConfig(settings(log, clientPort, controllerPort), false);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new Broker(server, "127.0.0.1:" + clientPort);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a Kafka log in " + folder, e);
    }
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** The cluster id must stay the same for the life of the folder. */
  private static void format(Path folder, Path log) throws IOException {
    Path idFile = folder.resolve(CLUSTER_ID_FILE);
    if (Files.notExists(idFile)) {
      Files.writeString(idFile, Uuid.randomUuid().toString());
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
            .setClusterId(Files.readString(idFile))
            .setNodeId(NODE)
            .setDirectories(List.of(log.toString()))
            .setIgnoreFormatted(true)
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(log.toString())
            .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + log, e);
    }
  }

  private static Properties settings(Path log, int clients, int controller) {
    Properties settings = new Properties();
    settings.putAll(SMALL);
    settings.put("node.id", Integer.toString(NODE));
    settings.put("log.dirs", log.toString());
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clients, controller));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + clients);
    return settings;
  }

  /** One node, few threads, and a short session timeout, so that a killed broker restarts fast. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "2"),
          Map.entry("background.threads", "2"),
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("broker.session.timeout.ms", "6000"),
          Map.entry("broker.heartbeat.interval.ms", "1000"),
          Map.entry("group.min.session.timeout.ms", "1000"));

  /** A port of 127.0.0.1 that is free at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }
}
