package io.firesteel.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.firesteel.json.JsonCodec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a text is made of, its JSON is as long as allowed and no longer. */
final class TruncatedTextProperties {

  private static final int QUOTES = 2;

  @Property
  void aBeginningFits(
      @ForAll("texts") String text, @ForAll @IntRange(min = 9, max = 300) int bytes) {
    String cut = TruncatedText.beginning(text, bytes);

    assertThat(json(cut)).isLessThanOrEqualTo(bytes + QUOTES);
    assertThat(whole(cut)).isTrue();
    if (json(text) <= bytes + QUOTES) {
      assertThat(cut).isEqualTo(text);
    } else {
      assertThat(cut).endsWith("…");
      assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
      assertThat(json(cut)).isGreaterThan(bytes - 12);
    }
  }

  @Property
  void anEndFits(@ForAll("texts") String text, @ForAll @IntRange(min = 9, max = 300) int bytes) {
    String cut = TruncatedText.end(text, bytes);

    assertThat(json(cut)).isLessThanOrEqualTo(bytes + QUOTES);
    assertThat(whole(cut)).isTrue();
    if (json(text) <= bytes + QUOTES) {
      assertThat(cut).isEqualTo(text);
    } else {
      assertThat(cut).startsWith("…");
      assertThat(text).endsWith(cut.substring(1));
      assertThat(json(cut)).isGreaterThan(bytes - 12);
    }
  }

  @Example
  void aFailureIsCutWhereverItComesFrom() {
    String long1 = "\u0001".repeat(1 << 20);

    Failure failure =
        new Failure(FailureCategory.APPLICATION, false, 1, long1, long1, long1 + "the end");

    assertThat(JsonCodec.write(failure)).hasSizeLessThan(82 << 10);
    assertThat(failure.logTail()).endsWith("the end");
  }

  /** Controls, quotes, letters, and characters of two, three and four bytes in UTF-8. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("\u0000", "\n", "\"", "\\", "a", "\u007f", "é", "€", "😀")
        .list()
        .ofMaxSize(200)
        .map(parts -> String.join("", parts));
  }

  private static int json(String text) {
    try {
      return JsonCodec.MAPPER.writeValueAsBytes(text).length;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static boolean whole(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
