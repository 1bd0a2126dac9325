package io.firesteel.local.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The laptop's Kubernetes API server. Listens on 127.0.0.1 over plain HTTP; everything it holds is
 * in memory and gone when it closes, the audit log stays. Resource versions start from the clock,
 * so that a client that lived through a restart is told to list again. Thread-safe.
 */
public final class KubernetesApi implements AutoCloseable {
  private final ObjectStore store;
  private final Registry registry;
  private final WatchHub hub;
  private final AuditLog audit;
  private final Collector collector;
  private final Options options;
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("laptop-housekeeping").factory());
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(Math.min(4, Runtime.getRuntime().availableProcessors()))
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final int port;

  private KubernetesApi(Options options) {
    this.options = options;
    this.store = new ObjectStore(options.history(), options.clock().millis() * 10);
    this.audit = AuditLog.open(options.auditLog(), options.clock());
    this.registry = new Registry(store, audit, options.clock());
    this.hub = new WatchHub(store);
    this.collector = new Collector(store, registry);
    FirstObjects.create(registry, options.namespaces());
    collector.start();
    this.port = Listening.start(vertx, options.port(), new ApiServer(this));
    long every = options.bookmarkEvery().toMillis();
    housekeeping.scheduleAtFixedRate(hub::bookmarks, every, every, TimeUnit.MILLISECONDS);
    EventExpiry expiry = new EventExpiry(store);
    housekeeping.scheduleAtFixedRate(
        () -> expiry.sweep(options.clock().instant()), 1, 1, TimeUnit.MINUTES);
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws IllegalStateException if the port cannot be had
   */
  public static KubernetesApi start(Options options) {
    return new KubernetesApi(options);
  }

  public int port() {
    return port;
  }

  /** For example {@code http://127.0.0.1:41234}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The same objects without HTTP, for other parts of the platform and for benchmarks. */
  public Cluster cluster() {
    return new Cluster(this);
  }

  /** Writes a file that {@code kubectl --kubeconfig} and every client library accept. */
  public void writeKubeconfig(Path file) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, Kubeconfig.text(url()));
  }

  ObjectStore store() {
    return store;
  }

  Registry registry() {
    return registry;
  }

  WatchHub hub() {
    return hub;
  }

  Options options() {
    return options;
  }

  /** Closes all connections; watches end. */
  @Override
  public void close() {
    housekeeping.shutdownNow();
    Listening.await(vertx.close());
    collector.close();
    audit.close();
  }
}
