package io.firesteel.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyGlobTest {

  @ParameterizedTest
  @CsvSource({
    "in/*.csv, in/a.csv, true",
    "in/*.csv, in/a/b.csv, false",
    "in/**.csv, in/a/b.csv, true",
    "in/?.csv, in/🔑.csv, true",
    "in/?.csv, in//.csv, false",
    "*, '', true",
    "a.c, abc, false",
  })
  void matchesWholeNames(String glob, String name, boolean matches) {
    assertThat(KeyGlob.of(glob).matches(name)).isEqualTo(matches);
  }

  @Property
  void matchesWhatTheSameRegularExpressionMatches(
      @ForAll @StringLength(max = 6) @Chars({'a', '/', '*', '?'}) String glob,
      @ForAll @StringLength(max = 8) @Chars({'a', 'b', '/', '\n'}) String name) {
    String regex =
        glob.replace("**", "A").replace("*", "[^/]*").replace("?", "[^/]").replace("A", ".*");

    assertThat(KeyGlob.of(glob).matches(name))
        .isEqualTo(Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches());
  }

  @Test
  void decidesSoonWhateverTheName() {
    KeyGlob glob = KeyGlob.of("*a*a**a*a*a**b");

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(glob.matches("a".repeat(4096))).isFalse());
  }
}
