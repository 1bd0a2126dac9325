package io.firesteel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClustersTest {

  /** Otherwise the first further cluster would become that of tenants whose drivers run already. */
  @ParameterizedTest
  @CsvSource({
    "'',        ,        default",
    "'',        default, default",
    "'',        east,    ",
    "east,      ,        default",
    "east,      east,    east",
    "east west, west,    west",
    "east west, north,   ",
  })
  void aTenantThatNamesNoClusterIsBoundToTheDefaultOne(
      String defined, @Nullable String asked, @Nullable String found) {
    Clusters clusters =
        Clusters.of(
            Arrays.stream(defined.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> new Cluster(name, null, null, Set.of(), false))
                .toList());

    assertThat(clusters.find(asked).map(Cluster::name).orElse(null)).isEqualTo(found);
  }
}
