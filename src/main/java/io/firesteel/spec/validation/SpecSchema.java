package io.firesteel.spec.validation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.json.Rule;
import io.firesteel.spec.DriverIngressConfiguration;
import io.firesteel.spec.GpuSpec;
import io.firesteel.spec.MonitoringSpec;
import io.firesteel.spec.NameKey;
import io.firesteel.spec.NamePath;
import io.firesteel.spec.Port;
import io.firesteel.spec.SecretInfo;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.quantity.Quantities;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of every object in a spec, derived once from the Java classes. The required fields are
 * listed here: those of the operator's definition, and those of Kubernetes' own types without which
 * the API server refuses a pod.
 */
final class SpecSchema {

  private static final Rule<JsonNode> ANY = new Rule<>("a value", node -> node);
  private static final Rule<JsonNode> QUANTITY =
      new Rule<>(
          "a quantity such as 500m, 2 or 1Gi",
          node ->
              node.isNumber() || (node.isTextual() && Quantities.isValid(node.textValue()))
                  ? node
                  : null);
  private static final Rule<JsonNode> INT_OR_STRING =
      new Rule<>("an integer or a string", node -> node.isTextual() || node.isInt() ? node : null);

  private static final Map<Class<?>, Set<String>> REQUIRED =
      Map.ofEntries(
          Map.entry(
              SparkApplicationSpec.class,
              Set.of("type", "sparkVersion", "mainApplicationFile", "driver", "executor")),
          Map.entry(NamePath.class, Set.of("name", "path")),
          Map.entry(NameKey.class, Set.of("name", "key")),
          Map.entry(Port.class, Set.of("name", "protocol", "containerPort")),
          Map.entry(GpuSpec.class, Set.of("name", "quantity")),
          Map.entry(SecretInfo.class, Set.of("name", "path", "secretType")),
          Map.entry(MonitoringSpec.PrometheusSpec.class, Set.of("jmxExporterJar")),
          Map.entry(DriverIngressConfiguration.class, Set.of("servicePort", "servicePortName")),
          Map.entry(EnvVar.class, Set.of("name")),
          Map.entry(Volume.class, Set.of("name")),
          Map.entry(VolumeMount.class, Set.of("name", "mountPath")),
          Map.entry(Container.class, Set.of("name")),
          Map.entry(ContainerPort.class, Set.of("containerPort")),
          Map.entry(KeyToPath.class, Set.of("key", "path")),
          Map.entry(SecretKeySelector.class, Set.of("key")),
          Map.entry(ConfigMapKeySelector.class, Set.of("key")),
          Map.entry(ObjectFieldSelector.class, Set.of("fieldPath")),
          Map.entry(HostPathVolumeSource.class, Set.of("path")),
          Map.entry(NFSVolumeSource.class, Set.of("path", "server")),
          Map.entry(PersistentVolumeClaimVolumeSource.class, Set.of("claimName")));

  private final Map<Class<?>, FieldSchema.ObjectFields> byClass;

  private SpecSchema(Map<Class<?>, FieldSchema.ObjectFields> known) {
    this.byClass = Map.copyOf(known);
  }

  /** The schema of a class and of every class that its fields refer to. */
  static SpecSchema reachableFrom(Class<?> root, ObjectMapper mapper) {
    var found = new HashMap<Class<?>, FieldSchema.ObjectFields>();
    new SchemaBuilder(mapper, found).addClass(root);
    return new SpecSchema(found);
  }

  /** The fields of a class of this schema. */
  FieldSchema.ObjectFields fields(Class<?> type) {
    FieldSchema.ObjectFields fields = byClass.get(type);
    if (fields == null) {
      throw new IllegalArgumentException("not in the schema: " + type);
    }
    return fields;
  }

  /** Adds one class after the other. */
  private record SchemaBuilder(ObjectMapper mapper, Map<Class<?>, FieldSchema.ObjectFields> found) {

    void addClass(Class<?> type) {
      if (found.containsKey(type)) {
        return;
      }
      var shapes = new TreeMap<String, FieldSchema>();
      var required = new HashSet<>(REQUIRED.getOrDefault(type, Set.of()));
      found.put(type, new FieldSchema.ObjectFields(shapes, required));
      for (BeanPropertyDefinition property : properties(type)) {
        if (property.getPrimaryMember().hasAnnotation(JsonUnwrapped.class)) {
          Class<?> part = property.getRawPrimaryType();
          addClass(part);
          FieldSchema.ObjectFields fields = found.get(part);
          if (fields != null) {
            shapes.putAll(fields.schemas());
            required.addAll(fields.required());
          }
        } else {
          shapes.put(property.getName(), schemaOf(property.getPrimaryType()));
        }
      }
    }

    private List<BeanPropertyDefinition> properties(Class<?> type) {
      return mapper
          .getDeserializationConfig()
          .introspect(mapper.constructType(type))
          .findProperties()
          .stream()
          .filter(p -> !p.getName().equals("additionalProperties"))
          .toList();
    }

    private FieldSchema schemaOf(JavaType type) {
      Class<?> raw = type.getRawClass();
      if (type.isMapLikeType()) {
        return new FieldSchema.MapField(schemaOf(type.getContentType()));
      }
      if (type.isCollectionLikeType()) {
        return new FieldSchema.ListField(schemaOf(type.getContentType()));
      }
      if (raw.isEnum()) {
        List<String> words =
            Arrays.stream(raw.getEnumConstants()).map(c -> mapper.valueToTree(c).asText()).toList();
        return new FieldSchema.Scalar(Rule.oneOf(words));
      }
      if (rule(raw) instanceof Rule<?> rule) {
        return new FieldSchema.Scalar(rule);
      }
      addClass(raw);
      return new FieldSchema.ObjectField(raw);
    }

    private static @Nullable Rule<?> rule(Class<?> raw) {
      if (raw == String.class) {
        return Rule.TEXT;
      }
      if (raw == Integer.class || raw == int.class) {
        return Rule.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (raw == Long.class || raw == long.class) {
        return Rule.integer(Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (raw == Boolean.class || raw == boolean.class) {
        return Rule.BOOLEAN;
      }
      if (raw == Quantity.class) {
        return QUANTITY;
      }
      if (raw == IntOrString.class) {
        return INT_OR_STRING;
      }
      return raw.getName().startsWith("java.") ? ANY : null;
    }
  }
}
