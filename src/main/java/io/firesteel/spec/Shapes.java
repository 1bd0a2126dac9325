package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shape of every object a spec can hold, read once from the classes that hold it. Which fields
 * are required is listed here: those of the operator's definition, and of Kubernetes' own types
 * those without which the API server refuses a pod.
 */
final class Shapes {

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
          Map.entry(Prometheus.class, Set.of("jmxExporterJar")),
          Map.entry(DriverIngress.class, Set.of("servicePort", "servicePortName")),
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

  private final Map<Class<?>, Shape.Fields> known;

  private Shapes(Map<Class<?>, Shape.Fields> known) {
    this.known = Map.copyOf(known);
  }

  /** Everything that can be reached from a class. */
  static Shapes reachableFrom(Class<?> root, ObjectMapper mapper) {
    var found = new HashMap<Class<?>, Shape.Fields>();
    new Reader(mapper, found).learn(root);
    return new Shapes(found);
  }

  /** The fields of an object of a class that was reached. */
  Shape.Fields fields(Class<?> type) {
    Shape.Fields fields = known.get(type);
    if (fields == null) {
      throw new IllegalArgumentException("not reached: " + type);
    }
    return fields;
  }

  /** Learns class after class. */
  private record Reader(ObjectMapper mapper, Map<Class<?>, Shape.Fields> found) {

    void learn(Class<?> type) {
      if (found.containsKey(type)) {
        return;
      }
      var shapes = new TreeMap<String, Shape>();
      var required = new HashSet<>(REQUIRED.getOrDefault(type, Set.of()));
      found.put(type, new Shape.Fields(shapes, required));
      for (BeanPropertyDefinition property : properties(type)) {
        if (property.getPrimaryMember().hasAnnotation(JsonUnwrapped.class)) {
          Class<?> part = property.getRawPrimaryType();
          learn(part);
          Shape.Fields fields = found.get(part);
          if (fields != null) {
            shapes.putAll(fields.shapes());
            required.addAll(fields.required());
          }
        } else {
          shapes.put(property.getName(), shape(property.getPrimaryType()));
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

    private Shape shape(JavaType type) {
      Class<?> raw = type.getRawClass();
      if (type.isMapLikeType()) {
        return new Shape.MapOf(shape(type.getContentType()));
      }
      if (type.isCollectionLikeType()) {
        return new Shape.ListOf(shape(type.getContentType()));
      }
      if (raw.isEnum()) {
        return new Shape.OneOf(
            Arrays.stream(raw.getEnumConstants())
                .map(c -> mapper.valueToTree(c).asText())
                .toList());
      }
      Shape leaf = leaf(raw);
      if (leaf != null) {
        return leaf;
      }
      learn(raw);
      return new Shape.Bean(raw);
    }

    private static @Nullable Shape leaf(Class<?> raw) {
      if (raw == String.class) {
        return new Shape.Text();
      }
      if (raw == Integer.class || raw == int.class) {
        return new Shape.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (raw == Long.class || raw == long.class) {
        return new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (raw == Boolean.class || raw == boolean.class) {
        return new Shape.Flag();
      }
      if (raw == Quantity.class) {
        return new Shape.Amount();
      }
      if (raw == IntOrString.class) {
        return new Shape.NumberOrText();
      }
      return raw.getName().startsWith("java.") ? new Shape.Anything() : null;
    }
  }
}
