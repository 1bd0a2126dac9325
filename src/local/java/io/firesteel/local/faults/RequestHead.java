package io.firesteel.local.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The request line and the headers of an HTTP/1.1 request. */
record RequestHead(String line, List<String> headers) {

  private static final int MAX_BYTES = 64 << 10;

  RequestHead {
    headers = List.copyOf(headers);
  }

  /** Reads up to the empty line; null if the client closed the connection. */
  static @Nullable RequestHead read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!endsWithEmptyLine(bytes)) {
      int next = in.read();
      if (next < 0 || bytes.size() > MAX_BYTES) {
        return null;
      }
      bytes.write(next);
    }
    List<String> lines = bytes.toString(StandardCharsets.ISO_8859_1).lines().toList();
    return new RequestHead(
        lines.getFirst(), lines.stream().skip(1).filter(line -> !line.isEmpty()).toList());
  }

  private static boolean endsWithEmptyLine(ByteArrayOutputStream bytes) {
    if (bytes.size() < 4) {
      return false;
    }
    byte[] all = bytes.toByteArray();
    int n = all.length;
    return all[n - 1] == '\n' && all[n - 2] == '\r' && all[n - 3] == '\n' && all[n - 4] == '\r';
  }

  /** Reads the body. */
  byte[] readBody(InputStream in) throws IOException {
    if ("chunked".equalsIgnoreCase(header("transfer-encoding"))) {
      return readChunks(in);
    }
    String length = header("content-length");
    return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
  }

  /** Reads the chunks, including their sizes. */
  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    do {
      String line = readLine(in);
      all.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      size = Integer.parseInt(line.split(";", -1)[0].strip(), 16);
      all.writeBytes(in.readNBytes(size + 2));
    } while (size > 0);
    return all.toByteArray();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the body ended within a chunk");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  boolean isWatch() {
    return line.contains("watch=true") || !header("upgrade").isEmpty();
  }

  boolean isCreation() {
    return line.startsWith("POST ");
  }

  byte[] original() {
    return bytes(headers);
  }

  /** The head with {@code Connection: close}. */
  byte[] withConnectionClose() {
    List<String> others =
        headers.stream()
            .filter(h -> !h.toLowerCase(Locale.ROOT).startsWith("connection:"))
            .toList();
    return bytes(
        java.util.stream.Stream.concat(
                others.stream(), java.util.stream.Stream.of("Connection: close"))
            .toList());
  }

  private byte[] bytes(List<String> lines) {
    return (line + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private String header(String name) {
    return headers.stream()
        .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(h -> h.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
