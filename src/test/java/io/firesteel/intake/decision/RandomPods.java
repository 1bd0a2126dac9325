package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Random pod specs, drawn from all fields that the classes of the Kubernetes client have. A field
 * of a new version is drawn without anyone naming it here.
 */
final class RandomPods {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Class<?>, SortedMap<String, JavaType>> FIELDS = new HashMap<>();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Fields without which the API server refuses their object, where a type has them. */
  private static final Set<String> REQUIRED =
      Set.of(
          "name", "mountPath", "containerPort", "key", "path", "server", "claimName", "fieldPath");

  /** A path to each field of each type below a pod's spec, the shortest one. */
  static List<List<String>> paths() {
    var paths = new ArrayList<List<String>>();
    var seen = new HashSet<Class<?>>(Set.of(PodSpec.class));
    var open = new ArrayDeque<Map.Entry<Class<?>, List<String>>>();
    open.add(Map.entry(PodSpec.class, List.of()));
    while (!open.isEmpty()) {
      var next = open.pop();
      fields(next.getKey())
          .forEach((name, type) -> {
            var path = new ArrayList<>(next.getValue());
            path.add(name);
            paths.add(path);
            Class<?> inner = item(type).getRawClass();
            if (isObject(inner) && seen.add(inner)) {
              open.add(Map.entry(inner, path));
            }
          });
    }
    return paths;
  }

  private final Random random;

  RandomPods(long seed) {
    this.random = new Random(seed);
  }

  /** A pod's spec with some random fields. */
  ObjectNode pod() {
    return object(PodSpec.class, 0);
  }

  /** A pod's spec with the field at the end of a path, and what its objects need besides. */
  ObjectNode with(List<String> path) {
    return with(PodSpec.class, path);
  }

  private ObjectNode with(Class<?> type, List<String> path) {
    ObjectNode object = required(type);
    JavaType field = Objects.requireNonNull(fields(type).get(path.getFirst()));
    JsonNode value =
        path.size() == 1
            ? value(path.getFirst(), field, 0)
            : in(field, with(item(field).getRawClass(), path.subList(1, path.size())));
    object.set(path.getFirst(), value);
    return object;
  }

  private static JsonNode in(JavaType field, JsonNode item) {
    return field.isCollectionLikeType() ? NODES.arrayNode().add(item) : item;
  }

  private ObjectNode required(Class<?> type) {
    ObjectNode object = NODES.objectNode();
    fields(type)
        .forEach((name, field) -> {
          if (REQUIRED.contains(name) && field.hasRawClass(String.class)) {
            object.put(
                name,
                name.endsWith("ath") ? "/p" + random.nextInt(9999) : "n" + random.nextInt(9999));
          } else if (REQUIRED.contains(name) && field.hasRawClass(Integer.class)) {
            object.put(name, 1 + random.nextInt(9999));
          }
        });
    return object;
  }

  private ObjectNode object(Class<?> type, int depth) {
    ObjectNode object = required(type);
    List<String> names = List.copyOf(fields(type).keySet());
    for (int i = random.nextInt(depth == 0 ? 4 : 3); i > 0 && !names.isEmpty(); i--) {
      String name = names.get(random.nextInt(names.size()));
      if (!object.has(name)) {
        object.set(name, value(name, Objects.requireNonNull(fields(type).get(name)), depth));
      }
    }
    return object;
  }

  private JsonNode value(String name, JavaType type, int depth) {
    if (type.isCollectionLikeType()) {
      return NODES.arrayNode().add(value(name, type.getContentType(), depth));
    }
    if (type.isMapLikeType()) {
      ObjectNode map = NODES.objectNode();
      map.set(
          type.getContentType().hasRawClass(Quantity.class) ? pick("cpu", "a.example/gpu") : "any",
          value(name, type.getContentType(), depth));
      return map;
    }
    Class<?> raw = type.getRawClass();
    if (raw == Boolean.class) {
      return NODES.booleanNode(random.nextBoolean());
    }
    if (raw == Integer.class || raw == Long.class || raw == IntOrString.class) {
      return NODES.numberNode(random.nextInt(2));
    }
    if (raw == Quantity.class) {
      return NODES.textNode("1");
    }
    return isObject(raw) ? object(raw, depth + 1) : NODES.textNode(text(name));
  }

  private String text(String name) {
    return switch (name) {
      case "image", "reference" -> pick("good/a", "other/a");
      case "type" -> pick("Unconfined", "RuntimeDefault");
      case "procMount" -> pick("Default", "Unmasked");
      case "mountPropagation" -> pick("None", "Bidirectional");
      case "path", "mountPath" -> pick("/good/a", "/etc");
      default -> pick("any", "acme-a");
    };
  }

  private String pick(String one, String other) {
    return random.nextBoolean() ? one : other;
  }

  private static SortedMap<String, JavaType> fields(Class<?> type) {
    return FIELDS.computeIfAbsent(
        type,
        _ -> {
          var fields = new TreeMap<String, JavaType>();
          JSON.getDeserializationConfig()
              .introspect(JSON.constructType(type))
              .findProperties()
              .forEach(property -> fields.put(property.getName(), property.getPrimaryType()));
          return fields;
        });
  }

  private static JavaType item(JavaType type) {
    return type.isContainerType() ? item(type.getContentType()) : type;
  }

  private static boolean isObject(Class<?> type) {
    return type.getName().startsWith("io.fabric8")
        && type != Quantity.class
        && type != IntOrString.class;
  }
}
