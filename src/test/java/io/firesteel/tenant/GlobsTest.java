package io.firesteel.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class GlobsTest {

  @Property
  void allowWhatTheSameRegularExpressionMatches(
      @ForAll @StringLength(max = 6) @Chars({'a', 'b', '*'}) String pattern,
      @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'b') String value) {
    assertThat(new AllowList(List.of(pattern)).allows(value))
        .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), value));
  }

  @Test
  void decideSoonWhateverTheValue() {
    var allowList = new AllowList(List.of("*a*a*a*a*a*b"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(allowList.allows("a".repeat(1 << 20))).isFalse());
  }

  @Test
  void nameOfAVariableIsJudgedSoon() {
    String name = "javaoptions".repeat(100_000) + "\n";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(SparkConfPolicy.jvmOptions(name, "-XX:Flags=f")).isNotEmpty());
  }
}
