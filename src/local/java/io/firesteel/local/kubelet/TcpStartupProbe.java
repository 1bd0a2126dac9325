package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A startup probe that connects to a port of a pod; containers with a probe of another kind start
 * at once.
 */
record TcpStartupProbe(InetSocketAddress port, Duration initialDelay, Duration period) {

  private static final int TIMEOUT_MILLIS = 1000;
  private static final int DEFAULT_PERIOD_SECONDS = 10;

  static Optional<TcpStartupProbe> of(Container container, String address) {
    var probe = container.getStartupProbe();
    if (probe == null || probe.getTcpSocket() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TcpStartupProbe(
            new InetSocketAddress(address, probe.getTcpSocket().getPort().getIntVal()),
            seconds(probe.getInitialDelaySeconds(), 0),
            seconds(probe.getPeriodSeconds(), DEFAULT_PERIOD_SECONDS)));
  }

  private static Duration seconds(@Nullable Integer given, int otherwise) {
    return Duration.ofSeconds(given == null ? otherwise : given);
  }

  /** Probes until it succeeds, or the container no longer runs. */
  void await(BooleanSupplier running, Runnable succeeded) {
    try {
      Thread.sleep(initialDelay);
      while (running.getAsBoolean()) {
        if (connects()) {
          succeeded.run();
          return;
        }
        Thread.sleep(period);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean connects() {
    try (var socket = new Socket()) {
      socket.connect(port, TIMEOUT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
