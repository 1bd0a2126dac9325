package io.firesteel.local.kubernetes.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log of writes: one JSON line each, in order. A line reaches the operating system
 * before the client gets its response, so the death of this process loses none. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  private final OutputStream out;
  private final InstantSource clock;

  private AuditLog(OutputStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Opens a log for appending; without a path, discards everything. */
  public static AuditLog open(@Nullable Path path, InstantSource clock) {
    if (path == null) {
      return new AuditLog(OutputStream.nullOutputStream(), clock);
    }
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      return new AuditLog(
          Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the audit log " + path, e);
    }
  }

  /** Reads a log, which may still grow: ignores an incomplete last line. */
  public static List<AuditEntry> read(Path path) throws IOException {
    String text = Files.readString(path);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<AuditEntry> entries = new ArrayList<>();
    for (String line : Arrays.asList(whole.split("\n", -1))) {
      if (!line.isBlank()) {
        entries.add(parse(path, entries.size() + 1, line));
      }
    }
    return entries;
  }

  private static AuditEntry parse(Path path, int number, String line) throws IOException {
    try {
      return JsonTrees.MAPPER.readValue(line, AuditEntry.class);
    } catch (JsonProcessingException e) {
      throw new IOException("%s line %d is not an audit entry".formatted(path, number), e);
    }
  }

  /** Records a successful write. */
  public void recordSuccess(Action action, StoredObject object, int code) {
    JsonNode json = object.json();
    ObjectKey key = object.key();
    boolean pod = key.kind().isPod();
    write(
        entry(
            action,
            key,
            code,
            new ObjectFacts(
                object.uid(),
                "",
                JsonTrees.text(json, "status", "phase"),
                pod ? JsonTrees.text(json, "spec", "nodeName") : "",
                object.deleting(),
                labels(object),
                owners(object),
                pod ? containers(json) : List.of())));
  }

  /** Records a rejected write. */
  public void recordRejection(Action action, ObjectKey key, ApiException failure) {
    write(
        entry(
            action,
            key,
            failure.code(),
            new ObjectFacts("", failure.reason(), "", "", false, Map.of(), List.of(), List.of())));
  }

  /** A write, without its object. */
  public record Action(String verb, String subresource, UserInfo caller) {}

  private record ObjectFacts(
      String uid,
      String reason,
      String phase,
      String node,
      boolean deleting,
      Map<String, String> labels,
      List<AuditEntry.Owner> owners,
      List<AuditEntry.ContainerState> containers) {}

  private AuditEntry entry(Action action, ObjectKey key, int code, ObjectFacts objectFacts) {
    Instant now = clock.instant();
    return new AuditEntry(
        now.toEpochMilli(),
        now.toString(),
        action.verb(),
        key.kind().groupResource(),
        action.subresource(),
        key.namespace(),
        key.name(),
        objectFacts.uid(),
        action.caller().user(),
        action.caller().userAgent(),
        code,
        objectFacts.reason(),
        objectFacts.phase(),
        objectFacts.node(),
        objectFacts.deleting(),
        objectFacts.labels(),
        objectFacts.owners(),
        objectFacts.containers());
  }

  private void write(AuditEntry entry) {
    byte[] json = bytes(entry);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    try {
      synchronized (this) {
        out.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be written; is the disk full?", e);
    }
  }

  private static byte[] bytes(AuditEntry entry) {
    try {
      return JsonTrees.MAPPER.writeValueAsBytes(entry);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> labels(StoredObject object) {
    Map<String, String> labels = new HashMap<>();
    object.labels().properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
    return labels;
  }

  private static List<AuditEntry.Owner> owners(StoredObject object) {
    List<AuditEntry.Owner> owners = new ArrayList<>();
    for (JsonNode owner : object.metadata().path("ownerReferences")) {
      owners.add(
          new AuditEntry.Owner(
              JsonTrees.text(owner, "kind"),
              JsonTrees.text(owner, "name"),
              JsonTrees.text(owner, "uid")));
    }
    return owners;
  }

  private static List<AuditEntry.ContainerState> containers(JsonNode pod) {
    List<AuditEntry.ContainerState> states = new ArrayList<>();
    for (String field : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : JsonTrees.at(pod, "status", field)) {
        for (var state : status.path("state").properties()) {
          JsonNode exit = state.getValue().path("exitCode");
          states.add(
              new AuditEntry.ContainerState(
                  JsonTrees.text(status, "name"),
                  state.getKey(),
                  JsonTrees.text(state.getValue(), "reason"),
                  exit.isNumber() ? (Integer) exit.asInt() : null));
        }
      }
    }
    return states;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
