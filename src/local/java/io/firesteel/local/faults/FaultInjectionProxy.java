package io.firesteel.local.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy of a Kubernetes API that injects {@link InjectedFaults}. It serves one request per
 * connection and tunnels watches until they end. Listens on 127.0.0.1 with plain HTTP/1.1.
 * Thread-safe.
 */
public final class FaultInjectionProxy implements AutoCloseable {

  /** The outcome of a request. */
  public enum RequestOutcome {
    PASSED,
    DISCONNECTED,
    REJECTED,
    RESPONSE_LOST,
    WATCH_EXPIRED,
    WATCH_DROPPED
  }

  private final InetSocketAddress api;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
  private final Map<RequestOutcome, Integer> outcomes = new EnumMap<>(RequestOutcome.class);
  private final Random random = new Random(42);
  private volatile InjectedFaults faults = InjectedFaults.NONE;

  private FaultInjectionProxy(InetSocketAddress api, ServerSocket server) {
    this.api = api;
    this.server = server;
  }

  /** Starts a proxy on a free port. */
  public static FaultInjectionProxy inFrontOf(int apiPort) {
    InetAddress local = InetAddress.getLoopbackAddress();
    try {
      ServerSocket server = new ServerSocket(0, 200, local);
      FaultInjectionProxy proxy =
          new FaultInjectionProxy(new InetSocketAddress(local, apiPort), server);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }

  /** Changes the faults of new requests; open watches continue. */
  public void inject(InjectedFaults newFaults) {
    faults = newFaults;
  }

  /** Closes every open watch without a response. */
  public void dropWatches() {
    for (Socket watch : Set.copyOf(watches)) {
      count(RequestOutcome.WATCH_DROPPED);
      close(watch);
    }
  }

  /** The number of open watches. */
  public int openWatches() {
    return watches.size();
  }

  /** The number of requests by outcome. */
  public Map<RequestOutcome, Integer> outcomes() {
    synchronized (outcomes) {
      return Map.copyOf(outcomes);
    }
  }

  /** Copies the kubeconfig with the address of this proxy. */
  public void writeKubeconfig(Path original, Path file) throws IOException {
    String text = Files.readString(original);
    Files.writeString(
        file, text.replaceAll("server: .*", "server: http://127.0.0.1:" + server.getLocalPort()));
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    InjectedFaults current = faults;
    try (client) {
      if (current.unreachable()) {
        count(RequestOutcome.DISCONNECTED);
        return;
      }
      new ProxiedExchange(this, current).serve(client);
    } catch (IOException _) {
      // The client or the API server closed the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  Socket connect() throws IOException {
    Socket upstream = new Socket();
    upstream.connect(api);
    upstream.setTcpNoDelay(true);
    return upstream;
  }

  boolean occurs(int percent) {
    synchronized (random) {
      return random.nextInt(100) < percent;
    }
  }

  void count(RequestOutcome outcome) {
    synchronized (outcomes) {
      outcomes.merge(outcome, 1, Integer::sum);
    }
  }

  void opened(Socket watch) {
    watches.add(watch);
  }

  void ended(Socket watch) {
    watches.remove(watch);
  }

  void pump(Runnable work) {
    threads.execute(work);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // It is closed.
    }
    dropWatches();
    threads.shutdownNow();
  }
}
