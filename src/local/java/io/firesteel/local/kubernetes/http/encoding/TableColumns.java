package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The columns of each kind, as on the real server. */
final class TableColumns {
  private static final TableColumn NAME =
      column("Name", o -> JsonTrees.text(o, "metadata", "name"));
  private static final TableColumn AGE =
      new TableColumn(
          "Age", 0, (o, now) -> age(JsonTrees.text(o, "metadata", "creationTimestamp"), now));

  private TableColumns() {}

  static List<TableColumn> of(ResourceKind kind) {
    return switch (kind.plural()) {
      case "pods" -> pods();
      case "services" -> services();
      case "configmaps" -> List.of(NAME, column("Data", o -> count(o, "data", "binaryData")), AGE);
      case "secrets" ->
          List.of(
              NAME,
              column("Type", o -> JsonTrees.text(o, "type")),
              column("Data", o -> count(o, "data")),
              AGE);
      case "namespaces" ->
          List.of(NAME, column("Status", o -> JsonTrees.text(o, "status", "phase")), AGE);
      case "nodes" -> nodes();
      case "events" -> events();
      case "persistentvolumeclaims" ->
          List.of(
              NAME,
              column("Status", o -> JsonTrees.text(o, "status", "phase")),
              column("Volume", o -> JsonTrees.text(o, "spec", "volumeName")),
              column("Capacity", o -> JsonTrees.text(o, "status", "capacity", "storage")),
              AGE);
      case "podgroups" ->
          List.of(
              NAME,
              column("Status", o -> JsonTrees.text(o, "status", "phase")),
              column("Min-Member", o -> JsonTrees.text(o, "spec", "minMember")),
              AGE);
      default -> List.of(NAME, AGE);
    };
  }

  private static List<TableColumn> pods() {
    return List.of(
        NAME,
        column("Ready", o -> PodStatusSummary.of(o).ready()),
        column("Status", o -> PodStatusSummary.of(o).status()),
        new TableColumn("Restarts", 0, (o, now) -> PodStatusSummary.of(o).restarts(now)),
        AGE,
        wide("IP", o -> orNone(JsonTrees.text(o, "status", "podIP"))),
        wide("Node", o -> orNone(JsonTrees.text(o, "spec", "nodeName"))),
        wide("Nominated Node", o -> orNone(JsonTrees.text(o, "status", "nominatedNodeName"))),
        wide("Readiness Gates", _ -> "<none>"));
  }

  private static List<TableColumn> services() {
    return List.of(
        NAME,
        column("Type", o -> JsonTrees.text(o, "spec", "type")),
        column("Cluster-IP", o -> orNone(JsonTrees.text(o, "spec", "clusterIP"))),
        column("External-IP", _ -> "<none>"),
        column("Port(s)", TableColumns::ports),
        AGE,
        wide("Selector", o -> labelPairs(JsonTrees.at(o, "spec", "selector"))));
  }

  private static List<TableColumn> nodes() {
    return List.of(
        NAME,
        column("Status", o -> ready(o) ? "Ready" : "NotReady"),
        column("Roles", _ -> "<none>"),
        AGE,
        column("Version", o -> JsonTrees.text(o, "status", "nodeInfo", "kubeletVersion")));
  }

  private static List<TableColumn> events() {
    return List.of(
        new TableColumn("Last Seen", 0, (o, now) -> age(lastSeen(o), now)),
        column("Type", o -> JsonTrees.text(o, "type")),
        column("Reason", o -> JsonTrees.text(o, "reason")),
        column(
            "Object",
            o ->
                JsonTrees.text(o, "involvedObject", "kind").toLowerCase(Locale.ROOT)
                    + "/"
                    + JsonTrees.text(o, "involvedObject", "name")),
        column("Message", o -> JsonTrees.text(o, "message").strip()),
        wide("Name", o -> JsonTrees.text(o, "metadata", "name")));
  }

  private static String lastSeen(JsonNode event) {
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      if (event.hasNonNull(field)) {
        return event.path(field).asText();
      }
    }
    return JsonTrees.text(event, "metadata", "creationTimestamp");
  }

  private static boolean ready(JsonNode node) {
    for (JsonNode condition : JsonTrees.at(node, "status", "conditions")) {
      if (JsonTrees.text(condition, "type").equals("Ready")) {
        return JsonTrees.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static String ports(JsonNode service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : JsonTrees.at(service, "spec", "ports")) {
      ports.add(port.path("port").asText() + "/" + port.path("protocol").asText("TCP"));
    }
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String labelPairs(JsonNode map) {
    List<String> pairs = new ArrayList<>();
    map.properties().forEach(e -> pairs.add(e.getKey() + "=" + e.getValue().asText()));
    return pairs.isEmpty() ? "<none>" : String.join(",", pairs);
  }

  private static String count(JsonNode object, String... fields) {
    int count = 0;
    for (String field : fields) {
      count += object.path(field).size();
    }
    return Integer.toString(count);
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  /** The age in the format of kubectl: {@code 42s}, {@code 3m12s}, {@code 5h}, {@code 12d}. */
  static String age(String since, Instant now) {
    return Timestamps.parse(since)
        .map(then -> Duration.between(then, now))
        .map(TableColumns::shortText)
        .orElse("<unknown>");
  }

  private static String shortText(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }
    return hours < 48 ? hours + "h" : hours / 24 + "d";
  }

  private static TableColumn column(String name, Function<JsonNode, String> cell) {
    return new TableColumn(name, 0, (object, _) -> cell.apply(object));
  }

  private static TableColumn wide(String name, Function<JsonNode, String> cell) {
    return new TableColumn(name, 1, (object, _) -> cell.apply(object));
  }
}
