package io.firesteel.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpStartupProbeTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void succeedsOnceSomebodyListens() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var listener = new ServerSocket()) {
      probe(port)
          .await(
              () -> {
                calls.add("failed");
                bind(listener, port);
                return true;
              },
              () -> calls.add("succeeded"));
    }
    assertThat(calls).containsExactly("failed", "succeeded");
  }

  @Test
  void endsWithItsContainer() {
    probe(1).await(() -> calls.add("asked") && calls.size() < 3, () -> calls.add("succeeded"));

    assertThat(calls).containsExactly("asked", "asked", "asked");
  }

  private static void bind(ServerSocket listener, int port) {
    try {
      listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static TcpStartupProbe probe(int port) {
    var container =
        new ContainerBuilder()
            .withName("spark")
            .withNewStartupProbe()
            .withPeriodSeconds(0)
            .withNewTcpSocket()
            .withNewPort(port)
            .endTcpSocket()
            .endStartupProbe()
            .build();
    return TcpStartupProbe.of(container, "127.0.0.1").orElseThrow();
  }
}
