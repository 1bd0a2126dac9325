package io.firesteel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterNamesTest {

  @ParameterizedTest
  @CsvSource({
    "default,       ,     default",
    "east,          ,     east",
    "east,          east, east",
    "east,          west, ",
    "default east,  ,     default",
    "default east,  east, east",
    "east west,     ,     ",
    "east west,     west, west",
  })
  void bindsToTheNamedClusterOrElseTheOnlyOrTheDefaultOne(
      String all, @Nullable String asked, @Nullable String found) {
    ClusterNames names = new ClusterNames(Set.of(all.split(" ", -1)));

    assertThat(names.find(asked).orElse(null)).isEqualTo(found);
  }
}
