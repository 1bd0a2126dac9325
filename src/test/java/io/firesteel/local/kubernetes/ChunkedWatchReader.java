package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the first events of a chunked watch, then disconnects. */
final class ChunkedWatchReader {
  private ChunkedWatchReader() {}

  static List<JsonNode> first(String url, int count, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    headers.forEach(request::header);
    try (HttpClient http = HttpClient.newHttpClient();
        Stream<String> lines =
            http.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
      List<JsonNode> events = new ArrayList<>();
      for (String line : (Iterable<String>) lines.limit(count)::iterator) {
        events.add(JsonTrees.MAPPER.readTree(line));
      }
      lines.close();
      http.shutdownNow();
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
