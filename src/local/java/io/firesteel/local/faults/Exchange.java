package io.firesteel.local.faults;

import io.firesteel.local.faults.FaultyApi.Fate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request on its way through a {@link FaultyApi}, under one weather. */
final class Exchange {

  private final FaultyApi proxy;
  private final Weather weather;

  Exchange(FaultyApi proxy, Weather weather) {
    this.proxy = proxy;
    this.weather = weather;
  }

  void serve(Socket client) throws IOException, InterruptedException {
    client.setTcpNoDelay(true);
    InputStream in = new BufferedInputStream(client.getInputStream());
    RequestHead head = RequestHead.read(in);
    if (head == null) {
      return;
    }
    byte[] body = head.readBody(in);
    Thread.sleep(weather.latency());
    if (head.watch()) {
      watch(client, in, head);
    } else if (weather.denial() != null && head.creation()) {
      proxy.count(Fate.REFUSED);
      String webhook = "admission webhook \\\"rules.example.org\\\" denied the request: ";
      refuse(client, 403, null, webhook + weather.denial());
    } else if (weather.refusal() > 0 && proxy.happens(weather.refused())) {
      proxy.count(Fate.REFUSED);
      refuse(client, weather.refusal(), weather.retryAfter());
    } else {
      pass(client, head, body);
    }
  }

  private void pass(Socket client, RequestHead head, byte[] body) throws IOException {
    try (Socket upstream = proxy.connect()) {
      OutputStream out = upstream.getOutputStream();
      out.write(head.closing());
      out.write(body);
      out.flush();
      if (head.creation() && proxy.happens(weather.lostAnswers())) {
        proxy.count(Fate.ANSWER_LOST);
        upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      proxy.count(Fate.PASSED);
      upstream.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private void watch(Socket client, InputStream in, RequestHead head) throws IOException {
    if (weather.expired()) {
      proxy.count(Fate.WATCH_EXPIRED);
      refuse(client, 410, null);
      return;
    }
    proxy.count(Fate.PASSED);
    try (Socket upstream = proxy.connect()) {
      proxy.opened(client);
      upstream.getOutputStream().write(head.asItCame());
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

  private static void refuse(Socket client, int status, @Nullable Duration retryAfter)
      throws IOException {
    refuse(client, status, retryAfter, "bad weather");
  }

  private static void refuse(
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
