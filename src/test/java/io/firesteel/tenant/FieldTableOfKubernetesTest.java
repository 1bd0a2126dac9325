package io.firesteel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkPodSpec;
import io.firesteel.tenant.FieldTable.Decision;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policy classifies every field of a SparkApplication, of a pod and of every other object that
 * the worker creates, as the classes of the Kubernetes client define them. A new version of the
 * client that adds a field fails this test.
 */
final class FieldTableOfKubernetesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SortedMap<String, Map<String, Optional<Class<?>>>> CLASSES = classes();

  static Stream<String> types() {
    return CLASSES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void classifiesEachFieldOf(String type) {
    Map<String, FieldTable.Field> table = FieldTable.all().getOrDefault(type, Map.of());
    Map<String, Optional<Class<?>>> fields = CLASSES.getOrDefault(type, Map.of());

    assertThat(table.keySet()).isEqualTo(fields.keySet());
    table.forEach((name, field) -> {
      if (!isOpaque(field)) {
        assertThat(field.type())
            .as(type + "." + name)
            .isEqualTo(fields.getOrDefault(name, Optional.empty()).map(Class::getSimpleName));
      }
    });
  }

  @Test
  void hasNoTypeThatNobodyUses() {
    assertThat(FieldTable.all().keySet())
        .filteredOn(type -> !CLASSES.containsKey(type))
        .containsExactlyInAnyOrder("SparkPodSpec", "PodGroup", "PodGroupSpec");
  }

  @Test
  void reachesAllOfAPod() {
    assertThat(CLASSES.get("PodSpec")).hasSizeGreaterThan(40);
    long fields = CLASSES.values().stream().mapToLong(Map::size).sum();
    System.out.printf("policy: %d fields of %d types are classified%n", fields, CLASSES.size());
    assertThat(fields).isGreaterThan(600);
  }

  /** Whether nothing below a field is looked at, because the field is never allowed. */
  private static boolean isOpaque(FieldTable.Field field) {
    return field.decision() instanceof Decision.Denied
        || field.decision().equals(new Decision.Ruled(FieldRule.CLEANUP));
  }

  private static SortedMap<String, Map<String, Optional<Class<?>>>> classes() {
    var found = new TreeMap<String, Map<String, Optional<Class<?>>>>();
    var open =
        new ArrayDeque<Class<?>>(
            List.of(
                SparkApplicationSpec.class,
                Pod.class,
                Service.class,
                Ingress.class,
                PersistentVolumeClaim.class,
                PodDisruptionBudget.class,
                ConfigMap.class));
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (!found.containsKey(type.getSimpleName())) {
        var fields = fields(type);
        found.put(type.getSimpleName(), fields);
        fields.forEach((name, inner) -> {
          boolean opaque =
              FieldTable.find(type.getSimpleName(), name)
                  .filter(FieldTableOfKubernetesTest::isOpaque)
                  .isPresent();
          if (!opaque) {
            inner.ifPresent(open::add);
          }
        });
      }
    }
    return found;
  }

  private static Map<String, Optional<Class<?>>> fields(Class<?> type) {
    var fields = new TreeMap<String, Optional<Class<?>>>();
    for (var property :
        JSON.getDeserializationConfig().introspect(JSON.constructType(type)).findProperties()) {
      JavaType value = property.getPrimaryType();
      while (value.isContainerType()) {
        value = value.getContentType();
      }
      if (value.hasRawClass(SparkPodSpec.class)) {
        fields.putAll(fields(SparkPodSpec.class));
      } else {
        fields.put(property.getName(), inner(value));
      }
    }
    return fields;
  }

  private static Optional<Class<?>> inner(JavaType value) {
    Class<?> type = value.getRawClass();
    boolean object =
        type.getName().matches("io\\.(fabric8|firesteel)\\..*")
            && !type.isEnum()
            && type != Quantity.class
            && type != IntOrString.class;
    return object ? Optional.of(type) : Optional.empty();
  }
}
