package io.firesteel.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {

  private final Shapes shapes =
      Shapes.reachableFrom(SparkApplicationSpec.class, new ObjectMapper());

  @ParameterizedTest
  @ValueSource(
      classes = {
        SparkApplicationSpec.class,
        DriverSpec.class,
        ExecutorSpec.class,
        PodPart.class,
        NamePath.class,
        NameKey.class,
        Port.class,
        GpuSpec.class,
        SecretInfo.class,
        Dependencies.class,
        RestartPolicy.class,
        DynamicAllocation.class,
        Monitoring.class,
        Prometheus.class,
        BatchSchedulerOptions.class,
        SparkUiOptions.class,
        DriverIngress.class,
      })
  void whatARecordCannotHoldAsNullIsRequired(Class<?> type) {
    List<String> needed =
        Arrays.stream(type.getRecordComponents())
            .filter(c -> !optional(c))
            .map(RecordComponent::getName)
            .toList();

    assertThat(shapes.fields(type).required()).containsExactlyInAnyOrderElementsOf(needed);
  }

  private static boolean optional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || List.class.isAssignableFrom(component.getType())
        || Map.class.isAssignableFrom(component.getType())
        || component.getType() == PodPart.class
        || component.isAnnotationPresent(JsonUnwrapped.class);
  }
}
