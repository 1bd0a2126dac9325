package io.firesteel.driver.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class DriverNamesTest {

  private static final String DNS_1035 = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

  @Property
  void namesAreValidForAnyId(
      @ForAll @NotEmpty String id,
      @ForAll @LongRange(min = 1) long generation,
      @ForAll @IntRange(min = 1) int attempt) {
    DriverNames names = DriverNames.of(new Attempt(new JobKey("acme", id), generation, attempt));

    assertThat(List.of(names.pod(), names.metricsMap(), names.prefix()))
        .allMatch(n -> n.matches(DNS_1035));
    assertThat(names.configMap()).matches(DNS_1035);
    assertThat(PodLabels.isValidValue(names.applicationId())).isTrue();
    assertThat(names.prefix()).hasSizeLessThanOrEqualTo(47);
  }

  @Property
  void sanitisedTextsAreValidLabels(@ForAll String text) {
    assertThat(PodLabels.isValidValue(PodLabels.toLabelValue(text))).isTrue();
  }

  @Test
  void stayReadable() {
    assertThat(DriverNames.slug("Daily ETL_job.v2")).isEqualTo("daily-etl-job-v2");
    assertThat(DriverNames.slug("2026-11-21")).isEqualTo("x2026-11-21");
    assertThat(DriverNames.slug("--Größe--")).isEqualTo("gr-e");
    assertThat(DriverNames.slug("日本")).isEqualTo("job");
  }

  @Test
  void tellIdsApartThatLookTheSame() {
    assertThat(name("acme", "a.b")).isNotEqualTo(name("acme", "a-b"));
    assertThat(name("acme", "a")).isNotEqualTo(name("acme2", "a"));
  }

  @Test
  void tellTheRequestsOfOneJobApartAndTheJobAsWell() {
    DriverNames first = DriverNames.of(new Attempt(new JobKey("acme", "a"), 1, 1));
    DriverNames later = DriverNames.of(new Attempt(new JobKey("acme", "a"), 2, 1));

    assertThat(later.pod()).isNotEqualTo(first.pod());
    assertThat(later.applicationId()).isNotEqualTo(first.applicationId());
    assertThat(later.jobLabel()).isEqualTo(first.jobLabel());
  }

  private static String name(String tenant, String id) {
    return DriverNames.of(new Attempt(new JobKey(tenant, id), 1, 1)).prefix();
  }
}
