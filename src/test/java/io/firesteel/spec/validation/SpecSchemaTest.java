package io.firesteel.spec.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.spec.BatchSchedulerConfiguration;
import io.firesteel.spec.DriverIngressConfiguration;
import io.firesteel.spec.DriverSpec;
import io.firesteel.spec.DynamicAllocation;
import io.firesteel.spec.ExecutorSpec;
import io.firesteel.spec.GpuSpec;
import io.firesteel.spec.MonitoringSpec;
import io.firesteel.spec.MonitoringSpec.PrometheusSpec;
import io.firesteel.spec.NameKey;
import io.firesteel.spec.NamePath;
import io.firesteel.spec.Port;
import io.firesteel.spec.RestartPolicy;
import io.firesteel.spec.SecretInfo;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkDependencies;
import io.firesteel.spec.SparkPodSpec;
import io.firesteel.spec.SparkUiConfiguration;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecSchemaTest {

  private final SpecSchema specSchema =
      SpecSchema.reachableFrom(SparkApplicationSpec.class, new ObjectMapper());

  @ParameterizedTest
  @ValueSource(
      classes = {
        SparkApplicationSpec.class,
        DriverSpec.class,
        ExecutorSpec.class,
        SparkPodSpec.class,
        NamePath.class,
        NameKey.class,
        Port.class,
        GpuSpec.class,
        SecretInfo.class,
        SparkDependencies.class,
        RestartPolicy.class,
        DynamicAllocation.class,
        MonitoringSpec.class,
        PrometheusSpec.class,
        BatchSchedulerConfiguration.class,
        SparkUiConfiguration.class,
        DriverIngressConfiguration.class,
      })
  void whatARecordCannotHoldAsNullIsRequired(Class<?> type) {
    List<String> needed =
        Arrays.stream(type.getRecordComponents())
            .filter(c -> !optional(c))
            .map(RecordComponent::getName)
            .toList();

    assertThat(specSchema.fields(type).required()).containsExactlyInAnyOrderElementsOf(needed);
  }

  private static boolean optional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || List.class.isAssignableFrom(component.getType())
        || Map.class.isAssignableFrom(component.getType())
        || component.getType() == SparkPodSpec.class
        || component.isAnnotationPresent(JsonUnwrapped.class);
  }
}
