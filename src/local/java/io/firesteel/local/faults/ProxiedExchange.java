package io.firesteel.local.faults;

import io.firesteel.local.faults.FaultInjectionProxy.RequestOutcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request through a {@link FaultInjectionProxy}, with the faults at its start. */
final class ProxiedExchange {

  private final FaultInjectionProxy proxy;
  private final InjectedFaults faults;

  ProxiedExchange(FaultInjectionProxy proxy, InjectedFaults faults) {
    this.proxy = proxy;
    this.faults = faults;
  }

  void serve(Socket client) throws IOException, InterruptedException {
    client.setTcpNoDelay(true);
    InputStream in = new BufferedInputStream(client.getInputStream());
    RequestHead head = RequestHead.read(in);
    if (head == null) {
      return;
    }
    byte[] body = head.readBody(in);
    Thread.sleep(faults.latency());
    if (head.isWatch()) {
      watch(client, in, head);
    } else if (faults.webhookDenial() != null && head.isCreation()) {
      proxy.count(RequestOutcome.REJECTED);
      String webhook = "admission webhook \\\"rules.example.org\\\" denied the request: ";
      reject(client, 403, null, webhook + faults.webhookDenial());
    } else if (faults.errors().status() > 0 && proxy.occurs(faults.errors().percent())) {
      proxy.count(RequestOutcome.REJECTED);
      reject(client, faults.errors().status(), faults.errors().retryAfter());
    } else {
      forward(client, head, body);
    }
  }

  private void forward(Socket client, RequestHead head, byte[] body) throws IOException {
    try (Socket upstream = proxy.connect()) {
      OutputStream out = upstream.getOutputStream();
      out.write(head.withConnectionClose());
      out.write(body);
      out.flush();
      if (head.isCreation() && proxy.occurs(faults.lostResponsePercent())) {
        proxy.count(RequestOutcome.RESPONSE_LOST);
        upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      proxy.count(RequestOutcome.PASSED);
      upstream.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private void watch(Socket client, InputStream in, RequestHead head) throws IOException {
    if (faults.watchesExpired()) {
      proxy.count(RequestOutcome.WATCH_EXPIRED);
      reject(client, 410, null);
      return;
    }
    proxy.count(RequestOutcome.PASSED);
    try (Socket upstream = proxy.connect()) {
      proxy.opened(client);
      upstream.getOutputStream().write(head.original());
      upstream.getOutputStream().flush();
      proxy.pump(() -> copy(in, upstream));
      upstream.getInputStream().transferTo(client.getOutputStream());
    } finally {
      proxy.ended(client);
    }
  }

  private static void copy(InputStream from, Socket to) {
    try (to) {
      from.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The other direction ends with the socket.
    }
  }

  private static void reject(Socket client, int status, @Nullable Duration retryAfter)
      throws IOException {
    reject(client, status, retryAfter, "injected fault");
  }

  private static void reject(
      Socket client, int status, @Nullable Duration retryAfter, String message) throws IOException {
    String seconds = retryAfter == null ? "" : ",\"details\":{\"retryAfterSeconds\":%d}";
    long wait = retryAfter == null ? 0 : retryAfter.toSeconds();
    String body =
        ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"%s\",\"code\":%d%s}")
            .formatted(message, status, seconds.formatted(wait));
    String head =
        "HTTP/1.1 %d Refused\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
            .formatted(
                status, body.length(), retryAfter == null ? "" : "Retry-After: " + wait + "\r\n");
    client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }
}
