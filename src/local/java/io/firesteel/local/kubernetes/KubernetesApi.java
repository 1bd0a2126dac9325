package io.firesteel.local.kubernetes;

import io.firesteel.local.kubernetes.audit.AuditLog;
import io.firesteel.local.kubernetes.controller.EventExpiry;
import io.firesteel.local.kubernetes.controller.GarbageCollector;
import io.firesteel.local.kubernetes.http.HttpListener;
import io.firesteel.local.kubernetes.http.RequestRouter;
import io.firesteel.local.kubernetes.rules.BootstrapNamespaces;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.watch.WatchBroadcaster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The local Kubernetes API server, on 127.0.0.1 with plain HTTP. Its objects are in memory and lost
 * at the end; the audit log remains. Resource versions start from the clock, so clients list again
 * after a restart. Thread-safe.
 */
public final class KubernetesApi implements AutoCloseable {
  private final ObjectStore store;
  private final Registry registry;
  private final WatchBroadcaster watches;
  private final AuditLog audit;
  private final GarbageCollector garbageCollector;
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

  private KubernetesApi(KubernetesApiOptions options) {
    InstantSource clock = InstantSource.system();
    this.store = new ObjectStore(options.watchCacheSize(), clock.millis() * 10);
    this.audit = AuditLog.open(options.auditLog(), clock);
    this.registry = new Registry(store, audit, clock);
    this.watches = new WatchBroadcaster(store);
    this.garbageCollector = new GarbageCollector(store, registry);
    BootstrapNamespaces.create(registry, options.namespaces());
    garbageCollector.start();
    this.port =
        HttpListener.start(
            vertx,
            options.port(),
            new RequestRouter(store, registry, watches, options.podLogs(), clock));
    long every = options.bookmarkInterval().toMillis();
    housekeeping.scheduleAtFixedRate(watches::sendBookmarks, every, every, TimeUnit.MILLISECONDS);
    EventExpiry expiry = new EventExpiry(store);
    housekeeping.scheduleAtFixedRate(
        () -> expiry.deleteExpired(clock.instant()), 1, 1, TimeUnit.MINUTES);
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @throws IllegalStateException if the port is in use
   */
  public static KubernetesApi start(KubernetesApiOptions options) {
    return new KubernetesApi(options);
  }

  public int port() {
    return port;
  }

  /** For example {@code http://127.0.0.1:41234}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Writes a kubeconfig for {@code kubectl} and client libraries. */
  public void writeKubeconfig(Path file) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, Kubeconfig.text(url()));
  }

  public ObjectStore store() {
    return store;
  }

  public Registry registry() {
    return registry;
  }

  public WatchBroadcaster watches() {
    return watches;
  }

  /** Closes all connections; watches end. */
  @Override
  public void close() {
    housekeeping.shutdownNow();
    HttpListener.await(vertx.close());
    garbageCollector.close();
    audit.close();
  }
}
