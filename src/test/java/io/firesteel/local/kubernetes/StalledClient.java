package io.firesteel.local.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends a request and never reads the response. */
record StalledClient(Socket socket) implements AutoCloseable {

  static StalledClient open(int port, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    return new StalledClient(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
